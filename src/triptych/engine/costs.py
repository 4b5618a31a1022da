"""What a plan costs: of each task a fixed part and a part by working minute, which is all that a forecast asks for.

How costs add up and fall due is Microsoft Project's way: work × rate, and a cost per use for each unit of people, once
for a material; what a cost per use or a fixed cost accrues at start, by progress or at the end. Held to its files by
`tests/formats/test_mspdi_costs.py`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from triptych.plan import NO_INSTANT, Accrual, Plan, ResourceKind
from triptych.plan.quantities import MINUTES_PER_DAY
from triptych.plan.tables import I64, Flags

from .rates import Prices
from .schedule import Schedule

F64 = NDArray[np.float64]

_MINUTES_PER_HOUR = 60
#: Without people an elapsed day is the effort of a working day: nobody watches paint dry by night.
_WORKING_DAY = 480
NOT_KNOWN = -1


@dataclass(frozen=True, slots=True, eq=False)
class Costs:
    """Columns by row of `plan.tasks`; money is hundredths of the currency, work is minutes.

    `fixed` is what a task costs however long it takes, `per_minute` what each working minute of its duration costs
    besides; `planned` is both at the plan's duration. `actual` is what it has cost so far, `NOT_KNOWN` where somebody
    with a price has worked on it and nobody said how long. `work` is that of the people on it, the effort of one
    person for the duration where there are none. Summaries have what is their own, and nothing of the tasks below
    them; inactive and external tasks cost nothing.
    """

    fixed: F64
    per_minute: F64
    planned: F64
    actual: I64
    work: I64
    actual_work: I64

    def at(self, duration: I64 | F64) -> F64:
        """What each task costs if it takes so many working minutes."""
        return self.fixed + self.per_minute * duration


def costs_of(plan: Plan, schedule: Schedule | None = None) -> Costs:
    """The costs of every task of `plan`, from fixed costs, rates, costs per use and what is stated of assignments.

    Where a rate changes with time, work is paid by the rate in force while it is done, on the dates of `schedule`,
    which is one of this plan: spread evenly over the working time of its task. `per_minute` then is by the average
    of it, also where a task takes longer or comes later than on those dates. Without a schedule all work is paid by
    the rate of the status date, else of the project's start.
    """
    team = _Team.of(plan, schedule)
    counts = plan.tasks.active & ~plan.tasks.external
    fixed = np.where(counts, plan.tasks.fixed_cost + team.total(team.use + team.lump), 0.0)
    per_minute = np.where(counts, team.total(team.per_minute), 0.0)
    work, done = _work(plan, team)
    return Costs(
        fixed=fixed,
        per_minute=per_minute,
        planned=fixed + per_minute * plan.tasks.duration,
        actual=_actual(plan, team),
        work=np.where(counts, work, 0),
        actual_work=np.where(counts, done, 0),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Team:
    """Columns by assignment: `use` is its cost per use, `lump` what else does not depend on the duration, `per_minute`
    what does, `cost` all of them at the plan's duration; `done` is the work done and `share` that of all its work (of a
    material of all its quantity), NaN where nobody said."""

    plan: Plan
    people: Flags
    work: F64
    use: F64
    lump: F64
    per_minute: F64
    cost: F64
    done: F64
    share: F64
    accrual: NDArray[np.int8]
    prices: Prices

    @classmethod
    def of(cls, plan: Plan, schedule: Schedule | None) -> "_Team":
        a, resources = plan.assignments, plan.resources
        kind = np.array([each.kind for each in resources], np.int8)[a.resource]
        prices = Prices.of(plan, schedule)
        people, units = kind == ResourceKind.WORK, a.units / 100
        duration = plan.tasks.duration[a.task]
        assigned = np.where(a.work >= 0, a.work, units * np.where(people, duration, _MINUTES_PER_HOUR))
        work = np.where(people, assigned, 0.0)
        done = np.where(a.actual_work >= 0, a.actual_work, np.nan)
        quantity = np.where(a.work >= 0, a.work / _MINUTES_PER_HOUR, units)
        stated = a.cost >= 0
        by_rate = (
            np.where(people, work / _MINUTES_PER_HOUR, quantity * (kind == ResourceKind.MATERIAL))
            * prices.rate
        )
        timed = people & ~stated & ((duration > 0) | (a.work < 0))
        use = np.where(stated, 0.0, prices.per_use * np.where(people, units, 1.0))
        lump = np.where(stated, a.cost, np.where(timed, 0.0, by_rate))
        hourly = np.where(duration > 0, work / np.maximum(duration, 1), units) * prices.rate
        per_minute = np.where(timed, hourly / _MINUTES_PER_HOUR, 0.0)
        return cls(
            plan=plan,
            people=people,
            work=work,
            use=use,
            lump=lump,
            per_minute=per_minute,
            cost=use + lump + per_minute * duration,
            done=done,
            share=done / np.maximum(assigned, 1),
            accrual=np.array([each.accrual for each in resources], np.int8)[a.resource],
            prices=prices,
        )

    def total(self, values: F64 | Flags) -> F64:
        """The sum of a column by task."""
        return np.bincount(self.plan.assignments.task, values.astype(np.float64), len(self.plan)).astype(
            np.float64
        )


def _work(plan: Plan, team: _Team) -> tuple[I64, I64]:
    """The work of each task, and what of it is done: as stated, else by percent complete."""
    t = plan.tasks
    effort = np.where(t.elapsed, t.duration * _WORKING_DAY // MINUTES_PER_DAY, t.duration)
    alone = (team.total(team.people) == 0) & ~plan.is_summary
    share = t.percent_complete / 100
    done = np.where(np.isnan(team.done), team.work * share[plan.assignments.task], team.done)
    work = np.where(alone, effort, team.total(team.work))
    return _whole(work), _whole(np.where(alone, effort * share, team.total(np.where(team.people, done, 0.0))))


def _actual(plan: Plan, team: _Team) -> I64:
    """What each task has cost: as stated of it, else what has fallen due of its parts."""
    t = plan.tasks
    started = (t.actual_start != NO_INSTANT) | (t.percent_complete > 0)
    finished = (t.actual_finish != NO_INSTANT) | (t.percent_complete == 100)
    share = np.where(finished, 1.0, t.percent_complete / 100)
    due = _due(t.fixed_cost_accrual, share, started, finished) * t.fixed_cost
    spent = (
        team.total(_spent(plan, team, started[plan.assignments.task], finished[plan.assignments.task])) + due
    )
    found = np.where(np.isnan(spent), NOT_KNOWN, _whole(np.nan_to_num(spent)))
    return np.where(t.actual_cost >= 0, t.actual_cost, found).astype(np.int64)


def _spent(plan: Plan, team: _Team, started: Flags, finished: Flags) -> F64:
    """What each assignment has cost, NaN where that is not known."""
    stated = plan.assignments.actual_cost
    share = np.where(finished, 1.0, np.where(started, team.share, 0.0))
    share = np.where(plan.assignments.cost >= 0, share, team.prices.spent(share))
    at_once = np.where(team.accrual == Accrual.END, finished, started)
    rest = team.cost - team.use
    due = np.where(rest > 0, _due(team.accrual, share, started, finished) * rest, 0.0) + at_once * team.use
    return np.where(stated >= 0, stated, due)


def _due(accrual: NDArray[np.int8], share: F64, started: Flags, finished: Flags) -> F64:
    """The share of a cost that has fallen due, of what is prorated `share`."""
    return np.where(accrual == Accrual.START, started, np.where(accrual == Accrual.END, finished, share))


def _whole(values: F64) -> I64:
    return np.rint(values).astype(np.int64)

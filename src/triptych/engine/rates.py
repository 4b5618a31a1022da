"""Which rate is in force while work is done: the rates of resources over time, on the dates of a schedule."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from triptych.plan import Plan, Resource
from triptych.plan.rates import rate_at
from triptych.plan.tables import I64
from triptych.plan.worktime import worked_until

from .schedule import Schedule

F64 = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _Changing:
    """The assignments (`rows`) of a resource whose rate changes. Each of its `rates`, a row, begins once that share of
    the work is done: `begins`, a column of it for each assignment, infinite where it never comes to that."""

    rows: I64
    rates: F64
    begins: F64

    def cost(self, share: F64) -> F64:
        """What the first `share` of each assignment costs, if an hour of it at each rate cost that rate."""
        ends = np.append(self.begins[1:], np.full((1, len(self.rows)), np.inf), axis=0)
        found: F64 = self.rates @ (np.minimum(ends, share) - np.minimum(self.begins, share))
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """Columns by assignment: what an hour of its work costs on the average, and what it costs besides to use."""

    rate: F64
    per_use: F64
    changing: tuple[_Changing, ...]

    @classmethod
    def of(cls, plan: Plan, schedule: Schedule | None) -> "Prices":
        """The rates in force while each assignment is worked on: evenly over the working time of its task between its
        dates in `schedule`. Without one all work is paid by those of the status date, else of the project's start.

        A cost per use is that of the start, as in Microsoft Project. Interruptions count as working time. Of a crew
        with different hours the working time is that of the task's or its project's calendar.
        """
        table, resources = plan.assignments, plan.resources
        rate = np.array([each.rate for each in resources], np.float64)[table.resource]
        per_use = np.array([each.cost_per_use for each in resources], np.float64)[table.resource]
        changing = []
        for person, rows in _whose_rate_changes(plan):
            found, start = _changing(plan, schedule, person, rows)
            changing.append(found)
            rate[rows] = found.cost(np.ones(len(rows)))
            per_use[rows] = [rate_at(person, each)[1] for each in start.tolist()]
        return cls(rate, per_use, tuple(changing))

    def spent(self, share: F64) -> F64:
        """The share of what each assignment's work costs, once that `share` of the work is done."""
        found = share.copy()
        for each in self.changing:
            whole, part = self.rate[each.rows], each.cost(share[each.rows])
            found[each.rows] = np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), share[each.rows])
        return found


def _whose_rate_changes(plan: Plan) -> Iterator[tuple[Resource, I64]]:
    """Those whose rate changes, with the rows of their assignments."""
    theirs = [at for at, each in enumerate(plan.resources) if each.rates]
    if theirs:
        order = np.argsort(plan.assignments.resource, kind="stable")
        ends = np.searchsorted(plan.assignments.resource[order], np.arange(len(plan.resources) + 1))
        for at in theirs:
            if ends[at] < ends[at + 1]:
                yield plan.resources[at], order[ends[at] : ends[at + 1]]


def _changing(plan: Plan, schedule: Schedule | None, person: Resource, rows: I64) -> tuple[_Changing, I64]:
    """The assignments of one person, and when each starts."""
    task = plan.assignments.task[rows].astype(np.int64)
    first = np.array([[each.first] for each in person.rates], np.int64)
    if schedule is None:
        known = [each.start if each.status_date is None else each.status_date for each in plan.projects]
        start = np.array(known, np.int64)[plan.tasks.project[task]]
        shares = np.where(first > start, np.inf, 0.0)
    else:
        start = schedule.start[task].astype(np.int64)
        shares = _shares(schedule, task, start, first)
    begins = np.append(np.zeros((1, len(rows))), shares, axis=0)
    rates = np.array([person.rate, *(each.rate for each in person.rates)], np.float64)
    return _Changing(rows, rates, begins), start


def _shares(schedule: Schedule, task: I64, start: I64, first: I64) -> F64:
    """Which share of each task's working time has passed at each of the instants, infinite once it is over; by the clock,
    where a task has none."""
    finish = schedule.finish[task].astype(np.int64)
    at = np.clip(first, start, finish)
    edges = np.append(at, [start, finish], axis=0)
    worked = np.empty(edges.shape, np.int64)
    hours, intervals = _hours(schedule, task), schedule.run.compiled.network.open
    for row in np.unique(hours).tolist():
        mine, bounds = hours == row, intervals.row[row]
        part = intervals.interval[bounds["first"] : bounds["end"]]
        worked[:, mine] = worked_until(part["opens"], part["closes"], part["before"], edges[:, mine])
    passed, whole = worked[:-2] - worked[-2], worked[-1] - worked[-2]
    passed, whole = np.where(whole > 0, passed, at - start), np.where(whole > 0, whole, finish - start)
    never = (first > start) & (first >= finish)
    return np.where(never, np.inf, passed / np.maximum(whole, 1))


def _hours(schedule: Schedule, task: I64) -> I64:
    """The row of hours in which each task goes on; of a summary or a crew, that of the task's or project's calendar."""
    compiled = schedule.run.compiled
    node = compiled.node[task]
    row = compiled.network.node["row"][node]
    found: I64 = np.where((node >= 0) & (row >= 0), row, compiled.gauge[task]).astype(np.int64)
    return found

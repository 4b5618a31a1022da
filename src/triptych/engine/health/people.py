"""Checks of who does the work."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from triptych.engine.costs import costs_of
from triptych.plan import Calendar, ResourceKind, Severity
from triptych.plan.quantities import MINUTES_PER_DAY
from triptych.plan.spelling import count, day_in_words
from triptych.plan.tables import I64
from triptych.plan.worktime import Hours, Intervals, Span

from .answer import Check, Family, Finding, Result
from .case import Case, counted

F64 = NDArray[np.float64]

#: Less than an hour too much on a day is no overload.
_TOLERATED = 60


def resources(case: Case) -> Result:
    """Point 10: tasks of at least a day with neither people nor cost.

    Population: incomplete tasks of a day or more (DCMA-EA PAM 200.1, 2012). The DCMA sets no threshold; a plan in which
    nothing at all has people or costs is not loaded, and nothing is said of it.
    """
    staffed, table = np.zeros(len(case.plan), np.bool_), case.plan.assignments
    staffed[table.task] = True
    staffed |= costs_of(case.plan).planned > 0
    if not (staffed & case.activities).any():
        return Result(fault="the plan holds neither people nor costs.")
    population = case.open_work & (case.tasks.duration >= case.per_day)
    bad = population & ~staffed
    findings = [
        case.finding(
            "resources",
            [row],
            f"{case.name(row)} takes {case.days(row, int(case.tasks.duration[row]))}, and nobody is on it.",
            "It runs round the clock: leave it so if it only waits (curing, drying); else say who does it."
            if case.tasks.elapsed[row]
            else "Say who does it, or what it costs.",
        )
        for row in np.flatnonzero(bad).tolist()
    ]
    return counted(bad, population, findings, nobody="no open task takes a day or more.")


def unowned(case: Case) -> Result:
    """Open milestones that nobody answers for, in plans that name somebody for some milestone at least."""
    owned = np.zeros(len(case.plan), np.bool_)
    owned[case.plan.assignments.task] = True
    if not (owned & case.milestone).any():
        return Result(fault="nobody is named for any milestone of the plan.")
    population = case.open & case.milestone
    bad = population & ~owned
    findings = [
        case.finding(
            "unowned",
            [row],
            f"Nobody answers for {case.name(row)}.",
            "Name who says that it is reached.",
            severity=Severity.NOTE,
        )
        for row in np.flatnonzero(bad).tolist()
    ]
    return counted(bad, population, findings, nobody="no milestone is open.")


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked of one person: minutes beyond what there is, by day, and the rows of the tasks."""

    resource: int
    first_day: int
    demand: F64
    capacity: F64
    rows: I64

    @property
    def excess(self) -> F64:
        over = self.demand - self.capacity
        return np.where(over >= _TOLERATED, over, 0.0)


def overload(case: Case) -> Result:
    """People of whom more is asked on some day than they have: units (or the stated work) of all their open tasks
    against their own units, on the hours of their calendar less their absences. An hour a day is tolerated."""
    loads = [each for row in range(len(case.plan.resources)) if (each := _load(case, row)) is not None]
    if not loads:
        return Result(fault="nobody is on an open task.")
    over = sorted((each for each in loads if each.excess.any()), key=lambda each: -float(each.excess.sum()))
    return Result(len(over), len(loads), tuple(_overloaded(case, each) for each in over))


def _overloaded(case: Case, load: Load) -> Finding:
    person, excess = case.plan.resources[load.resource], load.excess
    worst, days = int(excess.argmax()), int((excess > 0).sum())
    begin = (load.first_day + worst) * MINUTES_PER_DAY
    busy = load.rows[
        (case.schedule.start[load.rows] < begin + MINUTES_PER_DAY) & (case.schedule.finish[load.rows] > begin)
    ]
    rows = sorted(busy.tolist())
    hours = [round(float(each) / 60, 1) for each in (excess.sum(), load.demand[worst], load.capacity[worst])]
    sentence = (
        f"{person.name or 'Somebody'}: {hours[0]:g} h too much on {count(days, 'day')}, most on {day_in_words(begin)}, with {hours[1]:g} h of work "
        f"in {hours[2]:g} h: {case.names(rows)}."
    )
    way = "Let one of them wait, give one to somebody else, or plan with fewer units."
    return case.finding("overload", rows, sentence, way, code=str(person.uid))


def _load(case: Case, resource: int) -> Load | None:
    """What the open tasks ask of one person; None of whom they ask nothing, and of materials and costs."""
    table, schedule = case.plan.assignments, case.schedule
    if case.plan.resources[resource].kind is not ResourceKind.WORK:
        return None
    mine = _assignments(case, resource)
    mine = mine[case.open_work[table.task[mine]]]
    rows = table.task[mine].astype(np.int64)
    start, finish = (
        np.maximum(schedule.start[rows], case.status[rows]),
        schedule.finish[rows].astype(np.int64),
    )
    kept = start < finish
    if not kept.any():
        return None
    mine, rows, start, finish = mine[kept], rows[kept], start[kept], finish[kept]
    clock = _Clock.of(case, resource, int(rows[0]), int(start.min()), int(finish.max()))
    whole = clock.worked(finish) - clock.worked(schedule.start[rows])
    by_work = np.where(whole > 0, table.work[mine] / np.maximum(whole, 1), 0.0)
    rate = np.where(table.work[mine] >= 0, by_work, table.units[mine] / 100)
    capacity = clock.by_day * case.plan.resources[resource].units / 100
    return Load(resource, clock.span.first, clock.demand(start, finish, rate), capacity, np.unique(rows))


def _assignments(case: Case, resource: int) -> I64:
    """The rows of one person's assignments; sorted once for all."""
    order, ptr = case.by_resource
    return order[ptr[resource] : ptr[resource + 1]]


@dataclass(frozen=True, slots=True)
class _Clock:
    """One person's working time over some days, in minutes from their beginning."""

    span: Span
    hours: Intervals

    @classmethod
    def of(cls, case: Case, resource: int, row: int, first: int, last: int) -> "_Clock":
        plan, person = case.plan, case.plan.resources[resource]
        calendar = (
            _calendar(case, row)
            if person.calendar is None
            else plan.calendars[plan.calendar_index[person.calendar]]
        )
        span = Span(int(case.schedule.run.compiled.network.open.first_day), last // MINUTES_PER_DAY + 1)
        span = Span(min(span.first, first // MINUTES_PER_DAY), span.last)
        hours = Hours(span)
        days = hours.days(calendar, {each.uid: each for each in plan.calendars})
        hours.add(hours.without(days, person.absences))
        return cls(span, hours.columns())

    def worked(self, at: I64 | NDArray[np.int32]) -> F64:
        """Working minutes up to each instant."""
        return self.hours.worked(at).astype(np.float64)

    @property
    def by_day(self) -> F64:
        """Working minutes of each day."""
        return np.diff(self.worked(np.arange(self.span.first, self.span.last + 2) * MINUTES_PER_DAY))

    def demand(self, start: I64, finish: I64, rate: F64) -> F64:
        """Minutes of work on each day, of work that goes on at these rates from start to finish: the whole days between
        by running sums, the first and the last for what they have of it."""
        day, size = self.by_day, self.span.days
        first = start // MINUTES_PER_DAY - self.span.first
        last = (finish - 1) // MINUTES_PER_DAY - self.span.first
        edges = np.zeros(size + 1)
        np.add.at(edges, first, rate)
        np.add.at(edges, last + 1, -rate)
        found: F64 = np.cumsum(edges)[:size] * day
        midnight = (first + self.span.first) * MINUTES_PER_DAY
        np.add.at(found, first, -rate * (self.worked(start) - self.worked(midnight)))
        after = (last + self.span.first + 1) * MINUTES_PER_DAY
        np.add.at(found, last, -rate * (self.worked(after) - self.worked(finish)))
        return found


def _calendar(case: Case, row: int) -> Calendar:
    """The calendar of a task: its own, or its project's."""
    own, plan = int(case.tasks.calendar[row]), case.plan
    project = plan.projects[int(case.tasks.project[row])]
    return plan.calendars[own if own >= 0 else plan.calendar_index[project.calendar]]


CHECKS = (
    Check(
        key="resources",
        number=10,
        title="Tasks without people or cost",
        family=Family.PEOPLE,
        of="tasks of a day or more",
        points=8,
        full=0.5,
        why="Work that nobody is on is done by nobody, and costs nothing until the bill comes.",
        source="DCMA-EA PAM 200.1, point 10",
        examine=resources,
    ),
    Check(
        key="unowned",
        title="Milestones without an owner",
        family=Family.PEOPLE,
        of="milestones",
        points=2,
        full=0.5,
        why="A milestone for which nobody answers is reached when somebody says so.",
        source="GAO-16-89G, best practice 3",
        examine=unowned,
    ),
    Check(
        key="overload",
        title="People overloaded",
        family=Family.PEOPLE,
        of="people",
        limit=0.05,
        points=12,
        full=0.5,
        why="Nobody does two days' work in one: what does not fit comes later, whatever the plan says.",
        source="GAO-16-89G, best practice 3",
        examine=overload,
    ),
)

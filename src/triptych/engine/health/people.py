"""Checks of who does the work."""

from dataclasses import dataclass

import numpy as np

from triptych.engine.costs import costs_of
from triptych.engine.pieces import F64, Pieces
from triptych.engine.workload import Workload
from triptych.plan import Severity
from triptych.plan.quantities import MINUTES_PER_DAY
from triptych.plan.spelling import count, day_in_words

from .answer import Check, Family, Finding, Result
from .case import Case, counted

#: Less than an hour too much on a day is no overload.
_TOLERATED = 60


def resources(case: Case) -> Result:
    """Point 10: tasks of at least a day with neither people nor cost.

    Population: incomplete tasks of a day or more (DCMA-EA PAM 200.1, 2012). The DCMA sets no threshold; a plan in which
    nothing at all has people or costs is not loaded, and nothing is said of it.
    """
    staffed, table = np.zeros(len(case.plan), np.bool_), case.plan.assignments
    staffed[table.task] = True
    staffed |= costs_of(case.plan, case.schedule).planned > 0
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


def overload(case: Case) -> Result:
    """People of whom more is asked on some day than they have: units (or the stated work) of all their open tasks
    against their own units, on the hours of their calendar less their absences. An hour a day is tolerated."""
    load = Workload.of(case.schedule, case.open_work)
    busy = [row for row in range(len(case.plan.resources)) if len(load.of_resource(row).task)]
    if not busy:
        return Result(fault="nobody is on an open task.")
    days = [_Days.of(load, row) for row in busy]
    over = sorted((each for each in days if each.excess.any()), key=lambda each: -float(each.excess.sum()))
    return Result(len(over), len(days), tuple(_overloaded(case, each) for each in over))


@dataclass(frozen=True, slots=True)
class _Days:
    """What is asked of one person and what there is of them, in minutes by day, from the first day to the last on which
    they have work."""

    pieces: Pieces
    resource: int
    first: int
    demand: F64
    capacity: F64

    @classmethod
    def of(cls, load: Workload, resource: int) -> "_Days":
        mine = load.of_resource(resource)
        first, last = int(mine.start.min()) // MINUTES_PER_DAY, int(mine.finish.max() - 1) // MINUTES_PER_DAY
        edges = np.arange(first, last + 2) * MINUTES_PER_DAY
        return cls(mine, resource, first, load.demand(resource, edges), load.capacity(resource, edges))

    @property
    def excess(self) -> F64:
        over = self.demand - self.capacity
        return np.where(over >= _TOLERATED, over, 0.0)

    def rows_on(self, day: int) -> list[int]:
        """The rows of the tasks on which the person works that day."""
        begin = (self.first + day) * MINUTES_PER_DAY
        busy = (self.pieces.start < begin + MINUTES_PER_DAY) & (self.pieces.finish > begin)
        return sorted(set(self.pieces.task[busy].tolist()))


def _overloaded(case: Case, load: _Days) -> Finding:
    person, excess = case.plan.resources[load.resource], load.excess
    worst, days = int(excess.argmax()), int((excess > 0).sum())
    rows = load.rows_on(worst)
    hours = [round(float(each) / 60, 1) for each in (excess.sum(), load.demand[worst], load.capacity[worst])]
    begin = (load.first + worst) * MINUTES_PER_DAY
    sentence = (
        f"{person.name or 'Somebody'}: {hours[0]:g} h too much on {count(days, 'day')}, most on {day_in_words(begin)}, "
        f"with {hours[1]:g} h of work in {hours[2]:g} h: {case.names(rows)}."
    )
    way = "Let one of them wait, give one to somebody else, or plan with fewer units."
    return case.finding("overload", rows, sentence, way, code=str(person.uid))


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

"""When who works on what: the open work of a schedule, cut into pieces that go on without an interruption."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from triptych.plan import NO_INSTANT, Plan, ResourceKind
from triptych.plan.quantities import MINUTES_PER_DAY
from triptych.plan.tables import I64, Flags
from triptych.plan.worktime import Span

from .columns import ROUND_THE_CLOCK
from .dialects import DIALECTS
from .rollup import complete
from .schedule import Schedule
from .staffing import Rows
from .timetable import Timetable

F64 = NDArray[np.float64]

#: Days that are looked at before and after those that the schedule itself needed: whole months, and what comes later.
_BEFORE, _AFTER = 31, 366


def rates(plan: Plan) -> F64:
    """What each assignment asks of its person while its task goes on, 1.0 being one full-time person; 0 of materials and
    costs. It is the stated work over the task's duration, else the units.

    An elapsed day counts as a working day of the project, as it does for costs: the task goes on by night, its people
    do not. What that comes to on certain days is in `Workload`.
    """
    table, tasks = plan.assignments, plan.tasks
    if not len(table):
        return np.zeros(0)
    per_day = np.array([each.minutes_per_day for each in plan.projects], np.float64)[tasks.project]
    effort = np.where(tasks.elapsed, tasks.duration * per_day / MINUTES_PER_DAY, tasks.duration)[table.task]
    by_work = (table.work >= 0) & (effort > 0)
    rate = np.where(by_work, table.work / np.where(by_work, effort, 1.0), table.units / 100)
    return np.where(are_people(plan)[table.resource], rate, 0.0)


def are_people(plan: Plan) -> Flags:
    """Which resources work (people, teams, machines), and are no material or cost."""
    return np.array([each.kind is ResourceKind.WORK for each in plan.resources], np.bool_)


def is_open(found: Schedule) -> Flags:
    """The tasks that still ask for work: no summaries, nothing done, inactive or external, nothing without a length."""
    tasks = found.plan.tasks
    counts: Flags = ~found.plan.is_summary & tasks.active & ~tasks.external & (found.finish > found.start)
    return counts & ~complete(found.plan, found.run.passes)


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Columns of pieces: rows of resources, tasks and assignments, instants, the rate (1.0 is one full-time person), and
    the row of the timetable in whose hours the work goes on."""

    resource: I64
    task: I64
    assignment: I64
    start: I64
    finish: I64
    rate: F64
    hours: I64

    def taken(self, at: I64 | Flags | slice) -> Self:
        """Some of the pieces, or all of them in another order."""
        return type(self)(*(getattr(self, each.name)[at] for each in fields(self)))


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """The pieces, by resource and start; the `clock` of each resource, a row of the timetable (-1: it does not work)."""

    pieces: Pieces
    clock: I64
    timetable: Timetable


def cut(found: Schedule, counted: Flags) -> Cut:
    """The work of people on the `counted` tasks, each piece from a start to a finish of their own hours."""
    work = _Work(found, counted)
    made = work.pieces()
    order = np.lexsort((made.start, made.resource))
    return Cut(made.taken(order), work.clock, work.table)


class _Work:
    """Columns by chosen assignment. `hours` is the row in which its person works on the task, `base` the one on which
    the minutes of the task run for them; `together` marks those on tasks that work when any of several people does."""

    def __init__(self, found: Schedule, counted: Flags) -> None:
        self.found, self.plan, self.tasks = found, found.plan, found.plan.tasks
        self.rate = rates(self.plan)
        table = self.plan.assignments
        self.chosen = (
            np.flatnonzero(counted[table.task] & (self.rate > 0)) if len(table) else np.empty(0, np.int64)
        )
        self.task = table.task[self.chosen].astype(np.int64)
        rows = Rows(self.plan, _span(found))
        self.hours = _hours(self.plan, rows, self.chosen, self.task)
        self.together, self.apart = self._mixed()
        self.base = self._base(rows)
        self.clock = _clocks(self.plan, rows, self.chosen)
        self.table = Timetable.of(rows.hours)
        t = self.tasks
        self.begun: Flags = (t.actual_start != NO_INSTANT)[self.task]
        by_percent = np.rint(t.duration * (100 - t.percent_complete.astype(np.int64)) / 100).astype(np.int64)
        left = np.where(t.remaining >= 0, t.remaining, by_percent)[self.task]
        duration = t.duration[self.task]
        self.left: I64 = np.where(self.begun, left, duration)
        self.done: I64 = np.maximum(duration - self.left, 0)
        self.start, self.finish = (each[self.task].astype(np.int64) for each in (found.start, found.finish))

    def _mixed(self) -> tuple[Flags, Flags]:
        """Of the assignments to tasks whose people have different hours: those that work as one, and the others."""
        pairs = np.unique(self.task * (int(self.hours.max(initial=0)) + 1) + self.hours)
        several = np.bincount(pairs // (int(self.hours.max(initial=0)) + 1), minlength=len(self.plan)) > 1
        as_one = np.array([DIALECTS[name].crew_as_one for name in self.found.dialects], np.bool_)
        plain = several & ~self.tasks.elapsed & ~self.tasks.hammock
        one = as_one[self.tasks.project]
        return (plain & one)[self.task], (plain & ~one)[self.task]

    def _base(self, rows: Rows) -> I64:
        base = np.where(self.tasks.elapsed[self.task], ROUND_THE_CLOCK, self.hours)
        mine = np.flatnonzero(self.together)
        mine = mine[np.argsort(self.task[mine], kind="stable")]
        for crew in np.split(mine, np.flatnonzero(np.diff(self.task[mine])) + 1):
            if len(crew):
                base[crew] = rows.union(tuple(np.unique(self.hours[crew]).tolist()))
        return base

    def pieces(self) -> Pieces:
        """The pieces of all that is chosen, in no order."""
        self._work_by_night()
        each, low, high = self._parts()
        begin = self._goes_on()
        base, zero = self.base[each], self.table.worked(self.base, begin)[each]
        start = np.where(low == 0, begin[each], self.table.starts(base, zero + low))
        by_minutes = self.table.finishes(base, zero + high)
        whole = ~self.apart & ~np.isin(self.task, self.plan.splits.task)
        finish = np.where(whole[each], self.finish[each], np.minimum(by_minutes, self.finish[each]))
        start = np.maximum(start, self._status()[each])
        row, rate = self.hours[each], self._rate()[each]
        first, last = self.table.worked(row, start), self.table.worked(row, finish)
        resource = self.plan.assignments.resource[self.chosen].astype(np.int64)
        made = Pieces(
            resource=resource[each],
            task=self.task[each],
            assignment=self.chosen[each],
            start=self.table.starts(row, first),
            finish=self.table.finishes(row, last),
            rate=rate,
            hours=row,
        )
        return made.taken(first < last)

    def _work_by_night(self) -> None:
        """Work that is stated is asked for, even if its person has no hours between the dates of the task: then by the
        clock."""
        stated = self.plan.assignments.work[self.chosen] > 0
        lost = stated & (self._own_minutes() == 0) & (self.finish > self.start)
        self.hours = np.where(lost, ROUND_THE_CLOCK, self.hours)

    def _own_minutes(self) -> I64:
        """The minutes that each has between the dates of the task."""
        return self.table.worked(self.hours, self.finish) - self.table.worked(self.hours, self.start)

    def _rate(self) -> F64:
        """The rates; where the dates of the task decide for how long somebody works on it, stated work over that."""
        work = self.plan.assignments.work[self.chosen]
        by_dates = self.together | self.tasks.elapsed[self.task] | self.tasks.hammock[self.task]
        by_dates |= (self.hours == ROUND_THE_CLOCK) & (self.base != ROUND_THE_CLOCK)
        spread = by_dates & (work >= 0)
        return np.where(spread, work / np.maximum(self._own_minutes(), 1), self.rate[self.chosen])

    def _parts(self) -> tuple[I64, I64, I64]:
        """The uninterrupted parts of what is left: whose, and from which to which working minute after it goes on."""
        split = np.isin(self.task, self.plan.splits.task)
        plain = np.flatnonzero(~split)
        parts = [(plain, np.zeros(len(plain), np.int64), self.left[plain])]
        for each in np.flatnonzero(split).tolist():
            cuts = np.array(self._pauses(each), np.int64).reshape(-1, 2)
            gaps = np.cumsum(cuts[:, 1])
            low = np.concatenate([[0], cuts[:, 0] + gaps])
            high = np.append(cuts[:, 0] + gaps - cuts[:, 1], self.left[each] + (gaps[-1] if len(gaps) else 0))
            there = np.flatnonzero(high > low)
            parts.append((np.full(len(there), each), low[there], high[there]))
        found = [np.concatenate(column).astype(np.int64) for column in zip(*parts, strict=True)]
        return found[0], found[1], found[2]

    def _pauses(self, each: int) -> list[tuple[int, int]]:
        """The interruptions of what is left of one: after how much of it, and for how long."""
        done, left = int(self.done[each]), int(self.left[each])
        splits = self.plan.splits_of(int(self.task[each]))
        return [(after - done, gap) for after, gap in splits if done <= after and left > 0]

    def _goes_on(self) -> I64:
        """When what is left of each task goes on: at its start, or so long before the finish as it takes; of several
        people when the first of them does."""
        running = np.flatnonzero(self.begun & ~self.tasks.hammock[self.task])
        if len(running) == 0:
            return self.start
        pauses = [sum(gap for _, gap in self._pauses(each)) for each in running.tolist()]
        base = self.base[running]
        before = (
            self.table.worked(base, self.finish[running]) - self.left[running] - np.array(pauses, np.int64)
        )
        again = np.full(len(self.plan), np.iinfo(np.int64).max)
        np.minimum.at(again, self.task[running], self.table.starts(base, np.maximum(before, 0)))
        begin = self.start.copy()
        begin[running] = np.maximum(begin[running], again[self.task[running]])
        return begin

    def _status(self) -> I64:
        dates = [each.status_date for each in self.plan.projects]
        known = np.array([NO_INSTANT if each is None else each for each in dates], np.int64)
        found: I64 = known[self.tasks.project[self.task]]
        return found


def _span(found: Schedule) -> Span:
    """The days of the schedule, and some more."""
    known = found.run.compiled.network.open
    return Span(known.first_day - _BEFORE, known.first_day + known.days - 1 + _AFTER)


def _hours(plan: Plan, rows: Rows, chosen: I64, task: I64) -> I64:
    """The row of hours in which each works: the task's calendar cut down to their own, the task's alone where it says
    so; their own alone on elapsed tasks, which ask nothing of who is at home."""
    tasks = plan.tasks
    if len(chosen) == 0:
        return np.empty(0, np.int64)
    own = tasks.calendar[task].astype(np.int64)
    elapsed = tasks.elapsed[task]
    hours = rows.of_people(np.where(elapsed, -1, own), chosen)
    alone = np.flatnonzero(tasks.ignore_resource_calendars[task] & (own >= 0) & ~elapsed)
    if len(alone):
        hours[alone] = rows.of_calendars(own[alone])
    return hours


def _clocks(plan: Plan, rows: Rows, chosen: I64) -> I64:
    """The row of each resource's own hours: its calendar, without one those of the projects it works in, less its
    absences."""
    table, size = plan.assignments, len(plan.projects)
    pairs = np.unique(table.resource[chosen].astype(np.int64) * size + plan.tasks.project[table.task[chosen]])
    works_in: dict[int, list[int]] = {}
    for pair in pairs.tolist():
        works_in.setdefault(pair // size, []).append(pair % size)
    clock = np.full(len(plan.resources), -1, np.int64)
    for row in np.flatnonzero(are_people(plan)).tolist():
        person = plan.resources[row]
        calendars = (
            {int(rows.project_calendar[each]) for each in works_in.get(row, [0])}
            if person.calendar is None
            else {plan.calendar_index[person.calendar]}
        )
        clock[row] = rows.present(tuple(sorted(calendars)), person.absences)
    return clock

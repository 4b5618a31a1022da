"""Which working hours each task runs on: its own calendar, its people's, or its project's."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from triptych.plan import CalendarException, Diagnostic, Plan, ResourceKind
from triptych.plan.diagnostics import warning
from triptych.plan.quantities import MINUTES_PER_DAY
from triptych.plan.tables import I64, Flags
from triptych.plan.worktime import Hours, Intervals, Span

from .columns import HOURS, INTERVAL, ROUND_THE_CLOCK, OpenHours, table

_Days = I64
Absences = tuple[CalendarException, ...]


@dataclass(frozen=True, slots=True)
class Staffing:
    """For each task of the plan its `row` of hours (or -1 less its crew, see `columns.Network`) and the row of its
    `gauge`; for each project the row of its own hours."""

    row: I64
    gauge: I64
    project: I64
    crew_ptr: I64
    crew: I64
    open: OpenHours
    found: tuple[Diagnostic, ...]


def staff(plan: Plan, span: Span, together: Sequence[bool]) -> Staffing:
    """The hours of every task of `plan` over the days of `span`. `together` says of each project whether the hours of
    several people on one task count as one: it works when any of them does."""
    rows = Rows(plan, span)
    tasks = plan.tasks
    own_or_project = np.where(tasks.calendar >= 0, tasks.calendar, rows.project_calendar[tasks.project])
    gauge = rows.of_calendars(own_or_project)
    gauge[tasks.elapsed] = ROUND_THE_CLOCK
    row = gauge.copy()
    crews = _Crews()
    task, hours = _assigned(plan, rows)
    if len(task):
        as_one = np.array(together, np.bool_)[tasks.project]
        _place_people(task, hours, row, rows, crews, as_one)
    project = rows.of_calendars(rows.project_calendar)
    crew_ptr, crew = crews.columns()
    return Staffing(row, gauge, project, crew_ptr, crew, rows.open_hours(), tuple(rows.found))


def _assigned(plan: Plan, rows: "Rows") -> tuple[I64, I64]:
    """The tasks on which people's hours count, with a row of hours for each person, once each."""
    tasks, table = plan.tasks, plan.assignments
    working = np.array([each.kind is ResourceKind.WORK for each in plan.resources], np.bool_)
    alone = tasks.elapsed | (tasks.ignore_resource_calendars & (tasks.calendar >= 0))
    counts = ~alone[table.task]
    if len(working):
        counts &= working[table.resource]
    chosen = np.flatnonzero(counts)
    if len(chosen) == 0:
        return chosen, chosen
    task = table.task[chosen].astype(np.int64)
    hours = rows.of_people(tasks.calendar[task].astype(np.int64), chosen)
    pairs = np.unique(np.stack([task, hours]), axis=1)
    return pairs[0], pairs[1]


def _place_people(task: I64, hours: I64, row: I64, rows: "Rows", crews: "_Crews", as_one: Flags) -> None:
    """Write the row of each staffed task: its one row of hours, or a crew of several."""
    staffed, first, count = np.unique(task, return_index=True, return_counts=True)
    single = count == 1
    row[staffed[single]] = hours[first[single]]
    several = zip(staffed[~single].tolist(), first[~single].tolist(), count[~single].tolist(), strict=True)
    for at, begin, size in several:
        people = tuple(hours[begin : begin + size].tolist())
        row[at] = rows.union(people) if as_one[at] else -1 - crews.number(people)


class _Crews:
    """Sets of rows of hours that several people on one task work in, each set once."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[int, ...], int] = {}

    def number(self, rows: tuple[int, ...]) -> int:
        return self.numbers.setdefault(rows, len(self.numbers))

    def columns(self) -> tuple[I64, I64]:
        """Where each crew's members begin, one more for the end, and the members."""
        ptr = np.concatenate([[0], np.cumsum([len(rows) for rows in self.numbers])]).astype(np.int64)
        return ptr, np.array([row for rows in self.numbers for row in rows], np.int64)


class Rows:
    """Rows of working hours, made when first asked for; rows that open alike are one."""

    def __init__(self, plan: Plan, span: Span) -> None:
        self.plan = plan
        self.hours = Hours(span)
        self.by_uid = {each.uid: each for each in plan.calendars}
        self.found: list[Diagnostic] = []
        self.rows: dict[bytes, int] = {}
        self.unions: dict[tuple[int, ...], int] = {}
        self.clocks: dict[tuple[tuple[int, ...], Absences], int] = {}
        self.days: dict[int, _Days] = {}
        self.around = np.full(span.days, self.hours.shape(((0, MINUTES_PER_DAY),)), np.int64)
        self._row(self.around)
        self.project_calendar = np.array(
            [plan.calendar_index[each.calendar] for each in plan.projects], np.int64
        )

    def of_calendars(self, calendars: I64) -> I64:
        """The rows of these calendars."""
        used = np.unique(calendars)
        rows = np.zeros(int(used.max(initial=-1)) + 1, np.int64)
        rows[used] = [self._row(self._calendar(each)) for each in used.tolist()]
        return rows[calendars]

    def of_people(self, own: I64, assignments: I64) -> I64:
        """The rows of the people of these assignments, each on a task with this `own` calendar (-1: none)."""
        table, size = self.plan.assignments, len(self.plan.resources)
        project = self.project_calendar[self.plan.tasks.project[table.task[assignments]]]
        key = ((own + 1) * (len(self.plan.calendars) + 1) + project) * size + table.resource[assignments]
        keys, first, which = np.unique(key, return_index=True, return_inverse=True)
        each = zip(own[first].tolist(), project[first].tolist(), (keys % size).tolist(), strict=True)
        found: I64 = np.array([self.of_person(*one) for one in each], np.int64)[which.reshape(-1)]
        return found

    def of_person(self, own: int, project: int, resource: int) -> int:
        """The row of a task's `own` calendar (-1: none) cut down to a person's hours; without one, the person's."""
        person = self.plan.resources[resource]
        theirs = project if person.calendar is None else self.plan.calendar_index[person.calendar]
        if own >= 0 and person.calendar is None:
            theirs = own
        days = self._calendar(theirs)
        if person.absences:
            days = self._usable(self.hours.without(days, person.absences), days)
        if own >= 0 and own != theirs:
            days = self._usable(self.hours.both(self._calendar(own), days), days)
        return self._row(days)

    def present(self, calendars: tuple[int, ...], absences: Absences) -> int:
        """The row in which one of these calendars is open and its owner not away; empty for who is away for good."""
        if (calendars, absences) not in self.clocks:
            days = self.hours.without(reduce(self.hours.either, map(self._calendar, calendars)), absences)
            self.clocks[calendars, absences] = self._row(days)
        return self.clocks[calendars, absences]

    def union(self, people: tuple[int, ...]) -> int:
        """The row of the hours in which any of these rows is open."""
        if people not in self.unions:
            self.unions[people] = self._row(reduce(self.hours.either, map(self.hours.days_of, people)))
        return self.unions[people]

    def _row(self, days: _Days) -> int:
        key = days.tobytes()
        if key not in self.rows:
            self.rows[key] = self.hours.add(days)
        return self.rows[key]

    def _calendar(self, calendar: int) -> _Days:
        if calendar not in self.days:
            days = self.hours.days(self.plan.calendars[calendar], self.by_uid)
            if not self.hours.has_work(days):
                self.found.append(self._without_work(calendar))
                days = self.around
            self.days[calendar] = days
        return self.days[calendar]

    def _without_work(self, calendar: int) -> Diagnostic:
        value = self.plan.calendars[calendar]
        return warning(
            "calendar.no-working-time",
            f"Calendar “{value.name}” has no working time; tasks that use it are dated round the clock. "
            "Give it working hours.",
            f"calendar {value.uid}",
        )

    def _usable(self, days: _Days, otherwise: _Days) -> _Days:
        """Hours that never open would hold a task for ever: then the other hours stand."""
        return days if self.hours.has_work(days) else otherwise

    def open_hours(self) -> OpenHours:
        """Every row of hours asked for so far, indexed."""
        return index_hours(self.hours.columns(), self.hours.span)


def index_hours(intervals: Intervals, span: Span) -> OpenHours:
    """Rows of intervals with the two indexes that `columns.OpenHours` describes."""
    rows = len(intervals.ptr) - 1
    midnights = np.arange(span.first, span.last + 1, dtype=np.int64) * MINUTES_PER_DAY
    day = np.empty((rows, span.days), np.int32)
    reach, shift = [], np.zeros(rows, np.int64)
    for row in range(rows):
        part = slice(intervals.ptr[row], intervals.ptr[row + 1])
        day[row] = intervals.ptr[row] + np.searchsorted(intervals.closes[part], midnights, side="right")
        index, shift[row] = _reach(intervals, part)
        reach.append(index)
    ends = np.concatenate([[0], np.cumsum([len(each) for each in reach])])
    ptr = intervals.ptr
    return OpenHours(
        interval=table(
            INTERVAL,
            len(intervals.opens),
            opens=intervals.opens,
            closes=intervals.closes,
            before=intervals.before,
        ),
        row=table(HOURS, rows, first=ptr[:-1], end=ptr[1:], reach=ends[:-1], reach_end=ends[1:], shift=shift),
        day=day.reshape(-1),
        reach=np.concatenate(reach).astype(np.int32),
        first_day=span.first,
        days=span.days,
    )


def _reach(intervals: Intervals, part: slice) -> tuple[I64, int]:
    """One row's index from worked minutes to intervals, with about as many entries as there are intervals."""
    before = intervals.before[part]
    total = int(before[-1] + intervals.closes[part][-1] - intervals.opens[part][-1]) if len(before) else 0
    shift = max(0, (total // max(1, len(before))).bit_length() - 1)
    steps = np.arange((total >> shift) + 1, dtype=np.int64) << shift
    return int(part.start) + np.searchsorted(before, steps, side="right") - 1, shift

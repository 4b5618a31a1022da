"""Working time: calendars unrolled over a span of days into open intervals, as columns.

A calendar day has a *shape* (its shifts). A calendar is unrolled into one shape number a day, by numpy; calendars
are combined (a person's leave, a task's calendar with its people's) by combining shapes; only then are the shapes
written out as intervals `opens[i]..closes[i]` with the working minutes `before[i]` them. Intervals that touch, as
in a night shift or round the clock, become one, so that "the end of a shift" means that work really stops.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from .model import Calendar, CalendarException, Shifts
from .quantities import MINUTES_PER_DAY, day_number, day_of
from .tables import I32, I64

_THURSDAY = 3  # 1970-01-01, day 0, was a Thursday; Monday is 0


@dataclass(frozen=True, slots=True)
class CalendarFault:
    """Something that a calendar cannot be used with; `row` is its place among the calendars."""

    row: int
    code: str
    message: str


def calendar_faults(calendars: Sequence[Calendar]) -> list[CalendarFault]:
    """Shifts that overlap or leave the day, exceptions that end before they begin, bases that go in circles."""
    found = []
    by_uid = {each.uid: each for each in calendars}
    for row, calendar in enumerate(calendars):
        days = [each for each in calendar.week if each is not None]
        days += [each.shifts for each in calendar.exceptions]
        if not all(map(_in_order, days)):
            found.append(
                CalendarFault(
                    row,
                    "calendar.bad-shifts",
                    f"Calendar “{calendar.name}” has shifts that overlap or leave the day. Correct its hours.",
                )
            )
        found.extend(
            CalendarFault(
                row,
                "calendar.bad-exception",
                f"In calendar “{calendar.name}” the exception “{each.name}” of {each.first} ends before it "
                "begins. Correct its dates.",
            )
            for each in calendar.exceptions
            if each.last < each.first
        )
        if _is_circular(calendar, by_uid):
            found.append(
                CalendarFault(
                    row,
                    "calendar.circular",
                    f"Calendar “{calendar.name}” builds on itself. Choose another base.",
                )
            )
    return found


def _in_order(shifts: Shifts) -> bool:
    edges = [edge for shift in shifts for edge in shift]
    rising = all(start < finish for start, finish in shifts) and edges == sorted(edges)
    return rising and (not edges or (edges[0] >= 0 and edges[-1] <= MINUTES_PER_DAY))


def _is_circular(calendar: Calendar, by_uid: dict[int, Calendar]) -> bool:
    seen = {calendar.uid}
    while calendar.base is not None and calendar.base in by_uid:
        if calendar.base in seen:
            return True
        seen.add(calendar.base)
        calendar = by_uid[calendar.base]
    return False


def lineage(calendar: Calendar, by_uid: dict[int, Calendar]) -> list[Calendar]:
    """The calendar and what it builds on, the outermost base first; a circle is cut."""
    chain = [calendar]
    seen = {calendar.uid}
    while calendar.base is not None and calendar.base in by_uid and calendar.base not in seen:
        calendar = by_uid[calendar.base]
        seen.add(calendar.uid)
        chain.append(calendar)
    return chain[::-1]


def resolved_week(calendar: Calendar, by_uid: dict[int, Calendar]) -> tuple[Shifts, ...]:
    """The seven days, Monday first, with the base's days where the calendar has none of its own."""
    week: list[Shifts] = [()] * 7
    for each in lineage(calendar, by_uid):
        week = [old if new is None else new for old, new in zip(week, each.week, strict=True)]
    return tuple(week)


def resolved_exceptions(calendar: Calendar, by_uid: dict[int, Calendar]) -> list[CalendarException]:
    """Every exception in force, the base's first, so that the later one wins on a day that both name."""
    return [exception for each in lineage(calendar, by_uid) for exception in each.exceptions]


@dataclass(frozen=True, slots=True)
class Span:
    """Days `first` to `last`, both included, as days since 1970-01-01."""

    first: int
    last: int

    @property
    def days(self) -> int:
        return self.last - self.first + 1

    def clip(self, exception: CalendarException) -> slice:
        """The rows of an exception's days within the span; empty outside it."""
        first = max(day_number(exception.first), self.first) - self.first
        last = min(day_number(exception.last), self.last) - self.first
        return slice(first, max(first, last + 1))


class Hours:
    """The working time of several calendars over one span, built up by `add`, read by row number.

    After `columns()`: `opens`, `closes`, `before` are the intervals of all rows one after another, and row `r`
    has those from `ptr[r]` to `ptr[r + 1]`.
    """

    def __init__(self, span: Span) -> None:
        self.span = span
        self._shapes: list[Shifts] = []
        self._number: dict[Shifts, int] = {}
        self._rows: list[I64] = []

    def shape(self, shifts: Shifts) -> int:
        """The number of a day's shape."""
        number = self._number.get(shifts)
        if number is None:
            number = self._number[shifts] = len(self._shapes)
            self._shapes.append(shifts)
        return number

    def days(self, calendar: Calendar, by_uid: dict[int, Calendar]) -> I64:
        """One shape number for each day of the span."""
        week = np.array([self.shape(each) for each in resolved_week(calendar, by_uid)], np.int64)
        days = week[(np.arange(self.span.first, self.span.last + 1) + _THURSDAY) % 7]
        for exception in resolved_exceptions(calendar, by_uid):
            days[self.span.clip(exception)] = self.shape(exception.shifts)
        return days

    def without(self, days: I64, absences: Iterable[CalendarException]) -> I64:
        """The same days less a person's absences (whose shifts, if any, are the hours still worked)."""
        result = days.copy()
        for absence in absences:
            result[self.span.clip(absence)] = self.shape(absence.shifts)
        return result

    def both(self, left: I64, right: I64) -> I64:
        """The hours that are working time in both."""
        return self._combined(left, right, _intersection)

    def either(self, left: I64, right: I64) -> I64:
        """The hours that are working time in one or the other."""
        return self._combined(left, right, _union)

    def _combined(self, left: I64, right: I64, combine: Callable[[Shifts, Shifts], Shifts]) -> I64:
        size = len(self._shapes)
        pairs, inverse = np.unique(left * size + right, return_inverse=True)
        combined = [
            self.shape(combine(self._shapes[pair // size], self._shapes[pair % size]))
            for pair in pairs.tolist()
        ]
        return np.array(combined, np.int64)[inverse]

    def has_work(self, days: I64) -> bool:
        """Whether there is any working time in the span."""
        return bool(np.array([bool(each) for each in self._shapes])[days].any())

    def add(self, days: I64) -> int:
        """Keep a row of days; its number."""
        self._rows.append(days)
        return len(self._rows) - 1

    def days_of(self, row: int) -> I64:
        """The days of a row that was kept."""
        return self._rows[row]

    def columns(self) -> "Intervals":
        """The intervals of every row that was added."""
        tables = [self._intervals(days) for days in self._rows]
        ptr = np.cumsum([0, *(len(opens) for opens, _ in tables)]).astype(np.int64)
        befores = []
        for opens, closes in tables:
            done = np.cumsum(closes - opens)
            befores.append(np.concatenate([np.zeros(1, np.int64), done[:-1]]) if len(done) else done)
        return Intervals(
            opens=np.concatenate([opens for opens, _ in tables]).astype(np.int64),
            closes=np.concatenate([closes for _, closes in tables]).astype(np.int64),
            before=np.concatenate(befores).astype(np.int64),
            ptr=ptr,
        )

    def _intervals(self, days: I64) -> tuple[I64, I64]:
        width = max((len(each) for each in self._shapes), default=0) or 1
        table = np.zeros((len(self._shapes), width, 2), np.int64)
        for number, shifts in enumerate(self._shapes):
            table[number, : len(shifts)] = np.array(shifts, np.int64).reshape(-1, 2)
        count = np.array([len(each) for each in self._shapes], np.int64)
        midnight = (np.arange(self.span.first, self.span.last + 1) * MINUTES_PER_DAY)[:, None, None]
        spread = table[days] + midnight
        kept = np.arange(width)[None, :] < count[days][:, None]
        return _merged(spread[..., 0][kept], spread[..., 1][kept])


@dataclass(frozen=True, slots=True)
class Intervals:
    """Open intervals of several rows of working time; see `Hours`."""

    opens: I64
    closes: I64
    before: I64
    ptr: I64

    def worked(self, at: I32 | I64 | int) -> I64:
        """Working minutes up to each instant, of a table of one row."""
        return worked_until(self.opens, self.closes, self.before, at)


def worked_until(opens: I32 | I64, closes: I32 | I64, before: I32 | I64, at: I32 | I64 | int) -> I64:
    """Working minutes up to each instant, by the intervals of one row of hours and the minutes `before` each."""
    when = np.asarray(at, np.int64)
    if len(opens) == 0:
        return np.zeros(when.shape, np.int64)
    row = np.maximum(np.searchsorted(opens, when, side="right") - 1, 0)
    found: I64 = before[row] + np.clip(when - opens[row], 0, closes[row] - opens[row])
    return found


def _merged(opens: I64, closes: I64) -> tuple[I64, I64]:
    if len(opens) == 0:
        return opens, closes
    apart = opens[1:] != closes[:-1]
    return opens[np.concatenate([[True], apart])], closes[np.concatenate([apart, [True]])]


def _intersection(left: Shifts, right: Shifts) -> Shifts:
    both = (
        (max(a_start, b_start), min(a_finish, b_finish))
        for a_start, a_finish in left
        for b_start, b_finish in right
    )
    return tuple((start, finish) for start, finish in both if start < finish)


def _union(left: Shifts, right: Shifts) -> Shifts:
    merged: list[tuple[int, int]] = []
    for start, finish in sorted((*left, *right)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], finish))
        else:
            merged.append((start, finish))
    return tuple(merged)


def working_minutes(calendar: Calendar, calendars: Sequence[Calendar], start: int, finish: int) -> int:
    """Working minutes of one calendar between two instants; negative when `finish` is before `start`."""
    if finish < start:
        return -working_minutes(calendar, calendars, finish, start)
    span = Span(start // MINUTES_PER_DAY - 1, finish // MINUTES_PER_DAY + 1)
    hours = Hours(span)
    hours.add(hours.days(calendar, {each.uid: each for each in calendars}))
    table = hours.columns()
    worked = np.minimum(table.closes, finish) - np.maximum(table.opens, start)
    return int(worked[worked > 0].sum())


def is_working_day(calendar: Calendar, calendars: Sequence[Calendar], day: int) -> bool:
    """Whether any hour of that day (days since 1970) is working time."""
    hours = Hours(Span(day, day))
    return hours.has_work(hours.days(calendar, {each.uid: each for each in calendars}))


__all__ = [
    "CalendarFault", "Hours", "Intervals", "Span", "calendar_faults", "day_of", "is_working_day",
    "resolved_exceptions", "resolved_week", "worked_until", "working_minutes",
]  # fmt: skip

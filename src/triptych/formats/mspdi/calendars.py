"""Calendars of Microsoft Project XML: a week, named work weeks and exceptions, some of which recur."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from triptych.plan import STANDARD_WEEK, Calendar, CalendarException
from triptych.plan.model import Shifts
from triptych.plan.quantities import MINUTES_PER_DAY, day_number, moment
from triptych.plan.worktime import lineage

from .recurrence import RANK_ONCE, SUNDAY_FIRST, days_of, rank, recurs
from .rows import Row
from .shifts import read_shifts, shifts_of_day
from .source import MOST_DAYS, Source
from .weeks import WorkWeek, read_work_week

#: Exceptions that one file's calendars may hold in all.
MOST_EXCEPTIONS = 200_000
#: The same, an exception counted once more for each calendar that inherits it.
_MOST_INHERITED = 2_000_000
_READ = ("UID", "Name", "WeekDays", "Exceptions", "WorkWeeks", "WorkWeek", "BaseCalendarUID", "IsBaseCalendar",
         "IsBaselineCalendar")  # fmt: skip

_Span = tuple[date, date]


def read_calendars(source: Source) -> list[Calendar]:
    """Every <Calendar>."""
    rows = source.root.inside("Calendars", "Calendar")
    known = {each.integer("UID") for each in rows}
    allowance = _Allowance(source)
    read = [(row, _calendar(source, row, known, allowance), _work_weeks(row)) for row in rows]
    by_uid = {calendar.uid: calendar for _, calendar, _ in reversed(read)}
    weeks = {calendar.uid: found for _, calendar, found in reversed(read)}
    expanded = [
        replace(each, exceptions=tuple(_with_weeks(row, each, own, (by_uid, weeks), allowance)))
        for row, each, own in read
    ]
    return _limited(source, expanded)


@dataclass(slots=True)
class _Allowance:
    """How many exceptions the file may still have."""

    source: Source
    left: int = MOST_EXCEPTIONS

    def spend(self, row: Row) -> bool:
        """Whether there was one left; the first time there is not is reported."""
        self.left -= 1
        if self.left == -1:
            _tell_too_many(self.source, row.place)
        return self.left >= 0


def _tell_too_many(source: Source, place: str) -> None:
    source.warn(
        "calendar.too-many-exceptions",
        f"The calendars have more than {MOST_EXCEPTIONS:,} days out of the ordinary; the others are left out. "
        "Remove the exceptions that the plan does not need.",
        place,
    )


def _calendar(source: Source, row: Row, known: set[int], allowance: _Allowance) -> Calendar:
    """A calendar with its exceptions, without its work weeks."""
    uid, base = row.integer("UID"), row.integer("BaseCalendarUID", -1)
    builds = base > 0 or (base == 0 and base in known and not row.flag("IsBaseCalendar"))
    source.lines["calendar", uid] = row.place
    source.tally.note(row, _READ)
    return Calendar(
        uid=uid,
        name=row.text("Name") or f"Calendar {uid}",
        week=_week(source, row, builds),
        exceptions=tuple(_exceptions(row, allowance)),
        base=base if builds else None,
    )


def _week(source: Source, row: Row, builds: bool) -> tuple[Shifts | None, ...]:
    """The week; days that are absent come from the base calendar, or are days off."""
    days = [(each.integer("DayType"), each) for each in row.inside("WeekDays", "WeekDay")]
    week: list[Shifts | None] = [None if builds else ()] * 7
    mornings: dict[int, Shifts] = {}
    for kind, day in days:
        if 1 <= kind <= 7:
            at = SUNDAY_FIRST[kind - 1]
            week[at], mornings[(at + 1) % 7] = read_shifts(day)
    if not days and not builds:
        message = "It gives no hours; Monday to Friday, 8 to 17 is used. Set its working times."
        source.note("calendar.standard-week", message, row.place)
        return STANDARD_WEEK
    for at, morning in mornings.items():
        if morning:
            week[at] = tuple(sorted((*morning, *(week[at] or ()))))
    return tuple(week)


def _work_weeks(row: Row) -> list[WorkWeek]:
    found = [*row.inside("WorkWeeks", "WorkWeek"), *row.rows("WorkWeek")]  # Project 2007 omits <WorkWeeks>
    spans = [(each, _span(each)) for each in found]
    return [read_work_week(each, span) for each, span in spans if span is not None]


def _with_weeks(
    row: Row,
    calendar: Calendar,
    own: list[WorkWeek],
    others: tuple[dict[int, Calendar], Mapping[int, list[WorkWeek]]],
    allowance: _Allowance,
) -> Iterator[CalendarException]:
    """A calendar's exceptions, the winning ones last: what its own week and its own work weeks change in the work
    weeks of the calendars it builds on; their exceptions again, which win over that; its own."""
    by_uid, weeks = others
    bases = lineage(calendar, by_uid)[:-1]
    days = {at: shifts for at, shifts in enumerate(calendar.week) if shifts is not None}
    below = (WorkWeek(each.first, each.last, days, each.name) for base in bases for each in weeks[base.uid])
    changed = False
    for week in chain(below if days else (), own):
        for each in week.exceptions() if allowance.spend(row) else ():
            if not allowance.spend(row):
                break
            changed = True
            yield each
    if changed:
        yield from chain.from_iterable(each.exceptions for each in bases)
    yield from calendar.exceptions


def _exceptions(row: Row, allowance: _Allowance) -> Iterator[CalendarException]:
    """The exceptions, the rarer ones later, so that they win."""
    old = (each for each in row.inside("WeekDays", "WeekDay") if each.integer("DayType") == 0)
    ranked = [(RANK_ONCE, each) for each in old]  # as before Project 2007, among the days of the week
    ranked += [(rank(each), each) for each in row.inside("Exceptions", "Exception")]
    for _, each in sorted(ranked, key=lambda pair: pair[0]):
        span = _span(each)
        if span is not None:
            yield from _exception(each, span, allowance)


def _exception(row: Row, span: _Span, allowance: _Allowance) -> Iterator[CalendarException]:
    shifts, name = shifts_of_day(row), row.text("Name")
    if not recurs(row):
        if allowance.spend(row):
            yield CalendarException(*span, shifts, name)
        return
    for step, day in enumerate(days_of(row, span)):
        if step == MOST_DAYS or not allowance.spend(row):
            return
        if day is not None:
            yield CalendarException(day, day, shifts, name)


def _span(row: Row) -> _Span | None:
    for period in row.rows("TimePeriod"):
        first, last = period.at("FromDate"), period.at("ToDate")
        if first is not None and last is not None:
            return moment(first).date(), moment(last).date()
    return None


def _limited(source: Source, calendars: list[Calendar]) -> list[Calendar]:
    """The same calendars without the exceptions farthest from the project's start, where those that every calendar
    inherits would be too many."""
    by_uid = {each.uid: each for each in calendars}
    users = Counter(base.uid for each in calendars for base in lineage(each, by_uid))
    total = sum(len(each.exceptions) * users[each.uid] for each in calendars)
    if total <= _MOST_INHERITED:
        return calendars
    _tell_too_many(source, source.root.place)
    start = (source.root.at("StartDate") or 0) // MINUTES_PER_DAY
    share = _MOST_INHERITED / total
    return [
        replace(each, exceptions=_nearest(each.exceptions, start, int(len(each.exceptions) * share)))
        for each in calendars
    ]


def _nearest(
    exceptions: tuple[CalendarException, ...], start: int, most: int
) -> tuple[CalendarException, ...]:
    def distance(row: int) -> int:
        each = exceptions[row]
        return max(day_number(each.first) - start, start - day_number(each.last), 0)

    kept = sorted(range(len(exceptions)), key=distance)[:most]
    return tuple(exceptions[row] for row in sorted(kept))

"""Calendars of Microsoft Project XML: weeks, exceptions, and exceptions that recur."""

import calendar as gregorian
from collections.abc import Iterator
from datetime import date, timedelta

from triptych.plan import Calendar, CalendarException
from triptych.plan.model import Shifts
from triptych.plan.quantities import moment

from .rows import Row

_SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)  # DayType 1 is Sunday; ours is Monday first

# Exception/Type
_DAILY, _YEARLY_DAY, _YEARLY_POSITION, _MONTHLY_DAY, _MONTHLY_POSITION, _WEEKLY = 1, 2, 3, 4, 5, 6
#: Where two exceptions name a day, the rarer one holds: once, yearly, monthly, weekly, every so many days.
_RANK = {_WEEKLY: 1, _MONTHLY_DAY: 2, _MONTHLY_POSITION: 2, _YEARLY_DAY: 3, _YEARLY_POSITION: 3}
_ONCE = 4
#: No plan needs more recurrences of one exception than a century of days.
_MOST_DAYS = 36_600


def read_calendar(row: Row) -> Calendar:
    """One <Calendar>. Its week's days that are absent come from the base calendar."""
    week: list[Shifts | None] = [None] * 7
    ranked: list[tuple[int, list[CalendarException]]] = []
    for day in row.inside("WeekDays", "WeekDay"):
        kind = day.integer("DayType")
        if 1 <= kind <= 7:
            week[_SUNDAY_FIRST[kind - 1]] = _shifts(day)
        elif kind == 0:  # the form before Project 2007: a dated exception among the week's days
            ranked.append((_ONCE, _period(day, _shifts(day))))
    ranked += [_exception(each) for each in row.inside("Exceptions", "Exception")]
    ranked.sort(key=lambda each: each[0])
    base = row.integer("BaseCalendarUID", -1)
    return Calendar(
        uid=row.integer("UID"),
        name=row.text("Name") or f"Calendar {row.integer('UID')}",
        week=tuple(week) if base > 0 else tuple(() if each is None else each for each in week),
        exceptions=tuple(one for _, group in ranked for one in group),
        base=base if base > 0 else None,
    )


def _shifts(row: Row) -> Shifts:
    if not row.flag("DayWorking"):
        return ()
    shifts: list[tuple[int, int]] = []
    for time in row.inside("WorkingTimes", "WorkingTime"):
        start, finish = time.minute_of_day("FromTime"), time.minute_of_day("ToTime")
        if start is None or finish is None:
            continue
        finish = finish or 1440
        shifts.append((start, finish))
    return tuple(sorted(shifts))


def _span(row: Row) -> tuple[date, date] | None:
    for period in row.rows("TimePeriod"):
        first, last = period.at("FromDate"), period.at("ToDate")
        if first is not None and last is not None:
            return moment(first).date(), moment(last).date()
    return None


def _period(row: Row, shifts: Shifts) -> list[CalendarException]:
    span = _span(row)
    return [CalendarException(*span, shifts, row.text("Name"))] if span else []


def _exception(row: Row) -> tuple[int, list[CalendarException]]:
    kind, period = row.integer("Type", _DAILY), max(1, row.integer("Period", 1, within=(0, _MOST_DAYS)))
    shifts = _shifts(row)
    span = _span(row)
    if span is None or kind not in _RECURRENCES or (kind == _DAILY and period == 1):
        return _ONCE, _period(row, shifts)
    count = row.integer("Occurrences", within=(0, _MOST_DAYS)) if row.flag("EnteredByOccurrences") else 0
    found: list[CalendarException] = []
    for day in _RECURRENCES[kind](row, span, period):
        if day > span[1] or (count and len(found) >= count) or len(found) >= _MOST_DAYS:
            break
        if day >= span[0]:
            found.append(CalendarException(day, day, shifts, row.text("Name")))
    return _RANK.get(kind, 0), found


def _every_days(_row: Row, span: tuple[date, date], period: int) -> Iterator[date]:
    day = span[0]
    while day <= span[1]:
        yield day
        day += timedelta(days=period)


def _every_weeks(row: Row, span: tuple[date, date], period: int) -> Iterator[date]:
    mask = row.integer("DaysOfWeek")  # bit 0 is Sunday
    week = span[0] - timedelta(days=(span[0].weekday() + 1) % 7)
    while week <= span[1]:
        for offset in range(7):
            if mask >> offset & 1:
                yield week + timedelta(days=offset)
        week += timedelta(weeks=period)


def _months(span: tuple[date, date], period: int) -> Iterator[tuple[int, int]]:
    year, month = span[0].year, span[0].month
    while (year, month) <= (span[1].year, span[1].month):
        yield year, month
        year, month = year + (month - 1 + period) // 12, (month - 1 + period) % 12 + 1


def _monthly_day(row: Row, span: tuple[date, date], period: int) -> Iterator[date]:
    for year, month in _months(span, period):
        yield from _day_of_month(year, month, row.integer("MonthDay", 1))


def _monthly_position(row: Row, span: tuple[date, date], period: int) -> Iterator[date]:
    for year, month in _months(span, period):
        yield from _positioned(year, month, row)


def _yearly_day(row: Row, span: tuple[date, date], _period: int) -> Iterator[date]:
    for year in range(span[0].year, span[1].year + 1):
        yield from _day_of_month(year, row.integer("Month") + 1, row.integer("MonthDay", 1))


def _yearly_position(row: Row, span: tuple[date, date], _period: int) -> Iterator[date]:
    for year in range(span[0].year, span[1].year + 1):
        yield from _positioned(year, row.integer("Month") + 1, row)


def _day_of_month(year: int, month: int, day: int) -> Iterator[date]:
    if 1 <= month <= 12 and 1 <= day <= gregorian.monthrange(year, month)[1]:
        yield date(year, month, day)


def _positioned(year: int, month: int, row: Row) -> Iterator[date]:
    """The first … fourth or last (MonthPosition 0 … 4) of a kind of day (MonthItem: 0 day, 1 weekday, 2 weekend
    day, 3 … 9 Sunday … Saturday)."""
    if not 1 <= month <= 12:
        return
    item, position = row.integer("MonthItem", within=(0, 9)), row.integer("MonthPosition", within=(0, 4))
    days = [date(year, month, day) for day in range(1, gregorian.monthrange(year, month)[1] + 1)]
    match item:
        case 1:
            days = [day for day in days if day.weekday() < 5]
        case 2:
            days = [day for day in days if day.weekday() >= 5]
        case _ if item >= 3:
            days = [day for day in days if day.weekday() == _SUNDAY_FIRST[item - 3]]
    yield days[-1] if position == 4 else days[position]


_RECURRENCES = {
    _DAILY: _every_days,
    _YEARLY_DAY: _yearly_day,
    _YEARLY_POSITION: _yearly_position,
    _MONTHLY_DAY: _monthly_day,
    _MONTHLY_POSITION: _monthly_position,
    _WEEKLY: _every_weeks,
}

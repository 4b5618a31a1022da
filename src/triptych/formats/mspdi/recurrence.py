"""On which days an exception of a calendar falls that recurs (the elements of <Exception>, by its Type)."""

import calendar as gregorian
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from .rows import Row

#: DayType and MonthItem begin on Sunday; ours is Monday first.
SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)

_DAILY, _YEARLY_DAY, _YEARLY_POSITION, _MONTHLY_DAY, _MONTHLY_POSITION, _WEEKLY = 1, 2, 3, 4, 5, 6
#: Where two exceptions name a day, the rarer one holds: once, yearly, monthly, weekly, every so many days.
RANK_ONCE = 4
_RANK = {_WEEKLY: 1, _MONTHLY_DAY: 2, _MONTHLY_POSITION: 2, _YEARLY_DAY: 3, _YEARLY_POSITION: 3}
_MOST = 36_600

_Span = tuple[date, date]
#: Days in order; None where there is none, so that whoever counts steps comes to an end.
_Days = Iterator[date | None]


def recurs(row: Row) -> bool:
    """Whether the exception falls on some days of its span only."""
    kind = row.integer("Type", _DAILY)
    return kind in _RECURRENCES and (kind != _DAILY or _period(row) > 1)


def rank(row: Row) -> int:
    """How rare the exception is; the higher one holds."""
    return _RANK.get(row.integer("Type", _DAILY), 0) if recurs(row) else RANK_ONCE


def days_of(row: Row, span: _Span) -> _Days:
    """The days of a recurring exception within its span."""
    count = row.integer("Occurrences", within=(0, _MOST)) if row.flag("EnteredByOccurrences") else 0
    found = 0
    for day in _RECURRENCES[row.integer("Type", _DAILY)](row, span, _period(row)):
        if (day is not None and day > span[1]) or (count and found >= count):
            return
        within = day is not None and day >= span[0]
        found += within
        yield day if within else None


def _period(row: Row) -> int:
    return max(1, row.integer("Period", 1, within=(0, _MOST)))


def _every_days(_row: Row, span: _Span, period: int) -> _Days:
    day = span[0]
    while day <= span[1]:
        yield day
        day += timedelta(days=period)


def _every_weeks(row: Row, span: _Span, period: int) -> _Days:
    mask = row.integer("DaysOfWeek")  # bit 0 is Sunday
    week = span[0] - timedelta(days=(span[0].weekday() + 1) % 7)
    while week <= span[1]:
        for offset in range(7):
            yield week + timedelta(days=offset) if mask >> offset & 1 else None
        week += timedelta(weeks=period)


def _months(span: _Span, period: int) -> Iterator[tuple[int, int]]:
    year, month = span[0].year, span[0].month
    while (year, month) <= (span[1].year, span[1].month):
        yield year, month
        year, month = year + (month - 1 + period) // 12, (month - 1 + period) % 12 + 1


def _monthly_day(row: Row, span: _Span, period: int) -> _Days:
    day = row.integer("MonthDay", 1)
    return (_day_of_month(year, month, day) for year, month in _months(span, period))


def _monthly_position(row: Row, span: _Span, period: int) -> _Days:
    return (_positioned(year, month, row) for year, month in _months(span, period))


def _yearly_day(row: Row, span: _Span, _period: int) -> _Days:
    month, day = row.integer("Month") + 1, row.integer("MonthDay", 1)
    return (_day_of_month(year, month, day) for year in range(span[0].year, span[1].year + 1))


def _yearly_position(row: Row, span: _Span, _period: int) -> _Days:
    month = row.integer("Month") + 1
    return (_positioned(year, month, row) for year in range(span[0].year, span[1].year + 1))


def _day_of_month(year: int, month: int, day: int) -> date | None:
    exists = 1 <= month <= 12 and 1 <= day <= gregorian.monthrange(year, month)[1]
    return date(year, month, day) if exists else None


def _positioned(year: int, month: int, row: Row) -> date | None:
    """The first … fourth or last (MonthPosition 0 … 4) of a kind of day (MonthItem: 0 day, 1 weekday, 2 weekend
    day, 3 … 9 Sunday … Saturday)."""
    if not 1 <= month <= 12:
        return None
    item, position = row.integer("MonthItem", within=(0, 9)), row.integer("MonthPosition", within=(0, 4))
    days = [date(year, month, day) for day in range(1, gregorian.monthrange(year, month)[1] + 1)]
    match item:
        case 1:
            days = [day for day in days if day.weekday() < 5]
        case 2:
            days = [day for day in days if day.weekday() >= 5]
        case _ if item >= 3:
            days = [day for day in days if day.weekday() == SUNDAY_FIRST[item - 3]]
    return days[-1] if position == 4 else days[position]


_RECURRENCES: dict[int, Callable[[Row, _Span, int], _Days]] = {
    _DAILY: _every_days,
    _YEARLY_DAY: _yearly_day,
    _YEARLY_POSITION: _yearly_position,
    _MONTHLY_DAY: _monthly_day,
    _MONTHLY_POSITION: _monthly_position,
    _WEEKLY: _every_weeks,
}

"""Named work weeks: other hours for the days of the week between two dates, as exceptions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from triptych.plan import CalendarException
from triptych.plan.model import Shifts

from .recurrence import SUNDAY_FIRST
from .rows import Row
from .shifts import shifts_of_day


@dataclass(frozen=True, slots=True)
class WorkWeek:
    """The hours of some days of the week, Monday is 0, from `first` to `last`; other days keep the usual hours."""

    first: date
    last: date
    days: Mapping[int, Shifts]
    name: str = ""

    def exceptions(self) -> Iterator[CalendarException]:
        """The same as exceptions: one a week for days in a row with equal hours, or one for the whole time."""
        runs = self._runs()
        if [run[:2] for run in runs] == [(0, 6)]:
            yield CalendarException(self.first, self.last, runs[0][2], self.name)
            return
        monday = self.first - timedelta(days=self.first.weekday())
        while runs and monday <= self.last:
            for first, last, shifts in runs:
                begins = max(self.first, monday + timedelta(days=first))
                ends = min(self.last, monday + timedelta(days=last))
                if begins <= ends:
                    yield CalendarException(begins, ends, shifts, self.name)
            monday += timedelta(weeks=1)

    def _runs(self) -> list[tuple[int, int, Shifts]]:
        runs = []
        for shifts, group in groupby(range(7), key=self.days.get):
            if shifts is not None:
                members = list(group)
                runs.append((members[0], members[-1], shifts))
        return runs


def read_work_week(row: Row, span: tuple[date, date]) -> WorkWeek:
    """One <WorkWeek>."""
    days = {}
    for each in row.inside("WeekDays", "WeekDay"):
        kind = each.integer("DayType")
        if 1 <= kind <= 7:
            days[SUNDAY_FIRST[kind - 1]] = shifts_of_day(each)
    return WorkWeek(*span, days, row.text("Name"))

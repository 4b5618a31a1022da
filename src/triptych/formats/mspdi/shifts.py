"""The hours of one day, as <WeekDay>, <Exception> and the days of a <WorkWeek> give them."""

from triptych.plan import STANDARD_DAY
from triptych.plan.diagnostics import warning
from triptych.plan.model import Shifts
from triptych.plan.quantities import MINUTES_PER_DAY

from .rows import Row


def read_shifts(row: Row) -> tuple[Shifts, Shifts]:
    """The shifts of the day, and what is left of its night shift on the morning after."""
    times = row.inside("WorkingTimes", "WorkingTime")
    if not _works(row, times):
        return (), ()
    if not times:
        return STANDARD_DAY, ()
    today: list[tuple[int, int]] = []
    tomorrow: list[tuple[int, int]] = []
    for time in times:
        start, finish = time.minute_of_day("FromTime"), time.minute_of_day("ToTime")
        if start is None or finish is None:
            continue
        if 0 < finish < start:
            today.append((start, MINUTES_PER_DAY))
            tomorrow.append((0, finish))
        else:
            today.append((start, finish or MINUTES_PER_DAY))
    return tuple(sorted(today)), tuple(sorted(tomorrow))


def shifts_of_day(row: Row) -> Shifts:
    """The shifts of a day that stands alone: a night shift is read until midnight, and reported."""
    today, tomorrow = read_shifts(row)
    if tomorrow:
        row.found.append(
            warning(
                "mspdi.bad-value",
                "A shift ends before it begins; it is read until midnight. Give the morning to the day after.",
                row.place,
            )
        )
    return today


def _works(row: Row, times: list[Row]) -> bool:
    return row.flag("DayWorking") or (not row.text("DayWorking") and bool(times))

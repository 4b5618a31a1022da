"""The time scale: which instants a picture shows, how wide a day is, and where an instant lies."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from triptych.engine.schedule import Schedule
from triptych.plan import NO_INSTANT
from triptych.plan.quantities import MINUTES_PER_DAY
from triptych.plan.tables import I32, I64

from .hours import usual_day

F64 = NDArray[np.float64]

#: From this many pixels per day on hours are told apart; below it a working day fills its whole column.
HOUR_ZOOM = 120.0
#: Room before the first bar, and after the last for its label.
BEFORE, AFTER = 16.0, 104.0
#: The narrowest picture, names and all; the time line's usual and greatest width, by which a day's is chosen.
NARROWEST, COMFORTABLE, WIDEST = 1000.0, 1400.0, 2150.0
#: Pixels per day at which each day can carry its number, and at which a day's bar can still be seen.
READABLE_DAY, VISIBLE_DAY = 20.0, 3.0
#: Deadlines and status dates further out than this share of the plan are left out, not to squash the bars.
_STRETCH = 0.25


@dataclass(frozen=True, slots=True)
class Scale:
    """`origin` is the instant at `left`; `opens` and `closes` are a usual day's, in minutes after midnight."""

    origin: float
    per_day: float
    left: float
    width: float
    opens: int = 0
    closes: int = MINUTES_PER_DAY

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def end(self) -> float:
        """The instant at `right`."""
        return self.origin + self.width / self.per_day * MINUTES_PER_DAY

    @property
    def shows_hours(self) -> bool:
        return self.per_day >= HOUR_ZOOM

    def clock_x(self, at: float) -> float:
        """Where an instant lies by the clock."""
        return self.left + (at - self.origin) * self.per_day / MINUTES_PER_DAY

    def bar_x(self, at: I32 | I64) -> F64:
        """Where the ends of bars lie: with days told apart but not hours, work is stretched over its day, so
        that what begins on the next morning begins where the day's work ends."""
        stretched = at.astype(np.float64)
        if not self.shows_hours:
            day, minute = np.divmod(at, MINUTES_PER_DAY)
            worked = (minute - self.opens) / max(1, self.closes - self.opens)
            stretched = (day + np.clip(worked, 0.0, 1.0)) * MINUTES_PER_DAY
        return self.left + (stretched - self.origin) * (self.per_day / MINUTES_PER_DAY)

    def shows(self, at: float) -> bool:
        return self.origin <= at <= self.end


def scale_for(
    result: Schedule, *, left: float, earliest: int | None = None, latest: int | None = None
) -> Scale:
    """The scale that shows every dated task, and the instants `earliest` and `latest`, beginning at `left`."""
    first, last = _extent(result)
    first = first if earliest is None else min(first, earliest)
    last = last if latest is None else max(last, latest)
    days = (last - first) / MINUTES_PER_DAY
    width = max(width_for(days), NARROWEST - left)
    room = width - BEFORE - AFTER
    if room / days < HOUR_ZOOM:
        first = first // MINUTES_PER_DAY * MINUTES_PER_DAY
        last = -(-last // MINUTES_PER_DAY) * MINUTES_PER_DAY
        days = (last - first) / MINUTES_PER_DAY
    per_day = room / days
    origin = first - BEFORE / per_day * MINUTES_PER_DAY
    opens, closes = usual_day(result.plan)
    return Scale(origin, per_day, left, width, opens, closes)


def width_for(days: float) -> float:
    """How wide the time line of so many days is: readable days while they fit, visible ones as long as can be."""
    readable = min(days * READABLE_DAY + BEFORE + AFTER, COMFORTABLE)
    return min(max(readable, days * VISIBLE_DAY), WIDEST)


def _extent(result: Schedule) -> tuple[int, int]:
    """The first and the last instant to show."""
    dates = np.concatenate([result.start, result.finish])
    dates = dates[dates != NO_INSTANT]
    if len(dates) == 0:
        start = min(each.start for each in result.plan.projects)
        return start, start + 28 * MINUTES_PER_DAY
    first, last = int(dates.min()), int(dates.max())
    last = max(last, first + 60)
    margin = int((last - first) * _STRETCH) + 60
    extra = np.array([each.status_date for each in result.plan.projects if each.status_date is not None])
    extra = np.concatenate([extra, result.plan.tasks.deadline]).astype(np.int64)
    near = extra[(extra >= first - margin) & (extra <= last + margin)]
    return min(first, int(near.min(initial=first))), max(last, int(near.max(initial=last)))

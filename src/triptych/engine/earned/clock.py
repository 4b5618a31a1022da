"""Working time as a clock: how much of it has gone by at an instant, and at which instant so much has."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from triptych.plan import Calendar, Instant
from triptych.plan.quantities import LAST_YEAR, MINUTES_PER_DAY
from triptych.plan.tables import I64
from triptych.plan.worktime import Hours, Span, worked_until

F64 = NDArray[np.float64]

#: The last day that a plan may speak of.
_LAST_DAY = (LAST_YEAR - 1970) * 366


@dataclass(frozen=True, slots=True)
class Clock:
    """The working time of one calendar over whole days, counted in minutes from their beginning. Without a calendar it
    is round the clock."""

    calendar: Calendar | None
    calendars: tuple[Calendar, ...]
    span: Span
    opens: I64 = field(repr=False)
    closes: I64 = field(repr=False)
    before: I64 = field(repr=False)

    @classmethod
    def of(cls, calendar: Calendar | None, calendars: Sequence[Calendar], first: int, last: int) -> "Clock":
        """The clock over the days from the instant `first` to `last`, and one more on both sides."""
        span = Span(first // MINUTES_PER_DAY - 1, max(first, last) // MINUTES_PER_DAY + 1)
        return cls._over(calendar, tuple(calendars), span)

    @classmethod
    def _over(cls, calendar: Calendar | None, calendars: tuple[Calendar, ...], span: Span) -> "Clock":
        hours = Hours(span)
        whole = np.full(span.days, hours.shape(((0, MINUTES_PER_DAY),)))
        hours.add(whole if calendar is None else hours.days(calendar, {each.uid: each for each in calendars}))
        table = hours.columns()
        return cls(calendar, calendars, span, table.opens, table.closes, table.before)

    def worked(self, at: I64 | int) -> F64:
        """Working minutes from the beginning of the span to each instant."""
        return worked_until(self.opens, self.closes, self.before, at).astype(np.float64)

    def between(self, first: int, last: int) -> float:
        """Working minutes from one instant to another, which may lie beyond the span; negative when the second comes
        first."""
        clock = (
            self
            if self._covers(first, last)
            else Clock.of(self.calendar, self.calendars, *sorted((first, last)))
        )
        return float(clock.worked(last) - clock.worked(first))

    def _covers(self, *instants: int) -> bool:
        return all(self.span.first <= each // MINUTES_PER_DAY <= self.span.last for each in instants)

    def after(self, first: int, minutes: float) -> Instant | None:
        """The instant at which so many working minutes have gone by since `first`, at the end of a shift rather than at
        the beginning of the next; None where that is beyond the years of a plan."""
        clock, done = self, round(minutes)
        while (worked := int(clock.worked(first)) + done) > clock._most():
            if clock.span.last >= _LAST_DAY or clock._most() == 0:
                return None
            clock = clock._longer()
        if done == 0:
            return Instant(first)
        row = max(int(np.searchsorted(clock.before, worked, side="left")) - 1, 0)
        return Instant(int(clock.opens[row] + worked - clock.before[row]))

    def _most(self) -> int:
        return int(self.before[-1] + self.closes[-1] - self.opens[-1]) if len(self.opens) else 0

    def _longer(self) -> "Clock":
        last = min(self.span.last + 2 * self.span.days + 366, _LAST_DAY)
        return self._over(self.calendar, self.calendars, Span(self.span.first, last))

"""Rows of open hours, looked up for many rows at once: what is asked of a whole company's people is a few sweeps."""

from dataclasses import dataclass

import numpy as np

from triptych.plan.quantities import MINUTES_PER_DAY
from triptych.plan.tables import I64
from triptych.plan.worktime import Hours, Intervals, Span


@dataclass(frozen=True, slots=True, eq=False)
class Timetable:
    """Intervals of several rows over one span of days. Each row's keys (`opening`, `done`) lie in a stretch of numbers
    of its own, in the order of the rows, so that one search finds the intervals of all."""

    span: Span
    intervals: Intervals
    opening: I64
    done: I64

    @classmethod
    def of(cls, hours: Hours) -> "Timetable":
        """The timetable of all rows that have been added to `hours`."""
        found, span = hours.columns(), hours.span
        row = np.repeat(np.arange(len(found.ptr) - 1), np.diff(found.ptr))
        own = row * _width(span)
        return cls(span, found, own + found.opens - span.first * MINUTES_PER_DAY, own + found.before)

    def worked(self, row: I64 | int, at: I64) -> I64:
        """Working minutes of each row from the beginning of the span to each instant; beyond the span there are none."""
        table, width = self.intervals, _width(self.span)
        when = np.clip(at - self.span.first * MINUTES_PER_DAY, 0, width - 1)
        slot = np.searchsorted(self.opening, row * width + when, side="right") - 1
        there = slot >= table.ptr[row]
        slot = np.maximum(slot, 0)
        since = when + self.span.first * MINUTES_PER_DAY - table.opens[slot]
        found = table.before[slot] + np.minimum(since, table.closes[slot] - table.opens[slot])
        return np.where(there, found, 0)

    def starts(self, row: I64 | int, worked: I64) -> I64:
        """The instant at which each row's next minute of work starts once so many are done: at a shift's beginning. Of a
        row that never opens it is not to be asked."""
        return self._at(
            np.searchsorted(self.done, row * _width(self.span) + worked, side="right"), row, worked
        )

    def finishes(self, row: I64 | int, worked: I64) -> I64:
        """The instant at which so many minutes are done: at a shift's end."""
        return self._at(
            np.searchsorted(self.done, row * _width(self.span) + worked, side="left"), row, worked
        )

    def _at(self, after: I64, row: I64 | int, worked: I64) -> I64:
        table = self.intervals
        slot = np.minimum(np.maximum(after - 1, table.ptr[row]), len(table.opens) - 1)
        found: I64 = table.opens[slot] + worked - table.before[slot]
        return found

    def between(self, row: int, first: int, last: int) -> tuple[I64, I64]:
        """The open intervals of one row from one instant to another: when they open and when they close."""
        part = slice(int(self.intervals.ptr[row]), int(self.intervals.ptr[row + 1]))
        opens, closes = self.intervals.opens[part], self.intervals.closes[part]
        here = (closes > first) & (opens < last)
        return np.maximum(opens[here], first), np.minimum(closes[here], last)


def _width(span: Span) -> int:
    return span.days * MINUTES_PER_DAY + 1

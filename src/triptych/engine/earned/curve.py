"""The planned value over time: what of the baseline was to be done by an instant, and by when so much was to be
done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from triptych.plan import Accrual, Instant
from triptych.plan.tables import I8, I32, I64

from .clock import F64, Clock

#: Where a row's own clock is not known: round the clock.
BY_THE_CLOCK = -1


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """What was planned, a row for each part of a task that accrues in its own way: the uid of the task, instants, the
    value (hundredths of the currency, or minutes of work), when it accrues (`Accrual`), and on which clock (a row of
    the curve's `clocks`, or `BY_THE_CLOCK`)."""

    task: I64
    start: I64
    finish: I64
    value: F64
    accrual: I8
    clock: I32

    @classmethod
    def prorated(cls, task: I64, start: I64, finish: I64, value: F64) -> "Rows":
        """Rows whose value accrues evenly over the working time of the project."""
        even = np.full(len(task), Accrual.PRORATED, np.int8)
        return cls(task, start, finish, value.astype(np.float64), even, np.zeros(len(task), np.int32))

    def by_task(self, values: F64) -> F64:
        """A column added up by task, in the order of their uids."""
        tasks, number = np.unique(self.task, return_inverse=True)
        return np.bincount(number, values, len(tasks)).astype(np.float64)

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """A point of the curve: working minutes of the project since its start, and what was planned of each row by
    then."""

    time: float
    by_row: F64


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """The time-phased baseline. Time is counted on `clocks[0]`, that of the project.

    The value of a row accrues evenly over the working time between its dates (ANSI/EIA-748 asks for a time-phased
    budget, and leaves how open), or all as soon as it has begun or when it finishes. Where there is no working time
    between them it accrues by the clock; where there is no time at all, at the finish.
    """

    rows: Rows
    clocks: tuple[Clock, ...]
    start: Instant
    finish: Instant

    @classmethod
    def of(cls, rows: Rows, clocks: Sequence[Clock]) -> "Curve":
        """The curve of rows that are not empty."""
        if len(rows) == 0:
            raise ValueError("a curve needs a row")
        return cls(rows, tuple(clocks), Instant(int(rows.start.min())), Instant(int(rows.finish.max())))

    @property
    def total(self) -> float:
        """The budget at completion: all that was planned."""
        return float(self.rows.value.sum())

    @property
    def duration(self) -> float:
        """The planned duration, in working minutes of the project."""
        return self.time(self.finish)

    def time(self, at: int) -> float:
        """Working minutes of the project from the start of the baseline to an instant; none before the start."""
        return max(0.0, self.clocks[0].between(self.start, at))

    def by_row(self, at: int) -> F64:
        """What of each row was to be done by that instant."""
        return self.rows.value * self._share(at)

    def at(self, at: int) -> float:
        """The planned value at an instant."""
        return float(self.by_row(at).sum())

    def _share(self, at: int) -> F64:
        rows, share = self.rows, np.zeros(len(self.rows))
        for number in np.unique(rows.clock).tolist():
            here = rows.clock == number
            share[here] = self._evenly(number, rows.start[here], rows.finish[here], at)
        share = np.where(rows.accrual == Accrual.START, at > rows.start, share)
        return np.where((rows.accrual == Accrual.END) | (rows.finish <= rows.start), at >= rows.finish, share)

    def _evenly(self, number: int, start: I64, finish: I64, at: int) -> F64:
        worked, length = (at - start).astype(np.float64), (finish - start).astype(np.float64)
        if number != BY_THE_CLOCK:
            clock = self.clocks[number]
            first, last = clock.worked(start), clock.worked(finish)
            open_ = last > first
            worked = np.where(open_, clock.worked(at) - first, worked)
            length = np.where(open_, last - first, length)
        return np.clip(worked / np.maximum(length, 1), 0.0, 1.0)

    def earned_schedule(self, earned: float, at: int) -> "Reached":
        """When so much was to be earned: the earned schedule (Lipke, 2003).

        It is found on the curve itself, to the minute and by interpolation within it. Where the curve is flat there are
        many such times: of them it is the one nearest to the status date `at`, so that who has earned what was planned
        is on time.
        """
        earned, spare = min(earned, self.total), 1e-9 * max(self.total, 1.0)
        last = self._last(lambda value: value <= earned + spare)
        first = self._last(lambda value: value < earned - spare) + 1
        if first <= last:
            when = min(max(at, first), last)
            return Reached(self.time(when), self.by_row(when))
        low, high = self.by_row(last), self.by_row(first)
        share = (earned - float(low.sum())) / float((high - low).sum())
        time = self.time(last) + share * (self.time(first) - self.time(last))
        return Reached(time, low + share * (high - low))

    def _last(self, holds: Callable[[float], bool]) -> int:
        """The last minute at which it holds of the planned value, which never falls; it held before the start."""
        low, high = int(self.start) - 1, int(self.finish)
        if holds(self.at(high)):
            return high
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if holds(self.at(middle)) else (low, middle)
        return low

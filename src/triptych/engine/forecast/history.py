"""A history of items by period, from the dates on which they were finished."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from triptych.plan import Diagnostic, Instant
from triptych.plan.diagnostics import error
from triptych.plan.quantities import MINUTES_PER_DAY, day_number


def count_finished(
    dates: Sequence[date], *, start: Instant, days: int = 7
) -> tuple[tuple[int, ...], tuple[Diagnostic, ...]]:
    """How many were finished in each period of so many days up to the day before `start`, the oldest first;
    periods without any count too.

    The first is the first whole period from the earliest date on: where the record begins within a period,
    nobody knows how much of it there was before. Dates from `start` on are an error, for they cannot be
    past.
    """
    begin = start // MINUTES_PER_DAY
    numbers = np.array([day_number(each) for each in dates], np.int64)
    ahead = int((numbers >= begin).sum())
    if ahead:
        return (), (
            error(
                "throughput.ahead",
                f"{ahead} of {len(dates)} dates lie on or after the first day of the forecast; begin it later, or leave them out.",
            ),
        )
    if not len(numbers):
        return (), ()
    whole = int((begin - numbers.min()) // days)
    place = whole - 1 - (begin - 1 - numbers) // days
    return tuple(np.bincount(place[place >= 0], minlength=whole).tolist()), ()

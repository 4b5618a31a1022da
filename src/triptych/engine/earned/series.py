"""Planned, earned and spent value over time, as points that can be drawn."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from triptych.plan import Instant
from triptych.plan.tables import I64

from .clock import F64
from .curve import Curve


@dataclass(frozen=True, slots=True)
class Status:
    """What was known of one date: how much was earned by then, and spent, None where that is not known."""

    at: Instant
    earned: float
    actual: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """`planned` at the instants `at`, from the start of the baseline to its finish; the statuses by date."""

    at: I64
    planned: F64
    statuses: tuple[Status, ...]


def series_of(curve: Curve, statuses: Iterable[Status], *, points: int = 240) -> Series:
    """The series of a curve, at so many evenly spaced instants; of two statuses of one date the later one counts."""
    at = np.unique(np.linspace(int(curve.start), int(curve.finish), points).round().astype(np.int64))
    by_date = {each.at: each for each in statuses}
    planned = np.array([curve.at(each) for each in at.tolist()])
    return Series(at, planned, tuple(by_date[each] for each in sorted(by_date)))

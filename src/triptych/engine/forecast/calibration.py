"""How often past forecasts held: whether their 80 % is 80 %."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

#: 95 % of a normal distribution lie within so many standard deviations.
_NINETY_FIVE = 1.96
#: Of fewer forecasts nothing is said but their number.
FEW = 8


@dataclass(frozen=True, slots=True)
class Past:
    """One forecast and what came true: dates (instants) by confidence, and when it was finished."""

    dates: Mapping[float, int]
    finished: int


@dataclass(frozen=True, slots=True)
class Held:
    """How often the dates of one confidence held, with the 95 % interval of Wilson (1927) about the share, and the mean quantile
    score (minutes; Gneiting & Raftery, 2007): of two forecasters of the same things the one with the smaller is better."""

    confidence: float
    forecasts: int
    held: int
    low: float
    high: float
    score: float

    @property
    def share(self) -> float:
        return self.held / self.forecasts

    @property
    def is_calibrated(self) -> bool | None:
        """Whether the confidence lies within the interval; None where there are too few to tell."""
        return None if self.forecasts < FEW else self.low <= self.confidence <= self.high

    @property
    def sentence(self) -> str:
        """`P80 held in 14 of 20 (70 %): no more and no less than chance explains.`"""
        told = f"P{self.confidence * 100:.0f} held in {self.held} of {self.forecasts} ({self.share:.0%})"
        verdict = {
            None: "too few to tell whether that is by chance",
            True: "no further from it than chance explains",
            False: "too often: the dates could be earlier" if self.share > self.confidence else "too seldom: the dates are too early",
        }  # fmt: skip
        return f"{told}: {verdict[self.is_calibrated]}."


def calibration(past: Sequence[Past]) -> tuple[Held, ...]:
    """Every confidence that all of the forecasts state, the least first."""
    common = set.intersection(*(set(each.dates) for each in past)) if past else set()
    return tuple(_held(past, confidence) for confidence in sorted(common))


def _held(past: Sequence[Past], confidence: float) -> Held:
    dates = np.array([each.dates[confidence] for each in past], np.float64)
    finished = np.array([each.finished for each in past], np.float64)
    held = int((finished <= dates).sum())
    late = finished - dates
    score = float(np.mean(np.where(late > 0, confidence * late, (confidence - 1) * late)))
    return Held(confidence, len(past), held, *wilson(held, len(past)), score)


def wilson(held: int, of: int) -> tuple[float, float]:
    """The 95 % interval about a share of a few."""
    share, z = held / of, _NINETY_FIVE
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * float(np.sqrt(share * (1 - share) / of + z * z / (4 * of * of)))
    return max(0.0, middle - half), min(1.0, middle + half)

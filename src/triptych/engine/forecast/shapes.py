"""Distributions as the draws need them: a triangle, or a table of quantiles."""

from collections.abc import Callable
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from triptych.engine.draws import FIXED, STEPPED, STEPS, TABLED, TRIANGULAR
from triptych.plan.uncertainty import Choice, Distribution, Range, Shape

F32 = NDArray[np.float32]
#: How far into its tails a distribution without ends is followed: 1 draw in 2,000 lies beyond on either side.
TAIL = 0.0005
#: The quantile of a standard normal distribution that one draw in ten exceeds.
_TENTH = NormalDist().inv_cdf(0.9)


class Tables:
    """Tables of quantiles, each shape once: 1,025 values, 0 % to 100 %."""

    def __init__(self) -> None:
        self._number: dict[bytes, int] = {}
        self._tables: list[F32] = []

    def number(self, quantiles: F32) -> int:
        """The place of such a table."""
        key = quantiles.tobytes()
        if key not in self._number:
            self._number[key] = len(self._tables)
            self._tables.append(quantiles)
        return self._number[key]

    def whole(self) -> F32:
        """All tables, one after another."""
        return np.concatenate(self._tables) if self._tables else np.zeros(STEPS + 1, np.float32)

    def shape_of(self, value: Distribution) -> dict[str, float]:
        """The columns of `draws.DRAW` that make a draw from this."""
        if isinstance(value, Choice):
            return {"shape": STEPPED, "table": self.number(_stepped(value)), "low": 0.0, "high": 1.0}
        if value.most <= value.least and value.shape is not Shape.LOGNORMAL:
            return {"shape": FIXED, "low": value.likely}
        if value.shape is Shape.TRIANGULAR:
            return _triangle(value)
        if value.shape is Shape.LOGNORMAL:
            if value.most <= value.likely or value.likely <= 0:
                return {"shape": FIXED, "low": value.likely}
            table = self.number(_lognormal(round(value.most / value.likely, 6)))
            return {"shape": TABLED, "table": table, "low": 0.0, "high": value.likely}
        width = value.most - value.least
        mode = round((value.likely - value.least) / width, 6)
        return {
            "shape": TABLED,
            "table": self.number(_UNIT[value.shape](mode)),
            "low": value.least,
            "high": width,
        }


def greatest(value: Distribution) -> float:
    """The greatest that can be drawn from it."""
    if isinstance(value, Choice):
        return max(each for each, _ in value.values)
    if value.shape is Shape.LOGNORMAL and value.most > value.likely > 0:
        return value.likely * float(_lognormal(round(value.most / value.likely, 6))[-1])
    return value.most


def _triangle(value: Range) -> dict[str, float]:
    """Its inverse distribution has a closed form."""
    width, left = value.most - value.least, value.likely - value.least
    return {
        "shape": TRIANGULAR, "low": value.least, "high": value.most, "cut": left / width,
        "left": width * left, "right": width * (width - left),
    }  # fmt: skip


@lru_cache(maxsize=1024)
def _lognormal(most: float) -> F32:
    """Quantiles about a median of 1 with one in ten above `most`."""
    sigma = np.log(most) / _TENTH
    normal = NormalDist()
    steps = np.linspace(TAIL, 1 - TAIL, STEPS + 1)
    found: F32 = np.exp(sigma * np.array([normal.inv_cdf(each) for each in steps.tolist()])).astype(
        np.float32
    )
    return found


@lru_cache(maxsize=1024)
def _pert(mode: float) -> F32:
    """The beta distribution over 0 to 1 with exponents 1 + 4 mode and 1 + 4 (1 - mode), by its density summed up."""
    grid = np.linspace(0, 1, 8193)
    middle = (grid[1:] + grid[:-1]) / 2
    density = middle ** (4 * mode) * (1 - middle) ** (4 * (1 - mode))
    share = np.concatenate([[0.0], np.cumsum(density)])
    return np.interp(np.linspace(0, 1, STEPS + 1), share / share[-1], grid).astype(np.float32)


def _uniform(_mode: float) -> F32:
    return np.linspace(0, 1, STEPS + 1).astype(np.float32)


def _stepped(value: Choice) -> F32:
    """The values in order, each for its share of the steps."""
    ordered = sorted(value.values)
    weights = np.array([weight for _, weight in ordered])
    until = np.cumsum(weights) / weights.sum()
    steps = (np.arange(STEPS + 1) + 0.5) / STEPS
    at = np.minimum(np.searchsorted(until, steps), len(ordered) - 1)
    found: F32 = np.array([each for each, _ in ordered])[at].astype(np.float32)
    return found


_UNIT: dict[Shape, Callable[[float], F32]] = {Shape.PERT: _pert, Shape.UNIFORM: _uniform}

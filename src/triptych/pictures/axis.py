"""An axis of values, of dates or of money: where they lie, round steps along it, and what of a distribution it
shows."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from triptych.plan.quantities import MINUTES_PER_DAY

from .scale import Scale

F64 = NDArray[np.float64]
Values = NDArray[np.int32] | F64

_HOUR, _DAY, _WEEK = 60, MINUTES_PER_DAY, 7 * MINUTES_PER_DAY
#: How wide the bars of a histogram of dates may be, in minutes, and how many of them there are at most.
_SPELLS = (15, _HOUR, 4 * _HOUR, _DAY, _WEEK, 4 * _WEEK, 13 * _WEEK, 52 * _WEEK, 520 * _WEEK)
_MOST_BARS = 70
#: The epoch was a Thursday; weeks begin on Monday.
_MONDAY = 4 * _DAY
#: The share of the values at either end that may be left out, if it would take more than so much of the room.
_RARE, _ROOM = 0.005, 1.5
#: What is wanted or was planned is shown if it lies no further out than so many times what came.
_NEAR = 0.6


@dataclass(frozen=True, slots=True)
class Axis:
    """Values from `first` to `last` over the pixels from `left` to `right`; upright, from the bottom to the top."""

    first: float
    last: float
    left: float
    right: float

    def place(self, value: float) -> float:
        """Where a value lies."""
        return self.left + (value - self.first) / (self.last - self.first) * (self.right - self.left)

    def places(self, values: Values) -> F64:
        """Where values lie."""
        share = (values.astype(np.float64) - self.first) / (self.last - self.first)
        return self.left + share * (self.right - self.left)

    def shows(self, value: float) -> bool:
        return self.first <= value <= self.last

    def scale(self, right: float) -> Scale:
        """The same, of instants, as the scale of a header that goes on to `right`."""
        per_day = (self.right - self.left) / (self.last - self.first) * MINUTES_PER_DAY
        return Scale(self.first, per_day, self.left, right - self.left)


def extent(values: Values, others: tuple[float, ...], least: float) -> tuple[float, float]:
    """From where to where to show: the values, without a long thin tail; the others that are near; no less than
    `least` in all."""
    first, last = float(values.min()), float(values.max())
    low, high = (float(each) for each in np.quantile(values, [_RARE, 1 - _RARE]))
    if last - first > _ROOM * max(high - low, least):
        first, last = low, high
    margin = max(last - first, least) * _NEAR
    near = [each for each in others if first - margin <= each <= last + margin]
    first, last = min([first, *near]), max([last, *near])
    missing = max(0.0, least - (last - first)) / 2
    return first - missing, last + missing


def spell_for(minutes: float) -> int:
    """How many minutes a bar of a histogram takes in so long a time."""
    return next((each for each in _SPELLS if minutes / each <= _MOST_BARS), _SPELLS[-1])


def whole_spells(first: float, last: float, spell: int) -> tuple[float, float]:
    """The whole spells from one instant to another; what falls on the last boundary is in the spell that begins
    there."""
    shift = _MONDAY if spell >= _WEEK else 0
    return (first - shift) // spell * spell + shift, ((last - shift) // spell + 1) * spell + shift


def round_step(span: float, most: int, least: float) -> float:
    """A round amount, 1, 2 or 5 of a power of ten, of which at most so many are in `span`; no less than `least`."""
    wanted = max(span / most, least)
    power = 10.0 ** math.floor(math.log10(wanted) + 1e-9)
    return next(power * each for each in (1, 2, 5, 10) if power * each >= wanted * (1 - 1e-9))


def steps_between(first: float, last: float, step: float) -> list[float]:
    """The multiples of `step` from one value to another."""
    return [step * each for each in range(math.ceil(first / step - 1e-9), math.floor(last / step + 1e-9) + 1)]

"""A plane of amounts over time: its axes, and labels that do not overlap."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .draw import line, number, path, text
from .scale import Scale
from .text import width_of

SIZE = 10.5
PITCH = 15.0
_LINES = 5


@dataclass(frozen=True, slots=True)
class Plane:
    """Time runs along `scale`, amounts from `bottom` (nothing) up to `top` (`most`)."""

    scale: Scale
    top: float
    bottom: float
    most: float

    def x(self, at: float) -> float:
        return self.scale.clock_x(at)

    def y(self, amount: float) -> float:
        return self.bottom - (self.bottom - self.top) * amount / self.most

    def curve(self, points: Sequence[tuple[float, float]], class_: str) -> str:
        """A line through points of an instant and an amount."""
        steps = [f"{number(self.x(at))} {number(self.y(amount))}" for at, amount in points]
        return path(["M" + "L".join(steps)], class_) if len(steps) > 1 else ""


def steps(most: float) -> list[float]:
    """Round amounts from nothing up to `most`, 1, 2 or 5 of a power of ten apart."""
    power = 10 ** math.floor(math.log10(most / _LINES))
    step = next(power * each for each in (1, 2, 5, 10) if most / (power * each) <= _LINES + 1)
    return [step * each for each in range(math.floor(most / step) + 1)]


def across(plane: Plane, amounts: Sequence[tuple[float, str]]) -> Iterator[str]:
    """A faint line at each amount, and its label at the left."""
    left, right = plane.scale.left, plane.scale.right
    yield path([line(left, plane.y(at), right, plane.y(at)) for at, _ in amounts], "grid")
    for at, label in amounts:
        yield text(left - 8, plane.y(at) + 3.8, label, "quiet", size=SIZE, anchor="end")


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place on an axis."""

    at: float
    words: str
    class_: str


def beside(labels: Sequence[Label], x: float) -> Iterator[str]:
    """Labels under one another at the heights that they ask for, moved apart where they would overlap."""
    below = -math.inf
    for each in sorted(labels, key=lambda label: label.at):
        y = max(each.at + 3.8, below + PITCH)
        yield text(x, y, each.words, each.class_, size=SIZE)
        below = y


@dataclass(frozen=True, slots=True)
class Placed:
    """A label and where its middle stands: `row` lines down."""

    label: Label
    x: float
    row: int


def lined_up(labels: Sequence[Label], left: float, right: float) -> list[Placed]:
    """Labels centred on the places that they ask for, each on the first line on which it has room."""
    ends: list[float] = []
    placed = []
    for each in sorted(labels, key=lambda label: label.at):
        half = width_of(each.words, SIZE) / 2 + 6
        x = min(max(each.at, left + half), right - half)
        row = next((row for row, end in enumerate(ends) if end <= x - half), len(ends))
        ends[row : row + 1] = [x + half]
        placed.append(Placed(each, x, row))
    return placed


def depth(placed: Sequence[Placed]) -> float:
    """How much room the lines take."""
    return PITCH * (1 + max((each.row for each in placed), default=0))


def beneath(placed: Sequence[Placed], top: float) -> Iterator[str]:
    """The labels, the first line of them on the baseline `top`."""
    for each in placed:
        label = each.label
        yield text(each.x, top + each.row * PITCH, label.words, label.class_, size=SIZE, anchor="middle")

"""Finish and cost together: a point for each simulation, and how many keep both the date and the money."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from triptych.engine.forecast import Goal

from .axis import Axis
from .chances import percent
from .draw import box, line, number, path, text
from .plane import SIZE

#: So many simulations are drawn: more are a blot.
MOST = 2000

RULES = """
.forecast .both { fill: var(--accent); opacity: 0.09; }
.forecast .cloud { fill: none; stroke: var(--bar-progress); stroke-width: 3px; stroke-linecap: round; opacity: 0.6; }
.forecast .limit { fill: none; stroke: var(--text-2); stroke-width: 1.25px; stroke-dasharray: 2 3; }
.forecast .inside { paint-order: stroke; stroke: var(--surface); stroke-width: 5px; stroke-linejoin: round;
  font-weight: 600; }
"""


@dataclass(frozen=True, slots=True)
class Cloud:
    """Dates along `across`, money up along `up`; the limits are an instant and hundredths."""

    goal: Goal
    across: Axis
    up: Axis
    at: float
    budget: float

    @property
    def split(self) -> dict[str, float]:
        """What comes of the two promises, and how often: the four shares make one."""
        late, over = self.goal.finish > self.at, self.goal.cost > self.budget
        return {
            "both kept": float(np.mean(~late & ~over)),
            "only the date kept": float(np.mean(~late & over)),
            "only the money kept": float(np.mean(late & ~over)),
            "neither kept": float(np.mean(late & over)),
        }

    @property
    def said(self) -> str:
        """The four shares in one line."""
        told = " · ".join(f"{words} {percent(share)}" for words, share in self.split.items())
        return told[:1].upper() + told[1:]


def points(cloud: Cloud, amounts: Sequence[tuple[float, str]]) -> Iterator[str]:
    """The lines of the amounts, the field in which both are kept, the points, and the limits."""
    left, right = cloud.across.left, cloud.across.right
    heights = [cloud.up.left, *(cloud.up.place(at) for at, _ in amounts)]
    yield path([line(left, y, right, y) for y in heights], "grid")
    for at, label in amounts:
        yield text(left - 8, cloud.up.place(at) + 3.8, label, "quiet", size=SIZE, anchor="end")
    x, y = _within(cloud.across, cloud.at), _within(cloud.up, cloud.budget)
    yield path([box(left, y, x - left, cloud.up.left - y)], "both")
    yield path(_dots(cloud), "cloud")
    limits = [line(x, cloud.up.right, x, cloud.up.left + 6)] if cloud.across.shows(cloud.at) else []
    limits += [line(left, y, right, y)] if cloud.up.shows(cloud.budget) else []
    yield path(limits, "limit")


def _within(axis: Axis, value: float) -> float:
    return axis.place(min(max(value, axis.first), axis.last))


def _dots(cloud: Cloud) -> Iterator[str]:
    """Points of no length with round ends; those on the same pixel once."""
    finish, cost = cloud.goal.finish[:MOST], cloud.goal.cost[:MOST]
    seen = (finish >= cloud.across.first) & (finish <= cloud.across.last)
    seen &= (cost >= cloud.up.first) & (cost <= cloud.up.last)
    places = np.stack([cloud.across.places(finish[seen]), cloud.up.places(cost[seen])], axis=1)
    for x, y in np.unique(np.round(places), axis=0).tolist():
        yield f"M{number(x)} {number(y)}h0"

"""A strip of one person's load: the work that is asked of them, what of it is too much, and their hours."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from triptych.plan import Plan
from triptych.plan.spelling import hours

from .buckets import Buckets, Load
from .draw import box, element, group, line, number, path, text
from .hours import days_between, idle_spells
from .rows import MARGIN, Frame
from .scale import F64, Scale
from .text import escaped
from .tiers import SIZE

#: Height of a row of bars, and of what lies above its highest for a label.
ROW, _ABOVE = 54.0, 13.0
#: Days away are shaded from this many pixels per day on.
_AWAY_SEEN = 2.5

RULES = """
.load .away { fill: var(--line); }
.load .work { fill: var(--bar); }
.load .over { fill: var(--critical); }
.load .there { fill: none; stroke: var(--text-2); stroke-width: 1.25px; }
.load .base { fill: none; stroke: var(--line-strong); shape-rendering: crispEdges; }
.load .name { font-weight: 650; }
.load .much { fill: var(--critical); font-weight: 600; }
.load .peak { fill: var(--critical); font-weight: 600; paint-order: stroke; stroke: var(--surface); stroke-width: 4px;
  stroke-linejoin: round; }
"""


@dataclass(frozen=True, slots=True)
class Stage:
    """What all strips share: the plan, the frame, the scale and the buckets of time."""

    plan: Plan
    frame: Frame
    scale: Scale
    buckets: Buckets

    def x(self, at: float) -> float:
        """Where an instant lies, within the picture."""
        return min(max(self.scale.clock_x(at), self.scale.left), self.scale.right)

    def ends(self) -> tuple[list[float], list[float]]:
        """Where each bucket's bar begins and ends, a little apart from the next where there is room."""
        x = [self.x(each) for each in self.buckets.edges.tolist()]
        gap = 0.5 if x[-1] - x[0] > 6 * len(x) else 0.0
        return [each + gap for each in x[:-1]], [each - gap for each in x[1:]]

    def away(self, days: list[tuple[int, int]]) -> list[tuple[float, float]]:
        """From where to where somebody is away who is there on none of these days, on days on which others work."""
        if self.scale.per_day < _AWAY_SEEN:
            return []
        span = days_between(self.scale.origin, self.scale.end)
        idle = list(idle_spells(self.plan, span, by_the_hour=False))
        return [
            (self.x(start), self.x(finish))
            for start, finish in days
            if not any(first <= start and finish <= last for first, last in idle)
        ]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of bars that stands on `bottom`, on whose scale `most` minutes are the highest."""

    stage: Stage
    load: Load
    bottom: float
    most: float

    def y(self, minutes: float) -> float:
        return self.bottom - (ROW - _ABOVE) * minutes / self.most

    def drawn(self, word: str, away: list[tuple[float, float]]) -> Iterator[str]:
        """All of it, from the back to the front; `word` says at the left what it is."""
        left, right = self.stage.scale.left, self.stage.scale.right
        yield path((box(x, self.bottom - ROW + 4, end - x, ROW - 4) for x, end in away), "away")
        yield path(self._bars(self.load.work - self.load.over), "work")
        yield from self._too_much()
        yield path([line(left, self.bottom, right, self.bottom)], "base")
        yield path(self._there(), "there")
        yield from self._labels(word)
        yield from self._peak()

    def _bars(self, minutes: F64) -> list[str]:
        left, right = self.stage.ends()
        return [
            box(left[at], self.y(minutes[at]), right[at] - left[at], self.bottom - self.y(minutes[at]))
            for at in np.flatnonzero(minutes > 0).tolist()
        ]

    def _too_much(self) -> Iterator[str]:
        """What is too much, on top of the rest, with its words for those who point at it."""
        left, right = self.stage.ends()
        work, over, there = (each.tolist() for each in (self.load.work, self.load.over, self.load.there))
        for at in np.flatnonzero(self.load.over > 0).tolist():
            bottom = self.y(work[at] - over[at])
            high = max(bottom - self.y(work[at]), 1.5)
            when = self.stage.buckets.when(at)
            said = (
                f"{hours(over[at])} too much on {when}: {hours(work[at])} of work, {hours(there[at])} there"
            )
            mark = path([box(left[at], bottom - high, right[at] - left[at], high)], "over")
            yield group([element("title", escaped(said)), mark])

    def _there(self) -> Iterator[str]:
        """The hours that there are, as steps that end where there are none."""
        edges, there = self.stage.buckets.edges.tolist(), self.load.there.tolist()
        for at in np.flatnonzero(self.load.there > 0).tolist():
            joined = "L" if at and there[at - 1] > 0 else "M"
            x, end = self.stage.x(edges[at]), self.stage.x(edges[at + 1])
            yield f"{joined}{number(x)} {number(self.y(there[at]))}H{number(end)}"

    def _labels(self, word: str) -> Iterator[str]:
        """What the row is, how much is too much in all, and how many hours there are at most."""
        much = self.load.excess > 0
        told = f"{hours(self.load.excess)} too much" if much else "nothing too much"
        yield text(MARGIN, self.bottom - 16, word, "quiet", size=SIZE)
        yield text(MARGIN, self.bottom - 2, told, "much" if much else "quiet", size=SIZE)
        most = float(self.load.there.max(initial=0.0))
        if most > 0:
            column = self.stage.frame.column
            yield text(column - 8, self.y(most) + 3.8, hours(most), "quiet", size=SIZE, anchor="end")

    def _peak(self) -> Iterator[str]:
        """How much work there is where the most of it is too much, above it."""
        if self.load.over.max(initial=0.0) <= 0:
            return
        at = int(self.load.over.argmax())
        left, right = self.stage.ends()
        x = min(max((left[at] + right[at]) / 2, self.stage.scale.left + 20), self.stage.scale.right - 20)
        much = float(self.load.work[at])
        yield text(x, self.y(much) - 2.5, hours(much), "peak", size=SIZE - 1, anchor="middle")

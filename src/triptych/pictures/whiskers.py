"""Whiskers under the bars: from the date that one in ten simulations keeps to the date that nine in ten keep."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from triptych.engine.forecast import Forecast
from triptych.engine.schedule import Schedule
from triptych.plan import NO_INSTANT
from triptych.plan.spelling import day_in_words, in_words
from triptych.plan.tables import I32

from .draw import element, group, line, number, path
from .rows import Frame, Rows, Shape
from .scale import F64, Scale
from .text import escaped

RULES = """
.gantt .reach { fill: none; stroke: var(--text); stroke-width: 1.25px; }
"""
_LOW, _HIGH = 0.1, 0.9
#: How far the ticks go up and down, and how far under the bar the whisker lies.
_TICK, _UNDER = 2.5, 2.0


@dataclass(frozen=True, slots=True)
class Reach:
    """P10 and P90 of each row, as instants, and which rows vary at all."""

    low: I32
    high: I32
    varies: list[bool]

    @property
    def latest(self) -> int | None:
        """The last of them all."""
        return max(
            (int(at) for at, varies in zip(self.high, self.varies, strict=True) if varies), default=None
        )


def reach_of(result: Schedule, found: Forecast) -> Reach:
    """How far the finishes of a schedule's tasks reach. Raises ValueError if the forecast is of another plan."""
    if not np.array_equal(result.plan.tasks.uid, found.schedule.plan.tasks.uid):
        raise ValueError("the forecast is of another plan than the schedule")
    low, high = found.percentile(_LOW), found.percentile(_HIGH)
    varies = (low < high) & result.plan.tasks.active & (result.finish != NO_INSTANT)
    return Reach(low, high, varies.tolist())


def whiskers(result: Schedule, reach: Reach, rows: Rows, scale: Scale, frame: Frame) -> Iterator[str]:
    """A line with a tick at both ends under each mark that varies, with its words for those who point at it."""
    left, right = scale.bar_x(reach.low), scale.bar_x(reach.high)
    names, spell = result.plan.tasks.name, in_words if scale.shows_hours else day_in_words
    for row, varies in enumerate(reach.varies):
        if not varies or rows.shape[row] is Shape.UNDATED:
            continue
        said = f"{names[row]}\u20028 in 10 simulated finishes from {spell(int(reach.low[row]))} to {spell(int(reach.high[row]))}"
        title = "" if frame.coarse else element("title", escaped(said))
        yield group(
            [title, _whisker(left, right, row, rows, frame)],
            "whisker",
            data_of=str(result.plan.tasks.uid[row]),
        )


def _whisker(left: F64, right: F64, row: int, rows: Rows, frame: Frame) -> str:
    x, end, y = float(left[row]), float(right[row]), rows.middle[row] + frame.half + _UNDER
    tick = 0.0 if frame.coarse else _TICK
    return path([sample(x, y, end - x, tick)], "reach")


def sample(x: float, y: float, width: float, tick: float = _TICK) -> str:
    """A whisker as a piece of a path."""
    ticks = "".join(f"M{number(each)} {number(y - tick)}v{number(2 * tick)}" for each in (x, x + width))
    return line(x, y, x + width, y) + (ticks if tick else "")

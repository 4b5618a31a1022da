"""A distribution as a picture: how often each value came, over it how often no more than that, and marks on both."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from .axis import Axis, Values
from .draw import box, element, group, line, number, path, rect, text
from .plane import SIZE, Label, beneath, depth, lined_up
from .rows import MARGIN
from .text import ellipsised, escaped, width_of

HEIGHT = 210.0
#: How high the tallest bar stands, of the height of the curve.
_TALLEST = 0.72
#: From the foot of the panel to its labels, and how much the key takes under them.
FOOT, KEY = 21.0, 34.0
#: Room at the right for the shares.
SHARES = 54.0
_SAMPLE = 22.0

RULES = """
.forecast .often { fill: var(--bar); }
.forecast .curve { fill: none; stroke: var(--accent); stroke-width: 2.25px; stroke-linejoin: round; }
.forecast .rule { fill: none; stroke: var(--text-2); stroke-width: 1.25px; stroke-dasharray: 2 3; }
.forecast .plan .rule { stroke: var(--text); stroke-dasharray: none; }
.forecast .wanted .rule { stroke: var(--warning); stroke-dasharray: 6 3; stroke-width: 1.5px; }
.forecast .status .rule { stroke: var(--accent); stroke-dasharray: 5 3; }
.forecast .status { stroke: none; }
.forecast .point { fill: var(--surface); stroke: var(--accent); stroke-width: 2px; }
.forecast .panel { font-weight: 600; }
.forecast text.of-sure { fill: var(--text-2); }
.forecast text.of-plan { fill: var(--text); font-weight: 600; }
.forecast text.of-wanted { fill: var(--warning); font-weight: 600; }
.forecast text.of-status { fill: var(--accent); font-weight: 600; }
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """A value to point out: `kind` is `sure` (a confidence), `plan`, `wanted` or `status`. `chance` is where the curve
    is crossed, None for a mark that has nothing to do with it. What has the same `words` is labelled once, its
    `short` names joined: P50, P80."""

    at: float
    kind: str
    short: str
    words: str
    chance: float | None = None

    @property
    def label(self) -> str:
        said = f"{self.short} {self.words}"
        return (
            said
            if self.kind in ("sure", "status") or self.chance is None
            else f"{said}: {percent(self.chance)}"
        )


@dataclass(frozen=True, slots=True)
class Panel:
    """What is drawn of one distribution: `step` is how wide a bar is, `top` and `bottom` where 100 % and 0 % lie."""

    values: Values
    axis: Axis
    step: float
    marks: Sequence[Mark]
    top: float
    bottom: float
    right: float

    def y(self, share: float) -> float:
        return self.bottom - (self.bottom - self.top) * share

    @property
    def shares(self) -> list[float]:
        """The share of all values in each bar."""
        count = max(1, round((self.axis.last - self.axis.first) / self.step))
        found = np.floor((self.values.astype(np.float64) - self.axis.first) / self.step + 1e-9)
        inside = found[(found >= 0) & (found < count)].astype(np.int64)
        counts = np.bincount(inside, minlength=count) / len(self.values)
        return [float(each) for each in counts]


def percent(share: float) -> str:
    """`80 %`; never a whole nothing or all for what may yet happen."""
    if 0 < share < 0.005:
        return "<1 %"
    if 0.995 <= share < 1:
        return ">99 %"
    return f"{100 * share:.0f} %"


def bars_and_curve(panel: Panel) -> Iterator[str]:
    """The histogram, the lines of the marks, the curve, and the points where they cross it."""
    yield group(_shares(panel), "shares")
    yield path(_bars(panel), "often")
    yield from (_rule(panel, each) for each in panel.marks if panel.axis.shows(each.at))
    yield path([_curve(panel)], "curve")
    crossed = [each for each in panel.marks if each.chance is not None and panel.axis.shows(each.at)]
    for each in crossed:
        x, y = panel.axis.place(each.at), panel.y(each.chance or 0.0)
        yield element("circle", class_="point", cx=x, cy=y, r=3.5)


def _bars(panel: Panel) -> Iterator[str]:
    shares = panel.shares
    high = _TALLEST * (panel.bottom - panel.top) / max(*shares, 1e-9)
    width = (panel.axis.right - panel.axis.left) / len(shares)
    gap = 1.0 if width > 4 else 0.0
    for place, share in enumerate(shares):
        if share > 0:
            height = max(share * high, 0.8)
            yield box(panel.axis.left + place * width, panel.bottom - height, width - gap, height)


def _curve(panel: Panel) -> str:
    """The share of the values up to each, in steps: exact to half a pixel across."""
    values, times = np.unique(panel.values.astype(np.float64), return_counts=True)
    shares = np.cumsum(times) / len(panel.values)
    places = np.round(panel.axis.places(values) * 2) / 2
    before = float(shares[places < panel.axis.left].max(initial=0.0))
    kept = (places >= panel.axis.left) & (places <= panel.axis.right)
    places, shares = places[kept], shares[kept]
    last = np.flatnonzero(np.diff(places, append=np.inf))
    steps = [f"M{number(panel.axis.left)} {number(panel.y(before))}"]
    steps += [f"H{number(float(places[each]))}V{number(panel.y(float(shares[each])))}" for each in last]
    return "".join(steps) + f"H{number(panel.axis.right)}"


def _shares(panel: Panel) -> Iterator[str]:
    """A faint line at each quarter, and its share at the right."""
    quarters = (0.0, 0.25, 0.5, 0.75, 1.0)
    left, right = panel.axis.left, panel.axis.right
    yield path([line(left, panel.y(each), right, panel.y(each)) for each in quarters], "grid")
    for each in quarters:
        yield text(panel.right - 10, panel.y(each) + 3.8, percent(each), "quiet", size=SIZE, anchor="end")


def _rule(panel: Panel, mark: Mark) -> str:
    x = panel.axis.place(mark.at)
    upright = path([line(x, panel.top - 5, x, panel.bottom + 6)], "rule")
    return group(
        [element("title", escaped(mark.label)), upright],
        f"mark {mark.kind}",
        data_mark=mark.short,
    )


def further(panel: Panel) -> str:
    """What is not in sight, for it would squash the rest."""
    below = float(np.mean(panel.values < panel.axis.first))
    above = float(np.mean(panel.values > panel.axis.last))
    told = [
        f"{100 * share:.1g} % {where}" for share, where in ((below, "before"), (above, "beyond")) if share > 0
    ]
    return f"; {' and '.join(told)} what is shown" if told else ""


def foot(panel: Panel, top: float) -> tuple[str, float]:
    """The labels under the marks, from the baseline `top` on, and how much room they take."""
    placed = lined_up([_label(panel, each) for each in _joined(panel.marks)], 4, panel.right - 4)
    return group(beneath(placed, top), "labels"), depth(placed)


def _joined(marks: Sequence[Mark]) -> Iterator[Mark]:
    """Confidences of the same words as one."""
    same: dict[tuple[str, str], list[Mark]] = {}
    for each in sorted(marks, key=lambda mark: (mark.at, mark.chance or 0.0)):
        same.setdefault((each.kind, each.words), []).append(each)
    for together in same.values():
        first = together[0]
        short = ", ".join(each.short for each in together)
        yield Mark(first.at, first.kind, short, first.words, first.chance)


def _label(panel: Panel, mark: Mark) -> Label:
    """A label under its mark; what is out of sight is labelled at the edge, with an arrow."""
    class_ = f"of-{mark.kind}"
    if mark.at < panel.axis.first:
        return Label(panel.axis.left, f"← {mark.label}", class_)
    if mark.at > panel.axis.last:
        return Label(panel.axis.right, f"{mark.label} →", class_)
    return Label(panel.axis.place(mark.at), mark.label, class_)


def key(y: float, curve: str, bars: str, right: float) -> Iterator[str]:
    """A sample of the curve and one of the bars, with words that end before `right`."""
    x = MARGIN
    for words, sample in ((curve, _curve_sample), (bars, _bar_sample)):
        yield sample(x, y)
        said = ellipsised(words, right - x - _SAMPLE - 10, SIZE)
        yield text(x + _SAMPLE + 6, y + 3.8, said, "quiet", size=SIZE)
        x += _SAMPLE + 6 + width_of(words, SIZE) + 18


_Sample = Callable[[float, float], str]


def _bar_sample(x: float, y: float) -> str:
    return rect(x, y - 5, _SAMPLE, 10, "often")


def _curve_sample(x: float, y: float) -> str:
    return path([line(x, y, x + _SAMPLE, y)], "curve")

"""What each amount of money buys, as a picture: a staircase of the best choices, and where today's budgets stand on
it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from triptych.engine.forecast.words import money
from triptych.engine.select import Aim
from triptych.engine.select.frontier import Frontier, Point
from triptych.engine.select.words import gained

from .axis import Axis, round_step, steps_between
from .colours import RULES, palette
from .draw import document, element, group, line, number, path, rect, text
from .names import title as heading
from .plane import SIZE, Label, beneath, depth, lined_up
from .rows import MARGIN
from .text import clean, ellipsised, escaped, width_of

_WIDTH, _TOP, _HEIGHT = 1000.0, 70.0, 330.0
_FOOT, _KEY = 20.0, 34.0
_RIGHT = 30.0
#: Steps that are named: the largest that have room.
_MOST_NAMED = 8
_LONGEST = 260.0
EMPTY = "No choice can be paid for with any budget."

_RULES = """
.frontier .stairs { fill: none; stroke: var(--accent); stroke-width: 2.25px; stroke-linejoin: round; }
.frontier .bought { fill: var(--accent); opacity: 0.09; }
.frontier .point { fill: var(--accent); stroke: var(--surface); stroke-width: 1.5px; }
.frontier .dearer .point { fill: var(--surface); stroke: var(--accent); stroke-width: 2px; }
.frontier .today { fill: none; stroke: var(--text); stroke-width: 1.25px; stroke-dasharray: 5 3; }
.frontier .named { fill: var(--text-2); paint-order: stroke; stroke: var(--surface); stroke-width: 4px;
  stroke-linejoin: round; }
.frontier text.of-today { font-weight: 600; }
"""


@dataclass(frozen=True, slots=True)
class _Shown:
    """Hundredths of money go across, what they buy goes up."""

    found: Frontier
    across: Axis
    up: Axis

    def place(self, point: Point) -> tuple[float, float]:
        return self.across.place(point.money), self.up.place(point.gain)

    def gained(self, amount: float) -> str:
        return gained(self.found.portfolio, self.found.aim, round(amount))

    def money(self, amount: float) -> str:
        return money(amount, self.found.portfolio.currency)


def frontier_svg(found: Frontier, *, title: str = "What money buys") -> str:
    """The frontier of a portfolio as a complete SVG document, 1000 pixels wide."""
    shown = _shown(found)
    placed = lined_up(_at_the_foot(shown), 4, _WIDTH - 4) if found.points else []
    body = _TOP + _HEIGHT
    bottom = body + 2 * _FOOT + depth(placed) + _KEY
    told = found.sentences()
    parts = [
        f"<title>{escaped(title)}</title>",
        f"<desc>{escaped(' '.join([*told, *(_sentence(shown, each) for each in found.points)]))}</desc>",
        f"<style>{palette('.gantt')}{RULES}{_RULES}</style>",
        rect(0, 0, _WIDTH, bottom, "ground"),
        group(heading(title, told[0], _WIDTH)),
        group(_grid(shown, body) if found.points else (), "scales"),
        group(_stairs(shown), "choices"),
        group(_names(shown), "names"),
        group(beneath(placed, body + 2 * _FOOT), "labels"),
        group(_key(bottom - 14, found.points) if found.points else (), "key"),
        "" if found.points else text(MARGIN, _TOP + 30, EMPTY, "quiet", size=13),
    ]
    return document(parts, "gantt frontier", f"{title}. {' '.join(told)}", _WIDTH, bottom)


def _shown(found: Frontier) -> _Shown:
    most_money = max([found.portfolio.budget, *(each.money for each in found.points)]) * 1.04
    gains = [each.gain for each in found.points] or [1]
    most = max(1, *gains) * 1.06
    least = min(0, *gains)
    widest = max(width_of(gained(found.portfolio, found.aim, round(each)), SIZE) for each in (least, most))
    across = Axis(0.0, float(max(most_money, 100)), round(widest + MARGIN + 12), _WIDTH - _RIGHT)
    return _Shown(found, across, Axis(float(least), float(most), _TOP + _HEIGHT, _TOP))


def _grid(shown: _Shown, body: float) -> Iterator[str]:
    """Round amounts along both axes."""
    left, right = shown.across.left, shown.across.right
    least = 100.0 if shown.found.aim is Aim.VALUE else 1.0  # money is told in whole units
    heights = steps_between(
        shown.up.first, shown.up.last, round_step(shown.up.last - shown.up.first, 6, least)
    )
    yield path([line(left, shown.up.place(each), right, shown.up.place(each)) for each in heights], "grid")
    for each in heights:
        yield text(left - 8, shown.up.place(each) + 3.8, shown.gained(each), "quiet", size=SIZE, anchor="end")
    wide = width_of(shown.money(shown.across.last), SIZE) + 24
    many = max(2, int((right - left) / wide))
    amounts = steps_between(0.0, shown.across.last, round_step(shown.across.last, many, 100.0))
    yield path([line(shown.across.place(each), body, shown.across.place(each), body + 4) for each in amounts], "tick")  # fmt: skip
    for each in amounts:
        yield text(shown.across.place(each), body + _FOOT - 3, shown.money(each), "quiet", size=SIZE, anchor="middle")  # fmt: skip


def _stairs(shown: _Shown) -> Iterator[str]:
    """What today buys as a field, the line, today's budgets, and the points: filled up to today, hollow beyond."""
    points, right = shown.found.points, shown.across.right
    if not points:
        return
    steps = [f"M{number(shown.place(points[0])[0])} {number(shown.up.left)}"]
    steps += [f"V{number(y)}H{number(end)}" for (_, y), end in _treads(shown, points, right)]
    yield path(_bought(shown), "bought")
    yield path(steps, "stairs")
    today = shown.across.place(shown.found.portfolio.budget)
    yield path([line(today, _TOP, today, shown.up.left + 4)], "today")
    for dearer, class_ in ((False, "paid"), (True, "dearer")):
        yield group((_point(shown, each) for each in points if (each.share > 1) is dearer), class_)


def _treads(
    shown: _Shown, points: Sequence[Point], right: float
) -> Iterator[tuple[tuple[float, float], float]]:
    """Each point's place, and how far across it holds."""
    ends = [*(shown.place(each)[0] for each in points[1:]), right]
    for each, end in zip(points, ends, strict=True):
        yield shown.place(each), end


def _bought(shown: _Shown) -> Iterator[str]:
    """The field under the staircase, up to today's budgets."""
    paid = [each for each in shown.found.points if each.share <= 1]
    if not paid:
        return
    today = shown.across.place(shown.found.portfolio.budget)
    yield f"M{number(shown.place(paid[0])[0])} {number(shown.up.left)}"
    for (_, y), end in _treads(shown, paid, today):
        yield f"V{number(y)}H{number(end)}"
    yield f"V{number(shown.up.left)}z"


def _point(shown: _Shown, point: Point) -> str:
    x, y = shown.place(point)
    return group(
        [
            element("title", escaped(_sentence(shown, point))),
            element("circle", class_="point", cx=x, cy=y, r=3.5),
        ]
    )


def _names(shown: _Shown) -> Iterator[str]:
    """What comes with the largest steps, below the stairs right of them, wherever there is room."""
    points = shown.found.points
    taken: list[tuple[float, float, float]] = []
    rises = [0, *(after.gain - before.gain for before, after in pairwise(points))]
    for at in sorted(range(len(points)), key=lambda each: -rises[each]):
        point = points[at]
        if len(taken) == _MOST_NAMED or not (point.comes or point.goes):
            continue
        x, y = shown.place(point)
        told = f"+ {', '.join(point.comes)}" if point.comes else f"− {', '.join(point.goes)}"
        words = ellipsised(clean(told), _LONGEST, SIZE)
        left, right, base = x + 8, x + 8 + width_of(words, SIZE), y + 16
        free = all(right < other or left > end or abs(base - height) > 14 for other, end, height in taken)
        if right < _WIDTH - 4 and base < shown.up.left - 4 and free:
            taken.append((left, right, base))
            yield text(left, base, words, "named", size=SIZE)


def _at_the_foot(shown: _Shown) -> list[Label]:
    """Today's budgets and the next step, under their places."""
    found, here = shown.found, shown.found.today
    buys = shown.gained(here.gain) if here else "nothing"
    budget = found.portfolio.budget
    labels = [Label(shown.across.place(budget), f"Today {shown.money(budget)} buys {buys}", "of-today")]
    further = [each for each in found.points if each.share > 1]
    if further:
        x, _ = shown.place(further[0])
        labels.append(Label(x, f"Next step {shown.money(further[0].money)}", "of-next"))
    return labels


def _key(y: float, points: Sequence[Point]) -> Iterator[str]:
    """What the kinds of points mean that there are."""
    x, dearer = MARGIN, [each.share > 1 for each in points]
    kinds = [("paid", "Best choice that today’s budgets pay for")] if not all(dearer) else []
    kinds += [("dearer", "Best choice that takes more")] if any(dearer) else []
    for class_, words in kinds:
        yield group([element("circle", class_="point", cx=x + 6, cy=y, r=3.5)], class_)
        yield text(x + 16, y + 3.8, words, "quiet", size=SIZE)
        x += 16 + width_of(words, SIZE) + 18


def _sentence(shown: _Shown, point: Point) -> str:
    comes = f", with {', '.join(point.comes)}" if point.comes else ""
    goes = f", without {', '.join(point.goes)}" if point.goes else ""
    return f"{shown.money(point.money)} buys {shown.gained(point.gain)}{comes}{goes}."

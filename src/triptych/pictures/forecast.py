"""A forecast as a picture: when it will be finished, what it will cost, and both at once; and what it leans on."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from triptych.engine.forecast import Forecast
from triptych.engine.forecast.words import money, sentences

from . import chances, scatter
from .axis import Axis, round_step, steps_between
from .backdrop import header
from .chances import FOOT, KEY, Panel, bars_and_curve, foot, further, key, percent
from .colours import RULES, palette
from .draw import document, group, line, path, rect, text
from .names import title as heading
from .outlook import WIDTH, Outlook, dates_told, outlook, sums_told
from .plane import SIZE, Label, beneath, depth, lined_up
from .rows import MARGIN, Frame
from .scatter import Cloud, points
from .text import clean, ellipsised, escaped, width_of
from .tiers import tiers_for
from .tornado import tornado_svg

_SAID, _LINE = 47.0, 17.0
#: Room for the heading of a panel, the band of amounts over it, and between the panels.
_PANEL, _BAND, _APART = 26.0, 24.0, 14.0
_CONFIDENCES = (0.1, 0.5, 0.8, 0.9)
_SPELLED = {15: "quarter of an hour", 60: "hour", 240: "4 hours", 1440: "day", 10080: "week"}


def forecast_svg(
    found: Forecast, goal: int = 0, *, confidences: Sequence[float] = _CONFIDENCES, by: int | None = None,
    budget: float | None = None, confidence: float = 0.8, title: str | None = None,
) -> str:  # fmt: skip
    """How likely each finish of a goal is, as a complete SVG document, 1000 pixels wide; where the plan has costs, also
    how likely each cost is, and both at once.

    `confidences` (0 to 1) are marked as P10, P50 …, and the plan's own date with its chance. `by` (an instant) and
    `budget` (hundredths) are what was promised; without them, "both at once" is of the date and the money of
    `confidence`. `title` is drawn above; without it, the goal's name is.
    """
    shown = outlook(found, found.goals[goal], confidences, confidence, by, budget)
    words = clean(shown.goal.name if title is None else title).strip() or "Forecast"
    told = sentences(found, goal, confidence=confidence, by=by, budget=budget)
    lines = told[:3] if by is None else [told[0], told[1], told[3]]
    parts, bottom = _panels(shown, _SAID + len(lines) * _LINE)
    whole = [
        f"<title>{escaped(words)}</title>",
        f"<desc>{escaped(_described(shown, told))}</desc>",
        f"<style>{palette('.gantt')}{RULES}{chances.RULES}{scatter.RULES}</style>",
        rect(0, 0, WIDTH, bottom, "ground"),
        group(heading(words, lines[0], WIDTH)),
        group(_more(lines[1:])),
        *parts,
    ]
    return document(whole, "gantt forecast", f"Forecast of {words}. {' '.join(told)}", WIDTH, bottom)


def _more(told: list[str]) -> Iterator[str]:
    for row, each in enumerate(told, 1):
        yield text(MARGIN, _SAID + row * _LINE, ellipsised(each, WIDTH - 2 * MARGIN, 12), "quiet", size=12)


def _described(shown: Outlook, told: list[str]) -> str:
    """All that is marked, for those who read."""
    marks = [*dates_told(shown), *(sums_told(shown) if shown.costs else [])]
    return " ".join([*told, *(f"{each.label}." for each in marks)])


def _panels(shown: Outlook, top: float) -> tuple[list[str], float]:
    """The panels under one another, and where they end."""
    parts, bottom = _finish(shown, top)
    if shown.costs:
        more, bottom = _cost(shown, bottom + _APART)
        parts += more
        more, bottom = _both(shown, bottom + _APART)
        parts += more
    return parts, bottom


def _caption(words: str, top: float) -> str:
    return text(MARGIN, top + 16, words, "panel", size=13)


def _finish(shown: Outlook, top: float) -> tuple[list[str], float]:
    frame = _frame(top + _PANEL)
    panel = Panel(
        shown.goal.finish, shown.dates, shown.spell, dates_told(shown), frame.body + 12, frame.bottom, WIDTH
    )
    usual = f"{shown.spell // 10080} weeks" if shown.spell > 10080 else _SPELLED[shown.spell]
    parts = [_caption("Finish", top), *_calendar(shown, frame)]
    return _filled(
        parts, panel, f"Share of {len(panel.values):,} simulated finishes in each {usual}", "Finished by then"
    )


def _filled(parts: list[str], panel: Panel, bars: str, curve: str) -> tuple[list[str], float]:
    """The bars, the curve and everything under them."""
    labels, room = foot(panel, panel.bottom + FOOT)
    bottom = panel.bottom + FOOT + room + KEY - 8
    said = f"{bars}, at most {percent(max(panel.shares))}{further(panel)}"
    parts = [*parts, group(bars_and_curve(panel), "distribution"), labels]
    return [
        *parts,
        group(key(bottom - 14, f"{curve}, by the scale at the right", said, panel.right), "key"),
    ], bottom


def _frame(top: float) -> Frame:
    return Frame(1, top, (chances.HEIGHT + 12) / 3, SIZE, 0.0, coarse=True)


def _calendar(shown: Outlook, frame: Frame) -> list[str]:
    """The header of dates and a faint line at each of its larger steps."""
    scale = shown.dates.scale(WIDTH)
    upper, lower = tiers_for(scale)
    down = [
        line(each.left, frame.body, each.left, frame.bottom)
        for each in upper[1:]
        if each.left < shown.dates.right
    ]
    band = replace(frame, row_height=0.0)
    return [group(header(upper, lower, scale, band), "header"), path(down, "grid")]


def _cost(shown: Outlook, top: float) -> tuple[list[str], float]:
    body = top + _PANEL + _BAND
    panel = Panel(
        shown.goal.cost,
        shown.amounts,
        shown.step,
        sums_told(shown),
        body + 12,
        body + 12 + chances.HEIGHT,
        WIDTH,
    )
    parts = [_caption("Cost", top), group(_band(shown, body, panel.bottom), "header")]
    each = f"Share of {len(panel.values):,} simulated costs in each {money(shown.step, shown.sign)}"
    return _filled(parts, panel, each, "Costs no more than that")


def _band(shown: Outlook, body: float, bottom: float) -> Iterator[str]:
    """Round amounts in a band over the panel, a faint line at each."""
    axis, told = shown.amounts, _amounts(shown, shown.amounts, 9)
    yield rect(0, body - _BAND, WIDTH, _BAND, "band")
    yield path([line(0, y, WIDTH, y) for y in (body - _BAND, body)], "grid edge")
    yield path([line(axis.place(at), body, axis.place(at), bottom) for at, _ in told], "grid")
    for at, label in told:
        half = width_of(label, SIZE) / 2 + 4
        yield text(
            min(max(axis.place(at), half), WIDTH - half),
            body - 8,
            label,
            "quiet",
            size=SIZE,
            anchor="middle",
        )


def _amounts(shown: Outlook, axis: Axis, most: int) -> list[tuple[float, str]]:
    """At most so many round amounts along an axis, fewer where they are long."""
    span, wide = axis.last - axis.first, abs(axis.right - axis.left)
    if axis.left < axis.right:
        longest = max(width_of(money(each, shown.sign), SIZE) for each in (axis.first, axis.last))
        most = max(2, min(most, int(wide / (longest + 24))))
    steps = steps_between(axis.first, axis.last, round_step(span, most, 100.0))
    return [(at, money(at, shown.sign)) for at in steps]


def _both(shown: Outlook, top: float) -> tuple[list[str], float]:
    goal, frame = shown.goal, _frame(top + _PANEL)
    at = goal.finish_at(shown.confidence) if shown.by is None else shown.by
    budget = goal.cost_at(shown.confidence) if shown.budget is None else shown.budget
    up = Axis(shown.amounts.first, shown.amounts.last, frame.bottom, frame.body + 12)
    cloud = Cloud(goal, shown.dates, up, at, budget)
    sure = f"P{100 * shown.confidence:.0f}"
    date = f"{sure if shown.by is None else 'Wanted'} {shown.day(at)}"
    sum_ = f"{sure if shown.budget is None else 'Budget'} {money(budget, shown.sign)}"
    x = shown.dates.place(min(max(at, shown.dates.first), shown.dates.last))
    labels = lined_up([Label(x, date, "of-sure")], 4, WIDTH - 4)
    bottom = frame.bottom + FOOT + depth(labels) + KEY - 8
    some = (
        f" · A point for each of the first {scatter.MOST:,} simulations"
        if len(goal.finish) > scatter.MOST
        else " · A point for each simulation"
    )
    return [
        _caption("Finish and cost together", top),
        *_calendar(shown, frame),
        group(points(cloud, _amounts(shown, up, 6)), "together"),
        text(shown.dates.right - 6, _over(up, budget), sum_, "of-sure inside", size=SIZE, anchor="end"),
        group(beneath(labels, frame.bottom + FOOT)),
        text(MARGIN, bottom - 10, f"{cloud.said}{some}.", "quiet", size=SIZE),
    ], bottom  # fmt: skip


def _over(up: Axis, budget: float) -> float:
    """The baseline of a label just over a line, or under one at the top."""
    y = up.place(min(max(budget, up.first), up.last))
    return y - 5 if y - 18 > up.right else y + 14


__all__ = ["forecast_svg", "tornado_svg"]

"""What a finish leans on, as a picture: bars from the average date when a thing turns out low to that when it turns out
high."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from triptych.engine.forecast import Goal
from triptych.engine.forecast.tornado import Bar
from triptych.plan.quantities import MINUTES_PER_DAY, moment
from triptych.plan.spelling import day_in_words, in_words

from .axis import Axis
from .backdrop import header
from .chances import FOOT
from .colours import RULES, palette
from .draw import document, element, group, line, path, rect, text
from .names import title as heading
from .plane import SIZE, Label, beneath, depth, lined_up
from .rows import HEADER, MARGIN, Frame
from .scale import Scale
from .text import clean, ellipsised, escaped, width_of
from .tiers import Cell, short_day, tiers_for, time_of_day

_WIDTH, _TOP, _ROW, _FONT = 1000.0, 62.0, 30.0, 12.0
_HALF = 8.0
_NAMES = (120.0, 320.0)
_KEY = 34.0
_SAMPLE = 22.0
#: Ends are told by the hour where all of them lie within so many days, and with their year from the second on.
_CLOSE, _FAR = 3, 300
EMPTY = "Nothing that varies moves the finish: there is nothing to fix first."

_RULES = """
.tornado .sooner { fill: var(--bar); }
.tornado .later { fill: var(--critical-bar); }
.tornado .mean { fill: none; stroke: var(--text); stroke-width: 1.25px; }
.tornado .plan { fill: none; stroke: var(--text-2); stroke-width: 1.25px; stroke-dasharray: 5 3; }
.tornado .swing { font-weight: 600; }
.tornado text.end { fill: var(--text-2); paint-order: stroke; stroke: var(--surface); stroke-width: 4px;
  stroke-linejoin: round; }
.tornado text.of-mean { font-weight: 600; }
.tornado text.of-plan { fill: var(--text-2); }
"""


@dataclass(frozen=True, slots=True)
class _Shown:
    """The bars, the widest first, and where they stand; `mean` and `planned` are instants."""

    bars: Sequence[Bar]
    mean: float
    planned: int
    scale: Scale
    frame: Frame
    minutes_per_day: int
    close: bool
    far: bool

    def end(self, at: float) -> str:
        when = moment(int(at))
        if self.far:
            return f"{short_day(when)} {when.year}"
        return f"{short_day(when)}, {time_of_day(when)}" if self.close else short_day(when)

    def day(self, at: float) -> str:
        return in_words(int(at)) if self.close else day_in_words(int(at))

    def swing(self, bar: Bar) -> str:
        days = bar.swing / self.minutes_per_day
        return f"{days:+,.1f} d".replace("-", "−")


def tornado_svg(
    bars: Sequence[Bar], goal: Goal, *, title: str | None = None, minutes_per_day: int = 480
) -> str:
    """What moves the finish of a goal most, as a complete SVG document, 1000 pixels wide.

    `bars` are those of `tornado`; `minutes_per_day` are the working minutes of the project's day, in which swings are
    told. `title` is drawn above; without it, the goal's name is.
    """
    shown = _shown(bars, goal, minutes_per_day)
    words = clean(goal.name if title is None else title).strip() or "Forecast"
    placed = lined_up(list(_at_the_foot(shown)), 4, _WIDTH - 4) if shown.bars else []
    bottom = shown.frame.bottom + FOOT + depth(placed) + _KEY - 8
    said = "What the finish leans on most: its average when each turns out low, and when it turns out high."
    upper, lower = tiers_for(shown.scale)
    down = [line(each.left, shown.frame.body, each.left, shown.frame.bottom) for each in upper[1:] if each.left < shown.scale.right]  # fmt: skip
    parts = [
        f"<title>{escaped(words)}</title>",
        f"<desc>{escaped(_described(shown))}</desc>",
        f"<style>{palette('.gantt')}{RULES}{_RULES}</style>",
        rect(0, 0, _WIDTH, bottom, "ground"),
        group(heading(words, said, _WIDTH)),
        group(_header(shown, upper, lower), "header"),
        path(down, "grid"),
        group(_rows(shown), "bars"),
        _lines(shown) if shown.bars else "",
        group(_ends(shown), "ends"),
        group(beneath(placed, shown.frame.bottom + FOOT)),
        group(_key(bottom - 14), "key") if shown.bars else "",
        "" if shown.bars else text(MARGIN, shown.frame.middle(1), EMPTY, "quiet", size=13),
    ]
    return document(
        parts, "gantt tornado", f"What the finish of {words} leans on. {_described(shown)}", _WIDTH, bottom
    )


def _shown(bars: Sequence[Bar], goal: Goal, minutes_per_day: int) -> _Shown:
    bars = sorted(bars, key=lambda each: (-abs(each.swing), each.name))
    mean = float(goal.finish.mean())
    ends = [mean, *(float(at) for each in bars for at in (each.low, each.high))]
    span = max(max(ends) - min(ends), 240.0)
    if min(ends) - span <= goal.planned <= max(ends) + span:
        ends.append(float(goal.planned))
    widest = max((width_of(clean(each.name), _FONT) for each in bars), default=0.0)
    left = round(min(max(widest, _NAMES[0]), _NAMES[1]) + 2 * MARGIN)
    swings = max(
        (width_of(f"{each.swing / minutes_per_day:+,.1f} d", _FONT) * 1.1 for each in bars), default=0.0
    )
    right = _WIDTH - round(max(swings, width_of("Swing", SIZE)) + 2 * MARGIN)
    close = span <= _CLOSE * MINUTES_PER_DAY
    far = span > _FAR * MINUTES_PER_DAY
    room = width_of("28 Aug 2026" if far else "28 Aug, 08:00" if close else "28 Aug", SIZE) + 10
    axis = _padded(min(ends), max(*ends, min(ends) + 240), left, right, room)
    frame = Frame(len(bars), _TOP, _ROW, _FONT, left, coarse=True)
    return _Shown(bars, mean, goal.planned, axis.scale(right), frame, minutes_per_day, close, far)


def _padded(first: float, last: float, left: float, right: float, room: float) -> Axis:
    """The axis on which there is `room` for a label before the first instant and after the last."""
    inner = Axis(first, last, left + room, right - room)
    per = (last - first) / (inner.right - inner.left)
    return Axis(first - room * per, last + room * per, left, right)


def _header(shown: _Shown, upper: list[Cell], lower: list[Cell]) -> Iterator[str]:
    """The dates over the bars, in a band that goes on over the swings."""
    frame, right = shown.frame, shown.scale.right
    yield rect(right, frame.top, _WIDTH - right, HEADER, "band")
    yield from header(upper, lower, shown.scale, frame)
    yield path([line(right, y, _WIDTH, y) for y in (frame.top, frame.body, frame.bottom)], "grid edge")


def _rows(shown: _Shown) -> Iterator[str]:
    yield text(MARGIN, shown.frame.body - 7, "What varies", "lower", size=SIZE)
    yield text(_WIDTH - MARGIN, shown.frame.body - 7, "Swing", "lower", size=SIZE, anchor="end")
    for row, each in enumerate(shown.bars):
        name = ellipsised(clean(each.name), shown.frame.column - 2 * MARGIN, _FONT)
        y = shown.frame.baseline(row)
        parts = [
            element("title", escaped(_sentence(shown, each))),
            text(MARGIN, y, name, size=_FONT),
            *_bar(shown, each, shown.frame.middle(row)),
            text(_WIDTH - MARGIN, y, shown.swing(each), "swing", size=_FONT, anchor="end"),
        ]
        yield group(parts, "input", data_task="" if each.task is None else str(each.task))


def _bar(shown: _Shown, bar: Bar, y: float) -> Iterator[str]:
    """The part sooner than the mean, and the part later than it."""
    first, last = sorted((float(bar.low), float(bar.high)))
    for class_, start, end in (
        ("sooner", first, min(last, shown.mean)),
        ("later", max(first, shown.mean), last),
    ):
        if end > start or first == last:
            x, right = shown.scale.clock_x(start), shown.scale.clock_x(max(start, end))
            yield rect(x, y - _HALF, max(right - x, 1.5), 2 * _HALF, class_)


def _ends(shown: _Shown) -> Iterator[str]:
    """The dates at both ends of each bar, over the lines that pass."""
    for row, each in enumerate(shown.bars):
        first, last = sorted((each.low, each.high))
        x, end, y = shown.scale.clock_x(first), shown.scale.clock_x(last), shown.frame.middle(row) + 3.8
        yield text(x - 5, y, shown.end(first), "end", size=SIZE, anchor="end")
        yield text(end + 6, y, shown.end(last), "end", size=SIZE)


def _lines(shown: _Shown) -> str:
    """The mean finish and the plan's own."""
    top, bottom = shown.frame.body, shown.frame.bottom + 6
    mean, planned = shown.scale.clock_x(shown.mean), shown.scale.clock_x(shown.planned)
    own = path([line(planned, top, planned, bottom)], "plan") if _in_sight(shown) else ""
    return own + path([line(mean, top, mean, bottom)], "mean")


def _in_sight(shown: _Shown) -> bool:
    return shown.scale.left <= shown.scale.clock_x(shown.planned) <= shown.scale.right


def _at_the_foot(shown: _Shown) -> Iterator[Label]:
    yield Label(shown.scale.clock_x(shown.mean), f"Mean finish {shown.day(shown.mean)}", "of-mean")
    words = f"Plan’s own date {shown.day(shown.planned)}"
    if _in_sight(shown):
        yield Label(shown.scale.clock_x(shown.planned), words, "of-plan")
    elif shown.planned < shown.mean:
        yield Label(shown.scale.left, f"← {words}", "of-plan")
    else:
        yield Label(shown.scale.right, f"{words} →", "of-plan")


def _key(y: float) -> Iterator[str]:
    x = MARGIN
    for class_, words in (("sooner", "Finish sooner than the mean"), ("later", "Finish later than the mean")):
        yield rect(x, y - 5, _SAMPLE, 10, class_)
        yield text(x + _SAMPLE + 6, y + 3.8, words, "quiet", size=SIZE)
        x += _SAMPLE + 6 + width_of(words, SIZE) + 18


def _sentence(shown: _Shown, bar: Bar) -> str:
    return (
        f"{bar.name}: low, the average finish is {shown.day(bar.low)}; high, {shown.day(bar.high)}; "
        f"swing {shown.swing(bar)}"
    )


def _described(shown: _Shown) -> str:
    if not shown.bars:
        return EMPTY
    told = [f"{_sentence(shown, each)}." for each in shown.bars]
    return " ".join([f"The mean finish is {shown.day(shown.mean)}.", *told])

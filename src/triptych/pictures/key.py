"""The key under the chart. It explains only what the picture shows."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from triptych.engine.schedule import Schedule
from triptych.plan import NO_INSTANT

from .bars import bracket, flag
from .draw import diamond, group, line, number, path, rect, text
from .ghosts import Past, arrow, dot
from .rows import MARGIN, Frame, Rows, Shape
from .text import width_of
from .whiskers import Reach
from .whiskers import sample as whisker

HEIGHT = 52.0
_SIZE = 10.5
_SAMPLE = 22.0

#: From one line of samples to the next.
_LEADING = 18.0

Sample = Callable[[float, float], str]
Entry = tuple[str, Sample]


def key_lines(
    result: Schedule, rows: Rows, frame: Frame, *, width: float, reach: Reach | None, past: Past | None
) -> list[list[Entry]]:
    """What is to be explained, in as many lines as it takes."""
    lines: list[list[Entry]] = [[]]
    x = MARGIN
    for entry in (*_entries(result, rows, frame), *_of_forecast(reach), *_of_past(past)):
        if x + _width(entry) > width and lines[-1]:
            lines.append([])
            x = MARGIN
        lines[-1].append(entry)
        x += _width(entry)
    return lines


def _width(entry: Entry) -> float:
    return _SAMPLE + 6 + width_of(entry[0], _SIZE) + 14


def height_of(lines: Sequence[Sequence[Entry]]) -> float:
    """How much room the key takes under the chart."""
    return HEIGHT + _LEADING * (len(lines) - 1)


def key(lines: Sequence[Sequence[Entry]], frame: Frame) -> Iterator[str]:
    """Samples and their words, line by line."""
    for at, entries in enumerate(lines):
        x, y = MARGIN, frame.bottom + HEIGHT - 16 + at * _LEADING
        for entry in entries:
            word, sample = entry
            yield sample(x, y)
            yield text(x + _SAMPLE + 6, y + 3.8, word, "quiet", size=_SIZE)
            x += _width(entry)


def _entries(result: Schedule, rows: Rows, frame: Frame) -> Iterator[Entry]:
    tasks, shapes = result.plan.tasks, np.array([each.value for each in rows.shape])
    bar = shapes == Shape.TASK.value
    if (bar & ~result.critical & tasks.active).any():
        yield "Task", _bar("task", 0)
    if (bar & result.critical).any():
        yield "Critical", _bar("critical", 0)
    if (bar & ~tasks.active).any():
        yield "Inactive", _bar("off", 0)
    if (bar & (tasks.percent_complete > 0)).any():
        yield "Done", _bar("task", 0.6)
    if (shapes == Shape.SUMMARY.value).any():
        yield "Summary", lambda x, y: path([bracket(x, y, _SAMPLE, 6)], "bracket")
    if (shapes == Shape.MILESTONE.value).any():
        yield "Milestone", lambda x, y: path([diamond(x + _SAMPLE / 2, y, 6)], "diamond")
    if (result.total_float[bar | (shapes == Shape.MILESTONE.value)] > 0).any():
        yield "Total float", lambda x, y: path([f"{line(x, y, x + _SAMPLE, y)}m0-3v6"], "float")
    if (tasks.deadline != NO_INSTANT).any():
        yield "Deadline, filled if missed", lambda x, y: path([flag(x + _SAMPLE / 2, y, 6)], "deadline")
    if result.driving_links.any():
        yield "Driving link", _link("driving")
    if not frame.coarse and not result.driving_links.all():
        yield "Other link", _link("other")


def _of_forecast(reach: Reach | None) -> Iterator[Entry]:
    if reach is not None and any(reach.varies):
        yield "P10 to P90 of the finish", lambda x, y: path([whisker(x, y, _SAMPLE)], "reach")


def _of_past(past: Past | None) -> Iterator[Entry]:
    """What moved: where it is today, and whether for its own people or because it follows."""
    if past is None or not past.moved.any():
        return
    yield "Today", lambda x, y: rect(x, y - 5, _SAMPLE, 10, "ghost", rx=3)
    if (past.moved & past.own).any():
        yield "Levelled", lambda x, y: dot(x + 2, y) + arrow(x + 6, x + _SAMPLE, y, "own")
    if (past.moved & ~past.own).any():
        yield "Follows", lambda x, y: arrow(x, x + _SAMPLE, y, "follows")


def _bar(class_: str, done: float) -> Sample:
    corner = 0 if class_ == "critical" else 3
    return lambda x, y: group(
        [
            rect(x, y - 5, _SAMPLE, 10, "bar", rx=corner),
            rect(x, y - 5, _SAMPLE * done, 10, "done", rx=corner) if done else "",
        ],
        class_,
    )


def _link(class_: str) -> Sample:
    def sample(x: float, y: float) -> str:
        end = x + _SAMPLE
        tip = f"M{number(end)} {number(y)}l-4.5-3v6z"
        return group([path([line(x, y, end - 4, y)], "link"), path([tip], "arrow")], class_)

    return sample

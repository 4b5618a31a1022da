"""The marks of tasks: bars with progress, summary brackets, diamonds, float and deadlines."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from triptych.engine.schedule import Schedule
from triptych.plan import NO_INSTANT
from triptych.plan.spelling import in_words

from .draw import diamond, element, line, number, path, polygon, rect
from .hours import Durations
from .rows import Frame, Rows, Shape
from .scale import Scale
from .text import escaped


def bars(result: Schedule, rows: Rows, frame: Frame, spelled: Durations) -> Iterator[str]:
    """One group for each dated task, with its uid in `data-task`."""
    tasks = result.plan.tasks
    flags = (result.critical.tolist(), tasks.active.tolist())
    columns = (tasks.uid.tolist(), tasks.percent_complete.tolist(), *flags)
    for row, (uid, done, critical, active) in enumerate(zip(*columns, strict=True)):
        shape = rows.shape[row]
        if shape is Shape.UNDATED:
            continue
        words = [shape.value] + ["critical"] * bool(critical) + ["off"] * (not active)
        title = "" if frame.coarse else element("title", escaped(sentence(result, row, spelled)))
        mark = _mark(rows, row, frame, shape=shape, done=done, critical=critical)
        yield f'<g class="{" ".join(words)}" data-task="{uid}">{title}{mark}</g>'


def _mark(rows: Rows, row: int, frame: Frame, *, shape: Shape, done: int, critical: bool) -> str:
    x, y, half = rows.start[row], rows.middle[row], frame.half
    width = rows.right(row) - x
    if shape is Shape.MILESTONE:
        ring = path([diamond(x, y, half + 2.5)], "ring") if critical and not frame.coarse else ""
        return path([diamond(x, y, half)], "diamond") + ring
    if shape is Shape.SUMMARY:
        return path([bracket(x, y, width, half)], "bracket")
    if row in rows.pieces:
        return _pieces(rows.pieces[row], y, half, done=done, critical=critical)
    return _bar(x, width, y, half, done=done, critical=critical)


def _bar(x: float, width: float, y: float, half: float, *, done: float, critical: bool) -> str:
    """A bar, of which so many per cent are done."""
    corner = 0 if critical else min(3, width / 2)
    bar = rect(x, y - half, width, 2 * half, "bar", rx=corner)
    return bar if done <= 0 else bar + rect(x, y - half, width * done / 100, 2 * half, "done", rx=corner)


def _pieces(pieces: list[tuple[float, float]], y: float, half: float, *, done: float, critical: bool) -> str:
    """The pieces of an interrupted task, joined by a dotted line; what is done is counted over all of them."""
    left = sum(end - begin for begin, end in pieces) * done / 100
    drawn = [path([line(begin[1], y, end[0], y) for begin, end in pairwise(pieces)], "pause")]
    for begin, end in pieces:
        width = max(end - begin, 2.0)
        here = min(max(left, 0.0), width)
        drawn.append(_bar(begin, width, y, half, done=100 * here / width, critical=critical))
        left -= width
    return "".join(drawn)


def bracket(x: float, y: float, width: float, half: float) -> str:
    """A summary: a thin beam with a foot at both ends."""
    top, beam, foot = y - half * 0.7, half * 0.7, half * 1.6
    side = min(half, width / 2)
    right = x + width
    return polygon(
        [
            (x, top), (right, top), (right, top + foot), (right - side, top + beam),
            (x + side, top + beam), (x, top + foot),
        ]
    )  # fmt: skip


def sentence(result: Schedule, row: int, spelled: Durations) -> str:
    """A task in words, for those who point at its bar."""
    tasks = result.plan.tasks
    parts = [f"{spelled.duration[row]}, {in_words(result.start[row])} to {in_words(result.finish[row])}"]
    if tasks.percent_complete[row]:
        parts.append(f"{tasks.percent_complete[row]} % complete")
    parts.append(f"total float {spelled.total_float[row]}")
    if result.critical[row]:
        parts.append("critical")
    return f"{tasks.name[row]}\u2002{'; '.join(parts)}"


def floats(result: Schedule, rows: Rows, scale: Scale) -> str:
    """Total float: a thin line from a bar's finish to its late finish, closed by a tick."""
    plan = result.plan
    wanted = (result.total_float > 0) & (result.late_finish > result.finish) & ~plan.is_summary
    wanted &= plan.tasks.active & (plan.tasks.percent_complete < 100) & (result.finish != NO_INSTANT)
    ends = scale.bar_x(result.late_finish)
    pieces = []
    for row in np.flatnonzero(wanted).tolist():
        x, end, y = rows.right(row), min(float(ends[row]), scale.right), rows.middle[row]
        if end - x >= 1:
            pieces.append(f"{line(x, y, end, y)}M{number(end)} {number(y - 3)}v6")
    return path(pieces, "float")


def deadlines(result: Schedule, rows: Rows, scale: Scale, frame: Frame) -> Iterator[str]:
    """A flag that points down on the deadline; filled when the task finishes after it."""
    deadline = result.plan.tasks.deadline
    places = scale.bar_x(deadline)
    for row in np.flatnonzero(deadline != NO_INSTANT).tolist():
        if not scale.shows(float(deadline[row])):
            continue
        x, y, half = float(places[row]), rows.middle[row], frame.half
        missed = result.finish[row] > deadline[row]
        yield path([flag(x, y, half)], "deadline missed" if missed else "deadline")


def flag(x: float, y: float, half: float) -> str:
    """A triangle that points down at `x`."""
    side = half * 0.7
    return polygon([(x - side, y - half - 1), (x + side, y - half - 1), (x, y + half * 0.4)])

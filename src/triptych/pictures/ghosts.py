"""Where things are today, behind where levelling puts them: a ghost for every mark that moves, and an arrow from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from triptych.engine.schedule import Schedule
from triptych.plan import NO_INSTANT
from triptych.plan.spelling import in_words
from triptych.plan.tables import I32, Flags

from .draw import diamond, element, group, line, number, path, rect
from .rows import Frame, Rows, Shape
from .scale import Scale
from .text import escaped

RULES = """
.gantt .ghost { fill: var(--surface); stroke: var(--line-strong); stroke-dasharray: 3 2; }
.gantt .shift { fill: none; stroke: var(--accent); stroke-width: 1.25px; stroke-dasharray: 1 2; }
.gantt .head, .gantt .dot { fill: var(--accent); }
.gantt .own .shift { stroke-width: 1.75px; stroke-dasharray: none; }
"""
#: A shorter gap has no room for an arrow: it lies under the bar.
_SHORT, _TIP = 5.0, 4.5
#: How far under the bar that is.
_UNDER = 3.0


@dataclass(frozen=True, slots=True)
class Past:
    """Where each row is today, as instants; which rows moved, and which did so on their `own` account. `words` tells
    why of those, by row; `said` tells it all."""

    start: I32
    finish: I32
    moved: Flags
    own: Flags
    words: Mapping[int, str]
    said: str

    @property
    def earliest(self) -> int | None:
        """The first of today's starts."""
        return min(self.start[self.moved].tolist(), default=None)

    @property
    def latest(self) -> int | None:
        """The last of today's finishes."""
        return max(self.finish[self.moved].tolist(), default=None)


def past_of(today: Schedule, after: Schedule, sentences: Mapping[int, str], said: str) -> Past:
    """What moves from today's schedule to that of the same tasks; `sentences` are by uid of the tasks that do so on
    their own account."""
    dated = (today.start != NO_INSTANT) & (after.start != NO_INSTANT) & ~after.plan.is_summary
    moved = dated & ((today.start != after.start) | (today.finish != after.finish))
    words = {after.plan.index_of[uid]: sentence for uid, sentence in sentences.items()}
    own = np.zeros(len(after.plan), np.bool_)
    own[list(words)] = True
    return Past(today.start, today.finish, moved, own, words, said)


@dataclass(frozen=True, slots=True)
class _Place:
    """A ghost's ends."""

    left: float
    right: float


def _places(past: Past, rows: Rows, scale: Scale) -> dict[int, _Place]:
    left, right = scale.bar_x(past.start), scale.bar_x(past.finish)
    found = {}
    for row in np.flatnonzero(past.moved).tolist():
        if rows.shape[row] is Shape.MILESTONE:
            middle = float(right[row])
            found[row] = _Place(middle - rows.radius, middle + rows.radius)
        elif rows.shape[row] is Shape.TASK:
            found[row] = _Place(float(left[row]), max(float(right[row]), float(left[row]) + 2))
    return found


def ghosts(past: Past, rows: Rows, scale: Scale, frame: Frame) -> Iterator[str]:
    """The outline of every mark that moves where it is today, with its dates for those who point at it."""
    for row, place in _places(past, rows, scale).items():
        y, half = rows.middle[row], frame.half
        if rows.shape[row] is Shape.MILESTONE:
            mark = path([diamond((place.left + place.right) / 2, y, half)], "ghost")
        else:
            width = place.right - place.left
            mark = rect(place.left, y - half, width, 2 * half, "ghost", rx=min(3, width / 2))
        said = f"Today {in_words(int(past.start[row]))} to {in_words(int(past.finish[row]))}"
        yield group([_title(said, frame), mark])


def arrows(past: Past, rows: Rows, scale: Scale, frame: Frame) -> Iterator[str]:
    """An arrow from every ghost to its mark, and a dot beside the names of what moves on its own account."""
    for row, place in _places(past, rows, scale).items():
        own = bool(past.own[row])
        left, right, y = rows.left(row), rows.right(row), rows.middle[row]
        if left >= place.right + _SHORT:
            mark = arrow(place.right, left, y, "")
        else:  # what goes back would cross the words beside its bar
            ends = max(((place.left, left), (place.right, right)), key=lambda each: abs(each[1] - each[0]))
            mark = arrow(*ends, y + frame.half + _UNDER, "")
        title = _title(past.words[row], frame) if own else ""
        yield group([title, mark], "own" if own else "follows")
    for row in np.flatnonzero(past.own).tolist():
        yield dot(10.5, rows.middle[row])


def dot(x: float, y: float) -> str:
    """What stands beside the name of a task that moves on its own account."""
    return element("circle", class_="dot", cx=x, cy=y, r=2.5)


def arrow(x: float, end: float, y: float, class_: str) -> str:
    """A line with a tip; nothing where it would be too short to be seen."""
    ahead = 1 if end >= x else -1
    if abs(end - x) < 1:
        return ""
    shaft = line(x, y, end - _TIP * ahead, y) if abs(end - x) > _TIP else ""
    tip = f"M{number(end)} {number(y)}l{number(-_TIP * ahead)}-3v6z"
    return group([path([shaft], "shift"), path([tip], "head")], class_)


def _title(said: str, frame: Frame) -> str:
    return "" if frame.coarse else element("title", escaped(said))

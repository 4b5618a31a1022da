"""The load of people before and after levelling: of each who is overloaded, their work against their hours."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from triptych.engine.level import Proposal
from triptych.engine.workload import Workload

from .backdrop import header, shading, status
from .buckets import buckets_for, days_away, load_of
from .colours import RULES, palette
from .draw import document, group, line, path, rect, text
from .gantt import title_of
from .names import LEADING, more
from .names import title as heading
from .rows import MARGIN, Frame
from .scale import scale_for
from .strips import ROW, Row, Stage
from .strips import RULES as STRIPS
from .text import clean, ellipsised, escaped, width_of, wrapped
from .tiers import SIZE, tiers_for

#: So many people are drawn: who is overloaded the most.
MOST = 40
EMPTY = "Nobody is overloaded, neither today nor once levelled."

_TITLE = 62.0
#: Of one strip: the line with the name, the room between its rows, and that below them.
_NAME, _BETWEEN, _BELOW, _SIZE = 24.0, 8.0, 14.0, 12.5
#: A frame has three rows at least: strips are counted in rows of this height.
_GRID = 2.0
_STRIP = _NAME + 2 * ROW + _BETWEEN + _BELOW
_KEY, _SAMPLE = 52.0, 22.0
_COLUMN = (190.0, 320.0)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is drawn: the people (rows) with their workloads before and after and where they are away, on one stage, and
    what is said above."""

    people: list[int]
    loads: tuple[Workload, Workload]
    away: dict[int, list[tuple[float, float]]]
    stage: Stage
    lines: list[str]


def load_svg(proposal: Proposal, *, title: str | None = None) -> str:
    """The people's load before and after as a complete SVG document, 1000 to 2600 pixels wide.

    A strip for each of those who are overloaded today or once levelled (the worst 40), by the day where days can be told
    apart, else by the week or month: the work that is asked of them, what of it is too much, and the hours that there are
    of them. What is too much is so at its minute: two tasks in one morning are, in a day that is long enough for both.
    `title` is drawn above; without it, the project's name is.
    """
    words, shown = title_of(proposal.after.plan, title), _shown(proposal)
    scale, frame = shown.stage.scale, shown.stage.frame
    width, height = scale.right, frame.bottom + _KEY
    upper, lower = tiers_for(scale)
    parts = [
        f"<title>{escaped(words)}</title>",
        f"<style>{palette('.gantt')}{RULES}{STRIPS}</style>",
        rect(0, 0, width, height, "ground"),
        shading(proposal.after, scale, frame),
        path([line(each.left, frame.body, each.left, frame.bottom) for each in upper[1:]], "grid"),
        group([*heading(words, shown.lines[0], width), *more(shown.lines[1:], width)]),
        group(header(upper, lower, scale, frame), "header"),
        *(_strip(shown, place, resource) for place, resource in enumerate(shown.people)),
        group(status(proposal.after, scale, frame)),
        group(_key(shown), "key"),
        "" if shown.people else text(frame.column + 24, frame.body + _STRIP / 2, EMPTY, "quiet", size=13),
    ]
    return document(parts, "gantt load", f"Load of {words}. {proposal.sentence}", width, height)


def _shown(proposal: Proposal) -> _Shown:
    after, today = proposal.after, proposal.today
    loads = Workload.of(today), Workload.of(after)
    excess = np.stack([each.excess for each in loads])
    found = np.flatnonzero((excess > 0).any(axis=0))
    people = found[np.lexsort((found, -excess[0][found]))].tolist()
    names = (clean(after.plan.resources[each].name) for each in people[:MOST])
    widest = max((width_of(each, _SIZE) for each in names), default=0.0) + 2 * MARGIN
    column = round(min(max(widest, _COLUMN[0]), _COLUMN[1]))
    ends = int(today.project_start.min()), int(today.project_finish.max())
    scale = scale_for(after, left=column, earliest=ends[0], latest=ends[1])
    more_people = f" Of {len(people)} the {MOST} worst are shown." if len(people) > MOST else ""
    lines = wrapped(proposal.sentence + more_people, scale.right - 2 * MARGIN, 12)
    rows = max(len(people[:MOST]) * _STRIP, _STRIP) / _GRID
    frame = Frame(round(rows), _TITLE + LEADING * (len(lines) - 1), _GRID, SIZE, column, coarse=True)
    stage = Stage(after.plan, frame, scale, buckets_for(scale))
    away = {each: stage.away(days_away(loads[1], each, scale.origin, scale.end)) for each in people[:MOST]}
    return _Shown(people[:MOST], loads, away, stage, lines)


def _strip(shown: _Shown, place: int, resource: int) -> str:
    """One person: the name, and two rows of bars on one scale."""
    stage, person = shown.stage, shown.stage.plan.resources[resource]
    top = stage.frame.body + place * _STRIP
    before, after = (load_of(each, resource, stage.buckets) for each in shown.loads)
    most = max(before.most, after.most, 1.0)
    first = top + _NAME + ROW
    name = ellipsised(clean(person.name) or "Somebody", stage.frame.column - 2 * MARGIN, _SIZE)
    parts = [
        path([line(0, top, stage.scale.right, top)], "grid") if place else "",
        text(MARGIN, top + 17, name, "name", size=_SIZE),
        group(Row(stage, before, first, most).drawn("Today", shown.away[resource]), "before"),
        group(
            Row(stage, after, first + ROW + _BETWEEN, most).drawn("Levelled", shown.away[resource]), "after"
        ),
    ]
    return group(parts, "strip", data_resource=str(person.uid))


def _key(shown: _Shown) -> Iterator[str]:
    """Samples and their words in one line."""
    if not shown.people:
        return
    x, y = MARGIN, shown.stage.frame.bottom + _KEY - 16
    samples: list[tuple[str, Callable[[float, float], str]]] = [
        (f"Work by the {shown.stage.buckets.unit}", _box("work")),
        ("Too much", _box("over")),
        ("Hours that there are", lambda x, y: path([line(x, y, x + _SAMPLE, y)], "there")),
    ]
    if any(shown.away.values()):
        samples.append(("Away", _box("away")))
    for words, sample in samples:
        yield sample(x, y)
        yield text(x + _SAMPLE + 6, y + 3.8, words, "quiet", size=SIZE)
        x += _SAMPLE + 6 + width_of(words, SIZE) + 14


def _box(class_: str) -> Callable[[float, float], str]:
    return lambda x, y: rect(x, y - 5, _SAMPLE, 10, class_)

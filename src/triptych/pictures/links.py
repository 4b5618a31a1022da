"""Links between bars: routed at right angles, drawn as one line and one path of arrows for each strength."""

from collections.abc import Iterator

from triptych.engine.schedule import Schedule
from triptych.plan import LinkKind

from .draw import group, number, path, polygon
from .rows import Frame, Rows, Shape

_STUB = 6.0
_DROP = 4.0
_ARROW = 4.5

Points = list[tuple[float, float]]


def links(result: Schedule, rows: Rows, frame: Frame) -> Iterator[str]:
    """The links, the faint ones first: others, those that hold a start, those on a critical way. A coarse picture
    has no room for the first."""
    strengths: dict[str, list[Points]] = {"other": [], "driving": [], "longest": []}
    table, critical = result.plan.links, result.critical.tolist()
    columns = (table.pred.tolist(), table.succ.tolist(), table.kind.tolist(), result.driving_links.tolist())
    for pred, succ, kind, drives in zip(*columns, strict=True):
        if Shape.UNDATED in (rows.shape[pred], rows.shape[succ]):
            continue
        word = "other" if not drives else "longest" if critical[pred] and critical[succ] else "driving"
        if not (frame.coarse and word == "other"):
            strengths[word].append(route(LinkKind(kind), pred, succ, rows, frame))
    for word, routes in strengths.items():
        yield group([path(map(_line, routes), "link"), path(map(_arrow, routes), "arrow")], word)


def route(kind: LinkKind, pred: int, succ: int, rows: Rows, frame: Frame) -> Points:
    """The corners of a link's line, from the edge of the predecessor to that of the successor."""
    y1, y2 = rows.middle[pred], rows.middle[succ]
    x1 = rows.right(pred) if kind.from_finish else rows.left(pred)
    x2 = rows.left(succ) if kind.to_start else rows.right(succ)
    if kind.from_finish is not kind.to_start:  # both ends on the same side
        out = max(x1, x2) + _STUB if kind.from_finish else min(x1, x2) - _STUB
        return [(x1, y1), (out, y1), (out, y2), (x2, y2)]
    ahead = 1 if kind.from_finish else -1
    if (x2 - x1) * ahead >= 2 * _STUB:
        turn = x1 + _STUB * ahead
        return [(x1, y1), (turn, y1), (turn, y2), (x2, y2)]
    begins = rows.start[succ] if kind.to_start else rows.finish[succ]
    ends = rows.finish[pred] if kind.from_finish else rows.start[pred]
    if (begins - ends) * ahead >= -1 and y1 != y2:
        return _drop(pred, succ, rows, tip=frame.half, ahead=ahead)
    between = (y1 + y2) / 2 if abs(y2 - y1) <= frame.row_height else _gap_beside(y1, y2, frame)
    out, back = x1 + _STUB * ahead, x2 - _STUB * ahead
    return [(x1, y1), (out, y1), (out, between), (back, between), (back, y2), (x2, y2)]


def _gap_beside(y1: float, y2: float, frame: Frame) -> float:
    """The gap between the successor's row and the next one towards the predecessor."""
    return y2 - frame.row_height / 2 if y2 > y1 else y2 + frame.row_height / 2


def _drop(pred: int, succ: int, rows: Rows, *, tip: float, ahead: int) -> Points:
    """Too tight for an elbow: onto the successor's near corner from above or below."""
    x1 = rows.right(pred) if ahead > 0 else rows.left(pred)
    y1, y2 = rows.middle[pred], rows.middle[succ]
    down = 1 if y2 > y1 else -1
    if rows.shape[succ] is Shape.MILESTONE:
        x = rows.start[succ]
    else:
        left, right = rows.left(succ), rows.right(succ)
        x = min(left + _DROP, (left + right) / 2) if ahead > 0 else max(right - _DROP, (left + right) / 2)
    if (x - x1) * ahead > 0:
        return [(x1, y1), (x, y1), (x, y2 - tip * down)]
    inside = rows.start[pred] if rows.shape[pred] is Shape.MILESTONE else x
    return [(inside, y1 + tip * down), (inside, y2 - tip * down)]


def _line(points: Points) -> str:
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def _arrow(points: Points) -> str:
    (x0, y0), (x, y) = points[-2:]
    if x0 == x:
        back = y - _ARROW if y > y0 else y + _ARROW
        return polygon([(x, y), (x - _ARROW / 1.5, back), (x + _ARROW / 1.5, back)])
    back = x - _ARROW if x > x0 else x + _ARROW
    return polygon([(x, y), (back, y - _ARROW / 1.5), (back, y + _ARROW / 1.5)])

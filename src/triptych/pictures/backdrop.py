"""What lies behind the bars: days of rest, the grid, the header of dates, the status date."""

from collections.abc import Iterator

from triptych.engine.schedule import Schedule
from triptych.plan import moment

from .draw import box, group, line, path, rect, text
from .hours import days_between, idle_spells
from .rows import HEADER, Frame
from .scale import Scale
from .text import width_of
from .tiers import SIZE, Cell, short_day

#: Days of rest are shaded from this many pixels per day on, hours of rest from the second.
_DAY_SEEN, _HOURS_SEEN = 2.5, 200.0
_UPPER = 23.0


def shading(result: Schedule, scale: Scale, frame: Frame) -> str:
    """The days on which nobody works or, where hours are wide, the hours."""
    if scale.per_day < _DAY_SEEN:
        return ""
    span = days_between(scale.origin, scale.end)
    pieces = []
    for start, finish in idle_spells(result.plan, span, by_the_hour=scale.per_day >= _HOURS_SEEN):
        x = max(scale.clock_x(start), scale.left)
        width = min(scale.clock_x(finish), scale.right) - x
        if width > 0:
            pieces.append(box(x, frame.body, width, frame.bottom - frame.body))
    return path(pieces, "idle")


def grid(upper: list[Cell], scale: Scale, frame: Frame) -> str:
    """A faint line under each row and at each boundary of the header's upper tier."""
    across = [
        line(0, frame.body + row * frame.row_height, scale.right, frame.body + row * frame.row_height)
        for row in range(0 if frame.coarse else 1, frame.count + 1, 10 if frame.coarse else 1)
    ]
    down = [line(cell.left, frame.body, cell.left, frame.bottom) for cell in upper[1:]]
    return path(across + down, "grid")


def header(upper: list[Cell], lower: list[Cell], scale: Scale, frame: Frame) -> Iterator[str]:
    """The two tiers of dates above the chart."""
    middle = frame.top + _UPPER
    yield rect(0, frame.top, scale.right, HEADER, "band")
    ticks = [line(cell.left, frame.top + 5, cell.left, middle) for cell in upper[1:]]
    ticks += [line(cell.left, middle + 3, cell.left, frame.body) for cell in lower[1:]]
    yield path(ticks, "tick")
    yield group(_labels(upper, frame.top + 16), "upper")
    yield group(_labels(lower, frame.body - 7), "lower")
    edges = (frame.top, frame.body, frame.bottom)
    yield path([line(0, y, scale.right, y) for y in edges], "grid edge")


def _labels(cells: list[Cell], baseline: float) -> Iterator[str]:
    for cell in cells:
        if cell.label:
            yield text(cell.label_x, baseline, cell.label, size=SIZE, anchor="middle" if cell.centred else "")


def status(result: Schedule, scale: Scale, frame: Frame) -> Iterator[str]:
    """A broken line at the status date of each project that has one in sight, dated at its foot."""
    dates = {each.status_date for each in result.plan.projects if each.status_date is not None}
    for at in sorted(dates):
        if not scale.shows(at):
            continue
        x = scale.clock_x(at)
        yield f'<line class="status" x1="{x:.1f}" x2="{x:.1f}" y1="{frame.body:.1f}" y2="{frame.bottom + 5:.1f}"/>'
        label = f"Status {short_day(moment(at))}"
        room = scale.right - width_of(label, SIZE) / 2 - 4
        yield text(min(x, room), frame.bottom + 17, label, "status-date", size=SIZE, anchor="middle")

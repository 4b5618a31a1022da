"""Where each task stands in the picture: the frame, and every row's shape and ends in pixels."""

import enum
from dataclasses import dataclass

import numpy as np

from triptych.engine.hours import after_work, at_start
from triptych.engine.schedule import Schedule
from triptych.plan import NO_INSTANT
from triptych.plan.tables import I64

from .scale import Scale
from .text import clean, width_of

HEADER = 44.0
MARGIN = 16.0
#: More tasks than this get lower rows; more than the second, only what can be told apart at that height.
MANY, VERY_MANY = 400, 2500
_INDENT = 14.0
_DEEPEST = 8
_NAMES = (150.0, 360.0)
_DURATION = 64.0


class Shape(enum.Enum):
    TASK = "task"
    SUMMARY = "summary"
    MILESTONE = "milestone"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Frame:
    """The fixed measures: `top` is where the header begins, `column` where the names' column ends."""

    count: int
    top: float
    row_height: float
    font: float
    column: float
    coarse: bool

    @property
    def body(self) -> float:
        return self.top + HEADER

    @property
    def bottom(self) -> float:
        return self.body + max(self.count, 3) * self.row_height

    @property
    def half(self) -> float:
        """Half of a bar's height."""
        return round(self.row_height * 0.27 * 2) / 2

    @property
    def name_end(self) -> float:
        return self.column - (MARGIN if self.coarse else _DURATION)

    def middle(self, row: int) -> float:
        return self.body + (row + 0.5) * self.row_height

    def baseline(self, row: int) -> float:
        return self.middle(row) + self.font * 0.36

    def indent(self, level: int) -> float:
        return MARGIN + min(level, _DEEPEST) * _INDENT * self.font / 12


def frame_for(result: Schedule, *, top: float) -> Frame:
    """Row height by the number of tasks, the names' column by the longest of them."""
    plan = result.plan
    count = len(plan)
    height, font = (26.0, 12.0) if count <= MANY else (20.0, 11.0) if count <= VERY_MANY else (12.0, 9.0)
    coarse = count > VERY_MANY
    frame = Frame(count, top, height, font, 0.0, coarse)
    widest = max(
        (
            frame.indent(level) + width_of(clean(name), font)
            for name, level in zip(plan.tasks.name, plan.level.tolist(), strict=True)
        ),
        default=0.0,
    )
    names = min(max(widest + 8, _NAMES[0]), _NAMES[1])
    return Frame(count, top, height, font, round(names + (MARGIN if coarse else _DURATION)), coarse)


@dataclass(frozen=True, slots=True)
class Rows:
    """Row by row: the shape, where it starts and finishes by its dates, and its middle. A milestone's two ends
    are both its date; an undated row's are 0. `pieces` holds the ends of each piece of those that are interrupted."""

    shape: list[Shape]
    start: list[float]
    finish: list[float]
    middle: list[float]
    radius: float
    pieces: dict[int, list[tuple[float, float]]]

    def left(self, row: int) -> float:
        """The left edge of what is drawn."""
        return self.start[row] - (self.radius if self.shape[row] is Shape.MILESTONE else 0)

    def right(self, row: int) -> float:
        """The right edge of what is drawn; nothing is too thin to be seen."""
        if self.shape[row] is Shape.MILESTONE:
            return self.finish[row] + self.radius
        return max(self.finish[row], self.start[row] + (6 if self.shape[row] is Shape.SUMMARY else 2))


def rows_for(result: Schedule, scale: Scale, frame: Frame) -> Rows:
    tasks = result.plan.tasks
    dated = (result.start != NO_INSTANT) & (result.finish != NO_INSTANT)
    summary = result.plan.is_summary
    milestone = ~summary & (tasks.milestone | (result.start == result.finish))
    first = np.where(milestone, result.finish, result.start)
    shapes = np.select([~dated, summary, milestone], [3, 1, 2], 0).tolist()
    kinds = list(Shape)
    return Rows(
        shape=[kinds[each] for each in shapes],
        start=np.where(dated, scale.bar_x(np.where(dated, first, 0)), 0.0).tolist(),
        finish=np.where(dated, scale.bar_x(np.where(dated, result.finish, 0)), 0.0).tolist(),
        middle=[frame.middle(row) for row in range(frame.count)],
        radius=frame.half,
        pieces={
            row: [(float(left), float(right)) for left, right in scale.bar_x(spells(result, row))]
            for row in np.unique(result.plan.splits.task).tolist()
            if shapes[row] == 0
        },
    )


def spells(result: Schedule, row: int) -> I64:
    """From when to when an interrupted task is worked on: a row of two instants for each piece."""
    run, start, finish = result.run, int(result.start[row]), int(result.finish[row])
    gauge, gone, begin = int(run.compiled.gauge[row]), 0, start
    found = []
    for after, gap in result.plan.splits_of(row):
        found.append((begin, after_work(run.hours, gauge, start, after + gone)))
        gone += gap
        begin = at_start(run.hours, gauge, after_work(run.hours, gauge, start, after + gone))
    found.append((begin, finish))
    pieces = np.clip(np.array(found, np.int64), start, finish)
    pieces = pieces[pieces[:, 0] < pieces[:, 1]]
    if len(pieces):
        pieces[-1, 1] = finish  # of running work, what is left may lie later than its interruptions say
    return pieces

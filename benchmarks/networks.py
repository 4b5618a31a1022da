"""Plans of any size for benchmarks, made as columns: a million tasks in a few seconds, the same for the same seed."""

from dataclasses import fields, replace
from datetime import date
from typing import Any, TypeVar

import numpy as np

from triptych.plan import (
    STANDARD_WEEK,
    Calendar,
    CalendarException,
    Constraint,
    Instant,
    Link,
    LinkKind,
    Plan,
    PlanBuilder,
    Project,
    Task,
    parse_instant,
)
from triptych.plan.model import ROUND_THE_CLOCK_WEEK, Shifts
from triptych.plan.quantities import MINUTES_PER_DAY, NO_INSTANT
from triptych.plan.tables import I64, Flags, LinkTable, TaskTable

MONDAY = parse_instant("2026-01-05T08:00")
DAY = 480
WEEK = 7 * MINUTES_PER_DAY
#: Calendar days that a layer takes: 8.5 working days, for the longest of many durations of 1 to 10 days drives.
DAYS_A_LAYER = 12
#: Lanes side by side that make one project of a grouped portfolio, and layers that make one phase of it.
LANES, LAYERS = 12, 4

_Table = TypeVar("_Table", TaskTable, LinkTable)


def _holidays(*shutdown: tuple[int, int]) -> tuple[CalendarException, ...]:
    """New year, a fortnight in August (worked in `shutdown` shifts, if any) and Christmas, for 15 years."""
    found = []
    for year in range(2026, 2041):
        found.append(CalendarException(date(year, 8, 3), date(year, 8, 14), shutdown))
        found.append(CalendarException(date(year, 12, 24), date(year, 12, 26)))
        found.append(CalendarException(date(year + 1, 1, 1), date(year + 1, 1, 1)))
    return tuple(found)


def _week(*shifts: tuple[int, int], days: int = 5) -> tuple[Shifts, ...]:
    return (tuple((first * 60, last * 60) for first, last in shifts),) * days + ((),) * (7 - days)


CALENDARS = (
    Calendar(1, "Standard", STANDARD_WEEK, _holidays()),
    Calendar(2, "Early shift", _week((6, 10), (11, 15)), _holidays()),
    Calendar(3, "Two shifts", _week((6, 14), (14, 22)), _holidays()),
    Calendar(4, "Round the clock", ROUND_THE_CLOCK_WEEK),
    Calendar(5, "Six days", _week((8, 12), (13, 17), days=6), _holidays((480, 720))),
    Calendar(6, "Four long days", _week((7, 12), (13, 18), days=4), _holidays()),
    Calendar(7, "Nights", _week((0, 6), (22, 24)), _holidays()),
    Calendar(8, "Every day", _week((9, 12), (13, 18), days=7), _holidays((780, 1020))),
)


def layered(
    tasks: int, *, links_per_task: int = 2, seed: int = 1, grouped: bool = False, dialect: str = "msproject"
) -> Plan:
    """A portfolio: tasks in layers, linked mostly with neighbours in the layer before; rows in random order.

    A million tasks last about six years, in 200 layers. Durations are 1 to 10 days, one in twenty is a milestone;
    two tasks in five have one of seven calendars beside the project's; one link in ten is SS, FF or SF with a lag
    or lead; 3 % start no earlier than, 1 % finish no later than a date, 3 % have a deadline; the first 3 % of the
    layers are finished and the next is half started at the status date. With `grouped` the tasks stand below
    phases and projects, which come in addition and change no date.
    """
    rng = np.random.default_rng(seed)
    layers = max(4, round(2 * tasks ** (1 / 3)))
    layer = np.arange(tasks) * layers // tasks
    first = np.searchsorted(layer, np.arange(layers + 1))
    columns = _work(rng, layer)
    columns |= _progress(rng, layer, columns)
    links = _links(rng, *_neighbours(rng, layer, first, links_per_task))
    row, parent = _outline(rng, layer, first) if grouped else (rng.permutation(tasks), None)
    project = replace(PROJECT, dialect=dialect, status_date=_status_date(layers))
    size = tasks if parent is None else len(parent)
    table = _repeated(_blank().tasks, size, uid=np.arange(1, size + 1))
    scattered = {name: _scattered(getattr(table, name), row, values) for name, values in columns.items()}
    table = table.with_columns(**scattered, **({} if parent is None else {"parent": parent}))
    return Plan((project,), table, _by_row(links, row), CALENDARS)


def chain(tasks: int) -> Plan:
    """Tasks one after another; short ones, where there are many, so that they end within the century."""
    row = np.arange(tasks)
    duration = np.full(tasks, max(1, min(DAY, 10_000 * DAY // tasks)))
    return _simple(duration, row[:-1], row[1:])


def plain(tasks: int, *, seed: int = 1) -> Plan:
    """Tasks of 1 to 10 days on one calendar, each after two of the 200 before it (finish to start, no lag)."""
    rng = np.random.default_rng(seed)
    succ = np.repeat(np.arange(tasks), 2)
    pred = succ - 1 - rng.integers(0, 200, len(succ))
    kept = pred >= 0
    return _simple(rng.integers(1, 11, tasks) * DAY, pred[kept], succ[kept])


def merge(ways: int) -> Plan:
    """Tasks of 1 to 10 days side by side, and a last one that follows them all."""
    row = np.arange(ways + 1)
    return _simple((row % 10 + 1) * DAY, row[:-1], np.full(ways, ways))


def _simple(duration: I64, pred: I64, succ: I64) -> Plan:
    tasks = _repeated(_blank().tasks, len(duration), uid=np.arange(1, len(duration) + 1), duration=duration)
    return Plan((PROJECT,), tasks, _repeated(_blank().links, len(pred), pred=pred, succ=succ), CALENDARS)


PROJECT = Project(1, "Benchmark", MONDAY, calendar=1, dialect="msproject")


def _blank() -> Plan:
    """Two tasks and a link with nothing stated: whatever columns there are, these hold their defaults."""
    return PlanBuilder([PROJECT], [Task(uid=1), Task(uid=2)], [Link(1, 2)], list(CALENDARS)).build()[0]


def _repeated(table: _Table, rows: int, **columns: I64) -> _Table:
    """A table of `rows` rows, each like the first of `table`, but for `columns`."""
    found: dict[str, Any] = {}
    for field in fields(table):
        old = getattr(table, field.name)
        if field.name in columns:
            found[field.name] = columns[field.name].astype(old.dtype)
        else:
            found[field.name] = old[:1] * rows if isinstance(old, tuple) else np.repeat(old[:1], rows)
    return type(table)(**found)


def _scattered(old: Any, row: I64, values: I64) -> Any:
    new = old.copy()
    new[row] = values
    return new


def _work(rng: np.random.Generator, layer: I64) -> dict[str, I64]:
    """Durations, calendars, constraints and deadlines by place, that is by topological number."""
    tasks = len(layer)
    milestone = rng.random(tasks) < 0.05
    about = MONDAY + layer * DAYS_A_LAYER * MINUTES_PER_DAY
    kind, dated = rng.random(tasks), rng.random(tasks)
    constraint = np.select([kind < 0.03, kind < 0.04], [Constraint.SNET, Constraint.FNLT], Constraint.ASAP)
    wanted = np.where(
        kind < 0.03, about + _days(rng, tasks, -60, 0), about + 540 + _days(rng, tasks, 60, 240)
    )
    return {
        "milestone": milestone,
        "duration": np.where(milestone, 0, rng.integers(1, 11, tasks) * DAY),
        "calendar": np.where(rng.random(tasks) < 0.6, -1, rng.integers(1, len(CALENDARS), tasks)),
        "constraint": constraint,
        "constraint_date": np.where(kind < 0.04, np.maximum(wanted, MONDAY), NO_INSTANT),
        "deadline": np.where(dated < 0.03, about + 540 + _days(rng, tasks, -45, 120), NO_INSTANT),
    }


def _days(rng: np.random.Generator, count: int, first: int, last: int) -> I64:
    return rng.integers(first, last, count) * MINUTES_PER_DAY


def _finished_layers(layers: int) -> int:
    return max(1, round(0.03 * layers))


def _status_date(layers: int) -> Instant:
    """The evening of the Wednesday on which the layer after the finished ones is under way."""
    return Instant(MONDAY + 2 * _finished_layers(layers) * WEEK + 2 * MINUTES_PER_DAY + 540)


def _progress(rng: np.random.Generator, layer: I64, work: dict[str, I64]) -> dict[str, I64]:
    """Actual dates: each layer began on a Monday, a fortnight after the one before, in standard hours."""
    done_layers = _finished_layers(int(layer[-1]) + 1)
    days = work["duration"] // DAY
    began = MONDAY + 2 * layer * WEEK
    lasted = np.where(days == 0, 0, (days - 1) // 5 * WEEK + (days - 1) % 5 * MINUTES_PER_DAY + 540)
    started = (layer < done_layers) | ((layer == done_layers) & (rng.random(len(layer)) < 0.5))
    finished: Flags = started & ((layer < done_layers) | (days <= 3))
    running = started & ~finished
    percent = np.where(running, np.rint(300 / np.maximum(days, 1)), np.where(finished, 100, 0))
    return {
        "calendar": np.where(started, -1, work["calendar"]),
        "constraint": np.where(started, Constraint.ASAP, work["constraint"]),
        "constraint_date": np.where(started, NO_INSTANT, work["constraint_date"]),
        "actual_start": np.where(started, began, NO_INSTANT),
        "actual_finish": np.where(finished, began + lasted, NO_INSTANT),
        "percent_complete": percent.astype(np.int64),
        "remaining": np.where(running, (days - 3) * DAY, np.where(finished, 0, -1)),
    }


def _neighbours(rng: np.random.Generator, layer: I64, first: I64, links_per_task: int) -> tuple[I64, I64]:
    """The ends of the links by place: mostly one layer back and a few lanes aside, one in twenty anywhere there."""
    tasks = len(layer)
    count = np.where(layer == 0, 0, rng.integers(1, 2 * links_per_task, tasks))
    succ = np.repeat(np.arange(tasks), count)
    back = layer[succ] - np.minimum(rng.geometric(0.8, len(succ)), layer[succ])
    width = first[back + 1] - first[back]
    aside = np.rint(rng.normal(0, 4, len(succ))).astype(np.int64)
    aside = np.where(rng.random(len(succ)) < 0.05, rng.integers(0, tasks, len(succ)), aside)
    pred = first[back] + (succ - first[layer[succ]] + aside) % width
    both = np.unique(pred * tasks + succ)
    return both // tasks, both % tasks


def _links(rng: np.random.Generator, pred: I64, succ: I64) -> LinkTable:
    """The links by place; one in ten has another kind than finish to start, and a lag or lead."""
    kinds = np.array([LinkKind.FS, LinkKind.SS, LinkKind.FF, LinkKind.SF])
    kind = rng.choice(kinds, len(pred), p=[0.9, 0.05, 0.04, 0.01])
    lag = np.where(kind == LinkKind.FS, 0, rng.integers(-2, 7, len(pred)) * DAY // 2)
    return _repeated(_blank().links, len(pred), pred=pred, succ=succ, kind=kind, lag=lag)


def _by_row(links: LinkTable, row: I64) -> LinkTable:
    """The links between rows instead of places, in the order in which the builder leaves them."""
    pred, succ = row[links.pred].astype(np.int32), row[links.succ].astype(np.int32)
    order = np.lexsort((succ, pred))
    moved = links.with_columns(pred=pred, succ=succ)
    return moved.with_columns(**{each.name: getattr(moved, each.name)[order] for each in fields(moved)})


def _outline(rng: np.random.Generator, layer: I64, first: I64) -> tuple[I64, I64]:
    """The row of each task by place, and the parent of each row: projects of some lanes, phases of some layers.

    Phases are in random order within their project, and tasks within their phase.
    """
    lane = np.arange(len(layer)) - first[layer]
    project, phase = lane // LANES, layer // LAYERS
    group = project * (int(phase[-1]) + 1) + phase
    shuffled = rng.permutation(int(group.max()) + 1)[group]
    order = np.lexsort((rng.random(len(layer)), shuffled, project))
    opens_project = np.diff(project[order], prepend=-1) != 0
    opens_phase = np.diff(shuffled[order], prepend=-1) != 0
    task_row = np.arange(len(layer)) + np.cumsum(opens_project) + np.cumsum(opens_phase)
    parent = np.full(task_row[-1] + 1, -1, np.int32)
    phase_row = np.maximum.accumulate(np.where(opens_phase, task_row - 1, 0))
    project_row = np.maximum.accumulate(np.where(opens_project, task_row - 2, 0))
    parent[task_row], parent[phase_row] = phase_row, project_row
    row = np.empty(len(layer), np.int64)
    row[order] = task_row
    return row, parent

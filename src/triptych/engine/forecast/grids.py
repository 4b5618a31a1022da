"""Rows of hours as grids; see `engine.grid`."""

import numpy as np

from triptych.engine.columns import OpenHours
from triptych.engine.grid import GRID, MAGIC, Grid
from triptych.plan.quantities import MINUTES_PER_DAY
from triptych.plan.tables import I32

#: Steps that one row may have: six minutes apart over fifty years.
MOST_STEPS = 5_000_000


def lay_grids(hours: OpenHours) -> Grid:
    """The grid of every row. A row whose hours are spelled too finely for its length has none: it is searched
    instead."""
    base = hours.first_day * MINUTES_PER_DAY
    rows = np.zeros(len(hours.row), GRID)
    worked, opens = [], []
    first = opened = 0
    for number, row in enumerate(hours.row):
        part = hours.interval[row["first"] : row["end"]]
        step = int(np.gcd.reduce(np.concatenate([part["opens"], part["closes"], [MINUTES_PER_DAY]])))
        steps = hours.days * MINUTES_PER_DAY // step
        if steps > MOST_STEPS:
            continue
        is_open = _open_steps((part["opens"] - base) // step, (part["closes"] - base) // step, steps)
        at = np.flatnonzero(is_open)
        rows[number] = (-(-(1 << MAGIC) // step), step, first, steps, opened, len(at))
        worked.append(np.concatenate([[0], np.cumsum(is_open)]) * step)
        opens.append(base + at * step)
        first, opened = first + steps + 1, opened + len(at)
    return Grid(rows, _joined(worked), _joined(opens), base)


def _open_steps(opens: I32, closes: I32, steps: int) -> I32:
    """1 for every step that is open."""
    change = np.zeros(steps + 1, np.int32)
    np.add.at(change, opens, 1)
    np.add.at(change, closes, -1)
    found: I32 = np.cumsum(change[:-1], dtype=np.int32)
    return found


def _joined(parts: "list[np.ndarray[tuple[int], np.dtype[np.int64]]]") -> I32:
    return np.concatenate([*parts, np.zeros(1, np.int64)]).astype(np.int32)

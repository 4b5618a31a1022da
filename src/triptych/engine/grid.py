"""Between minutes worked and instants, for many lanes at once. See `early` for the style.

A *grid* is a row of hours cut into steps so short that each is open or closed as a whole. Then both ways are one look-up and
no search.
"""

from typing import Any, NamedTuple

import numpy as np

from .columns import Network
from .hours import holding, lagged, worked_at

#: A row's grid: minutes a step (0: too fine to be kept), what to multiply by and shift by MAGIC to divide by them, where the
#: row's steps begin in `Grid.worked` and how many there are, and the same of its open steps in `Grid.opens`.
GRID = np.dtype(
    [("magic", np.int64)] + [(name, np.int32) for name in ("step", "first", "steps", "open", "opens")],
    align=True,
)
MAGIC = 40


class Grid(NamedTuple):
    """Every row of hours as steps: `worked` minutes before each step from instant `base` on, and the instant at which each
    open one `opens`."""

    row: Any
    worked: Any
    opens: Any
    base: int


def add_lag(net: Network, grid: Grid, row: int, lag: int, found: Any, out: Any) -> None:
    """Instants and then a lag, in working minutes of a row; see `hours.lagged`."""
    if row < 0 or lag == 0:
        for lane in range(len(out)):
            out[lane] = found[lane] + lag
    elif grid.row[row].step > 0:
        to_worked(net, grid, row, found, lag, out)
        to_instants(net, grid, row, out, 1 if lag > 0 else 0, out)
    else:
        for lane in range(len(out)):
            out[lane] = lagged(net.open, row, found[lane], lag)


def to_worked(net: Network, grid: Grid, row: int, found: Any, more: int, out: Any) -> None:
    """Working minutes of a row up to instants, and so many more."""
    here, base = grid.row[row], np.int32(grid.base)
    step, magic, first, most = here.step, here.magic, here.first, here.steps - 1
    if step == 0:
        for lane in range(len(out)):
            out[lane] = worked_at(net.open, row, found[lane]) + more
        return
    for lane in range(len(out)):
        since = np.int32(found[lane] - base)
        since = since if since > 0 else np.int32(0)
        at = np.int32((np.int64(since) * magic) >> MAGIC)
        at = at if at < most else most
        before = grid.worked[first + at]
        whole = np.int32(grid.worked[first + at + 1] - before)
        part = np.int32(since - np.int32(at * step))
        out[lane] = before + (part if part < whole else whole) + more


def to_instants(net: Network, grid: Grid, row: int, found: Any, closing: int, out: Any) -> None:
    """The instants at which so many minutes of a row are worked: where the next one begins or, `closing`, where the last
    one ended."""
    here = grid.row[row]
    step, magic, first, most = here.step, here.magic, here.open, here.opens - 1
    if step == 0:
        for lane in range(len(out)):
            interval = net.open.interval[holding(net.open, row, found[lane] - closing)]
            out[lane] = interval.opens + found[lane] - interval.before
        return
    for lane in range(len(out)):
        worked = np.int32(found[lane] - closing)
        worked = worked if worked > 0 else np.int32(0)
        at = np.int32((np.int64(worked) * magic) >> MAGIC)
        at = at if at < most else most
        out[lane] = grid.opens[first + at] + np.int32(worked - np.int32(at * step)) + closing

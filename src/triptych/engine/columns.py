"""The columns that the passes run over, and the numbers that stand in them for something else."""

from typing import Any, NamedTuple

NONE = -(2**61)  # no instant; smaller than any
FAR = 2**61  # later than any instant

FS, SS, FF, SF = 0, 1, 2, 3

# What holds a start where no link does; see `Reason`.
BY_PROJECT_START = -1
BY_CONSTRAINT = -2
BY_ACTUAL = -3
BY_TYPED = -4
BY_STATUS_DATE = -5


class OpenHours(NamedTuple):
    """Rows of working time one after another: row `r` has the open intervals `ptr[r]` to `ptr[r + 1]`, each with
    the working minutes `before` it in its row."""

    opens: Any
    closes: Any
    before: Any
    ptr: Any


class Network(NamedTuple):
    """A plan compiled for the passes. Columns by node, then edges by successor, then working hours.

    `hours_ptr[n]..hours_ptr[n+1]` are the rows of working hours (of each person, or the task's own) that node `n`
    runs on: it starts when the first can, and has finished when the last has. `gauge[n]` is the row on which its
    float is measured.
    """

    duration: Any
    remaining: Any
    floor: Any  # no earlier start than this; NONE without
    floor_reason: Any
    finish_floor: Any
    start_cap: Any  # forward: start at this even against logic
    finish_cap: Any
    pinned_start: Any  # forward and backward: exactly here
    pinned_finish: Any
    fixed_start: Any  # history or typed by hand: no logic at all
    fixed_finish: Any
    fixed_reason: Any
    resume: Any
    raw: Any  # 1: a point in time, not moved to a shift's start
    earliest: Any  # 1: takes the least of its edges, not the greatest (links from a summary's start)
    delay: Any  # elapsed minutes after logic
    late_start_cap: Any
    late_finish_cap: Any
    complete: Any
    started: Any
    as_late: Any  # 1: as late as possible
    project: Any
    gauge: Any
    hours_ptr: Any
    hours: Any
    pred_ptr: Any  # edges by successor
    pred_node: Any
    kind: Any
    lag: Any
    lag_hours: Any
    succ_ptr: Any  # the same edges by predecessor: succ_edge indexes the above, edge_succ its successor
    succ_edge: Any
    edge_succ: Any
    open: OpenHours

"""The columns that the passes run over, and the numbers that stand in them for something else.

Everything is 32 bits wide: minutes reach two thousand years either way, and memory is what a pass over a million
tasks waits for. Attributes that few tasks have (bounds, facts, progress) stand in a table of their own, which a
node's `special` points to.
"""

from typing import Any, Final, NamedTuple

NONE: Final = -(2**30)  # no instant; smaller than any
FAR: Final = 2**30  # later than any instant

FS, SS, FF, SF = 0, 1, 2, 3

# What holds a start where no link does; see `explain.Reason`.
BY_PROJECT_START: Final = -1
BY_CONSTRAINT: Final = -2
BY_ACTUAL: Final = -3
BY_TYPED: Final = -4
BY_STATUS_DATE: Final = -5
BY_LINKS: Final = -6  # a hammock: it spans what its links tie it to

#: Row of the hours that never close; helper nodes of summaries and elapsed durations run on it.
ROUND_THE_CLOCK: Final = 0

# Which float is the total float, in `Settings.basis`.
OF_SMALLER, OF_START, OF_FINISH = 0, 1, 2


class OpenHours(NamedTuple):
    """Rows of working time one after another: row `r` has the open intervals `ptr[r]` to `ptr[r + 1]`, each with
    the working minutes `before` it in its row.

    Two indexes make every question a look-up instead of a search. `day[r * days + d]` is the first interval that
    closes after the midnight with which day `first_day + d` begins. `reach[reach_ptr[r] + (w >> shift[r])]` is the
    last interval with at most that many working minutes before it, `w` with its low bits cleared.
    """

    opens: Any
    closes: Any
    before: Any
    ptr: Any
    day: Any
    reach: Any
    reach_ptr: Any
    shift: Any
    first_day: int
    days: int


class Settings(NamedTuple):
    """What a project says about all its tasks, by row of the plan's projects."""

    floor: Any  # no start before this
    reason: Any  # and why: its start, or its status date
    frees_linked: Any  # 1: the floor does not hold a task that a link leads to
    open_ends: Any  # 1: each open end has its own late finish
    basis: Any  # OF_SMALLER, OF_START or OF_FINISH


class Special(NamedTuple):
    """What only some nodes have; see `Network.special`."""

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
    remaining: Any
    resume: Any
    retained: Any  # 1: what remains of a started node waits for its predecessors
    unbinding: Any  # 1: once started, it asks nothing of its predecessors
    earliest: Any  # 1: takes the least of its edges, not the greatest (links from a summary's start)
    delay: Any  # elapsed minutes after logic
    late_start_cap: Any
    late_finish_cap: Any
    complete: Any
    started: Any
    as_late: Any  # 1: as late as the late dates allow; 2: as late as no successor minds
    wanted: Any  # filled by the forward pass: the start that logic alone would give


class Network(NamedTuple):
    """A plan compiled for the passes. Nodes are numbered in topological order; an edge stands twice, by successor
    and by predecessor.

    `row[n]` is the row of working hours that node `n` runs on. Where several people with different hours work on
    it, `row[n]` is -1 less the number of its crew: it starts when the first of `crew[crew_ptr[c]..crew_ptr[c + 1]]`
    can and has finished when the last has, and its float is measured on `crew_gauge[c]`. `how` of an edge is four
    times the row of its lag (0: none) plus its kind.
    """

    duration: Any  # working minutes, interruptions included
    row: Any
    project: Any
    special: Any  # row of Special, or -1
    pred_ptr: Any
    pred_node: Any
    pred_how: Any
    succ_ptr: Any
    succ_node: Any
    succ_how: Any
    lag: Any
    lag_row: Any  # -1 counts round the clock
    crew_ptr: Any
    crew: Any
    crew_gauge: Any
    settings: Settings
    bounds: Special
    open: OpenHours


def as_lists(value: Any) -> Any:
    """The same columns as lists, which the interpreter reads three times faster than arrays."""
    if isinstance(value, tuple):
        return type(value)._make(as_lists(each) for each in value)  # type: ignore[attr-defined]
    return value.tolist() if hasattr(value, "tolist") else value

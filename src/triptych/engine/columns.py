"""The records that the passes run over, and the numbers that stand in them for something else.

Everything is 32 bits wide: minutes reach two thousand years either way, and memory is what a pass over a million
tasks waits for. What is read together stands together, one record a node; attributes that few tasks have (bounds,
facts, progress) stand in a table of their own, which a node's `special` points to. Compiled, a table is an array of
records; interpreted, a list of objects with the same names (see `as_objects`).
"""

from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np

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


def record(names: str) -> np.dtype[np.void]:
    """A record of 32-bit numbers of these names."""
    return np.dtype([(name, np.int32) for name in names.split()], align=True)


#: `row` is the row of hours of the node, or -1 less its crew's number, `gauge` the row on which its float is measured:
#: that of its own or its project's calendar, whoever works on it; `special` its place in BOUNDS, or -1; `pred`
#: and `succ` its first edge by successor and by predecessor. One more record ends the last node's edges.
NODE = record("duration row gauge project special pred succ")
#: `node` is the other end. `how` is eight times the number of the edge's lag (0: none), plus four if the other end is
#: special (its record need not be looked at otherwise), plus the edge's kind.
EDGE = record("node how")
#: `row` -1 counts round the clock.
LAG = record("minutes row")
#: Where a crew's `member`s begin. One more record ends the last crew.
CREW = record("first")
#: What a node gets. `driver` is the edge by successor that holds its start, or a BY_… reason; `worked`, of a node
#: without bounds that one row of hours dates, that row's working minutes up to its early finish.
DATES = record("early_start early_finish late_start late_finish total_float free_float driver worked")
#: What a project says about all its tasks: no start before `floor`, and why; whether that `frees_linked` tasks;
#: whether each open end has its own late finish, or the project's `horizon`; which float is the total float; whether
#: late dates of milestones are `spelled` at a shift's end, as finishes are; whether it `forgives` a pinned task that
#: logic would have later, whose float then shows nothing of it; whether
#: the early and late dates of running work are those of what remains (`restarts`).
SETTINGS = record("floor reason frees_linked open_ends basis spelled forgives restarts horizon")
#: What only some nodes have. No earlier start than `floor`; caps start a node against logic, pins do exactly there (`capped`:
#: it has one of the four);
#: fixed dates are history or typed, without logic; `retained`: what remains waits for its predecessors;
#: `unbinding`: once started it asks nothing of them; `earliest`, `closing`: takes the least, the
#: greatest of its edges, for a summary; `opening`: a milestone that stands at a shift's
#: beginning; `delay`: elapsed
#: minutes after logic; `as_late` 1: as late dates allow, 2: as no successor minds; `wanted` is filled by the pass:
#: the start that logic alone would give.
BOUNDS = record(
    "floor floor_reason finish_floor capped start_cap finish_cap pinned_start pinned_finish fixed_start fixed_finish "
    "fixed_reason remaining resume retained unbinding earliest closing opening delay late_start_cap late_finish_cap complete started "
    "as_late wanted"
)
#: Working time without a break, and the working minutes of its row `before` it.
INTERVAL = record("opens closes before")
#: Where a row's intervals begin and end, where its part of `reach` does, and its `shift`.
HOURS = record("first end reach reach_end shift")


class OpenHours(NamedTuple):
    """Rows of working time. Two indexes make every question a look-up instead of a search: `day[r * days + d]` is the
    first interval that closes after the midnight with which day `first_day + d` begins; `reach[row.reach + (w >>
    row.shift)]` is the last interval with at most that many working minutes before it, `w` with its low bits
    cleared."""

    interval: Any
    row: Any
    day: Any
    reach: Any
    first_day: int
    days: int


class Network(NamedTuple):
    """A plan compiled for the passes. Nodes are numbered in topological order; an edge stands twice, in `pred` by
    successor and in `succ` by predecessor. Where several people with different hours work on a node, it starts when
    the first of its crew can and has finished when the last has."""

    node: Any
    pred: Any
    succ: Any
    lag: Any
    crew: Any
    member: Any
    settings: Any
    bounds: Any
    dates: Any
    open: OpenHours


def table(kind: np.dtype[np.void], size: int, **columns: Any) -> np.ndarray[tuple[int], np.dtype[np.void]]:
    """A table of records; columns that are not given are nil."""
    made = np.zeros(size, kind)
    for name, values in columns.items():
        made[name] = values
    return made


@cache
def _row_class(names: tuple[str, ...]) -> type:
    """A class of objects with these attributes, made from their values in order."""
    arguments = ", ".join(names)
    body = {"__slots__": names}
    code = f"def __init__(self, {arguments}): " + "; ".join(f"self.{name} = {name}" for name in names)
    exec(code, {}, body)  # noqa: S102 - names are those of the records above
    return type("Row", (), body)


def as_objects(value: Any) -> Any:
    """The same tables as lists, of objects where they hold records: the interpreter reads those ten times faster
    than arrays."""
    if isinstance(value, tuple):
        return type(value)._make(as_objects(each) for each in value)  # type: ignore[attr-defined]
    if not isinstance(value, np.ndarray):
        return value
    if value.dtype.names is None:
        return value.tolist()
    make = _row_class(value.dtype.names)
    return [make(*each) for each in value.tolist()]


def column(rows: Any, name: str) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """One column of a table, however it is kept."""
    if isinstance(rows, list):
        return np.array([getattr(each, name) for each in rows], np.int32)
    found: np.ndarray[tuple[int], np.dtype[np.int32]] = rows[name]
    return found


def put(rows: Any, at: int, name: str, value: int) -> None:
    """Set one value of a table, however it is kept."""
    if isinstance(rows, list):
        setattr(rows[at], name, value)
    else:
        rows[name][at] = value


def picked(
    rows: Any, at: np.ndarray[tuple[int], np.dtype[Any]], name: str
) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """Some values of one column of a table, however it is kept."""
    if isinstance(rows, list):
        return np.array([getattr(rows[each], name) for each in at.tolist()], np.int32)
    found: np.ndarray[tuple[int], np.dtype[np.int32]] = rows[name][at]
    return found

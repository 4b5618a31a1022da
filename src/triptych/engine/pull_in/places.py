"""Places on the ways to a target: ends of the network's nodes, and those that give a task its finish."""

from collections.abc import Iterator

import numpy as np

from triptych.engine.columns import NONE
from triptych.engine.schedule import Schedule
from triptych.plan import LinkKind
from triptych.plan.tables import I64, Flags

#: Three numbers a node, one an end; links and others come after.
Place = int
SOURCE: Place = -1
TARGET: Place = -2
#: The ends of a node: when it could start but for leave, when it starts, when it finishes.
ARRIVAL, START, FINISH = 0, 1, 2


def ends_of(found: Schedule, row: int) -> list[Place]:
    """The places that give a task its finish: its own; those of the last below a summary; those that a hammock spans."""
    plan = found.plan
    if plan.is_summary[row]:
        below = np.flatnonzero((plan.tasks.parent == row) & plan.tasks.active)
        return _last_of(found, below[~_spanning(found)[below]]) or _last_of(found, below) or [SOURCE]
    own = [_place(found, row, FINISH)]
    if not plan.tasks.hammock[row]:
        return own
    tied = [*_tied(found, row)]
    if not tied:
        beside = (plan.tasks.parent == plan.tasks.parent[row]) & plan.tasks.active & ~plan.tasks.hammock
        return _last_of(found, np.flatnonzero(beside)) or own
    last = max(date for date, _ in tied)
    return [place for date, place in tied if date == last] if len(tied) > 1 else own


def _place(found: Schedule, row: int, end: int) -> Place:
    return 3 * int(found.run.compiled.node[row]) + end


def _last_of(found: Schedule, rows: I64) -> list[Place]:
    last = rows[found.finish[rows] == found.finish[rows].max(initial=NONE)]
    return [place for each in last.tolist() for place in ends_of(found, each)]


def _spanning(found: Schedule) -> Flags:
    """Hammocks without links: they span what is beside them, and add nothing to their summary."""
    plan = found.plan
    free = plan.tasks.hammock & ~plan.is_summary
    free[plan.links.pred] = free[plan.links.succ] = False
    return free


def _tied(found: Schedule, row: int) -> Iterator[tuple[int, Place]]:
    """The ends of tasks that links tie a hammock to, with their dates; lags count for nothing here."""
    plan, links = found.plan, found.plan.links
    for link in np.flatnonzero((links.pred == row) | (links.succ == row)).tolist():
        inward, kind = links.succ[link] == row, LinkKind(int(links.kind[link]))
        other = int((links.pred if inward else links.succ)[link])
        if plan.is_summary[other] or plan.tasks.hammock[other]:
            continue
        finish = kind.from_finish if inward else not kind.to_start
        date = int((found.finish if finish else found.start)[other])
        yield date, _place(found, other, FINISH if finish else START)

"""The columns of a network while a dialect fills them in, by node, before they are numbered in order."""

from dataclasses import dataclass, fields

import numpy as np

from triptych.plan.tables import I64

from .columns import BY_PROJECT_START, NONE


def _none(size: int) -> I64:
    return np.full(size, NONE, np.int64)


def _zero(size: int) -> I64:
    return np.zeros(size, np.int64)


@dataclass(slots=True)
class Draft:
    """What a dialect decides about nodes. The meaning of each column stands at `columns.Network`."""

    duration: I64
    remaining: I64
    floor: I64
    floor_reason: I64
    finish_floor: I64
    start_cap: I64
    finish_cap: I64
    pinned_start: I64
    pinned_finish: I64
    fixed_start: I64
    fixed_finish: I64
    fixed_reason: I64
    resume: I64
    raw: I64
    earliest: I64
    delay: I64
    late_start_cap: I64
    late_finish_cap: I64
    complete: I64
    started: I64
    as_late: I64
    project: I64
    gauge: I64

    @classmethod
    def empty(cls, size: int) -> "Draft":
        """All nodes unbound: no dates, no duration."""
        undated = {
            "floor", "finish_floor", "start_cap", "finish_cap", "pinned_start", "pinned_finish", "fixed_start",
            "fixed_finish", "resume", "late_start_cap", "late_finish_cap",
        }  # fmt: skip
        draft = cls(*(_none(size) if f.name in undated else _zero(size) for f in fields(cls)))
        draft.floor_reason[:] = BY_PROJECT_START
        return draft

    def raise_floor(self, nodes: I64, dates: I64, reason: int) -> None:
        """No earlier start than `dates`, where that is later than the floor so far."""
        later = dates > self.floor[nodes]
        self.floor[nodes[later]] = dates[later]
        self.floor_reason[nodes[later]] = reason

    def lower_late_finish(self, nodes: I64, dates: I64) -> None:
        """No later late finish than `dates`."""
        old = self.late_finish_cap[nodes]
        self.late_finish_cap[nodes] = np.where(old == NONE, dates, np.minimum(old, dates))

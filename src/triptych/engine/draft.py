"""The bounds of a network's special nodes while a dialect fills them in; see `columns.BOUNDS` for their meaning."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from triptych.plan.tables import I64

from .columns import BOUNDS, FAR, NONE, table


def _none(size: int) -> I64:
    return np.full(size, NONE, np.int64)


def _zero(size: int) -> I64:
    return np.zeros(size, np.int64)


def as_instants(values: I64) -> I64:
    """Instants of the plan as the passes spell them: NO_INSTANT, and whatever is smaller than any, is NONE."""
    return np.clip(values, NONE, FAR - 1)


@dataclass(slots=True)
class Draft:
    """What a dialect decides about special nodes, each a place in these columns; `duration` and `project` are
    there to be read."""

    duration: I64
    project: I64
    floor: I64
    floor_reason: I64
    finish_floor: I64
    capped: I64
    start_cap: I64
    finish_cap: I64
    pinned_start: I64
    pinned_finish: I64
    fixed_start: I64
    fixed_finish: I64
    fixed_reason: I64
    remaining: I64
    resume: I64
    retained: I64
    unbinding: I64
    earliest: I64
    closing: I64
    opening: I64
    delay: I64
    late_start_cap: I64
    late_finish_cap: I64
    complete: I64
    started: I64
    as_late: I64
    wanted: I64

    @classmethod
    def empty(cls, size: int) -> "Draft":
        """All unbound: no dates, no duration."""
        undated = {
            "floor", "finish_floor", "start_cap", "finish_cap", "pinned_start", "pinned_finish", "fixed_start",
            "fixed_finish", "resume", "late_start_cap", "late_finish_cap", "wanted",
        }  # fmt: skip
        return cls(*(_none(size) if f.name in undated else _zero(size) for f in fields(cls)))

    def raise_floor(self, places: I64, dates: I64, reason: int) -> None:
        """No earlier start than `dates`, where that is later than the floor so far."""
        later = dates > self.floor[places]
        self.floor[places[later]] = dates[later]
        self.floor_reason[places[later]] = reason

    def raise_finish_floor(self, places: I64, dates: I64) -> None:
        """No earlier finish than `dates`."""
        self.finish_floor[places] = np.maximum(self.finish_floor[places], dates)

    def lower(self, column: I64, places: I64, dates: I64) -> None:
        """No later than `dates`, in one of the columns of caps."""
        old = column[places]
        column[places] = np.where(old == NONE, dates, np.minimum(old, dates))

    def bounds(self) -> NDArray[np.void]:
        """As the passes read them."""
        caps = (self.start_cap, self.finish_cap, self.pinned_start, self.pinned_finish)
        self.capped[:] = np.any([each > NONE for each in caps], axis=0)
        columns = {name: np.clip(getattr(self, name), NONE, FAR) for name in BOUNDS.names or ()}
        return table(BOUNDS, len(self.floor), **columns)

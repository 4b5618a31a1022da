"""How far a schedule agrees with the dates that another application saved."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .hours import slack_on
from .schedule import Schedule

#: Two instants are the same date if at most this much working time lies between them.
TOLERANCE_MINUTES = 1


@dataclass(frozen=True, slots=True)
class Agreement:
    """Counts by column: how many saved values there were, and how many of ours equal them; `misses` holds
    (task uid, column, saved, ours)."""

    compared: dict[str, int]
    equal: dict[str, int]
    misses: tuple[tuple[int, str, int, int], ...]


def agreement(
    result: Schedule,
    saved: Mapping[int, Mapping[str, int]],
    columns: tuple[str, ...] = ("start", "finish"),
) -> Agreement:
    """Compare `result` with saved values by task uid.

    Instants are compared as working time on the task's calendar (17:00 and 8:00 of the next working day are one
    instant), within TOLERANCE_MINUTES; `total_float` in minutes, `critical` as it is.
    """
    plan = result.plan
    ruler = _Ruler(result)
    compared, equal = dict.fromkeys(columns, 0), dict.fromkeys(columns, 0)
    misses = []
    for uid, values in saved.items():
        row = plan.index_of.get(uid)
        if row is None:
            continue
        for name in columns:
            if name not in values:
                continue
            ours = int(getattr(result, name)[row])
            compared[name] += 1
            if ruler.same(row, name, ours, values[name]):
                equal[name] += 1
            else:
                misses.append((uid, name, values[name], ours))
    return Agreement(compared, equal, tuple(misses))


class _Ruler:
    """Measures working time between two instants on a task's own hours."""

    def __init__(self, result: Schedule) -> None:
        compiled = result.run.compiled
        self.hours = result.run.hours
        summaries = result.plan.is_summary
        self.row = np.where(summaries, compiled.own_hours[result.plan.tasks.project], compiled.gauge)

    def same(self, row: int, name: str, ours: int, theirs: int) -> bool:
        if not _is_date(name):
            return abs(ours - theirs) <= (TOLERANCE_MINUTES if name == "total_float" else 0)
        apart = abs(slack_on(self.hours, int(self.row[row]), ours, theirs))
        return min(abs(ours - theirs), apart) <= TOLERANCE_MINUTES


def _is_date(name: str) -> bool:
    return name not in ("total_float", "free_float", "critical")

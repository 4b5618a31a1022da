"""How far a schedule agrees with the dates that another application saved."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from triptych.plan.model import Plan
from triptych.plan.quantities import MINUTES_PER_DAY
from triptych.plan.worktime import Hours, Span

from .columns import as_objects
from .hours import slack_on
from .schedule import Schedule
from .staffing import index_hours

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

    Instants are compared as working time on the project's calendar (17:00 and 8:00 of the next working day are one
    instant), within TOLERANCE_MINUTES; `total_float` in minutes, `critical` as it is.
    """
    plan = result.plan
    ruler = _Ruler(result, saved)
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
    def __init__(self, result: Schedule, saved: Mapping[int, Mapping[str, int]]) -> None:
        plan = result.plan
        dates = [at for each in saved.values() for name, at in each.items() if _is_date(name)]
        known = np.array(dates or [each.start for each in plan.projects], np.int64)
        first = min(int(known.min()), int(result.project_start.min(initial=known.min())))
        last = max(int(known.max()), int(result.finish.max(initial=known.max())))
        span = Span(first // MINUTES_PER_DAY - 1, last // MINUTES_PER_DAY + 1)
        hours = Hours(span)
        by_uid = {each.uid: each for each in plan.calendars}
        self.rows = [hours.add(hours.days(by_uid[each.calendar], by_uid)) for each in plan.projects]
        self.open = as_objects(index_hours(hours.columns(), span))
        self.plan: Plan = plan

    def same(self, row: int, name: str, ours: int, theirs: int) -> bool:
        if not _is_date(name):
            return abs(ours - theirs) <= (TOLERANCE_MINUTES if name == "total_float" else 0)
        if abs(ours - theirs) <= TOLERANCE_MINUTES:
            return True
        hours = self.rows[int(self.plan.tasks.project[row])]
        if self.open.row[hours].first == self.open.row[hours].end:
            return False
        return abs(slack_on(self.open, hours, ours, theirs)) <= TOLERANCE_MINUTES


def _is_date(name: str) -> bool:
    return name not in ("total_float", "free_float", "critical")

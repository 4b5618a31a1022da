"""What has happened so far: the plan is lived once, with small slips, and everything before today is recorded.

Living it is scheduling it with durations as they turned out. The slips are drawn by the task's name alone, so that
the company's past does not change from one day to the next. What was lived keeps every link, so the record is
consistent: no task is done before what it waits for, and nothing unfinished lies in the past.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Final

import numpy as np

from triptych.engine import Schedule, schedule
from triptych.plan import Plan, Project, spell_instant
from triptych.plan.changes import SetProgress

from .plans import Dated

#: How much longer or shorter than its plan a task turns out, beside the pace of its project.
_LEAST, _USUAL, _MOST = 0.85, 1.0, 1.25
_HALF_HOUR: Final = 30


@dataclass(frozen=True, slots=True)
class Lived:
    """When a task began and ended, in the life that the record is taken from."""

    plan: Plan
    schedule: Schedule


def progress(dated: Dated) -> dict[str, list[SetProgress]]:
    """For each project by key, the progress of every task that began before today."""
    lived = _live(dated)
    at = lived.plan.index_of
    return {
        key: [change for task in tasks for change in _recorded(lived, at[task.uid], dated.now)]
        for key, tasks in dated.tasks.items()
    }


def _live(dated: Dated) -> Lived:
    plan = dated.whole()
    keys = [key for key, tasks in dated.tasks.items() for _ in tasks]
    paces = {each.key: each.pace for each in dated.content.projects}
    factors = [
        _factor(key, name, paces[key], elapsed=elapsed)
        for key, name, elapsed in zip(keys, plan.tasks.name, plan.tasks.elapsed.tolist(), strict=True)
    ]
    halves = np.rint(plan.tasks.duration * np.array(factors) / _HALF_HOUR).astype(np.int64)
    least = np.minimum(plan.tasks.duration, _HALF_HOUR)
    lived = replace(
        plan,
        projects=tuple(_without_status(each) for each in plan.projects),
        tasks=plan.tasks.with_columns(duration=np.maximum(halves * _HALF_HOUR, least)),
    )
    return Lived(lived, schedule(lived))


def _without_status(project: Project) -> Project:
    return replace(project, status_date=None)


def _factor(key: str, name: str, pace: float, *, elapsed: bool) -> float:
    # Seeded by the task's name: a believable slip, no secret.
    slip = Random(f"{key}/{name}").triangular(_LEAST, _MOST, _USUAL)  # noqa: S311
    return 0.9 + slip / 10 if elapsed else pace * slip


def _recorded(lived: Lived, row: int, now: int) -> Iterator[SetProgress]:
    plan = lived.plan
    start, finish = int(lived.schedule.start[row]), int(lived.schedule.finish[row])
    task = int(plan.tasks.uid[row])
    if plan.is_summary[row] or start >= now:
        return
    if finish <= now:
        yield SetProgress(task, 100, spell_instant(start), spell_instant(finish))
        return
    share = (now - start) / (finish - start)
    yield SetProgress(task, min(95, max(5, round(share * 20) * 5)), spell_instant(start))

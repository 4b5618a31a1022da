"""What a change moves: the difference of two schedules, as data and in a sentence."""

from dataclasses import dataclass

import numpy as np

from triptych.plan import Plan
from triptych.plan.quantities import NO_INSTANT, Instant, spell_duration
from triptych.plan.spelling import count
from triptych.plan.worktime import working_minutes

from .schedule import Schedule


@dataclass(frozen=True, slots=True)
class Moved:
    """A task whose start or finish differs; instants before and after."""

    task: int
    milestone: bool
    start_before: Instant
    finish_before: Instant
    start_after: Instant
    finish_after: Instant


@dataclass(frozen=True, slots=True)
class Ripple:
    """All tasks and milestones that moved (summaries follow and do not count), and the project's finish.

    `finish_delta_minutes` is working time of the project's calendar, negative for earlier.
    """

    moved: tuple[Moved, ...]
    tasks: int
    milestones: int
    finish_before: Instant
    finish_after: Instant
    finish_delta_minutes: int
    sentence: str


def compare(before: Schedule, after: Schedule, *, project: int = 0) -> Ripple:
    """What differs from `before` to `after`, over all projects of the plan.

    Tasks are matched by uid; those that only one of the two has do not count as moved. `project` is the row of
    the later plan's projects whose finish is told; a plan without projects has none to move.
    """
    if not after.plan.projects:
        nothing = Instant(NO_INSTANT)
        return Ripple((), 0, 0, nothing, nothing, 0, _sentence(0, 0, 0, 480))
    moved = tuple(_moved(before, after))
    milestones = sum(each.milestone for each in moved)
    was = before.plan.project_index.get(after.plan.projects[project].uid, project)
    finishes = int(before.project_finish[was]), int(after.project_finish[project])
    delta = _delta(after.plan, project, *finishes)
    return Ripple(
        moved=moved,
        tasks=len(moved) - milestones,
        milestones=milestones,
        finish_before=Instant(finishes[0]),
        finish_after=Instant(finishes[1]),
        finish_delta_minutes=delta,
        sentence=_sentence(
            len(moved) - milestones, milestones, delta, after.plan.projects[project].minutes_per_day
        ),
    )


def _moved(before: Schedule, after: Schedule) -> list[Moved]:
    old, new = before.plan, after.plan
    counterpart = np.array([old.index_of.get(uid, -1) for uid in new.tasks.uid.tolist()], np.int64)
    rows = np.flatnonzero((counterpart >= 0) & ~new.is_summary)
    was = counterpart[rows]
    differs = (before.start[was] != after.start[rows]) | (before.finish[was] != after.finish[rows])
    return [
        Moved(
            task=int(new.tasks.uid[row]),
            milestone=bool(new.tasks.milestone[row]),
            start_before=Instant(int(before.start[old_row])),
            finish_before=Instant(int(before.finish[old_row])),
            start_after=Instant(int(after.start[row])),
            finish_after=Instant(int(after.finish[row])),
        )
        for row, old_row in zip(rows[differs].tolist(), was[differs].tolist(), strict=True)
    ]


def _delta(plan: Plan, project: int, before: int, after: int) -> int:
    calendar = plan.calendars[plan.calendar_index[plan.projects[project].calendar]]
    return working_minutes(calendar, plan.calendars, before, after)


def _sentence(tasks: int, milestones: int, delta: int, minutes_per_day: int) -> str:
    parts = [count(number, word) for number, word in ((tasks, "task"), (milestones, "milestone")) if number]
    if not parts and delta == 0:
        return "moves nothing"
    moves = (
        f"moves {' and '.join(parts) or 'no other task'}"  # one that was added or removed may set the finish
    )
    if delta == 0:
        return f"{moves}, finish unchanged"
    size = spell_duration(abs(delta), minutes_per_day=minutes_per_day)
    return f"{moves}, finish {'+' if delta > 0 else '−'}{size}"

"""What would come of it: a plan with some changes, scheduled under the same rules. The schedule asked stays as it
is."""

from collections.abc import Sequence
from functools import cached_property

from triptych.plan import NO_INSTANT, Plan, Task
from triptych.plan.changes import Change, SetDuration, SetProgress, apply_all
from triptych.plan.quantities import spell_instant
from triptych.plan.worktime import working_minutes

from .compiled import passes_for
from .dialects import DIALECTS
from .live import LivePlan
from .schedule import Schedule, schedule_by

#: A question is answered by some tens of schedules: the compiled passes are worth loading for smaller plans.
_SCHEDULES = 10


class WhatIf:
    """Questions to one schedule."""

    def __init__(self, found: Schedule) -> None:
        self.found, self.plan, run = found, found.plan, found.run
        self.passes = passes_for(len(self.plan) * _SCHEDULES) if run.passes.interpreted else run.passes

    def after(self, changes: Sequence[Change]) -> Schedule:
        """The schedule after the changes. Raises CannotApply."""
        return self._scheduled(apply_all(self.plan, changes)[0] if changes else self.plan)

    def finish_if_lasting(self, row: int, minutes: int, of: int) -> int:
        """The finish of the task at row `of` if the one at `row`, which `is_quick`, took so many minutes."""
        self._live.set_duration(int(self.plan.tasks.uid[row]), minutes)
        finish = self._live.finish_of(int(self.plan.tasks.uid[of]))
        self._restore(row)
        return finish

    def project_finish_if_lasting(self, row: int, minutes: int, project: int) -> int:
        """The finish of the project at row `project` in the same case."""
        self._live.set_duration(int(self.plan.tasks.uid[row]), minutes)
        finish = self._live.project_finish(project)
        self._restore(row)
        return finish

    def is_quick(self, row: int) -> bool:
        """Whether a live plan says exactly what other durations of the task at a row would do: it has not started, is
        not interrupted, and dates follow the links alone, everywhere."""
        tasks = self.plan.tasks
        plain = not self.plan.splits_of(row) and tasks.actual_start[row] == NO_INSTANT
        return plain and self._follows_links

    @cached_property
    def _follows_links(self) -> bool:
        run, plan = self.found.run, self.plan
        late = bool((run.compiled.network.bounds["as_late"] > 0).any())
        facts = bool((run.finish != run.dates("early_finish")).any())
        return not (
            late or facts or plan.tasks.hammock.any() or any(each.from_finish for each in plan.projects)
        )

    @cached_property
    def _live(self) -> LivePlan:
        return LivePlan.of(self.after(()))

    def _restore(self, row: int) -> None:
        self._live.set_duration(int(self.plan.tasks.uid[row]), int(self.plan.tasks.duration[row]))

    def _scheduled(self, plan: Plan) -> Schedule:
        readers = [DIALECTS[name] for name in self.found.dialects]
        return schedule_by(plan, readers, self.passes, like=self.found.run)


def worked_between(found: Schedule, project: int, start: int, finish: int) -> int:
    """Working minutes of the calendar of the project at a row of `plan.projects`; negative backwards."""
    plan = found.plan
    calendar = plan.calendars[plan.calendar_index[plan.projects[project].calendar]]
    return working_minutes(calendar, plan.calendars, start, finish)


def remaining_of(task: Task) -> int:
    """The minutes of a task that are still to be done: what is stated, else by the percentage; all before its start."""
    if task.percent_complete == 100 or task.actual_finish is not None:
        return 0
    if task.actual_start is None:
        return task.duration
    if task.remaining is not None:
        return task.remaining
    return round(task.duration * (100 - task.percent_complete) / 100)


def shorter(task: Task, minutes: int) -> tuple[Change, ...]:
    """The changes that take so many minutes out of what remains of a task. What is done of it stays."""
    left = max(0, task.duration - minutes)
    cut = SetDuration(task.uid, left, task.elapsed, (task.milestone and left > 0) or None)
    if task.actual_start is None:
        return (cut,)
    began = spell_instant(task.actual_start)
    remaining = remaining_of(task) - minutes
    return cut, SetProgress(task.uid, task.percent_complete, began, remaining=remaining)

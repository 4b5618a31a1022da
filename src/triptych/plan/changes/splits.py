"""Changes of what levelling does to a task: it interrupts it, and holds it up."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from triptych.plan.builder import MAX_DURATION
from triptych.plan.model import Plan, Splits

from .applying import CannotApply, leaf_of, open_leaf_of, row_of, with_splits, with_values

if TYPE_CHECKING:
    from . import Change


@dataclass(frozen=True, slots=True)
class SplitTask:
    """Interrupt a task for `gap` working minutes once `after` working minutes of it are done.

    An interruption that is there already gets the new length.
    """

    task: int
    after: int
    gap: int
    op: Literal["split_task"] = "split_task"

    def apply(self, plan: Plan) -> Plan:
        row = open_leaf_of(plan, self.task, "duration")
        if not 0 < self.after < int(plan.tasks.duration[row]):
            raise CannotApply(
                "task.bad-split", "A task is interrupted after its start and before its finish."
            )
        if not 0 < self.gap <= MAX_DURATION:
            raise CannotApply("task.bad-split", "An interruption lasts, and at most 100 years.")
        splits = dict(plan.splits_of(row)) | {self.after: self.gap}
        return with_splits(plan, row, tuple(sorted(splits.items())))

    def inverse(self, plan: Plan) -> "Change":
        return _restoring(plan, self.task)


@dataclass(frozen=True, slots=True)
class JoinTask:
    """Take all interruptions out of a task."""

    task: int
    op: Literal["join_task"] = "join_task"

    def apply(self, plan: Plan) -> Plan:
        row = open_leaf_of(plan, self.task, "duration")
        if not plan.splits_of(row):
            raise CannotApply("task.not-split", "Nothing interrupts it.")
        return with_splits(plan, row, ())

    def inverse(self, plan: Plan) -> "Change":
        return _restoring(plan, self.task)


@dataclass(frozen=True, slots=True)
class RestoreSplits:
    """The exact inverse of `SplitTask` and `JoinTask`: the interruptions that were there."""

    task: int
    splits: Splits
    op: Literal["restore_splits"] = "restore_splits"

    def apply(self, plan: Plan) -> Plan:
        return with_splits(plan, row_of(plan, self.task), self.splits)

    def inverse(self, plan: Plan) -> "Change":
        return _restoring(plan, self.task)


def _restoring(plan: Plan, task: int) -> RestoreSplits:
    return RestoreSplits(task, plan.splits_of(row_of(plan, task)))


@dataclass(frozen=True, slots=True)
class SetLevellingDelay:
    """Hold a task up for so many minutes round the clock after its predecessors, constraints and project let it go:
    it waits for people, or for nothing with 0. When what it follows moves, it moves along and keeps waiting."""

    task: int
    minutes: int
    op: Literal["set_levelling_delay"] = "set_levelling_delay"

    def apply(self, plan: Plan) -> Plan:
        row = leaf_of(plan, self.task, "levelling delay")
        if not 0 <= self.minutes <= MAX_DURATION:
            raise CannotApply("task.bad-levelling-delay", "Levelling delays a task by 0 to 100 years.")
        return with_values(plan, row, levelling_delay=self.minutes)

    def inverse(self, plan: Plan) -> "Change":
        return SetLevellingDelay(self.task, int(plan.tasks.levelling_delay[row_of(plan, self.task)]))

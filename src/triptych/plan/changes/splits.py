"""Changes of what interrupts a task."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from triptych.plan.builder import MAX_DURATION
from triptych.plan.model import Plan, Splits

from .applying import CannotApply, open_leaf_of, row_of, with_splits

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

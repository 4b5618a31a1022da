"""Changes of the outline: tasks that come and go, with everything below them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from triptych.plan.builder import rebuild
from triptych.plan.diagnostics import PlanError
from triptych.plan.model import Assignment, Link, Plan, Task

from .applying import CannotApply, branch_of, row_of

if TYPE_CHECKING:
    from . import Change


@dataclass(frozen=True, slots=True)
class AddTasks:
    """Add a task and those below it, parents first, with the links and assignments they bring; `before` is the
    sibling the first one precedes."""

    tasks: tuple[Task, ...]
    links: tuple[Link, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    before: int | None = None
    op: Literal["add_tasks"] = "add_tasks"

    def apply(self, plan: Plan) -> Plan:
        self._top()
        rows = list(plan.each_task())
        at = len(rows) if self.before is None else row_of(plan, self.before)
        rows[at:at] = self.tasks
        try:
            return rebuild(
                plan,
                tasks=rows,
                links=[*plan.each_link(), *self.links],
                assignments=[*plan.each_assignment(), *self.assignments],
            )
        except PlanError as fault:
            reasons = " ".join(each.message for each in fault.diagnostics)
            raise CannotApply("task.cannot-add", f"These tasks do not fit the plan: {reasons}") from fault

    def inverse(self, plan: Plan) -> "Change":  # noqa: ARG002 - the signature of every change
        return RemoveTask(self._top())

    def _top(self) -> int:
        """The task under which the others stand: what is added is one branch, so that one removal undoes it."""
        known: set[int] = set()
        for task in self.tasks:
            if known and task.parent not in known:
                break
            known.add(task.uid)
        if not self.tasks or len(known) < len(self.tasks):
            raise CannotApply("task.cannot-add", "Tasks are added one at a time, each with those below it.")
        return self.tasks[0].uid


@dataclass(frozen=True, slots=True)
class RemoveTask:
    """Remove a task and everything below it, with its links and assignments."""

    task: int
    op: Literal["remove_task"] = "remove_task"

    def apply(self, plan: Plan) -> Plan:
        gone = self._below(plan)
        return rebuild(
            plan,
            tasks=[each for each in plan.each_task() if each.uid not in gone],
            links=[each for each in plan.each_link() if not {each.pred, each.succ} & gone],
            assignments=[each for each in plan.each_assignment() if each.task not in gone],
        )

    def inverse(self, plan: Plan) -> "Change":
        gone = self._below(plan)
        return AddTasks(
            tasks=tuple(each for each in plan.each_task() if each.uid in gone),
            links=tuple(each for each in plan.each_link() if {each.pred, each.succ} & gone),
            assignments=tuple(each for each in plan.each_assignment() if each.task in gone),
            before=self._next_sibling(plan),
        )

    def _below(self, plan: Plan) -> set[int]:
        return {int(plan.tasks.uid[row]) for row in branch_of(plan, row_of(plan, self.task))}

    def _next_sibling(self, plan: Plan) -> int | None:
        row = row_of(plan, self.task)
        after = np.flatnonzero(plan.tasks.parent[row + 1 :] == plan.tasks.parent[row])
        return int(plan.tasks.uid[row + 1 + after[0]]) if len(after) else None

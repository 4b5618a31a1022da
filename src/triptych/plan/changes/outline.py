"""Changes of the outline: tasks that come and go, with everything below them."""

from dataclasses import dataclass, replace
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
        at = _end_of(plan, rows, self.tasks[0].project) if self.before is None else row_of(plan, self.before)
        rows[at:at] = self.tasks
        return _fitted(plan, rows, "task.cannot-add", self.links, self.assignments)

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
            before=_next_sibling(plan, self.task),
        )

    def _below(self, plan: Plan) -> set[int]:
        return _branch(plan, self.task)


@dataclass(frozen=True, slots=True)
class MoveTask:
    """Move a task, with everything below it, to stand under another summary task of its project (None is the top
    level) and before one of its children (None is after the last)."""

    task: int
    parent: int | None = None
    before: int | None = None
    op: Literal["move_task"] = "move_task"

    def apply(self, plan: Plan) -> Plan:
        moved = _branch(plan, self.task)
        self._check(plan, moved)
        rows = list(plan.each_task())
        taken = [each for each in rows if each.uid in moved]
        taken[0] = replace(taken[0], parent=self.parent)
        rest = [each for each in rows if each.uid not in moved]
        at = self._place(plan, rest)
        return _fitted(plan, [*rest[:at], *taken, *rest[at:]], "task.cannot-move")

    def inverse(self, plan: Plan) -> "Change":
        parent = int(plan.tasks.parent[row_of(plan, self.task)])
        above = int(plan.tasks.uid[parent]) if parent >= 0 else None
        return MoveTask(self.task, above, _next_sibling(plan, self.task))

    def _check(self, plan: Plan, moved: set[int]) -> None:
        project = plan.tasks.project[row_of(plan, self.task)]
        for named in (self.parent, self.before):
            if named in moved:
                raise CannotApply("task.inside-itself", "A task cannot stand inside itself.")
            if named is not None and plan.tasks.project[row_of(plan, named)] != project:
                raise CannotApply("task.other-project", "A task is moved within its own project.")
        if self.before is not None and plan.task(self.before).parent != self.parent:
            raise CannotApply("task.not-sibling", "The task to stand before has another summary task.")
        if self.parent is not None and _has_work(plan, row_of(plan, self.parent)):
            raise CannotApply("task.has-work", _HAS_WORK)

    def _place(self, plan: Plan, rest: list[Task]) -> int:
        """Where in the rows that stay the branch goes: before the sibling named, or after all of the new family."""
        uids = [each.uid for each in rest]
        if self.before is not None:
            return uids.index(self.before)
        if self.parent is not None:
            below = _branch(plan, self.parent)
            return max(at for at, uid in enumerate(uids) if uid in below) + 1
        project = plan.task(self.task).project
        return max(
            (at + 1 for at, each in enumerate(rest) if each.project == project), default=self._first(plan)
        )

    def _first(self, plan: Plan) -> int:
        """The row of the first task: that of a project which holds only what is moved."""
        return row_of(plan, self.task)


def _end_of(plan: Plan, rows: list[Task], project: int) -> int:
    """The place after the last of a project's rows, which stand project by project."""
    order = plan.project_index
    mine = order.get(project, len(order))
    return max((at + 1 for at, each in enumerate(rows) if order[each.project] <= mine), default=0)


def _fitted(
    plan: Plan, rows: list[Task], code: str, links: tuple[Link, ...] = (), team: tuple[Assignment, ...] = ()
) -> Plan:
    """The plan with these tasks, and with more links and assignments. Raises CannotApply where they do not fit."""
    try:
        return rebuild(
            plan,
            tasks=rows,
            links=[*plan.each_link(), *links],
            assignments=[*plan.each_assignment(), *team],
        )
    except PlanError as fault:
        reasons = " ".join(each.message for each in fault.diagnostics)
        raise CannotApply(code, f"These tasks do not fit the plan: {reasons}") from fault


_HAS_WORK = "This task has people or progress, which a summary cannot have. Move them first."


def _has_work(plan: Plan, row: int) -> bool:
    """Whether a task that is to become a summary carries what only a leaf may carry."""
    if plan.is_summary[row]:
        return False
    return bool(plan.tasks.percent_complete[row]) or bool((plan.assignments.task == row).any())


def _branch(plan: Plan, task: int) -> set[int]:
    """A task and all below it."""
    return {int(plan.tasks.uid[row]) for row in branch_of(plan, row_of(plan, task))}


def _next_sibling(plan: Plan, task: int) -> int | None:
    row = row_of(plan, task)
    after = np.flatnonzero(
        (plan.tasks.parent[row + 1 :] == plan.tasks.parent[row])
        & (plan.tasks.project[row + 1 :] == plan.tasks.project[row])
    )
    return int(plan.tasks.uid[row + 1 + after[0]]) if len(after) else None

"""Changes of whether a task is scheduled by hand, and whether it counts at all."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from triptych.plan.model import Plan
from triptych.plan.quantities import NO_INSTANT, spell_instant

from .applying import CannotApply, branch_of, leaf_of, read_date, row_of, with_values

if TYPE_CHECKING:
    from . import Change


@dataclass(frozen=True, slots=True)
class SetMode:
    """Schedule a task by hand, on the dates given, or by the plan.

    `start` and `finish` are what is typed, in either mode; by the plan they count for nothing, and are there when
    the task is scheduled by hand again.
    """

    task: int
    manual: bool
    start: str | None = None
    finish: str | None = None
    op: Literal["set_mode"] = "set_mode"

    def apply(self, plan: Plan) -> Plan:
        row = leaf_of(plan, self.task, "dates")
        start, finish = read_date(self.start), read_date(self.finish)
        if start is not None and finish is not None and finish < start:
            raise CannotApply("task.bad-dates", "A task finishes after it has started.")
        return with_values(plan, row, manual=self.manual, start=start, finish=finish)

    def inverse(self, plan: Plan) -> "Change":
        row = row_of(plan, self.task)
        t = plan.tasks
        typed = (spell_instant(int(t.start[row])), spell_instant(int(t.finish[row])))
        return SetMode(self.task, bool(t.manual[row]), *typed)


@dataclass(frozen=True, slots=True)
class SetActive:
    """Let a task count or not, with everything below it. What is to count, its summaries count with."""

    task: int
    active: bool
    op: Literal["set_active"] = "set_active"

    def apply(self, plan: Plan) -> Plan:
        rows = self._rows(plan)
        if not self.active and (plan.tasks.actual_finish[rows] != NO_INSTANT).any():
            raise CannotApply("task.finished", "It has finished: what was done counts.")
        return _with_active(plan, rows, active=self.active)

    def inverse(self, plan: Plan) -> "Change":
        return RestoreActive(_uids(plan, self._rows(plan)), not self.active)

    def _rows(self, plan: Plan) -> list[int]:
        """The rows that this changes."""
        row = row_of(plan, self.task)
        concerned = [*branch_of(plan, row), *(_above(plan, row) if self.active else ())]
        return [at for at in concerned if bool(plan.tasks.active[at]) is not self.active]


@dataclass(frozen=True, slots=True)
class RestoreActive:
    """The exact inverse of `SetActive`: those tasks that it changed, and no others."""

    tasks: tuple[int, ...]
    active: bool
    op: Literal["restore_active"] = "restore_active"

    def apply(self, plan: Plan) -> Plan:
        return _with_active(plan, [row_of(plan, each) for each in self.tasks], active=self.active)

    def inverse(self, plan: Plan) -> "Change":
        rows = [row_of(plan, each) for each in self.tasks]
        other = [at for at in rows if bool(plan.tasks.active[at]) is not self.active]
        return RestoreActive(_uids(plan, other), not self.active)


def _above(plan: Plan, row: int) -> Iterable[int]:
    while (row := int(plan.tasks.parent[row])) >= 0:
        yield row


def _uids(plan: Plan, rows: Iterable[int]) -> tuple[int, ...]:
    return tuple(int(plan.tasks.uid[row]) for row in rows)


def _with_active(plan: Plan, rows: list[int], *, active: bool) -> Plan:
    flags = plan.tasks.active.copy()
    flags[np.array(rows, np.int64)] = active
    return replace(plan, tasks=plan.tasks.with_columns(active=flags))

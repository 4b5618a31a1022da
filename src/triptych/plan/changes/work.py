"""Changes of the work that a task takes, of the units that people give it, and of what gives way."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from triptych.plan.kinds import TaskType
from triptych.plan.model import Plan

from .applying import row_of, with_values
from .durations import effort_of, restoring, with_effort
from .people import assigned_row_of

if TYPE_CHECKING:
    from . import Change

TypeName = Literal["FIXED_UNITS", "FIXED_DURATION", "FIXED_WORK"]


@dataclass(frozen=True, slots=True)
class SetWork:
    """State the work of a resource on a task, in minutes.

    The duration follows, that of who takes longest; on fixed duration the units do (`docs/rules/work.md`).
    """

    task: int
    resource: int
    minutes: int
    op: Literal["set_work"] = "set_work"

    def apply(self, plan: Plan) -> Plan:
        row = assigned_row_of(plan, self.task, self.resource)
        return with_effort(plan, row, effort_of(plan, row).with_work(self.resource, self.minutes))

    def inverse(self, plan: Plan) -> "Change":
        return restoring(plan, self.task)


@dataclass(frozen=True, slots=True)
class SetUnits:
    """Set the units of a resource on a task, 100 for full time.

    Where its work is stated, the duration follows; on fixed duration the work does.
    """

    task: int
    resource: int
    units: int
    op: Literal["set_units"] = "set_units"

    def apply(self, plan: Plan) -> Plan:
        row = assigned_row_of(plan, self.task, self.resource)
        return with_effort(plan, row, effort_of(plan, row).with_units(self.resource, self.units))

    def inverse(self, plan: Plan) -> "Change":
        return restoring(plan, self.task)


@dataclass(frozen=True, slots=True)
class SetTaskType:
    """Say what stays when duration, work or units are typed, and whether the work stays when people come and go.

    Moves nothing by itself.
    """

    task: int
    type: TypeName
    effort_driven: bool = False
    op: Literal["set_task_type"] = "set_task_type"

    def apply(self, plan: Plan) -> Plan:
        row = row_of(plan, self.task)
        return with_values(plan, row, type=int(TaskType[self.type]), effort_driven=self.effort_driven)

    def inverse(self, plan: Plan) -> "Change":
        row = row_of(plan, self.task)
        old = TaskType(int(plan.tasks.type[row]))
        return SetTaskType(self.task, old.name, bool(plan.tasks.effort_driven[row]))  # type: ignore[arg-type]

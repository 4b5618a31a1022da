"""A plan with its schedule."""

from dataclasses import dataclass, field
from functools import cached_property

from triptych.engine import Schedule, schedule
from triptych.plan.model import Plan

from .sheet import Sheet, sheet_of


@dataclass(frozen=True)
class Computed:
    """A plan, its schedule, and which of its tasks are deliverables (which the plan itself need not know)."""

    plan: Plan
    schedule: Schedule
    deliverables: frozenset[int] = field(default=frozenset())

    @cached_property
    def sheet(self) -> Sheet:
        """The rows as readers see them."""
        return sheet_of(self.plan, self.schedule, self.deliverables)

    def project_of(self, task: int) -> int:
        """The project of a task of the plan."""
        plan = self.plan
        return plan.projects[int(plan.tasks.project[plan.index_of[task]])].uid

    def tasks_outside(self, projects: frozenset[int]) -> frozenset[int]:
        """The tasks of other projects than these: those whose names a reader of these may not be told."""
        owners = [each.uid in projects for each in self.plan.projects]
        return frozenset(
            uid
            for uid, project in zip(
                self.plan.tasks.uid.tolist(), self.plan.tasks.project.tolist(), strict=True
            )
            if not owners[project]
        )


def compute(plan: Plan, deliverables: frozenset[int] = frozenset()) -> Computed:
    """The plan, scheduled."""
    return Computed(plan, schedule(plan), deliverables)

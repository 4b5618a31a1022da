"""Changes of how long a task takes, and what they carry along: interruptions, and the work of those on it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from triptych.plan.builder import MAX_DURATION
from triptych.plan.kinds import ResourceKind, TaskType
from triptych.plan.model import Assignment, Plan, Splits
from triptych.plan.quantities import NO_INSTANT

from .applying import CannotApply, open_leaf_of, row_of, team_of, with_splits, with_team, with_values
from .triangle import Effort

if TYPE_CHECKING:
    from . import Change


@dataclass(frozen=True, slots=True)
class SetDuration:
    """Set a task's duration in minutes: working, or round the clock when `elapsed`.

    Stated work follows, or on fixed work the units (`docs/rules/work.md`). Interruptions that would come after the
    end are dropped.
    """

    task: int
    minutes: int
    elapsed: bool = False
    milestone: bool | None = None
    op: Literal["set_duration"] = "set_duration"

    def apply(self, plan: Plan) -> Plan:
        row = open_leaf_of(plan, self.task, "duration")
        if not 0 <= self.minutes <= MAX_DURATION:
            raise CannotApply("task.bad-duration", "A duration is at least 0 and at most 100 years.")
        if plan.tasks.hammock[row]:
            raise CannotApply(
                "task.is-hammock", "It spans what its links tie it to: its duration is computed from those."
            )
        milestone = self.minutes == 0 if self.milestone is None else self.milestone
        effort = effort_of(plan, row).stretched(self.minutes)
        return with_effort(plan, row, effort, elapsed=self.elapsed, milestone=milestone, remaining=-1)

    def inverse(self, plan: Plan) -> "Change":
        return restoring(plan, self.task)


@dataclass(frozen=True, slots=True)
class RestoreDuration:
    """The exact inverse of whatever moves a duration: also what remained (-1 where it was not stated), the
    interruptions and the team. None leaves those as they are."""

    task: int
    minutes: int
    elapsed: bool
    milestone: bool
    remaining: int
    splits: Splits | None = None
    team: tuple[Assignment, ...] | None = None
    op: Literal["restore_duration"] = "restore_duration"

    def apply(self, plan: Plan) -> Plan:
        row = row_of(plan, self.task)
        plan = with_values(
            plan,
            row,
            duration=self.minutes,
            elapsed=self.elapsed,
            milestone=self.milestone,
            remaining=self.remaining,
        )
        plan = plan if self.splits is None else with_splits(plan, row, self.splits)
        return plan if self.team is None else with_team(plan, row, self.team)

    def inverse(self, plan: Plan) -> "Change":
        return restoring(plan, self.task)


def restoring(plan: Plan, task: int) -> RestoreDuration:
    """The change that makes a task's duration, interruptions and team what they are in this plan."""
    row = row_of(plan, task)
    t = plan.tasks
    return RestoreDuration(
        task,
        int(t.duration[row]),
        bool(t.elapsed[row]),
        bool(t.milestone[row]),
        int(t.remaining[row]),
        plan.splits_of(row),
        team_of(plan, row),
    )


def effort_of(plan: Plan, row: int, newcomer: int | None = None) -> Effort:
    """The triangle of the task at a row, as a `newcomer` finds it. Nothing follows on summaries, on hammocks and on
    what has finished."""
    t = plan.tasks
    team = team_of(plan, row)
    named = {each.resource for each in team} | ({newcomer} if newcomer is not None else set())
    return Effort(
        minutes=int(t.duration[row]),
        team=team,
        type=TaskType(int(t.type[row])),
        effort_driven=bool(t.effort_driven[row]),
        idle=frozenset(each for each in named if _kind(plan, each) is not ResourceKind.WORK),
        fixed=bool(plan.is_summary[row] or t.hammock[row] or t.actual_finish[row] != NO_INSTANT),
    )


def _kind(plan: Plan, resource: int) -> ResourceKind:
    return plan.resources[plan.resource_index[resource]].kind


def with_effort(plan: Plan, row: int, effort: Effort, **values: Any) -> Plan:
    """The plan with the triangle of a task as it came out, and other values of the task."""
    if effort.minutes != plan.tasks.duration[row]:
        values = {"duration": effort.minutes, "milestone": effort.minutes == 0, "remaining": -1} | values
        inside = tuple(each for each in plan.splits_of(row) if each[0] < effort.minutes)
        plan = with_splits(plan, row, inside)
    if values:
        plan = with_values(plan, row, **values)
    return with_team(plan, row, effort.team)

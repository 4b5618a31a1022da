"""Changes of one task: its name, duration, constraint, deadline and progress."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from triptych.plan.builder import MAX_DURATION
from triptych.plan.model import Constraint, Plan
from triptych.plan.quantities import NO_INSTANT, spell_instant

from .applying import CannotApply, leaf_of, read_date, row_of, with_values

if TYPE_CHECKING:
    from . import Change


@dataclass(frozen=True, slots=True)
class SetName:
    """Rename a task."""

    task: int
    name: str
    op: Literal["set_name"] = "set_name"

    def apply(self, plan: Plan) -> Plan:
        row = row_of(plan, self.task)
        if not self.name.strip() or "\x00" in self.name or len(self.name) > 500:
            raise CannotApply("task.bad-name", "A name has 1 to 500 characters.")
        return with_values(plan, row, name=self.name.strip())

    def inverse(self, plan: Plan) -> "Change":
        return SetName(self.task, plan.tasks.name[row_of(plan, self.task)])


@dataclass(frozen=True, slots=True)
class SetDuration:
    """Set a task's duration in minutes: working, or round the clock when `elapsed`."""

    task: int
    minutes: int
    elapsed: bool = False
    milestone: bool | None = None
    op: Literal["set_duration"] = "set_duration"

    def apply(self, plan: Plan) -> Plan:
        row = leaf_of(plan, self.task, "duration")
        if not 0 <= self.minutes <= MAX_DURATION:
            raise CannotApply("task.bad-duration", "A duration is at least 0 and at most 100 years.")
        if plan.tasks.actual_finish[row] != NO_INSTANT:
            raise CannotApply(
                "task.finished", "It has finished: its dates are facts. Correct its actual dates instead."
            )
        milestone = self.minutes == 0 if self.milestone is None else self.milestone
        return with_values(
            plan, row, duration=self.minutes, elapsed=self.elapsed, milestone=milestone, remaining=-1
        )

    def inverse(self, plan: Plan) -> "Change":
        row = row_of(plan, self.task)
        t = plan.tasks
        return RestoreDuration(
            self.task,
            int(t.duration[row]),
            bool(t.elapsed[row]),
            bool(t.milestone[row]),
            int(t.remaining[row]),
        )


@dataclass(frozen=True, slots=True)
class RestoreDuration:
    """The exact inverse of `SetDuration`: also what remained, -1 where it was not stated."""

    task: int
    minutes: int
    elapsed: bool
    milestone: bool
    remaining: int
    op: Literal["restore_duration"] = "restore_duration"

    def apply(self, plan: Plan) -> Plan:
        return with_values(
            plan,
            leaf_of(plan, self.task, "duration"),
            duration=self.minutes,
            elapsed=self.elapsed,
            milestone=self.milestone,
            remaining=self.remaining,
        )

    def inverse(self, plan: Plan) -> "Change":
        return SetDuration.inverse(SetDuration(self.task, 0), plan)


@dataclass(frozen=True, slots=True)
class SetConstraint:
    """Pin a task by one of the constraint types (`ASAP` takes the pin out); `date` is ISO 8601 local."""

    task: int
    constraint: Literal["ASAP", "ALAP", "SNET", "SNLT", "FNET", "FNLT", "MSO", "MFO", "START_ON", "FINISH_ON"]
    date: str | None = None
    op: Literal["set_constraint"] = "set_constraint"

    def apply(self, plan: Plan) -> Plan:
        row = row_of(plan, self.task)
        kind = Constraint[self.constraint]
        at = read_date(self.date)
        if kind.dated and at is None:
            raise CannotApply("task.constraint-without-date", f"“{kind.words}” needs a date.")
        return with_values(plan, row, constraint=int(kind), constraint_date=at if kind.dated else None)

    def inverse(self, plan: Plan) -> "Change":
        row = row_of(plan, self.task)
        kind = Constraint(int(plan.tasks.constraint[row]))
        return SetConstraint(self.task, kind.name, spell_instant(int(plan.tasks.constraint_date[row])))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class SetDeadline:
    """Set or clear (None) the date by which a task should be finished; it moves nothing, and shows in float."""

    task: int
    date: str | None = None
    op: Literal["set_deadline"] = "set_deadline"

    def apply(self, plan: Plan) -> Plan:
        return with_values(plan, row_of(plan, self.task), deadline=read_date(self.date))

    def inverse(self, plan: Plan) -> "Change":
        return SetDeadline(self.task, spell_instant(int(plan.tasks.deadline[row_of(plan, self.task)])))


@dataclass(frozen=True, slots=True)
class SetProgress:
    """Record progress: percent complete and the actual dates, as far as they are known."""

    task: int
    percent_complete: int
    actual_start: str | None = None
    actual_finish: str | None = None
    remaining: int | None = None
    op: Literal["set_progress"] = "set_progress"

    def apply(self, plan: Plan) -> Plan:
        row = leaf_of(plan, self.task, "progress")
        start, finish = read_date(self.actual_start), read_date(self.actual_finish)
        if not 0 <= self.percent_complete <= 100:
            raise CannotApply("task.bad-progress", "Progress is a share from 0 to 100.")
        if finish is not None and (start is None or finish < start):
            raise CannotApply("task.bad-actuals", "A finished task needs an actual start before its finish.")
        return with_values(
            plan,
            row,
            percent_complete=self.percent_complete,
            actual_start=start,
            actual_finish=finish,
            remaining=-1 if self.remaining is None else self.remaining,
        )

    def inverse(self, plan: Plan) -> "Change":
        old = plan.task_at(row_of(plan, self.task))
        return SetProgress(
            self.task,
            old.percent_complete,
            None if old.actual_start is None else spell_instant(old.actual_start),
            None if old.actual_finish is None else spell_instant(old.actual_finish),
            old.remaining,
        )

"""Changes of one task: its name, constraints, deadline and progress."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from triptych.plan.kinds import Constraint
from triptych.plan.model import Plan
from triptych.plan.quantities import spell_instant

from .applying import CannotApply, leaf_of, read_date, row_of, with_values

if TYPE_CHECKING:
    from . import Change

ConstraintName = Literal[
    "ASAP", "ALAP", "SNET", "SNLT", "FNET", "FNLT", "MSO", "MFO", "START_ON", "FINISH_ON"
]


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
class SetConstraint:
    """Pin a task by one of the constraint types (`ASAP` takes the pin out); `date` is ISO 8601 local."""

    task: int
    constraint: ConstraintName
    date: str | None = None
    op: Literal["set_constraint"] = "set_constraint"

    def apply(self, plan: Plan) -> Plan:
        row = row_of(plan, self.task)
        kind, at = _pin(self.constraint, self.date)
        return with_values(plan, row, constraint=int(kind), constraint_date=at)

    def inverse(self, plan: Plan) -> "Change":
        row = row_of(plan, self.task)
        kind = Constraint(int(plan.tasks.constraint[row]))
        return SetConstraint(self.task, kind.name, spell_instant(int(plan.tasks.constraint_date[row])))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class SetSecondaryConstraint:
    """Pin a task by a second constraint beside the first, as Primavera P6 has it (`ASAP` takes it out)."""

    task: int
    constraint: ConstraintName
    date: str | None = None
    op: Literal["set_secondary_constraint"] = "set_secondary_constraint"

    def apply(self, plan: Plan) -> Plan:
        row = row_of(plan, self.task)
        kind, at = _pin(self.constraint, self.date)
        return with_values(plan, row, secondary=int(kind), secondary_date=at)

    def inverse(self, plan: Plan) -> "Change":
        row = row_of(plan, self.task)
        kind = Constraint(int(plan.tasks.secondary[row]))
        date = spell_instant(int(plan.tasks.secondary_date[row]))
        return SetSecondaryConstraint(self.task, kind.name, date)  # type: ignore[arg-type]


def _pin(constraint: str, date: str | None) -> tuple[Constraint, int | None]:
    """The kind and date of a constraint as typed; one that has no date drops what is typed there."""
    kind, at = Constraint[constraint], read_date(date)
    if kind.dated and at is None:
        raise CannotApply("task.constraint-without-date", f"“{kind.words}” needs a date.")
    return kind, at if kind.dated else None


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

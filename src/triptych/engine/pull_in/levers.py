"""What can be pulled: each lever is one thing in the plan that can give way, by an amount of its own unit.

How far each may be pulled, and what a minute of it costs in working minutes:

- *shorten* a task that is not done: to no less than half of what remains of it, nor less than a day (what is a day or
  less is not shortened). A minute costs a minute.
- *lag*: cut a lag down to nothing. A minute costs a minute; round the clock, as much as it holds of a working week.
- *overlap*: let the successor of a finish-start link without lag start before its predecessor has finished, while up
  to half of what remains of that is still to be done. A milestone does not: it marks that the work is done. A minute
  costs half a minute: the work stays, the risk grows.
- *pin*: take off or move a constraint; *leave*: have a person work who would be away; *by hand*: let the plan
  schedule what is scheduled by hand. They cost no minutes, and need a decision.
"""

from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import ceil
from typing import ClassVar

from triptych.engine.what_if import shorter
from triptych.plan import CalendarException, Constraint, LagKind, Link, Resource, Task
from triptych.plan.changes import (
    Change,
    RemoveAbsence,
    SetConstraint,
    SetLag,
    SetMode,
    SetSecondaryConstraint,
)
from triptych.plan.quantities import spell_instant

#: The constraints that can hold a task later than it would be, by the end that they hold.
HOLD_STARTS = frozenset({Constraint.SNET, Constraint.MSO, Constraint.START_ON, Constraint.ALAP})
HOLD_FINISHES = frozenset({Constraint.FNET, Constraint.MFO, Constraint.FINISH_ON})


@dataclass(frozen=True, eq=False, kw_only=True)
class Lever:
    """Something that gives way: `row` is the task it is about, `room` the most of its own unit, and `ratio` so much
    of that unit is a working minute."""

    #: Its cost for a working minute, in thousandths of half a minute, and never nothing: of ways without cost, fewer.
    weight: ClassVar[int] = 1
    decision: ClassVar[bool] = True

    row: int
    room: int = 1
    ratio: Fraction = Fraction(1)

    @property
    def step(self) -> int:
        """Amounts are tried in steps: of half an hour, or of a percent, which is more than a minute."""
        return 30 if self.ratio >= 1 else 1

    def amount_for(self, minutes: int) -> int:
        """The amount that stands for so many working minutes; no more than there is room."""
        return self.room if self.decision else min(self.room, ceil(minutes * self.ratio))

    def cost(self, amount: int) -> int:
        """Working minutes of compression."""
        return 0 if self.decision else ceil(amount / self.ratio * self.weight / 2000)

    def changes(self, amount: int) -> tuple[Change, ...]:
        """The changes that pull it so far."""
        raise NotImplementedError

    def bare(self) -> "Lever":
        """The same, pulled as far as it goes where that is a matter of a date."""
        return self


@dataclass(frozen=True, eq=False, kw_only=True)
class Shorten(Lever):
    """Take minutes out of what `remaining` of a task."""

    weight: ClassVar[int] = 2000
    decision: ClassVar[bool] = False

    task: Task
    remaining: int

    def changes(self, amount: int) -> tuple[Change, ...]:
        return shorter(self.task, amount)


@dataclass(frozen=True, eq=False, kw_only=True)
class CutLag(Lever):
    """Cut the lag of a link, in minutes or percent as it is stated."""

    weight: ClassVar[int] = 2000
    decision: ClassVar[bool] = False

    link: Link
    pred: Task
    succ: Task

    def changes(self, amount: int) -> tuple[Change, ...]:
        link = self.link
        lag_kind = link.lag_kind.name
        return (SetLag(link.pred, link.succ, link.kind.name, link.lag - amount, lag_kind),)  # type: ignore[arg-type]


@dataclass(frozen=True, eq=False, kw_only=True)
class Overlap(Lever):
    """Let the successor of a finish-start link start before its predecessor has finished; `lead` is there already."""

    weight: ClassVar[int] = 1000
    decision: ClassVar[bool] = False

    pred_row: int
    pred: Task
    succ: Task
    lead: int

    def changes(self, amount: int) -> tuple[Change, ...]:
        return (SetLag(self.pred.uid, self.succ.uid, "FS", -self.lead - amount, LagKind.WORKING.name),)


@dataclass(frozen=True, eq=False, kw_only=True)
class Unpin(Lever):
    """Take a constraint off, or move it to the instant `to`."""

    task: Task
    secondary: bool = False
    to: int | None = None

    @property
    def kind(self) -> Constraint:
        return self.task.secondary if self.secondary else self.task.constraint

    @property
    def date(self) -> int | None:
        return self.task.secondary_date if self.secondary else self.task.constraint_date

    def moved(self, to: int) -> "Unpin":
        """The same constraint on another date."""
        return replace(self, to=to)

    def bare(self) -> "Unpin":
        return replace(self, to=None)

    def changes(self, amount: int) -> tuple[Change, ...]:  # noqa: ARG002 - all or nothing
        kind = Constraint.ASAP if self.to is None else self.kind
        date = None if self.to is None else spell_instant(self.to)
        change = SetSecondaryConstraint if self.secondary else SetConstraint
        return (change(self.task.uid, kind.name, date),)  # type: ignore[arg-type]


@dataclass(frozen=True, eq=False, kw_only=True)
class EndLeave(Lever):
    """Have a person work while they would be away."""

    resource: Resource
    absence: CalendarException = field(repr=False)

    def changes(self, amount: int) -> tuple[Change, ...]:  # noqa: ARG002
        away = self.absence
        return (RemoveAbsence(self.resource.uid, away.first, away.last, away.name),)


@dataclass(frozen=True, eq=False, kw_only=True)
class ByPlan(Lever):
    """Let the plan schedule a task that is scheduled by hand; what was typed is kept in mind."""

    task: Task

    def changes(self, amount: int) -> tuple[Change, ...]:  # noqa: ARG002
        start, finish = (
            None if at is None else spell_instant(at) for at in (self.task.start, self.task.finish)
        )
        return (SetMode(self.task.uid, False, start, finish),)

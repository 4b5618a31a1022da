"""Changes of who works on what, and when they are away."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from triptych.plan.model import Assignment, CalendarException, Plan, Resource

from .applying import CannotApply, leaf_of, row_of, team_of
from .durations import effort_of, restoring, with_effort

if TYPE_CHECKING:
    from . import Change


@dataclass(frozen=True, slots=True)
class Assign:
    """Put a resource on a task with `units` (100 is full time), and with `work` of its own if that is stated.

    Effort-driven work is shared with whoever comes without (`docs/rules/work.md`).
    """

    task: int
    resource: int
    units: int = 100
    work: int | None = None
    op: Literal["assign"] = "assign"

    def apply(self, plan: Plan) -> Plan:
        row = leaf_of(plan, self.task, "team")
        _resource(plan, self.resource)
        if is_on(plan, row, self.resource):
            raise CannotApply("assignment.duplicate", "This person is on the task already.")
        newcomer = Assignment(self.task, self.resource, self.units, self.work)
        return with_effort(plan, row, effort_of(plan, row, self.resource).joined_by(newcomer))

    def inverse(self, plan: Plan) -> "Change":
        return restoring(plan, self.task)


@dataclass(frozen=True, slots=True)
class Unassign:
    """Take a resource off a task; effort-driven work goes to those who stay."""

    task: int
    resource: int
    op: Literal["unassign"] = "unassign"

    def apply(self, plan: Plan) -> Plan:
        row = assigned_row_of(plan, self.task, self.resource)
        return with_effort(plan, row, effort_of(plan, row).left_by(self.resource))

    def inverse(self, plan: Plan) -> "Change":
        return restoring(plan, self.task)


def is_on(plan: Plan, row: int, resource: int) -> bool:
    return any(each.resource == resource for each in team_of(plan, row))


def assigned_row_of(plan: Plan, task: int, resource: int) -> int:
    """The row of a task that the resource is on."""
    row = row_of(plan, task)
    if not is_on(plan, row, resource):
        raise CannotApply("assignment.unknown", "This person is not on the task.")
    return row


def _with_absences(plan: Plan, resource: int, absences: Iterable[CalendarException]) -> Plan:
    row = plan.resource_index.get(resource)
    if row is None:
        raise CannotApply("resource.unknown", f"There is no resource {resource} in this plan.")
    people = list(plan.resources)
    people[row] = replace(
        people[row], absences=tuple(sorted(absences, key=lambda each: (each.first, each.last)))
    )
    return replace(plan, resources=tuple(people))


def _resource(plan: Plan, uid: int) -> Resource:
    row = plan.resource_index.get(uid)
    if row is None:
        raise CannotApply("resource.unknown", f"There is no resource {uid} in this plan.")
    return plan.resources[row]


@dataclass(frozen=True, slots=True)
class AddAbsence:
    """A person is away from `first` to `last`, both included (ISO dates)."""

    resource: int
    first: date
    last: date
    name: str = ""
    op: Literal["add_absence"] = "add_absence"

    def apply(self, plan: Plan) -> Plan:
        if self.last < self.first:
            raise CannotApply("absence.bad-dates", "An absence ends on or after the day it begins.")
        person = _resource(plan, self.resource)
        absence = CalendarException(self.first, self.last, (), self.name)
        if absence in person.absences:
            raise CannotApply("absence.duplicate", "This absence is recorded already.")
        return _with_absences(plan, self.resource, (*person.absences, absence))

    def inverse(self, plan: Plan) -> "Change":  # noqa: ARG002 - the signature of every change
        return RemoveAbsence(self.resource, self.first, self.last, self.name)


@dataclass(frozen=True, slots=True)
class RemoveAbsence:
    """Take an absence out."""

    resource: int
    first: date
    last: date
    name: str = ""
    op: Literal["remove_absence"] = "remove_absence"

    def apply(self, plan: Plan) -> Plan:
        person = _resource(plan, self.resource)
        absence = CalendarException(self.first, self.last, (), self.name)
        if absence not in person.absences:
            raise CannotApply("absence.unknown", "There is no such absence.")
        kept = [each for each in person.absences if each != absence]
        return _with_absences(plan, self.resource, kept)

    def inverse(self, plan: Plan) -> "Change":  # noqa: ARG002 - the signature of every change
        return AddAbsence(self.resource, self.first, self.last, self.name)

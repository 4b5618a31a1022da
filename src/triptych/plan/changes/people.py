"""Changes of who works on what, and when they are away."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from triptych.plan.columns import assignment_columns
from triptych.plan.model import Assignment, CalendarException, Plan, Resource

from .applying import CannotApply, leaf_of

if TYPE_CHECKING:
    from . import Change


@dataclass(frozen=True, slots=True)
class Assign:
    """Put a resource on a task with `units` (100 is full time)."""

    task: int
    resource: int
    units: int = 100
    work: int | None = None
    op: Literal["assign"] = "assign"

    def apply(self, plan: Plan) -> Plan:
        leaf_of(plan, self.task, "team")
        if self.resource not in plan.resource_index:
            raise CannotApply("resource.unknown", f"There is no resource {self.resource} in this plan.")
        rows = list(plan.each_assignment())
        if any((each.task, each.resource) == (self.task, self.resource) for each in rows):
            raise CannotApply("assignment.duplicate", "This person is on the task already.")
        rows.append(Assignment(self.task, self.resource, self.units, self.work))
        table = assignment_columns(rows, plan.index_of, plan.resource_index)
        return replace(plan, assignments=table)

    def inverse(self, plan: Plan) -> "Change":  # noqa: ARG002 - the signature of every change
        return Unassign(self.task, self.resource)


@dataclass(frozen=True, slots=True)
class Unassign:
    """Take a resource off a task."""

    task: int
    resource: int
    op: Literal["unassign"] = "unassign"

    def apply(self, plan: Plan) -> Plan:
        old = self._old(plan)
        rows = [each for each in plan.each_assignment() if each != old]
        table = assignment_columns(rows, plan.index_of, plan.resource_index)
        return replace(plan, assignments=table)

    def inverse(self, plan: Plan) -> "Change":
        old = self._old(plan)
        return Assign(old.task, old.resource, old.units, old.work)

    def _old(self, plan: Plan) -> Assignment:
        for each in plan.each_assignment():
            if (each.task, each.resource) == (self.task, self.resource):
                return each
        raise CannotApply("assignment.unknown", "This person is not on the task.")


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

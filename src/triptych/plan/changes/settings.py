"""Changes of what many tasks stand on: a project's own settings, a resource, a calendar."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeVar

from triptych.plan.amounts import MOST_MONEY, misfits
from triptych.plan.model import Calendar, Plan, Project, Resource
from triptych.plan.rates import rates_stand
from triptych.plan.worktime import calendar_faults

from .applying import CannotApply

if TYPE_CHECKING:
    from . import Change

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class SetProject:
    """Give a project other settings: its start, status date, calendar, currency and the like; all of them as given."""

    value: Project
    op: Literal["set_project"] = "set_project"

    def apply(self, plan: Plan) -> Plan:
        row = _project(plan, self.value.uid)
        if self.value.calendar not in plan.calendar_index:
            raise CannotApply("calendar.unknown", f"There is no calendar {self.value.calendar} in this plan.")
        if self.value.from_finish and self.value.finish is None:
            raise CannotApply("project.no-finish", "A project scheduled from its finish needs a finish date.")
        return replace(plan, projects=_with(plan.projects, row, self.value))

    def inverse(self, plan: Plan) -> "Change":
        return SetProject(plan.projects[_project(plan, self.value.uid)])


@dataclass(frozen=True, slots=True)
class SetResource:
    """Give a person, team or machine other terms: capacity, calendar, role, skills, rates. Absences stay as they are:
    they are changes of their own."""

    value: Resource
    op: Literal["set_resource"] = "set_resource"

    def apply(self, plan: Plan) -> Plan:
        row = _resource(plan, self.value.uid)
        if self.value.calendar is not None and self.value.calendar not in plan.calendar_index:
            raise CannotApply("calendar.unknown", f"There is no calendar {self.value.calendar} in this plan.")
        if bad := misfits(self.value):
            code = f"resource.bad-{bad[0].field.replace('_', '-')}"
            raise CannotApply(code, f"The {bad[0].words} of {bad[0].value} is not possible.")
        if not rates_stand(self.value.rates, MOST_MONEY):
            message = "Rates begin one after another, and none is less than nothing."
            raise CannotApply("resource.bad-rates", message)
        kept = replace(self.value, absences=plan.resources[row].absences)
        return replace(plan, resources=_with(plan.resources, row, kept))

    def inverse(self, plan: Plan) -> "Change":
        return SetResource(replace(plan.resources[_resource(plan, self.value.uid)], absences=()))


@dataclass(frozen=True, slots=True)
class SetCalendar:
    """Give a calendar another week, other exceptions, or another base."""

    value: Calendar
    op: Literal["set_calendar"] = "set_calendar"

    def apply(self, plan: Plan) -> Plan:
        row = _calendar(plan, self.value.uid)
        calendars = _with(plan.calendars, row, self.value)
        if found := calendar_faults(calendars):
            raise CannotApply(found[0].code, found[0].message)
        return replace(plan, calendars=calendars)

    def inverse(self, plan: Plan) -> "Change":
        return SetCalendar(plan.calendars[_calendar(plan, self.value.uid)])


def _with(rows: tuple[_T, ...], row: int, value: _T) -> tuple[_T, ...]:
    return (*rows[:row], value, *rows[row + 1 :])


def _project(plan: Plan, uid: int) -> int:
    if uid not in plan.project_index:
        raise CannotApply("project.unknown", f"There is no project {uid} in this plan.")
    return plan.project_index[uid]


def _resource(plan: Plan, uid: int) -> int:
    if uid not in plan.resource_index:
        raise CannotApply("resource.unknown", f"There is no resource {uid} in this plan.")
    return plan.resource_index[uid]


def _calendar(plan: Plan, uid: int) -> int:
    if uid not in plan.calendar_index:
        raise CannotApply("calendar.unknown", f"There is no calendar {uid} in this plan.")
    return plan.calendar_index[uid]

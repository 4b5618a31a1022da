"""What many tasks stand on, to rows: projects' settings, resources, calendars."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from triptych.apps.project import models as rows
from triptych.plan.model import Calendar, Plan, Project, Resource


class _Numbered(Protocol):
    @property
    def uid(self) -> int: ...


_T = TypeVar("_T", bound=_Numbered)

_SETTINGS = (
    "start", "finish", "from_finish", "status_date", "minutes_per_day", "minutes_per_week", "days_per_month",
    "honour_constraints", "critical_limit", "critical_by_path", "open_ends_critical", "dialect", "currency",
)  # fmt: skip
_NAMED = ("lag_hours", "progress_logic", "float_basis")
_RESOURCE = ("name", "kind", "units", "email", "role", "rate", "cost_per_use", "accrual")


def settings_values(value: Project) -> dict[str, Any]:
    """A project's settings as the columns of its row."""
    values = {name: getattr(value, name) for name in _SETTINGS}
    return values | {name: getattr(value, name) or "" for name in _NAMED} | {"calendar_id": value.calendar}


def resource_values(value: Resource) -> dict[str, Any]:
    """A resource's terms as the columns of its row."""
    values = {name: getattr(value, name) for name in _RESOURCE}
    rates = [[each.first, each.rate, each.cost_per_use] for each in value.rates]
    return values | {"calendar_id": value.calendar, "skills": list(value.skills), "rates": rates}


def calendar_values(value: Calendar) -> dict[str, Any]:
    """A calendar's working time as the columns of its row."""
    return {
        "name": value.name,
        "week": [None if day is None else [list(shift) for shift in day] for day in value.week],
        "exceptions": [
            {
                "first": each.first.isoformat(),
                "last": each.last.isoformat(),
                "shifts": [list(shift) for shift in each.shifts],
                "name": each.name,
            }
            for each in value.exceptions
        ],
        "base_id": value.base,
    }


def store_settings(before: Plan, after: Plan) -> None:
    """Write the settings, resources and calendars that differ. None of them comes or goes by a change of a plan."""
    for project in _differing(before.projects, after.projects):
        rows.Node.objects.filter(pk=project.uid).update(name=project.name)
        rows.ProjectSettings.objects.filter(node=project.uid).update(**settings_values(project))
    for person in _differing(map(_apart, before.resources), map(_apart, after.resources)):
        rows.Resource.objects.filter(pk=person.uid).update(**resource_values(person))
    for calendar in _differing(before.calendars, after.calendars):
        rows.Calendar.objects.filter(pk=calendar.uid).update(**calendar_values(calendar))


def reset(before: Plan, after: Plan) -> frozenset[int]:
    """The projects whose settings differ, or who have work for a resource that does."""
    found = {each.uid for each in _differing(before.projects, after.projects)}
    people = {each.uid for each in _differing(map(_apart, before.resources), map(_apart, after.resources))}
    if people:
        mine = [each.uid in people for each in after.resources]
        tasks = after.assignments.task[[mine[at] for at in after.assignments.resource.tolist()]]
        found |= {after.projects[at].uid for at in after.tasks.project[tasks].tolist()}
    return frozenset(found)


def _apart(person: Resource) -> Resource:
    """A resource without its absences, which are rows of their own."""
    return replace(person, absences=())


def _differing(before: Iterable[_T], after: Iterable[_T]) -> list[_T]:
    known = {each.uid: each for each in before}
    return [each for each in after if each.uid in known and known[each.uid] != each]

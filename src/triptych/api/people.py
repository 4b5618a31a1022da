"""The people in plans, and when they are away."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from triptych.apps.project import queries
from triptych.apps.project.actions import add_absence
from triptych.apps.project.models import Absence, Resource

from . import access
from .reading import Id
from .shapes import FAULTS, ChangeAnswer, Named, json, ripple_shape

router = Router(tags=["people"])


class AbsenceRow(Schema):
    """Days away, both ends included."""

    first: date
    last: date
    name: str = Field("", max_length=200)


class Person(Named):
    """A person, team or machine; `skills` are roles they can take on besides `role`; `assignments` counts their tasks in the projects the reader may see."""

    role: str
    skills: list[str]
    calendar: str
    absences: list[AbsenceRow]
    assignments: int


class People(Schema):
    """Everyone the reader may see."""

    people: list[Person]


@router.get("/people", response={200: People, **FAULTS})
def read_people(request: HttpRequest) -> Any:
    """The people whom the reader's projects may assign."""
    found = queries.people(access.rights(request))
    return json({"people": [_person(each) for each in found]})


def _person(row: Resource) -> dict[str, Any]:
    absences: list[Absence] = getattr(row, "absent", [])
    return {
        "id": row.pk,
        "name": row.name,
        "role": row.role,
        "skills": row.skills,
        "calendar": row.calendar.name if row.calendar else "",
        "absences": [{"first": a.first, "last": a.last, "name": a.name} for a in absences],
        "assignments": getattr(row, "assigned", 0),
    }


@router.post("/people/{person}/absences", response={200: ChangeAnswer, **FAULTS})
def add_person_absence(request: HttpRequest, person: Id, body: AbsenceRow, preview: bool = False) -> Any:
    """Record an absence, or with `preview` be told what it would move."""
    outcome = add_absence(
        actor=access.user_of(request),
        resource=person,
        first=body.first,
        last=body.last,
        name=body.name,
        preview=preview,
        door=access.PAGE,
    )
    ripple = ripple_shape(outcome.ripple, outcome.after, outcome.rights)
    return json(
        {
            "seq": outcome.seq,
            "entry": None if outcome.entry is None else outcome.entry.pk,
            "ripple": ripple,
            "tasks": [],
            "links": None,
            "project": {"start": None, "finish": ripple["finish_after"]},
            "diagnostics": [],
        }
    )

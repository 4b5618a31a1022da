"""Samples of what hangs on the tree."""

from datetime import UTC, date, datetime

from tests.cast import Company
from triptych.apps.people.records import Record
from triptych.apps.project import files
from triptych.apps.project.actions import add
from triptych.apps.project.models import (
    Attachment,
    ChecklistItem,
    Comment,
    CustomField,
    Involvement,
    ItemType,
    Label,
    Labelled,
    Recurrence,
    Template,
    TimeEntry,
    Transition,
    Watch,
    WorkflowState,
)

from . import Sample, Values

#: A moment, for what says when it was written.
THEN = datetime(2026, 3, 2, 9, tzinfo=UTC)


def _comment(company: Company) -> Values:
    return {"node": company.house, "text": f"Ask @[Bob](user:{company.bob.pk})", "at": THEN}


def _type(company: Company, key: str) -> ItemType:
    return add(ItemType, actor=company.alice, key=key, name=key.title(), base="task").row


def _transition(company: Company) -> Values:
    bug = _type(company, "bug")
    new, fixed = (
        add(WorkflowState, actor=company.alice, type=bug, name=name, category=category).row
        for name, category in (("New", "todo"), ("Fixed", "done"))
    )
    return {"source": new, "target": fixed}


def _state(company: Company) -> Values:
    return {"type": _type(company, "story"), "name": "Ready", "category": "todo"}


def _labelled(company: Company) -> Values:
    return {"node": company.house, "label": add(Label, actor=company.alice, name="Urgent").row}


def _time(company: Company) -> Values:
    return {"node_id": company.tasks["design"], "day": THEN.date(), "minutes": 90}


def _attachment(company: Company) -> Values:
    kept = {"media_type": "text/plain", "size": 5, "sha256": files.keep(b"house")}
    return {"node": company.house, "name": "house.txt", "at": THEN, **kept}


def _recurrence(company: Company) -> Values:
    return {"node_id": company.tasks["design"], "rule": "FREQ=WEEKLY;BYDAY=MO", "first": THEN.date()}


SAMPLES: dict[type[Record], Sample] = {
    Comment: Sample(_comment, {"text": "Never mind"}),
    Watch: Sample(lambda company: {"node": company.house}, {}),
    ItemType: Sample(lambda _: {"key": "task", "name": "Task", "base": "task"}, {"icon": "check"}),
    WorkflowState: Sample(_state, {"position": 7}),
    Transition: Sample(_transition, {"verb": "control"}),
    CustomField: Sample(lambda _: {"name": "Vendor", "kind": "text"}, {"required": True}),
    Label: Sample(lambda _: {"name": "Outside"}, {"colour": "red"}),
    Labelled: Sample(_labelled, {}),
    ChecklistItem: Sample(lambda company: {"node": company.house, "text": "Call"}, {"text": "Write"}),
    Involvement: Sample(
        lambda company: {"node": company.house, "user": company.bob, "part": "consulted"},
        {"part": "informed"},
    ),
    TimeEntry: Sample(_time, {"minutes": 60, "note": "Sketches"}),
    Attachment: Sample(_attachment, {"name": "home.txt"}),
    Template: Sample(
        lambda _: {"name": "Kitchen", "content": {"tasks": [{"name": "Measure", "minutes": 480}]}},
        {"about": "As we always do it"},
    ),
    Recurrence: Sample(_recurrence, {"until": date(2026, 6, 30)}),
}

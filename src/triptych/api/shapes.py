"""The shapes that several doors share."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Literal

import numpy as np
import orjson
from django.http import HttpResponse
from ninja import Schema

from triptych.apps.people.models import User
from triptych.apps.people.roles import Verb
from triptych.apps.project.bridge import Computed
from triptych.apps.project.bridge.sheet import spelled
from triptych.apps.project.rules import Rights
from triptych.engine import Moved as MovedTask
from triptych.engine import Ripple
from triptych.engine.impact import Impact
from triptych.plan.quantities import spell_instant

from .problems import Fault, Problem

#: The answers that any door may give beside its own.
FAULTS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422), Problem)

LinkKindName = Literal["FS", "SS", "FF", "SF"]
LagKindName = Literal["WORKING", "ELAPSED", "PERCENT", "ELAPSED_PERCENT"]
ConstraintName = Literal[
    "ASAP", "ALAP", "SNET", "SNLT", "FNET", "FNLT", "MSO", "MFO", "START_ON", "FINISH_ON"
]


class Named(Schema):
    """A person or thing by number and name."""

    id: int
    name: str


class Team(Named):
    """A resource on a task: 100 units are full time; null for work that nobody has stated."""

    units: int
    work_minutes: int | None


class Split(Schema):
    """An interruption, once so much of the task is done, of so much working time."""

    after_minutes: int
    gap_minutes: int


class TaskRow(Schema):
    """A task with everything that was typed and computed. Dates are local, ISO 8601 to the minute."""

    id: int
    parent: int | None
    wbs: str
    name: str
    kind: Literal["phase", "deliverable", "milestone", "task"]
    summary: bool
    milestone: bool
    duration_minutes: int
    elapsed: bool
    start: str | None
    finish: str | None
    early_start: str | None
    early_finish: str | None
    late_start: str | None
    late_finish: str | None
    total_float_minutes: int
    free_float_minutes: int
    critical: bool
    percent_complete: int
    constraint: ConstraintName
    constraint_date: str | None
    deadline: str | None
    actual_start: str | None
    actual_finish: str | None
    calendar: int | None
    manual: bool
    active: bool
    hammock: bool
    secondary: ConstraintName
    secondary_date: str | None
    type: Literal["FIXED_UNITS", "FIXED_DURATION", "FIXED_WORK"]
    effort_driven: bool
    splits: list[Split]
    people: list[Team]


class LinkRow(Schema):
    """A link; `driving` if it holds the start of its successor."""

    id: int
    pred: int
    succ: int
    kind: LinkKindName
    lag_minutes: int
    lag_kind: LagKindName
    driving: bool


class Moved(Schema):
    """A task that moves; nameless where the reader may not see it."""

    id: int
    name: str | None
    project: int | None
    milestone: bool
    start_before: str | None
    finish_before: str | None
    start_after: str | None
    finish_after: str | None


class RippleShape(Schema):
    """What a change moves."""

    sentence: str
    tasks: int
    milestones: int
    finish_before: str | None
    finish_after: str | None
    finish_delta_minutes: int
    moved: list[Moved]


class AmountShape(Schema):
    """A sum before and after: hundredths of a currency, or minutes of work."""

    before: int
    after: int


class PersonOverload(AmountShape):
    """The work that is too much for a person, in minutes over all their projects."""

    id: int
    name: str


class ReasonShape(Schema):
    """A task that moves, and why it then starts when it does."""

    task: int
    sentence: str


class ImpactShape(Schema):
    """What a change does beside moving dates. `cost` is by currency, of the projects whose money the reader may see."""

    cost: dict[str, AmountShape]
    overload_minutes: AmountShape
    overload: list[PersonOverload]
    milestones: list[int]
    reasons: list[ReasonShape]


class Span(Schema):
    """The computed dates of a project."""

    start: str | None
    finish: str | None


class ChangeAnswer(Schema):
    """What changes did, or would do."""

    seq: int
    entry: int | None
    ripple: RippleShape
    tasks: list[TaskRow]
    links: list[LinkRow] | None
    project: Span
    diagnostics: list[Fault]
    impact: ImpactShape | None = None


def named(user: User | None) -> dict[str, Any] | None:
    """A user by number and name."""
    return None if user is None else {"id": user.pk, "name": user.name}


def json(body: Any, status: int = 200) -> HttpResponse:
    """Plain values as an answer. Its shape is declared at the door and checked by the tests: to validate ten
    thousand rows at each request would cost more than to compute them."""
    return HttpResponse(orjson.dumps(body), status=status, content_type="application/json")


NO_RIPPLE: dict[str, Any] = {
    "sentence": "moves nothing",
    "tasks": 0,
    "milestones": 0,
    "finish_before": None,
    "finish_after": None,
    "finish_delta_minutes": 0,
    "moved": [],
}


def ripple_shape(ripple: Ripple, after: Computed, rights: Rights) -> dict[str, Any]:
    """What moves to where the plan `after` has it, as this reader may know it."""
    return {
        "sentence": ripple.sentence,
        "tasks": ripple.tasks,
        "milestones": ripple.milestones,
        "finish_before": spell_instant(ripple.finish_before),
        "finish_after": spell_instant(ripple.finish_after),
        "finish_delta_minutes": ripple.finish_delta_minutes,
        "moved": _moved(after, ripple.moved, rights),
    }


def impact_shape(found: Impact, after: Computed) -> dict[str, Any]:
    """What changes do beside moving dates, as it was found for one reader."""
    plan = after.plan
    return {
        "cost": {currency: asdict(each) for currency, each in found.cost.items()},
        "overload_minutes": asdict(found.overload_total),
        "overload": [
            {"id": uid, "name": plan.resources[plan.resource_index[uid]].name, **asdict(each)}
            for uid, each in found.overload.items()
        ],
        "milestones": [each.task for each in found.milestones],
        "reasons": [{"task": each.moved.task, "sentence": each.sentence} for each in found.reasons],
    }


def _moved(after: Computed, moved: Sequence[MovedTask], rights: Rights) -> list[dict[str, Any]]:
    """The tasks that moved. Dates are spelled a column at a time: there may be ten thousand."""
    plan = after.plan
    owners = [each.uid for each in plan.projects]
    projects = plan.tasks.project.tolist()
    dates = {
        name: spelled(np.array([getattr(each, name) for each in moved], np.int64))
        for name in ("start_before", "finish_before", "start_after", "finish_after")
    }
    found = []
    for number, each in enumerate(moved):
        row = plan.index_of[each.task]
        owner = owners[projects[row]]
        seen = rights.may_on(Verb.VIEW, each.task, owner)
        name, project = (plan.tasks.name[row], owner) if seen else (None, None)
        told = {"id": each.task, "name": name, "project": project}
        when = {name: column[number] for name, column in dates.items()}
        found.append({**told, "milestone": each.milestone, **when})
    return found

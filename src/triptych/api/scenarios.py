"""Scenarios tried and promoted, change requests handed in and decided: the verbs beside those that all nouns share."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from triptych.apps.control.actions.scenarios import (
    approve_change_request,
    promote_scenario,
    reject_change_request,
    submit_change_request,
)
from triptych.apps.control.models import ChangeRequest, Scenario
from triptych.apps.control.queries.scenarios import compared, worked_out
from triptych.apps.project.actions import Outcome
from triptych.apps.project.rules import Rights
from triptych.apps.project.trying import Tried

from . import access
from .nouns import row_of
from .problems import Fault
from .reading import Id
from .shapes import FAULTS, ImpactShape, RippleShape, impact_shape, json, ripple_shape

router = Router(tags=["scenarios"])


class Trial(Schema):
    """What the changes would come to over the plan as it is; `skipped` are those that no longer fit, by place."""

    ripple: RippleShape
    impact: ImpactShape
    skipped: list[Fault]


class Comparison(Schema):
    """Two scenarios over one and the same plan; `ripple` is what differs from the first to the second."""

    one: Trial
    other: Trial
    ripple: RippleShape


class Promotion(Schema):
    """Which changes to make, by their places from 0, all without it; `seq` under which the plan was read, or null."""

    which: list[int] | None = Field(None, max_length=5000)
    seq: int | None = None


class Verdict(Schema):
    """Why, and the number under which the plan was read, or null."""

    note: str = Field("", max_length=10_000)
    seq: int | None = None


class Promoted(Schema):
    """The changes were made, or would be; `entry` is null in a preview."""

    entry: int | None
    seq: int
    ripple: RippleShape


class Decided(Schema):
    """A change request is where it now is."""

    entry: int | None
    state: str


@router.get("/scenarios/{number}/trial", response={200: Trial, **FAULTS})
def try_scenario(request: HttpRequest, number: Id) -> Any:
    """Work a scenario out over the plan as it is."""
    rights = access.rights(request)
    return json(_trial(rights, worked_out(rights, _scenario(rights, number))))


@router.get("/scenarios/{number}/comparison", response={200: Comparison, **FAULTS})
def compare_scenarios(request: HttpRequest, number: Id, other: Id) -> Any:
    """Two scenarios side by side, and what differs from the first to the second."""
    rights = access.rights(request)
    pair = compared(rights, _scenario(rights, number), _scenario(rights, other))
    return json(
        {
            "one": _trial(rights, pair.one.tried),
            "other": _trial(rights, pair.other.tried),
            "ripple": ripple_shape(pair.ripple, pair.other.tried.after, rights),
        }
    )


@router.post("/scenarios/{number}/promotion", response={200: Promoted, **FAULTS})
def promote(request: HttpRequest, number: Id, body: Promotion, preview: bool = False) -> Any:
    """Make the changes of a scenario, all or some, in the plan; what is left stays in the scenario."""
    row = _scenario(access.rights(request), number)
    done = promote_scenario(
        row,
        actor=access.user_of(request),
        which=body.which,
        seq=body.seq,
        preview=preview,
        door=access.PAGE,
    )
    return json(_promoted(done))


@router.get("/change-requests/{number}/trial", response={200: Trial, **FAULTS})
def try_change_request(request: HttpRequest, number: Id) -> Any:
    """What a change request would come to now."""
    rights = access.rights(request)
    return json(_trial(rights, worked_out(rights, _request(rights, number))))


@router.post("/change-requests/{number}/submission", response={200: Decided, **FAULTS})
def submit(request: HttpRequest, number: Id) -> Any:
    """Hand a change request in for decision; its impact of now is kept with it."""
    row = _request(access.rights(request), number)
    done = submit_change_request(row, actor=access.user_of(request), door=access.PAGE)
    return json({"entry": None if done.entry is None else done.entry.pk, "state": done.row.state})


@router.post("/change-requests/{number}/approval", response={200: Promoted, **FAULTS})
def approve(request: HttpRequest, number: Id, body: Verdict, preview: bool = False) -> Any:
    """Approve a change request: its changes are made at once."""
    done = approve_change_request(
        _request(access.rights(request), number),
        actor=access.user_of(request),
        note=body.note,
        seq=body.seq,
        preview=preview,
        door=access.PAGE,
    )
    return json(_promoted(done))


@router.post("/change-requests/{number}/rejection", response={200: Decided, **FAULTS})
def reject(request: HttpRequest, number: Id, body: Verdict) -> Any:
    """Reject a change request, with the reason."""
    row = _request(access.rights(request), number)
    done = reject_change_request(row, actor=access.user_of(request), note=body.note, door=access.PAGE)
    return json({"entry": None if done.entry is None else done.entry.pk, "state": done.row.state})


def _scenario(rights: Rights, number: int) -> Scenario:
    return row_of(rights, Scenario, number)


def _request(rights: Rights, number: int) -> ChangeRequest:
    return row_of(rights, ChangeRequest, number)


def _trial(rights: Rights, tried: Tried) -> dict[str, Any]:
    return {
        "ripple": ripple_shape(tried.ripple, tried.after, rights),
        "impact": impact_shape(tried.impact, tried.after),
        "skipped": [each.as_json() for each in tried.skipped],
    }


def _promoted(done: Outcome) -> dict[str, Any]:
    return {
        "entry": None if done.entry is None else done.entry.pk,
        "seq": done.seq,
        "ripple": ripple_shape(done.ripple, done.after, done.rights),
    }

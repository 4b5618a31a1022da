"""To accept a deliverable, to reject it, and to propose it again."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from triptych.apps.control.models import Acceptance
from triptych.apps.control.models.acceptance import AcceptanceState
from triptych.apps.history.ledger import Ledger
from triptych.apps.history.writing import API, Door, writing
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Conflict
from triptych.apps.people.roles import Verb
from triptych.apps.project.actions.keeping import Written, check, enter, held
from triptych.apps.project.rules import need_for, rights_of


def accept_deliverable(
    acceptance: Acceptance, *, actor: User, remarks: str = "", on: date | None = None, door: Door = API
) -> Written[Acceptance]:
    """Accept a proposed deliverable, today unless it was on another day.

    Raises NotVisible, NotAllowed without the right to approve there, Conflict for one that is not proposed.
    """
    return _settle(acceptance, AcceptanceState.ACCEPTED, "accept", actor, remarks, on, door)


def reject_deliverable(
    acceptance: Acceptance, *, actor: User, remarks: str, on: date | None = None, door: Door = API
) -> Written[Acceptance]:
    """Reject a proposed deliverable and say what is missing. Raises as `accept_deliverable`, and Invalid without
    remarks."""
    return _settle(acceptance, AcceptanceState.REJECTED, "reject", actor, remarks, on, door)


def propose_again(acceptance: Acceptance, *, actor: User, door: Door = API) -> Written[Acceptance]:
    """Put a rejected deliverable to those who approve once more.

    Raises NotVisible, NotAllowed without the right to control there, Conflict for one that was not rejected.
    """
    with writing():
        now = held(acceptance)
        need_for(rights_of(actor), Verb.CONTROL, now)
        if now.state != AcceptanceState.REJECTED:
            raise Conflict("acceptance.no-such-step", f"This is {now.state}, not rejected.")
        values = {"remarks": "", "decided_by_id": None, "decided_on": None, "state": AcceptanceState.PROPOSED}
        told = f"Proposed “{now.node.name[:120]}” for acceptance again"
        return _write(now, values, actor, door, "propose", told, Verb.CONTROL)


def _settle(
    acceptance: Acceptance,
    state: AcceptanceState,
    verb: str,
    actor: User,
    remarks: str,
    on: date | None,
    door: Door,
) -> Written[Acceptance]:
    with writing():
        now = held(acceptance)
        need_for(rights_of(actor), Verb.APPROVE, now)
        if now.state != AcceptanceState.PROPOSED:
            raise Conflict("acceptance.no-such-step", f"This is {now.state} already.")
        values = {
            "remarks": remarks.strip(),
            "decided_by_id": actor.pk,
            "decided_on": on or timezone.localdate(),
            "state": state,
        }
        told = f"{state.label} the deliverable “{now.node.name[:120]}”"
        return _write(now, values, actor, door, verb, told, Verb.APPROVE)


def _write(
    now: Acceptance, values: Mapping[str, Any], actor: User, door: Door, verb: str, told: str, right: Verb
) -> Written[Acceptance]:
    for name, value in values.items():
        setattr(now, name, value)
    check(now)
    ledger = Ledger()
    ledger.change(now, **values)
    return Written(now, enter(ledger, now, actor, door, verb, told, right))

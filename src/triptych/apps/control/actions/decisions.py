"""To decide."""

from datetime import date

from django.utils import timezone

from triptych.apps.control.models import Decision
from triptych.apps.control.models.decisions import DecisionState
from triptych.apps.history.ledger import Ledger
from triptych.apps.history.writing import API, Door, writing
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Conflict
from triptych.apps.people.roles import Verb
from triptych.apps.project.actions.keeping import Written, check, enter, held
from triptych.apps.project.rules import need_for, rights_of


def decide(
    decision: Decision,
    *,
    actor: User,
    text: str,
    reason: str = "",
    on: date | None = None,
    door: Door = API,
) -> Written[Decision]:
    """Take a decision that is wanted, today unless it was taken on another day.

    It is for those who control the node, or approve there. Raises NotVisible, NotAllowed, Conflict for one that is not
    open, Invalid for one without a text.
    """
    with writing():
        rights, now = rights_of(actor), held(decision)
        home = now.node
        controls = rights.may_on(Verb.CONTROL, home.pk, home.project_id)
        right = Verb.CONTROL if controls else Verb.APPROVE
        need_for(rights, right, now)
        if now.state != DecisionState.OPEN:
            raise Conflict("decision.no-such-step", f"This decision is {now.state}, not open.")
        values = {
            "decision": text.strip(),
            "reason": reason.strip(),
            "decided_by_id": actor.pk,
            "decided_on": on or timezone.localdate(),
            "state": DecisionState.DECIDED,
        }
        for name, value in values.items():
            setattr(now, name, value)
        check(now)
        ledger = Ledger()
        ledger.change(now, **values)
        told = f"Decided “{now.question[:120]}”: {now.decision[:200]}"
        return Written(now, enter(ledger, now, actor, door, "take", told, right))

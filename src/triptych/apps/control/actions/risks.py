"""A risk that happens."""

from dataclasses import dataclass
from datetime import date

from triptych.apps.control.models import Issue, Risk
from triptych.apps.control.models.issues import Severity
from triptych.apps.control.models.risks import RiskKind, RiskState
from triptych.apps.history.ledger import Ledger
from triptych.apps.history.models import LogEntry
from triptych.apps.history.writing import API, Door, writing
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Conflict
from triptych.apps.people.roles import Verb
from triptych.apps.project.actions.keeping import check, check_references, enter, held
from triptych.apps.project.rules import need_for, rights_of


@dataclass(frozen=True, slots=True)
class Occurred:
    """A risk that has occurred, the issue that it now is (an opportunity is none), and the entry that tells of it."""

    risk: Risk
    issue: Issue | None
    entry: LogEntry


def occur_risk(
    risk: Risk,
    *,
    actor: User,
    severity: Severity = Severity.HIGH,
    owner: User | None = None,
    due: date | None = None,
    door: Door = API,
) -> Occurred:
    """Say that a risk has happened: a threat becomes an issue where it hangs, its owner's unless another is named.

    Raises NotVisible, NotAllowed without the right to control there, Conflict for a risk that is over, Invalid.
    """
    with writing():
        rights, now = rights_of(actor), held(risk)
        need_for(rights, Verb.CONTROL, now)
        if not now.is_open:
            raise Conflict("risk.no-such-step", f"This risk is {now.state}; what is over does not occur.")
        ledger = Ledger()
        ledger.change(now, state=RiskState.OCCURRED)
        issue = None
        if now.kind == RiskKind.THREAT:
            issue = _issue(now, actor, severity, owner or now.owner, due)
            check_references(rights, issue, {"owner": issue.owner})
            check(issue)
            ledger.create(issue)
        told = f"The risk “{now.name[:120]}” has occurred" + (" and is an issue now" if issue else "")
        return Occurred(now, issue, enter(ledger, now, actor, door, "occur", told, Verb.CONTROL))


def _issue(risk: Risk, actor: User, severity: Severity, owner: User | None, due: date | None) -> Issue:
    return Issue(
        workspace_id=risk.workspace_id,
        node_id=risk.node_id,
        name=risk.name,
        text=risk.effect,
        severity=severity,
        owner=owner,
        raised_by=actor,
        due=due,
        from_risk=risk,
    )

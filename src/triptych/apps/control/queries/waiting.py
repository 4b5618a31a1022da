"""What waits for one person, wherever in the tree."""

from dataclasses import dataclass

from django.db.models import F

from triptych.apps.control.models import ActionItem, Decision, Issue, Risk, RiskResponse
from triptych.apps.control.models.decisions import DecisionState
from triptych.apps.control.models.issues import OPEN_ISSUE
from triptych.apps.control.models.meetings import ActionState
from triptych.apps.control.models.risks import OPEN_RISK, ResponseState
from triptych.apps.project.rules import Rights, records_visible_to

from .issues import by_day


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is open and theirs, what is due first, first: issues and action items they own, decisions asked of them,
    responses they carry out, risks they own."""

    issues: list[Issue]
    decisions: list[Decision]
    items: list[ActionItem]
    responses: list[RiskResponse]
    risks: list[Risk]


def waiting_for(rights: Rights) -> Waiting:
    """What waits for the reader. Five statements."""
    me = rights.user
    issues = records_visible_to(rights, Issue).filter(owner=me, state__in=OPEN_ISSUE)
    decisions = records_visible_to(rights, Decision).filter(asked_of=me, state=DecisionState.OPEN)
    items = records_visible_to(rights, ActionItem).filter(owner=me, state=ActionState.OPEN)
    over = (ResponseState.DONE, ResponseState.DROPPED)
    responses = records_visible_to(rights, RiskResponse).filter(owner=me).exclude(state__in=over)
    risks = records_visible_to(rights, Risk).filter(owner=me, state__in=OPEN_RISK)
    return Waiting(
        issues=by_day(issues.select_related("node")),
        decisions=by_day(decisions.select_related("node")),
        items=by_day(items.select_related("node")),
        responses=by_day(responses.filter(risk__state__in=OPEN_RISK).select_related("risk__node")),
        risks=list(risks.select_related("node").order_by(F("proximity").asc(nulls_last=True), "pk")),
    )

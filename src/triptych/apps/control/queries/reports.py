"""The status reports of a node."""

from dataclasses import dataclass
from typing import Any

from triptych.apps.control.models import StatusReport
from triptych.apps.control.models.reports import ReportState
from triptych.apps.people.roles import Verb
from triptych.apps.project.models import Node
from triptych.apps.project.rules import Rights, records_visible_to


@dataclass(frozen=True, slots=True)
class Told:
    """A report as a reader may know it: `money` are its sentences about that, None for who may not see money."""

    report: StatusReport
    money: list[dict[str, Any]] | None


def reports_of(rights: Rights, node: Node) -> list[Told]:
    """The reports of a node, the newest first; drafts only for those who report there. One statement."""
    found = records_visible_to(rights, StatusReport).filter(node=node)
    if not rights.may_on(Verb.CONTROL, node.pk, node.project_id):
        found = found.filter(state=ReportState.SENT)
    sees_money = rights.may_on(Verb.SEE_MONEY, node.pk, node.project_id)
    newest = found.select_related("author").order_by("-last", "-pk")
    return [Told(each, each.money if sees_money else None) for each in newest]


def last_sent(node: Node) -> StatusReport | None:
    """The report that was sent last, if any was."""
    return StatusReport.objects.filter(node=node, state=ReportState.SENT).order_by("-sent_at", "-pk").first()

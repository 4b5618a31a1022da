"""What is to be dealt with at a node and below it: issues, and decisions that are wanted."""

from triptych.apps.control.models import Decision, Issue
from triptych.apps.control.models.decisions import DecisionState
from triptych.apps.control.models.issues import OPEN_ISSUE, Severity
from triptych.apps.project.models import Node
from triptych.apps.project.rules import Rights, records_visible_to

from .below import below

_RANK = {severity.value: rank for rank, severity in enumerate(reversed(Severity))}


def open_issues(rights: Rights, node: Node) -> list[Issue]:
    """The issues and impediments of a node and of everything below it that somebody must deal with, the most severe
    first, and among them what is due first. One statement."""
    found = records_visible_to(rights, Issue).filter(below(node), state__in=OPEN_ISSUE)
    found = found.select_related("node", "owner")
    return sorted(found, key=lambda each: (_RANK[each.severity], each.due is None, each.due, each.pk))


def decisions_wanted(rights: Rights, node: Node) -> list[Decision]:
    """The decisions of a node and of everything below it that are still to be taken, what is due first, first. One
    statement."""
    found = records_visible_to(rights, Decision).filter(below(node), state=DecisionState.OPEN)
    return sorted(
        found.select_related("node", "asked_of"), key=lambda each: (each.due is None, each.due, each.pk)
    )

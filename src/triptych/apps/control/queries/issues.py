"""What is to be dealt with at a node and below it: issues, decisions that are wanted, action items."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from triptych.apps.control.models import ActionItem, Decision, Issue
from triptych.apps.control.models.decisions import DecisionState
from triptych.apps.control.models.issues import OPEN_ISSUE, Severity
from triptych.apps.control.models.meetings import ActionState
from triptych.apps.people.records import Record
from triptych.apps.project.models import Node
from triptych.apps.project.rules import Rights, records_visible_to

from .below import below

_R = TypeVar("_R", bound=Record)

_RANK = {severity.value: rank for rank, severity in enumerate(reversed(Severity))}


def open_issues(rights: Rights, node: Node) -> list[Issue]:
    """The issues and impediments of a node and of everything below it that somebody must deal with, the most severe
    first, and among them what is due first. One statement."""
    found = records_visible_to(rights, Issue).filter(below(node), state__in=OPEN_ISSUE)
    found = found.select_related("node", "owner")
    return sorted(by_day(found), key=lambda each: _RANK[each.severity])


def decisions_wanted(rights: Rights, node: Node) -> list[Decision]:
    """The decisions of a node and of everything below it that are still to be taken, what is due first, first. One
    statement."""
    found = records_visible_to(rights, Decision).filter(below(node), state=DecisionState.OPEN)
    return by_day(found.select_related("node", "asked_of"))


def open_items(rights: Rights, node: Node) -> list[ActionItem]:
    """The action items of a node and of everything below it that are still to be done, what is due first, first. One
    statement."""
    found = records_visible_to(rights, ActionItem).filter(below(node), state=ActionState.OPEN)
    return by_day(found.select_related("node", "owner"))


def by_day(rows: Iterable[_R]) -> list[_R]:
    """What is due first, first; what is due on no day, last."""
    return sorted(rows, key=_when)


def _when(row: Any) -> tuple[bool, date | None, int]:
    return row.due is None, row.due, row.pk

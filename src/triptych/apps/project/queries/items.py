"""Reading what items have beside their plan."""

from collections.abc import Collection
from typing import Any, TypedDict

from django.db.models import QuerySet

from triptych.apps.people.roles import Verb
from triptych.apps.project.models import (
    ChecklistItem,
    CustomField,
    FieldKind,
    Involvement,
    Label,
    Labelled,
)
from triptych.apps.project.rules import Rights, records_visible_to, visible_to


class Item(TypedDict):
    """An item's type and state by number, and the values of its custom fields by the field's number."""

    item_type: int | None
    workflow_state: int | None
    description: str
    points: int | None
    fields: dict[int, Any]


def item_values(rights: Rights, nodes: Collection[int]) -> dict[int, Item]:
    """What items have, of those that the reader may see. Fields that hold money are told to who may see money
    there; values of fields that there are no more stay untold."""
    known = dict(CustomField.objects.filter(workspace=rights.user.workspace_id).values_list("pk", "kind"))
    names = ("pk", "project_id", "item_type_id", "workflow_state_id", "description", "points", "fields")
    found = visible_to(rights.user, rights).filter(pk__in=nodes).values_list(*names)
    return {
        pk: Item(
            item_type=item_type,
            workflow_state=state,
            description=description,
            points=points,
            fields=_told(known, values, money=rights.may_on(Verb.SEE_MONEY, pk, project)),
        )
        for pk, project, item_type, state, description, points, values in found
    }


def _told(known: dict[int, str], values: dict[str, Any], *, money: bool) -> dict[int, Any]:
    return {
        int(key): value
        for key, value in values.items()
        if int(key) in known and (money or known[int(key)] != FieldKind.MONEY)
    }


def labels_of(rights: Rights, nodes: Collection[int]) -> dict[int, list[Label]]:
    """The labels of each node that has any, by name."""
    found: dict[int, list[Label]] = {}
    rows = records_visible_to(rights, Labelled).filter(node__in=nodes).select_related("label")
    for row in rows.order_by("label__name", "pk"):
        found.setdefault(row.node_id, []).append(row.label)
    return found


def checklist(rights: Rights, node: int) -> QuerySet[ChecklistItem]:
    """A node's checklist in order, with who ticked what off."""
    rows = records_visible_to(rights, ChecklistItem).filter(node=node)
    return rows.select_related("by").order_by("position", "pk")


def involved(rights: Rights, node: int) -> QuerySet[Involvement]:
    """Who has which part in a node; who is accountable is its manager."""
    rows = records_visible_to(rights, Involvement).filter(node=node)
    return rows.select_related("user").order_by("user__name", "pk")

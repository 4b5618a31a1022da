"""The rules of item types, workflows and custom fields, applied to one item after another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypedDict

from triptych.apps.people.models import User
from triptych.apps.people.roles import Verb
from triptych.apps.project.models import (
    Category,
    CustomField,
    FieldKind,
    ItemType,
    Kind,
    Node,
    Transition,
    WorkflowState,
)
from triptych.apps.project.rules import Rights
from triptych.plan.diagnostics import Diagnostic, error

from .fields import BadValue, read_value


class ItemValues(TypedDict, total=False):
    """What `edit_items` sets. Types and states by number, None for none; `fields` by the field's number, None to
    clear one, those not named stay; `progress` in percent."""

    item_type: int | None
    workflow_state: int | None
    description: str
    points: int | None
    fields: Mapping[int, Any]
    progress: int


@dataclass
class Rulebook:
    """The types, states, steps and fields of a workspace, read once for all items of a request."""

    types: dict[int, ItemType]
    states: dict[int, WorkflowState]
    steps: list[Transition]
    fields: dict[int, CustomField]
    people: frozenset[int]
    errors: list[Diagnostic] = field(default_factory=list)
    #: The percent complete that each item gets by its state.
    progress: dict[int, int] = field(default_factory=dict)

    def settle(self, rights: Rights, node: Node, values: ItemValues) -> dict[str, Any]:
        """The columns that the item gets. What is wrong is added to `errors`, what its progress becomes to
        `progress`. Raises NotVisible and NotAllowed for what the actor may not do with this item."""
        self._authorise(rights, node, values)
        kept: dict[str, Any] = {name: values[name] for name in ("description", "points") if name in values}
        item_type, state = self._place(rights, node, values)
        if item_type != node.item_type_id:
            kept["item_type_id"] = item_type
        if state != node.workflow_state_id:
            kept["workflow_state_id"] = state
            self._move(node, state)
        if "progress" in values:
            self.progress[node.pk] = values["progress"]
        if "fields" in values or "item_type" in values:
            kept["fields"] = self._filled(node, item_type, values.get("fields", {}))
        return kept

    def _authorise(self, rights: Rights, node: Node, values: ItemValues) -> None:
        rights.need_on(right_for(values), node.pk, node.project_id)
        named = (self.fields.get(each) for each in values.get("fields", ()))
        if any(each is not None and each.kind == FieldKind.MONEY for each in named):
            rights.need_on(Verb.EDIT_MONEY, node.pk, node.project_id)

    # Types and states

    def _place(self, rights: Rights, node: Node, values: ItemValues) -> tuple[int | None, int | None]:
        """The type and the state that the item comes to have."""
        item_type = values.get("item_type", node.item_type_id)
        if "item_type" in values and item_type is not None:
            self._check_type(node, item_type)
        if "workflow_state" not in values:
            if item_type == node.item_type_id:
                return item_type, node.workflow_state_id
            return item_type, self._like(node.workflow_state_id, item_type)
        state = values["workflow_state"]
        if state is not None:
            self._check_state(rights, node, item_type, state)
        return item_type, state

    def _check_type(self, node: Node, item_type: int) -> None:
        known = self.types.get(item_type)
        if known is None:
            self._fault(node, "item.unknown-type", "There is no such item type.", "item_type")
        elif known.base != node.kind:
            kind = Kind(node.kind).label.lower()
            self._fault(node, "item.other-kind", f"A {kind} cannot be a {known.name}.", "item_type")

    def _check_state(self, rights: Rights, node: Node, item_type: int | None, state: int) -> None:
        target = self.states.get(state)
        if target is None or target.type_id != item_type:
            self._fault(
                node, "item.unknown-state", "Items of this type have no such state.", "workflow_state"
            )
            return
        source = self.states.get(node.workflow_state_id or 0)
        if source is None or source == target or source.type_id != item_type:
            return
        mine = [each for each in self.steps if each.target.type_id == item_type]
        ways = [each for each in mine if each.target_id == state and each.source_id in {None, source.pk}]
        if mine and not ways:
            words = f"From {source.name} an item does not go on to {target.name}."
            self._fault(node, "item.no-such-step", words, "workflow_state")
        elif ways and not any(self._may_step(rights, node, each) for each in ways):
            rights.need_on(Verb(ways[0].verb), node.pk, node.project_id)

    def _may_step(self, rights: Rights, node: Node, way: Transition) -> bool:
        return not way.verb or rights.may_on(Verb(way.verb), node.pk, node.project_id)

    def _like(self, state: int | None, item_type: int | None) -> int | None:
        """The state of the type that comes first, of the same category as another type's state if there is one."""
        mine = [each for each in self.states.values() if each.type_id == item_type]
        mine.sort(key=lambda each: (each.position, each.pk))
        category = self.states[state].category if state in self.states else Category.TODO
        alike = [each for each in mine if each.category == category]
        return next((each.pk for each in alike or mine), None)

    def _move(self, node: Node, state: int | None) -> None:
        was, now = (self._is_done(each) for each in (node.workflow_state_id, state))
        if was != now:
            self.progress[node.pk] = 100 if now else 0

    def _is_done(self, state: int | None) -> bool:
        return state in self.states and self.states[state].category == Category.DONE

    # Fields

    def _filled(self, node: Node, item_type: int | None, values: Mapping[int, Any]) -> dict[str, Any]:
        """The values of the item's fields as they come to be."""
        filled = dict(node.fields)
        for key, value in values.items():
            known = self.fields.get(key)
            if known is None or not known.applies_to(item_type):
                self._fault(node, "item.unknown-field", "This item has no such field.", f"field {key}")
            elif value is None:
                filled.pop(str(key), None)
            else:
                self._fill(node, known, value, filled)
        for known in self.fields.values():
            if known.required and known.applies_to(item_type) and str(known.pk) not in filled:
                self._fault(node, "item.field-required", f"{known.name} is needed.", f"field {known.pk}")
        return filled

    def _fill(self, node: Node, known: CustomField, value: Any, filled: dict[str, Any]) -> None:
        try:
            filled[str(known.pk)] = read_value(known, value, self.people)
        except BadValue as fault:
            self._fault(node, "item.bad-field", f"{known.name}: {fault}", f"field {known.pk}")

    def _fault(self, node: Node, code: str, words: str, what: str) -> None:
        self.errors.append(error(code, words, f"item {node.pk} {what}", item=node.pk))


def rulebook(workspace: int) -> Rulebook:
    """The rules of a workspace, in five statements."""
    return Rulebook(
        types=_by_number(ItemType.objects.filter(workspace=workspace)),
        states=_by_number(WorkflowState.objects.filter(workspace=workspace)),
        steps=list(Transition.objects.filter(workspace=workspace).select_related("target").order_by("pk")),
        fields=_by_number(CustomField.objects.filter(workspace=workspace)),
        people=frozenset(User.objects.filter(workspace=workspace).values_list("pk", flat=True)),
    )


def _by_number(rows: Iterable[Any]) -> dict[int, Any]:
    return {each.pk: each for each in rows}


def right_for(values: ItemValues) -> Verb:
    """What it takes to set these: to move an item on, that to record progress."""
    return Verb.PROGRESS if values.keys() <= {"workflow_state", "progress"} else Verb.EDIT_PLAN

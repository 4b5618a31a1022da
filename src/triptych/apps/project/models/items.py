"""What kinds of item a company works on, how they move from to do to done, and what it notes of them beside that.

They are the whole workspace's. What an item itself has of them (its type, its state, its values) are columns of
`Node`, written by `edit_items`.
"""

from collections.abc import Mapping
from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models

from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb

from .tree import Kind

BASES = (Kind.TASK, Kind.MILESTONE, Kind.DELIVERABLE, Kind.PHASE)


class ItemType(Record):
    """A kind of item that the company tells apart: a bug, a story. `base` is what it is in the plan."""

    TERMS: ClassVar[Terms] = Terms("item type", home="", add=Verb.ADMINISTER, fixed=frozenset({"base"}))

    key = models.CharField(max_length=40, validators=[RegexValidator(r"\A[a-z][a-z0-9-]*\Z")])
    name = models.CharField(max_length=100)
    icon = models.CharField(max_length=40, blank=True)
    base = models.CharField(max_length=12, choices=[(each.value, each.label) for each in BASES])

    class Meta:
        constraints = (models.UniqueConstraint(fields=["workspace", "key"], name="item_type_once"),)

    def __str__(self) -> str:
        return self.name


class Category(models.TextChoices):
    """What a state of any workflow comes to. Entering `done` is 100 % in the plan."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"


class WorkflowState(Record):
    """A state through which the items of a type go; `position` is its place on the board."""

    TERMS: ClassVar[Terms] = Terms(
        "workflow state", home="", add=Verb.ADMINISTER, fixed=frozenset({"type", "category"})
    )

    type = models.ForeignKey(ItemType, on_delete=models.CASCADE, related_name="states")
    name = models.CharField(max_length=100)
    category = models.CharField(max_length=5, choices=Category)
    position = models.IntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["workspace", "type", "name"], name="state_once"),)

    def __str__(self) -> str:
        return self.name


class Transition(Record):
    """A step that a workflow allows, from `source`, or from any state without one, to `target`; `verb` is the right
    it takes beside that to record progress. A type without any step allows all of them."""

    TERMS: ClassVar[Terms] = Terms("transition", home="", add=Verb.ADMINISTER, name="")

    source = models.ForeignKey(
        WorkflowState, on_delete=models.CASCADE, null=True, blank=True, related_name="ways_out"
    )
    target = models.ForeignKey(WorkflowState, on_delete=models.CASCADE, related_name="ways_in")
    verb = models.CharField(max_length=20, blank=True, choices=[(each.value, each.value) for each in Verb])

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["workspace", "source", "target"], name="transition_once"),
            models.UniqueConstraint(
                fields=["workspace", "target"],
                name="transition_from_any_once",
                condition=models.Q(source__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"

    def faults(self) -> Mapping[str, str]:
        if self.source is None:
            return {}
        if self.source == self.target:
            return {"target": "A step leads to another state."}
        if self.source.type_id != self.target.type_id:
            return {"target": "Both ends of a step are states of one type."}
        return {}


class FieldKind(models.TextChoices):
    """What a custom field holds: numbers are whole or decimals in text, money is hundredths, a person is the number
    of an account."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    PERSON = "person"
    MONEY = "money"
    CHECKBOX = "checkbox"
    LINK = "link"


class CustomField(Record):
    """Something that the company notes of its items. `types` are the numbers of the item types that have it; empty,
    everything has it, programs and projects included. `options` are what there is to choose from."""

    TERMS: ClassVar[Terms] = Terms("custom field", home="", add=Verb.ADMINISTER, fixed=frozenset({"kind"}))

    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=8, choices=FieldKind)
    options = models.JSONField(default=list, blank=True)
    types = models.JSONField(default=list, blank=True)
    required = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["workspace", "name"], name="custom_field_once"),)

    def __str__(self) -> str:
        return self.name

    def faults(self) -> Mapping[str, str]:
        found = {}
        if not _are(str, self.options) or not all(0 < len(each) <= 200 for each in self.options):
            found["options"] = "Options are texts of up to 200 characters."
        elif (self.kind == FieldKind.CHOICE) != bool(self.options):
            found["options"] = "A choice has options, and nothing else has."
        elif len(set(self.options)) != len(self.options):
            found["options"] = "An option stands there once."
        if not _are(int, self.types) or self._unknown_types():
            found["types"] = "Types are numbers of item types."
        return found

    def _unknown_types(self) -> bool:
        known = ItemType.objects.filter(pk__in=self.types, workspace=self.workspace_id)
        return known.count() != len(set(self.types))

    def applies_to(self, item_type: int | None) -> bool:
        """Whether items of the type have the field."""
        return not self.types or item_type in self.types


def _are(kind: type, values: object) -> bool:
    return isinstance(values, list) and all(type(each) is kind for each in values)

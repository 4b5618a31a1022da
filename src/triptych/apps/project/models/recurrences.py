"""Tasks that come again and again."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb
from triptych.apps.project.recurring import faults_of

from .tree import Node


class Recurrence(Record):
    """A task is the pattern of others, one for each day that the rule gives from `first` to `until`, or without end.

    `rule` is an RRULE of RFC 5545 (`FREQ=WEEKLY;BYDAY=MO`). `added_to` is the day up to which `repeat_due` has added
    the tasks.
    """

    TERMS: ClassVar[Terms] = Terms(
        "recurrence",
        home="node",
        add=Verb.EDIT_PLAN,
        name="rule",
        fixed=frozenset({"node"}),
        by_verb=frozenset({"added_to"}),
    )

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="recurrences")
    rule = models.CharField(max_length=200)
    first = models.DateField()
    until = models.DateField(null=True, blank=True)
    added_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["workspace", "node"], name="recurrence_once"),)

    def __str__(self) -> str:
        return f"{self.node_id}: {self.rule}"

    def faults(self) -> Mapping[str, str]:
        found = {}
        if words := faults_of(self.rule):
            found["rule"] = words
        if self.until is not None and self.until < self.first:
            found["until"] = "It ends after it begins."
        if self.node.project_id is None:
            found["node"] = "Only tasks come again."
        return found

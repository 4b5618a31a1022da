"""Small things to do within an item, too small to be planned."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models

from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb

from .tree import Node


class ChecklistItem(Record):
    """A line of a node's checklist, in the order of `position`. `tick_item` says that it is done, and by whom."""

    TERMS: ClassVar[Terms] = Terms(
        "checklist item",
        home="node",
        add=Verb.PROGRESS,
        name="text",
        fixed=frozenset({"node"}),
        by_verb=frozenset({"done", "by"}),
    )

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="checklist")
    position = models.IntegerField(default=0)
    text = models.CharField(max_length=500)
    done = models.BooleanField(default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return self.text

    def faults(self) -> Mapping[str, str]:
        return {"done": "A new line is still to be done."} if self.pk is None and self.done else {}

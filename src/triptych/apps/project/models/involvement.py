"""Who has which part in an item beside its manager, who alone is accountable (the RACI of the PMBOK Guide)."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb

from .tree import Node


class Part(models.TextChoices):
    """Responsible does it, consulted is asked before, informed is told after."""

    RESPONSIBLE = "responsible"
    CONSULTED = "consulted"
    INFORMED = "informed"


class Involvement(Record):
    """A person has a part in a node."""

    TERMS: ClassVar[Terms] = Terms(
        "involvement", home="node", add=Verb.EDIT_PLAN, name="user", fixed=frozenset({"node", "user"})
    )

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="involved")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=11, choices=Part)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["workspace", "node", "user"], name="involved_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.part} in {self.node_id}"

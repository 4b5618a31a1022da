"""Whether what was to be delivered has been accepted."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models

from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb
from triptych.apps.project.models import Kind, Node


class AcceptanceState(models.TextChoices):
    """Where a deliverable stands with those who approve."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Acceptance(Record):
    """A deliverable is put to those who approve, to be held against its criteria. `remarks`, `decided_by` and
    `decided_on` are written by the verbs `accept_deliverable` and `reject_deliverable`; a rejected one may be proposed
    again, and what was said then is kept by the log."""

    TERMS: ClassVar[Terms] = Terms(
        "acceptance",
        home="node",
        add=Verb.CONTROL,
        name="",
        fixed=frozenset({"node"}),
        by_verb=frozenset({"remarks", "decided_by", "decided_on"}),
        states={"proposed": {}},
        frozen=frozenset({AcceptanceState.ACCEPTED}),
    )

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="acceptances")
    criteria = models.TextField()
    remarks = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=AcceptanceState, default=AcceptanceState.PROPOSED)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["node"], name="accepted_once"),)

    def __str__(self) -> str:
        return f"acceptance of {self.node_id}"

    def faults(self) -> Mapping[str, str]:
        if self.node.kind != Kind.DELIVERABLE:
            return {"node": "Only a deliverable is accepted. Mark it as one first."}
        if (self.state == AcceptanceState.PROPOSED) == bool(self.decided_by_id and self.decided_on):
            return {"state": "It is accepted or rejected by somebody, on a day."}
        if self.state == AcceptanceState.REJECTED and not self.remarks.strip():
            return {"remarks": "Say what is missing."}
        return {}

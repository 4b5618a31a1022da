"""Decisions: what is asked, of whom, and what was decided."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models

from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb
from triptych.apps.project.models import Node


class DecisionState(models.TextChoices):
    """A decision is wanted until it is taken. What was decided stays; another decision may supersede it."""

    OPEN = "open"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class Decision(Record):
    """A question that somebody must decide: by `due`, among `options` (texts). `decision`, `reason`, `decided_by` and
    `decided_on` are written by the verb `decide`."""

    TERMS: ClassVar[Terms] = Terms(
        "decision",
        home="node",
        add=Verb.RAISE,
        change=Verb.CONTROL,
        own="raised_by",
        signed=("raised_by",),
        name="question",
        by_verb=frozenset({"decision", "reason", "decided_by", "decided_on"}),
        states={
            "open": {"withdrawn": Verb.CONTROL},
            "withdrawn": {"open": Verb.CONTROL},
            "decided": {"superseded": Verb.CONTROL},
        },
        frozen=frozenset({DecisionState.DECIDED, DecisionState.SUPERSEDED}),
    )

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="decisions")
    question = models.CharField(max_length=500)
    background = models.TextField(blank=True)
    options = models.JSONField(default=list, blank=True)
    due = models.DateField(null=True, blank=True)
    asked_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decision = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=DecisionState, default=DecisionState.OPEN)

    def __str__(self) -> str:
        return self.question

    def faults(self) -> Mapping[str, str]:
        if not isinstance(self.options, list) or not all(
            isinstance(each, str) and each.strip() for each in self.options
        ):
            return {"options": "Options are a list of texts."}
        parts = self.decision.strip(), self.decided_by_id, self.decided_on
        taken = self.state in {DecisionState.DECIDED, DecisionState.SUPERSEDED}
        if not all(parts) if taken else any(parts):
            return {"decision": "A decision is taken with its text, by somebody, on a day."}
        return {}

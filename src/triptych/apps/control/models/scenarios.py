"""Changes that nobody has made yet: scenarios to think with, and change requests to decide on."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models

from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb
from triptych.apps.project.changes import Wish, faults, wishes_from_json, wishes_to_json
from triptych.apps.project.models import Node


class Changes(Record):
    """A named list of changes over the live plan of a node: `changes` as `plan.changes` spells them. They may name the
    tasks that they add, -1 the first, -2 the second."""

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    changes = models.JSONField(default=list, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def wishes(self) -> list[Wish]:
        """The changes as values."""
        return wishes_from_json(self.changes)

    def settle(self) -> None:
        try:
            self.changes = wishes_to_json(self.wishes)
        except ValueError:
            return  # `faults` says what is wrong

    def faults(self) -> Mapping[str, str]:
        if self.node.project_id is not None:
            return {"node": "This hangs on a portfolio, a program or a project."}
        try:
            found = [fault for each in self.wishes for fault in faults(each)]
        except ValueError as fault:
            return {"changes": f"These are no changes of a plan: {fault}."}
        return {"changes": f"These changes cannot be made: {found[0]}."} if found else {}


class ScenarioState(models.TextChoices):
    """A scenario is open until all of it has been promoted into the plan, or it is given up."""

    OPEN = "open"
    PROMOTED = "promoted"
    DROPPED = "dropped"


class Scenario(Changes):
    """An alternative: what if. It is worked out over the plan as it is each time that somebody looks."""

    TERMS: ClassVar[Terms] = Terms(
        "scenario",
        home="node",
        add=Verb.EDIT_PLAN,
        own="author",
        signed=("author",),
        states={"open": {"dropped": Verb.EDIT_PLAN}, "dropped": {"open": Verb.EDIT_PLAN}},
        frozen=frozenset({"promoted"}),
    )

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=12, choices=ScenarioState, default=ScenarioState.OPEN)


class ChangeRequestState(models.TextChoices):
    """Drafted, handed in with its impact, and decided; what is approved is in the plan at once."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class ChangeRequest(Changes):
    """A request for a change of what was agreed (PMBOK: integrated change control). `impact` is what it would have come
    to when it was submitted, for the node and what is below it: finish, milestones and overload before and after;
    `impact_cost` the cost, hundredths by currency.

    Four eyes: what it asks for is for whoever raised it to change, and neither they nor whoever submitted it decide.
    Whoever approves makes the changes."""

    TERMS: ClassVar[Terms] = Terms(
        "change request",
        home="node",
        add=Verb.RAISE,
        change=Verb.CONTROL,
        own="raised_by",
        signed=("raised_by",),
        money=frozenset({"impact_cost"}),
        by_verb=frozenset({"impact", "impact_cost", "submitted_by", "decided_by", "decided_at", "note"}),
        personal=frozenset({"changes"}),
        own_states=frozenset({"draft", "withdrawn"}),
        states={
            "draft": {"withdrawn": Verb.CONTROL},
            "submitted": {"withdrawn": Verb.CONTROL},
            "withdrawn": {"draft": Verb.CONTROL},
            "rejected": {"draft": Verb.CONTROL},
        },
        frozen=frozenset({"submitted", "approved", "rejected", "withdrawn"}),
    )

    reason = models.TextField(blank=True)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    impact = models.JSONField(default=dict, blank=True)
    impact_cost = models.JSONField(default=dict, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=ChangeRequestState, default=ChangeRequestState.DRAFT)

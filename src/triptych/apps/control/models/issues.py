"""What has gone wrong or is in the way, and what is taken for granted."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models

from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb
from triptych.apps.project.models import Node

from .risks import Risk


class IssueKind(models.TextChoices):
    """An issue is the project's to solve, an impediment keeps a team from its work now."""

    ISSUE = "issue"
    IMPEDIMENT = "impediment"


class Severity(models.TextChoices):
    """How much an issue harms."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class IssueState(models.TextChoices):
    """How far an issue has come."""

    OPEN = "open"
    IN_WORK = "in_work"
    RESOLVED = "resolved"
    CLOSED = "closed"


#: The states in which somebody still has to do something.
OPEN_ISSUE = (IssueState.OPEN, IssueState.IN_WORK)


class Issue(Record):
    """Something that has happened and must be dealt with; `from_risk` is the risk that it was before.

    Who works there moves it on to resolved, whoever controls closes it.
    """

    TERMS: ClassVar[Terms] = Terms(
        "issue",
        home="node",
        add=Verb.RAISE,
        change=Verb.CONTROL,
        own="raised_by",
        signed=("raised_by",),
        by_verb=frozenset({"from_risk"}),
        states={
            "open": {"in_work": Verb.PROGRESS, "resolved": Verb.PROGRESS},
            "in_work": {"open": Verb.PROGRESS, "resolved": Verb.PROGRESS},
            "resolved": {"in_work": Verb.PROGRESS, "closed": Verb.CONTROL},
            "closed": {"open": Verb.CONTROL},
        },
        frozen=frozenset({IssueState.CLOSED}),
    )

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="issues")
    kind = models.CharField(max_length=12, choices=IssueKind, default=IssueKind.ISSUE)
    name = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    severity = models.CharField(max_length=12, choices=Severity, default=Severity.MEDIUM)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    due = models.DateField(null=True, blank=True)
    from_risk = models.ForeignKey(
        Risk, on_delete=models.SET_NULL, null=True, blank=True, related_name="issues"
    )
    resolution = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=IssueState, default=IssueState.OPEN)

    def __str__(self) -> str:
        return self.name

    def faults(self) -> Mapping[str, str]:
        if self.state not in OPEN_ISSUE and not self.resolution.strip():
            return {"resolution": "Say how it was resolved."}
        return {}


class AssumptionState(models.TextChoices):
    """Whether what is taken for granted has turned out to be so."""

    OPEN = "open"
    VALIDATED = "validated"
    DISPROVED = "disproved"


class Assumption(Record):
    """Something that a plan takes for granted, and on what `basis`; `validate_by` is when it must be known."""

    TERMS: ClassVar[Terms] = Terms(
        "assumption",
        home="node",
        add=Verb.RAISE,
        change=Verb.CONTROL,
        own="raised_by",
        signed=("raised_by",),
        name="text",
        states={
            "open": {"validated": Verb.CONTROL, "disproved": Verb.CONTROL},
            "validated": {"open": Verb.CONTROL},
            "disproved": {"open": Verb.CONTROL},
        },
    )

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="assumptions")
    text = models.TextField()
    basis = models.TextField(blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    validate_by = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=AssumptionState, default=AssumptionState.OPEN)

    def __str__(self) -> str:
        return self.text

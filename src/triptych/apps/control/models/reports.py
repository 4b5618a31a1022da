"""Status reports: sentences with their evidence, as they were when they were sent."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb
from triptych.apps.project.models import Node


class ReportState(models.TextChoices):
    """A report that was sent stays as it is."""

    DRAFT = "draft"
    SENT = "sent"


class Health(models.TextChoices):
    """The author's judgement."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"


class StatusReport(Record):
    """How a node stands, from one day to another, both included.

    `sections` are titles with sentences, each of which names the rows that it is true of: `{"title": "Risks",
    "sentences": [{"text": "…", "evidence": [{"kind": "risk", "id": 7}]}]}`. `money` are such sentences for those who
    may see money alone. Both are drafted from facts (`draft_report`) and may be shortened and worded by hand; what
    the author thinks is in `health` and `outlook`. `seq` is the log's number at the draft, `finishes` the instants at
    which the projects were to finish then: what the next report compares with.
    """

    TERMS: ClassVar[Terms] = Terms(
        "status report",
        home="node",
        add=Verb.CONTROL,
        signed=("author",),
        name="",
        money=frozenset({"money"}),
        fixed=frozenset({"node"}),
        by_verb=frozenset({"seq", "finishes", "sent_at"}),
        states={"draft": {}},
        frozen=frozenset({ReportState.SENT}),
    )

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="reports")
    first = models.DateField()
    last = models.DateField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    health = models.CharField(max_length=12, choices=Health, blank=True)
    outlook = models.TextField(blank=True)
    sections = models.JSONField(default=list, blank=True)
    money = models.JSONField(default=list, blank=True)
    seq = models.BigIntegerField(default=0)
    finishes = models.JSONField(default=dict, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=ReportState, default=ReportState.DRAFT)

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"

    def faults(self) -> Mapping[str, str]:
        if self.first > self.last:
            return {"last": "The period ends before it begins."}
        if not isinstance(self.sections, list) or not all(map(_is_section, self.sections)):
            return {"sections": "A section has a title and sentences, each with its text and its evidence."}
        if not _are_sentences(self.money):
            return {"money": "A sentence has its text and its evidence."}
        return {}


def _is_section(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"title", "sentences"}
        and _is_text(value["title"])
        and _are_sentences(value["sentences"])
    )


def _are_sentences(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_sentence, value))


def _is_sentence(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"text", "evidence"}
        and _is_text(value["text"])
        and isinstance(value["evidence"], list)
        and bool(value["evidence"])
        and all(map(_is_evidence, value["evidence"]))
    )


def _is_evidence(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"kind", "id"}
        and _is_text(value["kind"])
        and type(value["id"]) is int
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())

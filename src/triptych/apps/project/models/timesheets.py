"""The time that people have worked."""

from collections.abc import Mapping
from typing import ClassVar, Final

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Sum

from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb

from .tree import Node

DAY: Final = 1440


class TimeState(models.TextChoices):
    """A person writes and submits; who manages the people there approves or rejects."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"


class TimeEntry(Record):
    """Minutes that a person worked on a task on one day. Told to them and to who manages people there.

    Everybody writes their own; `enter_time` writes somebody else's. What is submitted is frozen until it is taken
    back to draft or rejected. `approve_time` and `reject_time` are the ways to the last two states.
    """

    TERMS: ClassVar[Terms] = Terms(
        "time entry", home="node", add=Verb.PROGRESS, see=Verb.MANAGE_PEOPLE, change=Verb.MANAGE_PEOPLE,
        own="user", signed=("user",), name="", fixed=frozenset({"node"}), by_verb=frozenset({"decided_by"}),
        states={
            TimeState.DRAFT: {TimeState.SUBMITTED: Verb.PROGRESS},
            TimeState.SUBMITTED: {TimeState.DRAFT: Verb.PROGRESS},
            TimeState.REJECTED: {TimeState.DRAFT: Verb.PROGRESS},
        },
        frozen=frozenset({TimeState.SUBMITTED, TimeState.APPROVED}),
    )  # fmt: skip

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="times")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="times")
    day = models.DateField()
    minutes = models.IntegerField(validators=[MinValueValidator(1), MaxValueValidator(DAY)])
    note = models.CharField(max_length=1000, blank=True)
    state = models.CharField(max_length=9, choices=TimeState, default=TimeState.DRAFT)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = (models.Index(fields=["user", "day"], name="time_of_day"),)

    def __str__(self) -> str:
        return f"{self.user_id} on {self.node_id}: {self.minutes} min on {self.day}"

    def faults(self) -> Mapping[str, str]:
        if self.node.project_id is None:
            return {"node": "Time is worked on tasks."}
        others = TimeEntry.objects.filter(user=self.user_id, day=self.day).exclude(pk=self.pk)
        if (others.aggregate(Sum("minutes"))["minutes__sum"] or 0) + self.minutes > DAY:
            return {"minutes": "A day has 24 hours."}
        return {}

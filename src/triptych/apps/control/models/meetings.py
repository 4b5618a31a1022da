"""Meetings, who was there, and what is to be done after them."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models

from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb
from triptych.apps.project.models import Node


class MeetingState(models.TextChoices):
    """Minutes that are agreed stay as they are."""

    PLANNED = "planned"
    HELD = "held"
    AGREED = "agreed"
    CANCELLED = "cancelled"


class Meeting(Record):
    """A meeting about a node on a day, `starts` by the wall clock; its agenda before, its minutes after."""

    TERMS: ClassVar[Terms] = Terms(
        "meeting",
        home="node",
        add=Verb.CONTROL,
        states={
            "planned": {"held": Verb.CONTROL, "cancelled": Verb.CONTROL},
            "held": {"planned": Verb.CONTROL, "agreed": Verb.CONTROL},
            "agreed": {"held": Verb.CONTROL},
            "cancelled": {"planned": Verb.CONTROL},
        },
        frozen=frozenset({MeetingState.AGREED}),
    )

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="meetings")
    name = models.CharField(max_length=300)
    date = models.DateField()
    starts = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=300, blank=True)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    agenda = models.TextField(blank=True)
    minutes = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=MeetingState, default=MeetingState.PLANNED)

    def __str__(self) -> str:
        return self.name

    def faults(self) -> Mapping[str, str]:
        if self.state == MeetingState.AGREED and not self.minutes.strip():
            return {"minutes": "There are no minutes to agree."}
        return {}


class Attendee(Record):
    """Somebody who is asked to a meeting: a user, or a guest by name. `present` is None before."""

    TERMS: ClassVar[Terms] = Terms("attendee", home="meeting__node", add=Verb.CONTROL, name="")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendees")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    guest = models.CharField(max_length=200, blank=True)
    present = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["meeting", "user"], name="attends_once"),)

    def __str__(self) -> str:
        return self.guest or f"{self.user_id} at {self.meeting_id}"

    @property
    def is_frozen(self) -> bool:
        return self.meeting.is_frozen

    def faults(self) -> Mapping[str, str]:
        if (self.user_id is None) == (not self.guest.strip()):
            return {"guest": "An attendee is a user or a guest by name."}
        if self.meeting.is_frozen:
            return {"meeting": "The minutes of this meeting are agreed."}
        return {}


class ActionState(models.TextChoices):
    """Whether there is still something to do."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class ActionItem(Record):
    """Something that somebody has promised to do, at a meeting or without one."""

    TERMS: ClassVar[Terms] = Terms(
        "action item",
        home="node",
        add=Verb.RAISE,
        change=Verb.CONTROL,
        own="raised_by",
        signed=("raised_by",),
        name="text",
        states={
            "open": {"done": Verb.PROGRESS, "dropped": Verb.CONTROL},
            "done": {"open": Verb.PROGRESS},
            "dropped": {"open": Verb.CONTROL},
        },
    )

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="action_items")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="action_items"
    )
    text = models.TextField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=ActionState, default=ActionState.OPEN)

    def __str__(self) -> str:
        return self.text

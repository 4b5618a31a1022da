"""Stakeholders: who has an interest in a node, how much they can do about it, and where they stand."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb
from triptych.apps.project.models import Node


class Stance(models.TextChoices):
    """The levels of the stakeholder engagement assessment matrix of the PMBOK Guide."""

    UNAWARE = "unaware"
    RESISTANT = "resistant"
    NEUTRAL = "neutral"
    SUPPORTIVE = "supportive"
    LEADING = "leading"


_FROM_1_TO_5 = (MinValueValidator(1), MaxValueValidator(5))


class Stakeholder(Record):
    """A person or body with an interest in a node: with an account here (`user`) or none.

    `interest` and `power` run from 1 to 5, None where nobody has said. `stance` is where they stand, `wanted` where
    one would have them, `approach` how they are to be won. Only those in control see it: it speaks of people.
    """

    TERMS: ClassVar[Terms] = Terms("stakeholder", home="node", see=Verb.CONTROL, add=Verb.CONTROL)

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="stakeholders")
    name = models.CharField(max_length=200)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    organisation = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=200, blank=True)
    expectations = models.TextField(blank=True)
    interest = models.PositiveSmallIntegerField(null=True, blank=True, validators=_FROM_1_TO_5)
    power = models.PositiveSmallIntegerField(null=True, blank=True, validators=_FROM_1_TO_5)
    stance = models.CharField(max_length=12, choices=Stance, blank=True)
    wanted = models.CharField(max_length=12, choices=Stance, blank=True)
    approach = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name

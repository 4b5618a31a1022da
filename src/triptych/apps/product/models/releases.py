"""Releases of a product, and what has to be done to launch one."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models

from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb
from triptych.apps.project.models import Kind, Node

from .products import Product


class ReleaseState(models.TextChoices):
    """Whether a release is out."""

    PLANNED = "planned"
    RELEASED = "released"


class Release(Record):
    """What of a product goes out together, and what it is to achieve. `milestone`, anywhere in the tree, says when;
    `planned` is the day that was promised, `released` the day on which it went out (by `ship_release`)."""

    TERMS: ClassVar[Terms] = Terms(
        "release",
        home="product__node",
        add=Verb.EDIT_PRODUCT,
        fixed=frozenset({"product"}),
        by_verb=frozenset({"state", "released"}),
    )

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="releases")
    name = models.CharField(max_length=200)
    goal = models.TextField(blank=True, default="")
    planned = models.DateField(null=True, blank=True)
    milestone = models.ForeignKey(
        Node, on_delete=models.SET_NULL, null=True, blank=True, related_name="releases"
    )
    state = models.CharField(max_length=12, choices=ReleaseState, default=ReleaseState.PLANNED)
    released = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    def faults(self) -> Mapping[str, str]:
        found = {}
        if self.milestone is not None and self.milestone.kind not in {Kind.DELIVERABLE, Kind.MILESTONE}:
            found["milestone"] = "A release is delivered by a milestone or a deliverable."
        if (self.state == ReleaseState.RELEASED) != (self.released is not None):
            found["released"] = "A release has a day of release once it is out, and not before."
        return found


class LaunchTask(Record):
    """A line of a release's launch checklist. What the plan does is done when that `task` is; for the rest somebody
    says on which day it was. Without what is `needed` the launch is no go."""

    TERMS: ClassVar[Terms] = Terms(
        "launch task", home="release__product__node", add=Verb.EDIT_PRODUCT, fixed=frozenset({"release"})
    )

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="launch_tasks")
    name = models.CharField(max_length=200)
    position = models.IntegerField(default=0)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    task = models.ForeignKey(Node, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    needed = models.BooleanField(default=True)
    done = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    def faults(self) -> Mapping[str, str]:
        if self.task is None:
            return {}
        if self.task.project_id is None:
            return {"task": "A launch task points at a task of a plan."}
        return {"done": "The plan says when this is done."} if self.done is not None else {}

"""Labels that a company sticks on what it works on."""

from typing import ClassVar

from django.db import models

from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb

from .tree import Node


class Colour(models.TextChoices):
    """The palette: few enough to be told apart, also by who sees colours differently."""

    GREY = "grey"
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    TEAL = "teal"
    BLUE = "blue"
    PURPLE = "purple"
    PINK = "pink"


class Label(Record):
    """A label of the workspace."""

    TERMS: ClassVar[Terms] = Terms("label", home="", add=Verb.EDIT_PLAN, change=Verb.ADMINISTER)

    name = models.CharField(max_length=60)
    colour = models.CharField(max_length=6, choices=Colour, default=Colour.GREY)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["workspace", "name"], name="label_once"),)

    def __str__(self) -> str:
        return self.name


class Labelled(Record):
    """A node has a label."""

    TERMS: ClassVar[Terms] = Terms(
        "labelling", home="node", add=Verb.PROGRESS, name="label", fixed=frozenset({"node", "label"})
    )

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="labels")
    label = models.ForeignKey(Label, on_delete=models.CASCADE, related_name="labelled")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["workspace", "node", "label"], name="labelled_once"),)

    def __str__(self) -> str:
        return f"{self.label_id} on {self.node_id}"

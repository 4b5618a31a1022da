"""Products beside the tree."""

from django.conf import settings
from django.db import models

from triptych.apps.history.models import LogEntry
from triptych.apps.project.models import Node


class Product(models.Model):
    """What is built and for whom. It hangs on a node of the tree, and is seen and changed by that node's rights."""

    home = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="products")
    name = models.CharField(max_length=200)
    vision = models.TextField(default="")
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    removed_by = models.ForeignKey(LogEntry, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.name


class State(models.TextChoices):
    """How far a feature has come."""

    IDEA = "idea"
    PLANNED = "planned"
    BUILDING = "building"
    RELEASED = "released"


class Feature(models.Model):
    """What a product will do. Its deliverable, anywhere in the tree, says when."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="features")
    position = models.IntegerField(default=0)
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=State, default=State.IDEA)
    deliverable = models.ForeignKey(Node, on_delete=models.SET_NULL, null=True, related_name="features")

    def __str__(self) -> str:
        return self.name

"""What plans are computed from beside the tree, and the dates that are computed. People type the one; the other is
in `Dates` alone."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from triptych.apps.people.models import Workspace
from triptych.plan.kinds import Accrual

from .tree import Node, removed_by


class Calendar(models.Model):
    """Working time: `week` is seven lists of shifts (null takes the base's), `exceptions` are spans of days.

    A calendar belongs to the project it was imported with, or, with `project` None, to the whole workspace.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT)
    project = models.ForeignKey(Node, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    week = models.JSONField(default=list)
    exceptions = models.JSONField(default=list)
    base = models.ForeignKey("self", on_delete=models.PROTECT, null=True)

    def __str__(self) -> str:
        return self.name


class Link(models.Model):
    """`succ` waits for `pred`. `crosses` marks the links between projects."""

    pred = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="links_out")
    succ = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="links_in")
    kind = models.SmallIntegerField(default=0)
    lag = models.BigIntegerField(default=0)
    lag_kind = models.SmallIntegerField(default=0)
    crosses = models.BooleanField(default=False)
    removed_by = removed_by()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["pred", "succ", "kind"], name="link_once"),)
        indexes = (models.Index(fields=["id"], name="link_crossing", condition=models.Q(crosses=True)),)

    def __str__(self) -> str:
        return f"{self.pred_id} → {self.succ_id}"


class Resource(models.Model):
    """A person, team or machine; `units` 100 is one, full time. `project` None: of the whole workspace. `rates`
    are lists of an instant and the rate and cost per use from it on. A `placeholder` is a role that is still to be
    filled."""

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT)
    project = models.ForeignKey(Node, on_delete=models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254, default="")
    role = models.CharField(max_length=200, default="")
    kind = models.SmallIntegerField(default=0)
    units = models.IntegerField(default=100)
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, null=True)
    rate = models.BigIntegerField(default=0)
    cost_per_use = models.BigIntegerField(default=0)
    accrual = models.SmallIntegerField(default=int(Accrual.PRORATED))
    skills = models.JSONField(default=list)
    rates = models.JSONField(default=list)
    placeholder = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Absence(models.Model):
    """Days on which a resource is away, or works other `shifts`; both ends included."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="absences")
    first = models.DateField()
    last = models.DateField()
    name = models.CharField(max_length=200, default="")
    shifts = models.JSONField(default=list)
    removed_by = removed_by()

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


class Assignment(models.Model):
    """A resource works on a task."""

    task = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="assignments")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="assignments")
    units = models.IntegerField(default=100)
    work = models.BigIntegerField(null=True)
    actual_work = models.BigIntegerField(null=True)
    cost = models.BigIntegerField(null=True)
    actual_cost = models.BigIntegerField(null=True)
    removed_by = removed_by()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["task", "resource"], name="assigned_once"),)

    def __str__(self) -> str:
        return f"{self.resource_id} on {self.task_id}"


class Dates(models.Model):
    """What the engine computed for a task, or for a project (start and finish alone). Instants and minutes.

    Narrow and without foreign keys: tens of thousands of these are rewritten in one transaction, by the bridge
    and by nobody else.
    """

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "start", "finish", "early_start", "early_finish", "late_start", "late_finish",
        "total_float", "free_float", "critical", "summary",
    )  # fmt: skip

    node = models.BigIntegerField(primary_key=True)
    start = models.BigIntegerField()
    finish = models.BigIntegerField()
    early_start = models.BigIntegerField()
    early_finish = models.BigIntegerField()
    late_start = models.BigIntegerField()
    late_finish = models.BigIntegerField()
    total_float = models.BigIntegerField()
    free_float = models.BigIntegerField()
    critical = models.BooleanField()
    summary = models.BooleanField()

    def __str__(self) -> str:
        return f"dates of {self.node}"

"""What plans were, as it was frozen."""

from typing import ClassVar

from django.db import models

from .tree import Node


class Baseline(models.Model):
    """A baseline of one project: 0 is the baseline proper. `saved` is the instant at which it was taken."""

    project = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.SmallIntegerField()
    name = models.CharField(max_length=200, default="")
    saved = models.BigIntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["project", "number"], name="baseline_once"),)

    def __str__(self) -> str:
        return f"baseline {self.number} of {self.project_id}"


class BaselineRow(models.Model):
    """What a baseline holds of one task, or of one that there is no more: instants, minutes, hundredths,
    percent.

    Narrow and without a foreign key to the node, as `Dates`.
    """

    COLUMNS: ClassVar[tuple[str, ...]] = ("start", "finish", "duration", "work", "cost", "percent_complete")

    baseline = models.ForeignKey(Baseline, on_delete=models.CASCADE, related_name="rows", db_index=False)
    node = models.BigIntegerField()
    start = models.BigIntegerField(null=True)
    finish = models.BigIntegerField(null=True)
    duration = models.BigIntegerField()
    work = models.BigIntegerField()
    cost = models.BigIntegerField()
    percent_complete = models.SmallIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["baseline", "node"], name="baselined_once"),)

    def __str__(self) -> str:
        return f"baseline {self.baseline_id} of node {self.node}"

"""What tells whether a product succeeds, measured over time."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb

from .products import Product


class Direction(models.TextChoices):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


class Metric(Record):
    """A success metric of a product. `baseline` and `target` are thousandths of `unit` (1 500 is 1.5 of it)."""

    TERMS: ClassVar[Terms] = Terms(
        "metric", home="product__node", add=Verb.EDIT_PRODUCT, fixed=frozenset({"product"})
    )

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="metrics")
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=40)
    direction = models.CharField(max_length=4, choices=Direction, default=Direction.UP)
    baseline = models.BigIntegerField()
    target = models.BigIntegerField()

    def __str__(self) -> str:
        return self.name

    def faults(self) -> Mapping[str, str]:
        if self.direction == Direction.UP and self.target <= self.baseline:
            return {"target": "The target of what should go up is above its baseline."}
        if self.direction == Direction.DOWN and self.target >= self.baseline:
            return {"target": "The target of what should go down is below its baseline."}
        return {}


class MetricValue(Record):
    """What a metric was on a day, in thousandths of its unit."""

    TERMS: ClassVar[Terms] = Terms(
        "metric value",
        home="metric__product__node",
        add=Verb.EDIT_PRODUCT,
        name="",
        fixed=frozenset({"metric"}),
    )

    metric = models.ForeignKey(Metric, on_delete=models.CASCADE, related_name="values")
    day = models.DateField()
    value = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["workspace", "metric", "day"], name="metric_value_once"),
        )

    def __str__(self) -> str:
        return f"{self.value} on {self.day}"

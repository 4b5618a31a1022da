"""The success metrics of a product, and how far each has come."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from triptych.apps.product.models import Metric, MetricValue
from triptych.apps.project.rules import Rights

from .products import product_of


@dataclass(frozen=True, slots=True)
class Gauge:
    """A metric with its values, oldest first. `progress` is the per mille of the way from baseline to target that the
    latest value has come, None before the first."""

    metric: Metric
    values: Sequence[MetricValue]
    progress: int | None


def metrics(rights: Rights, product: int) -> list[Gauge]:
    """The metrics of a product. At most three statements. Raises NotVisible."""
    values = Prefetch("values", MetricValue.objects.order_by("day", "id"))
    found = Metric.objects.filter(product=product_of(rights, product)).prefetch_related(values)
    return [_gauge(each, list(each.values.all())) for each in found.order_by("name", "id")]


def _gauge(metric: Metric, values: Sequence[MetricValue]) -> Gauge:
    if not values:
        return Gauge(metric, values, None)
    way, come = metric.target - metric.baseline, values[-1].value - metric.baseline
    return Gauge(metric, values, max(0, min(1000, 1000 * come // way)))

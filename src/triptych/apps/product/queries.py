"""Reading products, with the dates of what delivers their features."""

from dataclasses import dataclass

from django.db.models import Prefetch

from triptych.apps.project.models import Dates, Node
from triptych.apps.project.rules import Rights
from triptych.plan.quantities import spell_instant

from .models import Feature, Product


@dataclass(frozen=True, slots=True)
class Delivery:
    """The deliverable of a feature, as far as the reader may know it: a hidden one has dates and no names."""

    id: int
    name: str | None
    project: int | None
    project_name: str | None
    finish: str | None
    critical: bool


@dataclass(frozen=True, slots=True)
class Promise:
    """A feature and what delivers it."""

    feature: Feature
    delivery: Delivery | None


def products(rights: Rights) -> list[tuple[Product, list[Promise]]]:
    """The products a reader may see, with their features. Three statements, whatever their number."""
    features = Feature.objects.select_related("deliverable__project").order_by("position", "id")
    found = list(
        Product.objects.filter(home__in=rights.visible, removed_by=None)
        .select_related("manager")
        .prefetch_related(Prefetch("features", features))
        .order_by("name", "id")
    )
    promised = [each.deliverable_id for product in found for each in product.features.all()]
    wanted = {each for each in promised if each is not None}
    dates = {each.node: each for each in Dates.objects.filter(node__in=wanted)}
    return [
        (
            product,
            [Promise(each, _delivery(rights, each.deliverable, dates)) for each in product.features.all()],
        )
        for product in found
    ]


def _delivery(rights: Rights, node: Node | None, dates: dict[int, Dates]) -> Delivery | None:
    if node is None or node.project is None or node.removed_by_id or node.project.removed_by_id:
        return None
    seen = node.project_id in rights.visible
    when = dates.get(node.pk)
    return Delivery(
        id=node.pk,
        name=node.name if seen else None,
        project=node.project_id if seen else None,
        project_name=node.project.name if seen else None,
        finish=spell_instant(when.finish) if when else None,
        critical=bool(when and when.critical and seen),
    )

"""The products, with the dates of what delivers their features, and the people and problems they are for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from triptych.apps.people.refusals import NotVisible
from triptych.apps.product.models import IN_ORDER, Feature, Persona, Problem, Product
from triptych.apps.project.rules import Rights, records_visible_to

from .delivery import WAY, Delivery, dates_of, delivery


@dataclass(frozen=True, slots=True)
class Promise:
    """A feature and what delivers it."""

    feature: Feature
    delivery: Delivery | None


def products(rights: Rights) -> list[tuple[Product, list[Promise]]]:
    """The products a reader may see, with their features. At most three statements, whatever their number."""
    features = Feature.objects.select_related(f"deliverable{WAY}").order_by(*IN_ORDER)
    found = list(
        records_visible_to(rights, Product)
        .select_related("manager")
        .prefetch_related(Prefetch("features", features))
        .order_by("name", "id")
    )
    dates = dates_of([each.deliverable_id for product in found for each in product.features.all()])
    return [
        (
            product,
            [Promise(each, delivery(rights, each.deliverable, dates)) for each in product.features.all()],
        )
        for product in found
    ]


def product_of(rights: Rights, product: int) -> Product:
    """A product that the reader may see. Raises NotVisible."""
    found = records_visible_to(rights, Product).filter(pk=product).first()
    if found is None:
        raise NotVisible
    return found


def personas(rights: Rights, product: int) -> list[tuple[Persona | None, Sequence[Problem]]]:
    """Who a product is for, and what troubles each; last, with None, what troubles nobody in particular. Three
    statements. Raises NotVisible."""
    shown = product_of(rights, product)
    problems = list(Problem.objects.filter(product=shown).order_by("id"))
    people: list[Persona | None] = [*Persona.objects.filter(product=shown).order_by("name", "id"), None]
    told = [
        (each, [one for one in problems if one.persona_id == (each.pk if each else None)]) for each in people
    ]
    return [(each, theirs) for each, theirs in told if each or theirs]

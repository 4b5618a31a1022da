"""The backlog of a product and its roadmap: features in order, what speaks for each, and when they come."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from triptych.apps.people.roles import Verb
from triptych.apps.product.models import IN_ORDER, Feature, FeatureState, Feedback, Horizon, Opportunity
from triptych.apps.project.rules import Rights, records_visible_to

from .delivery import WAY, Delivery, dates_of, delivery
from .products import product_of
from .scores import Score, rice, value_to_effort, wsjf


@dataclass(frozen=True, slots=True)
class Demand:
    """How much is wanted: feedback given, the sum of its weights, and the customers behind it; `value` is what these
    bring in a year, in hundredths, None for readers who may not see money."""

    feedback: int
    weight: int
    customers: int
    value: int | None


@dataclass(frozen=True, slots=True)
class Item:
    """A feature in the backlog, with its scores, the demand for its opportunity, and what delivers it."""

    feature: Feature
    rice: Score
    wsjf: Score
    value_to_effort: Score
    demand: Demand
    delivery: Delivery | None


def in_order(product: int) -> QuerySet[Feature]:
    """The features of a product in the order of its backlog."""
    return Feature.objects.filter(product=product).order_by(*IN_ORDER)


def backlog(rights: Rights, product: int) -> list[Item]:
    """The features of a product, in order. At most four statements. Raises NotVisible."""
    return _items(rights, in_order(product_of(rights, product).pk))


def roadmap(rights: Rights) -> dict[Horizon, list[Item]]:
    """What of all products the reader may see comes now, next and later: features with a horizon, but for those that
    are out or dropped. At most three statements."""
    gone = (FeatureState.RELEASED, FeatureState.DROPPED)
    features = records_visible_to(rights, Feature).exclude(horizon="").exclude(state__in=gone)
    found: dict[Horizon, list[Item]] = {each: [] for each in Horizon}
    for item in _items(rights, features.order_by(*IN_ORDER)):
        found[Horizon(item.feature.horizon)].append(item)
    return found


def opportunities(rights: Rights, product: int) -> list[tuple[Opportunity, Demand]]:
    """The opportunities of a product, that with the most weight of feedback first. At most three statements. Raises
    NotVisible."""
    shown = product_of(rights, product)
    found = list(Opportunity.objects.filter(product=shown).select_related("problem__persona"))
    wanted = demand(rights, [each.pk for each in found])
    return sorted(((each, wanted[each.pk]) for each in found), key=lambda pair: (-pair[1].weight, pair[0].pk))


def demand(rights: Rights, wanted: Iterable[int | None]) -> Mapping[int | None, Demand]:
    """How much each of these opportunities is wanted; None is wanted by nobody. At most one statement.

    A customer counts once for an opportunity.
    """
    told: defaultdict[int | None, list[_Told]] = defaultdict(list)
    keys = set(wanted)
    columns = ("opportunity", "weight", "customer", "customer__value")
    rows = Feedback.objects.filter(opportunity__in=keys).values_list(*columns)
    for opportunity, weight, customer, value in rows:
        told[opportunity].append((weight, customer, value))
    # Customers belong to the workspace, and so does the right to know what they are worth.
    money = rights.may_anywhere(Verb.SEE_MONEY)
    return {key: _demand(told[key], money=money) for key in keys}


#: Of one piece of feedback: its weight, its customer, and what that one is worth.
_Told = tuple[int, int | None, int | None]


def _demand(told: list[_Told], *, money: bool) -> Demand:
    customers = {customer: value or 0 for _, customer, value in told if customer is not None}
    weight = sum(each for each, _, _ in told)
    return Demand(len(told), weight, len(customers), sum(customers.values()) if money else None)


def _items(rights: Rights, features: QuerySet[Feature]) -> list[Item]:
    found = list(features.select_related("product", "opportunity", "release", "metric", f"deliverable{WAY}"))
    dates = dates_of([each.deliverable_id for each in found])
    wanted = demand(rights, [each.opportunity_id for each in found])
    return [
        Item(
            feature=each,
            rice=rice(each),
            wsjf=wsjf(each),
            value_to_effort=value_to_effort(each),
            demand=wanted[each.opportunity_id],
            delivery=delivery(rights, each.deliverable, dates),
        )
        for each in found
    ]

"""The chain from what was said to what is built: feedback → opportunity → feature → release, deliverable → project →
program. It is read from either end. Feedback, opportunity, feature and release hang on one product and are seen with
it; the deliverable, its project and its program are each told as far as the reader may see them (`Delivery`)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from triptych.apps.people.refusals import NotVisible
from triptych.apps.product.models import IN_ORDER, Feature, Feedback, Opportunity, Release
from triptych.apps.project.rules import Rights, records_visible_to, visible_to

from .delivery import WAY, Delivery, dates_of, delivered_by, delivery
from .products import product_of


@dataclass(frozen=True, slots=True)
class Thread:
    """One way along the chain, as far as it goes; None where it has not come that far, or does not begin. A feature
    without a deliverable of its own is delivered by the milestone of its release."""

    feedback: Feedback | None
    opportunity: Opportunity | None
    feature: Feature | None
    release: Release | None
    delivery: Delivery | None


def threads(rights: Rights, product: int) -> list[Thread]:
    """Every thread of a product, those of features first, in the order of the backlog; then opportunities without a
    feature, then feedback without an opportunity. At most five statements. Raises NotVisible."""
    shown = product_of(rights, product)
    features = list(_features().filter(product=shown))
    feedback = list(_feedback().filter(product=shown))
    followed = {each.opportunity_id for each in features if each.opportunity_id is not None}
    bare = Opportunity.objects.filter(product=shown).exclude(pk__in=followed)
    return _threads(rights, features, list(bare.order_by("id")), feedback)


def threads_from(rights: Rights, feedback: int) -> list[Thread]:
    """Where one piece of feedback leads: a thread for each feature of its opportunity. At most four statements. Raises
    NotVisible."""
    said = records_visible_to(rights, Feedback).select_related("opportunity", "customer")
    first = said.filter(pk=feedback).first()
    if first is None:
        raise NotVisible
    found = [] if first.opportunity is None else list(_features().filter(opportunity=first.opportunity))
    bare = [] if found or first.opportunity is None else [first.opportunity]
    return _threads(rights, found, bare, [first])


def threads_to(rights: Rights, node: int) -> list[Thread]:
    """Who waits for a node of the tree: the threads of the features that it delivers, or whose release it does; of a
    project or a program, those that anything in it delivers. At most four statements. Raises NotVisible."""
    if not visible_to(rights.user, rights).filter(pk=node).exists():
        raise NotVisible
    return threads_to_any(rights, {node})


def threads_to_any(rights: Rights, nodes: Collection[int]) -> list[Thread]:
    """As `threads_to`, of several nodes, which need not be visible. At most three statements."""
    mine = records_visible_to(rights, Feature).values("pk")
    delivered = _at("deliverable", nodes) | _at("release__milestone", nodes)
    found = list(_features().filter(delivered, pk__in=mine))
    wanted = {each.opportunity_id for each in found if each.opportunity_id is not None}
    return _threads(rights, found, [], list(_feedback().filter(opportunity__in=wanted)))


def _at(path: str, nodes: Collection[int]) -> Q:
    """That the node at the path is one of these, or in a project or in a project of a program among them."""
    within = Q(**{f"{path}__project__in": nodes}) | Q(**{f"{path}__project__parent__in": nodes})
    return Q(**{f"{path}__in": nodes}) | within


def _features() -> QuerySet[Feature]:
    delivers = (f"deliverable{WAY}", f"release__milestone{WAY}")
    found = Feature.objects.select_related("product", "opportunity", *delivers)
    return found.order_by(*IN_ORDER)


def _feedback() -> QuerySet[Feedback]:
    return Feedback.objects.select_related("customer", "opportunity").order_by("given", "id")


def _threads(
    rights: Rights, features: Sequence[Feature], bare: Sequence[Opportunity], feedback: Sequence[Feedback]
) -> list[Thread]:
    said: defaultdict[int | None, list[Feedback]] = defaultdict(list)
    for each in feedback:
        said[each.opportunity_id].append(each)
    nodes = [delivered_by(each) for each in features]
    dates = dates_of([each.pk for each in nodes if each])
    found = []
    for feature, node in zip(features, nodes, strict=True):
        made = delivery(rights, node, dates)
        about = feature.opportunity
        found += [Thread(voice, about, feature, feature.release, made) for voice in _voices(said, about)]
    for opportunity in bare:
        found += [Thread(voice, opportunity, None, None, None) for voice in _voices(said, opportunity)]
    return found + [Thread(voice, None, None, None, None) for voice in said[None]]


def _voices(
    said: Mapping[int | None, Sequence[Feedback]], opportunity: Opportunity | None
) -> Sequence[Feedback | None]:
    """The feedback for an opportunity; None where a thread begins without any."""
    return (said.get(opportunity.pk) if opportunity else None) or (None,)

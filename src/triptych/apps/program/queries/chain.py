"""The chain's last links, between what a product is to do and what the company wants: feature → deliverable → project →
program → objective, and back to those who asked for it."""

from triptych.apps.people.refusals import NotVisible
from triptych.apps.product.models import Feature
from triptych.apps.product.queries.chain import Thread, threads_to_any
from triptych.apps.product.queries.delivery import delivered_by
from triptych.apps.project.rules import Rights, records_visible_to

from .alignment import Stake, stakes_in, ties
from .tree import Tree


def aims(rights: Rights, feature: int) -> list[Stake]:
    """The open objectives that a feature serves, by what delivers it. At most six statements. Raises NotVisible."""
    rows = records_visible_to(rights, Feature).select_related("deliverable", "release__milestone")
    row = rows.filter(pk=feature).first()
    if row is None:
        raise NotVisible
    node = delivered_by(row)
    return [] if node is None else stakes_in(rights, node.pk)


def behind(rights: Rights, objective: int) -> list[Thread]:
    """What was asked for behind an objective: the threads from feedback to each feature that is delivered by what
    serves it, or serves an objective below it. At most seven statements. Raises NotVisible."""
    tree = Tree(rights)
    if objective not in tree.visible:
        raise NotVisible
    family = set(tree.all_below(objective))
    return threads_to_any(rights, {each.node.pk for each in ties(tree) if each.objective in family})

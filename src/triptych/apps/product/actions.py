"""The verbs of a product manager that are more than to add, change, move and remove."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from triptych.apps.history.ledger import Ledger
from triptych.apps.history.writing import API, Door, writing
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Conflict, Invalid, NotVisible
from triptych.apps.people.roles import Verb
from triptych.apps.project.actions import Written
from triptych.apps.project.actions.keeping import check, enter, held
from triptych.apps.project.rules import need_for, rights_of

from .models import Feature, FeatureState, Product, Release, ReleaseState
from .queries.backlog import in_order

#: The room between two features of a backlog, so that most moves renumber nobody else.
GAP = 1024


def hand_over_product(
    product: Product, *, actor: User, to: User, reason: str, door: Door = API
) -> Written[Product]:
    """Make another person answer for a product. `reason` stands in the log.

    Raises NotVisible or NotAllowed without the right to change the product, Invalid without a reason or if the one it
    goes to could not look after it, Conflict if it is theirs already.
    """
    with writing():
        now = held(product)
        need_for(rights_of(actor), Verb.EDIT_PRODUCT, now)
        if not reason.strip():
            raise Invalid("product.no-reason", "Say why the product is handed over.")
        if to.workspace_id != now.workspace_id:
            raise NotVisible
        if to.pk == now.manager_id:
            raise Conflict("product.theirs-already", f"{to.name} answers for it already.")
        if not (to.is_active and rights_of(to).may(Verb.EDIT_PRODUCT, now.node_id)):
            raise Invalid("product.bad-manager", f"{to.name} has no role there that may change products.")
        told = f"Handed the product “{now.name}” over from {now.manager.name} to {to.name}"
        ledger = Ledger()
        ledger.change(now, manager_id=to.pk)
        said = replace(door, reason=reason.strip())
        return Written(now, enter(ledger, now, actor, said, "hand_over", told, Verb.EDIT_PRODUCT))


def rank_feature(
    feature: Feature, *, actor: User, before: Feature | None, door: Door = API
) -> Written[Feature]:
    """Put a feature before another of the same product in the backlog, or, with None, at the end. One entry.

    Raises NotVisible or NotAllowed without the right to change the product, Invalid for a feature of another product
    or one that is to stand before itself.
    """
    with writing():
        held(feature.product)  # who rank at once queue here, else two features could take the same place
        now = held(feature)
        need_for(rights_of(actor), Verb.EDIT_PRODUCT, now)
        others = [each for each in in_order(now.product_id) if each.pk != now.pk]
        keys = [each.pk for each in others]
        if before is not None and before.pk not in keys:
            raise Invalid("feature.bad-place", "A feature stands before another one of its product.")
        place = len(others) if before is None else keys.index(before.pk)
        ledger = Ledger()
        ledger.change_each(
            Feature, {pk: {"position": at} for pk, at in _positions(others, now, place).items()}
        )
        now.refresh_from_db()
        if not ledger.edits:
            return Written(now, None)
        where = "at the end of the backlog" if before is None else f"before “{others[place].name}”"
        told = f"Put the feature “{now.name}” {where}"
        return Written(now, enter(ledger, now, actor, door, "rank", told, Verb.EDIT_PRODUCT))


def _positions(others: Sequence[Feature], moved: Feature, place: int) -> dict[int, int]:
    """The positions to write so that `moved` stands at `place` among the others: its own if there is room between
    its neighbours, else those of all that have one or stand above it."""
    below = others[place].position if place < len(others) else None
    above = others[place - 1].position if place else 0
    if above is not None and (below is not None or place == len(others)):
        at = above + GAP if below is None else (above + below) // 2
        if at > above and (below is None or at < below):
            return {moved.pk: at}
    order = [*others[:place], moved, *others[place:]]
    ranked = [at for at, each in enumerate(order) if each.position is not None or at <= place]
    return {each.pk: (at + 1) * GAP for at, each in enumerate(order[: ranked[-1] + 1])}


def ship_release(release: Release, *, actor: User, on: date, door: Door = API) -> Written[Release]:
    """Say that a release is out since the day `on`, and with it the features that were built for it. One entry.

    What was dropped stays dropped. Raises NotVisible or NotAllowed without the right to change the product, Conflict
    if it is out already or holds features that nobody has begun to build.
    """
    with writing():
        held(release.product)  # who ranks its features meanwhile waits, else each could wait for the other
        now = held(release)
        need_for(rights_of(actor), Verb.EDIT_PRODUCT, now)
        if now.state == ReleaseState.RELEASED:
            raise Conflict("release.out-already", "This release is out already.")
        features = list(Feature.objects.select_for_update().filter(release=now).order_by("pk"))
        if unbuilt := [each for each in features if each.state in {FeatureState.IDEA, FeatureState.PLANNED}]:
            names = ", ".join(f"“{each.name}”" for each in unbuilt)
            raise Conflict("release.unbuilt", f"Move to another release what is not built: {names}.")
        now.state, now.released = ReleaseState.RELEASED, on
        check(now)
        ledger = Ledger()
        ledger.change(now, state=ReleaseState.RELEASED, released=on)
        built = [each.pk for each in features if each.state == FeatureState.BUILDING]
        ledger.change_each(Feature, {pk: {"state": FeatureState.RELEASED} for pk in built})
        told = f"Released “{now.name}” of “{now.product.name}”"
        return Written(now, enter(ledger, now, actor, door, "ship", told, Verb.EDIT_PRODUCT))

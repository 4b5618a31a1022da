"""Products and their features come into being."""

from django.db.models import Max

from triptych.apps.history import actions as log
from triptych.apps.history.writing import API, Door, writing
from triptych.apps.people.actions import check_name
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Invalid, NotVisible
from triptych.apps.people.roles import Verb
from triptych.apps.project.models import UPPER, Kind, Node
from triptych.apps.project.rules import rights_of

from .models import Feature, Product, State


def create_product(
    *, actor: User, home: Node, name: str, vision: str = "", manager: User | None = None, door: Door = API
) -> Product:
    """Create a product that hangs on `home`, a node of the upper tree: who sees that sees the product.

    Raises NotVisible, NotAllowed, Invalid.
    """
    with writing():
        if home.kind not in UPPER:
            raise Invalid("product.bad-home", "A product hangs on a portfolio, a program or a project.")
        rights_of(actor).need(Verb.EDIT_PRODUCT, home.pk)
        if manager is not None and manager.workspace_id != actor.workspace_id:
            raise NotVisible
        kept = check_name(name, code="product.bad-name")
        product = Product.objects.create(home=home, name=kept, vision=vision, manager=manager)
        log.append(
            actor=actor,
            door=door,
            verb="create_product",
            sentence=f"Created the product “{kept}”",
            node=home.pk,
        )
        return product


def create_feature(
    *,
    actor: User,
    product: Product,
    name: str,
    state: State = State.IDEA,
    deliverable: Node | None = None,
    door: Door = API,
) -> Feature:
    """Create a feature of a product; `deliverable` is the deliverable or milestone that delivers it.

    Raises NotVisible for a deliverable the actor may not see, NotAllowed, Invalid.
    """
    with writing():
        rights = rights_of(actor)
        rights.need(Verb.EDIT_PRODUCT, product.home_id)
        if deliverable is not None:
            if deliverable.project_id not in rights.visible:
                raise NotVisible
            if deliverable.kind not in {Kind.DELIVERABLE, Kind.MILESTONE}:
                raise Invalid(
                    "feature.bad-deliverable", "A feature is delivered by a deliverable or a milestone."
                )
        kept = check_name(name, code="feature.bad-name")
        last = Feature.objects.filter(product=product).aggregate(Max("position"))["position__max"] or 0
        feature = Feature.objects.create(
            product=product, name=kept, state=state, deliverable=deliverable, position=last + 1
        )
        log.append(
            actor=actor,
            door=door,
            verb="create_feature",
            sentence=f"Added the feature “{kept}” to “{product.name}”",
            node=product.home_id,
        )
        return feature

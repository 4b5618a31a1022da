"""Products, for whom they are, and what troubles those people."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models

from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb
from triptych.apps.project.models import UPPER, Node


class Product(Record):
    """What is built. It hangs on a portfolio, a program or a project, and is seen and changed by that node's rights.

    One person answers for it, its `manager`, until it is handed over.
    """

    TERMS: ClassVar[Terms] = Terms(
        "product", home="node", add=Verb.EDIT_PRODUCT, fixed=frozenset({"manager"})
    )

    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="products")
    name = models.CharField(max_length=200)
    vision = models.TextField(blank=True, default="")
    manager = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name

    def faults(self) -> Mapping[str, str]:
        if self.node.kind in UPPER:
            return {}
        return {"node": "A product hangs on a portfolio, a program or a project."}


class Persona(Record):
    """Somebody a product is for, drawn from research: their goals, and what stands in their way."""

    TERMS: ClassVar[Terms] = Terms(
        "persona", home="product__node", add=Verb.EDIT_PRODUCT, fixed=frozenset({"product"})
    )

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="personas")
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True, default="")
    goals = models.TextField(blank=True, default="")
    pains = models.TextField(blank=True, default="")

    def __str__(self) -> str:
        return self.name


class Problem(Record):
    """Why a product is built: what troubles a persona, and how that is known."""

    TERMS: ClassVar[Terms] = Terms(
        "problem", home="product__node", add=Verb.EDIT_PRODUCT, name="statement", fixed=frozenset({"product"})
    )

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="problems")
    persona = models.ForeignKey(
        Persona, on_delete=models.SET_NULL, null=True, blank=True, related_name="problems"
    )
    statement = models.TextField()
    evidence = models.TextField(blank=True, default="")

    def __str__(self) -> str:
        return self.statement

    def faults(self) -> Mapping[str, str]:
        return of_other_products(self, "persona")


def of_other_products(row: models.Model, *names: str) -> dict[str, str]:
    """A fault for each of the attributes whose row does not belong to the same product as this one."""
    product = row.product_id  # type: ignore[attr-defined]  # every noun below a product has one
    given = {name: getattr(row, name) for name in names}
    return {
        name: "This belongs to another product."
        for name, each in given.items()
        if each is not None and each.product_id != product
    }

"""Products and their features."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from triptych.apps.product import models
from triptych.apps.product.queries.delivery import Delivery
from triptych.apps.product.queries.products import Promise, products

from . import access
from .nouns import open_doors
from .shapes import FAULTS, Named, json, named

router = Router(tags=["products"])


class Deliverable(Schema):
    """What delivers a feature, and when; without names where the reader may not see its project."""

    id: int
    name: str | None
    project: int | None
    project_name: str | None
    finish: str | None
    critical: bool


class Feature(Named):
    """What a product will do."""

    state: str
    deliverable: Deliverable | None


class Product(Named):
    """A product and its features, in order."""

    vision: str
    manager: Named | None
    features: list[Feature]


class Products(Schema):
    """The products the reader may see."""

    products: list[Product]


@router.get("/products", response={200: Products, **FAULTS})
def read_products(request: HttpRequest) -> Any:
    """The products the reader may see, with the computed date of every feature that has a deliverable."""
    rows = products(access.rights(request))
    return json(
        {
            "products": [
                {
                    "id": product.pk,
                    "name": product.name,
                    "vision": product.vision,
                    "manager": named(product.manager),
                    "features": [_feature(each) for each in features],
                }
                for product, features in rows
            ]
        }
    )


def _feature(promise: Promise) -> dict[str, Any]:
    feature = promise.feature
    return {
        "id": feature.pk,
        "name": feature.name,
        "state": feature.state,
        "deliverable": None if promise.delivery is None else _deliverable(promise.delivery),
    }


def _deliverable(delivery: Delivery) -> dict[str, Any]:
    return {name: getattr(delivery, name) for name in Deliverable.model_fields}


open_doors(router, models.Product, listed=False)

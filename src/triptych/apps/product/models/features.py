"""Features: what a product will do, what speaks for each, and when it comes."""

from collections.abc import Mapping
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F

from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb
from triptych.apps.project.models import Kind, Node

from .metrics import Metric
from .opportunities import Opportunity
from .products import Product, of_other_products
from .releases import Release


class FeatureState(models.TextChoices):
    """How far a feature has come."""

    IDEA = "idea"
    PLANNED = "planned"
    BUILDING = "building"
    RELEASED = "released"
    DROPPED = "dropped"


_STEPS: Mapping[str, Mapping[str, Verb]] = {
    FeatureState.IDEA: {FeatureState.PLANNED: Verb.EDIT_PRODUCT, FeatureState.DROPPED: Verb.EDIT_PRODUCT},
    FeatureState.PLANNED: {
        FeatureState.IDEA: Verb.EDIT_PRODUCT,
        FeatureState.BUILDING: Verb.EDIT_PRODUCT,
        FeatureState.DROPPED: Verb.EDIT_PRODUCT,
    },
    FeatureState.BUILDING: {
        FeatureState.PLANNED: Verb.EDIT_PRODUCT,
        FeatureState.RELEASED: Verb.EDIT_PRODUCT,
        FeatureState.DROPPED: Verb.EDIT_PRODUCT,
    },
    FeatureState.RELEASED: {FeatureState.BUILDING: Verb.EDIT_PRODUCT},
    FeatureState.DROPPED: {FeatureState.IDEA: Verb.EDIT_PRODUCT},
}


#: The order of a backlog: what has a position by it, then the rest as it came.
IN_ORDER = (F("position").asc(nulls_last=True), F("id").asc())


class Horizon(models.TextChoices):
    """When a feature is meant to come, on a roadmap that promises no dates."""

    NOW = "now"
    NEXT = "next"
    LATER = "later"


class Impact(models.IntegerChoices):
    """How much a feature moves each person it reaches, in percent: the five steps of RICE."""

    MINIMAL = 25
    LOW = 50
    MEDIUM = 100
    HIGH = 200
    MASSIVE = 300


#: The steps of a relative estimate in SAFe: Fibonacci's numbers, rounded at the end.
ESTIMATES = (1, 2, 3, 5, 8, 13, 20)


def _estimate() -> "models.SmallIntegerField[int | None, int | None]":
    return models.SmallIntegerField(null=True, blank=True, choices=[(each, str(each)) for each in ESTIMATES])


class Feature(Record):
    """What a product will do. Its deliverable, anywhere in the tree, says when.

    `position` orders the backlog; without one a feature stands after all that have one, in the order of coming.
    `reach` is people (or events) a quarter, `impact` and `confidence` percent, `effort` tenths of a person-month;
    `business_value` (of user and business), `time_criticality`, `risk_reduction` (and opportunity enablement) and
    `job_size` are relative estimates. What nobody has estimated is None.
    """

    TERMS: ClassVar[Terms] = Terms(
        "feature",
        home="product__node",
        add=Verb.EDIT_PRODUCT,
        fixed=frozenset({"product"}),
        by_verb=frozenset({"position"}),
        states=_STEPS,
    )

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="features")
    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.SET_NULL, null=True, blank=True, related_name="features"
    )
    name = models.CharField(max_length=200)
    hypothesis = models.TextField(blank=True, default="")
    acceptance_criteria = models.TextField(blank=True, default="")
    state = models.CharField(max_length=12, choices=FeatureState, default=FeatureState.IDEA)
    horizon = models.CharField(max_length=6, choices=Horizon, blank=True, default="")
    position = models.BigIntegerField(null=True, blank=True)
    release = models.ForeignKey(
        Release, on_delete=models.SET_NULL, null=True, blank=True, related_name="features"
    )
    metric = models.ForeignKey(
        Metric, on_delete=models.SET_NULL, null=True, blank=True, related_name="features"
    )
    deliverable = models.ForeignKey(
        Node, on_delete=models.SET_NULL, null=True, blank=True, related_name="features"
    )

    reach = models.BigIntegerField(null=True, blank=True, validators=[MinValueValidator(0)])
    impact = models.SmallIntegerField(null=True, blank=True, choices=Impact)
    confidence = models.SmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    effort = models.IntegerField(null=True, blank=True, validators=[MinValueValidator(1)])
    business_value = _estimate()
    time_criticality = _estimate()
    risk_reduction = _estimate()
    job_size = _estimate()

    def __str__(self) -> str:
        return self.name

    def faults(self) -> Mapping[str, str]:
        found = of_other_products(self, "opportunity", "release", "metric")
        if self.deliverable is not None and self.deliverable.kind not in {Kind.DELIVERABLE, Kind.MILESTONE}:
            found["deliverable"] = "A feature is delivered by a deliverable or a milestone."
        return found

"""Opportunities: what could be done about a problem, before anybody says how."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb

from .products import Problem, Product, of_other_products


class OpportunityState(models.TextChoices):
    """How far an opportunity has come."""

    NEW = "new"
    VALIDATED = "validated"
    PURSUED = "pursued"
    MET = "met"
    DROPPED = "dropped"


_STEPS: Mapping[str, Mapping[str, Verb]] = {
    OpportunityState.NEW: {
        OpportunityState.VALIDATED: Verb.EDIT_PRODUCT,
        OpportunityState.DROPPED: Verb.EDIT_PRODUCT,
    },
    OpportunityState.VALIDATED: {
        OpportunityState.PURSUED: Verb.EDIT_PRODUCT,
        OpportunityState.DROPPED: Verb.EDIT_PRODUCT,
    },
    OpportunityState.PURSUED: {
        OpportunityState.MET: Verb.EDIT_PRODUCT,
        OpportunityState.VALIDATED: Verb.EDIT_PRODUCT,
        OpportunityState.DROPPED: Verb.EDIT_PRODUCT,
    },
    OpportunityState.MET: {OpportunityState.PURSUED: Verb.EDIT_PRODUCT},
    OpportunityState.DROPPED: {OpportunityState.NEW: Verb.EDIT_PRODUCT},
}


class Opportunity(Record):
    """A need, pain or desire that a product could meet: what feedback adds up to, and what features answer.

    The word is Teresa Torres's (Continuous Discovery Habits, 2021): an opportunity is of the customer, a feature is a
    solution.
    """

    TERMS: ClassVar[Terms] = Terms(
        "opportunity",
        home="product__node",
        add=Verb.EDIT_PRODUCT,
        fixed=frozenset({"product"}),
        states=_STEPS,
    )

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="opportunities")
    problem = models.ForeignKey(
        Problem, on_delete=models.SET_NULL, null=True, blank=True, related_name="opportunities"
    )
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True, default="")
    state = models.CharField(max_length=12, choices=OpportunityState, default=OpportunityState.NEW)

    def __str__(self) -> str:
        return self.name

    def faults(self) -> Mapping[str, str]:
        return of_other_products(self, "problem")

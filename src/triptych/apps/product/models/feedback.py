"""Customers, and what they and others say of a product."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb

from .opportunities import Opportunity
from .products import Product, of_other_products


class Customer(Record):
    """Who buys or uses what the company makes. `value` is what they bring in a year, in hundredths of the company's
    currency."""

    TERMS: ClassVar[Terms] = Terms("customer", home="", add=Verb.EDIT_PRODUCT, money=frozenset({"value"}))

    name = models.CharField(max_length=200)
    segment = models.CharField(max_length=100, blank=True, default="")
    value = models.BigIntegerField(null=True, blank=True, validators=[MinValueValidator(0)])

    class Meta:
        constraints = (models.UniqueConstraint(fields=["workspace", "name"], name="customer_once"),)

    def __str__(self) -> str:
        return self.name


class Source(models.TextChoices):
    """Where feedback came from."""

    INTERVIEW = "interview"
    SALES = "sales"
    SUPPORT = "support"
    SURVEY = "survey"
    REVIEW = "review"
    TEAM = "team"
    OTHER = "other"


class FeedbackState(models.TextChoices):
    """What has come of feedback."""

    NEW = "new"
    TRIAGED = "triaged"
    PLANNED = "planned"
    ANSWERED = "answered"


_STEPS: Mapping[str, Mapping[str, Verb]] = {
    FeedbackState.NEW: {
        FeedbackState.TRIAGED: Verb.EDIT_PRODUCT,
        FeedbackState.ANSWERED: Verb.EDIT_PRODUCT,
    },
    FeedbackState.TRIAGED: {
        FeedbackState.PLANNED: Verb.EDIT_PRODUCT,
        FeedbackState.ANSWERED: Verb.EDIT_PRODUCT,
    },
    FeedbackState.PLANNED: {
        FeedbackState.TRIAGED: Verb.EDIT_PRODUCT,
        FeedbackState.ANSWERED: Verb.EDIT_PRODUCT,
    },
    FeedbackState.ANSWERED: {FeedbackState.TRIAGED: Verb.EDIT_PRODUCT},
}


class Feedback(Record):
    """What somebody wants of a product, in their words. Anybody in the team writes it down; who looks after the product
    weighs it, lays it to an opportunity, and answers: `answer` is what the customer was told.

    `given` is the day on which it was said, `weight` how much it counts beside other feedback, 1 to 100.
    """

    TERMS: ClassVar[Terms] = Terms(
        "feedback",
        home="product__node",
        add=Verb.RAISE,
        change=Verb.EDIT_PRODUCT,
        own="raised_by",
        signed=("raised_by",),
        name="text",
        fixed=frozenset({"product"}),
        by_verb=frozenset({"answer"}),
        states=_STEPS,
    )

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="feedback")
    customer = models.ForeignKey(
        Customer, on_delete=models.SET_NULL, null=True, blank=True, related_name="feedback"
    )
    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.SET_NULL, null=True, blank=True, related_name="feedback"
    )
    text = models.TextField()
    source = models.CharField(max_length=12, choices=Source, default=Source.OTHER)
    weight = models.SmallIntegerField(default=1, validators=[MinValueValidator(1), MaxValueValidator(100)])
    given = models.DateField()
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True, default="")
    state = models.CharField(max_length=12, choices=FeedbackState, default=FeedbackState.NEW)

    def __str__(self) -> str:
        return self.text

    def faults(self) -> Mapping[str, str]:
        found = of_other_products(self, "opportunity")
        if self.state == FeedbackState.ANSWERED and not self.answer:
            found["answer"] = "Say what the answer was."
        return found

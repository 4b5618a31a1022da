"""Budgets and what is spent of them. Amounts are hundredths of the currency of the project; told to those who may see
money alone."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from triptych.apps.people.records import Record, Terms
from triptych.apps.people.roles import Verb
from triptych.apps.project.models import Node

from .amounts import MOST_MONEY, within


class Reserve(models.TextChoices):
    """What part of a budget an amount is (PMBOK Guide): the cost baseline is work and contingency reserve, for known
    risks; the management reserve, for what nobody could know, comes on top."""

    BASELINE = "baseline"
    CONTINGENCY = "contingency"
    MANAGEMENT = "management"


class BudgetState(models.TextChoices):
    """How far a budget has come. Only approved ones count."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


class Budget(Record):
    """Money for a node and what is below it, for one category of cost and one year; without a year, for all of it."""

    TERMS: ClassVar[Terms] = Terms(
        "budget",
        home="node",
        see=Verb.SEE_MONEY,
        add=Verb.EDIT_MONEY,
        states={
            "draft": {"submitted": Verb.EDIT_MONEY},
            "submitted": {"draft": Verb.EDIT_MONEY, "approved": Verb.APPROVE, "rejected": Verb.APPROVE},
            "rejected": {"draft": Verb.EDIT_MONEY},
            "approved": {"superseded": Verb.APPROVE},
        },
        frozen=frozenset({BudgetState.SUBMITTED, BudgetState.APPROVED, BudgetState.SUPERSEDED}),
    )

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="budgets")
    name = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=100, blank=True)
    year = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1970), MaxValueValidator(9999)]
    )
    kind = models.CharField(max_length=12, choices=Reserve, default=Reserve.BASELINE)
    amount = models.BigIntegerField()
    state = models.CharField(max_length=12, choices=BudgetState, default=BudgetState.DRAFT)

    class Meta:
        constraints = (within("budget_amount", "amount", 0, MOST_MONEY),)

    def __str__(self) -> str:
        return self.name or self.category


class PurchaseState(models.TextChoices):
    """How far a purchase has come. From the order to its end it is a commitment."""

    PLANNED = "planned"
    REQUESTED = "requested"
    APPROVED = "approved"
    ORDERED = "ordered"
    DELIVERED = "delivered"
    CLOSED = "closed"
    CANCELLED = "cancelled"


#: The states in which what has not been invoiced yet is still to be paid.
COMMITTED = (PurchaseState.ORDERED, PurchaseState.DELIVERED)


class Purchase(Record):
    """Something that is bought for a node, from a supplier, `due` on a day. Costs that name it are its invoices.

    What is approved is bought as approved: to change it, it is planned, and approved, anew.
    """

    TERMS: ClassVar[Terms] = Terms(
        "purchase",
        home="node",
        see=Verb.SEE_MONEY,
        add=Verb.EDIT_MONEY,
        states={
            "planned": {"requested": Verb.EDIT_MONEY, "cancelled": Verb.EDIT_MONEY},
            "requested": {"planned": Verb.EDIT_MONEY, "approved": Verb.APPROVE, "cancelled": Verb.APPROVE},
            "approved": {"planned": Verb.EDIT_MONEY, "ordered": Verb.EDIT_MONEY},
            "ordered": {
                "planned": Verb.EDIT_MONEY,
                "delivered": Verb.EDIT_MONEY,
                "cancelled": Verb.EDIT_MONEY,
            },
            "delivered": {"closed": Verb.EDIT_MONEY},
            "closed": {"delivered": Verb.EDIT_MONEY},
            "cancelled": {"planned": Verb.EDIT_MONEY},
        },
        frozen=frozenset({PurchaseState.REQUESTED, PurchaseState.APPROVED, *COMMITTED, PurchaseState.CLOSED}),
    )

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="purchases")
    name = models.CharField(max_length=300)
    supplier = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=100, blank=True)
    amount = models.BigIntegerField()
    due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=PurchaseState, default=PurchaseState.PLANNED)

    class Meta:
        constraints = (within("purchase_amount", "amount", 0, MOST_MONEY),)

    def __str__(self) -> str:
        return self.name

    def faults(self) -> Mapping[str, str]:
        if self.state in (*COMMITTED, PurchaseState.CLOSED) and not self.supplier.strip():
            return {"supplier": "Say from whom it is bought."}
        return {}


class CostKind(models.TextChoices):
    """A commitment is promised, an accrual owed for what has been received, an actual cost invoiced or paid."""

    COMMITMENT = "commitment"
    ACCRUAL = "accrual"
    ACTUAL = "actual"


class Cost(Record):
    """Money spent on a node, or promised; less than nothing for what comes back, or for an accrual that is released.

    What names a purchase is no commitment of its own: the purchase is.
    """

    TERMS: ClassVar[Terms] = Terms("cost", home="node", see=Verb.SEE_MONEY, add=Verb.EDIT_MONEY, name="note")

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="costs")
    date = models.DateField()
    amount = models.BigIntegerField()
    kind = models.CharField(max_length=12, choices=CostKind, default=CostKind.ACTUAL)
    category = models.CharField(max_length=100, blank=True)
    supplier = models.CharField(max_length=200, blank=True)
    purchase = models.ForeignKey(
        Purchase, on_delete=models.PROTECT, null=True, blank=True, related_name="costs"
    )
    note = models.TextField(blank=True)

    class Meta:
        constraints = (within("cost_amount", "amount", -MOST_MONEY, MOST_MONEY),)

    def __str__(self) -> str:
        return self.note or self.category

    def faults(self) -> Mapping[str, str]:
        if self.purchase is None:
            return {}
        if self.kind == CostKind.COMMITMENT:
            return {"kind": "The purchase is the commitment; this is an accrual or an actual cost of it."}
        if self.purchase.node_id != self.node_id:
            return {"purchase": "A cost of a purchase hangs where the purchase does."}
        return {}


class BenefitState(models.TextChoices):
    """How far a benefit has come."""

    PLANNED = "planned"
    REALISING = "realising"
    REALISED = "realised"
    MISSED = "missed"


class Benefit(Record):
    """What a node is good for, measured by `measure`. Its values are hundredths of the currency (`in_money`), else of
    `unit`."""

    TERMS: ClassVar[Terms] = Terms(
        "benefit",
        home="node",
        see=Verb.SEE_MONEY,
        add=Verb.EDIT_MONEY,
        states={
            "planned": {"realising": Verb.EDIT_MONEY, "missed": Verb.EDIT_MONEY},
            "realising": {"realised": Verb.EDIT_MONEY, "missed": Verb.EDIT_MONEY},
            "realised": {"realising": Verb.EDIT_MONEY},
            "missed": {"realising": Verb.EDIT_MONEY},
        },
    )

    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="benefits")
    name = models.CharField(max_length=300)
    measure = models.TextField(blank=True)
    in_money = models.BooleanField(default=True)
    unit = models.CharField(max_length=60, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=12, choices=BenefitState, default=BenefitState.PLANNED)

    def __str__(self) -> str:
        return self.name

    def faults(self) -> Mapping[str, str]:
        if self.in_money == bool(self.unit.strip()):
            return {"unit": "A benefit is in money, or in a unit of its own."}
        return {}


class BenefitValue(Record):
    """How much of a benefit is planned to have come by a day, beyond what the days before bring, and how much has."""

    TERMS: ClassVar[Terms] = Terms(
        "benefit value", home="benefit__node", see=Verb.SEE_MONEY, add=Verb.EDIT_MONEY, name=""
    )

    benefit = models.ForeignKey(Benefit, on_delete=models.CASCADE, related_name="values")
    date = models.DateField()
    planned = models.BigIntegerField(default=0)
    realised = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["benefit", "date"], name="benefit_value_once"),
            within("benefit_value_planned", "planned", -MOST_MONEY, MOST_MONEY),
            within("benefit_value_realised", "realised", -MOST_MONEY, MOST_MONEY),
        )

    def __str__(self) -> str:
        return f"{self.benefit_id} on {self.date}"

"""What a node and everything below it may spend, has promised and has spent; and what it was for."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, ExtractYear

from triptych.apps.control.models import Benefit, BenefitValue, Budget, Cost, Purchase
from triptych.apps.control.models.money import COMMITTED, BudgetState, CostKind, Reserve
from triptych.apps.people.records import Record
from triptych.apps.people.roles import Verb
from triptych.apps.project.models import Node
from triptych.apps.project.rules import Rights, records_visible_to

from .below import below


@dataclass(frozen=True, slots=True)
class Figures:
    """Hundredths. The budget is what is approved, by reserve; `committed` what is ordered or promised and not invoiced
    yet, `accrued` what is owed for what was received, `actual` what was invoiced or paid."""

    baseline: int = 0
    contingency: int = 0
    management: int = 0
    committed: int = 0
    accrued: int = 0
    actual: int = 0

    @property
    def budget(self) -> int:
        """All that is approved, reserves included."""
        return self.baseline + self.contingency + self.management

    @property
    def left(self) -> int:
        """What may still be promised; less than nothing where it is overdrawn."""
        return self.budget - self.committed - self.accrued - self.actual

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.baseline + other.baseline,
            self.contingency + other.contingency,
            self.management + other.management,
            self.committed + other.committed,
            self.accrued + other.accrued,
            self.actual + other.actual,
        )


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one currency, category (empty: none is stated) and year (None: none is)."""

    currency: str
    category: str
    year: int | None
    figures: Figures


@dataclass(frozen=True, slots=True)
class Money:
    """The money of a node and of what is below it, as far as the reader may see it: a line for each currency, category
    and year, in this order. What is in different currencies is never added up."""

    lines: tuple[Line, ...]

    @property
    def totals(self) -> dict[str, Figures]:
        """By currency."""
        return self._by(lambda each: each.currency)

    @property
    def by_category(self) -> dict[tuple[str, str], Figures]:
        """By currency and category."""
        return self._by(lambda each: (each.currency, each.category))

    @property
    def by_year(self) -> dict[tuple[str, int | None], Figures]:
        """By currency and year."""
        return self._by(lambda each: (each.currency, each.year))

    def _by(self, key: Callable[[Line], Any]) -> dict[Any, Figures]:
        found: dict[Any, Figures] = {}
        for each in self.lines:
            found[key(each)] = found.get(key(each), Figures()) + each.figures
        return found


_Key = tuple[str | None, str, int | None]
_RESERVES = {
    Reserve.BASELINE: "baseline",
    Reserve.CONTINGENCY: "contingency",
    Reserve.MANAGEMENT: "management",
}
_COSTS = {CostKind.COMMITMENT: "committed", CostKind.ACCRUAL: "accrued", CostKind.ACTUAL: "actual"}


def money_of(rights: Rights, node: Node) -> Money:
    """What the node and everything below it have of money. Three statements.

    An amount is in the currency of its project. What hangs above projects is in the one that those below share, if
    they do. Raises NotVisible, and NotAllowed without the right to see money there.
    """
    rights.need_at(Verb.SEE_MONEY, node)
    found: dict[_Key, Figures] = {}
    for key, figures in (*_budgets(rights, node), *_costs(rights, node), *_purchases(rights, node)):
        found[key] = found.get(key, Figures()) + figures
    known = {currency for currency, _, _ in found if currency is not None}
    shared = known.pop() if len(known) == 1 else ""
    lines: dict[tuple[str, str, int | None], Figures] = {}
    for (currency, category, year), figures in found.items():
        told = (shared if currency is None else currency, category, year)
        lines[told] = lines.get(told, Figures()) + figures
    ordered = sorted(lines.items(), key=lambda each: (each[0][0], each[0][1], each[0][2] or 0))
    return Money(tuple(Line(*key, figures) for key, figures in ordered))


def _rows(rights: Rights, model: type[Record], node: Node) -> QuerySet[Any]:
    """The rows of a noun at the node and below, with the `currency` of their project, None above projects."""
    currency = Coalesce(F("node__project__settings__currency"), F("node__settings__currency"))
    found: QuerySet[Any] = records_visible_to(rights, model).annotate(currency=currency)
    return found.filter(below(node)).order_by()


def _budgets(rights: Rights, node: Node) -> Iterator[tuple[_Key, Figures]]:
    approved = _rows(rights, Budget, node).filter(state=BudgetState.APPROVED)
    for row in approved.values("currency", "category", "year", "kind").annotate(sum=Sum("amount")):
        yield _key(row), replace(Figures(), **{_RESERVES[row["kind"]]: int(row["sum"])})


def _costs(rights: Rights, node: Node) -> Iterator[tuple[_Key, Figures]]:
    found = _rows(rights, Cost, node).annotate(year=ExtractYear("date"))
    for row in found.values("currency", "category", "year", "kind").annotate(sum=Sum("amount")):
        yield _key(row), replace(Figures(), **{_COSTS[row["kind"]]: int(row["sum"])})


def _purchases(rights: Rights, node: Node) -> Iterator[tuple[_Key, Figures]]:
    """What is still to be invoiced of what is ordered."""
    found = _rows(rights, Purchase, node).filter(state__in=COMMITTED)
    found = found.annotate(year=ExtractYear("due"), invoiced=Coalesce(Sum("costs__amount"), 0))
    for row in found.values("pk", "currency", "category", "year", "amount", "invoiced"):
        yield _key(row), Figures(committed=max(0, row["amount"] - int(row["invoiced"])))


def _key(row: Mapping[str, Any]) -> _Key:
    return row["currency"], row["category"], row["year"]


# What it was for


@dataclass(frozen=True, slots=True)
class Realised:
    """A benefit: what was planned to have come by a day, what has, and what is planned in all. Hundredths."""

    benefit: Benefit
    due: int
    realised: int
    planned: int


def benefits_of(rights: Rights, node: Node, *, on: date) -> list[Realised]:
    """The benefits of a node and of everything below it, as of a day. Two statements. Raises as `money_of`."""
    rights.need_at(Verb.SEE_MONEY, node)
    until = Q(values__date__lte=on)
    found = records_visible_to(rights, Benefit).filter(below(node)).select_related("node", "owner")
    found = found.annotate(
        due_by=Coalesce(Sum("values__planned", filter=until), 0),
        realised_by=Coalesce(Sum("values__realised", filter=until), 0),
        planned_in_all=Coalesce(Sum("values__planned"), 0),
    ).prefetch_related(Prefetch("values", BenefitValue.objects.order_by("date")))
    return [
        Realised(each, int(each.due_by), int(each.realised_by), int(each.planned_in_all))
        for each in found.order_by("name", "pk")
    ]

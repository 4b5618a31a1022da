"""Budgets, costs, purchases and benefits: their rules, who sees them, and what they add up to."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.cast import Company
from tests.nouns.control import task
from triptych.apps.control.models import Benefit, BenefitValue, Budget, Cost, Purchase
from triptych.apps.control.queries import Figures, benefits_of, money_of
from triptych.apps.people.records import Record
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed, NotVisible
from triptych.apps.people.roles import Role
from triptych.apps.project import actions
from triptych.apps.project.models import ProjectSettings
from triptych.apps.project.rules import records_visible_to, rights_of

_R = TypeVar("_R", bound=Record)
DAY = date(2026, 3, 9)


@pytest.fixture
def add(company: Company) -> Callable[..., Any]:
    """Alice adds a row to the house, unless it says another node."""

    def add(noun: type[_R], **values: Any) -> _R:
        return actions.add(noun, actor=company.alice, **({"node": company.house} | values)).row

    return add


@pytest.fixture
def approved(company: Company, add: Callable[..., Any]) -> Callable[..., Budget]:
    def approved(**values: Any) -> Budget:
        budget: Budget = add(Budget, **values)
        for state in ("submitted", "approved"):
            budget = actions.move(budget, actor=company.alice, to=state).row
        return budget

    return approved


def test_a_budget_is_approved_by_who_approves(company: Company, add: Callable[..., Any]) -> None:
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.SPONSOR)
    budget = actions.add(Budget, actor=company.bob, node=company.house, amount=100).row
    with pytest.raises(Conflict, match="submitted"):
        actions.move(budget, actor=company.charlie, to="approved")
    actions.move(budget, actor=company.bob, to="submitted")
    with pytest.raises(NotAllowed, match="approve"):
        actions.move(budget, actor=company.bob, to="approved")
    with pytest.raises(Conflict, match="stays as it is"):
        actions.change(budget, actor=company.bob, amount=1_000_000)
    entry = actions.move(budget, actor=company.charlie, to="approved").entry
    assert entry is not None
    assert entry.sentence == "Moved a budget to approved"
    with pytest.raises(Conflict, match="stays as it is"):
        actions.remove(budget, actor=company.bob)
    with pytest.raises(Conflict, match="submitted"):
        add(Budget, amount=100, state="approved")


def test_who_may_not_see_money_sees_none(company: Company, add: Callable[..., Any]) -> None:
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.SCRUM_MASTER)
    rights = rights_of(company.charlie)
    add(Cost, date=DAY, amount=100)
    assert not records_visible_to(rights, Cost).exists()
    with pytest.raises(NotAllowed):
        money_of(rights, company.house)
    with pytest.raises(NotAllowed):
        benefits_of(rights, company.house, on=DAY)
    with pytest.raises(NotVisible):
        money_of(rights_of(company.bob), company.secret)


def test_a_purchase_is_bought_from_somebody(company: Company, add: Callable[..., Any]) -> None:
    steel = add(Purchase, name="Steel", amount=100)
    for state in ("requested", "approved"):
        actions.move(steel, actor=company.alice, to=state)
    with pytest.raises(Invalid, match="from whom"):
        actions.move(steel, actor=company.alice, to="ordered")
    assert actions.move(steel, actor=company.alice, to="ordered", supplier="Smith").row.supplier == "Smith"


@pytest.mark.parametrize(
    ("noun", "values", "place"),
    [
        (Budget, {"amount": -1}, "__all__"),
        (Budget, {"amount": 10**14 + 1}, "__all__"),
        (Budget, {"amount": 1, "year": 26}, "year"),
        (Cost, {"amount": 1}, "date"),
        (Cost, {"amount": 1, "date": DAY, "kind": "gift"}, "kind"),
        (Benefit, {"name": "Fewer calls", "in_money": False}, "unit"),
        (Benefit, {"name": "Fewer calls", "unit": "calls"}, "unit"),
    ],
)
def test_what_money_cannot_be(
    add: Callable[..., Any], noun: type[Record], values: dict[str, Any], place: str
) -> None:
    with pytest.raises(Invalid) as fault:
        add(noun, **values)
    assert [each.place for each in fault.value.errors] == [place]


def test_an_invoice_belongs_to_its_purchase(company: Company, add: Callable[..., Any]) -> None:
    steel = add(Purchase, name="Steel", amount=100)
    with pytest.raises(Invalid, match="is the commitment"):
        add(Cost, date=DAY, amount=100, kind="commitment", purchase=steel)
    with pytest.raises(Invalid, match="where the purchase does"):
        add(Cost, date=DAY, amount=100, purchase=steel, node=company.secret)
    add(Cost, date=DAY, amount=100, purchase=steel)
    with pytest.raises(Conflict, match="still needs"):
        actions.remove(steel, actor=company.alice)


def test_what_is_ordered_is_committed_until_it_is_invoiced(company: Company, add: Callable[..., Any]) -> None:
    def figures() -> Figures:
        return money_of(rights_of(company.bob), company.house).totals.get("", Figures())

    steel = add(Purchase, name="Steel", amount=100, supplier="Smith", due=DAY)
    for state in ("requested", "approved"):
        actions.move(steel, actor=company.alice, to=state)
    assert figures() == Figures()
    actions.move(steel, actor=company.alice, to="ordered")
    assert figures() == Figures(committed=100)
    add(Cost, date=DAY, amount=60, purchase=steel)
    add(Cost, date=DAY, amount=10, kind="accrual", purchase=steel)
    assert figures() == Figures(committed=30, accrued=10, actual=60)
    add(Cost, date=DAY, amount=70, purchase=steel)
    assert figures() == Figures(committed=0, accrued=10, actual=130)


def test_money_rolls_up_by_category_and_year(
    company: Company,
    add: Callable[..., Any],
    approved: Callable[..., Budget],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    design = task(company, "design")
    ProjectSettings.objects.update(currency="EUR")
    approved(node=company.program, amount=1000, kind="management")
    approved(amount=500, category="Labour", year=2026)
    approved(amount=50, category="Labour", year=2026, kind="contingency")
    approved(amount=700, category="Labour", year=2027, node=design)
    add(Budget, amount=9999)
    add(Cost, date=DAY, amount=200, category="Labour", node=design)
    add(Cost, date=DAY, amount=-20, category="Labour")
    add(Cost, date=date(2027, 1, 1), amount=300, category="Travel", kind="commitment")
    add(Cost, date=DAY, amount=7, category="Travel", node=company.secret)
    rights = rights_of(company.alice)
    with django_assert_num_queries(3):
        money = money_of(rights, company.program)
    assert [(each.category, each.year) for each in money.lines] == [
        ("", None),
        ("Labour", 2026),
        ("Labour", 2027),
        ("Travel", 2026),
        ("Travel", 2027),
    ]
    whole = Figures(1200, 50, 1000, committed=300, actual=187)
    assert money.totals == {"EUR": whole}
    assert (whole.budget, whole.left) == (2250, 1763)
    assert money.by_category["EUR", "Labour"] == Figures(1200, 50, actual=180)
    assert money.by_year["EUR", 2026] == Figures(500, 50, actual=187)
    assert money_of(rights, design).totals == {"EUR": Figures(700, actual=200)}
    assert money_of(rights_of(company.bob), company.house).totals == {
        "EUR": Figures(1200, 50, committed=300, actual=180)
    }


def test_currencies_are_not_added_up(company: Company, approved: Callable[..., Budget]) -> None:
    for node, currency in ((company.house, "EUR"), (company.secret, "USD")):
        ProjectSettings.objects.filter(node=node).update(currency=currency)
        approved(node=node, amount=100)
    approved(node=company.program, amount=5)
    totals = money_of(rights_of(company.alice), company.program).totals
    assert {currency: each.budget for currency, each in totals.items()} == {"": 5, "EUR": 100, "USD": 100}


def test_a_benefit_is_planned_and_realised_by_days(
    company: Company, add: Callable[..., Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rent = add(Benefit, name="Rent")
    calls = add(Benefit, name="Fewer calls", in_money=False, unit="calls a day", node=company.secret)
    rows = [(date(2026, 3, 1), 100, 90), (DAY, 100, None), (date(2026, 4, 1), 300, 7)]
    for day, planned, realised in rows:
        values = {"benefit": rent, "date": day, "planned": planned, "realised": realised}
        actions.add(BenefitValue, actor=company.alice, **values)
    rights = rights_of(company.alice)
    with django_assert_num_queries(2):
        found = benefits_of(rights, company.program, on=DAY)
    assert [(each.benefit, each.due, each.realised, each.planned) for each in found] == [
        (calls, 0, 0, 0),
        (rent, 200, 90, 500),
    ]
    assert [each.benefit for each in benefits_of(rights_of(company.bob), company.house, on=DAY)] == [rent]


def test_what_is_removed_from_the_tree_is_no_money_of_it(company: Company, add: Callable[..., Any]) -> None:
    add(Cost, date=DAY, amount=5, node=company.secret)
    actions.remove_node(actor=company.alice, node=company.secret)
    assert money_of(rights_of(company.alice), company.program).lines == ()

"""Feedback: anybody raises it, the product manager sorts and answers it."""

from typing import Any

import pytest

from tests.cast import Company
from tests.nouns.product import DAY, product_of
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed, NotVisible
from triptych.apps.people.roles import Role
from triptych.apps.product.models import Customer, Feedback, FeedbackState, Opportunity, Product
from triptych.apps.product.queries.feedback import customers, inbox
from triptych.apps.project import actions
from triptych.apps.project.rules import rights_of


def said(company: Company, product: Product, text: str, actor: User | None = None, **more: Any) -> Feedback:
    values: dict[str, Any] = {"product": product, "text": text, "given": DAY} | more
    return actions.add(Feedback, actor=actor or company.alice, **values).row


def test_a_team_member_gives_feedback_and_may_mend_it(company: Company) -> None:
    product = product_of(company)
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.TEAM_MEMBER)
    mine = said(company, product, "It drips", actor=company.charlie)
    assert (mine.raised_by, mine.state) == (company.charlie, FeedbackState.NEW)
    actions.change(mine, actor=company.charlie, text="It drips at night")
    with pytest.raises(NotAllowed):
        actions.change(said(company, product, "Cold"), actor=company.charlie, text="Warm")
    with pytest.raises(NotAllowed):
        actions.move(mine, actor=company.charlie, to="triaged")
    with pytest.raises(Invalid, match="not changed by itself"):
        actions.change(mine, actor=company.charlie, answer="Soon")
    actions.remove(mine, actor=company.charlie)


def test_a_stakeholder_gives_none(company: Company) -> None:
    product = product_of(company)
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.STAKEHOLDER)
    with pytest.raises(NotAllowed):
        said(company, product, "It drips", actor=company.charlie)


def test_feedback_is_triaged_planned_and_answered(company: Company) -> None:
    product = product_of(company)
    dry = actions.add(Opportunity, actor=company.alice, product=product, name="Dry").row
    drip = said(company, product, "It drips")
    with pytest.raises(Conflict):
        actions.move(drip, actor=company.alice, to="planned")
    drip = actions.move(drip, actor=company.alice, to="triaged", opportunity=dry).row
    drip = actions.move(drip, actor=company.alice, to="planned").row
    with pytest.raises(Invalid, match="Say what the answer was"):
        actions.move(drip, actor=company.alice, to="answered")
    drip = actions.move(drip, actor=company.alice, to="answered", answer="Dry since May").row
    assert (drip.opportunity, drip.answer) == (dry, "Dry since May")
    actions.remove(dry, actor=company.alice)
    drip.refresh_from_db()
    assert drip.opportunity is None
    actions.undo(actor=company.alice)
    drip.refresh_from_db()
    assert drip.opportunity == dry


def test_feedback_is_laid_to_an_opportunity_of_its_own_product(company: Company) -> None:
    far = actions.add(Opportunity, actor=company.alice, product=product_of(company, "Boat"), name="Sail").row
    with pytest.raises(Invalid, match="another product"):
        said(company, product_of(company), "It drips", opportunity=far)


@pytest.mark.parametrize("weight", [0, 101])
def test_feedback_weighs_from_1_to_100(company: Company, weight: int) -> None:
    with pytest.raises(Invalid):
        said(company, product_of(company), "It drips", weight=weight)


def test_the_inbox(company: Company, django_assert_num_queries: Any) -> None:
    near = product_of(company)
    far = actions.add(
        Product, actor=company.alice, node=company.program, name="Far", manager=company.alice
    ).row
    light, heavy = said(company, near, "a"), said(company, near, "b", weight=9)
    done = actions.move(said(company, near, "c"), actor=company.alice, to="triaged").row
    hidden = said(company, far, "d", weight=10)
    rights = rights_of(company.alice)
    with django_assert_num_queries(1):
        assert inbox(rights) == [hidden, heavy, light, done]
    assert inbox(rights, product=near.pk, state=FeedbackState.NEW) == [heavy, light]
    assert inbox(rights_of(company.bob)) == [heavy, light, done]
    assert inbox(rights_of(company.charlie)) == []


def test_customers_and_what_they_said(company: Company, django_assert_num_queries: Any) -> None:
    near = product_of(company)
    far = actions.add(
        Product, actor=company.alice, node=company.program, name="Far", manager=company.alice
    ).row
    smiths = actions.add(Customer, actor=company.alice, name="Smiths", value=1000).row
    actions.add(Customer, actor=company.alice, name="Joneses")
    said(company, near, "a", customer=smiths)
    said(company, far, "b", customer=smiths)
    answered = said(company, near, "c", customer=smiths)
    actions.move(answered, actor=company.alice, to="answered", answer="No")
    rights = rights_of(company.alice)
    with django_assert_num_queries(1):
        found = customers(rights)
    assert [(each.customer.name, each.feedback, each.open, each.value) for each in found] == [
        ("Joneses", 0, 0, None), ("Smiths", 3, 2, 1000),
    ]  # fmt: skip
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.TEAM_MEMBER)
    found = customers(rights_of(company.charlie))
    assert [(each.feedback, each.open, each.value) for each in found] == [(0, 0, None), (2, 1, None)]


def test_customers_are_the_workspaces(company: Company) -> None:
    assert customers(rights_of(company.charlie)) == []
    with pytest.raises(NotAllowed):
        actions.add(Customer, actor=company.bob, name="Smiths")
    actions.add(Customer, actor=company.alice, name="Smiths")
    with pytest.raises(Invalid):
        actions.add(Customer, actor=company.alice, name="Smiths")
    with pytest.raises(NotVisible):
        actions.remove(Customer(pk=10**9, workspace=company.alice.workspace), actor=company.alice)

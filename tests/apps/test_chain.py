"""The chain from feedback to the program that delivers, read from both ends, each hop as far as the reader may see."""

from typing import Any

import pytest

from tests.cast import Company
from tests.nouns.product import DAY, product_of
from triptych.apps.people.refusals import NotVisible
from triptych.apps.product.models import Feature, Feedback, Opportunity, Product, Release
from triptych.apps.product.queries.chain import Thread, threads, threads_from, threads_to
from triptych.apps.project import actions
from triptych.apps.project.rules import rights_of


class Web:
    """Rain: two voices → dry → roof (delivered by party, in the hidden project) and gutter (by the release, whose
    milestone is ready). Cold: one voice → warm, no feature. One voice more, about nothing yet; and a bare feature."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.product = product_of(company)
        self.dry, self.warm = (self.add(Opportunity, name=name) for name in ("Dry", "Warm"))
        self.spring = self.add(Release, name="Spring", milestone_id=company.tasks["ready"])
        actions.mark_deliverable(actor=company.alice, task=company.tasks["party"])
        self.roof = self.add(
            Feature, name="Roof", opportunity=self.dry, deliverable_id=company.tasks["party"]
        )
        self.gutter = self.add(Feature, name="Gutter", opportunity=self.dry, release=self.spring)
        self.shed = self.add(Feature, name="Shed")
        self.drip, self.drop, self.cold, self.stray = (
            self.add(Feedback, text=text, given=DAY, opportunity=about)
            for text, about in [("drip", self.dry), ("drop", self.dry), ("cold", self.warm), ("stray", None)]
        )

    def add(self, model: Any, **values: Any) -> Any:
        return actions.add(model, actor=self.company.alice, product=self.product, **values).row


def told(found: list[Thread]) -> list[tuple[str | None, ...]]:
    """The threads by name; a delivery as its name, its project's and its program's."""
    return [
        (
            each.feedback.text if each.feedback else None,
            each.opportunity.name if each.opportunity else None,
            each.feature.name if each.feature else None,
            each.release.name if each.release else None,
            *(
                (each.delivery.name, each.delivery.project_name, each.delivery.program_name)
                if each.delivery
                else ("-",)
            ),
        )
        for each in found
    ]


def test_every_thread_of_a_product(company: Company) -> None:
    web = Web(company)
    assert told(threads(rights_of(company.alice), web.product.pk)) == [
        ("drip", "Dry", "Roof", None, "party", "Secret", "Homes"),
        ("drop", "Dry", "Roof", None, "party", "Secret", "Homes"),
        ("drip", "Dry", "Gutter", "Spring", "ready", "House", "Homes"),
        ("drop", "Dry", "Gutter", "Spring", "ready", "House", "Homes"),
        (None, None, "Shed", None, "-"),
        ("cold", "Warm", None, None, "-"),
        ("stray", None, None, None, "-"),
    ]


def test_each_hop_is_told_as_far_as_it_may_be_seen(company: Company) -> None:
    """Bob sees the house alone: not the project that delivers the roof, nor the program of either."""
    web = Web(company)
    found = threads(rights_of(company.bob), web.product.pk)
    assert told(found)[1:3] == [
        ("drop", "Dry", "Roof", None, None, None, None),
        ("drip", "Dry", "Gutter", "Spring", "ready", "House", None),
    ]
    assert found[0].delivery is not None
    assert found[0].delivery.finish == "2026-03-16T17:00"
    assert (found[0].delivery.project, found[0].delivery.program, found[0].delivery.critical) == (
        None, None, False,
    )  # fmt: skip
    with pytest.raises(NotVisible):
        threads(rights_of(company.charlie), web.product.pk)


def test_where_feedback_leads(company: Company, django_assert_max_num_queries: Any) -> None:
    web, rights = Web(company), rights_of(company.alice)
    with django_assert_max_num_queries(4):
        found = threads_from(rights, web.drop.pk)
    assert told(found) == [
        ("drop", "Dry", "Roof", None, "party", "Secret", "Homes"),
        ("drop", "Dry", "Gutter", "Spring", "ready", "House", "Homes"),
    ]
    assert told(threads_from(rights, web.cold.pk)) == [("cold", "Warm", None, None, "-")]
    assert told(threads_from(rights, web.stray.pk)) == [("stray", None, None, None, "-")]
    with pytest.raises(NotVisible):
        threads_from(rights_of(company.charlie), web.drop.pk)


def test_who_waits_for_a_deliverable(company: Company, django_assert_num_queries: Any) -> None:
    web, rights, tasks = Web(company), rights_of(company.alice), company.tasks
    roof = [(voice, "Dry", "Roof", None, "party", "Secret", "Homes") for voice in ("drip", "drop")]
    gutter = [(voice, "Dry", "Gutter", "Spring", "ready", "House", "Homes") for voice in ("drip", "drop")]
    with django_assert_num_queries(4):
        assert told(threads_to(rights, tasks["party"])) == roof
    assert told(threads_to(rights, tasks["ready"])) == gutter
    assert told(threads_to(rights, company.secret.pk)) == roof
    assert told(threads_to(rights, company.program.pk)) == roof + gutter
    assert threads_to(rights, tasks["design"]) == []
    bob = rights_of(company.bob)
    assert len(threads_to(bob, company.house.pk)) == 2
    for hidden in (tasks["party"], company.secret.pk, company.program.pk, 10**9):
        with pytest.raises(NotVisible):
            threads_to(bob, hidden)
    actions.remove(web.product, actor=company.alice)
    assert threads_to(rights, company.program.pk) == []


def test_products_that_are_hidden_do_not_show_behind_a_deliverable(company: Company) -> None:
    far = actions.add(
        Product, actor=company.alice, node=company.program, name="Far", manager=company.alice
    ).row
    actions.add(Feature, actor=company.alice, product=far, name="Mast", deliverable_id=company.tasks["ready"])
    assert len(threads_to(rights_of(company.alice), company.tasks["ready"])) == 1
    assert threads_to(rights_of(company.bob), company.tasks["ready"]) == []


def test_the_chain_costs_the_same_for_many(company: Company, django_assert_num_queries: Any) -> None:
    web, rights = Web(company), rights_of(company.alice)
    with django_assert_num_queries(5):
        threads(rights, web.product.pk)
    for number in range(5):
        about = web.add(Opportunity, name=f"O{number}")
        web.add(Feature, name="F", opportunity=about, deliverable_id=company.tasks["ready"])
        web.add(Feedback, text="more", given=DAY, opportunity=about)
    with django_assert_num_queries(5):
        assert len(threads(rights, web.product.pk)) == 12


def test_what_is_gone_from_the_plan_delivers_nothing(company: Company) -> None:
    web = Web(company)
    actions.remove_node(actor=company.alice, node=company.secret)
    found = threads(rights_of(company.alice), web.product.pk)
    assert [each.delivery for each in found if each.feature == web.roof] == [None, None]

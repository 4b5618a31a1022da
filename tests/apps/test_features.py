"""Features: their order, what speaks for each, and the roadmap."""

from typing import Any

import pytest

from tests.cast import Company
from tests.nouns.product import DAY, product_of
from triptych.apps.history.models import LogEntry
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed, NotVisible
from triptych.apps.people.roles import Role
from triptych.apps.product.actions import rank_feature
from triptych.apps.product.models import Customer, Feature, Feedback, Horizon, Opportunity, Product
from triptych.apps.product.queries.backlog import backlog, in_order, opportunities, roadmap
from triptych.apps.product.queries.scores import Score, rice, value_to_effort, wsjf
from triptych.apps.project import actions
from triptych.apps.project.rules import rights_of


def features(company: Company, product: Product, *names: str) -> list[Feature]:
    return [actions.add(Feature, actor=company.alice, product=product, name=name).row for name in names]


def order(product: Product) -> str:
    return "".join(each.name for each in in_order(product.pk))


# Rank


def test_new_features_stand_at_the_end_as_they_come(company: Company) -> None:
    product = product_of(company)
    features(company, product, *"abc")
    assert order(product) == "abc"


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        ([("c", "a")], "cabd"),
        ([("d", "b")], "adbc"),
        ([("a", None)], "bcda"),
        ([("c", "a"), ("d", "a"), ("b", "a")], "cdba"),
        ([("a", None), ("b", None), ("c", None), ("d", None)], "abcd"),
        ([("b", "c")], "abcd"),
    ],
)
def test_a_feature_is_ranked_before_another(
    company: Company, moves: list[tuple[str, str | None]], expected: str
) -> None:
    product = product_of(company)
    by_name = dict(zip("abcd", features(company, product, *"abcd"), strict=True))
    for name, before in moves:
        rank_feature(by_name[name], actor=company.alice, before=by_name[before] if before else None)
    assert order(product) == expected


def test_ranking_again_and_again_finds_room(company: Company) -> None:
    """The halves run out after ten: the rest is renumbered, and stays in order."""
    product = product_of(company)
    a, b, c = features(company, product, *"abc")
    rank_feature(c, actor=company.alice, before=None)
    for turn in range(15):
        mover, target = (b, c) if turn % 2 else (c, b)
        rank_feature(mover, actor=company.alice, before=target)
        a.refresh_from_db()
        assert order(product) == ("abc" if turn % 2 else "acb")
    assert len(set(in_order(product.pk).values_list("position", flat=True))) == 3


def test_a_ranking_is_one_entry_and_is_taken_back(company: Company) -> None:
    product = product_of(company)
    a, _, c = features(company, product, *"abc")
    before = LogEntry.objects.count()
    done = rank_feature(c, actor=company.alice, before=a)
    assert LogEntry.objects.count() == before + 1
    assert done.entry is not None
    assert (done.entry.verb, done.entry.sentence) == ("rank_feature", "Put the feature “c” before “a”")
    assert rank_feature(done.row, actor=company.alice, before=a).entry is None
    actions.undo(actor=company.alice)
    assert order(product) == "abc"
    actions.redo(actor=company.alice)
    assert order(product) == "cab"


def test_what_cannot_be_ranked(company: Company) -> None:
    product, other = product_of(company), product_of(company, "Boat")
    (a,), (far,) = features(company, product, "a"), features(company, other, "x")
    for before in (a, far):
        with pytest.raises(Invalid):
            rank_feature(a, actor=company.alice, before=before)
    with pytest.raises(NotAllowed):
        rank_feature(a, actor=company.bob, before=None)
    with pytest.raises(NotVisible):
        rank_feature(a, actor=company.charlie, before=None)
    with pytest.raises(Invalid, match="not changed by itself"):
        actions.change(a, actor=company.alice, position=1)


# What a feature may hold


def test_a_feature_is_delivered_by_a_deliverable_of_the_plan(company: Company) -> None:
    product = product_of(company)
    with pytest.raises(Invalid, match="deliverable or a milestone"):
        actions.add(
            Feature,
            actor=company.alice,
            product=product,
            name="Roof",
            deliverable_id=company.tasks["build"],
        )
    ready = actions.add(
        Feature, actor=company.alice, product=product, name="Roof", deliverable_id=company.tasks["ready"]
    ).row
    assert ready.deliverable_id == company.tasks["ready"]


def test_a_feature_refers_to_its_own_product_alone(company: Company) -> None:
    product, other = product_of(company), product_of(company, "Boat")
    far = actions.add(Opportunity, actor=company.alice, product=other, name="Sail").row
    with pytest.raises(Invalid, match="another product"):
        actions.add(Feature, actor=company.alice, product=product, name="Roof", opportunity=far)
    (roof,) = features(company, product, "Roof")
    with pytest.raises(Invalid, match="not changed by itself"):
        actions.change(roof, actor=company.alice, product=other)


def test_a_feature_goes_through_its_states(company: Company) -> None:
    (roof,) = features(company, product_of(company), "Roof")
    with pytest.raises(Conflict):
        actions.move(roof, actor=company.alice, to="released")
    for state in ("planned", "building", "released", "building", "dropped", "idea"):
        roof = actions.move(roof, actor=company.alice, to=state).row
    with pytest.raises(NotAllowed):
        actions.move(roof, actor=company.bob, to="planned")


# Scores


def test_rice_is_intercoms() -> None:
    """500 people a quarter, high impact (2), 80 %, 4 person-months: 500 × 2 × 0.8 ÷ 4 = 200."""
    feature = Feature(reach=500, impact=200, confidence=80, effort=40)
    assert rice(feature) == Score(200_00, {"reach": 500, "impact": 200, "confidence": 80, "effort": 40})
    assert rice(feature).missing == ()


def test_wsjf_is_cost_of_delay_by_job_size() -> None:
    """(8 + 5 + 3) ÷ 5 = 3.2."""
    feature = Feature(business_value=8, time_criticality=5, risk_reduction=3, job_size=5)
    assert wsjf(feature).hundredths == 3_20
    assert dict(wsjf(feature).parts) == {
        "business_value": 8, "time_criticality": 5, "risk_reduction": 3, "job_size": 5,
    }  # fmt: skip


def test_value_by_effort() -> None:
    """13 by 1.5 person-months is 8.666…, rounded half up."""
    assert value_to_effort(Feature(business_value=13, effort=15)).hundredths == 8_67
    assert value_to_effort(Feature(business_value=1, effort=800)).hundredths == 1  # 0.0125
    assert value_to_effort(Feature(business_value=1, effort=400)).hundredths == 3  # 0.025, half up


def test_a_score_tells_what_it_lacks() -> None:
    score = rice(Feature(reach=500, effort=40))
    assert (score.hundredths, score.missing) == (None, ("impact", "confidence"))
    assert rice(Feature(reach=0, impact=25, confidence=100, effort=1)).hundredths == 0


def test_estimates_keep_to_their_scales(company: Company) -> None:
    (roof,) = features(company, product_of(company), "Roof")
    wrong: dict[str, Any] = {
        "impact": 150, "confidence": 101, "effort": 0, "reach": -1, "job_size": 4, "risk_reduction": 0,
    }  # fmt: skip
    for name, value in wrong.items():
        with pytest.raises(Invalid) as fault:
            actions.change(roof, actor=company.alice, **{name: value})
        assert [each.place for each in fault.value.errors] == [name]


# The backlog


def wanted(company: Company, product: Product, worth: int = 1000) -> Opportunity:
    """An opportunity that two customers speak for, one of them twice."""
    dry = actions.add(Opportunity, actor=company.alice, product=product, name="Dry").row
    smiths, joneses = (
        actions.add(Customer, actor=company.alice, name=f"{name} {Customer.objects.count()}", value=worth).row
        for name in ("Smith", "Jones")
    )
    for customer, weight in [(smiths, 3), (smiths, 2), (joneses, 1), (None, 1)]:
        actions.add(
            Feedback,
            actor=company.alice,
            product=product,
            opportunity=dry,
            customer=customer,
            text="It drips",
            weight=weight,
            given=DAY,
        )
    return dry


def test_the_backlog_tells_what_speaks_for_each(company: Company, django_assert_num_queries: Any) -> None:
    product = product_of(company)
    dry = wanted(company, product)
    roof = actions.add(
        Feature,
        actor=company.alice,
        product=product,
        name="Roof",
        opportunity=dry,
        deliverable_id=company.tasks["ready"],
        business_value=13,
        effort=15,
    ).row
    (door,) = features(company, product, "Door")
    rights = rights_of(company.alice)
    with django_assert_num_queries(4):
        first, second = backlog(rights, product.pk)
    assert (first.feature, second.feature) == (roof, door)
    assert (first.demand.feedback, first.demand.weight, first.demand.customers) == (4, 7, 2)
    assert (first.demand.value, second.demand.value) == (2000, 0)
    assert (first.value_to_effort.hundredths, first.rice.hundredths) == (8_67, None)
    assert first.delivery is not None
    assert (first.delivery.name, first.delivery.finish) == ("ready", "2026-03-13T17:00")
    assert second.delivery is None
    features(company, product, *"abcdefgh")
    with django_assert_num_queries(4):
        assert len(backlog(rights, product.pk)) == 10


def test_what_customers_are_worth_is_for_those_who_may_see_money(company: Company) -> None:
    product = product_of(company)
    wanted(company, product)
    (_, demand), *_ = opportunities(rights_of(company.bob), product.pk)
    assert demand.value == 2000  # a project manager sees money
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.TEAM_MEMBER)
    (_, demand), *_ = opportunities(rights_of(company.charlie), product.pk)
    assert (demand.customers, demand.value) == (2, None)


def test_opportunities_by_what_is_wanted_most(company: Company, django_assert_num_queries: Any) -> None:
    product = product_of(company)
    late = actions.add(Opportunity, actor=company.alice, product=product, name="Late").row
    dry = wanted(company, product)
    rights = rights_of(company.alice)
    with django_assert_num_queries(3):
        assert [each for each, _ in opportunities(rights, product.pk)] == [dry, late]
    with pytest.raises(NotVisible):
        opportunities(rights_of(company.charlie), product.pk)


def test_the_roadmap_of_all_products(company: Company, django_assert_max_num_queries: Any) -> None:
    near = product_of(company)
    far = actions.add(
        Product, actor=company.alice, node=company.program, name="Far", manager=company.alice
    ).row
    for product, name, horizon in [
        (near, "a", "now"),
        (near, "b", "later"),
        (far, "c", "now"),
        (far, "d", ""),
    ]:
        actions.add(Feature, actor=company.alice, product=product, name=name, horizon=horizon)
    gone = actions.add(Feature, actor=company.alice, product=near, name="e", horizon="now").row
    actions.move(gone, actor=company.alice, to="dropped")

    def names(of: Any) -> dict[Horizon, list[str]]:
        return {horizon: [item.feature.name for item in items] for horizon, items in of.items()}

    rights = rights_of(company.alice)
    with django_assert_max_num_queries(3):
        found = roadmap(rights)
    assert names(found) == {"now": ["a", "c"], "next": [], "later": ["b"]}
    assert names(roadmap(rights_of(company.bob))) == {"now": ["a"], "next": [], "later": ["b"]}
    assert names(roadmap(rights_of(company.charlie))) == {"now": [], "next": [], "later": []}


def test_demand_and_roadmap_cost_the_same_for_many(company: Company, django_assert_num_queries: Any) -> None:
    rights = rights_of(company.alice)
    for name in ("Home", "Boat", "Barn"):
        product = product_of(company, name)
        for about in (wanted(company, product), wanted(company, product)):
            actions.add(
                Feature,
                actor=company.alice,
                product=product,
                name="Roof",
                opportunity=about,
                horizon="next",
                deliverable_id=company.tasks["ready"],
            )
        with django_assert_num_queries(3):
            assert len(opportunities(rights, product.pk)) == 2
    with django_assert_num_queries(3):
        assert len(roadmap(rights)[Horizon.NEXT]) == 6

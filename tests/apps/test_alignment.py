"""What serves which objective, what is hurt if a task slips, and what serves nothing."""

from typing import Any

import pytest

from tests.apps.test_objectives import objective, of_plan, result
from tests.cast import Company
from tests.nouns.product import DAY, product_of
from triptych.apps.people.refusals import Invalid, NotVisible
from triptych.apps.product.models import Feature, Feedback, Opportunity
from triptych.apps.program.models import Alignment, KeyResult, Objective
from triptych.apps.program.queries.alignment import Stake, hurt_by, orphans, serving
from triptych.apps.program.queries.chain import aims, behind
from triptych.apps.project import actions
from triptych.apps.project.models import Node
from triptych.apps.project.rules import rights_of


def align(
    company: Company, row: Objective, node: Node | int, weight: int = 100, key_result: KeyResult | None = None
) -> Alignment:
    pk = node if isinstance(node, int) else node.pk
    values: dict[str, Any] = {"objective": row, "node_id": pk, "weight": weight, "key_result": key_result}
    return actions.add(Alignment, actor=company.alice, **values).row


def test_an_alignment_is_with_a_key_result_of_its_objective(company: Company) -> None:
    grow, build = objective(company, "Grow"), objective(company, "Build")
    with pytest.raises(Invalid, match="another objective"):
        align(company, grow, company.house, key_result=result(company, build))
    align(company, grow, company.house)
    align(company, grow, company.house, key_result=result(company, grow))
    for key_result in (None, KeyResult.objects.get(objective=grow)):
        with pytest.raises(Invalid):  # once is enough
            align(company, grow, company.house, key_result=key_result)
    with pytest.raises(Invalid):
        align(company, grow, company.program, weight=0)


def test_the_log_names_no_node_that_an_objective_is_aligned_with(company: Company) -> None:
    align(company, objective(company, "Grow"), company.secret)
    entry = actions.remove(Alignment.objects.get(), actor=company.alice)
    assert entry.sentence == "Removed an alignment"


# What serves an objective


def test_what_serves_an_objective(company: Company, django_assert_num_queries: Any) -> None:
    """Grow is served by the program to 30 %, and by the secret project, from which half of it is read; Build, below
    it, by the house, which carries 40 % of the one key result it has."""
    grow = objective(company, "Grow")
    build = objective(company, "Build", parent=grow, node=company.house)
    align(company, grow, company.program, weight=30)
    result(company, grow, "Party", **of_plan(company.secret))
    align(company, build, company.house, weight=40, key_result=result(company, build, "Dry"))
    rights = rights_of(company.alice)
    with django_assert_num_queries(5):
        found = serving(rights, grow.pk)
    assert [
        (
            each.objective.name,
            each.key_result and each.key_result.name,
            each.node.name,
            each.share,
            each.measured,
        )
        for each in found
    ] == [
        ("Grow", "Party", "Secret", 500, True),
        ("Grow", None, "Homes", 300, False),
        ("Build", "Dry", "House", 400, False),
    ]
    assert [each.kind for each in found] == ["project", "program", "project"]
    assert all(each.now is not None and each.now.percent == 0 for each in found)
    assert [each.node.name for each in serving(rights_of(company.bob), grow.pk)] == [None, None, "House"]
    with django_assert_num_queries(5):
        assert [each.node.name for each in serving(rights, build.pk)] == ["House"]


def test_what_serves_a_hidden_objective_is_not_told(company: Company) -> None:
    grow = objective(company, "Grow")
    hidden = objective(company, "Hide", parent=grow, node=company.secret)
    align(company, hidden, company.house, key_result=result(company, hidden, "Dark"))
    bob = rights_of(company.bob)
    with pytest.raises(NotVisible):
        serving(bob, hidden.pk)
    (found,) = serving(bob, grow.pk)
    assert (found.objective.name, found.node.name) == (None, "House")
    assert found.key_result is not None
    assert found.key_result.name is None


def test_what_is_removed_serves_nothing(company: Company) -> None:
    grow = objective(company, "Grow")
    align(company, grow, company.secret)
    align(company, grow, company.tasks["party"])
    result(company, grow, **of_plan(company.secret))
    assert len(serving(rights_of(company.alice), grow.pk)) == 3
    actions.remove_node(actor=company.alice, node=company.secret)
    assert serving(rights_of(company.alice), grow.pk) == []


# What is hurt


def told(stakes: Any) -> list[tuple[str | None, str | None, str, int]]:
    def line(each: Stake) -> tuple[str | None, str | None, str, int]:
        way = " → ".join(hop.name or "?" for hop in each.way)
        return each.objective.name, each.at.name, way, each.share

    return [line(each) for each in stakes]


def test_a_slip_hurts_the_objectives_up_the_tree(company: Company, django_assert_num_queries: Any) -> None:
    """Build → design's own; Move in (half of Grow, beside its key result) → the house; Expand → the program."""
    grow = objective(company, "Grow")
    result(company, grow)
    move_in = objective(company, "Move in", parent=grow, node=company.house)
    expand = objective(company, "Expand", node=company.program)
    align(company, move_in, company.house, weight=80)
    align(company, expand, company.program, weight=50)
    align(company, grow, company.tasks["design"], weight=10)
    align(company, expand, company.secret)
    align(company, expand, company.tasks["build"])
    rights = rights_of(company.alice)
    with django_assert_num_queries(7):
        slip = hurt_by(rights, company.tasks["design"])
    assert told(slip.hurt) == [
        ("Grow", "design", "Grow", 100),
        ("Move in", "House", "Move in", 800),
        ("Grow", "House", "Move in → Grow", 400),
        ("Expand", "Homes", "Expand", 500),
    ]
    assert (slip.total_float, slip.critical) == (0, True)
    assert told(hurt_by(rights, company.program.pk).hurt) == [("Expand", "Homes", "Expand", 500)]
    assert hurt_by(rights, company.house.pk).total_float is None
    assert told(hurt_by(rights_of(company.bob), company.tasks["design"]).hurt) == [
        ("Grow", "design", "Grow", 100),
        ("Move in", "House", "Move in", 800),
        ("Grow", "House", "Move in → Grow", 400),
    ]


def test_the_way_up_leads_through_what_is_hidden(company: Company) -> None:
    grow = objective(company, "Grow")
    hidden = objective(company, "Hide", parent=grow, node=company.secret)
    align(company, hidden, company.house)
    assert told(hurt_by(rights_of(company.bob), company.tasks["build"]).hurt) == [
        ("Grow", "House", "? → Grow", 1000)
    ]
    for unseen in (company.tasks["party"], company.secret.pk, 10**9):
        with pytest.raises(NotVisible):
            hurt_by(rights_of(company.bob), unseen)


def test_what_is_read_from_the_plan_is_hurt_too(company: Company) -> None:
    move_in = objective(company, "Move in")
    result(company, move_in, weight=30)
    result(company, move_in, weight=90, **of_plan(company.tasks["ready"], "finish", "milestone"))
    assert told(hurt_by(rights_of(company.alice), company.tasks["ready"]).hurt) == [
        ("Move in", "ready", "Move in", 750)
    ]
    assert hurt_by(rights_of(company.alice), company.tasks["design"]).hurt == []


def test_what_is_settled_is_not_hurt(company: Company) -> None:
    grow = objective(company, "Grow")
    done = objective(company, "Done", parent=grow)
    align(company, done, company.house)
    assert len(hurt_by(rights_of(company.alice), company.house.pk).hurt) == 2
    actions.move(done, actor=company.alice, to="achieved")
    assert hurt_by(rights_of(company.alice), company.house.pk).hurt == []


# What serves nothing


def names(found: Any) -> tuple[list[str], list[str]]:
    return [each.name for each in found.projects], [each.name for each in found.objectives]


def test_orphans(company: Company, django_assert_num_queries: Any) -> None:
    grow, idle = objective(company, "Grow"), objective(company, "Idle")
    build = objective(company, "Build", parent=grow, node=company.house)
    rights = rights_of(company.alice)
    assert names(orphans(rights)) == (["House", "Secret"], ["Build", "Grow", "Idle"])
    align(company, build, company.tasks["design"])
    with django_assert_num_queries(6):
        assert names(orphans(rights)) == (["Secret"], ["Idle"])
    assert names(orphans(rights_of(company.bob))) == ([], ["Idle"])
    actions.move(idle, actor=company.alice, to="dropped")
    actions.move(build, actor=company.alice, to="missed")  # what is settled is served no more
    assert names(orphans(rights)) == (["House", "Secret"], ["Grow"])
    align(company, grow, company.program)
    assert names(orphans(rights)) == ([], [])
    assert names(orphans(rights_of(company.charlie))) == ([], [])


def test_what_is_hidden_makes_no_orphan(company: Company) -> None:
    hidden = objective(company, "Hide", node=company.secret)
    align(company, hidden, company.house)
    assert names(orphans(rights_of(company.bob))) == ([], [])


def test_what_serves_what_costs_the_same_for_many(company: Company, django_assert_num_queries: Any) -> None:
    top = objective(company, "Grow")
    for number in range(6):
        row = objective(company, f"O{number}", parent=top, node=company.house)
        align(company, row, company.house, key_result=result(company, row))
        align(company, row, company.tasks["build"])
        result(company, row, **of_plan(company.secret))
    rights = rights_of(company.alice)
    with django_assert_num_queries(5):
        assert len(serving(rights, top.pk)) == 18
    with django_assert_num_queries(7):
        assert len(hurt_by(rights, company.tasks["build"]).hurt) == 24
    with django_assert_num_queries(6):
        assert names(orphans(rights)) == ([], [])


def test_an_objective_that_is_removed_comes_back_with_what_serves_it(company: Company) -> None:
    top = objective(company, "Grow")
    row = result(company, top)
    align(company, top, company.house, key_result=row)
    align(company, top, company.secret)
    before = serving(rights_of(company.alice), top.pk)
    actions.remove(top, actor=company.alice)
    assert not Alignment.objects.exists()
    actions.undo(actor=company.alice)
    assert serving(rights_of(company.alice), top.pk) == before


# The chain


def test_what_a_feature_is_for(company: Company, django_assert_max_num_queries: Any) -> None:
    """The roof is delivered by the house's milestone, the cellar by that of the hidden project, the shed by nothing."""
    actions.mark_deliverable(actor=company.alice, task=company.tasks["party"])
    product = product_of(company)
    roof, cellar, shed = (
        actions.add(Feature, actor=company.alice, product=product, name=name, deliverable_id=node).row
        for name, node in [
            ("Roof", company.tasks["ready"]),
            ("Cellar", company.tasks["party"]),
            ("Shed", None),
        ]
    )
    grow = objective(company, "Grow")
    align(company, objective(company, "Move in", parent=grow, node=company.house), company.house)
    align(company, grow, company.secret, weight=20)
    rights = rights_of(company.bob)
    with django_assert_max_num_queries(6):
        assert told(aims(rights, roof.pk)) == [
            ("Move in", "House", "Move in", 1000),
            ("Grow", "House", "Move in → Grow", 1000),
        ]
    assert told(aims(rights, cellar.pk)) == [("Grow", None, "Grow", 200)]
    assert aims(rights, shed.pk) == []
    with pytest.raises(NotVisible):
        aims(rights_of(company.charlie), roof.pk)


def test_who_asked_for_what_an_objective_needs(company: Company, django_assert_num_queries: Any) -> None:
    actions.mark_deliverable(actor=company.alice, task=company.tasks["party"])
    product = product_of(company)
    dry = actions.add(Opportunity, actor=company.alice, product=product, name="Dry").row
    said: dict[str, Any] = {"product": product, "opportunity": dry}
    actions.add(Feedback, actor=company.alice, text="It drips", given=DAY, **said)
    for name, node in [("Roof", company.tasks["ready"]), ("Cellar", company.tasks["party"])]:
        actions.add(Feature, actor=company.alice, name=name, deliverable_id=node, **said)
    grow = objective(company, "Grow")
    move_in = objective(company, "Move in", parent=grow, node=company.house)
    align(company, move_in, company.house)
    align(company, grow, company.secret)

    def lines(of: Objective) -> list[tuple[str, str, str | None]]:
        return [
            (each.feedback.text, each.feature.name, each.delivery.name)
            for each in behind(rights, of.pk)
            if each.feedback and each.feature and each.delivery
        ]

    rights = rights_of(company.bob)
    with django_assert_num_queries(7):
        assert lines(grow) == [("It drips", "Roof", "ready"), ("It drips", "Cellar", None)]
    assert lines(move_in) == [("It drips", "Roof", "ready")]
    with pytest.raises(NotVisible):
        behind(rights_of(company.charlie), grow.pk)

"""Products: who answers for them, whom they are for, and that those of before the record became nouns are kept."""

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.apps.test_nouns import state
from tests.cast import Company
from tests.nouns.product import DAY, SAMPLES, product_of
from triptych.apps.history.models import LogEntry
from triptych.apps.people.records import Record
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed, NotVisible
from triptych.apps.people.roles import Role
from triptych.apps.product.actions import hand_over_product
from triptych.apps.product.models import (
    Customer,
    Feature,
    Feedback,
    LaunchTask,
    MetricValue,
    Persona,
    Problem,
    Product,
)
from triptych.apps.product.queries.products import personas, products
from triptych.apps.product.queries.products import product_of as shown
from triptych.apps.project import actions
from triptych.apps.project.models import Node
from triptych.apps.project.rules import rights_of


def test_a_product_hangs_on_the_upper_tree_alone(company: Company) -> None:
    task = Node.objects.get(pk=company.tasks["build"])
    with pytest.raises(Invalid) as fault:
        actions.add(Product, actor=company.alice, node=task, name="Home", manager=company.bob)
    assert [each.place for each in fault.value.errors] == ["node"]


def test_somebody_answers_for_a_product(company: Company) -> None:
    with pytest.raises(Invalid) as fault:
        actions.add(Product, actor=company.alice, node=company.house, name="Home")
    assert [each.place for each in fault.value.errors] == ["manager"]


# Handing over


def looks_after(company: Company) -> None:
    actions.grant_role(
        actor=company.alice, user=company.charlie, node=company.house, role=Role.PRODUCT_MANAGER
    )


def test_a_hand_over_is_one_entry_with_its_reason(company: Company) -> None:
    product = product_of(company)
    looks_after(company)
    before = LogEntry.objects.count()
    done = hand_over_product(product, actor=company.alice, to=company.charlie, reason=" Bob builds boats ")
    product.refresh_from_db()
    assert product.manager == done.row.manager == company.charlie
    assert LogEntry.objects.count() == before + 1
    assert done.entry is not None
    assert (done.entry.verb, done.entry.reason) == ("hand_over_product", "Bob builds boats")
    assert done.entry.sentence == "Handed the product “Home” over from Bob to Charlie"
    actions.undo(actor=company.alice)
    product.refresh_from_db()
    assert product.manager == company.bob


def test_a_manager_is_not_changed_by_the_way(company: Company) -> None:
    looks_after(company)
    with pytest.raises(Invalid, match="not changed by itself"):
        actions.change(product_of(company), actor=company.alice, manager=company.charlie)


def test_who_takes_a_product_over_can_look_after_it(company: Company) -> None:
    product = product_of(company)
    for to, reason, refusal in [
        (company.charlie, "Why not", Invalid),  # holds no role there
        (company.bob, "Why not", Conflict),  # has it already
        (company.alice, " ", Invalid),
    ]:
        with pytest.raises(refusal):
            hand_over_product(product, actor=company.alice, to=to, reason=reason)
    product.refresh_from_db()
    assert product.manager == company.bob


def test_who_may_hand_over(company: Company) -> None:
    product = product_of(company)
    with pytest.raises(NotVisible):
        hand_over_product(product, actor=company.charlie, to=company.alice, reason="Mine")
    with pytest.raises(NotAllowed):  # a project manager sees it, and that is all
        hand_over_product(product, actor=company.bob, to=company.alice, reason="Not mine")
    eve = actions.found_workspace(
        name="Evil", email="eve@example.com", person="Eve Ill", password="correct horse battery"
    )
    with pytest.raises(NotVisible):
        hand_over_product(product, actor=company.alice, to=eve, reason="Out of the house")


# Reading


def test_products_are_seen_by_those_who_see_their_home(company: Company) -> None:
    far = actions.add(
        Product, actor=company.alice, node=company.program, name="Far", manager=company.alice
    ).row
    near = product_of(company)
    assert [each for each, _ in products(rights_of(company.alice))] == [far, near]
    assert [each for each, _ in products(rights_of(company.bob))] == [near]
    assert products(rights_of(company.charlie)) == []
    with pytest.raises(NotVisible):
        shown(rights_of(company.bob), far.pk)


def test_for_whom_and_why(company: Company, django_assert_num_queries: Any) -> None:
    product = product_of(company)
    family, hermit = (
        actions.add(Persona, actor=company.alice, product=product, name=name).row
        for name in ("Family", "Hermit")
    )
    rain = actions.add(Problem, actor=company.alice, product=product, persona=family, statement="Rain").row
    cold = actions.add(Problem, actor=company.alice, product=product, statement="Cold").row
    rights = rights_of(company.bob)
    with django_assert_num_queries(3):
        assert personas(rights, product.pk) == [(family, [rain]), (hermit, []), (None, [cold])]
    actions.remove(family, actor=company.alice)
    assert personas(rights, product.pk) == [(hermit, []), (None, [rain, cold])]
    with pytest.raises(NotVisible):
        personas(rights_of(company.charlie), product.pk)


def test_a_problem_is_of_a_persona_of_the_same_product(company: Company) -> None:
    stranger = actions.add(
        Persona, actor=company.alice, product=product_of(company, "Boat"), name="Sailor"
    ).row
    with pytest.raises(Invalid, match="another product"):
        actions.add(
            Problem, actor=company.alice, product=product_of(company), persona=stranger, statement="Wind"
        )


# Moving and removing


def test_a_product_moves_to_where_its_mover_may_change_products(company: Company) -> None:
    product = product_of(company)
    looks_after(company)
    with pytest.raises(NotVisible):
        actions.change(product, actor=company.charlie, node=company.program)
    moved = actions.change(product, actor=company.alice, node=company.program).row
    assert products(rights_of(company.bob)) == []
    assert shown(rights_of(company.alice), moved.pk) == product


def test_a_product_that_is_removed_comes_back_with_all_that_hangs_on_it(company: Company) -> None:
    nouns = [each for each in SAMPLES if each is not Customer]
    roof = actions.add(Feature, actor=company.alice, **SAMPLES[Feature].values(company)).row
    assert isinstance(roof, Feature)
    said = {"text": "It drips", "given": DAY, "opportunity": roof.opportunity}
    hanging: list[tuple[type[Record], dict[str, Any]]] = [
        (Feedback, {"product": roof.product, **said}),
        (MetricValue, {"metric": roof.metric, "day": DAY, "value": 1}),
        (LaunchTask, {"release": roof.release, "name": "Press", "owner": company.bob}),
    ]
    for noun, values in hanging:
        actions.add(noun, actor=company.alice, **values)
    before = {noun: state(noun) for noun in nouns}
    assert all(before.values())
    actions.remove(roof.product, actor=company.alice)
    assert not any(state(noun) for noun in nouns)
    actions.undo(actor=company.alice)
    assert {noun: state(noun) for noun in nouns} == before


# What was there before


@pytest.mark.django_db(transaction=True)
def test_products_of_before_are_their_homes_workspaces(company: Company) -> None:
    executor = MigrationExecutor(connection)
    latest = [key for key in executor.loader.graph.leaf_nodes() if key[0] == "product"]
    executor.migrate([("product", "0001_initial")])
    old = executor.loader.project_state([("product", "0001_initial")]).apps
    kept, product = old.get_model("product", "Feature"), old.get_model("product", "Product")
    led = product.objects.create(home_id=company.house.pk, name="Led", manager_id=company.bob.pk)
    orphan = product.objects.create(home_id=company.house.pk, name="Orphan")
    feature = kept.objects.create(product_id=led.pk, name="Roof", position=1)
    executor = MigrationExecutor(connection)
    executor.migrate(latest)
    found = Product.objects.in_bulk()
    assert {each.workspace_id for each in found.values()} == {company.alice.workspace_id}
    assert found[led.pk].node_id == company.house.pk
    assert (found[led.pk].manager, found[orphan.pk].manager) == (company.bob, company.alice)
    assert found[led.pk].features.get().pk == feature.pk
    assert found[led.pk].features.get().workspace_id == company.alice.workspace_id

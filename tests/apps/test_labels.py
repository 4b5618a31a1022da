"""Labels, and who is involved in what."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.cast import Company
from triptych.apps.people.refusals import Invalid
from triptych.apps.project import actions, queries
from triptych.apps.project.models import Involvement, Label, Labelled
from triptych.apps.project.rules import rights_of


def test_labels_of_what_one_may_see(
    company: Company, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    labels = [actions.add(Label, actor=company.alice, name=name).row for name in ("Late", "Glass")]
    nodes = [company.tasks[name] for name in ("design", "permit")]
    for node in nodes:
        for label in labels:
            actions.add(Labelled, actor=company.alice, node_id=node, label=label)
    with pytest.raises(Invalid):
        actions.add(Labelled, actor=company.alice, node_id=nodes[0], label=labels[0])
    rights = rights_of(company.bob)
    with django_assert_num_queries(1):
        found = queries.labels_of(rights, nodes)
    assert {node: [each.name for each in row] for node, row in found.items()} == {nodes[0]: ["Glass", "Late"]}


def test_removing_a_label_peels_it_off_and_undo_sticks_it_back(company: Company) -> None:
    label = actions.add(Label, actor=company.alice, name="Late").row
    actions.add(Labelled, actor=company.alice, node=company.house, label=label)
    actions.remove(label, actor=company.alice)
    assert not Labelled.objects.exists()
    actions.undo(actor=company.alice)
    assert Labelled.objects.get().label.name == "Late"


def test_a_person_has_one_part(company: Company) -> None:
    values: dict[str, Any] = {"node": company.house, "user": company.charlie}
    row = actions.add(Involvement, actor=company.bob, part="consulted", **values).row
    with pytest.raises(Invalid):
        actions.add(Involvement, actor=company.bob, part="informed", **values)
    actions.change(row, actor=company.bob, part="responsible")
    found = queries.involved(rights_of(company.bob), company.house.pk)
    assert [(each.user.name, each.part) for each in found] == [("Charlie", "responsible")]

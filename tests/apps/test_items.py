"""Item types, workflows, custom fields, and editing many items at once."""

from dataclasses import dataclass
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.cast import Company
from triptych.apps.history.models import LogEntry
from triptych.apps.people.models import User
from triptych.apps.people.records import Record
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed, NotVisible
from triptych.apps.people.roles import Role
from triptych.apps.project import actions, queries
from triptych.apps.project.models import CustomField, Dates, ItemType, Node, Transition, WorkflowState
from triptych.apps.project.rules import rights_of
from triptych.plan.changes import SetProgress


@dataclass(frozen=True)
class Board:
    """Bugs go from new over work to fixed; stories are told or not."""

    bug: ItemType
    story: ItemType
    new: WorkflowState
    work: WorkflowState
    fixed: WorkflowState
    told: WorkflowState
    untold: WorkflowState


@pytest.fixture
def board(company: Company) -> Board:
    def add(model: type[Any], **values: Any) -> Any:
        return actions.add(model, actor=company.alice, **values).row

    bug, story = (add(ItemType, key=key, name=key.title(), base="task") for key in ("bug", "story"))
    states = [
        add(WorkflowState, type=kind, name=name, category=category, position=at)
        for at, (kind, name, category) in enumerate(
            [
                (bug, "New", "todo"),
                (bug, "In work", "doing"),
                (bug, "Fixed", "done"),
                (story, "Told", "done"),
                (story, "Untold", "todo"),
            ]
        )
    ]
    return Board(bug, story, *states)


def field(company: Company, **values: Any) -> CustomField:
    return actions.add(CustomField, actor=company.alice, **values).row


def item(pk: int) -> Node:
    return Node.objects.get(pk=pk)


def percent(pk: int) -> int:
    return item(pk).percent_complete


def member(company: Company, role: Role = Role.TEAM_MEMBER) -> User:
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=role)
    return company.charlie


def test_many_items_of_several_projects_in_one_entry(company: Company, board: Board) -> None:
    items = [company.tasks[name] for name in ("design", "permit", "build")]
    before = LogEntry.objects.count()
    done = actions.edit_items(actor=company.alice, items=items, item_type=board.bug.pk, points=3)
    assert LogEntry.objects.count() == before + 1
    assert done.entry is not None
    assert done.entry.node == company.program.pk
    touched = set(done.entry.touches.values_list("node", flat=True))
    assert {company.program.pk, company.house.pk, company.secret.pk, *items} == touched
    assert [(item(each).item_type, item(each).workflow_state, item(each).points) for each in items] == [
        (board.bug, board.new, 3)
    ] * 3
    actions.undo(actor=company.alice)
    assert [(item(each).item_type, item(each).points) for each in items] == [(None, None)] * 3
    actions.redo(actor=company.alice)
    assert item(items[0]).workflow_state == board.new


def test_done_is_all_of_the_progress_and_undo_takes_both_back(company: Company, board: Board) -> None:
    design, permit = company.tasks["design"], company.tasks["permit"]
    actions.edit_items(actor=company.alice, items=[design, permit], item_type=board.bug.pk)
    actions.change_plan(
        actor=company.alice, project=company.house.pk, changes=[SetProgress(design, 40, "2026-03-04T08:00")]
    )
    before = dict(Dates.objects.values_list("node", "finish"))
    done = actions.edit_items(actor=company.alice, items=[design, permit], workflow_state=board.fixed.pk)
    assert done.outcome is not None
    assert (percent(design), percent(permit)) == (100, 100)
    assert item(design).actual_start is not None, "actual dates stay"
    actions.undo(actor=company.alice)
    assert (percent(design), percent(permit)) == (40, 0)
    assert {item(each).workflow_state for each in (design, permit)} == {board.new}
    assert dict(Dates.objects.values_list("node", "finish")) == before
    actions.redo(actor=company.alice)
    assert (percent(design), item(design).workflow_state) == (100, board.fixed)
    actions.edit_items(actor=company.alice, items=[design], workflow_state=board.work.pk)
    assert percent(design) == 0
    actions.edit_items(actor=company.alice, items=[permit], workflow_state=board.work.pk, progress=60)
    assert percent(permit) == 60


def test_a_preview_writes_nothing(company: Company, board: Board) -> None:
    design = company.tasks["design"]
    actions.edit_items(actor=company.alice, items=[design], item_type=board.bug.pk)
    before = LogEntry.objects.count(), item(design).workflow_state
    shown = actions.edit_items(
        actor=company.alice, items=[design], workflow_state=board.fixed.pk, preview=True
    )
    assert shown.entry is None
    assert shown.outcome is not None
    assert actions.edit_items(actor=company.alice, items=[design], points=1, preview=True).entry is None
    assert (LogEntry.objects.count(), item(design).workflow_state) == before


def test_another_type_gets_the_state_that_is_as_far(company: Company, board: Board) -> None:
    design = company.tasks["design"]
    actions.edit_items(
        actor=company.alice, items=[design], item_type=board.bug.pk, workflow_state=board.fixed.pk
    )
    actions.edit_items(actor=company.alice, items=[design], item_type=board.story.pk)
    assert (item(design).workflow_state, percent(design)) == (board.told, 100)
    actions.edit_items(actor=company.alice, items=[design], item_type=None)
    assert (item(design).workflow_state, percent(design)) == (None, 0)


def test_steps_that_the_workflow_does_not_have(company: Company, board: Board) -> None:
    design = company.tasks["design"]
    for source, target, verb in (
        (board.new, board.work, ""),
        (board.work, board.fixed, "control"),
        (None, board.new, ""),
    ):
        actions.add(Transition, actor=company.alice, source=source, target=target, verb=verb)
    actions.edit_items(actor=company.alice, items=[design], item_type=board.bug.pk)
    who = member(company)
    with pytest.raises(Invalid, match="does not go on"):
        actions.edit_items(actor=who, items=[design], workflow_state=board.fixed.pk)
    actions.edit_items(actor=who, items=[design], workflow_state=board.work.pk)
    with pytest.raises(NotAllowed):
        actions.edit_items(actor=who, items=[design], workflow_state=board.fixed.pk)
    actions.edit_items(actor=company.bob, items=[design], workflow_state=board.fixed.pk)
    actions.edit_items(actor=who, items=[design], workflow_state=board.new.pk)


def test_who_records_progress_moves_items_and_changes_nothing_else(company: Company, board: Board) -> None:
    design, who = company.tasks["design"], member(company)
    actions.edit_items(actor=company.alice, items=[design], item_type=board.bug.pk)
    actions.edit_items(actor=who, items=[design], workflow_state=board.fixed.pk)
    actions.undo(actor=who)
    assert item(design).workflow_state == board.new
    with pytest.raises(NotAllowed):
        actions.edit_items(actor=who, items=[design], points=3)


def test_all_or_nothing(company: Company, board: Board) -> None:
    items = [company.tasks["design"], company.tasks["permit"]]
    with pytest.raises(NotVisible):
        actions.edit_items(actor=company.bob, items=items, points=3)
    with pytest.raises(NotVisible):
        actions.edit_items(actor=company.alice, items=[items[0], 10**9], points=3)
    with pytest.raises(Invalid) as found:
        actions.edit_items(
            actor=company.alice, items=[items[0], company.tasks["ready"]], item_type=board.bug.pk
        )
    assert [each.place for each in found.value.errors] == [f"item {company.tasks['ready']} item_type"]
    assert not Node.objects.exclude(points=None, item_type=None).exists()


def test_all_that_is_wrong_is_said_of_each_item_and_field(company: Company) -> None:
    number = field(company, name="Size", kind="number")
    choice = field(company, name="Colour", kind="choice", options=["red", "blue"])
    needed = field(company, name="Vendor", kind="text", required=True)
    items = [company.tasks["design"], company.tasks["build"]]
    with pytest.raises(Invalid) as found:
        actions.edit_items(actor=company.alice, items=items, fields={number.pk: 1.5, choice.pk: "green"})
    places = {f"item {each} field {known.pk}" for each in items for known in (number, choice, needed)}
    assert {each.place for each in found.value.errors} == places


@pytest.mark.parametrize(
    ("kind", "good", "kept", "bad"),
    [
        ("text", "x", "x", ["", "a\x00b", 5]),
        ("number", "2.50", "2.50", [2.5, "x", "NaN", "1e400", True]),
        ("number", 7, 7, [10**16]),
        ("date", "2026-03-02", "2026-03-02", ["2026-02-30", 5, "soon"]),
        ("money", 1250, 1250, [12.5, "12", True]),
        ("checkbox", False, False, [0, "no"]),
        ("link", "https://example.com/a", "https://example.com/a", ["javascript:alert(1)", "https:", "a"]),
    ],
)
def test_what_a_field_holds(company: Company, kind: str, good: Any, kept: Any, bad: list[Any]) -> None:
    known, design = field(company, name="Field", kind=kind), company.tasks["design"]
    actions.edit_items(actor=company.alice, items=[design], fields={known.pk: good})
    assert item(design).fields == {str(known.pk): kept}
    for each in bad:
        with pytest.raises(Invalid):
            actions.edit_items(actor=company.alice, items=[design], fields={known.pk: each})
    actions.edit_items(actor=company.alice, items=[design], fields={known.pk: None})
    assert item(design).fields == {}


def test_a_person_is_one_of_the_workspace(company: Company) -> None:
    known, design = field(company, name="Tester", kind="person"), company.tasks["design"]
    eve = actions.found_workspace(
        name="Evil", email="eve@example.com", person="Eve Ill", password="correct horse battery"
    )
    with pytest.raises(Invalid):
        actions.edit_items(actor=company.alice, items=[design], fields={known.pk: eve.pk})
    actions.edit_items(actor=company.alice, items=[design], fields={known.pk: company.bob.pk})
    assert item(design).fields == {str(known.pk): company.bob.pk}


def test_a_field_of_one_type_is_not_anothers(company: Company, board: Board) -> None:
    known = field(company, name="Severity", kind="choice", options=["low", "high"], types=[board.bug.pk])
    design = company.tasks["design"]
    with pytest.raises(Invalid, match="no such field"):
        actions.edit_items(actor=company.alice, items=[design], fields={known.pk: "low"})
    actions.edit_items(actor=company.alice, items=[design], item_type=board.bug.pk, fields={known.pk: "low"})
    with pytest.raises(Invalid):
        field(company, name="Other", kind="text", types=[10**9])


def test_money_in_fields_is_told_to_who_may_see_it(
    company: Company, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    price, design = field(company, name="Price", kind="money"), company.tasks["design"]
    actions.edit_items(actor=company.bob, items=[design], fields={price.pk: 99_00}, description="Draw")
    who = member(company, Role.SCRUM_MASTER)
    with pytest.raises(NotAllowed):
        actions.edit_items(actor=who, items=[design], fields={price.pk: 1})
    rights, many = rights_of(who), list(company.tasks.values())
    with django_assert_num_queries(2):
        found = queries.item_values(rights, many)
    assert set(found) == {company.tasks[name] for name in ("design", "build", "ready")}
    assert (found[design]["fields"], found[design]["description"]) == ({}, "Draw")
    assert queries.item_values(rights_of(company.bob), many)[design]["fields"] == {price.pk: 99_00}


def test_what_is_in_use_is_not_removed(company: Company, board: Board) -> None:
    rows: list[Record] = [board.new, board.bug]
    actions.edit_items(actor=company.alice, items=[company.tasks["design"]], item_type=board.bug.pk)
    for row in rows:
        with pytest.raises(Conflict):
            actions.remove(row, actor=company.alice)


def test_a_program_has_a_description_and_no_progress(company: Company) -> None:
    done = actions.edit_items(actor=company.alice, items=[company.program.pk], description="Homes for all")
    assert done.entry is not None
    assert (item(company.program.pk).description, done.entry.node) == ("Homes for all", company.program.pk)


def test_undo_is_refused_once_somebody_else_has_written_the_same(company: Company) -> None:
    design = company.tasks["design"]
    actions.edit_items(actor=company.alice, items=[design], points=1)
    actions.edit_items(actor=company.bob, items=[design], points=2)
    with pytest.raises(Conflict, match="Bob"):
        actions.undo(actor=company.alice)


@pytest.mark.parametrize(
    "values", [{}, {"points": -1}, {"progress": 101}, {"colour": "red"}, {"description": "a\x00"}], ids=str
)
def test_what_no_item_could_have(company: Company, values: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        actions.edit_items(actor=company.alice, items=[company.tasks["design"]], **values)

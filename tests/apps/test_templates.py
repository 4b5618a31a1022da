"""Pieces of plans kept as templates, and planted again."""

from datetime import date
from typing import Any

import pytest

from tests.cast import Company
from triptych.apps.history.models import LogEntry
from triptych.apps.people.refusals import Invalid, NotAllowed, NotVisible
from triptych.apps.people.roles import Role
from triptych.apps.project import actions
from triptych.apps.project.changes import NewTask
from triptych.apps.project.models import (
    Assignment,
    ChecklistItem,
    Dates,
    Label,
    Labelled,
    Link,
    Node,
    Resource,
    Template,
)
from triptych.plan.changes import AddLink
from triptych.plan.quantities import moment

APRIL = date(2026, 4, 6)


def standing(project: Node) -> set[str]:
    return set(Node.objects.filter(project=project, removed_by=None).values_list("name", flat=True))


def day(name: str, project: Node) -> date:
    node = Node.objects.get(project=project, name=name, removed_by=None)
    return moment(Dates.objects.get(node=node.pk).start).date()


@pytest.fixture
def template(company: Company) -> Template:
    """The house with a checklist, a label and a description on its design."""
    design = company.tasks["design"]
    actions.add(ChecklistItem, actor=company.alice, node_id=design, text="Measure")
    label = actions.add(Label, actor=company.alice, name="Glass").row
    actions.add(Labelled, actor=company.alice, node_id=design, label=label)
    actions.edit_items(actor=company.alice, items=[design], description="With care")
    return actions.save_template(actor=company.bob, node=company.house.pk, name="House").row


def new_project(company: Company) -> Node:
    calendar = company.house.settings.calendar
    start = moment(company.house.settings.start)
    return actions.create_project(
        actor=company.alice, parent=company.program, name="Next", start=start, calendar=calendar
    )


def test_a_template_keeps_tasks_links_and_roles_and_no_people(template: Template) -> None:
    content: dict[str, Any] = template.content
    assert [(each["name"], each["minutes"]) for each in content["tasks"]] == [
        ("design", 1440), ("build", 2400), ("ready", 0),
    ]  # fmt: skip
    assert content["tasks"][1]["roles"] == {"Engineer": 100}
    assert content["tasks"][0]["checklist"] == ["Measure"]
    assert [(each["pred"], each["succ"]) for each in content["links"]] == [(0, 1), (1, 2)]
    assert "Ann" not in str(content)


def test_it_is_planted_and_undone_as_one(company: Company, template: Template) -> None:
    project = new_project(company)
    actions.create_resource(actor=company.alice, name="Engineer", role="Engineer", placeholder=True)
    before = LogEntry.objects.count()
    actions.plant_template(actor=company.alice, template=template.pk, under=project.pk, start=APRIL)
    assert LogEntry.objects.count() == before + 1
    assert standing(project) == {"design", "build", "ready"}
    assert (day("design", project), day("build", project)) == (APRIL, date(2026, 4, 9))
    design = Node.objects.get(project=project, name="design")
    assert design.description == "With care"
    assert list(ChecklistItem.objects.filter(node=design).values_list("text", "done")) == [("Measure", False)]
    assert Labelled.objects.filter(node=design).count() == 1
    people = Assignment.objects.filter(task__project=project, removed_by=None)
    assert [(each.resource.role, each.resource.placeholder) for each in people] == [("Engineer", True)]
    assert Link.objects.filter(succ__project=project, removed_by=None).count() == 2
    actions.undo(actor=company.alice)
    assert standing(project) == set()
    assert not ChecklistItem.objects.filter(node=design).exists()
    actions.redo(actor=company.alice)
    assert standing(project) == {"design", "build", "ready"}
    assert ChecklistItem.objects.filter(node=design).exists()
    assert Link.objects.filter(succ__project=project, removed_by=None).count() == 2


def test_a_role_nobody_has_thought_of_becomes_a_placeholder(company: Company, template: Template) -> None:
    actions.plant_template(actor=company.bob, template=template.pk, under=company.house.pk, start=APRIL)
    assert Resource.objects.get(placeholder=True).role == "Engineer"
    actions.plant_template(actor=company.bob, template=template.pk, under=company.house.pk, start=APRIL)
    assert Resource.objects.filter(placeholder=True).count() == 1


def test_a_branch_keeps_its_outline_and_where_it_began(company: Company) -> None:
    house = company.house.pk
    actions.change_plan(actor=company.bob, project=house, changes=[NewTask("roof")])
    roof = Node.objects.get(name="roof").pk
    actions.change_plan(
        actor=company.bob,
        project=house,
        changes=[NewTask("beams", parent=roof), NewTask("tiles", parent=roof)],
    )
    tasks = dict(Node.objects.filter(parent=roof).values_list("name", "pk"))
    actions.change_plan(
        actor=company.bob, project=house, changes=[AddLink(tasks["beams"], tasks["tiles"], lag=480)]
    )
    saved = actions.save_template(actor=company.bob, node=roof, name="Roof").row
    assert [(each["name"], each["parent"]) for each in saved.content["tasks"]] == [
        ("roof", None), ("beams", 0), ("tiles", 0),
    ]  # fmt: skip
    project = new_project(company)
    actions.change_plan(actor=company.alice, project=project.pk, changes=[NewTask("shell")])
    shell = Node.objects.get(name="shell").pk
    actions.plant_template(actor=company.alice, template=saved.pk, under=shell, start=APRIL)
    planted = Node.objects.get(project=project, name="roof")
    assert planted.parent_id == shell
    assert (day("beams", project), day("tiles", project)) == (APRIL, date(2026, 4, 8))


def test_who_may_not_change_a_plan_plants_nothing_there(company: Company, template: Template) -> None:
    with pytest.raises(NotVisible):
        actions.plant_template(actor=company.bob, template=template.pk, under=company.secret.pk, start=APRIL)
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.TEAM_MEMBER)
    with pytest.raises(NotAllowed):
        actions.plant_template(
            actor=company.charlie, template=template.pk, under=company.house.pk, start=APRIL
        )
    with pytest.raises(NotAllowed):
        actions.save_template(actor=company.charlie, node=company.house.pk, name="Mine")
    with pytest.raises(Invalid, match="people or progress"):
        actions.plant_template(
            actor=company.bob, template=template.pk, under=company.tasks["build"], start=APRIL
        )
    with pytest.raises(Invalid, match="pieces of projects"):
        actions.save_template(actor=company.alice, node=company.program.pk, name="Program")


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"tasks": []},
        {"tasks": [{"name": ""}]},
        {"tasks": [{"name": "a", "parent": 0}]},
        {"tasks": [{"name": "a"}, {"name": "b"}, {"name": "c", "parent": 0}]},
        {"tasks": [{"name": "a"}], "links": [{"pred": 0, "succ": 1}]},
        {"tasks": [{"name": "a", "minutes": -1}]},
    ],
    ids=str,
)
def test_what_is_no_pattern(company: Company, content: Any) -> None:
    with pytest.raises(Invalid):
        actions.add(Template, actor=company.alice, name="Bad", content=content)

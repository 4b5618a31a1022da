"""Roles that are still to be filled, and who fills them."""

import pytest

from tests.cast import Company
from triptych.apps.history.models import LogEntry
from triptych.apps.people.refusals import Invalid, NotVisible
from triptych.apps.project import actions, queries
from triptych.apps.project.models import Assignment, Resource
from triptych.apps.project.rules import rights_of
from triptych.plan.changes import Assign


@pytest.fixture
def role(company: Company) -> Resource:
    """A glazier on the design of the house and the permit of the other."""
    made = actions.create_resource(actor=company.alice, name="Glazier", role="Glazier", placeholder=True)
    for task, project in (("design", company.house), ("permit", company.secret)):
        changes = [Assign(company.tasks[task], made.pk, 50, 480)]
        actions.change_plan(actor=company.alice, project=project.pk, changes=changes)
    return made


def team(task: int) -> list[tuple[int, int, int | None]]:
    found = Assignment.objects.filter(task=task, removed_by=None).order_by("resource")
    return list(found.values_list("resource", "units", "work"))


def test_a_person_takes_over_everything_in_one_entry(company: Company, role: Resource) -> None:
    bob = actions.create_resource(actor=company.alice, name="Bob", user=company.bob)
    before = LogEntry.objects.count()
    outcome = actions.fill_placeholder(actor=company.alice, resource=role.pk, by=bob.pk)
    assert LogEntry.objects.count() == before + 1
    assert outcome.entry is not None
    assert outcome.entry.node == company.program.pk
    tasks = [company.tasks[name] for name in ("design", "permit")]
    assert [team(task) for task in tasks] == [[(bob.pk, 50, 480)]] * 2
    seen = [(each.reason, each.node_id) for each in queries.inbox(rights_of(company.bob))]
    assert seen == [("assigned", tasks[0])], "of the secret project nothing"
    actions.undo(actor=company.alice)
    assert [team(task) for task in tasks] == [[(role.pk, 50, 480)]] * 2
    actions.redo(actor=company.alice)
    assert team(tasks[0]) == [(bob.pk, 50, 480)]


def test_what_is_in_projects_of_others_stays_there(company: Company, role: Resource) -> None:
    shown = actions.fill_placeholder(actor=company.bob, resource=role.pk, by=company.ann.pk, preview=True)
    assert shown.entry is None
    actions.fill_placeholder(actor=company.bob, resource=role.pk, by=company.ann.pk)
    assert [row[0] for row in team(company.tasks["design"])] == [company.ann.pk]
    assert [row[0] for row in team(company.tasks["permit"])] == [role.pk]
    with pytest.raises(Invalid, match="nothing to hand over"):
        actions.fill_placeholder(actor=company.bob, resource=role.pk, by=company.ann.pk)


def test_only_placeholders_are_filled_and_only_by_people(company: Company, role: Resource) -> None:
    for resource, by in ((company.ann, role), (role, role)):
        with pytest.raises(Invalid):
            actions.fill_placeholder(actor=company.alice, resource=resource.pk, by=by.pk)
    with pytest.raises(NotVisible):
        actions.fill_placeholder(actor=company.charlie, resource=role.pk, by=company.ann.pk)
    changes = [Assign(company.tasks["design"], company.ann.pk)]
    actions.change_plan(actor=company.alice, project=company.house.pk, changes=changes)
    with pytest.raises(Invalid, match="already"):
        actions.fill_placeholder(actor=company.alice, resource=role.pk, by=company.ann.pk)

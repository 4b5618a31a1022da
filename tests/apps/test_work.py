"""Work and units, scheduling by hand, and what does not count: on the record, there and back."""

import pytest

from tests.apps.test_editing import alive, finish
from tests.cast import Company, at
from triptych.apps.people.refusals import Conflict
from triptych.apps.project import actions
from triptych.apps.project.changes import NewTask, Wish
from triptych.apps.project.models import Assignment, Node, Resource
from triptych.plan.changes import (
    Assign,
    SetActive,
    SetDuration,
    SetMode,
    SetName,
    SetTaskType,
    SetWork,
    Unassign,
)


def test_work_units_and_people_move_the_duration_and_come_back(company: Company) -> None:
    alice, house, build = company.alice, company.house.pk, company.tasks["build"]
    bea = actions.create_resource(actor=alice, name="Bea Mo")
    before = alive()

    def done(*changes: Wish) -> tuple[int, dict[int, tuple[int, int | None]]]:
        actions.change_plan(actor=alice, project=house, changes=changes)
        rows = Assignment.objects.filter(task=build, removed_by=None)
        team = {each.resource_id: (each.units, each.work) for each in rows}
        return Node.objects.get(pk=build).duration // 480, team

    ann = company.ann.pk
    assert done(SetWork(build, ann, 4 * 480)) == (4, {ann: (100, 1920)})
    assert done(SetTaskType(build, "FIXED_WORK")) == (4, {ann: (100, 1920)})
    assert done(Assign(build, bea.pk)) == (2, {ann: (100, 960), bea.pk: (100, 960)})
    assert done(SetDuration(build, 4 * 480)) == (4, {ann: (50, 960), bea.pk: (50, 960)})
    assert finish(build) == at(12, 17)
    assert done(Unassign(build, ann)) == (8, {bea.pk: (50, 1920)})
    for _ in range(5):
        actions.undo(actor=alice)
    assert alive() == before


def test_a_task_by_hand_stays_where_it_is_and_remembers_what_was_typed(company: Company) -> None:
    build = company.tasks["build"]

    def done(*changes: Wish) -> tuple[int, int, int | None]:
        outcome = actions.change_plan(actor=company.alice, project=company.house.pk, changes=changes)
        node = Node.objects.get(pk=build)
        return outcome.ripple.tasks, finish(build), node.finish

    assert done(SetMode(build, manual=True)) == (0, at(13, 17), at(13, 17))
    moved, now, typed = done(SetDuration(company.tasks["design"], 5 * 480))
    assert (moved, now, typed) == (1, at(13, 17), at(13, 17))
    assert done(SetMode(build, manual=False))[1:] == (at(17, 17), at(13, 17))


def test_undo_refuses_to_bring_in_somebody_unseen(company: Company) -> None:
    """Who was taken off may have become somebody's whom the actor may not see: they stay off."""
    build, theirs = company.tasks["build"], actions.create_resource(actor=company.alice, name="Cy Doe")
    actions.change_plan(actor=company.alice, project=company.house.pk, changes=[Assign(build, theirs.pk)])
    actions.change_plan(actor=company.bob, project=company.house.pk, changes=[Unassign(build, theirs.pk)])
    Resource.objects.filter(pk=theirs.pk).update(project=company.secret)
    with pytest.raises(Conflict, match="no resource"):
        actions.undo(actor=company.bob)
    assert not Assignment.objects.filter(task=build, resource=theirs, removed_by=None).exists()


def test_what_is_inactive_below_a_phase_is_what_undo_brings_back(company: Company) -> None:
    t, alice, house = company.tasks, company.alice, company.house.pk
    actions.change_plan(actor=alice, project=house, changes=[NewTask("Sketch", parent=t["design"])])
    actions.change_plan(actor=alice, project=house, changes=[NewTask("Draw", parent=t["design"])])
    sketch = Node.objects.get(name="Sketch").pk
    actions.change_plan(actor=alice, project=house, changes=[SetActive(sketch, active=False)])
    before = alive()
    actions.change_plan(actor=alice, project=house, changes=[SetActive(t["design"], active=False)])
    actions.change_plan(
        actor=company.bob, project=house, changes=[SetName(Node.objects.get(name="Draw").pk, "Paint")]
    )
    with pytest.raises(Conflict, match="Bob"):
        actions.undo(actor=alice)
    actions.undo(actor=company.bob)
    actions.undo(actor=alice)
    assert alive() == before

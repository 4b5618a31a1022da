"""What if: scenarios over the live plan, promoted in part or whole; and change requests, which apply themselves."""

from typing import Any

import pytest

from tests.cast import Company, sign_up
from triptych.api.nouns import told
from triptych.apps.control.actions.scenarios import (
    approve_change_request,
    promote_scenario,
    reject_change_request,
    submit_change_request,
)
from triptych.apps.control.models import ChangeRequest, Scenario
from triptych.apps.control.queries.scenarios import compared, scenario, worked_out
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed, NotVisible
from triptych.apps.people.roles import Role
from triptych.apps.project import actions, bridge
from triptych.apps.project.changes import NewTask, Wish, wishes_to_json
from triptych.apps.project.models import Calendar, Dates, Node, Resource
from triptych.apps.project.rules import rights_of
from triptych.plan.changes import (
    AddLink,
    Assign,
    SetCalendar,
    SetDuration,
    SetName,
    SetProject,
    SetResource,
    Unassign,
)
from triptych.plan.quantities import spell_instant


def drafted(company: Company, *changes: Wish, actor: User | None = None, name: str = "Faster") -> Scenario:
    values: dict[str, Any] = {"node": company.house, "name": name, "changes": wishes_to_json(changes)}
    return actions.add(Scenario, actor=actor or company.bob, **values).row


def requested(company: Company, *changes: Wish, actor: User | None = None) -> ChangeRequest:
    values: dict[str, Any] = {"node": company.house, "name": "Bigger", "changes": wishes_to_json(changes)}
    return actions.add(ChangeRequest, actor=actor or company.bob, **values).row


def finish(task: int) -> str | None:
    return spell_instant(Dates.objects.get(pk=task).finish)


def names(project: Node) -> list[str]:
    rows = Node.objects.filter(project=project, removed_by=None).order_by("position", "id")
    return list(rows.values_list("name", flat=True))


def test_a_scenario_is_worked_out_over_the_plan_of_now(company: Company) -> None:
    rights, ready = rights_of(company.bob), company.tasks["ready"]
    row = drafted(company, SetDuration(company.tasks["build"], 480))
    first = worked_out(rights, row)
    assert first.ripple.finish_delta_minutes == -4 * 480
    assert [each.task for each in first.impact.milestones] == [ready]
    assert finish(ready) == "2026-03-13T17:00"
    actions.change_plan(
        actor=company.bob, project=company.house.pk, changes=[SetDuration(company.tasks["design"], 2400)]
    )
    second = worked_out(rights, row)
    assert second.before.schedule.project_finish[0] != first.before.schedule.project_finish[0]
    assert second.ripple.finish_delta_minutes == -4 * 480


def test_what_no_longer_fits_is_left_out_and_told(company: Company) -> None:
    build, design = company.tasks["build"], company.tasks["design"]
    row = drafted(company, SetDuration(build, 480), AddLink(design, build), SetDuration(99_999, 480))
    found = worked_out(rights_of(company.bob), row)
    assert [(each.place, each.code) for each in found.skipped] == [
        ("change 2", "link.duplicate"),
        ("change 3", "task.unknown"),
    ]
    assert found.ripple.finish_delta_minutes == -4 * 480


def test_two_scenarios_are_compared_over_one_plan(company: Company) -> None:
    one = drafted(company, SetDuration(company.tasks["build"], 480))
    other = drafted(company, SetDuration(company.tasks["build"], 960), name="Not so fast")
    pair = compared(rights_of(company.bob), one, other)
    assert pair.one.tried.before.plan == pair.other.tried.before.plan
    assert pair.ripple.finish_delta_minutes == 480
    assert pair.one.tried.ripple.finish_delta_minutes == -4 * 480


def test_a_scenario_is_promoted_in_part_and_then_whole(company: Company) -> None:
    wishes: list[Wish] = [
        NewTask("Frame", minutes=480),
        NewTask("Roof", minutes=960),
        AddLink(company.tasks["design"], -1),
        AddLink(-1, -2),
    ]
    row = drafted(company, *wishes)
    with pytest.raises(Invalid, match="no task 0"):
        promote_scenario(row, actor=company.bob, which=[1, 3])
    promote_scenario(row, actor=company.bob, which=[0, 2], preview=True)
    assert "Frame" not in names(company.house)
    promote_scenario(row, actor=company.bob, which=[0, 2])
    frame = Node.objects.get(name="Frame")
    row.refresh_from_db()
    assert row.wishes == [wishes[1], AddLink(frame.pk, -1)]
    before = row.changes
    done = promote_scenario(row, actor=company.bob)
    assert done.entry is not None
    row.refresh_from_db()
    assert (row.state, row.changes) == ("promoted", [])
    assert names(company.house) == ["design", "build", "ready", "Frame", "Roof"]
    actions.undo(actor=company.bob)
    row.refresh_from_db()
    assert (row.state, row.changes) == ("open", before)
    assert names(company.house) == ["design", "build", "ready", "Frame"]


def test_a_scenario_that_has_changed_meanwhile_is_not_promoted_unseen(company: Company) -> None:
    row = drafted(company, SetDuration(company.tasks["build"], 480))
    other = wishes_to_json([SetDuration(company.tasks["build"], 4800)])
    actions.change(Scenario.objects.get(pk=row.pk), actor=company.bob, changes=other)
    with pytest.raises(Conflict, match="has changed since"):
        promote_scenario(row, actor=company.bob)
    with pytest.raises(Invalid, match="no changes of a plan"):
        actions.change(row, actor=company.bob, changes=[{"op": "explode"}])
    with pytest.raises(Invalid, match="no changes of a plan"):
        actions.change(row, actor=company.bob, changes=[{"op": "set_baseline", "project": 1, "number": 0}])


def test_who_may_not_see_it_is_told_nothing_and_who_only_sees_may_try_but_not_promote(
    company: Company,
) -> None:
    row = drafted(company, SetDuration(company.tasks["build"], 480))
    with pytest.raises(NotVisible):
        scenario(rights_of(company.charlie), row.pk)
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.STAKEHOLDER)
    rights = rights_of(company.charlie)
    assert worked_out(rights, scenario(rights, row.pk)).impact.cost == {}
    with pytest.raises(NotAllowed):
        promote_scenario(row, actor=company.charlie)
    secret = drafted(company, SetDuration(company.tasks["permit"], 4800), actor=company.alice)
    hidden = worked_out(rights, secret)
    assert [each.code for each in hidden.skipped] == ["task.unknown"]


# Change requests


def test_a_change_request_is_decided_on_facts_and_applies_itself(company: Company) -> None:
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.program, role=Role.SPONSOR)
    row = requested(company, SetDuration(company.tasks["build"], 4800))
    with pytest.raises(Conflict, match="is draft"):
        approve_change_request(row, actor=company.charlie)
    row = submit_change_request(row, actor=company.bob).row
    assert row.impact["finish_delta_minutes"] == 5 * 480
    assert row.impact["milestones"] == [company.tasks["ready"]]
    with pytest.raises(Conflict, match="submitted"):
        actions.change(row, actor=company.bob, changes=[])
    with pytest.raises(NotAllowed):
        approve_change_request(row, actor=company.bob)
    told = approve_change_request(row, actor=company.charlie, preview=True)
    assert told.entry is None
    done = approve_change_request(row, actor=company.charlie, note="Worth it")
    assert done.entry is not None
    assert done.entry.sentence == "Approved the change request “Bigger”"
    row.refresh_from_db()
    assert (row.state, row.note, row.decided_by) == ("approved", "Worth it", company.charlie)
    assert Node.objects.get(pk=company.tasks["build"]).duration == 4800
    with pytest.raises(Conflict, match="is approved"):
        approve_change_request(row, actor=company.charlie)


def test_a_request_is_rejected_with_a_reason_and_may_be_drafted_again(company: Company) -> None:
    row = submit_change_request(
        requested(company, SetDuration(company.tasks["build"], 4800)), actor=company.bob
    ).row
    with pytest.raises(Invalid, match="with a reason"):
        reject_change_request(row, actor=company.alice, note=" ")
    reject_change_request(row, actor=company.alice, note="Too late")
    row.refresh_from_db()
    assert (row.state, row.note) == ("rejected", "Too late")
    actions.move(row, actor=company.bob, to="draft")
    submit_change_request(row, actor=company.bob)
    assert Node.objects.get(pk=company.tasks["build"]).duration == 5 * 480


def test_what_does_not_fit_is_not_submitted_and_nobody_decides_on_their_own(company: Company) -> None:
    with pytest.raises(Invalid, match="change 1: There is no task 99999"):
        submit_change_request(requested(company, SetDuration(99_999, 480)), actor=company.bob)
    actions.grant_role(actor=company.alice, user=company.bob, node=company.program, role=Role.PROGRAM_MANAGER)
    row = submit_change_request(
        requested(company, SetDuration(company.tasks["build"], 480)), actor=company.bob
    ).row
    with pytest.raises(Conflict, match="their own"):
        approve_change_request(row, actor=company.bob)
    approve_change_request(row, actor=company.alice)


def test_a_sponsor_approves_where_they_sponsor_and_takes_it_back(company: Company) -> None:
    """Neither Charlie, who raises, nor Dora, who sponsors, may edit a plan."""
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.TEAM_MEMBER)
    build, permit = (SetDuration(company.tasks[each], 480) for each in ("build", "permit"))
    dora = sign_up(company.alice, "Dora")
    actions.grant_role(actor=company.alice, user=dora, node=company.house, role=Role.SPONSOR)
    row = requested(company, build, actor=company.charlie)
    row = submit_change_request(row, actor=company.charlie).row
    approve_change_request(row, actor=dora)
    assert Node.objects.get(pk=company.tasks["build"]).duration == 480
    actions.undo(actor=dora)
    row.refresh_from_db()
    assert (row.state, Node.objects.get(pk=company.tasks["build"]).duration) == ("submitted", 5 * 480)
    actions.redo(actor=dora)
    assert Node.objects.get(pk=company.tasks["build"]).duration == 480
    actions.grant_role(actor=company.alice, user=dora, node=company.secret, role=Role.STAKEHOLDER)
    wider = submit_change_request(
        requested(company, build, permit, actor=company.alice), actor=company.alice
    ).row
    with pytest.raises(NotAllowed):
        approve_change_request(wider, actor=dora)


def test_four_eyes_see_a_change_request(company: Company) -> None:
    """What Bob asks for nobody rewrites, and neither Bob nor Charlie, who hands it in, decides on it."""
    actions.grant_role(
        actor=company.alice, user=company.charlie, node=company.house, role=Role.PROGRAM_MANAGER
    )
    row = requested(company, SetDuration(company.tasks["build"], 480))
    with pytest.raises(NotAllowed, match="whoever wrote it"):
        actions.change(row, actor=company.charlie, changes=[])
    with pytest.raises(NotAllowed, match="whoever wrote it"):
        actions.move(row, actor=company.charlie, to="withdrawn", changes=[])
    actions.change(row, actor=company.charlie, reason="It is late.")
    row = submit_change_request(row, actor=company.charlie).row
    assert row.submitted_by == company.charlie
    for decide in (approve_change_request, reject_change_request):
        with pytest.raises(Conflict, match="their own"):
            decide(row, actor=company.charlie, note="Yes")
    approve_change_request(row, actor=company.alice)


def test_what_it_would_cost_is_kept_apart_and_of_its_own_node_alone(company: Company) -> None:
    """Ann costs 60 an hour; the party of the secret project moves with the house, and is told to nobody."""
    person = company.ann
    actions.set_resource(actor=company.alice, resource=person.pk, rate=60_00)
    actions.change_plan(
        actor=company.alice, project=company.secret.pk, changes=[Assign(company.tasks["party"], person.pk)]
    )
    actions.change_plan(
        actor=company.alice, project=company.secret.pk, changes=[NewTask("fireworks", milestone=True)]
    )
    fireworks = Node.objects.get(name="fireworks").pk
    actions.change_plan(
        actor=company.alice, project=company.secret.pk, changes=[AddLink(company.tasks["party"], fireworks)]
    )
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.TEAM_MEMBER)
    row = requested(company, SetDuration(company.tasks["build"], 10 * 480), actor=company.charlie)
    row = submit_change_request(row, actor=company.charlie).row
    assert row.impact_cost == {"": [5 * 8 * 60_00, 10 * 8 * 60_00]}
    assert (row.impact["milestones"], row.impact["tasks"]) == ([company.tasks["ready"]], 1)
    assert told(rights_of(company.charlie), [row])[0]["impact_cost"] is None
    assert told(rights_of(company.bob), [row])[0]["impact_cost"] == row.impact_cost
    actions.undo(actor=company.charlie)
    row.refresh_from_db()
    assert (row.state, row.submitted_by, row.impact_cost) == ("draft", None, {})


def test_only_who_raised_it_or_controls_withdraws_it(company: Company) -> None:
    for user in (company.charlie, dora := sign_up(company.alice, "Dora")):
        actions.grant_role(actor=company.alice, user=user, node=company.house, role=Role.TEAM_MEMBER)
    row = requested(company, SetDuration(company.tasks["build"], 480), actor=company.charlie)
    with pytest.raises(NotAllowed):
        actions.move(row, actor=dora, to="withdrawn")
    actions.move(row, actor=company.charlie, to="withdrawn")
    with pytest.raises(NotAllowed):
        actions.move(row, actor=dora, to="draft")
    actions.move(row, actor=company.bob, to="draft")
    with pytest.raises(Conflict, match="is draft"):
        reject_change_request(row, actor=company.alice, note="")


def test_a_promoted_scenario_stays_as_it_is(company: Company) -> None:
    row = drafted(company, SetDuration(company.tasks["build"], 480))
    promote_scenario(row, actor=company.bob)
    row.refresh_from_db()
    with pytest.raises(Conflict, match="is promoted"):
        promote_scenario(row, actor=company.bob)
    with pytest.raises(Conflict, match="is promoted"):
        actions.change(row, actor=company.bob, changes=[])


def test_changes_are_kept_as_they_are_spelt_and_nothing_beside(company: Company) -> None:
    given = {"op": "set_duration", "task": company.tasks["build"], "minutes": -0.0, "x": -0.0}
    row = actions.add(Scenario, actor=company.bob, node=company.house, name="Now", changes=[given]).row
    row.refresh_from_db()
    assert row.changes == wishes_to_json(row.wishes)
    assert "x" not in row.changes[0]
    actions.change(row, actor=company.bob, changes=[given | {"minutes": 480.0}])
    row.refresh_from_db()
    assert row.changes == wishes_to_json([SetDuration(company.tasks["build"], 480)])
    with pytest.raises(Invalid, match="no changes of a plan: Input should be"):
        actions.change(row, actor=company.bob, changes={"op": "explode"})


def test_a_hidden_resource_or_calendar_is_not_tried(company: Company) -> None:
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.STAKEHOLDER)
    build, ann = company.tasks["build"], company.ann
    reached = frozenset({company.house.pk, company.secret.pk})
    plan = bridge.computed(reached, workspace=company.alice.workspace_id).plan
    Resource.objects.filter(pk=ann.pk).update(project=company.secret)
    Calendar.objects.update(project=company.secret)
    secret = plan.projects[plan.project_index[company.secret.pk]]
    changes: list[Wish] = [
        Unassign(build, ann.pk),
        SetResource(plan.resources[0]),
        SetCalendar(plan.calendars[0]),
        SetProject(secret),
    ]
    row = drafted(company, *changes, actor=company.alice)
    assert not worked_out(rights_of(company.alice), row).skipped
    hidden = worked_out(rights_of(company.charlie), row)
    assert [each.code for each in hidden.skipped] == [
        "resource.unknown",
        "resource.unknown",
        "calendar.unknown",
        "task.unknown",
    ]
    assert hidden.impact.overload == {}


def test_changes_are_told_as_far_as_their_reader_may_see(company: Company) -> None:
    """Bob sees the house alone: of what names the permit, or what hangs on it, he is told the kind."""
    permit, build = company.tasks["permit"], company.tasks["build"]
    person = bridge.computed(
        frozenset({company.house.pk}), workspace=company.alice.workspace_id
    ).plan.resources[0]
    row = drafted(
        company,
        SetName(permit, "Bribe"),
        NewTask("Envelope", parent=permit),
        NewTask("Roof"),
        SetName(-1, "Thick envelope"),
        SetName(-2, "Flat roof"),
        AddLink(permit, build),
        SetResource(person),
        actor=company.alice,
    )
    spelt = row.changes
    assert told(rights_of(company.alice), [row])[0]["changes"] == spelt
    veiled = [{"op": each["op"]} for each in spelt]
    seen = [*veiled[:2], spelt[2], veiled[3], spelt[4], veiled[5], spelt[6]]
    assert told(rights_of(company.bob), [row])[0]["changes"] == seen
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.STAKEHOLDER)
    assert told(rights_of(company.charlie), [row])[0]["changes"] == [*seen[:6], veiled[6]]
    with pytest.raises(Invalid, match="no changes of a plan"):
        actions.change(row, actor=company.bob, changes=seen)

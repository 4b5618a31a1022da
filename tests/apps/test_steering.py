"""Who is accountable, what stands where, and the terms on which plans run: what they move, and that they can be undone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Company, add_tasks, at
from triptych.apps.history.models import LogEntry
from triptych.apps.history.writing import Door
from triptych.apps.people.models import CustomRole
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed, NotVisible
from triptych.apps.people.roles import Role, Verb
from triptych.apps.project import actions, bridge
from triptych.apps.project.bridge.load import calendar_value
from triptych.apps.project.changes import NewTask, Wish
from triptych.apps.project.models import Calendar, Dates, Grant, Kind, Label, Node, Resource
from triptych.apps.project.rules import rights_of, visible_to
from triptych.apps.project.trash import trash
from triptych.engine import costs_of
from triptych.plan import RateFrom
from triptych.plan.changes import AddLink, Assign, MoveTask, RemoveTask, SetDuration, SetName, SetProgress
from triptych.plan.quantities import Instant


def test_a_hand_over_names_both_and_keeps_the_reason(company: Company) -> None:
    door = Door("api", reason="Bob knows the site")
    entry = actions.hand_over(actor=company.alice, node=company.house, to=company.bob, door=door)
    assert entry is not None
    assert (entry.sentence, entry.reason) == (
        "Handed “House” over from Alice Archer to Bob",
        "Bob knows the site",
    )
    assert Node.objects.get(pk=company.house.pk).manager == company.bob
    assert actions.hand_over(actor=company.alice, node=company.house, to=company.bob) is None
    actions.undo(actor=company.alice)
    assert Node.objects.get(pk=company.house.pk).manager == company.alice
    with pytest.raises(Conflict, match="Grant them a role"):
        actions.hand_over(actor=company.alice, node=company.house, to=company.charlie)
    with pytest.raises(NotVisible):
        actions.hand_over(actor=company.bob, node=company.secret, to=company.bob)


def test_a_project_that_moves_in_the_tree_takes_its_rights_along(company: Company) -> None:
    boats = actions.create_node(actor=company.alice, kind=Kind.PROGRAM, parent=None, name="Boats")
    actions.grant_role(actor=company.alice, user=company.charlie, node=boats, role=Role.GUEST)
    actions.move_node(actor=company.alice, node=company.house, parent=boats)
    assert company.house.pk in rights_of(company.charlie).visible
    with pytest.raises(Invalid, match="cannot stand"):
        actions.move_node(actor=company.alice, node=boats, parent=company.house)
    actions.undo(actor=company.alice)
    assert company.house.pk not in rights_of(company.charlie).visible
    inside = actions.create_node(actor=company.alice, kind=Kind.PORTFOLIO, parent=None, name="All")
    with pytest.raises(Conflict, match="inside itself"):
        actions.move_node(actor=company.alice, node=inside, parent=inside)


def test_undoing_a_move_closes_no_circle_and_needs_a_place_that_stands(company: Company) -> None:
    alice = company.alice
    top, left, right = (
        actions.create_node(actor=alice, kind=Kind.PORTFOLIO, parent=None, name=name)
        for name in ("Top", "Left", "Right")
    )
    actions.move_node(actor=alice, node=left, parent=right)
    out = actions.move_node(actor=alice, node=left, parent=None)
    actions.move_node(actor=alice, node=right, parent=left)
    assert out is not None
    with pytest.raises(Conflict, match="inside itself"):
        actions.undo(actor=alice, entry=out.pk)
    assert Node.objects.get(pk=left.pk).parent_id is None
    actions.move_node(actor=alice, node=left, parent=top)
    out = actions.move_node(actor=alice, node=left, parent=None)
    actions.remove_node(actor=alice, node=top)
    assert out is not None
    with pytest.raises(Conflict):
        actions.undo(actor=alice, entry=out.pk)


def test_rights_are_read_even_where_the_tree_is_a_circle(company: Company) -> None:
    inside = actions.create_node(actor=company.alice, kind=Kind.PORTFOLIO, parent=None, name="All")
    Node.objects.filter(pk=inside.pk).update(parent=inside)
    assert company.house.pk in rights_of(company.bob).visible


def test_a_later_start_moves_the_project_and_what_waits_for_it(company: Company) -> None:
    outcome = actions.set_project(actor=company.alice, project=company.house.pk, start=Instant(at(16)))
    assert Dates.objects.get(pk=company.tasks["design"]).start == at(16)
    assert outcome.entry is not None
    assert outcome.entry.sentence == "Changed the start of the project “House”"
    assert Dates.objects.get(pk=company.tasks["party"]).start > at(25)
    actions.undo(actor=company.alice)
    assert Dates.objects.get(pk=company.tasks["design"]).start == at(4)
    with pytest.raises(NotVisible):
        actions.set_project(actor=company.charlie, project=company.house.pk, name="Mine")


def test_half_a_person_works_as_long_and_a_shorter_day_takes_longer(company: Company) -> None:
    calendar = Calendar.objects.get(name="Standard")
    value = replace(calendar_value(calendar), week=(((480, 720),),) * 5 + ((), ()))
    finish = Dates.objects.get(pk=company.tasks["ready"]).finish
    told = actions.set_calendar(actor=company.alice, calendar=calendar, value=value, preview=True)
    assert told.entry is None
    assert Dates.objects.get(pk=company.tasks["ready"]).finish == finish
    done = actions.set_calendar(actor=company.alice, calendar=calendar, value=value)
    assert Dates.objects.get(pk=company.tasks["ready"]).finish > finish
    assert [each.finish_after for each in done.ripple.moved] == [
        each.finish_after for each in told.ripple.moved
    ]
    with pytest.raises(NotAllowed):
        actions.set_calendar(actor=company.bob, calendar=calendar, value=value)
    actions.undo(actor=company.alice)
    assert Dates.objects.get(pk=company.tasks["ready"]).finish == finish


def test_a_persons_terms_are_changed_by_who_manages_people(company: Company) -> None:
    actions.set_resource(actor=company.bob, resource=company.ann.pk, units=50, role="Architect")
    ann = Resource.objects.get(pk=company.ann.pk)
    assert (ann.units, ann.role) == (50, "Architect")
    with pytest.raises(NotVisible):
        actions.set_resource(actor=company.charlie, resource=company.ann.pk, units=10)
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.TEAM_MEMBER)
    with pytest.raises(NotAllowed):
        actions.set_resource(actor=company.charlie, resource=company.ann.pk, units=10)


def test_rates_over_time_are_previewed_logged_and_undone(company: Company) -> None:
    ann, rates = company.ann.pk, (RateFrom(Instant(at(12)), 12_000, 500),)
    actions.set_resource(actor=company.alice, resource=ann, rate=6_000)
    terms: dict[str, Any] = {"actor": company.alice, "resource": ann, "rates": rates}
    told = actions.set_resource(preview=True, **terms)
    assert Resource.objects.get(pk=ann).rates == []
    costs = [costs_of(each.plan, each.schedule).planned.sum() for each in (told.before, told.after)]
    # She builds from Mon 9 to Fri 13 March, and costs twice as much on the last two days.
    assert costs == [40 * 6_000, 24 * 6_000 + 16 * 12_000]
    done = actions.set_resource(**terms)
    assert done.entry is not None
    assert done.entry.sentence == "Changed the rates of Ann Lee"
    assert Resource.objects.get(pk=ann).rates == [[at(12), 12_000, 500]]
    (kept,) = [each.rates for each in bridge.load_plan([company.house.pk]).resources if each.uid == ann]
    assert kept == rates
    actions.undo(actor=company.alice)
    assert Resource.objects.get(pk=ann).rates == []
    actions.redo(actor=company.alice)
    assert Resource.objects.get(pk=ann).rates == [[at(12), 12_000, 500]]
    with pytest.raises(Invalid, match="Rates begin one after another"):
        actions.set_resource(actor=company.alice, resource=ann, rates=rates * 2)


@pytest.mark.parametrize(
    "terms", [{"rate": 1}, {"cost_per_use": 1}, {"rates": (RateFrom(Instant(at(2)), 1),)}]
)
def test_what_somebody_costs_is_changed_by_who_may_change_money(
    company: Company, terms: dict[str, Any]
) -> None:
    verbs = [Verb.VIEW, Verb.EDIT_PLAN, Verb.MANAGE_PEOPLE]
    staffing = actions.add(CustomRole, actor=company.alice, name="Staffing", verbs=verbs).row
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=staffing)
    own = Resource.objects.create(workspace=company.ann.workspace, project=company.house, name="Ines")
    for person in (company.ann, own):
        actions.set_resource(actor=company.charlie, resource=person.pk, units=50)
        for preview in (True, False):
            with pytest.raises(NotAllowed, match="change budgets and costs"):
                actions.set_resource(actor=company.charlie, resource=person.pk, preview=preview, **terms)
        actions.set_resource(actor=company.bob, resource=person.pk, **terms)


def test_money_of_a_projects_own_people_is_changed_with_the_right_there(company: Company) -> None:
    theirs = Resource.objects.create(workspace=company.ann.workspace, project=company.secret, name="Ines")
    verbs = [Verb.VIEW, Verb.MANAGE_PEOPLE]
    staffing = actions.add(CustomRole, actor=company.alice, name="Staffing", verbs=verbs).row
    actions.grant_role(actor=company.alice, user=company.bob, node=company.secret, role=staffing)
    actions.set_resource(actor=company.bob, resource=theirs.pk, units=50)
    with pytest.raises(NotAllowed, match="change budgets and costs"):
        actions.set_resource(actor=company.bob, resource=theirs.pk, rate=1)


def test_people_are_given_leave_before_there_is_any_project(company: Company) -> None:
    for node in (company.house, company.secret):
        actions.remove_node(actor=company.alice, node=node)
    actions.set_resource(actor=company.alice, resource=company.ann.pk, units=80)
    assert Resource.objects.get(pk=company.ann.pk).units == 80
    actions.undo(actor=company.alice)
    assert Resource.objects.get(pk=company.ann.pk).units == 100


def test_a_task_moves_in_the_outline_and_back(company: Company) -> None:
    phase = add_tasks(company.alice, company.house, phase=1)["phase"]
    changes = [
        MoveTask(company.tasks["design"], phase),
        MoveTask(company.tasks["build"], phase, company.tasks["design"]),
    ]
    actions.change_plan(actor=company.alice, project=company.house.pk, changes=changes)

    def below(parent: int) -> list[str]:
        rows = Node.objects.filter(parent=parent, removed_by=None).order_by("position", "id")
        return list(rows.values_list("name", flat=True))

    assert below(phase) == ["build", "design"]
    assert below(company.house.pk) == ["ready", "phase"]
    actions.undo(actor=company.alice)
    assert below(company.house.pk) == ["design", "build", "ready", "phase"]


def test_new_tasks_are_named_by_the_changes_that_add_them(company: Company) -> None:
    wishes: list[Wish] = [
        NewTask("Frame"),
        NewTask("Roof", parent=-1),
        NewTask("Tiles", parent=-1),
        AddLink(-2, -3),
    ]
    for preview in (True, False):
        outcome = actions.change_plan(
            actor=company.alice, project=company.house.pk, changes=wishes, preview=preview
        )
        plan = outcome.after.plan
        names = {plan.tasks.name[at]: int(plan.tasks.uid[at]) for at in range(len(plan))}
        assert plan.task(names["Tiles"]).parent == names["Frame"]
        assert (names["Roof"], names["Tiles"]) in {(each.pred, each.succ) for each in plan.each_link()}
    assert outcome.entry is not None
    with pytest.raises(Invalid, match="no task -4"):
        actions.change_plan(actor=company.alice, project=company.house.pk, changes=[*wishes, AddLink(-1, -4)])


def test_a_sentence_names_no_task_of_another_project(company: Company) -> None:
    changes: list[Wish] = [SetName(company.tasks["permit"], "Fire Bob")]
    told = actions.change_plan(actor=company.alice, project=company.house.pk, changes=changes)
    assert told.entry is not None
    assert told.entry.sentence == "Renamed a task elsewhere"


def test_a_renamed_row_is_told_by_its_old_name(company: Company) -> None:
    label = actions.add(Label, actor=company.alice, name="X").row
    entry = actions.change(label, actor=company.alice, name="Y").entry
    assert entry is not None
    assert entry.sentence == "Set the name of the label “X” to “Y”"


def test_who_comes_too_late_is_told_what_has_changed(company: Company) -> None:
    first = actions.change_plan(
        actor=company.bob, project=company.house.pk, changes=[SetDuration(company.tasks["build"], 480)]
    )
    hidden = [SetDuration(company.tasks["permit"], 1440)]
    actions.change_plan(actor=company.alice, project=company.secret.pk, changes=hidden)
    with pytest.raises(Conflict) as refusal:
        actions.change_plan(
            actor=company.bob,
            project=company.house.pk,
            changes=[SetDuration(company.tasks["build"], 960)],
            seq=first.seq - 1,
        )
    assert [each.message for each in refusal.value.errors] == [
        "Set the duration of “build” to 1d, by Bob",
        "A change in another project moved dates here",
    ]


# The trash


def test_what_was_removed_comes_back_from_the_trash(company: Company) -> None:
    now = timezone.now()
    taken = actions.change_plan(
        actor=company.bob, project=company.house.pk, changes=[RemoveTask(company.tasks["build"])]
    )
    gone = actions.remove_node(actor=company.alice, node=company.secret)
    assert taken.entry is not None
    found = trash(rights_of(company.alice), now=now)
    assert [each.entry.pk for each in found] == [gone.pk, taken.entry.pk]
    assert [each.entry.pk for each in trash(rights_of(company.bob), now=now)] == [taken.entry.pk]
    assert trash(rights_of(company.charlie), now=now) == []
    with pytest.raises(NotVisible):
        actions.restore(actor=company.bob, entry=gone.pk, now=now)
    actions.restore(actor=company.alice, entry=gone.pk, now=now)
    done = actions.restore(actor=company.alice, entry=taken.entry.pk, now=now)
    assert done.entry.sentence == "Brought back: Removed “build”"
    assert Node.objects.get(pk=company.tasks["build"]).removed_by is None
    assert trash(rights_of(company.alice), now=now) == []


def test_after_thirty_days_the_trash_is_empty(company: Company) -> None:
    gone = actions.remove_node(actor=company.alice, node=company.secret)
    later = timezone.now() + timedelta(days=31)
    assert trash(rights_of(company.alice), now=later) == []
    with pytest.raises(NotVisible):
        actions.restore(actor=company.alice, entry=gone.pk, now=later)


# Roles below a project


def test_a_guest_of_one_task_sees_that_and_what_is_below_and_nothing_else(company: Company) -> None:
    build = Node.objects.get(pk=company.tasks["build"])
    actions.grant_role(actor=company.alice, user=company.charlie, node=build, role=Role.TEAM_MEMBER)
    rights = rights_of(company.charlie)
    assert rights.visible == frozenset()
    assert rights.glimpsed == {company.house.pk}
    assert list(visible_to(company.charlie).values_list("name", flat=True)) == ["build"]
    assert rights.may_on(Verb.PROGRESS, build.pk, company.house.pk)
    assert not rights.may_on(Verb.VIEW, company.tasks["design"], company.house.pk)


def test_progress_is_recorded_on_what_was_shared_and_nothing_else_is_touched(company: Company) -> None:
    build = Node.objects.get(pk=company.tasks["build"])
    actions.grant_role(actor=company.alice, user=company.charlie, node=build, role=Role.TEAM_MEMBER)

    def change(wish: Wish) -> None:
        actions.change_plan(actor=company.charlie, project=company.house.pk, changes=[wish])

    change(SetProgress(build.pk, 50, "2026-03-09T08:00"))
    assert Node.objects.get(pk=build.pk).percent_complete == 50
    with pytest.raises(NotAllowed):
        change(SetDuration(build.pk, 480))
    for hidden in ("design", "ready", "permit"):
        with pytest.raises(Invalid, match="no task"):
            change(SetProgress(company.tasks[hidden], 50))
    with pytest.raises(Invalid, match="no task"):
        change(AddLink(company.tasks["design"], build.pk))
    with pytest.raises(NotVisible):
        actions.change_plan(
            actor=company.charlie,
            project=company.secret.pk,
            changes=[SetProgress(company.tasks["permit"], 50)],
        )


def test_a_planner_of_one_phase_grows_it_and_no_other(company: Company) -> None:
    phase = add_tasks(company.alice, company.house, phase=1)["phase"]
    actions.grant_role(
        actor=company.alice, user=company.charlie, node=Node.objects.get(pk=phase), role=Role.SCRUM_MASTER
    )
    project = company.house.pk
    actions.change_plan(actor=company.charlie, project=project, changes=[NewTask("Mine", parent=phase)])
    mine = Node.objects.get(name="Mine")
    actions.change_plan(actor=company.charlie, project=project, changes=[SetDuration(mine.pk, 960)])
    with pytest.raises(NotVisible):
        actions.change_plan(actor=company.charlie, project=project, changes=[NewTask("Theirs")])
    with pytest.raises(Invalid, match=r"no resource|no task"):
        actions.change_plan(
            actor=company.charlie, project=project, changes=[Assign(company.tasks["design"], company.ann.pk)]
        )


# Accounts and the right to take back


def test_a_closed_account_signs_in_no_more_and_the_last_administrator_stays(company: Company) -> None:
    actions.close_account(actor=company.alice, user=company.bob)
    company.bob.refresh_from_db()
    assert not company.bob.is_active
    actions.undo(actor=company.alice)
    company.bob.refresh_from_db()
    assert company.bob.is_active
    with pytest.raises(Conflict, match="needs an administrator"):
        actions.close_account(actor=company.alice, user=company.alice)
    assert LogEntry.objects.filter(verb="close_account").count() == 1


def test_undo_cannot_leave_a_workspace_without_administrator(company: Company) -> None:
    actions.grant_role(actor=company.alice, user=company.bob, node=None, role=Role.ADMINISTRATOR)
    actions.withdraw_role(actor=company.bob, user=company.alice, node=None, role=Role.ADMINISTRATOR)
    with pytest.raises(Conflict):
        actions.undo(actor=company.alice)
    assert Grant.objects.filter(role=Role.ADMINISTRATOR).count() == 1


def test_an_entry_in_the_middle_is_undone_unless_something_stands_on_it(company: Company) -> None:
    house, tasks = company.house.pk, company.tasks

    def change(task: str, days: int) -> int:
        wishes = [SetDuration(tasks[task], days * 480)]
        return actions.change_plan(actor=company.alice, project=house, changes=wishes).seq

    one, two, three = change("design", 4), change("build", 6), change("design", 5)
    with pytest.raises(Conflict, match="You have changed the same since"):
        actions.undo(actor=company.alice, entry=one)
    actions.undo(actor=company.alice, entry=three)
    actions.undo(actor=company.alice, entry=one)
    assert Node.objects.get(pk=tasks["design"]).duration == 3 * 480
    assert Node.objects.get(pk=tasks["build"]).duration == 6 * 480
    with pytest.raises(NotVisible):
        actions.undo(actor=company.bob, entry=two)
    with pytest.raises(Conflict, match="nothing of yours"):
        actions.undo(actor=company.alice, entry=one)


def test_a_run_of_an_agent_is_undone_as_one(company: Company) -> None:
    run = Door("agent", reason="tidy the plan", run="agent-7")
    before = Node.objects.get(pk=company.tasks["design"]).duration
    for days in (4, 5, 6):
        wishes = [SetDuration(company.tasks["design"], days * 480)]
        actions.change_plan(actor=company.alice, project=company.house.pk, changes=wishes, door=run)
    calendar = actions.create_calendar(actor=company.alice, name="Night", door=run)
    assert len(actions.undo_run(actor=company.alice, run="agent-7")) == 4
    assert Node.objects.get(pk=company.tasks["design"]).duration == before
    assert not Calendar.objects.filter(pk=calendar.pk).exists()
    with pytest.raises(Conflict):
        actions.undo_run(actor=company.alice, run="agent-7")

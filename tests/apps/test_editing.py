"""Changing a plan: ripple, preview, undo, refusals."""

import pytest

from tests.cast import MONDAY, Company, add_tasks, at
from triptych.apps.history.models import LogEntry
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed, NotVisible
from triptych.apps.people.roles import Role
from triptych.apps.project import actions, bridge
from triptych.apps.project.changes import NewTask, Wish
from triptych.apps.project.models import Absence, Assignment, Dates, Kind, Link, Node
from triptych.apps.project.wording import _TELLERS
from triptych.plan.changes import (
    AddLink,
    Assign,
    Change,
    JoinTask,
    RemoveLink,
    RemoveTask,
    SetActive,
    SetConstraint,
    SetDeadline,
    SetDuration,
    SetLag,
    SetLevellingDelay,
    SetMode,
    SetName,
    SetProgress,
    SetSecondaryConstraint,
    SetTaskType,
    SetUnits,
    SetWork,
    SplitTask,
    Unassign,
)


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row that a change may write, the log apart."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values_list())
        for model in (Node, Link, Assignment, Absence, Dates)
    }


def alive() -> dict[str, list[tuple[object, ...]]]:
    """The rows that are not removed."""
    found = {
        model.__name__: list(model._default_manager.filter(removed_by=None).order_by("pk").values_list())
        for model in (Node, Link, Assignment, Absence)
    }
    numbers = Node.objects.filter(removed_by=None).values("pk")
    return found | {"Dates": list(Dates.objects.filter(node__in=numbers).order_by("pk").values_list())}


def finish(task: int) -> int:
    return Dates.objects.get(node=task).finish


def wishes(c: Company) -> dict[str, list[Wish]]:
    """One of each kind of change."""
    t = c.tasks
    return {
        "name": [SetName(t["design"], "Draw")],
        "duration": [SetDuration(t["design"], 5 * 480)],
        "milestone": [SetDuration(t["build"], 0)],
        "constraint": [SetConstraint(t["build"], "SNET", "2026-03-16T08:00")],
        "deadline": [SetDeadline(t["build"], "2026-03-10T17:00")],
        "progress": [SetProgress(t["design"], 50, "2026-03-04T08:00")],
        "add link": [AddLink(t["design"], t["ready"], "SS", 480)],
        "remove link": [RemoveLink(t["design"], t["build"])],
        "crossing link": [RemoveLink(t["permit"], t["design"])],
        "lag": [SetLag(t["design"], t["build"], "FS", 960)],
        "remove task": [RemoveTask(t["build"])],
        "unassign": [Unassign(t["build"], c.ann.pk)],
        "assign": [Assign(t["design"], c.ann.pk, 50)],
        "work": [SetWork(t["build"], c.ann.pk, 3 * 480)],
        "units": [SetWork(t["build"], c.ann.pk, 5 * 480), SetUnits(t["build"], c.ann.pk, 50)],
        "type": [SetTaskType(t["build"], "FIXED_WORK", effort_driven=True)],
        "split": [SplitTask(t["design"], 480, 960)],
        "levelled": [SetLevellingDelay(t["design"], 3 * 1440)],
        "join": [SplitTask(t["design"], 480, 960), JoinTask(t["design"]), SetUnits(t["build"], c.ann.pk, 50)],
        "second constraint": [SetSecondaryConstraint(t["build"], "FNLT", "2026-03-10T17:00")],
        "by hand": [SetMode(t["build"], manual=True, start="2026-03-16T08:00", finish="2026-03-17T17:00")],
        "inactive": [SetActive(t["design"], active=False)],
        "add task": [NewTask("Paint", before=t["ready"])],
        "several": [SetDuration(t["design"], 480), SetName(t["design"], "x"), RemoveTask(t["ready"])],
    }


KINDS = (
    "name", "duration", "milestone", "constraint", "deadline", "progress", "add link", "remove link",
    "crossing link", "lag", "remove task", "unassign", "assign", "work", "units", "type", "split", "levelled", "join",
    "second constraint", "by hand", "inactive", "add task", "several",
)  # fmt: skip


def test_each_kind_is_tested(company: Company) -> None:
    assert tuple(wishes(company)) == KINDS


def test_dates_are_stored_across_projects(company: Company) -> None:
    t = company.tasks
    assert finish(t["permit"]) == at(3, 17)
    assert finish(t["design"]) == at(6, 17)
    assert finish(t["ready"]) == at(13, 17)
    assert finish(t["party"]) == at(16, 17)
    assert Dates.objects.get(node=company.secret.pk).finish == at(16, 17)


@pytest.mark.parametrize("kind", KINDS)
def test_rows_hold_what_the_plan_holds(company: Company, kind: str) -> None:
    outcome = actions.change_plan(
        actor=company.alice, project=company.house.pk, changes=wishes(company)[kind]
    )
    stored = bridge.load_plan(bridge.reach([company.house.pk, company.secret.pk]))
    assert stored == outcome.after.plan
    again = bridge.compute(stored).schedule
    rows = {each.node: each for each in Dates.objects.all()}
    for at_row, uid in enumerate(stored.tasks.uid.tolist()):
        assert (rows[uid].start, rows[uid].finish) == (again.start[at_row], again.finish[at_row])
        assert rows[uid].total_float == again.total_float[at_row]
        assert rows[uid].critical == again.critical[at_row]


@pytest.mark.parametrize("kind", KINDS)
def test_preview_tells_the_same_and_writes_nothing(company: Company, kind: str) -> None:
    before, entries = everything(), LogEntry.objects.count()
    preview = actions.change_plan(
        actor=company.alice, project=company.house.pk, changes=wishes(company)[kind], preview=True
    )
    assert everything() == before
    assert LogEntry.objects.count() == entries
    assert preview.entry is None
    done = actions.change_plan(actor=company.alice, project=company.house.pk, changes=wishes(company)[kind])
    assert preview.ripple == done.ripple


@pytest.mark.parametrize("kind", KINDS)
def test_undo_restores_every_row_and_redo_does_it_again(company: Company, kind: str) -> None:
    before = alive()
    actions.change_plan(actor=company.alice, project=company.house.pk, changes=wishes(company)[kind])
    after = alive()
    assert after != before
    actions.undo(actor=company.alice)
    assert alive() == before
    actions.redo(actor=company.alice)
    assert alive() == after
    actions.undo(actor=company.alice)
    assert alive() == before


def test_a_change_in_one_project_moves_another(company: Company) -> None:
    outcome = actions.change_plan(
        actor=company.bob, project=company.house.pk, changes=[SetDuration(company.tasks["design"], 5 * 480)]
    )
    assert {each.task for each in outcome.ripple.moved} == {
        company.tasks[name] for name in ("design", "build", "ready", "party")
    }
    assert finish(company.tasks["party"]) == at(18, 17)
    assert outcome.entry is not None
    touched = set(outcome.entry.touches.values_list("node", flat=True))
    assert touched == {company.house.pk, company.secret.pk}


def test_only_changed_dates_are_written(company: Company) -> None:
    Dates.objects.filter(node=company.tasks["permit"]).update(total_float=4711)
    change = SetDuration(company.tasks["design"], 5 * 480)
    actions.change_plan(actor=company.alice, project=company.house.pk, changes=[change])
    assert Dates.objects.get(node=company.tasks["permit"]).total_float == 4711
    assert finish(company.tasks["design"]) == at(10, 17)


def test_a_circle_is_refused_with_its_members_and_nothing_is_written(company: Company) -> None:
    before, entries = everything(), LogEntry.objects.count()
    circle = AddLink(company.tasks["party"], company.tasks["permit"])
    with pytest.raises(Invalid) as refusal:
        actions.change_plan(actor=company.alice, project=company.house.pk, changes=[circle])
    assert refusal.value.code == "link.cycle"
    told = refusal.value.errors[0].message + refusal.value.errors[0].place
    assert all(name in told for name in ("permit", "design", "build", "ready", "party"))
    assert everything() == before
    assert LogEntry.objects.count() == entries


def test_a_failing_change_leaves_the_ones_before_it_undone(company: Company) -> None:
    before = everything()
    changes: list[Wish] = [SetName(company.tasks["design"], "Draw"), SetDuration(company.tasks["design"], -1)]
    with pytest.raises(Invalid):
        actions.change_plan(actor=company.alice, project=company.house.pk, changes=changes)
    assert everything() == before


def test_who_has_read_an_older_plan_is_refused(company: Company) -> None:
    change = SetDuration(company.tasks["design"], 480)
    first = actions.change_plan(actor=company.alice, project=company.house.pk, changes=[change])
    stale = first.seq - 1
    with pytest.raises(Conflict) as refusal:
        actions.change_plan(actor=company.bob, project=company.house.pk, changes=[change], seq=stale)
    assert refusal.value.code == "plan.moved"
    done = actions.change_plan(actor=company.bob, project=company.house.pk, changes=[change], seq=first.seq)
    assert done.entry is not None


def test_a_hidden_project_moves_the_number_of_the_one_it_moves(company: Company) -> None:
    seen = actions.change_plan(
        actor=company.bob, project=company.house.pk, changes=[SetName(company.tasks["design"], "x")]
    ).seq
    actions.change_plan(
        actor=company.alice,
        project=company.secret.pk,
        changes=[SetDuration(company.tasks["permit"], 5 * 480)],
    )
    with pytest.raises(Conflict):
        actions.change_plan(
            actor=company.bob,
            project=company.house.pk,
            changes=[SetName(company.tasks["design"], "y")],
            seq=seen,
        )


def test_nobody_changes_what_they_may_not_see(company: Company) -> None:
    with pytest.raises(NotVisible):
        actions.change_plan(
            actor=company.bob, project=company.secret.pk, changes=[SetName(company.tasks["permit"], "x")]
        )
    for change in (
        SetName(company.tasks["permit"], "x"),
        AddLink(company.tasks["build"], company.tasks["party"]),
        AddLink(company.tasks["party"], company.tasks["ready"]),
        RemoveLink(company.tasks["permit"], company.tasks["design"]),
    ):
        with pytest.raises(Invalid) as refusal:
            actions.change_plan(actor=company.bob, project=company.house.pk, changes=[change])
        assert refusal.value.code == "task.unknown"
        assert "permit" not in str(refusal.value)


def test_a_team_member_records_progress_and_no_more(company: Company) -> None:
    actions.grant_role(actor=company.alice, user=company.charlie, node=company.house, role=Role.TEAM_MEMBER)
    design = company.tasks["design"]
    done = actions.change_plan(
        actor=company.charlie, project=company.house.pk, changes=[SetProgress(design, 20, "2026-03-04T08:00")]
    )
    assert done.entry is not None
    with pytest.raises(NotAllowed):
        actions.change_plan(
            actor=company.charlie, project=company.house.pk, changes=[SetDuration(design, 480)]
        )


def test_undo_is_of_ones_own_and_latest(company: Company) -> None:
    t = company.tasks
    actions.change_plan(actor=company.alice, project=company.house.pk, changes=[SetName(t["design"], "A")])
    actions.change_plan(actor=company.bob, project=company.house.pk, changes=[SetName(t["build"], "B")])
    done = actions.undo(actor=company.alice)
    assert Node.objects.get(pk=t["design"]).name == "design"
    assert Node.objects.get(pk=t["build"]).name == "B"
    assert done.target.undone_by == done.entry
    assert done.entry.undoes == done.target


def test_undo_refuses_to_overrun_what_came_later(company: Company) -> None:
    design = company.tasks["design"]
    actions.change_plan(actor=company.alice, project=company.house.pk, changes=[SetName(design, "A")])
    actions.change_plan(actor=company.bob, project=company.house.pk, changes=[SetDuration(design, 480)])
    with pytest.raises(Conflict) as refusal:
        actions.undo(actor=company.alice)
    assert refusal.value.code == "undo.overtaken"
    assert "Bob" in str(refusal.value)
    actions.undo(actor=company.bob)
    actions.undo(actor=company.alice)
    assert Node.objects.get(pk=design).name == "design"


def test_there_may_be_nothing_to_undo_or_redo(company: Company) -> None:
    with pytest.raises(Conflict) as refusal:
        actions.undo(actor=company.bob)
    assert refusal.value.code == "undo.nothing"
    with pytest.raises(Conflict) as refusal:
        actions.redo(actor=company.bob)
    assert refusal.value.code == "redo.nothing"


def test_several_undos_are_redone_in_turn_until_something_new_is_done(company: Company) -> None:
    design, alice, house = company.tasks["design"], company.alice, company.house.pk

    def name() -> str:
        return Node.objects.get(pk=design).name

    for word in ("A", "B"):
        actions.change_plan(actor=alice, project=house, changes=[SetName(design, word)])
    actions.undo(actor=alice)
    actions.undo(actor=alice)
    assert name() == "design"
    actions.redo(actor=alice)
    assert name() == "A"
    actions.redo(actor=alice)
    assert name() == "B"
    actions.undo(actor=alice)
    actions.change_plan(actor=alice, project=house, changes=[SetDuration(design, 480)])
    with pytest.raises(Conflict):
        actions.redo(actor=alice)


def test_new_tasks_keep_their_place(company: Company) -> None:
    t = company.tasks
    names = [f"new {number}" for number in range(15)]
    for name in names:
        actions.change_plan(
            actor=company.alice, project=company.house.pk, changes=[NewTask(name, before=t["build"])]
        )
    plan = bridge.load_plan([company.house.pk])
    assert list(plan.tasks.name) == ["design", *names, "build", "ready"]


def test_a_task_gets_children_and_becomes_a_summary(company: Company) -> None:
    t = company.tasks
    actions.change_plan(
        actor=company.alice, project=company.house.pk, changes=[NewTask("Sketch", parent=t["design"])]
    )
    sketch = Node.objects.get(name="Sketch")
    assert sketch.parent_id == t["design"]
    assert Dates.objects.get(node=t["design"]).summary
    with pytest.raises(Invalid) as refusal:
        actions.change_plan(
            actor=company.alice, project=company.house.pk, changes=[NewTask("Brick", parent=t["build"])]
        )
    assert refusal.value.code == "task.has-work"


def test_a_link_between_two_plans_joins_them(company: Company) -> None:
    other = actions.create_project(
        actor=company.alice,
        parent=company.program,
        name="Other",
        start=MONDAY,
        calendar=company.house.settings.calendar,
    )
    task = add_tasks(company.alice, other, furnish=2)["furnish"]
    assert finish(task) == at(3, 17)
    done = actions.change_plan(
        actor=company.alice, project=other.pk, changes=[AddLink(company.tasks["ready"], task)]
    )
    assert done.ripple.tasks == 1
    assert finish(task) == at(17, 17)
    assert Link.objects.get(succ=task).crosses
    assert Node.objects.get(pk=task).kind == Kind.TASK


def test_the_log_has_words_for_every_change() -> None:
    assert set(_TELLERS) == set(Change.__args__)


def test_the_last_task_of_a_project_comes_back_before_one_that_is_hidden(company: Company) -> None:
    """The place of a task is told by the next one, which may be another project's."""
    ready = company.tasks["ready"]
    before = alive()
    actions.change_plan(actor=company.bob, project=company.house.pk, changes=[RemoveTask(ready)])
    actions.undo(actor=company.bob)
    assert alive() == before
    add_tasks(company.bob, company.house, roof=2)
    after = alive()
    actions.undo(actor=company.bob)
    actions.redo(actor=company.bob)
    assert alive() == after

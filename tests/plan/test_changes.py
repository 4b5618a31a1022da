"""Every change: what it does, that its inverse undoes it, when it is refused, and that the log can keep it."""

from datetime import date

import pytest
from pydantic import TypeAdapter

from tests.plans import MONDAY, build
from triptych.plan import Assignment, Constraint, Link, LinkKind, Plan, Task, spell_instant
from triptych.plan.builder import MAX_DURATION
from triptych.plan.changes import (
    AddAbsence,
    AddLink,
    AddTasks,
    Assign,
    CannotApply,
    Change,
    RemoveAbsence,
    RemoveLink,
    RemoveTask,
    RestoreDuration,
    SetConstraint,
    SetDeadline,
    SetDuration,
    SetLag,
    SetName,
    SetProgress,
    Unassign,
    apply_all,
)

AT, LATER = "2026-03-04T08:00", "2026-03-05T17:00"
AWAY = (date(2026, 3, 9), date(2026, 3, 10))
NEW = Task(uid=9, name="New", project=1, parent=1, duration=60)
_JSON: TypeAdapter[Change] = TypeAdapter(Change)


def plan() -> Plan:
    """Phase (1) with A (2) → B (3); then C (4), pinned and half done, after the phase; then D (5)."""
    tasks = [
        Task(uid=1, name="Phase"),
        Task(uid=2, name="A", parent=1, duration=480, remaining=120),
        Task(uid=3, name="B", parent=1, duration=960),
        Task(uid=4, name="C", duration=480, constraint=Constraint.SNET, constraint_date=MONDAY, deadline=MONDAY,
             percent_complete=50, actual_start=MONDAY),
        Task(uid=5, name="D"),
    ]  # fmt: skip
    links = [Link(2, 3, LinkKind.FS, 60), Link(1, 4)]
    return build(tasks, links, assignments=[Assignment(2, 1, 50, 480), Assignment(3, 2)])


CHANGES: list[Change] = [
    SetName(2, "Dig"),
    SetDuration(2, 960),
    SetDuration(2, 0),
    SetDuration(3, 1440, elapsed=True),
    SetDuration(3, 0, milestone=False),
    RestoreDuration(2, 60, elapsed=True, milestone=False, remaining=30),
    SetConstraint(2, "MSO", AT),
    SetConstraint(4, "ALAP"),
    SetConstraint(1, "SNET", AT),
    SetDeadline(2, AT),
    SetDeadline(4),
    SetProgress(2, 100, AT, LATER),
    SetProgress(4, 0),
    SetProgress(3, 10, AT, None, 300),
    AddLink(3, 5),
    AddLink(2, 3, "SS", -60, "ELAPSED"),
    AddLink(1, 5, "FF", 50, "PERCENT"),
    RemoveLink(2, 3),
    RemoveLink(1, 4, "FS"),
    SetLag(2, 3, "FS", -30, "PERCENT"),
    AddTasks((NEW,)),
    AddTasks((NEW,), (Link(3, 9), Link(9, 5)), (Assignment(9, 3, 30),), before=3),
    AddTasks((Task(uid=9, project=1), Task(uid=10, project=1, parent=9))),
    RemoveTask(2),
    RemoveTask(1),
    RemoveTask(5),
    Assign(2, 3, 25, 240),
    Unassign(2, 1),
    AddAbsence(1, *AWAY, "Leave"),
    RemoveAbsence(3, *AWAY),
]


def _named(change: Change) -> str:
    return f"{change.op}-{CHANGES.index(change)}"


@pytest.mark.parametrize("change", CHANGES, ids=_named)
def test_the_inverse_undoes_the_change_and_its_inverse_does_it_again(change: Change) -> None:
    before = plan()
    after, inverses = apply_all(before, [change])
    assert after != before, "a change of this list changes something"
    undone, redo = apply_all(after, inverses)
    assert undone == before
    assert apply_all(undone, redo)[0] == after


@pytest.mark.parametrize("change", CHANGES, ids=_named)
def test_the_log_keeps_a_change_and_its_inverse_as_json(change: Change) -> None:
    for each in (change, change.inverse(plan())):
        assert _JSON.validate_json(_JSON.dump_json(each)) == each


def test_every_change_is_tried() -> None:
    assert {type(each) for each in CHANGES} == set(Change.__args__)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (SetName(99, "X"), "task.unknown"),
        (SetName(2, "  "), "task.bad-name"),
        (SetName(2, "a\x00b"), "task.bad-name"),
        (SetName(2, "x" * 501), "task.bad-name"),
        (SetDuration(99, 60), "task.unknown"),
        (SetDuration(1, 60), "task.is-summary"),
        (SetDuration(2, -1), "task.bad-duration"),
        (SetDuration(2, MAX_DURATION + 1), "task.bad-duration"),
        (SetConstraint(99, "ASAP"), "task.unknown"),
        (SetConstraint(2, "MSO"), "task.constraint-without-date"),
        (SetConstraint(2, "SNET", "soon"), "date.bad"),
        (SetConstraint(2, "SNET", "1899-12-31"), "date.bad"),
        (SetDeadline(99, AT), "task.unknown"),
        (SetDeadline(2, "2201-01-01"), "date.bad"),
        (SetProgress(99, 10), "task.unknown"),
        (SetProgress(1, 10), "task.is-summary"),
        (SetProgress(2, 101), "task.bad-progress"),
        (SetProgress(2, -1), "task.bad-progress"),
        (SetProgress(2, 100, LATER, AT), "task.bad-actuals"),
        (SetProgress(2, 100, None, AT), "task.bad-actuals"),
        (SetProgress(2, 100, "yesterday"), "date.bad"),
        (AddLink(99, 2), "task.unknown"),
        (AddLink(2, 99), "task.unknown"),
        (AddLink(2, 2), "link.self"),
        (AddLink(1, 2), "link.own-summary"),
        (AddLink(2, 1), "link.own-summary"),
        (AddLink(2, 3), "link.duplicate"),
        (RemoveLink(3, 2), "link.unknown"),
        (RemoveLink(2, 3, "SS"), "link.unknown"),
        (SetLag(2, 3, "SF", 60), "link.unknown"),
        (AddTasks((Task(uid=2, project=1),)), "task.cannot-add"),
        (AddTasks((Task(uid=9, project=1, parent=99),)), "task.cannot-add"),
        (AddTasks((NEW,), before=99), "task.unknown"),
        (AddTasks((Task(uid=9, project=1), Task(uid=10, project=1))), "task.cannot-add"),
        (AddTasks(()), "task.cannot-add"),
        (RemoveTask(99), "task.unknown"),
        (Assign(99, 1), "task.unknown"),
        (Assign(1, 1), "task.is-summary"),
        (Assign(2, 99), "resource.unknown"),
        (Assign(2, 1), "assignment.duplicate"),
        (Unassign(2, 3), "assignment.unknown"),
        (AddAbsence(99, *AWAY), "resource.unknown"),
        (AddAbsence(1, AWAY[1], AWAY[0]), "absence.bad-dates"),
        (AddAbsence(3, *AWAY), "absence.duplicate"),
        (RemoveAbsence(1, *AWAY), "absence.unknown"),
        (RemoveAbsence(99, *AWAY), "resource.unknown"),
    ],
)
def test_a_change_that_cannot_be_done_is_refused_with_its_code(change: Change, code: str) -> None:
    before = plan()
    with pytest.raises(CannotApply) as refusal:
        apply_all(before, [change])
    assert refusal.value.code == code
    assert str(refusal.value).endswith(".")
    assert before == plan()


def test_a_duration_says_what_is_a_milestone_and_forgets_what_remained() -> None:
    assert SetDuration(2, 0).apply(plan()).task(2).milestone
    changed = SetDuration(2, 240).apply(plan()).task(2)
    assert (changed.duration, changed.milestone, changed.remaining) == (240, False, None)


def test_a_constraint_without_a_date_drops_the_old_one() -> None:
    changed = SetConstraint(4, "ASAP", AT).apply(plan()).task(4)
    assert (changed.constraint, changed.constraint_date) == (Constraint.ASAP, None)


def test_progress_is_written_as_typed() -> None:
    changed = SetProgress(3, 100, AT, LATER).apply(plan()).task(3)
    assert changed.percent_complete == 100
    assert (spell_instant(changed.actual_start or 0), spell_instant(changed.actual_finish or 0)) == (
        AT,
        LATER,
    )


def test_a_name_is_trimmed() -> None:
    assert SetName(2, "  Dig  ").apply(plan()).task(2).name == "Dig"


def test_new_tasks_stand_before_the_sibling_named_or_last_below_their_parent() -> None:
    first, _ = apply_all(plan(), [AddTasks((NEW,), before=2)])
    assert first.tasks.uid.tolist() == [1, 9, 2, 3, 4, 5]
    last, _ = apply_all(plan(), [AddTasks((NEW,))])
    assert last.tasks.uid.tolist() == [1, 2, 3, 9, 4, 5]


def test_removing_a_summary_removes_what_is_below_it_with_links_and_people() -> None:
    after = RemoveTask(1).apply(plan())
    assert (after.tasks.uid.tolist(), len(after.links), len(after.assignments)) == ([4, 5], 0, 0)


def test_a_plan_may_lose_its_last_task_and_get_it_back() -> None:
    before = build([Task(uid=1, name="A", duration=480)])
    after, inverses = apply_all(before, [RemoveTask(1)])
    assert len(after) == 0
    assert apply_all(after, inverses)[0] == before


def test_absences_are_kept_in_order() -> None:
    after = AddAbsence(3, date(2026, 1, 5), date(2026, 1, 6)).apply(plan())
    assert [each.first for each in after.resources[2].absences] == [date(2026, 1, 5), date(2026, 3, 9)]


def test_changes_apply_in_order_and_stop_at_the_first_refusal() -> None:
    before = plan()
    after, inverses = apply_all(before, [AddTasks((NEW,)), SetDuration(9, 240), AddLink(9, 5)])
    assert (after.task(9).duration, len(after.links)) == (240, 3)
    assert [each.op for each in inverses] == ["remove_link", "restore_duration", "remove_task"]
    with pytest.raises(CannotApply, match="no task 9"):
        apply_all(before, [SetDuration(9, 240), AddTasks((NEW,))])


def test_the_duration_of_a_finished_task_is_a_fact() -> None:
    done, _ = apply_all(plan(), [SetProgress(2, 100, "2026-03-02T08:00", "2026-03-03T17:00")])
    with pytest.raises(CannotApply) as refusal:
        apply_all(done, [SetDuration(2, 60)])
    assert refusal.value.code == "task.finished"

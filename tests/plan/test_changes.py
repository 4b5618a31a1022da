"""Every change: what it does, that its inverse undoes it, when it is refused, and that the log can keep it."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from pydantic import TypeAdapter

from tests.plans import MONDAY, build
from triptych.engine import baseline_of, schedule
from triptych.plan import (
    Assignment,
    Baseline,
    Constraint,
    Link,
    LinkKind,
    Plan,
    RateFrom,
    Task,
    TaskType,
    parse_instant,
    spell_instant,
)
from triptych.plan.changes import (
    AddAbsence,
    AddLink,
    AddTasks,
    Assign,
    CannotApply,
    Change,
    JoinTask,
    MoveTask,
    RemoveAbsence,
    RemoveLink,
    RemoveTask,
    RestoreActive,
    RestoreDuration,
    RestoreSplits,
    SetActive,
    SetBaseline,
    SetCalendar,
    SetConstraint,
    SetDeadline,
    SetDuration,
    SetLag,
    SetLevellingDelay,
    SetMode,
    SetName,
    SetProgress,
    SetProject,
    SetResource,
    SetSecondaryConstraint,
    SetTaskType,
    SetUnits,
    SetWork,
    SplitTask,
    Unassign,
    apply_all,
)
from triptych.plan.quantities import Instant
from triptych.plan.tables import BaselineTable

AT, LATER = "2026-03-04T08:00", "2026-03-05T17:00"
AWAY = (date(2026, 3, 9), date(2026, 3, 10))
NEW = Task(uid=9, name="New", project=1, parent=1, duration=60)
_JSON: TypeAdapter[Change] = TypeAdapter(Change)


def plan() -> Plan:
    """Phase (1) with A (2) → B (3); then C (4), pinned and half done, after the phase; then D (5), by hand; E (6), of
    fixed work and interrupted twice; a hammock (7); and Off (8), which does not count. The baseline has a task (77)
    that is there no more."""
    tasks = [
        Task(uid=1, name="Phase"),
        Task(uid=2, name="A", parent=1, duration=480, remaining=120),
        Task(uid=3, name="B", parent=1, duration=960),
        Task(uid=4, name="C", duration=480, constraint=Constraint.SNET, constraint_date=MONDAY, deadline=MONDAY,
             percent_complete=50, actual_start=MONDAY),
        Task(uid=5, name="D", manual=True, start=MONDAY, finish=MONDAY),
        Task(uid=6, name="E", duration=2400, splits=((480, 480), (1440, 960)), type=TaskType.FIXED_WORK,
             secondary=Constraint.FNLT, secondary_date=MONDAY),
        Task(uid=7, name="Watch", hammock=True),
        Task(uid=8, name="Off", duration=480, active=False),
    ]  # fmt: skip
    links = [Link(2, 3, LinkKind.FS, 60), Link(1, 4)]
    team = [
        Assignment(2, 1, 50, 480),
        Assignment(3, 2),
        Assignment(6, 1, 100, 2400),
        Assignment(6, 2, 50, 600),
    ]
    agreed = np.array([[2, 3, 77], [MONDAY] * 3, [MONDAY + 540] * 3, [480] * 3, [240, 480, 60], [0, 500, 70]])
    frozen = Baseline(0, BaselineTable(*agreed.astype(np.int64)), "Agreed")
    return replace(build(tasks, links, assignments=team), baselines=(frozen,))


CHANGES: list[Change] = [
    SetName(2, "Dig"),
    SetDuration(2, 960),
    SetDuration(2, 0),
    SetDuration(3, 1440, elapsed=True),
    SetDuration(3, 0, milestone=False),
    SetDuration(6, 1200),
    RestoreDuration(2, 60, elapsed=True, milestone=False, remaining=30),
    RestoreDuration(
        6, 60, elapsed=False, milestone=False, remaining=-1, splits=((30, 5),), team=(Assignment(6, 3),)
    ),
    SplitTask(3, 480, 960),
    SplitTask(6, 480, 60),
    JoinTask(6),
    RestoreSplits(3, ((60, 30), (90, 60))),
    SetLevellingDelay(3, 1440),
    SetConstraint(2, "MSO", AT),
    SetConstraint(4, "ALAP"),
    SetConstraint(1, "SNET", AT),
    SetSecondaryConstraint(2, "SNET", AT),
    SetSecondaryConstraint(6, "ASAP"),
    SetDeadline(2, AT),
    SetDeadline(4),
    SetProgress(2, 100, AT, LATER),
    SetProgress(4, 0),
    SetProgress(3, 10, AT, None, 300),
    SetMode(2, manual=True, start=AT, finish=LATER),
    SetMode(2, manual=True),
    SetMode(5, manual=False, start=AT),
    SetActive(1, active=False),
    SetActive(2, active=False),
    SetActive(8, active=True),
    RestoreActive((1, 3), active=False),
    SetTaskType(2, "FIXED_DURATION", effort_driven=True),
    SetTaskType(6, "FIXED_UNITS"),
    AddLink(3, 5),
    AddLink(2, 3, "SS", -60, "ELAPSED"),
    AddLink(1, 5, "FF", 50, "PERCENT"),
    AddLink(2, 5, "FS", 50, "ELAPSED_PERCENT"),
    RemoveLink(2, 3),
    RemoveLink(1, 4, "FS"),
    SetLag(2, 3, "FS", -30, "PERCENT"),
    AddTasks((NEW,)),
    AddTasks((NEW,), (Link(3, 9), Link(9, 5)), (Assignment(9, 3, 30),), before=3),
    AddTasks((Task(uid=9, project=1), Task(uid=10, project=1, parent=9))),
    RemoveTask(2),
    RemoveTask(1),
    RemoveTask(5),
    MoveTask(3, 1, 2),
    MoveTask(8, 1, 3),
    MoveTask(5, 1),
    MoveTask(2, None, 8),
    MoveTask(1),
    Assign(2, 3, 25, 240),
    Assign(3, 3),
    Assign(6, 3, 100),
    Unassign(2, 1),
    Unassign(6, 2),
    SetWork(2, 1, 960),
    SetWork(3, 2, 480),
    SetUnits(2, 1, 100),
    SetUnits(3, 2, 50),
    AddAbsence(1, *AWAY, "Leave"),
    RemoveAbsence(3, *AWAY),
    SetBaseline(
        1, 0, ((4, MONDAY, MONDAY + 540, 480, 240, 900), (2, MONDAY, MONDAY + 540, 480, 480, 0)), (77,)
    ),
    SetBaseline(1, 9999, ((5, MONDAY, MONDAY, 0, 0, 0, 40),), name="Last try", saved=AT),
    SetBaseline(1, 0, (), (2, 3, 77)),
    SetBaseline(1, 0, (), (3,), "Renamed"),
    SetProject(replace(plan().project, name="Later", start=Instant(MONDAY + 1440), currency="EUR")),
    SetResource(replace(plan().resources[0], units=50, skills=("welder",), absences=())),
    SetResource(replace(plan().resources[2], name="Someone", absences=())),
    SetResource(replace(plan().resources[1], rate=6_000, rates=(RateFrom(MONDAY, 7_000, 50),), absences=())),
    SetCalendar(replace(plan().calendars[0], week=((),) * 5 + (((480, 960),),) * 2)),
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


def test_the_log_keeps_what_it_was_told_before_people_and_interruptions_were_restored() -> None:
    old = b'{"op":"restore_duration","task":6,"minutes":960,"elapsed":false,"milestone":false,"remaining":-1}'
    after, _ = apply_all(plan(), [_JSON.validate_json(old)])
    assert after.task(6) == replace(plan().task(6), duration=960)
    assert after.assignments == plan().assignments


def test_every_change_is_tried() -> None:
    assert {type(each) for each in CHANGES} == set(Change.__args__)


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
    assert first.tasks.uid.tolist() == [1, 9, 2, 3, 4, 5, 6, 7, 8]
    last, _ = apply_all(plan(), [AddTasks((NEW,))])
    assert last.tasks.uid.tolist() == [1, 2, 3, 9, 4, 5, 6, 7, 8]


def test_removing_a_summary_removes_what_is_below_it_with_links_and_people() -> None:
    after = RemoveTask(1).apply(plan())
    assert (after.tasks.uid.tolist(), len(after.links), len(after.assignments)) == ([4, 5, 6, 7, 8], 0, 2)


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
    for change in (SetDuration(2, 60), SplitTask(2, 60, 60), JoinTask(2), SetActive(1, active=False)):
        with pytest.raises(CannotApply) as refusal:
            apply_all(done, [change])
        assert refusal.value.code == "task.finished"


def test_a_new_duration_keeps_the_interruptions_that_still_lie_inside() -> None:
    for minutes, kept in ((480, 0), (481, 1), (1440, 1), (1441, 2), (4800, 2)):
        changed, _ = apply_all(plan(), [SetDuration(6, minutes)])
        assert changed.task(6).splits == plan().task(6).splits[:kept]


def test_an_interruption_comes_in_order_and_may_get_longer() -> None:
    changed, _ = apply_all(plan(), [SplitTask(6, 960, 60), SplitTask(6, 480, 90)])
    assert changed.task(6).splits == ((480, 90), (960, 60), (1440, 960))


def test_what_is_below_a_summary_counts_with_it_and_it_counts_with_them() -> None:
    none, _ = apply_all(plan(), [SetActive(2, active=False), SetActive(1, active=False)])
    assert none.tasks.active.tolist() == [False, False, False, True, True, True, True, False]
    some, undo = apply_all(none, [SetActive(3, active=True)])
    assert some.tasks.active.tolist() == [True, False, True, True, True, True, True, False]
    assert undo == [RestoreActive((3, 1), active=False)]


def test_a_change_that_moves_no_work_leaves_the_table_of_work_alone() -> None:
    before = plan()
    for change in (SetDuration(3, 480), SetName(6, "F"), SetTaskType(6, "FIXED_UNITS")):
        assert change.apply(before).assignments is before.assignments
        assert change.apply(before).splits is before.splits


def test_a_baseline_keeps_what_others_have_under_its_number_and_goes_with_its_last_row() -> None:
    agreed = SetBaseline(1, 0, ((4, MONDAY, MONDAY + 540, 480, 240, 900),), (77,), "Agreed again", AT)
    (found,) = agreed.apply(plan()).baselines
    assert (found.name, found.saved) == ("Agreed again", parse_instant(AT))
    assert found.tasks.uid.tolist() == [2, 3, 4]
    assert found.tasks.cost.tolist() == [0, 500, 900]
    assert SetBaseline(1, 0, (), (2, 3, 77)).apply(plan()).baselines == ()


def test_rows_of_a_log_that_knew_no_progress_are_read_and_their_progress_is_nought() -> None:
    logged = {"op": "set_baseline", "project": 1, "number": 12, "rows": [[5, MONDAY, MONDAY, 0, 0, 7]]}
    change = _JSON.validate_python(logged)
    assert change == SetBaseline(1, 12, ((5, MONDAY, MONDAY, 0, 0, 7, 0),))
    (_, found) = change.apply(plan()).baselines
    assert (found.tasks.cost.tolist(), found.tasks.percent_complete.tolist()) == ([7], [0])


def test_what_a_schedule_freezes_is_kept_as_it_is() -> None:
    frozen = baseline_of(schedule(plan()), 2, name="Now", saved=MONDAY)
    after = SetBaseline.of(1, frozen).apply(plan())
    assert after.baselines == (*plan().baselines, frozen)

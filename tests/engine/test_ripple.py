"""What a change moves, as data and in one sentence."""

import pytest

from tests.plans import build
from triptych.engine import Ripple, compare, schedule
from triptych.plan import Link, Plan, Task, spell_instant
from triptych.plan.changes import AddTasks, Change, RemoveTask, SetConstraint, SetDuration, SetName, apply_all


def plan() -> Plan:
    """Phase with A → B; then the milestone M and the task C after B; D alone, with five days of float."""
    tasks = [
        Task(uid=1, name="Phase"),
        Task(uid=2, name="A", parent=1, duration=960),
        Task(uid=3, name="B", parent=1, duration=960),
        Task(uid=4, name="M", milestone=True),
        Task(uid=5, name="C", duration=960),
        Task(uid=6, name="D", duration=480),
    ]
    return build(tasks, [Link(2, 3), Link(3, 4), Link(3, 5)])


def ripple(*changes: Change) -> Ripple:
    before = plan()
    after, _ = apply_all(before, changes)
    return compare(schedule(before), schedule(after))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (SetName(2, "Dig"), "moves nothing"),
        (SetDuration(6, 960), "moves 1 task, finish unchanged"),
        (SetDuration(2, 1440), "moves 3 tasks and 1 milestone, finish +1d"),
        (SetDuration(3, 480), "moves 2 tasks and 1 milestone, finish −1d"),
        (SetDuration(5, 1080), "moves 1 task, finish +2h"),
        (SetConstraint(4, "SNET", "2026-03-06T17:00"), "moves 1 milestone, finish unchanged"),
        (SetConstraint(6, "SNET", "2026-03-16T08:00"), "moves 1 task, finish +5d"),
    ],
)
def test_the_sentence_counts_tasks_and_milestones_and_tells_the_finish(change: Change, sentence: str) -> None:
    assert ripple(change).sentence == sentence


def test_summaries_follow_and_do_not_count() -> None:
    found = ripple(SetDuration(2, 1440))
    assert [each.task for each in found.moved] == [2, 3, 4, 5]
    assert (found.tasks, found.milestones, found.finish_delta_minutes) == (3, 1, 480)


def test_the_dates_before_and_after_are_told() -> None:
    found = ripple(SetDuration(5, 1440))
    (moved,) = found.moved
    dates = (moved.start_before, moved.finish_before, moved.start_after, moved.finish_after)
    assert [spell_instant(each) for each in dates] == [
        "2026-03-06T08:00", "2026-03-09T17:00", "2026-03-06T08:00", "2026-03-10T17:00",
    ]  # fmt: skip
    assert (found.finish_before, found.finish_after) == (moved.finish_before, moved.finish_after)


def test_what_only_one_of_the_plans_has_did_not_move() -> None:
    added = ripple(AddTasks((Task(uid=9, project=1, duration=9600),)))
    assert (added.moved, added.finish_delta_minutes) == ((), 9600 - 6 * 480)
    removed = ripple(RemoveTask(5))
    assert (removed.moved, removed.finish_delta_minutes) == ((), -960)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (AddTasks((Task(uid=9, project=1, duration=9600),)), "moves no other task, finish +14d"),
        (RemoveTask(5), "moves no other task, finish −2d"),
    ],
)
def test_a_finish_that_moves_is_told_though_no_task_moved(change: Change, sentence: str) -> None:
    assert ripple(change).sentence == sentence

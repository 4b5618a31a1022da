"""Drag: what a task on the longest path costs its project, against plans computed by hand."""

import numpy as np
import pytest

from tests.corpus.language import parse
from triptych.engine import drag_of, drags, schedule

DAY = 480


def told(text: str) -> dict[str, float]:
    """The drag of each task in days, by name; without those off the longest path."""
    example = parse(text)
    names = {uid: name for name, uid in example.uid.items()}
    found = drags(schedule(example.plan))
    return {names[uid]: minutes / DAY for uid, minutes in found.items()}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("A 4d\nB 6d after A\nT 0d after B", {"A": 4, "B": 6, "T": 0}),
        # B is two days longer than its rival C: without it the project would finish only those two earlier
        ("A 4d\nB 6d after A\nC 4d after A\nT 0d after B C", {"A": 4, "B": 2, "T": 0}),
        # two ways of the same length: on each of them alone there is no drag, before they part there is
        ("A 4d\nB 6d after A\nC 6d after A\nT 0d after B C", {"A": 4, "B": 0, "C": 0, "T": 0}),
        # the lag after it stays, and counts on no task
        ("A 2d\nB 3d after A+4d", {"A": 2, "B": 3}),
        # B starts with A, so that A's duration holds nothing up
        ("A 2d\nB 6d after A:SS+1d", {"A": 0, "B": 5}),
        # held by a date as well: A would let B start earlier, the date would not
        ("A 4d\nB 2d after A start SNET 2026-03-06T08:00", {"B": 2}),
        ("summary P\nA 3d in P\nB 1d in P\nC 2d after P", {"A": 2, "C": 2}),
    ],
)  # fmt: skip
def test_drag_is_what_the_project_would_save(text: str, days: dict[str, float]) -> None:
    assert told(f"project 2026-03-02\n{text}") == days


def test_of_what_has_started_only_the_rest_drags() -> None:
    text = "project 2026-03-02 status 2026-03-04T08:00\nA 8d done 25 from 2026-03-02T08:00\nB 1d after A"
    assert told(text) == {"A": 6, "B": 1}


def test_what_is_done_has_no_drag() -> None:
    text = "project 2026-03-02\nA 2d done 100 from 2026-03-02T08:00 to 2026-03-03T17:00\nB 1d after A"
    assert told(text).get("A", 0) == 0
    assert told(text)["B"] == 1


def test_leave_that_a_task_would_be_done_before_counts_as_well() -> None:
    text = "project 2026-03-02\nperson Ana away 2026-03-04..2026-03-06\nA 4d by Ana\nB 1d after A"
    assert told(text) == {"A": 7, "B": 1}


def test_a_task_off_the_longest_path_has_none() -> None:
    example = parse("project 2026-03-02\nA 4d\nB 2d\nT 0d after A B")
    found = schedule(example.plan)
    assert drag_of(found, example.uid["B"]) == 0
    assert drag_of(found, example.uid["A"]) == 2 * DAY
    assert example.uid["B"] not in drags(found)


def test_a_task_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(KeyError):
        drag_of(schedule(parse("project 2026-03-02\nA 1d").plan), 99)


def test_the_schedule_that_is_asked_stays_as_it_is() -> None:
    found = schedule(parse("project 2026-03-02\nA 4d\nB 6d after A").plan)
    before = found.finish.copy()
    drags(found)
    assert np.array_equal(found.run.dates("early_finish"), before)
    assert drags(found) == drags(found)

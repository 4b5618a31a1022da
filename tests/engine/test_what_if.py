"""What would come of changes: what the engine gives for the changed plan, however much of the first schedule is used
again."""

from datetime import date

import numpy as np
import pytest

from tests.corpus.language import parse
from triptych.engine import DIALECTS, Schedule, compiled, schedule
from triptych.engine.compiled import INTERPRETED, Passes, compiled_passes
from triptych.engine.schedule import schedule_by
from triptych.engine.what_if import WhatIf
from triptych.plan.changes import Change, RemoveAbsence, SetConstraint, SetDuration, apply_all

TEXT = (
    "project 2026-03-02\nperson Ana away 2026-03-03..2026-03-05\n"
    "summary P\nA 1d in P\nB 3d in P after A by Ana\nsummary Q\nC 2d in Q after P\nH 1d hammock after A:SS C:FF"
)
NO_LEAVE = RemoveAbsence(1, date(2026, 3, 3), date(2026, 3, 5))
CHANGES = [
    SetDuration(2, 960),
    SetDuration(2, 480 * 2000),  # years beyond the days that the schedule asked knows
    SetConstraint(5, "SNET", "2031-03-03T08:00"),
    NO_LEAVE,
]


def of(text: str, passes: Passes) -> Schedule:
    return schedule_by(parse(text).plan, [DIALECTS["triptych"]], passes)


@pytest.mark.parametrize("passes", ["interpreted", "compiled"])
@pytest.mark.parametrize("change", CHANGES, ids=["longer", "very-long", "far", "no-leave"])
def test_what_would_come_of_a_change_is_the_changed_plan_scheduled(change: Change, passes: str) -> None:
    found = of(TEXT, INTERPRETED if passes == "interpreted" else compiled_passes())
    after = WhatIf(found).after([change])
    expected = schedule(apply_all(found.plan, [change])[0], dialect="triptych")
    for name in ("start", "finish", "late_start", "late_finish", "total_float", "free_float", "driver"):
        assert np.array_equal(getattr(after, name), getattr(expected, name)), name
    assert after.diagnostics == expected.diagnostics


def test_hours_are_read_once_and_again_only_where_they_change() -> None:
    found = of(TEXT, INTERPRETED)
    asked = WhatIf(found)
    assert asked.after([SetDuration(2, 960)]).run.hours is found.run.hours
    assert asked.after([NO_LEAVE]).run.hours is not found.run.hours


def test_from_some_hundred_tasks_on_many_schedules_are_worth_the_compiler(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(compiled, "is_warm", lambda: True)
    small, large = ("\n".join(f"T{each} 1d" for each in range(size)) for size in (300, 500))
    assert WhatIf(of(f"project 2026-03-02\n{small}", INTERPRETED)).passes.interpreted
    assert not WhatIf(of(f"project 2026-03-02\n{large}", INTERPRETED)).passes.interpreted


def test_days_that_turned_out_to_be_needed_are_taken_at_once() -> None:
    found = of("project 2026-03-02\nA 400d\nB 400d after A\nC 400d after B", INTERPRETED)
    after = WhatIf(found).after([SetDuration(1, 480)])
    assert after.run.hours.days == found.run.hours.days

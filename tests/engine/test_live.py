"""A live plan answers what scheduling the changed plan answers; the laws search small plans, these are larger."""

import numpy as np
import pytest

from benchmarks.networks import DAY, layered
from tests.plans import MONDAY, STANDARD
from triptych.engine import DIALECTS, LivePlan, Schedule, schedule
from triptych.engine.compiled import INTERPRETED, Passes, compiled_passes
from triptych.engine.schedule import schedule_by
from triptych.plan import Instant, Link, Plan, PlanBuilder, Project, Task


def portfolio(*, due: bool) -> Plan:
    """Three projects of forty tasks, linked within and across; the second has a date to finish by."""
    draws = np.random.default_rng(5)
    projects = [Project(uid, f"P{uid}", MONDAY, 1) for uid in (1, 2, 3)]
    if due:
        projects[1] = Project(2, "P2", MONDAY, 1, finish=Instant(MONDAY + 40 * 1440))
    tasks = [
        Task(uid=uid, project=1 + uid // 41, duration=int(draws.integers(1, 6)) * DAY)
        for uid in range(1, 121)
    ]
    pairs = {(int(draws.integers(1, succ)), succ) for succ in range(2, 121) for _ in range(2)}
    plan, found = PlanBuilder(projects, tasks, [Link(*each) for each in sorted(pairs)], [STANDARD]).build()
    assert not found
    return plan


@pytest.mark.parametrize("due", [False, True])
def test_projects_that_wait_for_one_another_are_kept_live(due: bool) -> None:
    plan = portfolio(due=due)
    live = LivePlan(plan)
    draws = np.random.default_rng(8)
    for task in draws.integers(1, 121, 60).tolist():
        live.set_duration(task, int(draws.integers(0, 9)) * DAY)
        whole = schedule(live.plan)
        for row, uid in enumerate(plan.tasks.uid.tolist()):
            ours = live.start_of(uid), live.finish_of(uid), live.total_float_of(uid)
            assert ours == (whole.start[row], whole.finish[row], whole.total_float[row])
        ends = [live.project_finish(row) for row in range(3)]
        assert ends == whole.project_finish.tolist()


@pytest.mark.parametrize("passes", [INTERPRETED, None], ids=["interpreted", "compiled"])
def test_what_a_change_reaches_is_what_differs(passes: Passes | None) -> None:
    plan = layered(3_000, grouped=True)
    before = computed(plan, passes)
    live = LivePlan.of(computed(plan, passes))
    leaves = plan.tasks.uid[~plan.is_summary]
    for task in np.random.default_rng(3).choice(leaves, 20).tolist():
        minutes = int(plan.tasks.duration[plan.index_of[task]])
        reach = live.set_duration(task, minutes + 3 * DAY)
        after = computed(live.plan, passes)
        moved = ((before.start != after.start) | (before.finish != after.finish)) & ~plan.is_summary
        assert sorted(reach.rows.tolist()) == np.flatnonzero(moved).tolist()
        order = np.argsort(reach.rows)
        assert np.array_equal(reach.finish[order], after.finish[moved])
        assert np.array_equal(reach.finish_before[order], before.finish[moved])
        live.set_duration(task, minutes)
    assert np.array_equal(live.schedule.finish, before.finish)


def computed(plan: Plan, passes: Passes | None) -> Schedule:
    return schedule_by(plan, [DIALECTS[each.dialect] for each in plan.projects], passes or compiled_passes())


def test_a_summary_has_no_duration_to_set_and_none_is_below_nothing() -> None:
    plan = layered(1_000, grouped=True)
    live = LivePlan(plan)
    summary = int(plan.tasks.uid[plan.is_summary][0])
    for task, minutes in ((summary, 480), (int(plan.tasks.uid[~plan.is_summary][0]), -1)):
        with pytest.raises(ValueError, match="duration"):
            live.set_duration(task, minutes)
    with pytest.raises(KeyError):
        live.set_duration(10**9, 480)
    first, last = live.start_of(summary), live.finish_of(summary)
    whole = schedule(plan)
    row = plan.index_of[summary]
    assert (first, last) == (whole.early_start[row], whole.early_finish[row])

"""What no plan should hold: the answer is a diagnostic or right dates, never a hang or a crash."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.networks import chain, merge
from tests.plans import MONDAY, STANDARD, build
from triptych.engine import DIALECTS, LivePlan, explain, schedule
from triptych.plan import (
    Calendar,
    Constraint,
    Instant,
    LagKind,
    Link,
    LinkKind,
    PlanBuilder,
    Project,
    Task,
    moment,
    parse_instant,
)

CENTURY = 100 * 366 * 1440


def built(tasks: list[Task], links: list[Link] | None = None, **project: object) -> tuple[object, list[str]]:
    """A plan of these rows and the codes of its faults."""
    value = replace(Project(1, "Hostile", MONDAY, 1), **project)  # type: ignore[arg-type]
    builder = PlanBuilder([value], [replace(each, project=1) for each in tasks], links or [], [STANDARD])
    plan, found = builder.build()
    return plan, [each.code for each in found]


@pytest.mark.parametrize("dialect", sorted(DIALECTS))
def test_a_chain_of_a_hundred_thousand_tasks_is_dated(dialect: str) -> None:
    plan = chain(100_000)
    result = schedule(plan, dialect=dialect)
    assert not result.diagnostics
    assert result.critical.all()
    assert (np.diff(result.start.astype(np.int64)) > 0).all()
    assert len(result.critical_path()) == 100_000


def test_a_merge_of_ten_thousand_ways_waits_for_the_longest() -> None:
    plan = merge(10_000)
    result = schedule(plan)
    assert result.start[-1] >= result.finish[:-1].max()
    assert int(result.critical.sum()) == 1 + int(
        (plan.tasks.duration[:-1] == plan.tasks.duration[:-1].max()).sum()
    )
    assert explain(result, int(plan.tasks.uid[-1])).steps


def test_a_merge_of_ten_thousand_ways_is_kept_live() -> None:
    plan = merge(10_000)
    live = LivePlan(plan)
    before = live.finish_of(10_001)
    reach = live.set_duration(1, 20 * 480)
    assert live.finish_of(10_001) > before
    assert set(reach.rows.tolist()) == {0, 10_000}


@pytest.mark.parametrize("year", [1905, 1969, 2101, 2190])
def test_dates_far_away_are_dates(year: int) -> None:
    start = parse_instant(f"{year}-03-01T08:00")
    plan = build(
        [Task(uid=1, duration=4800), Task(uid=2, duration=480)],
        [Link(1, 2)],
        project=Project(1, "Far", start, 1),
    )
    result = schedule(plan)
    assert not result.diagnostics
    assert moment(int(result.start[0])).year == year
    assert result.start[1] >= result.finish[0]


@pytest.mark.parametrize(
    ("task", "code"),
    [
        (Task(uid=1, duration=-480), "task.bad-duration"),
        (Task(uid=1, duration=CENTURY * 2), "task.bad-duration"),
        (Task(uid=1, percent_complete=101), "task.bad-progress"),
        (Task(uid=1, constraint=Constraint.MSO), "task.constraint-without-date"),
        (Task(uid=1, duration=480, splits=((480, 60),)), "task.bad-splits"),
        (Task(uid=1, duration=480, splits=((240, 0),)), "task.bad-splits"),
        (Task(uid=1, parent=9), "task.bad-parent"),
        (Task(uid=1, calendar=9), "task.unknown-calendar"),
    ],
)
def test_a_bad_task_is_named_and_the_rest_is_dated(task: Task, code: str) -> None:
    plan, found = built([task, Task(uid=2, duration=480)], [Link(1, 2)])
    assert code in found
    assert len(schedule(plan).start) == 2  # type: ignore[arg-type]


@pytest.mark.parametrize("lag", [10**12, -(10**12), 10**18, -(10**18)])
@pytest.mark.parametrize("kind", list(LagKind))
def test_a_lag_beyond_all_reason_is_refused(lag: int, kind: LagKind) -> None:
    _, found = built(
        [Task(uid=1, duration=480), Task(uid=2, duration=480)], [Link(1, 2, lag=lag, lag_kind=kind)]
    )
    assert found == ["link.bad-lag"]


def test_dates_beyond_all_reason_are_diagnosed() -> None:
    tasks = [
        Task(uid=1, duration=480, constraint=Constraint.SNET, constraint_date=Instant(10**15)),
        Task(uid=2, duration=480, deadline=Instant(-(10**15))),
        Task(uid=3, duration=CENTURY),
        Task(uid=4, duration=CENTURY, levelling_delay=10**14),
    ]
    plan, _ = built(tasks, [Link(3, 4)])
    for dialect in DIALECTS:
        assert [each.code for each in schedule(plan, dialect=dialect).diagnostics] == ["plan.beyond-calendar"]  # type: ignore[arg-type]


def test_a_calendar_with_a_minute_a_week_is_used_as_far_as_it_goes() -> None:
    minute = Calendar(7, "A minute", (((480, 481),), *((),) * 6))
    builder = PlanBuilder(
        [Project(1, "Slow", MONDAY, 7)], [Task(uid=1, project=1, duration=60), Task(uid=2, project=1, duration=100_000)],
        [Link(1, 2)], [minute],
    )  # fmt: skip
    plan, found = builder.build()
    assert not found
    result = schedule(plan)
    assert moment(int(result.finish[0])).isoformat() == "2027-04-19T08:01:00"
    assert [each.code for each in result.diagnostics] == ["plan.beyond-calendar"]


def test_a_thousand_links_between_the_same_two_summaries_and_their_tasks() -> None:
    tasks = [Task(uid=1), Task(uid=2)]
    tasks += [Task(uid=uid, parent=1 + uid % 2, duration=480) for uid in range(3, 203)]
    first = [each.uid for each in tasks if each.parent == 1]
    second = [each.uid for each in tasks if each.parent == 2]
    links = [Link(1, 2), Link(1, 2, LinkKind.FF), Link(1, 2, LinkKind.SS), Link(1, 2, LinkKind.SF)]
    links += [Link(a, b) for a in first for b in second[:10]]
    result = schedule(build(tasks, links))
    assert not result.diagnostics
    rows = [result.plan.index_of[uid] for uid in second]
    assert result.start[rows].min() >= result.finish[[result.plan.index_of[uid] for uid in first]].max()

"""Corners where two rules meet: dates computed by hand."""

from dataclasses import replace
from typing import Any

import pytest

from tests.plans import MONDAY, build
from triptych.engine import LivePlan, Schedule, explain, schedule
from triptych.plan import (
    Constraint,
    Instant,
    Link,
    LinkKind,
    Plan,
    PlanBuilder,
    Project,
    Task,
    parse_instant,
    spell_instant,
)
from triptych.plan.kinds import LagKind

D = 480
at = parse_instant


def plan(tasks: list[Task], links: list[Link] | None = None, **project: Any) -> Plan:
    return build(tasks, links or [], project=replace(Project(1, "Corner", MONDAY, 1), **project))


def dates(result: Schedule, uid: int) -> tuple[str | None, str | None]:
    row = result.plan.index_of[uid]
    return spell_instant(int(result.start[row])), spell_instant(int(result.finish[row]))


def spare(result: Schedule, uid: int) -> int:
    return int(result.total_float[result.plan.index_of[uid]])


DONE: dict[str, Any] = {
    "actual_start": MONDAY,
    "actual_finish": Instant(MONDAY + 540),
    "percent_complete": 100,
}


def test_a_hammock_may_hang_on_a_summary() -> None:
    tasks = [
        Task(uid=1),
        Task(uid=2, parent=1, duration=D),
        Task(uid=3, hammock=True),
        Task(uid=4, duration=2 * D),
    ]
    result = schedule(plan(tasks, [Link(1, 3, LinkKind.SS), Link(3, 4, LinkKind.FF)]))
    assert dates(result, 3) == ("2026-03-02T08:00", "2026-03-03T17:00")


def test_a_hammock_counts_lag_as_every_link_does_and_nothing_inactive() -> None:
    tasks = [
        Task(uid=1, duration=D), Task(uid=2, hammock=True), Task(uid=3, duration=9 * D, active=False),
        Task(uid=4, duration=D, constraint=Constraint.SNET, constraint_date=at("2026-03-06T08:00")),
    ]  # fmt: skip
    links = [Link(1, 2, LinkKind.FS, 1440, LagKind.ELAPSED), Link(3, 2, LinkKind.FF), Link(2, 4, lag=D)]
    result = schedule(plan(tasks, links))
    assert dates(result, 2) == ("2026-03-03T17:00", "2026-03-05T08:00")


def test_a_hammock_beyond_the_calendar_is_diagnosed_and_can_be_explained() -> None:
    tasks = [Task(uid=1, duration=D), Task(uid=2, hammock=True), Task(uid=3, duration=D)]
    links = [Link(1, 2, LinkKind.SS, -100_000 * D), Link(2, 3, LinkKind.FF)]
    result = schedule(plan(tasks, links))
    assert [each.code for each in result.diagnostics] == ["plan.beyond-calendar"]
    assert explain(result, 2).steps


def test_a_hammock_s_actual_dates_are_facts() -> None:
    tasks = [Task(uid=1, duration=5 * D), Task(uid=2, hammock=True, **DONE)]
    assert dates(schedule(plan(tasks, [Link(1, 2, LinkKind.SS), Link(1, 2, LinkKind.FF)])), 2) == (
        "2026-03-02T08:00", "2026-03-02T17:00",
    )  # fmt: skip


@pytest.mark.parametrize(
    "idle",
    [
        Task(uid=2, duration=D, actual_start=at("2026-01-05T08:00"), percent_complete=100),
        Task(uid=2, duration=100 * D, active=False),
        Task(uid=2, duration=100 * D, hammock=True),
    ],
    ids=["done", "inactive", "hammock"],
)
def test_what_does_not_count_does_not_draw_the_start_back(idle: Task) -> None:
    tasks = [idle, Task(uid=3, duration=5 * D), Task(uid=4)]
    result = schedule(plan(tasks, [Link(2, 4), Link(3, 4)], from_finish=True, finish=at("2026-03-13T17:00")))
    assert dates(result, 3)[0] == "2026-03-09T08:00"


def test_open_work_of_a_project_scheduled_from_its_finish_lies_after_the_status_date() -> None:
    tasks = [Task(uid=1, duration=3 * D), Task(uid=2, duration=3 * D, deadline=at("2026-04-01T17:00"))]
    options: dict[str, Any] = {
        "from_finish": True,
        "finish": at("2026-03-06T17:00"),
        "status_date": at("2026-03-05T08:00"),
    }
    result = schedule(plan(tasks, **options))
    assert {dates(result, uid)[0] for uid in (1, 2)} == {"2026-03-05T08:00"}


def test_an_ordinary_project_does_not_bind_one_scheduled_from_its_finish() -> None:
    projects = [
        Project(1, "A", MONDAY, 1, from_finish=True, finish=at("2026-06-05T17:00")),
        Project(2, "B", MONDAY, 1),
    ]
    base = build([Task(uid=1)])
    tasks = [Task(uid=1, project=1, duration=D), Task(uid=2, project=2, duration=D)]
    made, found = PlanBuilder(projects, tasks, [Link(1, 2)], list(base.calendars)).build()
    assert not found
    result = schedule(made)
    assert dates(result, 1)[0] == "2026-06-05T08:00"
    assert dates(result, 2)[0] == "2026-06-08T08:00"
    assert spare(result, 2) == 0


def test_a_link_from_a_summary_says_what_one_from_its_only_task_says() -> None:
    done: dict[str, Any] = {
        "actual_start": at("2026-02-02T08:00"),
        "actual_finish": at("2026-02-02T17:00"),
        "percent_complete": 100,
    }
    tasks = [
        Task(uid=1),
        Task(uid=2, parent=1, duration=D, **done),
        Task(uid=3, duration=D),
        Task(uid=4, duration=D),
    ]
    links = [Link(1, 3, lag=2 * D), Link(2, 4, lag=2 * D)]
    choices: list[dict[str, Any]] = [{"status_date": at("2026-03-10T08:00")}, {"dialect": "msproject"}]
    for options in choices:
        result = schedule(plan(tasks, links, **options))
        assert dates(result, 3) == dates(result, 4)
        assert spare(result, 3) == spare(result, 4) == 0


def test_nothing_waits_for_a_summary_with_nothing_active_below() -> None:
    tasks = [Task(uid=1), Task(uid=2, parent=1, duration=9 * D, active=False), Task(uid=3, duration=D)]
    assert dates(schedule(plan(tasks, [Link(1, 3, lag=2 * D)])), 3)[0] == "2026-03-02T08:00"


def test_a_summary_s_constraint_does_not_lengthen_the_project() -> None:
    pinned: dict[str, Any] = {"constraint": Constraint.SNET, "constraint_date": at("2026-05-01T08:00")}
    tasks = [Task(uid=1, **pinned), Task(uid=2, parent=1, duration=D, **DONE), Task(uid=3, duration=5 * D)]
    result = schedule(plan(tasks))
    assert spare(result, 3) == 0
    assert LivePlan(result.plan).project_finish() == result.project_finish[0]


def test_a_levelling_delay_is_not_added_to_the_latest_date() -> None:
    late = Task(uid=2, duration=D, constraint=Constraint.ALAP, levelling_delay=1440)
    result = schedule(plan([Task(uid=1, duration=5 * D), late, Task(uid=3)], [Link(1, 3), Link(2, 3)]))
    assert dates(result, 2)[0] == "2026-03-06T08:00"
    assert dates(result, 3)[0] == "2026-03-06T17:00"
    assert int(result.free_float[1]) == 0


def test_the_pauses_of_running_work_count_once() -> None:
    task = Task(uid=1, duration=4 * D, splits=((2 * D, 2 * D),), percent_complete=50, actual_start=MONDAY)
    result = schedule(plan([task], status_date=at("2026-03-04T08:00")))
    assert dates(result, 1)[1] == "2026-03-09T17:00"


def test_of_two_dates_not_to_start_before_the_later_one_holds() -> None:
    dates_of: dict[str, Any] = {
        "constraint_date": at("2026-03-12T08:00"),
        "secondary_date": at("2026-03-10T08:00"),
    }
    task = Task(uid=1, duration=D, constraint=Constraint.SNET, secondary=Constraint.SNET, **dates_of)
    assert dates(schedule(plan([task], dialect="msproject")), 1)[0] == "2026-03-12T08:00"


@pytest.mark.parametrize(
    ("name", "code"), [("remaining", "task.bad-remaining"), ("levelling_delay", "task.bad-levelling-delay")]
)
@pytest.mark.parametrize("minutes", [-1440, 2**32 + 672])
def test_minutes_beyond_all_reason_are_left_out(name: str, code: str, minutes: int) -> None:
    changes: dict[str, Any] = {name: minutes}
    task = replace(Task(uid=1, project=1, duration=D), **changes)
    base = build([Task(uid=1)])
    made, found = PlanBuilder(list(base.projects), [task], [], list(base.calendars)).build()
    assert [each.code for each in found] == [code]
    assert dates(schedule(made), 1) == ("2026-03-02T08:00", "2026-03-02T17:00")


def test_the_float_of_a_pinned_successor_is_kept_live() -> None:
    pinned = Task(uid=2, duration=D, constraint=Constraint.MSO, constraint_date=at("2026-03-04T08:00"))
    live = LivePlan(plan([Task(uid=1, duration=D), pinned], [Link(1, 2)]))
    live.set_duration(1, 3 * D)
    assert live.total_float_of(2) == -D


def test_a_start_milestone_is_one_only_while_it_takes_no_time() -> None:
    live = LivePlan(
        plan([Task(uid=1, duration=D), Task(uid=2, duration=D, start_milestone=True)], [Link(1, 2)])
    )
    live.set_duration(2, 0)
    assert spell_instant(live.start_of(2)) == "2026-03-03T08:00"
    assert live.finish_of(2) == schedule(live.plan).finish[1]


def test_an_empty_summary_of_a_live_plan_stands_at_the_start() -> None:
    live = LivePlan(plan([Task(uid=1), Task(uid=2, parent=1, duration=D, active=False)]))
    assert live.start_of(1) == live.finish_of(1) == MONDAY
    with pytest.raises(ValueError, match="below a summary"):
        live.total_float_of(1)

"""What tasks cost, against figures worked out by hand. All money is in hundredths."""

from dataclasses import replace

import numpy as np
import pytest

from tests.plans import CALENDARS, MONDAY, build
from triptych.engine import schedule
from triptych.engine.baseline import baseline_of
from triptych.engine.costs import NOT_KNOWN, costs_of
from triptych.plan import (
    Accrual,
    Assignment,
    Instant,
    Link,
    LinkKind,
    Plan,
    PlanBuilder,
    Project,
    Resource,
    ResourceKind,
    Task,
)

ANA = Resource(1, "Ana", rate=6_000)  # 60.00 an hour
BO = Resource(2, "Bo", rate=3_000, cost_per_use=5_000)
SAND = Resource(3, "Sand", kind=ResourceKind.MATERIAL, rate=1_500, cost_per_use=10_000)
TRAVEL = Resource(4, "Travel", kind=ResourceKind.COST)
DAY = 480


def plan_of(
    *tasks: Task, team: tuple[Assignment, ...] = (), people: tuple[Resource, ...] = (ANA, BO, SAND, TRAVEL)
) -> Plan:
    builder = PlanBuilder(
        projects=[Project(1, "Example", MONDAY, 1)],
        tasks=[replace(each, project=1) for each in tasks],
        calendars=list(CALENDARS),
        resources=list(people),
        assignments=list(team),
    )
    plan, found = builder.build()
    assert not found, found
    return plan


@pytest.mark.parametrize(
    ("who", "fixed", "per_minute", "planned"),
    [
        # Two days at 60.00 an hour: 1.00 a minute.
        (Assignment(1, 1), 0, 100, 96_000),
        # Half time is half of it.
        (Assignment(1, 1, 50), 0, 50, 48_000),
        # Stated work counts, not units: 4 hours in 16.
        (Assignment(1, 1, 100, 240), 0, 25, 24_000),
        # Two of them at 30.00 an hour, and 50.00 for each.
        (Assignment(1, 2, 200), 10_000, 100, 106_000),
        # Three units of a material at 15.00, and 100.00 once.
        (Assignment(1, 3, 300), 14_500, 0, 14_500),
        # The work of a material is its quantity, an hour for a unit.
        (Assignment(1, 3, 100, 120), 13_000, 0, 13_000),
        # What is stated stands above rates and costs per use.
        (Assignment(1, 2, 100, cost=777), 777, 0, 777),
        (Assignment(1, 4, cost=25_000), 25_000, 0, 25_000),
        (Assignment(1, 4), 0, 0, 0),
    ],
)
def test_what_an_assignment_costs(who: Assignment, fixed: float, per_minute: float, planned: float) -> None:
    found = costs_of(plan_of(Task(uid=1, duration=2 * DAY), team=(who,)))
    assert (found.fixed[0], found.per_minute[0], found.planned[0]) == (fixed, per_minute, planned)


def test_the_costs_of_a_task_add_up_and_grow_with_its_duration() -> None:
    task = Task(uid=1, duration=DAY, fixed_cost=100_000)
    found = costs_of(plan_of(task, team=(Assignment(1, 1), Assignment(1, 2), Assignment(1, 3, 200))))
    # 1000.00 fixed + 50.00 for Bo + 30.00 and 100.00 for sand; 60.00 and 30.00 an hour for eight hours.
    assert found.planned.tolist() == [118_000 + 8 * 9_000]
    assert found.at(np.array([2 * DAY])).tolist() == [118_000 + 16 * 9_000]


def test_work_that_takes_no_time_is_paid_all_the_same() -> None:
    found = costs_of(plan_of(Task(uid=1), team=(Assignment(1, 1, 100, 60),)))
    assert (found.fixed[0], found.per_minute[0]) == (6_000, 0)


def test_a_summary_has_its_own_cost_and_nothing_from_below() -> None:
    found = costs_of(
        plan_of(Task(uid=1, fixed_cost=500), Task(uid=2, parent=1, duration=DAY, fixed_cost=300))
    )
    assert found.planned.tolist() == [500, 300]
    assert found.work.tolist() == [0, DAY]


@pytest.mark.parametrize("odd", [{"active": False}, {"external": True}])
def test_what_is_not_done_here_costs_nothing(odd: dict[str, bool]) -> None:
    task = Task(uid=1, duration=DAY, fixed_cost=500, **odd)  # type: ignore[arg-type]
    found = costs_of(plan_of(task, team=(Assignment(1, 1),)))
    assert (found.planned[0], found.work[0], found.actual[0]) == (0, 0, 0)


def test_work_is_that_of_people_and_the_duration_where_there_are_none() -> None:
    tasks = (Task(uid=1, duration=DAY, percent_complete=25), Task(uid=2, duration=DAY, percent_complete=25),
             Task(uid=3, duration=1440, elapsed=True))  # fmt: skip
    team = (Assignment(1, 1, 50), Assignment(1, 2, 100, 100, actual_work=90), Assignment(1, 3, 900))
    found = costs_of(plan_of(*tasks, team=team))
    assert found.work.tolist() == [240 + 100, DAY, DAY]
    assert found.actual_work.tolist() == [60 + 90, 120, 0]


BEGUN, DONE = {"actual_start": MONDAY}, {"actual_start": MONDAY, "actual_finish": Instant(MONDAY + 540)}


@pytest.mark.parametrize(
    ("facts", "who", "actual"),
    [
        # Nothing is spent before the start, but what is said to be.
        ({}, Assignment(1, 1), 0),
        ({"actual_cost": 700}, Assignment(1, 1), 700),
        # Work done × rate, and Bo's cost per use from the start.
        (BEGUN, Assignment(1, 1, actual_work=120), 12_000),
        (BEGUN, Assignment(1, 2, actual_work=120), 11_000),
        # Nobody said how long Ana worked.
        (BEGUN, Assignment(1, 1), NOT_KNOWN),
        (BEGUN | {"actual_cost": 0}, Assignment(1, 1), 0),
        # Whoever costs nothing has cost nothing.
        (BEGUN, Assignment(1, 4), 0),
        # What is finished has cost what was planned, unless it is said to have cost something else.
        (DONE, Assignment(1, 2), 29_000),
        (DONE, Assignment(1, 2, actual_cost=31_000), 31_000),
        (DONE, Assignment(1, 2, cost=555), 555),
        (BEGUN, Assignment(1, 4, cost=1_000, actual_cost=400), 400),
        # Half of a material is used.
        (BEGUN, Assignment(1, 3, 200, 120, actual_work=60), 11_500),
    ],
)
def test_what_a_task_has_cost(facts: dict[str, int], who: Assignment, actual: int) -> None:
    task = Task(uid=1, duration=DAY, **facts)  # type: ignore[arg-type]
    assert costs_of(plan_of(task, team=(who,))).actual.tolist() == [actual]


@pytest.mark.parametrize(
    ("accrual", "begun", "done"),
    [(Accrual.START, 8_000, 8_000), (Accrual.PRORATED, 2_000, 8_000), (Accrual.END, 0, 8_000)],
)
def test_a_fixed_cost_falls_due_as_it_accrues(accrual: Accrual, begun: int, done: int) -> None:
    task = Task(uid=1, duration=DAY, fixed_cost=8_000, fixed_cost_accrual=accrual)
    for facts, actual in (({}, 0), ({**BEGUN, "percent_complete": 25}, begun), (DONE, done)):
        found = costs_of(plan_of(replace(task, **facts)))
        assert found.actual.tolist() == [actual]


@pytest.mark.parametrize(("accrual", "actual"), [(Accrual.START, 29_000), (Accrual.END, 0)])
def test_people_too_may_be_paid_at_the_start_or_at_the_end(accrual: Accrual, actual: int) -> None:
    plan = plan_of(
        Task(uid=1, duration=DAY, **BEGUN),  # type: ignore[arg-type]
        team=(Assignment(1, 2, actual_work=60),),
        people=(replace(BO, accrual=accrual),),
    )
    assert costs_of(plan).actual.tolist() == [actual]


def test_a_plan_without_money_costs_nothing_and_that_is_known() -> None:
    found = costs_of(build([Task(uid=1, duration=DAY, percent_complete=50, actual_start=MONDAY)]))
    assert (found.planned.tolist(), found.actual.tolist()) == ([0], [0])
    assert len(costs_of(build([])).planned) == 0


def test_a_baseline_freezes_dates_work_costs_and_progress() -> None:
    plan = plan_of(
        Task(uid=7, name="All", fixed_cost=500),
        Task(uid=8, parent=7, duration=2 * DAY, percent_complete=25, actual_start=MONDAY),
        team=(Assignment(8, 1, 50), Assignment(8, 2, 100)),
    )
    found = baseline_of(schedule(plan), 3, name="As agreed", saved=MONDAY)
    rows = found.tasks
    assert (found.number, found.name, found.saved) == (3, "As agreed", MONDAY)
    assert rows.uid.tolist() == [7, 8]
    assert rows.start.tolist() == [MONDAY, MONDAY]
    assert rows.finish.tolist() == [MONDAY + 1440 + 540] * 2
    assert rows.duration.tolist() == [0, 2 * DAY]
    assert rows.work.tolist() == [0, 480 + 960]
    assert rows.cost.tolist() == [500, 5_000 + 16 * 6_000]
    assert rows.percent_complete.tolist() == [0, 25]


def test_the_baseline_of_a_hammock_is_as_long_as_what_it_spans() -> None:
    tasks = [Task(uid=1, duration=3 * DAY), Task(uid=2, hammock=True)]
    links = [Link(1, 2, LinkKind.SS), Link(1, 2, LinkKind.FF)]
    found = baseline_of(schedule(build(tasks, links)))
    assert found.tasks.duration.tolist() == [3 * DAY, 3 * DAY]

"""Rates that change with time, against figures worked out by hand. All money is in hundredths."""

from dataclasses import replace

import pytest

from tests.engine.test_costs import ANA, BO, DAY, SAND, plan_of
from tests.plans import MONDAY
from triptych.engine import baseline_of, costs_of, schedule
from triptych.engine.forecast import forecast
from triptych.engine.impact import impact
from triptych.plan import Assignment, Instant, Plan, RateFrom, Task
from triptych.plan.changes import SetDuration
from triptych.plan.rates import rate_at
from triptych.plan.uncertainty import Uncertainty

TUESDAY, WEDNESDAY = Instant(MONDAY + 1440), Instant(MONDAY + 2 * 1440)
#: 60.00 an hour, 120.00 from Tuesday noon on; 90.00 from 1 January of a year long after.
LATER = (RateFrom(Instant(TUESDAY + 240), 12_000), RateFrom(Instant(MONDAY + 400 * 1440), 9_000))
RISING = replace(ANA, rates=LATER)


def planned(plan: Plan) -> float:
    """What the plan costs on its own dates."""
    return float(costs_of(plan, schedule(plan)).planned.sum())


@pytest.mark.parametrize(
    ("task", "who", "cost"),
    [
        # Monday to Wednesday: 12 hours at 60.00, 12 at 120.00.
        (Task(uid=1, duration=3 * DAY), Assignment(1, 1), 72_000 + 144_000),
        # Half time, or stated work, is spread as evenly.
        (Task(uid=1, duration=3 * DAY), Assignment(1, 1, 50), 36_000 + 72_000),
        (Task(uid=1, duration=3 * DAY), Assignment(1, 1, 100, 240), 12_000 + 24_000),
        # All of it before the change, and all after it.
        (Task(uid=1, duration=DAY), Assignment(1, 1), 48_000),
        (Task(uid=1, duration=DAY, manual=True, start=WEDNESDAY, finish=Instant(WEDNESDAY + 540)), Assignment(1, 1), 96_000),
        # What is stated stands above every rate.
        (Task(uid=1, duration=3 * DAY), Assignment(1, 1, cost=777), 777),
        # Of work without a length the rate is that of its moment.
        (Task(uid=1), Assignment(1, 1, 100, 60), 6_000),
        # By the clock, from Monday 08:00: 28 of 72 hours at 60.00 an hour of three working days.
        (Task(uid=1, duration=3 * 1440, elapsed=True), Assignment(1, 1, 100, 3 * DAY), 24 * (28 * 6_000 + 44 * 12_000) / 72),
    ],
)  # fmt: skip
def test_work_is_paid_by_the_rate_in_force_while_it_is_done(task: Task, who: Assignment, cost: float) -> None:
    assert planned(plan_of(task, team=(who,), people=(RISING,))) == pytest.approx(cost)


def test_without_dates_the_rate_of_the_status_date_or_the_start_is_paid() -> None:
    plan = plan_of(Task(uid=1, duration=3 * DAY), team=(Assignment(1, 1),), people=(RISING,))
    assert costs_of(plan).planned.tolist() == [24 * 6_000]
    later = replace(plan, projects=(replace(plan.project, status_date=WEDNESDAY),))
    assert costs_of(later).planned.tolist() == [24 * 12_000]


def test_a_cost_per_use_is_that_of_the_start_and_a_material_is_used_evenly() -> None:
    rates = (RateFrom(TUESDAY, 3_000, 7_000),)
    people = replace(BO, rates=rates), replace(SAND, rates=rates)
    plan = plan_of(
        Task(uid=1, duration=2 * DAY), team=(Assignment(1, 2), Assignment(1, 3, 200)), people=people
    )
    assert planned(plan) == 5_000 + 16 * 3_000 + 10_000 + (1_500 + 3_000)
    moved = replace(plan, projects=(replace(plan.project, start=Instant(TUESDAY + 480)),))
    assert planned(moved) == 7_000 + 16 * 3_000 + 7_000 + 2 * 3_000


def test_what_is_done_has_cost_the_rate_of_its_day() -> None:
    task = Task(uid=1, duration=3 * DAY, actual_start=MONDAY, percent_complete=50)
    for done, actual in ((720, 72_000), (360, 36_000), (960, 72_000 + 48_000), (1500, 72_000 + 13 * 12_000)):
        plan = plan_of(task, team=(Assignment(1, 1, actual_work=done),), people=(RISING,))
        assert costs_of(plan, schedule(plan)).actual.tolist() == [actual]
    free = replace(ANA, rate=0, rates=(RateFrom(TUESDAY, 0),))
    plan = plan_of(task, team=(Assignment(1, 1, actual_work=60),), people=(free,))
    assert costs_of(plan, schedule(plan)).actual.tolist() == [0]


def test_whoever_asks_with_a_schedule_is_told_by_its_dates() -> None:
    plan = plan_of(Task(uid=1, duration=2 * DAY), team=(Assignment(1, 1),), people=(RISING,))
    before, after = schedule(plan), schedule(SetDuration(1, 3 * DAY).apply(plan))
    assert baseline_of(before).tasks.cost.tolist() == [72_000 + 48_000]
    (cost,) = impact(before, after, projects=[1]).cost.values()
    assert (cost.before, cost.after) == (120_000, 216_000)
    assert forecast(plan, Uncertainty()).goals[0].planned_cost == 120_000


def test_the_rate_in_force() -> None:
    assert rate_at(RISING, MONDAY) == (6_000, 0)
    assert rate_at(RISING, LATER[0].first - 1) == (6_000, 0)
    assert rate_at(RISING, LATER[0].first) == (12_000, 0)
    assert rate_at(RISING, LATER[1].first + 5) == (9_000, 0)

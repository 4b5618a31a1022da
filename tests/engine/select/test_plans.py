"""Candidates whose costs and needs come from their plans."""

from dataclasses import replace
from datetime import datetime

import pytest

from tests.plans import STANDARD
from triptych.engine import schedule
from triptych.engine.forecast import forecast
from triptych.engine.select.plans import Planned, planned, with_forecast
from triptych.plan import Assignment, Link, Plan, PlanBuilder, Project, Resource, Task, instant
from triptych.plan.portfolio import Candidate, Portfolio, Spreads, Timeline, Unit, number_of
from triptych.plan.uncertainty import Choice, Range, Spread, Uncertainty

MONTHS = Timeline(Unit.MONTH, number_of("2026-06", Unit.MONTH), 12)
WHERE = Portfolio(MONTHS, (), capacity={"Smith": (100,) * 12})
DAY = 480
MARCH_16 = instant(datetime(2026, 3, 16, 8))  # noqa: DTZ001
GATE = Candidate("Gate", value=5)


def gate(*, done: int = 0) -> Plan:
    """From Monday 16 March 2026: a smith half their time on 12 days up to the end of March, 11 days in April for a fixed
    cost, then a week of somebody without a role."""
    since, until = (MARCH_16, instant(datetime(2026, 3, 31, 17))) if done else (None, None)  # noqa: DTZ001
    plan, found = PlanBuilder(
        projects=[Project(1, "Gate", MARCH_16, 1)],
        tasks=[
            Task(
                uid=1,
                project=1,
                name="Forge",
                duration=12 * DAY,
                percent_complete=done,
                actual_start=since,
                actual_finish=until,
            ),
            Task(uid=2, project=1, name="Fit", duration=11 * DAY, fixed_cost=110_000),
            Task(uid=3, project=1, name="Paint", duration=5 * DAY),
        ],
        links=[Link(1, 2), Link(2, 3)],
        calendars=[STANDARD],
        resources=[Resource(1, "Ana", role="Smith", rate=6_000), Resource(2, "Bo")],
        assignments=[Assignment(1, 1, 50), Assignment(3, 2)],
    ).build()
    assert not found, found
    return plan


def told(plan: Plan, candidate: Candidate = GATE, *, open_window: bool = True) -> Planned:
    return planned(candidate, schedule(plan), WHERE, open_window=open_window)


def test_costs_and_needs_are_those_of_the_schedule_by_month() -> None:
    """Six days of a smith's work in a March of 22 working days; what is fixed falls due with its task."""
    found = told(gate())
    assert found.candidate == replace(
        GATE, cost=(288_000, 110_000), need={"Smith": (27, 0)}, lasts=2, latest=10
    )
    assert [each.code for each in found.diagnostics] == ["select.role-free"]
    assert "“Bo”" in found.diagnostics[0].message


def test_a_start_that_is_stated_stands() -> None:
    fixed = replace(GATE, earliest=-2, latest=-2)
    made = told(gate(), fixed, open_window=False).candidate
    assert (made.earliest, made.latest) == (-2, -2)


def test_what_is_done_needs_nobody_and_is_told() -> None:
    found = told(gate(done=100))
    assert found.candidate.need == {}
    assert found.candidate.cost == (288_000, 110_000)
    assert [each.code for each in found.diagnostics] == ["select.role-free", "select.begun"]


def test_what_has_begun_starts_where_it_has() -> None:
    """March lies three months before June, with which the timeline begins."""
    found = told(gate(done=100))
    assert (found.candidate.earliest, found.candidate.latest) == (-3, -3)
    moved = told(gate(done=100), replace(GATE, earliest=0, latest=2), open_window=False)
    assert (moved.candidate.earliest, moved.candidate.latest) == (0, 2)
    assert [each.code for each in moved.diagnostics] == ["select.role-free", "select.begun", "select.moved"]
    assert "2026-03" in moved.diagnostics[-1].message


def test_a_plan_without_tasks_is_refused() -> None:
    nothing, _ = PlanBuilder(projects=list(gate().projects), calendars=[STANDARD]).build()
    assert [each.code for each in told(nothing).diagnostics] == ["select.empty-plan"]


def test_its_forecast_says_how_wrong_its_cost_may_be() -> None:
    """The smith's part of the cost, 288 of 398, may double; a spread of its own stands."""
    plan = gate()
    wide = Uncertainty(spreads=(Spread(Range(1, 1, 2), (1,)),))
    simulated = forecast(plan, wide, iterations=512)
    spread = with_forecast(GATE, simulated).spreads.cost
    assert isinstance(spread, Choice)
    values = [each for each, _ in spread.values]
    assert values == sorted(values)
    assert values[0] == pytest.approx(1, abs=0.01)
    assert values[-1] == pytest.approx(1 + 288 / 398, abs=0.06)
    own = replace(GATE, spreads=Spreads(cost=Range(1, 2, 3)))
    assert with_forecast(own, simulated) == own

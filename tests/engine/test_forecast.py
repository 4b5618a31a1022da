"""Forecasts against a plain simulation, against closed forms, and against what must not change."""

import threading
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.plans import MONDAY, STANDARD, build
from triptych.engine.forecast import Forecast, Stopped, Threads, again, forecast
from triptych.engine.forecast.merges import merges
from triptych.engine.forecast.tornado import minutes_of, tornado
from triptych.engine.forecast.usual import usual
from triptych.engine.forecast.words import chances, sentences
from triptych.engine.forecast.worth import worths
from triptych.plan import (
    Assignment,
    Constraint,
    Instant,
    Link,
    LinkKind,
    Plan,
    PlanBuilder,
    Project,
    Resource,
    Task,
)
from triptych.plan.uncertainty import (
    Branch,
    Choice,
    Distribution,
    Effect,
    Estimate,
    Factor,
    Range,
    Risk,
    Shape,
    Spread,
    Uncertainty,
    Way,
)

DAY = 480
WIDE = Range(0.5, 1.0, 2.0)


def diamond() -> Plan:
    """One task, three side by side of ten days, and one that follows them."""
    tasks = [Task(uid=1, name="Begin", duration=2 * DAY)]
    tasks += [Task(uid=uid, name=f"Path {uid}", duration=10 * DAY) for uid in (2, 3, 4)]
    tasks.append(Task(uid=5, name="End", duration=DAY))
    links = [Link(1, uid) for uid in (2, 3, 4)] + [Link(uid, 5) for uid in (2, 3, 4)]
    return build(tasks, links)


def single(duration: int = 10 * DAY, **fields: object) -> Plan:
    return build([Task(uid=1, name="Work", duration=duration, **fields)])  # type: ignore[arg-type]


def drawn(found: Forecast, row: int = 0) -> NDArray[np.float64]:
    days: NDArray[np.float64] = minutes_of(found, [row])[0] / DAY
    return days


def exactly(plan: Plan, what: Uncertainty, **options: object) -> Forecast:
    """As many iterations as there may be."""
    return forecast(plan, what, tolerance=0.0, **{"iterations": 20_000, **options})  # type: ignore[arg-type]


def test_p80_is_that_of_a_plain_simulation() -> None:
    found = exactly(diamond(), Uncertainty(spreads=(Spread(WIDE),)), iterations=50_000)
    rng = np.random.default_rng(7)
    days = rng.triangular(0.5, 1.0, 2.0, (5, 400_000)) * np.array([[2], [10], [10], [10], [1]])
    plain = days[0] + days[1:4].max(axis=0) + days[4]
    for confidence in (0.1, 0.5, 0.8, 0.9):
        ours = np.quantile(found.goal.worked - found.goal.planned_worked + 13 * DAY, confidence) / DAY
        assert ours == pytest.approx(np.quantile(plain, confidence), rel=0.005)
    assert found.criticality[[1, 2, 3]] == pytest.approx([1 / 3] * 3, abs=0.015)
    assert found.criticality[[0, 4]].tolist() == [1.0, 1.0]
    assert found.cruciality[1] == pytest.approx(np.corrcoef(days[1], plain)[0, 1], abs=0.015)
    assert found.deviation[1] / DAY == pytest.approx(days[1].std(), rel=0.01)


@pytest.mark.parametrize(
    ("made", "mean", "deviation"),
    [
        (Range(0.5, 1.0, 2.0), 3.5 / 3, 0.311805),
        (Range(0.5, 1.0, 2.0, Shape.UNIFORM), 1.25, 1.5 / 12**0.5),
        (Range(0.5, 1.0, 2.0, Shape.PERT), 6.5 / 6, ((6.5 / 6 - 0.5) * (2 - 6.5 / 6) / 7) ** 0.5),
        (Choice(((1.0, 4), (3.0, 1))), 1.4, 0.8),
    ],
)
def test_draws_have_the_mean_and_deviation_of_their_distribution(
    made: Distribution, mean: float, deviation: float
) -> None:
    days = drawn(exactly(single(), Uncertainty(spreads=(Spread(made),))))
    assert days.mean() == pytest.approx(10 * mean, rel=0.01)
    assert days.std() == pytest.approx(10 * deviation, rel=0.02)


def test_a_lognormal_has_its_median_and_exceeds_its_most_one_time_in_ten() -> None:
    days = drawn(exactly(single(), Uncertainty(spreads=(Spread(Range(0, 1.0, 1.5, Shape.LOGNORMAL)),))))
    assert np.median(days) == pytest.approx(10, rel=0.01)
    assert np.mean(days > 15) == pytest.approx(0.1, abs=0.008)


def test_an_estimate_counts_before_a_spread_and_a_later_spread_before_an_earlier() -> None:
    what = Uncertainty(
        estimates=(Estimate(2, Range(30 * DAY, 30 * DAY, 30 * DAY)),),
        spreads=(Spread(Range(3.0, 3.0, 3.0)), Spread(Range(2.0, 2.0, 2.0), (3,))),
    )
    found = forecast(diamond(), what)
    assert [int(drawn(found, row)[0]) for row in (1, 2, 3)] == [30, 20, 30]


def test_what_is_done_is_certain_and_what_runs_varies_in_what_remains() -> None:
    tasks = [
        Task(uid=1, duration=4 * DAY, percent_complete=100, actual_start=MONDAY, actual_finish=Instant(MONDAY + 3 * 1440 + 540)),
        Task(uid=2, duration=10 * DAY, percent_complete=50, actual_start=MONDAY, remaining=5 * DAY),
    ]  # fmt: skip
    found = exactly(build(tasks), Uncertainty(spreads=(Spread(WIDE),)))
    assert found.deviation[0] == 0
    assert found.criticality[0] == 0
    assert drawn(found, 1).min() >= 2.5
    assert drawn(found, 1).max() <= 10


def test_a_risk_strikes_as_often_as_it_is_likely_and_delays_all_its_tasks() -> None:
    risk = Risk(
        "Flood", Effect(0.3, delay=Range(5 * DAY, 5 * DAY, 5 * DAY), cost=Range(1000, 1000, 1000)), (2, 3)
    )
    found = exactly(diamond(), Uncertainty(risks=(risk,)))
    struck = drawn(found, 1) > 12
    assert struck.mean() == pytest.approx(0.3, abs=0.01)
    assert (struck == (drawn(found, 2) > 12)).all()
    assert (drawn(found, 3) == 10).all()
    assert found.goal.contingency(0.8) == 5 * DAY
    assert found.goal.contingency(0.6) == 0
    assert found.goal.cost.mean() == pytest.approx(300, rel=0.05)


def test_answering_a_risk_leaves_what_is_left_of_it() -> None:
    risk = Risk(
        "Flood", Effect(0.5, delay=Range(DAY, DAY, DAY)), (2, 3, 4), Effect(0.1, delay=Range(DAY, DAY, DAY))
    )
    risk = replace(risk, price=70_000)
    found = exactly(diamond(), Uncertainty(risks=(risk,)).after_response())
    assert set(found.goal.cost.tolist()) == {70_000}
    assert np.mean(found.goal.worked > found.goal.planned_worked) == pytest.approx(0.1, abs=0.01)


def test_one_way_of_a_branch_is_gone() -> None:
    branch = Branch("Soil", (Way("rock", 1, (2,)), Way("sand", 3, (3, 4))))
    found = exactly(diamond(), Uncertainty(branches=(branch,)))
    assert ((drawn(found, 1) == 0) != (drawn(found, 2) == 0)).all()
    assert (drawn(found, 2) == drawn(found, 3)).all()
    assert np.mean(drawn(found, 1) > 0) == pytest.approx(0.25, abs=0.01)


def together(found: Forecast) -> float:
    """How far two tasks stray together."""
    return float(np.corrcoef(drawn(found, 1), drawn(found, 2))[0][1])


def test_a_shared_factor_makes_tasks_stray_together() -> None:
    alone = exactly(diamond(), Uncertainty(spreads=(Spread(WIDE),)))
    felt = exactly(diamond(), Uncertainty(factors=(Factor("Weather", WIDE),)))
    assert abs(together(alone)) < 0.03
    assert together(felt) > 0.99


def test_the_number_of_threads_changes_nothing() -> None:
    one, four = (
        forecast(diamond(), usual(), workers=Threads(count), iterations=4_000, tolerance=0.0)
        for count in (1, 4)
    )
    assert one.goal.finish.tolist() == four.goal.finish.tolist()
    assert one.cruciality.tolist() == four.cruciality.tolist()
    other = forecast(diamond(), usual(), iterations=4_000, tolerance=0.0, seed=2)
    assert one.goal.finish.tolist() != other.goal.finish.tolist()


def test_other_tasks_change_no_draw() -> None:
    plan = diamond()
    more = build([*plan.each_task(), Task(uid=9, name="More", duration=DAY)], list(plan.each_link()))
    what = Uncertainty(spreads=(Spread(WIDE),))
    assert drawn(forecast(plan, what), 1).tolist() == drawn(forecast(more, what), 1).tolist()


def test_it_stops_when_p80_stands_still_or_at_the_limit_or_when_told() -> None:
    what = Uncertainty(spreads=(Spread(WIDE),))
    assert forecast(diamond(), what, iterations=100_000, tolerance=0.01).stopped is Stopped.STABLE
    assert forecast(diamond(), what, iterations=2_000, tolerance=0.0).stopped is Stopped.LIMIT
    seen: list[tuple[int, int]] = []

    def watch(done: int, most: int) -> bool:
        seen.append((done, most))
        return done < 2_000

    found = forecast(diamond(), what, iterations=100_000, tolerance=0.0, watch=watch)
    assert found.stopped is Stopped.CANCELLED
    assert (found.iterations, seen[-1][0]) == (2048, 2048)
    assert len(found.goal.finish) == 2048
    assert threading.active_count() < 10


def test_a_plan_without_uncertainty_is_itself() -> None:
    found = forecast(diamond(), Uncertainty())
    assert set(found.goal.finish.tolist()) == {found.goal.planned}
    assert found.goal.chance_by(found.goal.planned) == 1
    assert found.goal.bias == 0


def test_paths_that_merge_are_later_than_the_plan() -> None:
    even = Uncertainty(spreads=(Spread(Range(0.5, 1.0, 1.5)),))
    found = exactly(diamond(), even)
    assert found.goal.bias > DAY
    (met,) = merges(found)
    assert (met.task, met.predecessors, met.critical) == (5, 3, 1.0)
    assert met.bias > DAY


def test_the_goal_may_be_one_task() -> None:
    found = exactly(diamond(), Uncertainty(spreads=(Spread(WIDE),)), target=2)
    assert found.goal.task == 2
    assert found.criticality.tolist() == [1.0, 1.0, 0.0, 0.0, 0.0]


def test_a_goal_that_is_as_late_as_possible_is_planned_when_it_is_scheduled() -> None:
    late = [
        replace(each, constraint=Constraint.ALAP) if each.uid == 2 else each for each in diamond().each_task()
    ]
    late[2] = replace(late[2], duration=15 * DAY)
    found = forecast(build(late, list(diamond().each_link())), Uncertainty(), target=2)
    assert (found.goal.bias, found.goal.finish_at(0.5)) == (0, found.goal.planned)


def test_dates_to_be_met_make_no_work_quicker() -> None:
    plan = single(constraint=Constraint.MFO, constraint_date=MONDAY + 11 * 1440 + 540)
    what = Uncertainty(spreads=(Spread(WIDE),))
    found, held = forecast(plan, what), forecast(plan, what, as_scheduled=True)
    assert [each.code for each in found.diagnostics] == ["forecast.dates-let-go"]
    assert 0.2 < found.goal.chance_by(found.goal.planned) < 0.5
    assert held.goal.chance_by(held.goal.planned) == 1


def test_money_follows_the_minutes_and_both_at_once_are_less_likely_than_either() -> None:
    project, people = Project(1, "Example", MONDAY, 1), [Resource(1, "Ana", rate=6000)]
    tasks = [Task(uid=1, duration=10 * DAY, fixed_cost=50_000)]
    plan, faults = PlanBuilder(
        [project], tasks, [], [STANDARD], people, [Assignment(1, 1, 100, 10 * DAY)]
    ).build()
    assert not faults
    found = exactly(plan, Uncertainty(spreads=(Spread(WIDE),)))
    goal = found.goal
    assert goal.planned_cost == 50_000 + 80 * 6000
    assert goal.cost == pytest.approx(50_000 + minutes_of(found, [0])[0] / 60 * 6000)
    at, budget = goal.finish_at(0.8), goal.cost_at(0.5)
    assert goal.joint_chance(at, budget) <= min(goal.chance_by(at), goal.chance_within(budget))
    assert any("for both at once" in each for each in sentences(found))
    of_task = sentences(forecast(plan, Uncertainty(), target=1))
    assert any("that the whole project costs no more than" in each for each in of_task)


@pytest.mark.parametrize("spreads", [(), (Spread(Range(1.5, 1.5, 1.5)),)])
def test_an_interruption_costs_nothing_and_keeps_its_length(spreads: tuple[Spread, ...]) -> None:
    project, people = Project(1, "Example", MONDAY, 1), [Resource(1, "Ana", rate=6000)]
    tasks = [Task(uid=1, duration=10 * DAY, splits=((2 * DAY, 3 * DAY),))]
    plan, faults = PlanBuilder(
        [project], tasks, [], [STANDARD], people, [Assignment(1, 1, 100, 10 * DAY)]
    ).build()
    assert not faults
    found = forecast(plan, Uncertainty(spreads=spreads, factors=(Factor("Weather", Range(2.0, 2.0, 2.0)),)))
    days = 30 if spreads else 20
    assert set(minutes_of(found, [0])[0].tolist()) == {(days + 3) * DAY}
    assert set(found.goal.cost.tolist()) == {days * 8 * 6000}
    (certain,) = set(forecast(plan, Uncertainty()).goal.cost.tolist())
    assert certain == 80 * 6000


def test_a_risk_delays_nothing_on_a_way_that_is_not_gone() -> None:
    branch = Branch("Soil", (Way("rock", 1, (2,)), Way("sand", 1, (3,))))
    risk = Risk("Flood", Effect(1.0, delay=Range(DAY, DAY, DAY)), (2, 3))
    found = exactly(diamond(), Uncertainty(risks=(risk,), branches=(branch,)))
    took = minutes_of(found, [1, 2]) / DAY
    assert sorted(set(map(tuple, took.T.tolist()))) == [(0, 11), (11, 0)]


def test_what_is_done_costs_what_it_has_cost() -> None:
    facts = {
        "percent_complete": 100,
        "actual_start": MONDAY,
        "actual_finish": Instant(MONDAY + 4 * 1440 + 540),
    }
    done = Task(uid=1, duration=5 * DAY, fixed_cost=100_000, actual_cost=300_000, **facts)  # type: ignore[arg-type]
    found = forecast(build([done, Task(uid=2, duration=DAY, fixed_cost=50_000)], [Link(1, 2)]), Uncertainty())
    assert (set(found.goal.cost.tolist()), found.goal.planned_cost) == ({350_000}, 150_000)


def test_what_a_risk_is_worth_is_the_difference_that_it_makes() -> None:
    small = Risk("Small", Effect(0.9, delay=Range(DAY, DAY, DAY)), (2, 3, 4))
    large = Risk("Large", Effect(0.9, delay=Range(9 * DAY, 9 * DAY, 9 * DAY)), (5,), Effect(0.0), price=700)
    found = exactly(diamond(), Uncertainty(risks=(small, large)))
    told = {(each.name, each.kind): each for each in worths(found)}
    assert told["Large", "risk"].minutes == told["Large", "response"].minutes == 9 * DAY
    assert told["Large", "response"].cost == -700
    assert told["Small", "risk"].mean_minutes == pytest.approx(0.9 * DAY, rel=0.02)
    assert again(found, found.what).goal.finish.tolist() == found.goal.finish.tolist()


def test_the_tornado_puts_first_what_the_finish_leans_on() -> None:
    what = Uncertainty(
        spreads=(Spread(Range(0.9, 1.0, 1.1)), Spread(WIDE, (1,))),
        factors=(Factor("Weather", Range(0.9, 1, 1.5)),),
    )
    names = [each.name for each in tornado(exactly(diamond(), what))]
    assert names[:2] == ["Weather", "Begin"]


def test_the_tornado_sets_a_chance_that_is_taken_beside_one_that_is_not() -> None:
    chance = Risk("Help", Effect(0.5, factor=Range(0.2, 0.5, 0.8)), (1,))
    found = exactly(single(), Uncertainty(risks=(chance,)))
    (bar,) = tornado(found)
    assert bar.low == found.goal.planned
    assert bar.swing == pytest.approx(-5 * DAY, rel=0.02)
    assert bar.correlation > 0.8


def test_links_of_other_kinds_and_summaries_have_dates_too() -> None:
    tasks = [Task(uid=9, name="Phase"), *(Task(uid=uid, parent=9, duration=5 * DAY) for uid in (1, 2))]
    found = exactly(build(tasks, [Link(1, 2, LinkKind.SS, DAY)]), Uncertainty(spreads=(Spread(WIDE),)))
    assert (found.finishes[0] == found.finishes[1:].max(axis=0)).all()
    assert found.percentile(0.8)[0] == found.goal.finish_at(0.8)


def test_a_chance_is_told_in_a_way_that_has_one_direction() -> None:
    told = [chances(share) for share in (0, 0.001, 0.1, 0.8, 0.87, 0.999, 1)]
    assert told == [
        "no chance", "less than 1 chance in 100", "1 chance in 10", "8 chances in 10", "87 chances in 100",
        "more than 99 chances in 100", "every chance",
    ]  # fmt: skip


def test_unknown_targets_and_dialects_are_told() -> None:
    with pytest.raises(KeyError):
        forecast(diamond(), Uncertainty(), target=77)
    with pytest.raises(ValueError, match="unknown dialect"):
        forecast(diamond(), Uncertainty(), dialect="asap")


def test_what_is_open_is_not_done_in_the_past() -> None:
    status = Instant(MONDAY + 14 * 1440)  # Monday two weeks later, in the morning
    tasks = [
        Task(uid=1, duration=2 * DAY),  # nobody has said anything of it
        Task(uid=2, duration=4 * DAY, percent_complete=25, actual_start=MONDAY, remaining=3 * DAY),
        Task(uid=3, duration=DAY),
    ]
    project = Project(1, "Example", MONDAY, 1, status_date=status, dialect="msproject")
    found = forecast(build(tasks, [Link(2, 3)], project=project), Uncertainty())
    assert [each.code for each in found.diagnostics] == ["forecast.work-in-the-past"]
    late = [int(each - status) // 1440 for each in found.percentile(0.5)]
    assert late == [1, 2, 3]
    kept = forecast(build(tasks, [Link(2, 3)], project=project), Uncertainty(), as_scheduled=True)
    assert (kept.percentile(0.5) < status).all()


def test_tasks_on_typed_dates_are_told_of_and_finished_work_is_said_to_be() -> None:
    typed = single(manual=True, start=MONDAY, finish=Instant(MONDAY + 540))
    assert [each.code for each in forecast(typed, usual()).diagnostics] == ["forecast.by-hand"]
    done = single(percent_complete=100, actual_start=MONDAY, actual_finish=Instant(MONDAY + 540))
    assert sentences(forecast(done, usual())) == ["“Example” is finished, since Mon 2 Mar 2026."]

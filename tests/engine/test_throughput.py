"""Backlogs without estimates, and how often forecasts held."""

import numpy as np
import pytest

from tests.plans import MONDAY
from triptych.engine.forecast.calibration import FEW, Past, calibration, wilson
from triptych.engine.forecast.throughput import ItemForecast, forecast_items

WEEK = 7 * 1440
HISTORY = (3, 5, 2, 4, 6, 0, 4, 5)


def done(history: tuple[int, ...] = HISTORY, items: int = 40, **options: object) -> ItemForecast:
    found = forecast_items(history, items, start=MONDAY, **options)  # type: ignore[arg-type]
    assert isinstance(found, ItemForecast)
    return found


def end_of_week(number: int) -> int:
    """Sunday of the week of that number, the first is 1."""
    return MONDAY + number * WEEK - 1440


def test_a_steady_team_has_one_date() -> None:
    found = done((5,) * 6, 40)
    assert {found.done_by(each) for each in (0.05, 0.5, 0.95)} == {end_of_week(8)}
    assert found.chance_by(end_of_week(8)) == 1
    assert found.chance_by(end_of_week(8) - 1440) == 0
    assert found.items_by(end_of_week(3), 0.9) == 15


def test_it_agrees_with_the_normal_distribution_of_many_weeks() -> None:
    found = done(items=400)
    mean, deviation = np.mean(HISTORY), np.std(HISTORY)
    weeks = 400 / mean + 0.8416 * deviation / mean * (400 / mean) ** 0.5
    late = found.done_by(0.8)
    assert late is not None
    assert (late + 1440 - MONDAY) / WEEK == pytest.approx(weeks, abs=2)


def test_more_confidence_is_a_later_date_and_fewer_items() -> None:
    found = done()
    dates = [found.done_by(each) or 0 for each in (0.5, 0.8, 0.95)]
    assert dates == sorted(dates)
    assert dates[0] < dates[-1]
    counts = [found.items_by(end_of_week(6), each) for each in (0.5, 0.8, 0.95)]
    assert counts == sorted(counts, reverse=True)
    assert found.items_by(MONDAY, 0.5) == 0


def test_the_same_seed_gives_the_same_and_more_items_take_no_less() -> None:
    assert done(seed=3).periods.tolist() == done(seed=3).periods.tolist()
    assert (done(items=50).done_by(0.8) or 0) >= (done(items=40).done_by(0.8) or 0)
    assert done(items=0).chance_by(MONDAY) == 1


def test_new_items_make_it_later_and_a_backlog_that_grows_has_no_end() -> None:
    assert (done(new=(1,) * 8).done_by(0.8) or 0) > (done().done_by(0.8) or 0)
    grows = done((3, 1, 2), new=(4, 5, 6))
    assert grows.done_by(0.8) is None
    assert [each.code for each in grows.diagnostics] == ["throughput.few-periods", "throughput.grows"]
    assert "1000 periods" in grows.sentences()[0]


def test_all_that_is_wrong_is_told() -> None:
    found = forecast_items((0, -1), -3, start=MONDAY, days=0, new=(1,))
    assert not isinstance(found, ItemForecast)
    codes = ["nothing-finished", "negative", "new-differs", "items", "days"]
    assert [each.code for each in found] == [f"throughput.{each}" for each in codes]
    (none,) = forecast_items((), 3, start=MONDAY)  # type: ignore[misc]
    assert none.code == "throughput.no-history"


def past(held: int, of: int, confidence: float = 0.8) -> list[Past]:
    return [Past({confidence: 1000}, 900 if number < held else 1200) for number in range(of)]


def test_a_share_within_chance_is_calibrated() -> None:
    (found,) = calibration(past(14, 20))
    assert (found.held, found.share, found.is_calibrated) == (14, 0.7, True)
    assert (found.low, found.high) == pytest.approx((0.481, 0.855), abs=0.001)
    assert found.sentence == "P80 held in 14 of 20 (70%): no further from it than chance explains."


def test_too_often_and_too_seldom_are_told_and_few_are_not_judged() -> None:
    assert "too seldom" in calibration(past(8, 20))[0].sentence
    assert "too often" in calibration(past(100, 100))[0].sentence
    assert calibration(past(1, FEW - 1))[0].is_calibrated is None
    assert calibration([]) == ()


def test_the_score_prefers_the_sharper_of_two_that_hold_as_often() -> None:
    rng = np.random.default_rng(1)
    finished = rng.normal(0, 100, 4_000)
    sharp = [Past({0.8: 84}, int(each)) for each in finished]
    vague = [Past({0.8: 300}, int(each)) for each in finished]
    one, other = calibration(sharp)[0], calibration(vague)[0]
    assert one.is_calibrated
    assert one.score < other.score


def test_wilsons_interval_lies_within_0_and_1() -> None:
    assert wilson(0, 5)[0] == 0
    assert wilson(5, 5)[1] == 1

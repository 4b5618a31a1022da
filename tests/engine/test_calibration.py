"""Forecasters whose truth is known, and numbers from closed forms."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from triptych.engine.forecast.calibration import (
    FEW,
    Held,
    Past,
    Verdict,
    calibration,
    compare,
    least_to_tell,
    quantile_score,
    track_record,
    wilson,
)

DAY = 1440
#: Quantiles of the standard normal distribution.
NORMAL = {0.1: -1.2816, 0.5: 0.0, 0.8: 0.8416, 0.9: 1.2816}


def past(held: int, of: int, confidence: float = 0.8) -> list[Past]:
    return [Past({confidence: 1000}, 900 if number < held else 1200) for number in range(of)]


def normal(size: int, *, believed: float = 1.0, shift: float = 0.0, seed: int = 1) -> list[Past]:
    """Finished ten days off a date by chance, forecast as if it were `believed` times as much, and `shift`
    days later."""
    luck = np.random.default_rng(seed).normal(0, 10 * DAY, size)
    dates = {each: round((10 * believed * at + shift) * DAY) for each, at in NORMAL.items()}
    return [Past(dates, int(each)) for each in luck]


def test_forecasts_that_know_the_truth_hold_as_often_as_they_say() -> None:
    found = track_record(normal(2_000))
    assert [each.confidence for each in found.held] == sorted(NORMAL)
    assert [each.verdict for each in found.held] == [Verdict.HOLDS] * 4
    assert found.late == pytest.approx(0, abs=0.6)
    assert found.width == pytest.approx(25.6, abs=0.1)


def test_perfect_forecasts_are_doubted_once_in_twenty_times() -> None:
    doubted = sum(not each.is_within for seed in range(400) for each in calibration(normal(60, seed=seed)))
    assert 0.03 < doubted / 1_600 < 0.08


def test_bold_cautious_and_leaning_forecasts_are_told_apart() -> None:
    bold, cautious = track_record(normal(400, believed=0.3)), track_record(normal(400, believed=3))
    assert [bold.held[at].verdict for at in (0, 3)] == [Verdict.TOO_OFTEN, Verdict.TOO_SELDOM]
    assert [cautious.held[at].verdict for at in (0, 3)] == [Verdict.TOO_SELDOM, Verdict.TOO_OFTEN]
    assert track_record(normal(400, shift=-5)).late == pytest.approx(5, abs=1.5)
    assert (bold.width or 0) < (cautious.width or 0)


def test_a_share_within_chance_is_as_stated() -> None:
    (found,) = calibration(past(14, 20))
    assert (found.held, found.share, found.is_calibrated, found.by_chance) == (14, 0.7, True, (13, 19))
    assert (found.low, found.high) == pytest.approx((0.481, 0.855), abs=0.001)
    assert found.sentence == (
        "P80 held in 14 of 20 (70 %); by chance alone one would see 13 to 19: as stated, as far as can be told."
    )


def test_too_often_and_too_seldom_are_told_and_few_are_not_judged() -> None:
    assert calibration(past(8, 20))[0].sentence.endswith("13 to 19: too seldom, the dates are too early.")
    assert calibration(past(100, 100))[0].verdict is Verdict.TOO_OFTEN
    assert calibration(past(0, FEW - 1))[0].is_calibrated is None
    assert calibration(past(12, 15))[0].sentence.endswith("too few to tell.")
    assert calibration(past(2, 15))[0].verdict is Verdict.TOO_SELDOM  # few, but plain
    assert calibration([]) == ()


@given(st.integers(1, 80), st.floats(0.02, 0.98))
def test_what_chance_alone_shows_is_what_the_interval_holds(forecasts: int, confidence: float) -> None:
    within = [
        held for held in range(forecasts + 1)
        if Held(confidence, forecasts, held, *wilson(held, forecasts), 0.0).is_within
    ]  # fmt: skip
    least, most = Held(confidence, forecasts, 0, 0, 1, 0.0).by_chance
    assert within == list(range(least, most + 1))


@given(st.integers(30, 80), st.sampled_from([0.2, 0.5, 0.8, 0.9]))
def test_chance_alone_keeps_within_it_nineteen_times_in_twenty(forecasts: int, confidence: float) -> None:
    least, most = Held(confidence, forecasts, 0, 0, 1, 0.0).by_chance
    mass = sum(
        math.comb(forecasts, held) * confidence**held * (1 - confidence) ** (forecasts - held)
        for held in range(least, most + 1)
    )
    assert 0.915 < mass < 0.975


@pytest.mark.parametrize(("confidence", "least"), [(0.5, 8), (0.8, 16), (0.2, 16), (0.9, 35), (0.95, 73)])
def test_from_so_many_on_all_that_hold_would_show(confidence: float, least: int) -> None:
    assert least_to_tell(confidence) == least
    of = least if least > FEW else 100
    extreme = of if confidence >= 0.5 else 0
    assert not calibration(past(extreme, of, confidence))[0].is_within
    if least > FEW:
        assert calibration(past(extreme and of - 1, of - 1, confidence))[0].is_within


def test_the_quantile_score_counts_late_by_the_confidence_and_early_by_the_rest() -> None:
    assert quantile_score(0.8, np.array([10.0, -10.0, 0.0])) == pytest.approx([8.0, 2.0, 0.0])


def test_the_true_quantile_scores_best() -> None:
    finished = np.random.default_rng(2).normal(0, 10 * DAY, 4_000)
    scores = {
        shift: calibration([Past({0.8: round((8.416 + shift) * DAY)}, int(each)) for each in finished])[
            0
        ].score
        for shift in (-4, 0, 4)
    }
    assert min(scores, key=lambda each: scores[each]) == 0
    assert scores[0] == pytest.approx(10 * math.exp(-(0.8416**2) / 2) / math.sqrt(2 * math.pi), rel=0.03)


def test_the_better_of_two_forecasters_is_told() -> None:
    sharp, vague = normal(200), normal(200, believed=3)
    found = compare(sharp, vague)
    assert (found.cases, found.is_telling) == (200, True)
    assert found.skill == pytest.approx(1 - track_record(sharp).score / track_record(vague).score)
    assert "43 % better than that of the second: more than chance" in found.sentence
    back = compare(vague, sharp)
    assert back.better == 200 - found.better
    assert back.luck == found.luck
    assert "worse" in back.sentence


def test_equal_forecasters_are_not_told_apart() -> None:
    found = compare(normal(50), normal(50))
    assert (found.cases, found.better, found.skill, found.luck, found.is_telling) == (50, 0, 0, 1, False)
    assert not compare(past(4, 5), [Past({0.8: 990}, each.finished) for each in past(4, 5)]).is_telling
    right = [Past({0.5: 7}, 7)]
    assert compare(right, right).skill == 0
    assert compare([Past({0.5: 8}, 7)], right).skill == -math.inf


def test_who_is_nearer_most_times_may_still_be_the_worse() -> None:
    """The bold one wins by a little most times, and is far off the others."""
    late = [0] * 88 + [100] * 12
    bold, wide = (
        [Past({0.9: 1}, each, unit=1) for each in late],
        [Past({0.9: 90}, each, unit=1) for each in late],
    )
    found = compare(bold, wide)
    assert found.better == 88
    assert (found.skill < 0, found.is_telling) == (True, False)
    assert compare(bold * 20, wide * 20).sentence == (
        "Over 2000 cases the score of the first is 20 % worse than that of the second: more than chance explains."
    )


def test_the_luck_of_a_few_is_counted_as_it_can_be_by_hand() -> None:
    """Eight differences of the same size: all on one side twice in 256 assignments."""
    one, other = [Past({0.5: 1}, 0, unit=1)] * 8, [Past({0.5: 2}, 0, unit=1)] * 8
    assert compare(one, other).luck == pytest.approx(2 / 256, abs=0.003)
    assert compare(one, other).is_telling
    assert not compare(one[:7], other[:7]).is_telling


def test_forecasters_of_other_things_are_not_compared() -> None:
    with pytest.raises(ValueError, match="differ"):
        compare(normal(3), normal(3, seed=2))
    with pytest.raises(ValueError, match="no confidence"):
        compare(past(1, 2, 0.8), past(1, 2, 0.9))
    with pytest.raises(ValueError, match="no forecast"):
        _ = track_record([]).score


def test_projects_of_different_length_are_measured_in_their_own_durations() -> None:
    short, long = Past({0.5: 100}, 110, unit=100), Past({0.5: 1000}, 1100, unit=1000)
    found = track_record([short, long])
    assert found.late == pytest.approx(0.1)
    assert found.score == pytest.approx(0.05)
    assert found.width is None


def test_in_words() -> None:
    dates = {0.1: 0, 0.5: 3 * DAY, 0.9: 10 * DAY}
    found = track_record([Past(dates, 4 * DAY)] * 10)
    assert found.sentences()[-2:] == [
        "Half of them were finished 1 day later than their P50, or more.",
        "From P10 to P90 they reach over 10 days on average.",
    ]
    even = track_record([Past({0.5: 5}, 5)])
    assert even.sentences() == [
        "P50 held in 1 of 1 (100 %); by chance alone one would see 0 to 1: too few to tell.",
        "As many were finished before their P50 as after it.",
    ]


def test_wilsons_interval_is_as_published_and_lies_within_0_and_1() -> None:
    assert wilson(0, 20) == pytest.approx((0, 0.1611), abs=1e-4)  # Newcombe (1998), method 3, gives these
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert (wilson(0, 5)[0], wilson(5, 5)[1]) == pytest.approx((0, 1))
    assert 0 <= wilson(0, 3)[0] < wilson(3, 3)[1] <= 1

"""Backlogs without estimates: against what is known in closed form, and against what must not change."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triptych.engine.forecast.backlog import ENOUGH, FEW, trend
from triptych.engine.forecast.calibration import wilson
from triptych.engine.forecast.history import count_finished
from triptych.engine.forecast.resampling import LANES, Resampling
from triptych.engine.forecast.throughput import NEVER, ItemForecast, forecast_items, sentences
from triptych.plan import parse_instant, spell_instant

MONDAY = parse_instant("2026-11-23")
WEEK = 7 * 1440
HISTORY = (3, 5, 2, 4, 6, 0, 4, 5)
CONFIDENCES = (0.05, 0.5, 0.8, 0.95)


def done(
    history: tuple[int, ...] = HISTORY, items: int | tuple[int, int] = 40, **options: object
) -> ItemForecast:
    found = forecast_items(history, items, start=MONDAY, **options)  # type: ignore[arg-type]
    assert isinstance(found, ItemForecast), found
    return found


def friday(week: int) -> int:
    """The last minute of the Friday of a week; the first is 1."""
    return MONDAY + (week - 1) * WEEK + 5 * 1440 - 1


@pytest.mark.parametrize("plain", [False, True])
def test_a_steady_team_has_one_date(plain: bool) -> None:
    found = done((5,) * 6, plain=plain)
    assert {found.done_by(each) for each in CONFIDENCES} == {friday(8)}
    assert spell_instant(friday(8)) == "2027-01-15T23:59"
    assert (found.chance_by(friday(8)), found.chance_by(friday(8) - 1)) == (1, 0)
    assert {found.items_by(friday(3), each) for each in CONFIDENCES} == {15}
    assert found.items_by(friday(4) - 1, 0.5) == 15
    assert found.items_by(MONDAY, 0.5) == 0


def test_half_the_time_takes_twice_as_long() -> None:
    assert done((5,) * 6, focus=0.5).periods_for(0.5) == 16
    assert done((5,) * 6, focus=0.5).items_by(friday(3), 0.8) == 7
    assert done((1,) * 6, items=3, focus=0.1).periods_for(0.8) == 30  # nothing is lost in tenths


def test_items_that_come_are_done_too() -> None:
    assert done((5,) * 6, new=(3,) * 6).periods_for(0.8) == 20
    assert done((5,) * 6, 40, split=(1.5, 1.5)).periods_for(0.8) == 12


def test_a_range_of_items_is_drawn_evenly() -> None:
    found = done((1,) * 6, (11, 20), iterations=20_000)
    weeks, often = np.unique(found.periods, return_counts=True)
    assert weeks.tolist() == list(range(11, 21))
    assert often / 20_000 == pytest.approx([0.1] * 10, abs=0.01)


@pytest.mark.parametrize("run", [1, 2])
def test_drawn_plainly_it_agrees_with_the_central_limit(run: int) -> None:
    history = (2, 6, 1, 7, 4, 3, 5, 4)
    over, count = np.array(history), 60
    sums = over + np.roll(over, -1) if run == 2 else over
    found = done(history, plain=True, run=run, iterations=20_000).finished_by(friday(count))
    assert found.mean() == pytest.approx(count * over.mean(), rel=0.005)
    assert found.std() == pytest.approx(float(sums.std()) * (count / run) ** 0.5, rel=0.03)


@pytest.mark.parametrize("run", [1, 2])
def test_what_the_history_does_not_know_widens_it_as_much_as_it_should(run: int) -> None:
    """The total of k periods varies by k (the draws) and by k² (their mean, Dirichlet): s² k (1 + (k − 1) /
    (n + 1)) for single periods."""
    history = (2, 6, 1, 7, 4, 3, 5, 4)
    over, count, size = np.array(history), 60, len(history)
    sums, draws = (over + np.roll(over, -1) if run == 2 else over), count / run
    found = done(history, run=run, iterations=20_000).finished_by(friday(count))
    deviation = float(sums.std()) * (draws * (1 + (draws - 1) / (size / run + 1))) ** 0.5
    assert found.std() == pytest.approx(deviation, rel=0.03)


def test_its_80_per_cent_hold_where_the_truth_is_known() -> None:
    """300 teams of the same kind, six weeks of history each: P80 is too early in no more than chance
    explains, drawn plainly in more."""
    rng, kept = np.random.default_rng(5), {False: 0, True: 0}
    for _ in range(300):
        weeks = rng.poisson(rng.gamma(2, 2, 300))
        true = int((weeks[6:].cumsum() >= 80).argmax()) + 1
        for plain in kept:
            found = done(tuple(weeks[:6].tolist()), 80, plain=plain, iterations=LANES)
            kept[plain] += true <= (found.periods_for(0.8) or NEVER)
    assert wilson(kept[False], 300)[1] > 0.8
    assert wilson(kept[True], 300)[1] < 0.8


def test_the_same_seed_gives_the_same_and_more_iterations_begin_alike() -> None:
    assert done(seed=3).periods.tolist() == done(seed=3).periods.tolist()
    assert done(seed=3).periods.tolist() != done(seed=4).periods.tolist()
    assert done(iterations=1_500).periods.tolist() == done().periods[:1_500].tolist()
    places = next(Resampling(8, seed=1).draw(0))
    assert places[0, :6].tolist() == [0, 2, 1, 5, 6, 2]  # written down when it was made


counts = st.lists(st.integers(0, 9), min_size=FEW, max_size=12).filter(lambda each: max(each) > 0).map(tuple)
runs: st.SearchStrategy[dict[str, object]] = st.sampled_from(
    [{}, {"plain": True}, {"run": 2}, {"focus": 0.7}, {"split": (1.0, 1.7)}]
)


@settings(max_examples=40, deadline=None)
@given(counts, st.integers(0, 60), st.integers(0, 20), runs)
def test_more_items_are_never_done_earlier(
    history: tuple[int, ...], items: int, more: int, options: dict[str, object]
) -> None:
    few = done(history, items, iterations=500, **options)
    many = done(history, items + more, iterations=500, **options)
    assert (few.periods <= many.periods).all()
    dates = [few.periods_for(each) or NEVER for each in CONFIDENCES if items]
    assert dates == sorted(dates)


@settings(max_examples=40, deadline=None)
@given(counts, st.integers(1, 60), st.integers(1, 30), runs.filter(lambda each: "split" not in each))
def test_as_many_are_done_by_a_date_as_have_their_last_by_it(
    history: tuple[int, ...], items: int, week: int, options: dict[str, object]
) -> None:
    found = done(history, items, iterations=500, **options)
    assert (found.finished_by(friday(week)) >= items).tolist() == (found.periods <= week).tolist()
    least = [found.items_by(friday(week), each) for each in CONFIDENCES]
    assert least == sorted(least, reverse=True)
    assert (
        np.mean(found.finished_by(friday(week)) >= least[2])
        >= 0.8
        > np.mean(found.finished_by(friday(week)) > least[2])
    )


def test_only_the_last_periods_count_with_what_came_in_them() -> None:
    found = done((9,) * 5 + (2,) * 5, 10, last=5, new=(0,) * 5 + (1,) * 5)
    assert found.history == (2,) * 5
    assert found.periods_for(0.8) == 10


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-23", 7, "2026-11-27"),
        ("2026-11-25", 7, "2026-12-01"),
        ("2026-11-22", 7, "2026-11-27"),
        ("2026-11-23T09:00", 14, "2026-12-04"),
        ("2026-11-28", 1, "2026-11-28"),
    ],
)
def test_a_period_ends_on_its_last_working_day(start: str, days: int, end: str) -> None:
    found = forecast_items((1,) * 6, 1, start=parse_instant(start), days=days)
    assert isinstance(found, ItemForecast)
    assert spell_instant(found.done_by(0.5) or 0) == f"{end}T23:59"


def test_a_backlog_that_grows_has_no_end() -> None:
    found = done((3, 1, 2, 3, 1), new=(4, 5, 6, 4, 4))
    assert (found.done_by(0.8), found.periods_for(0.8), found.chance_by(friday(900))) == (None, None, 0)
    assert "throughput.grows" in [each.code for each in found.diagnostics]
    assert sentences(found) == ["No chance that the 40 items are finished within 1000 weeks."]


def test_in_words() -> None:
    found = done((5,) * 8)
    assert sentences(found, by=friday(6), period="sprint") == [
        "8 chances in 10 that the 40 items are finished by Fri 15 Jan 2027, within 8 sprints.",
        "An even chance of that by Fri 15 Jan 2027, within 8 sprints.",
        "No chance that all is finished by Fri 1 Jan 2027, when 6 sprints are over.",
        "8 chances in 10 that at least 30 items are finished by then.",
    ]
    assert sentences(done((1,) * 8, 1), confidence=0.5) == [
        "5 chances in 10 that the item is finished by Fri 27 Nov 2026, within 1 week."
    ]
    assert sentences(done((1,) * 8, (2, 3)))[0].startswith(
        "8 chances in 10 that the 2 to 3 items are finished by"
    )
    assert sentences(done((5,) * 8, 9), by=friday(3))[-1].endswith(
        "at least 15 items could be finished by then."
    )
    assert done(items=0).chance_by(MONDAY - 1) == 1


def test_the_largest_numbers_are_borne() -> None:
    found = done((10**6,) * 5, 10**6, focus=100, iterations=10)
    assert found.items_by(friday(1_000), 0.8) == 2**31 - 1
    assert found.periods_over(friday(2_000)) == 1_000
    assert (
        spell_instant(done((1,) * 5, 1_000, days=366, iterations=10).done_by(0.8) or 0) == "3028-12-19T23:59"
    )


def codes(history: tuple[int, ...], items: int | tuple[int, int] = 9, **options: object) -> list[str]:
    found = forecast_items(history, items, start=MONDAY, **options)  # type: ignore[arg-type]
    assert not isinstance(found, ItemForecast)
    return [each.code.removeprefix("throughput.") for each in found]


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert codes((0, -1), -3, days=0, new=(1, -1, 1), split=(2, 1), focus=0, run=2) == [
        "few-periods",
        "nothing-finished",
        "negative",
        "new",
        "new-differs",
        "items",
        "split",
        "days",
        "run",
        "focus",
    ]
    assert codes(()) == ["no-history"]
    assert codes((1,) * 2_001) == ["long-history"]
    assert codes((1,) * 4) == ["few-periods"]
    assert codes((1,) * 9, last=4) == codes((1,) * 9, last=10) == codes((1,) * 9, last=0) == ["last"]
    assert codes((0,) * 9) == codes((9, 0, 0, 0, 0, 0), last=5) == ["nothing-finished"]
    assert codes((10**7,) * 9, (5, 4)) == ["too-many", "items"]
    with pytest.raises(ValueError, match="seed"):
        forecast_items(HISTORY, 9, start=MONDAY, seed=-1)


def test_a_short_history_and_a_trend_are_told() -> None:
    assert [each.code for each in done((1, 2, 1, 2, 1)).diagnostics] == ["throughput.short-history"]
    assert done((2, 1) * (ENOUGH // 2)).diagnostics == ()
    (told,) = done((1, 1, 2, 3, 2, 4, 5, 6)).diagnostics
    assert told.code == "throughput.trend"
    assert "4.2 items in the later half of the history, 1.8 in the earlier" in told.message


def test_the_trend_is_that_of_mann_and_kendall() -> None:
    assert trend(np.arange(10)) == pytest.approx(44 / 125**0.5)  # 45 pairs rise; variance 10 · 9 · 25 / 18
    assert trend(np.arange(10)[::-1]) == pytest.approx(-44 / 125**0.5)
    assert trend(np.ones(9, np.int64)) == 0


def test_dates_are_counted_back_from_the_first_day() -> None:
    first = date(2026, 11, 4)  # a Wednesday: its week is not known whole
    dates = [first + timedelta(each) for each in (0, 1, 5, 6, 18)]
    assert count_finished(dates, start=MONDAY) == ((2, 1), ())
    assert count_finished([date(2026, 11, 2)], start=MONDAY) == ((1, 0, 0), ())
    assert count_finished([date(2026, 11, 21)], start=MONDAY) == ((), ())
    assert count_finished([], start=MONDAY) == ((), ())
    counts, (told,) = count_finished([date(2026, 11, 23), first], start=MONDAY)
    assert (counts, told.code) == ((), "throughput.ahead")

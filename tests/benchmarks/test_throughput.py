"""The benchmark of backlogs, on few teams."""

import numpy as np

from benchmarks.throughput import both, past, teams


def test_the_same_teams_are_forecast_both_ways() -> None:
    row = both(40, 6, 20)
    assert row["here P80"] >= row["plain P80"] - 0.05
    assert row == both(40, 6, 20)
    assert [len(each) for each in teams(2, seed=1)] == [425, 425]


def test_what_comes_true_is_the_week_of_the_last_item() -> None:
    weeks = np.array([2] * 6 + [3] * 10)
    found = past(weeks, 6, 10, plain=False)
    assert found is not None
    assert (found.finished, set(found.dates.values()), found.unit) == (4, {5}, 5)
    assert past(np.zeros(20, np.int64), 6, 10, plain=False) is None

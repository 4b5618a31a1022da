"""The header of dates: labels that never overlap, whatever the length of the plan."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pictures.charts import scheduled
from triptych.pictures.scale import Scale, scale_for
from triptych.pictures.tiers import PAIRS, tiers_for
from triptych.plan import Task, parse_instant

NEW_YEAR = parse_instant("2026-01-01")


def scales() -> st.SearchStrategy[Scale]:
    return st.builds(
        Scale,
        origin=st.floats(NEW_YEAR - 10_000_000, NEW_YEAR + 10_000_000),
        per_day=st.floats(-3, 4).map(lambda power: 10.0**power),
        left=st.just(200.0),
        width=st.floats(700, 2200),
    ).filter(lambda scale: scale.width / scale.per_day < 36_500)


@given(scales())
def test_labels_neither_overlap_nor_leave_their_cells(scale: Scale) -> None:
    for tier in tiers_for(scale):
        labelled = [cell for cell in tier if cell.label]
        assert all(a.label_right < b.label_left for a, b in pairwise(labelled))
        assert all(cell.left <= cell.label_left and cell.label_right <= cell.right for cell in labelled)


@given(scales())
def test_the_cells_of_a_tier_cover_the_chart_without_gaps(scale: Scale) -> None:
    for tier in tiers_for(scale):
        assert tier[0].left == scale.left
        assert tier[-1].right == scale.right
        assert all(a.right == b.left for a, b in pairwise(tier))


@pytest.mark.parametrize("least", [least for least, *_ in PAIRS if least])
def test_the_narrowest_cells_of_each_pair_have_room_for_their_labels(least: float) -> None:
    upper, lower = tiers_for(Scale(NEW_YEAR, least, 200, 2200))
    assert all(cell.label for cell in [*upper[1:-1], *lower[1:-1]])


@given(scales())
def test_both_tiers_tell_the_time(scale: Scale) -> None:
    upper, lower = tiers_for(scale)
    assert any(cell.label for cell in upper)
    assert all(cell.label for cell in lower[1:-1])


@pytest.mark.parametrize(
    ("minutes", "upper", "lower"),
    [
        (180, "Mon 2 March 2026", "08:15"),
        (960, "Mon 2 March 2026", "12:00"),
        (480 * 20, "March 2026", "16"),
        (480 * 90, "April 2026", "6 Apr"),
        (480 * 1000, "2027", "Mar"),
        (480 * 5000, "2030", "Q1"),
        (480 * 20000, "2030 – 2039", "2035"),
        (480 * 17500, "2030 – 2039", "’35"),
    ],
)
def test_the_tiers_suit_the_length_of_the_plan(minutes: int, upper: str, lower: str) -> None:
    result = scheduled([Task(uid=1, name="All of it", duration=minutes)])
    tiers = tiers_for(scale_for(result, left=300))
    assert upper in [cell.label for cell in tiers[0]]
    assert lower in [cell.label for cell in tiers[1]]


def test_weeks_begin_on_monday() -> None:
    result = scheduled([Task(uid=1, name="A spring", duration=480 * 60)])
    _, weeks = tiers_for(scale_for(result, left=300))
    assert [cell.label for cell in weeks[1:4]] == ["2 Mar", "9 Mar", "16 Mar"]

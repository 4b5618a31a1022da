"""The picture of a frontier: every step where it is, labels that can be read."""

from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.select.brute import portfolios
from tests.engine.select.small import candidate, portfolio
from tests.pictures.charts import SVG, of_class, texts
from tests.pictures.drawn import boxes, text_box
from triptych.engine.select import Aim, case_of
from triptych.engine.select.frontier import Frontier, frontier, has_money
from triptych.pictures.frontier import EMPTY, frontier_svg
from triptych.plan.portfolio import Portfolio

THREE = portfolio(
    candidate("Quay", 300, 60), candidate("App", 200, 50), candidate("Wifi", 20, 40), budget=100, currency="€"
)


def drawn(found: Frontier) -> ET.Element:
    return ET.fromstring(frontier_svg(found).encode())  # noqa: S314 - our own


def test_today_the_next_step_and_the_largest_steps_are_named() -> None:
    told = texts(drawn(frontier(case_of(THREE))))
    assert "Today’s budgets of € 100 buy € 320." in told
    assert {"Today € 100 buys € 320", "Next step € 110", "+ Quay"} <= set(told)


def test_points_are_filled_up_to_today_and_stand_where_they_are() -> None:
    found = frontier(case_of(THREE))
    root = drawn(found)
    paid, dearer = (of_class(of_class(root, "choices")[0], each)[0] for each in ("paid", "dearer"))
    counts = [len(list(each.iter(f"{SVG}circle"))) for each in (paid, dearer)]
    assert counts == [
        sum(each.share <= 1 for each in found.points),
        sum(each.share > 1 for each in found.points),
    ]
    places = [
        (float(each.attrib["cx"]), float(each.attrib["cy"]))
        for each in (*paid.iter(f"{SVG}circle"), *dearer.iter(f"{SVG}circle"))
    ]
    for (x, y), (x2, y2), one, other in zip(places, places[1:], found.points, found.points[1:], strict=False):
        assert x2 > x
        assert y2 < y
        assert (x2 - x) / (other.money - one.money) == pytest.approx((places[-1][0] - places[0][0]) / (found.points[-1].money - found.points[0].money), rel=0.01)  # fmt: skip


def test_the_key_tells_only_of_points_that_there_are() -> None:
    found = frontier(case_of(THREE))
    dearer = "Best choice that takes more"
    assert dearer in texts(drawn(found))
    paid = replace(found, points=tuple(each for each in found.points if each.share <= 1))
    assert dearer not in texts(drawn(paid))


def test_a_step_at_which_something_only_leaves_is_named() -> None:
    found = frontier(case_of(THREE))
    only = replace(found.points[-1], comes=(), goes=("Wifi",))
    assert "− Wifi" in texts(drawn(replace(found, points=(*found.points[:-2], only))))


def test_a_frontier_without_points_says_so() -> None:
    found = Frontier(replace(THREE, candidates=()), Aim.VALUE, ())
    assert EMPTY in texts(drawn(found))


@settings(max_examples=30)
@given(portfolios().filter(has_money), st.sampled_from(Aim))
def test_labels_do_not_overlap_and_all_is_inside(asked: Portfolio, aim: Aim) -> None:
    root = drawn(frontier(case_of(asked, aim)))
    wide, high = float(root.attrib["width"]), float(root.attrib["height"])
    for each in boxes(root):
        assert -1 <= each.left <= each.right <= wide + 1
        assert -1 <= each.top <= each.bottom <= high + 1
    labels = [text_box(each) for each in root.iter(f"{SVG}text")]
    for one, other in combinations(labels, 2):
        assert not one.meets(other), (one, other)

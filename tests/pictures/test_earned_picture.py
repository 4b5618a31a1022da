"""The picture of earned value: curves at their dates and amounts, labels that can be read."""

import re
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pictures.charts import SVG, of_class, texts
from tests.pictures.drawn import boxes, text_box
from tests.plans import MONDAY, STANDARD, build
from triptych.engine.earned import (
    Clock,
    Curve,
    EarnedValue,
    Kind,
    Rows,
    Snapshot,
    Status,
    assess,
    earned_value,
)
from triptych.pictures.earned import earned_svg
from triptych.pictures.plane import steps
from triptych.plan import Instant, Task

DAY, WEEK = 1440, 7 * 1440
PLAN = build([Task(uid=1, name="Dig", duration=480)])


def measured(
    *,
    weeks: int = 20,
    done: float = 0.3,
    at: int = 8,
    cost: float | None = 1.2,
    unit: Kind = Kind.MONEY,
    value: float = 1e8,
) -> EarnedValue:
    """Two tasks in a row over so many weeks; `done` of it after `at` weeks, for `cost` times what it is worth."""
    middle, end = MONDAY + weeks * WEEK // 2, MONDAY + weeks * WEEK
    rows = Rows.prorated(
        np.arange(2), np.array([MONDAY, middle]), np.array([middle, end]), np.array([value / 2, value / 2])
    )
    curve = Curve.of(rows, [Clock.of(STANDARD, [STANDARD], MONDAY, end)])
    now = Instant(MONDAY + at * WEEK)
    snapshot = Snapshot(now, rows.value * done, None if cost is None else cost * done * value)
    said = assess(curve, snapshot, unit=unit)
    return EarnedValue(PLAN, PLAN.project, None, said, curve, snapshot)


def drawn(found: EarnedValue, title: str | None = None) -> ET.Element:
    return ET.fromstring(earned_svg(found, title=title).encode())  # noqa: S314 - our own


def points(path: ET.Element) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"([\d.-]+) ([\d.-]+)", path.attrib["d"])]


def lines(root: ET.Element, word: str) -> list[list[tuple[float, float]]]:
    """The curves of a kind, without the way ahead and the key."""
    (group,) = of_class(root, "curves")
    return [
        points(each)
        for each in of_class(group, word)
        if "ahead" not in each.attrib["class"] and "d" in each.attrib
    ]


def test_the_hollow_point_lies_on_the_planned_curve_as_high_as_what_is_earned() -> None:
    root = drawn(measured())
    (point,) = of_class(root, "hollow")
    x, y = float(point.attrib["cx"]), float(point.attrib["cy"])
    (planned,), (earned,) = lines(root, "planned"), lines(root, "value")
    before = max(each for each in planned if each[0] <= x)
    after = min(each for each in planned if each[0] >= x)
    assert after[1] - 0.2 <= y <= before[1] + 0.2
    assert y == pytest.approx(earned[-1][1], abs=0.1)
    assert x < earned[-1][0], "less is earned than was planned"


def test_curves_begin_at_nothing_and_amounts_are_in_proportion() -> None:
    root = drawn(measured(done=0.4, cost=1.5))
    (earned,), (spent,) = lines(root, "value"), lines(root, "spent")
    assert earned[0] == spent[0]
    assert spent[0][1] - spent[-1][1] == pytest.approx(1.5 * (earned[0][1] - earned[-1][1]), abs=0.3)


def test_earlier_dates_are_on_the_curve() -> None:
    found = measured()
    history = (Status(Instant(MONDAY + 2 * WEEK), 1e7, 2e7), Status(Instant(MONDAY + 4 * WEEK), 2e7, None))
    root = drawn(replace(found, history=history))
    (earned,), (spent,) = lines(root, "value"), lines(root, "spent")
    assert (len(earned), len(spent)) == (4, 3)


def test_what_is_not_known_is_not_drawn() -> None:
    root = drawn(measured(cost=None))
    assert lines(root, "spent") == []
    assert "Actual cost not known" in texts(root)
    assert not any("EAC" in each for each in texts(root))


def test_dates_and_estimates_are_labelled() -> None:
    said = " ".join(texts(drawn(measured())))
    for words in (
        "Status 27 Apr 2026",
        "Earned schedule",
        "Planned finish",
        "Forecast finish",
        "BAC 1,000,000",
        "EAC 1,200,000",
    ):
        assert words in said


def test_finished_work_shows_what_it_cost() -> None:
    said = texts(drawn(measured(done=1.0, at=22)))
    assert "AC 1,200,000" in said
    assert not any(each.startswith("Forecast") for each in said)


def test_hours_are_drawn_in_hours() -> None:
    said = texts(drawn(measured(unit=Kind.WORK, value=60_000)))
    assert {"BAC 1,000 h", "500 h"} <= set(said)
    assert any(each.startswith("Actual work") for each in said)


@given(
    weeks=st.integers(1, 300),
    done=st.integers(0, 100),
    at=st.integers(0, 400),
    cost=st.none() | st.integers(0, 400),
    value=st.sampled_from([100.0, 12_345.0, 1e8, 9.9e13]),
    unit=st.sampled_from([Kind.MONEY, Kind.WORK]),
)
def test_nothing_overlaps_and_nothing_leaves_the_picture(
    weeks: int, done: int, at: int, cost: int | None, value: float, unit: Kind
) -> None:
    root = drawn(
        measured(
            weeks=weeks,
            done=done / 100,
            at=at,
            cost=None if cost is None else cost / 100,
            value=value,
            unit=unit,
        )
    )
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for box in boxes(root):
        assert -1 <= box.left <= box.right <= width + 1, box
        assert -1 <= box.top <= box.bottom <= height + 1, box
    labels = [text_box(each) for each in root.iter(f"{SVG}text") if each.text]
    met = [(one.what, other.what) for one, other in combinations(labels, 2) if one.meets(other)]
    assert not met


@pytest.mark.parametrize("most", [0.5, 1, 7, 999, 1_060_000, 9.9e11])
def test_amounts_on_the_axis_are_round_and_few(most: float) -> None:
    found = steps(most)
    assert 3 <= len(found) <= 7
    assert found[0] == 0
    assert found[-1] <= most < found[-1] + found[1] * 1.0001
    assert re.fullmatch(r"[125]\.?0*", f"{found[1]:e}".partition("e")[0])


def test_a_title_can_hold_anything() -> None:
    assert "a < b & c" in texts(drawn(measured(), "a < b & c"))


def test_without_a_baseline_there_is_nothing_to_draw() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        earned_svg(earned_value(PLAN, at=MONDAY))

"""Forecasts as pictures: every chance where it belongs, nothing outside, nothing over anything else."""

from collections.abc import Sequence
from functools import cache
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from tests.pictures.charts import marks, of_class, texts
from tests.pictures.drawn import SVG, Box, boxes, text_box
from tests.plans import MONDAY, build
from triptych.engine.forecast import Forecast, forecast
from triptych.engine.forecast.tornado import Bar, tornado
from triptych.engine.forecast.words import money
from triptych.engine.schedule import schedule
from triptych.pictures import gantt_svg
from triptych.pictures.axis import Axis, extent, round_step, spell_for, steps_between, whole_spells
from triptych.pictures.forecast import forecast_svg, tornado_svg
from triptych.plan import Instant, Link, Project, Task
from triptych.plan.quantities import MINUTES_PER_DAY
from triptych.plan.spelling import day_in_words, in_words
from triptych.plan.uncertainty import Effect, Factor, Range, Risk, Spread, Uncertainty

DAY = 480
WIDE = Range(0.5, 1.0, 2.0)
CONFIDENCES = (0.1, 0.5, 0.8, 0.9)
NAMES = ("Lay the keel", "W" * 300, "i", "<b>& 'co'\x07", "مرحبا بالعالم")

#: A length of the one task in working minutes, what is uncertain about it, and what was wanted.
CASES: dict[str, tuple[int, Uncertainty, int | None]] = {
    "certain": (10 * DAY, Uncertainty(), None),
    "two days": (900, Uncertainty(spreads=(Spread(WIDE),)), MONDAY + 2 * MINUTES_PER_DAY),
    "weeks": (10 * DAY, Uncertainty(spreads=(Spread(WIDE),)), MONDAY + 12 * MINUTES_PER_DAY),
    "ten years": (2600 * DAY, Uncertainty(spreads=(Spread(WIDE),)), MONDAY + 4000 * MINUTES_PER_DAY),
    "long tail": (
        10 * DAY,
        Uncertainty(
            spreads=(Spread(Range(0.9, 1.0, 1.1)),),
            risks=(Risk("Flood", Effect(0.003, delay=Range(100.0 * DAY, 300.0 * DAY, 900.0 * DAY)), (1,)),),
        ),
        MONDAY + 900 * MINUTES_PER_DAY,
    ),
    "skewed": (
        10 * DAY,
        Uncertainty(risks=(Risk("Flood", Effect(0.15, delay=Range(100.0 * DAY, 300.0 * DAY, 900.0 * DAY)), (1,)),)),
        MONDAY,
    ),
}  # fmt: skip


@cache
def case(name: str) -> Forecast:
    minutes, what, _ = CASES[name]
    return forecast(build([Task(uid=1, name="Work", duration=minutes)]), what, iterations=1024, tolerance=0)


@cache
def chain(price: int = 0, names: Sequence[str] = NAMES) -> Forecast:
    """Tasks one after another that all vary and feel the weather; each costs `price` once and a fire costs money."""
    tasks = [
        Task(uid=uid, name=name, duration=(3 + uid) * DAY, fixed_cost=price)
        for uid, name in enumerate(names, 1)
    ]
    project = Project(
        1, "Ship & shore", MONDAY, 1, status_date=Instant(MONDAY), currency="€" if price else ""
    )
    plan = build(tasks, [Link(uid, uid + 1) for uid in range(1, len(names))], project=project)
    fire = (
        Effect(0.2, cost=Range(0.5 * price, price, 2.0 * price))
        if price
        else Effect(0.3, delay=Range(60, 480, 4800))
    )
    what = Uncertainty(
        spreads=(Spread(WIDE),),
        factors=(Factor("Weather", Range(0.9, 1.0, 1.3)),),
        risks=(Risk("Fire", fire, (2,)),),
    )
    return forecast(plan, what, iterations=1024, tolerance=0)


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg.encode())  # noqa: S314 - our own


def size(root: ET.Element) -> tuple[float, float]:
    left, top, width, height = (float(each) for each in root.attrib["viewBox"].split())
    assert (left, top) == (0, 0)
    return width, height


def assert_inside(root: ET.Element) -> None:
    width, height = size(root)
    out = [
        each for each in boxes(root)
        if each.left < -0.1 or each.top < -0.1 or each.right > width + 0.1 or each.bottom > height + 0.1
    ]  # fmt: skip
    assert not out


def assert_apart(root: ET.Element) -> None:
    told: list[Box] = [text_box(each) for each in root.iter(f"{SVG}text") if each.text]
    pairs = [(a.what, b.what) for place, a in enumerate(told) for b in told[:place] if a.meets(b)]
    assert not pairs


def rules(root: ET.Element) -> dict[str, tuple[float, str]]:
    """Where each line that points out a date or an amount stands, and what it says; the first panel's win."""
    found: dict[str, tuple[float, str]] = {}
    for each in of_class(root, "mark"):
        box = next(iter(boxes(each)))
        assert box.left == box.right
        title = each.find(f"{SVG}title")
        assert title is not None
        found.setdefault(each.attrib["data-mark"], (box.left, title.text or ""))
    return found


@pytest.mark.parametrize("name", CASES)
def test_a_forecast_keeps_inside_and_its_labels_apart(name: str) -> None:
    root = parsed(forecast_svg(case(name), by=CASES[name][2]))
    assert_inside(root)
    assert_apart(root)
    assert root.attrib["role"] == "img"


@pytest.mark.parametrize("name", CASES)
def test_every_confidence_stands_at_its_date_and_says_so(name: str) -> None:
    found = case(name)
    drawn = rules(parsed(forecast_svg(found)))
    for confidence in CONFIDENCES:
        _, said = drawn[f"P{100 * confidence:g}"]
        at = found.goal.finish_at(confidence)
        assert said in (f"P{100 * confidence:g} {day_in_words(at)}", f"P{100 * confidence:g} {in_words(at)}")
    places = {found.goal.finish_at(each): drawn[f"P{100 * each:g}"][0] for each in CONFIDENCES}
    order = sorted(places)
    assert [places[at] for at in order] == sorted(places.values())


def test_dates_lie_in_proportion() -> None:
    found = case("weeks")
    drawn = rules(parsed(forecast_svg(found)))
    dates = {name: found.goal.finish_at(share) for name, share in (("P10", 0.1), ("P50", 0.5), ("P90", 0.9))}
    per = (drawn["P90"][0] - drawn["P10"][0]) / (dates["P90"] - dates["P10"])
    assert drawn["P50"][0] - drawn["P10"][0] == pytest.approx((dates["P50"] - dates["P10"]) * per, abs=0.2)


def test_the_plans_own_date_and_the_wanted_one_are_told_with_their_chances() -> None:
    found = case("weeks")
    by = CASES["weeks"][2]
    assert by is not None
    said = texts(parsed(forecast_svg(found, by=by)))
    own, wanted = 100 * found.goal.chance_by(found.goal.planned), 100 * found.goal.chance_by(by)
    assert f"Plan’s own date {day_in_words(found.goal.planned)}: {own:.0f} %" in said
    assert f"Wanted {day_in_words(by)}: {wanted:.0f} %" in said


def test_a_date_out_of_sight_is_told_at_the_edge() -> None:
    far = MONDAY + 900 * MINUTES_PER_DAY
    root = parsed(forecast_svg(case("weeks"), by=far))
    assert f"Wanted {day_in_words(far)}: 100 % →" in texts(root)
    assert "Wanted" not in rules(root)


def test_what_is_rare_and_far_is_left_out_and_told() -> None:
    found = case("long tail")
    assert found.goal.finish.max() > found.goal.finish_at(0.9) + 100 * MINUTES_PER_DAY
    assert any("beyond what is shown" in each for each in texts(parsed(forecast_svg(found))))
    assert not any("what is shown" in each for each in texts(parsed(forecast_svg(case("skewed")))))


def test_the_bars_hold_every_simulation_and_the_curve_ends_at_all_of_them() -> None:
    root = parsed(forecast_svg(case("weeks")))
    (curve,) = [each for each in of_class(root, "distribution")[0] if each.get("class") == "curve"]
    drawn = next(box for box in boxes(curve))
    heights = [float(each.attrib["cy"]) for each in of_class(root, "point")]
    half = next(
        float(point.attrib["cy"]) for point in of_class(root, "point")
        if float(point.attrib["cx"]) == rules(root)["P50"][0]
    )  # fmt: skip
    assert half == pytest.approx((drawn.top + drawn.bottom) / 2, abs=0.5)
    assert all(drawn.top <= each <= drawn.bottom for each in heights)


def test_costs_add_a_panel_and_the_two_together() -> None:
    found = chain(1_000_000)
    root = parsed(forecast_svg(found))
    assert_inside(root)
    assert_apart(root)
    said = texts(root)
    assert [each.text for each in of_class(root, "panel")] == ["Finish", "Cost", "Finish and cost together"]
    for confidence in CONFIDENCES:
        assert any(
            f"P{100 * confidence:g}" in each and money(found.goal.cost_at(confidence), "€") in each
            for each in said
        )
    both = found.goal.joint_chance(found.goal.finish_at(0.8), found.goal.cost_at(0.8))
    assert any(each.startswith(f"Both kept {100 * both:.0f} %") for each in said)


def test_a_budget_and_a_date_decide_what_is_kept() -> None:
    found = chain(1_000_000)
    by, budget = found.goal.finish_at(0.5), found.goal.cost_at(0.9) + 1
    said = texts(parsed(forecast_svg(found, by=by, budget=budget)))
    both, within = found.goal.joint_chance(by, budget), found.goal.chance_within(budget)
    assert any(each.startswith(f"Both kept {100 * both:.0f} %") for each in said)
    assert f"Budget {money(budget, '€')}: {100 * within:.0f} %" in said


def test_many_confidences_stand_apart() -> None:
    root = parsed(forecast_svg(chain(1_000_000), confidences=[each / 20 for each in range(1, 20)]))
    assert_inside(root)
    assert_apart(root)
    assert {f"P{each}" for each in range(5, 100, 5)} <= set(rules(root))


def test_without_costs_there_is_one_panel() -> None:
    assert [each.text for each in of_class(parsed(forecast_svg(case("weeks"))), "panel")] == ["Finish"]


def test_the_picture_can_be_read() -> None:
    found = chain(1_000_000)
    root = parsed(forecast_svg(found, title="All & sundry"))
    desc = root.findtext(f"{SVG}desc") or ""
    assert root.findtext(f"{SVG}title") == "All & sundry"
    assert "8 chances in 10 that “Ship & shore” is finished by" in desc
    for confidence in CONFIDENCES:
        assert f"P{100 * confidence:g} {day_in_words(found.goal.finish_at(confidence))}." in desc
        assert f"P{100 * confidence:g} {money(found.goal.cost_at(confidence), '€')}." in desc


def test_the_same_forecast_is_the_same_picture() -> None:
    found = chain(1_000_000)
    assert forecast_svg(found) == forecast_svg(found)
    assert tornado_svg(tornado(found), found.goal) == tornado_svg(tornado(found), found.goal)


def test_a_tornado_is_widest_first_and_cuts_names() -> None:
    found = chain()
    bars = tornado(found)
    root = parsed(tornado_svg(bars, found.goal))
    assert_inside(root)
    assert_apart(root)
    drawn = of_class(root, "input")
    wide = [max(box.right for box in part) - min(box.left for box in part) for part in map(_of_bar, drawn)]
    assert len(drawn) == len(bars)
    assert wide == sorted(wide, reverse=True)
    assert [len(each.findtext(f"{SVG}text") or "") < 60 for each in drawn] == [True] * len(bars)
    assert any("W" * 300 in (each.findtext(f"{SVG}title") or "") for each in drawn)
    assert [(each.findall(f"{SVG}text")[-1].text or "") for each in drawn] == [
        f"{each.swing / 480:+,.1f} d" for each in bars
    ]


def _of_bar(each: ET.Element) -> list[Box]:
    return [box for box in boxes(each) if box.what == "rect"]


@pytest.mark.parametrize("name", CASES)
def test_a_tornado_keeps_inside_and_its_labels_apart(name: str) -> None:
    root = parsed(tornado_svg(tornado(case(name)), case(name).goal))
    assert_inside(root)
    assert_apart(root)


def test_a_tornado_of_nothing_says_so() -> None:
    assert any(
        each.startswith("Nothing that varies")
        for each in texts(parsed(tornado_svg((), case("certain").goal)))
    )


def test_what_ends_sooner_when_high_has_a_swing_below_nothing() -> None:
    goal = case("weeks").goal
    at = round(float(goal.finish.mean()))
    bar = Bar("Short cut", None, at + 2880, at - 1440, -960, -0.4)
    root = parsed(tornado_svg((bar,), goal))
    assert "−2.0 d" in texts(root)
    assert_inside(root)


def test_whiskers_reach_from_one_in_ten_to_nine_in_ten() -> None:
    found = chain()
    root = parsed(gantt_svg(found.planned, forecast=found))
    assert_inside_width(root)
    drawn = {int(each.attrib["data-of"]): next(iter(boxes(each))) for each in of_class(root, "whisker")}
    assert sorted(drawn) == sorted(marks(root))
    late = found.percentile(0.9)
    for row, uid in enumerate(found.planned.plan.tasks.uid.tolist()):
        title = next(
            each for each in of_class(root, "whisker") if each.attrib["data-of"] == str(uid)
        ).findtext(f"{SVG}title")
        assert day_in_words(int(late[row])) in (title or "")
    rights = [drawn[int(uid)].right for uid in found.planned.plan.tasks.uid[np.argsort(late, kind="stable")]]
    assert rights == sorted(rights)


def assert_inside_width(root: ET.Element) -> None:
    width, _ = size(root)
    assert all(
        each.left >= 0 and each.right <= width for part in of_class(root, "whisker") for each in boxes(part)
    )


def test_without_a_forecast_a_gantt_chart_has_no_whiskers() -> None:
    found = chain()
    assert gantt_svg(found.planned) == gantt_svg(schedule(found.planned.plan))
    assert "whisker" not in gantt_svg(found.planned)
    assert "reach" not in gantt_svg(found.planned)


def test_what_is_certain_has_no_whisker() -> None:
    found = case("certain")
    assert not of_class(parsed(gantt_svg(found.planned, forecast=found)), "whisker")


def test_a_forecast_of_another_plan_is_refused() -> None:
    with pytest.raises(ValueError, match="another plan"):
        gantt_svg(case("weeks").planned, forecast=chain())


def test_spells_begin_on_mondays_and_hold_what_falls_on_their_ends() -> None:
    week = 7 * MINUTES_PER_DAY
    monday = MONDAY // MINUTES_PER_DAY * MINUTES_PER_DAY
    assert whole_spells(monday + 1, monday + week, week) == (monday, monday + 2 * week)
    assert whole_spells(monday, monday + 59, 60) == (monday, monday + 60)


@pytest.mark.parametrize(("days", "spell"), [(1, 60), (5, 240), (40, 1440), (400, 10080), (6000, 131040)])
def test_bars_are_as_wide_as_the_time_asks_for(days: int, spell: int) -> None:
    assert spell_for(days * MINUTES_PER_DAY) == spell


def test_steps_are_round() -> None:
    assert round_step(970.0, 10, 1.0) == 100
    assert round_step(1010.0, 10, 1.0) == 200
    assert round_step(5.0, 10, 100.0) == 100
    assert steps_between(-50.0, 260.0, 100.0) == [0, 100, 200]


def test_an_extent_takes_in_what_is_near() -> None:
    values = np.arange(1000, 2000, dtype=np.int32)
    assert extent(values, (900.0, 9000.0), 60.0) == (900, 1999)
    assert extent(np.full(9, 500, np.int32), (), 100.0) == (450, 550)
    axis = Axis(900, 1999, 0, 100)
    assert (axis.place(900), axis.place(1999)) == (0, 100)

"""Proposals as pictures: everything that moves has a ghost, nobody's load is lost, nothing outside or over anything else."""

from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pictures.charts import chart, classes, ends, marks, of_class, texts
from tests.pictures.drawn import SVG, boxes, text_box
from tests.plans import MONDAY, STANDARD, build, plans
from triptych.engine import schedule
from triptych.engine.level import Proposal, Terms, level
from triptych.engine.workload import Workload
from triptych.formats import read_plan
from triptych.pictures import gantt_svg
from triptych.pictures.buckets import buckets_for, load_of
from triptych.pictures.levelling import levelled_svg
from triptych.pictures.load import MOST, load_svg
from triptych.pictures.rows import frame_for, rows_for, spells
from triptych.pictures.scale import Scale, scale_for
from triptych.pictures.text import width_of, wrapped
from triptych.plan import Assignment, Plan, PlanBuilder, Project, Resource, Task
from triptych.plan.changes import SplitTask, apply_all
from triptych.plan.quantities import MINUTES_PER_DAY

DAY = 480
SLIPWAY = Path(__file__).parents[2] / "docs" / "guide" / "examples" / "slipway.xml"
HOSTILE = (
    "<script>alert(1)</script>",
    "a & \"b\" 'c' ]]>",
    "\x00\x1b\u202eback\u202c",
    "مرحبا",
    "W" * 300,
    "",
)


@cache
def proposal(**terms: object) -> Proposal:
    plan = read_plan(SLIPWAY.read_bytes(), name=SLIPWAY.name).plan
    assert plan is not None
    return level(schedule(plan), Terms(schedules=20, **terms))  # type: ignore[arg-type]


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg.encode())  # noqa: S314 - our own


def shared(sizes: list[int], names: tuple[str, ...] = HOSTILE) -> Plan:
    """Tasks that all start at once and want the same person."""
    tasks = [Task(uid=at, name=names[at % len(names)], duration=each) for at, each in enumerate(sizes, 1)]
    return build(tasks, assignments=[Assignment(each.uid, 1) for each in tasks])


def test_every_task_that_moves_has_one_ghost_where_it_is_today() -> None:
    found = proposal()
    root = parsed(levelled_svg(found))
    moved = [each for each in found.ripple.moved if not each.milestone]
    ghosts = [each for each in of_class(root, "ghost") if each.tag == f"{SVG}rect"][: len(moved)]
    drawn = marks(root)
    survey, launch = (found.after.start[found.after.plan.index_of[uid]] // MINUTES_PER_DAY for uid in (2, 19))
    day = (ends(drawn[19])[0] - ends(drawn[2])[0]) / (launch - survey)
    for each, ghost in zip(moved, ghosts, strict=True):
        days = each.start_after // MINUTES_PER_DAY - each.start_before // MINUTES_PER_DAY
        left = float(ghost.attrib["x"])
        assert ends(drawn[each.task])[0] - left == pytest.approx(days * day, abs=0.5)
    keyed = sum(each.tag == f"{SVG}rect" for each in of_class(root, "ghost"))
    assert keyed == len(moved) + 1, "and one in the key"
    assert sum(each.tag == f"{SVG}path" for each in of_class(root, "ghost")) == found.ripple.milestones


def test_what_moves_on_its_own_account_is_marked_and_says_why() -> None:
    found = proposal()
    root = parsed(levelled_svg(found))
    assert len(of_class(root, "dot")) == len(found.lines) + 1
    own = [each.find(f"{SVG}title") for each in of_class(root, "own")]
    said = {each.text for each in own if each is not None}
    assert said == {each.sentence for each in found.lines}
    assert len(of_class(root, "follows")) == len(found.ripple.moved) - len(found.lines) + 1
    words = texts(root)
    assert {"Today", "Levelled", "Follows"} <= set(words)
    assert " ".join(words).count("Levelling ends all 132 h of overload of 4 resources.") == 1


def test_where_nothing_moves_it_is_the_gantt() -> None:
    found = level(schedule(build([Task(uid=1, name="Alone", duration=DAY)])), Terms(schedules=1))
    root = parsed(levelled_svg(found))
    assert of_class(root, "ghost") == []
    assert of_class(root, "dot") == []
    assert found.sentence in texts(root)
    assert len(load_svg(found)) > 0
    assert "Nobody is overloaded, neither today nor once levelled." in texts(parsed(load_svg(found)))


@given(st.lists(st.integers(1, 20 * DAY), min_size=2, max_size=7))
@settings(max_examples=20, deadline=None)
def test_all_is_inside_whatever_the_names_and_lengths(sizes: list[int]) -> None:
    found = level(schedule(shared(sizes)), Terms(schedules=1))
    for draw in (levelled_svg, load_svg):
        root = parsed(draw(found))
        width, height = float(root.attrib["width"]), float(root.attrib["height"])
        assert all(
            -0.5 <= each.left <= each.right <= width + 0.5 and -0.5 <= each.top <= each.bottom <= height + 0.5
            for each in boxes(root)
            if not each.what.startswith("W")  # cut by the browser: a name's column is a viewport
        )


def test_the_key_takes_as_many_lines_as_it_needs() -> None:
    names = ["Task", "Critical"]
    root = parsed(levelled_svg(proposal()))
    key = next(each for each in root.iter(f"{SVG}g") if classes(each) == ["key"])
    lines = [text_box(each) for each in key.iter(f"{SVG}text")]
    assert {each.what for each in lines} >= set(names)
    assert max(each.right for each in lines) <= float(root.attrib["width"])
    assert not any(one.meets(other) for one in lines for other in lines if one is not other)


def test_an_interrupted_task_is_drawn_in_pieces() -> None:
    """Four days, interrupted after one for two: Monday; Thursday and Friday; Monday again."""
    plan, _ = apply_all(build([Task(uid=1, name="Paint", duration=4 * DAY)]), [SplitTask(1, DAY, 2 * DAY)])
    found = schedule(plan)
    pieces = (spells(found, 0) - MONDAY) / MINUTES_PER_DAY
    assert pieces.astype(int).tolist() == [[0, 0], [3, 7]]
    root = chart(found)
    bars = of_class(marks(root)[1], "bar")
    widths = [float(each.attrib["width"]) for each in bars]
    assert len(bars) == 2
    assert widths[1] == pytest.approx(5 * widths[0], abs=0.6), "with the weekend"
    assert len(of_class(marks(root)[1], "pause")) == 1
    frame = frame_for(found, top=0)
    assert list(rows_for(found, scale_for(found, left=frame.column), frame).pieces) == [0]


def test_what_is_done_of_an_interrupted_task_is_counted_over_its_pieces() -> None:
    task = Task(uid=1, name="Paint", duration=2 * DAY, percent_complete=75, actual_start=MONDAY)
    plan, _ = apply_all(build([task]), [SplitTask(1, DAY, DAY)])
    drawn = marks(chart(schedule(plan)))[1]
    bars = sum(float(each.attrib["width"]) for each in of_class(drawn, "bar"))
    done = sum(float(each.attrib["width"]) for each in of_class(drawn, "done"))
    assert done == pytest.approx(0.75 * bars, abs=0.2)


@given(plans())
@settings(max_examples=40, deadline=None)
def test_gantts_of_interrupted_plans_are_drawn_and_lose_no_piece(plan: Plan) -> None:
    found = schedule(plan)
    for row in np.unique(plan.splits.task).tolist():
        pieces = spells(found, row)
        assert (pieces[:, 0] < pieces[:, 1]).all()
        assert (pieces[1:, 0] >= pieces[:-1, 1]).all()
        if len(pieces):
            assert (pieces[0, 0], pieces[-1, 1]) == (found.start[row], found.finish[row])
    assert gantt_svg(found)


def test_the_load_has_a_strip_for_everybody_who_is_overloaded() -> None:
    found = proposal()
    root = parsed(load_svg(found))
    strips = {int(each.attrib["data-resource"]): each for each in of_class(root, "strip")}
    assert set(strips) == {1, 2, 3, 4}
    tomas = texts(strips[4])
    assert tomas.count("Tomas") == 1
    assert {"16 h too much", "nothing too much", "Today", "Levelled", "8 h"} <= set(tomas)
    assert of_class(strips[4], "away"), "his leave"
    assert not of_class(strips[1], "away")
    said = [each.find(f"{SVG}title") for each in strips[4].iter(f"{SVG}g")]
    assert [each.text for each in said if each is not None] == [
        "8 h too much on Thu 8 Apr 2027: 16 h of work, 8 h there",
        "8 h too much on Fri 9 Apr 2027: 16 h of work, 8 h there",
    ]
    assert {"Work by the day", "Too much", "Hours that there are", "Away"} <= set(texts(root))


def test_the_bars_of_both_rows_are_on_one_scale() -> None:
    root = parsed(load_svg(proposal()))
    for strip in of_class(root, "strip"):
        today, levelled = (of_class(strip, word)[0] for word in ("before", "after"))
        heights = [
            min(
                float(step.split(" ")[1].split("H")[0])
                for step in of_class(each, "there")[0].attrib["d"].split("M")[1:]
            )
            - float(of_class(each, "base")[0].attrib["d"].split("L")[1].split(" ")[1])
            for each in (today, levelled)
        ]
        assert heights[0] == pytest.approx(heights[1], abs=0.2)
        assert not of_class(levelled, "over")


@given(plans(), st.sampled_from([0.1, 1.0, 4.0, 30.0, 200.0]))
@settings(max_examples=60, deadline=None)
def test_what_is_too_much_by_the_bucket_is_what_is_too_much(plan: Plan, per_day: float) -> None:
    found = schedule(plan)
    load = Workload.of(found)
    first, last = int(found.project_start.min()), int(found.project_finish.max())
    scale = Scale(first - 1440, per_day, 0.0, ((last - first) / 1440 + 3) * per_day)
    buckets = buckets_for(scale)
    assert (np.diff(buckets.edges) > 0).all()
    for resource in np.flatnonzero(load.excess > 0).tolist():
        mine = load_of(load, resource, buckets)
        assert mine.over.sum() == pytest.approx(load.excess[resource], rel=1e-6, abs=0.5)
        assert (mine.over <= mine.work + 1e-6).all()
        assert mine.most >= mine.work.max()


def test_buckets_are_days_then_weeks_then_months() -> None:
    said = {
        unit: buckets_for(Scale(MONDAY, per_day, 0.0, 400.0)).when(1)
        for unit, per_day in (("hour", 200.0), ("day", 20.0), ("week", 1.0), ("month", 0.2))
    }
    assert said == {
        "hour": "the hour from Mon 2 Mar 2026, 09:00",
        "day": "Tue 3 Mar 2026",
        "week": "the week from Mon 9 Mar 2026",
        "month": "the month from Wed 1 Apr 2026",
    }


def test_of_very_many_people_the_worst_are_drawn() -> None:
    people = [Resource(each, f"Person {each}") for each in range(1, MOST + 6)]
    tasks = [
        Task(uid=each, name=f"T{each}", project=1, duration=DAY + each)
        for each in range(1, 2 * len(people) + 1)
    ]
    plan, faults = PlanBuilder(
        projects=[Project(1, "Many", MONDAY, 1)],
        tasks=tasks,
        links=[],
        calendars=[STANDARD],
        resources=people,
        assignments=[Assignment(each.uid, (each.uid + 1) // 2) for each in tasks],
    ).build()
    assert not faults
    root = parsed(load_svg(level(schedule(plan), Terms(schedules=1))))
    assert len(of_class(root, "strip")) == MOST
    assert f"Of {MOST + 5} the {MOST} worst are shown." in " ".join(texts(root))


def test_words_are_wrapped_to_a_width_and_none_is_lost() -> None:
    words = "Levelling ends all 132 h of overload, and a_very_long_word_that_has_a_line_of_its_own follows"
    lines = wrapped(words, 120, 12)
    assert " ".join(lines) == words
    assert all(width_of(each, 12) <= 120 or " " not in each for each in lines)
    assert wrapped("", 100, 12) == [""]

"""The chart: every task at its dates, nothing lost, nothing broken by what a name holds."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pictures.charts import SVG, chart, classes, ends, marks, of_class, scheduled, texts
from tests.plans import MONDAY, SHIFTS, STANDARD, plans
from triptych.engine.schedule import schedule
from triptych.pictures import gantt_html, gantt_svg
from triptych.pictures.text import width_of
from triptych.plan import (
    NO_INSTANT,
    Calendar,
    Constraint,
    Instant,
    Link,
    LinkKind,
    Plan,
    PlanBuilder,
    Project,
    Task,
)

DAY = 480
HOSTILE = [
    "<script>alert(1)</script>",
    "a & b \"quoted\" 'too' ]]>",
    "\x00\x07\x1b\x85 controls",
    "مرحبا بالعالم",
    "\u202ereversed\u202c",
    "👩‍👩‍👧‍👦 family 👍🏽",
    "\ud800 a lone surrogate, \ufffe and \uffff",
    "line\nbreak\tand tab",
    "",
    "M" * 500,
]


def _on(uid: int, day: int, duration: int = DAY) -> Task:
    start = Instant(MONDAY + day * 1440)
    return Task(uid=uid, name=f"T{uid}", duration=duration, constraint=Constraint.SNET, constraint_date=start)


def test_bars_lie_where_their_dates_are() -> None:
    """Days are equally wide: three bars that start 0, 1 and 9 days after the start are spaced 1 to 8."""
    result = scheduled([_on(1, 0), _on(2, 1), _on(3, 9, 2 * DAY)])
    drawn = {uid: ends(mark) for uid, mark in marks(chart(result)).items()}
    day = drawn[2][0] - drawn[1][0]
    assert day >= 20
    assert drawn[3][0] - drawn[2][0] == pytest.approx(8 * day, abs=1)
    assert drawn[1][1] - drawn[1][0] == pytest.approx(day, abs=0.2), "a day's work fills its day"
    assert drawn[3][1] - drawn[3][0] == pytest.approx(2 * day, abs=0.2)


def test_hours_are_told_apart_in_a_short_plan() -> None:
    tasks = [Task(uid=1, name="Set up", duration=60), Task(uid=2, name="Show", duration=120)]
    root = chart(scheduled(tasks, [Link(1, 2)]))
    drawn = {uid: ends(mark) for uid, mark in marks(root).items()}
    assert drawn[2][0] == pytest.approx(drawn[1][1], abs=0.2)
    assert drawn[2][1] - drawn[2][0] == pytest.approx(2 * (drawn[1][1] - drawn[1][0]), abs=0.3)
    assert "08:00" in texts(root)
    assert "11:00" in texts(root)


@given(plans())
@settings(max_examples=40, deadline=None)
def test_every_task_is_drawn_once_inside_the_chart_and_in_the_order_of_its_dates(plan: Plan) -> None:
    result = schedule(plan)
    root = chart(result)
    drawn = marks(root)
    dated = [row for row in range(len(plan)) if result.start[row] != NO_INSTANT]
    assert sorted(drawn) == sorted(int(plan.tasks.uid[row]) for row in dated)
    width = float(root.attrib["width"])
    bars = [row for row in dated if "task" in classes(drawn[int(plan.tasks.uid[row])])]
    lefts = [(int(result.start[row]), ends(drawn[int(plan.tasks.uid[row])])[0]) for row in bars]
    assert [x for _, x in sorted(lefts)] == sorted(x for _, x in lefts)
    assert all(0 < left <= right <= width for left, right in map(ends, drawn.values()))
    assert 1000 <= width <= 2600


@pytest.mark.parametrize("days", [0, 1, 20, 100, 400, 2000, 5000, 20000])
def test_the_width_stays_between_a_screen_and_a_wall(days: int) -> None:
    names = ["T", "A name that is rather long " * 4]
    for name in names:
        width = float(chart(scheduled([Task(uid=1, name=name, duration=days * DAY)])).attrib["width"])
        assert 1000 <= width <= 2600


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_text_and_nothing_else(name: str) -> None:
    tasks = [Task(uid=1, name=name), Task(uid=2, name=name, parent=1, duration=DAY)]
    root = chart(scheduled(tasks, name=name), title=name)
    assert sorted(marks(root)) == [1, 2]
    assert not [each.tag for each in root.iter() if each.tag.removeprefix(SVG) in ("script", "foreignObject")]
    assert "\u202e" not in "".join(root.itertext())


@given(st.text(st.characters()))
@settings(max_examples=60, deadline=None)
def test_any_name_makes_well_formed_xml(name: str) -> None:
    assert list(marks(chart(scheduled([Task(uid=1, name=name, duration=DAY)], name=name)))) == [1]


def test_an_empty_plan_says_what_to_do_next() -> None:
    root = chart(scheduled([]))
    assert marks(root) == {}
    assert any("Add a task" in each for each in texts(root))
    assert of_class(root, "header")


def test_a_plan_of_milestones_has_a_diamond_and_a_date_for_each() -> None:
    tasks = [
        Task(
            uid=n, name=f"Gate {n}", milestone=True, constraint=Constraint.SNET,
            constraint_date=Instant(MONDAY + n * 7 * 1440),
        )
        for n in range(4)
    ]  # fmt: skip
    root = chart(scheduled(tasks))
    assert all(of_class(mark, "diamond") for mark in marks(root).values())
    dates = [each.text for note in of_class(root, "notes") for each in note]
    assert dates == ["2 Mar", "9 Mar", "16 Mar", "23 Mar"]


def test_what_is_critical_differs_in_more_than_colour() -> None:
    result = scheduled([Task(uid=1, name="Long", duration=5 * DAY), Task(uid=2, name="Short", duration=DAY)])
    root = chart(result)
    long, short = (of_class(marks(root)[uid], "bar")[0] for uid in (1, 2))
    assert "critical" in classes(marks(root)[1])
    assert "critical" not in classes(marks(root)[2])
    assert long.get("rx") is None, "square corners"
    assert short.get("rx") == "3"
    assert len(of_class(root, "mark")) == 1, "a mark beside the name"
    assert ".critical .bar { fill: var(--critical-bar); stroke:" in of_style(root)


def of_style(root: ET.Element) -> str:
    return root.findtext(f"{SVG}style") or ""


def test_progress_fills_its_share_of_the_bar() -> None:
    task = Task(uid=1, name="Half", duration=4 * DAY, percent_complete=25, actual_start=MONDAY)
    mark = marks(chart(scheduled([task])))[1]
    (bar,), (done,) = of_class(mark, "bar"), of_class(mark, "done")
    assert float(done.attrib["width"]) == pytest.approx(float(bar.attrib["width"]) / 4, abs=0.1)


def test_float_runs_from_the_finish_to_the_late_finish() -> None:
    tasks = [Task(uid=1, name="Long", duration=5 * DAY), Task(uid=2, name="Short", duration=2 * DAY)]
    root = chart(scheduled(tasks))
    line = of_class(root, "float")[0]
    start, end = (float(x) for x in re.findall(r"[ML]([\d.]+) ", line.attrib["d"])[:2])
    assert start == pytest.approx(ends(marks(root)[2])[1], abs=0.1)
    assert end == pytest.approx(ends(marks(root)[1])[1], abs=0.1)


@pytest.mark.parametrize("kind", LinkKind)
def test_a_link_runs_at_right_angles_from_one_bar_to_the_other(kind: LinkKind) -> None:
    result = scheduled([Task(uid=1, name="A", duration=3 * DAY), Task(uid=2, name="B", duration=2 * DAY)],
                       [Link(1, 2, kind)])  # fmt: skip
    root = chart(result)
    (line,) = [each for group in of_class(root, "links") for each in of_class(group, "link")]
    corners = [(float(x), float(y)) for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", line.attrib["d"])]
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(corners))
    assert corners[0][0] == pytest.approx(ends(marks(root)[1])[1 if kind.from_finish else 0], abs=0.1)
    left, right = ends(marks(root)[2])
    assert left - 0.1 <= corners[-1][0] <= right + 0.1


def test_a_missed_deadline_is_filled_and_a_kept_one_is_not() -> None:
    late = Instant(MONDAY + 1440)
    tasks = [
        Task(uid=1, name="Missed", duration=5 * DAY, deadline=late),
        Task(uid=2, name="Kept", duration=DAY, deadline=late),
    ]
    flags = of_class(chart(scheduled(tasks)), "deadline")
    assert [classes(each) for each in flags[:2]] == [["deadline", "missed"], ["deadline"]]


def test_the_status_date_has_a_line_where_it_is() -> None:
    done = Task(uid=1, name="Done", duration=DAY, percent_complete=100, actual_start=MONDAY)
    result = scheduled([done, _on(2, 7)], status=Instant(MONDAY - 480 + 3 * 1440))
    root = chart(result)
    (line,) = of_class(root, "status")
    first, second = (ends(marks(root)[uid])[0] for uid in (1, 2))
    assert float(line.attrib["x1"]) == pytest.approx(first + 3 * (second - first) / 7, abs=0.2)
    assert "Status 5 Mar" in texts(root)


def test_days_of_rest_are_shaded_where_a_day_is_wide_enough() -> None:
    assert of_class(chart(scheduled([_on(1, 0, 10 * DAY)])), "idle")
    assert not of_class(chart(scheduled([_on(1, 0, 5000 * DAY)])), "idle")


def test_a_plan_of_a_calendar_without_work_is_still_drawn() -> None:
    builder = PlanBuilder(
        projects=[Project(1, "Idle", MONDAY, 1)],
        tasks=[Task(uid=1, name="Wait", project=1, duration=60)],
        calendars=[Calendar(1, "Never", ((),) * 7)],
    )
    assert list(marks(chart(schedule(builder.build()[0])))) == [1]


def test_ten_thousand_tasks_are_drawn_coarsely() -> None:
    tasks = [Task(uid=n, name=f"Task {n}", duration=DAY) for n in range(10_000)]
    root = chart(scheduled(tasks, [Link(n, n + 1) for n in range(0, 9_999, 2)]))
    assert len(marks(root)) == 10_000
    assert not root.findall(f".//{SVG}g[@class='notes']")


def test_the_key_explains_what_is_shown_and_fits_the_narrowest_picture() -> None:
    tasks = [
        Task(uid=1, name="Summary"),
        Task(uid=2, name="Done", parent=1, duration=DAY, percent_complete=50, actual_start=MONDAY),
        Task(uid=3, name="Off", parent=1, duration=DAY, active=False),
        Task(uid=4, name="Long", duration=9 * DAY, deadline=MONDAY),
        Task(uid=5, name="Gate", milestone=True),
    ]
    root = chart(scheduled(tasks, [Link(2, 5), Link(2, 4, LinkKind.SS, lag=-DAY)]))
    (key,) = of_class(root, "key")
    words = list(key.iter(f"{SVG}text"))
    assert [each.text for each in words] == [
        "Task", "Critical", "Inactive", "Done", "Summary", "Milestone", "Total float", "Deadline, filled if missed",
        "Driving link", "Other link",
    ]  # fmt: skip
    assert float(words[-1].attrib["x"]) + width_of("Other link", 10.5) <= 1000
    plain = chart(scheduled([Task(uid=1, name="Alone", duration=DAY)]))
    assert [each.text for each in of_class(plain, "key")[0].iter(f"{SVG}text")] == ["Critical"]


def test_projects_are_drawn_together_and_those_without_tasks_do_not_matter() -> None:
    builder = PlanBuilder(
        projects=[
            Project(1, "Here", MONDAY, 1),
            Project(2, "There", Instant(MONDAY + 7 * 1440), 2),
            Project(3, "Nowhere", MONDAY, 1),
        ],
        tasks=[Task(uid=n, name=f"T{n}", project=n, duration=DAY) for n in (1, 2)],
        calendars=[STANDARD, SHIFTS],
    )
    result = schedule(builder.build()[0])
    assert list(marks(chart(result))) == [1, 2]
    assert texts(chart(result))[0] == "3 projects"
    assert "one task: <bdi>T2</bdi>" in gantt_html(result)


def test_the_picture_fetches_nothing_and_runs_nothing() -> None:
    drawn = gantt_svg(scheduled([Task(uid=1, name="A", duration=DAY)]))
    addresses = re.findall(r"[a-z]+://[^\"' )]+", drawn)
    assert addresses == ["http://www.w3.org/2000/svg"]
    assert "<script" not in drawn
    assert "@import" not in drawn


def test_the_same_schedule_is_drawn_the_same() -> None:
    tasks = [Task(uid=1, name="A", duration=DAY), Task(uid=2, name="B", duration=DAY)]
    assert gantt_svg(scheduled(tasks)) == gantt_svg(scheduled(tasks))


def test_the_heading_is_the_title_or_the_name_of_the_project() -> None:
    result = scheduled([Task(uid=1, name="A", duration=DAY)], name="Harbour")
    assert texts(chart(result))[0] == "Harbour"
    assert texts(chart(result, title="For the board"))[0] == "For the board"

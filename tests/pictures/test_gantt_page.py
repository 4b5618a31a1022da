"""The page: the same schedule for those who read."""

import re
from typing import Any

import pytest
from lxml import html

from tests.pictures.charts import scheduled
from tests.pictures.test_gantt import HOSTILE
from tests.plans import MONDAY
from triptych.engine.schedule import Schedule
from triptych.pictures import gantt_html
from triptych.pictures.page import outline_numbers
from triptych.plan import Link, Task
from triptych.plan.diagnostics import error, note

DAY = 480


@pytest.fixture
def house() -> Schedule:
    tasks = [
        Task(uid=10, name="Build", wbs="B"),
        Task(
            uid=1,
            name="Dig",
            parent=10,
            wbs="B.1",
            duration=2 * DAY,
            percent_complete=50,
            actual_start=MONDAY,
        ),
        Task(uid=2, name="Pour", parent=10, duration=3 * DAY),
        Task(uid=3, name="Paint the sign", parent=10, duration=DAY),
    ]
    return scheduled(tasks, [Link(1, 2)], name="House & home")


def parsed(page: str) -> Any:
    return html.fromstring(page)


def _rows(page: str) -> list[list[str]]:
    tree = parsed(page)
    return [[cell.text_content() for cell in row] for row in tree.xpath("//tbody/tr")]


def test_the_table_says_what_the_schedule_says(house: Schedule) -> None:
    assert _rows(gantt_html(house)) == [
        ["B", "Build", "5d", "Mon 2 Mar 2026, 08:00", "Fri 6 Mar 2026, 17:00", "0d", "Critical", "0 %"],
        ["B.1", "Dig", "2d", "Mon 2 Mar 2026, 08:00", "Tue 3 Mar 2026, 17:00", "0d", "Critical", "50 %"],
        ["1.2", "Pour", "3d", "Wed 4 Mar 2026, 08:00", "Fri 6 Mar 2026, 17:00", "0d", "Critical", "0 %"],
        ["1.3", "Paint the sign", "1d", "Mon 2 Mar 2026, 08:00", "Mon 2 Mar 2026, 17:00", "4d", "", "0 %"],
    ]


def test_the_page_says_the_finish_and_the_critical_path(house: Schedule) -> None:
    words = parsed(gantt_html(house)).text_content()
    assert "Finishes on Fri 6 Mar 2026, 17:00." in words
    assert "The critical path runs through 2 tasks: Dig, then Pour." in words


def test_a_long_critical_path_is_told_by_its_ends() -> None:
    tasks = [Task(uid=n, name=f"Step {n}", duration=DAY) for n in range(1, 31)]
    page = gantt_html(scheduled(tasks, [Link(n, n + 1) for n in range(1, 30)]))
    words = parsed(page).text_content()
    assert "runs through 30 tasks: Step 1, then Step 2" in words
    assert "Step 6, then 19 more tasks, then Step 26" in words


def test_the_page_can_be_read_without_eyes(house: Schedule) -> None:
    tree = parsed(gantt_html(house))
    assert tree.get("lang") == "en"
    assert tree.xpath("string(//h1)") == "House & home"
    assert tree.xpath("string(//title)") == "House & home"
    assert len(tree.xpath("//thead//th[@scope='col']")) == 8
    assert len(tree.xpath("//tbody//th[@scope='row']")) == 4
    assert tree.xpath("//*[@role='img']/@aria-label")[0].startswith("Gantt chart of House & home.")
    assert tree.xpath("//time/@datetime")[0] == "2026-03-02T08:00"


def test_the_page_fetches_nothing_and_runs_nothing(house: Schedule) -> None:
    page = gantt_html(house)
    assert "default-src 'none'" in page
    assert parsed(page).xpath("//script | //link | //img | //iframe | //@src | //@href | //@onload") == []
    assert set(re.findall(r"[a-z]+://[^\"' )]+", page)) == {"http://www.w3.org/2000/svg"}


def test_findings_are_shown_once_and_the_worst_first(house: Schedule) -> None:
    minor, major = note("task.odd", "Looks <odd>.", "task 1"), error("link.cycle", "A circle.", "task 2")
    tree = parsed(gantt_html(house, diagnostics=[minor, major, minor]))
    assert [each.text_content() for each in tree.xpath("//ul[@class='findings']/li")] == [
        "Error: A circle. task 2 link.cycle",
        "Note: Looks <odd>. task 1 task.odd",
    ]
    assert tree.xpath("//h2/text()") == ["Tasks", "2 findings"]


def test_a_schedule_shows_its_own_findings() -> None:
    tasks = [Task(uid=1, name="A", duration=DAY), Task(uid=2, name="B", duration=DAY)]
    result = scheduled(tasks, [Link(1, 2), Link(2, 1)])
    assert result.diagnostics
    assert result.diagnostics[0].code in gantt_html(result)


def test_an_empty_plan_has_a_page() -> None:
    tree = parsed(gantt_html(scheduled([])))
    assert tree.xpath("//table") == []
    assert "Add a task" in tree.text_content()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_text_and_nothing_else(name: str) -> None:
    page = gantt_html(scheduled([Task(uid=1, name=name, wbs=name, duration=DAY)], name=name))
    page.encode()
    tree = parsed(page)
    assert len(tree.xpath("//tbody/tr")) == 1
    assert tree.xpath("//script") == []


def test_tasks_without_numbers_are_numbered_by_the_outline() -> None:
    assert outline_numbers([0, 1, 1, 2, 1, 0, 1]) == ["1", "1.1", "1.2", "1.2.1", "1.3", "2", "2.1"]

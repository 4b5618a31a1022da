"""`triptych level`, called as the console script calls it."""

import json
import os
import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.browser.conftest import plan_xml
from tests.engine.level.small import plan, task
from tests.plans import MONDAY, STANDARD
from triptych.cli import app
from triptych.cli.level_report import codes_of, print_proposal
from triptych.engine import schedule
from triptych.engine.level import Answer, Progress, Terms, level
from triptych.engine.level.search import Search
from triptych.engine.solvers.cp_sat import is_here
from triptych.formats import ReadReport, read_plan
from triptych.plan import Assignment, Plan, PlanBuilder, Project, Resource, Task

SLIPWAY = Path(__file__).parents[2] / "docs" / "guide" / "examples" / "slipway.xml"
LINE = {
    "task", "wbs", "name", "kind", "start_before", "finish_before", "start_after", "finish_after", "delay_minutes",
    "because", "overload_otherwise_minutes", "sentence", "changes",
}  # fmt: skip


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["level", *(str(each) for each in arguments), "--schedules", "40"])


def told(*arguments: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(call(SLIPWAY, *arguments, "--json").stdout)
    return found


def lines(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The lines by WBS code."""
    return {each["wbs"]: each for each in found["lines"]}


def test_the_sentence_the_lines_the_reasons_and_the_figures() -> None:
    done, found = call(SLIPWAY), told()
    assert done.exit_code == 0
    words = " ".join(done.stdout.split())
    assert words.startswith("Levelling ends all 132 h of overload of 4 resources.")
    for each in found["lines"]:
        assert f"{each['wbs']} {each['sentence']}" in words
        who = ", ".join(busy["name"] for busy in each["because"])
        assert re.search(rf"{each['wbs']} {each['name']} \w{{3}} \d+ Apr \w{{3}} \d+ \w{{3}} {who}", words)
    assert "Overload 132 h none" in words
    assert "Overloaded 4 resources nobody" in words
    assert "Nothing is changed yet." in words
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_json_is_one_object_with_every_change() -> None:
    found = told()
    assert all(set(each) == LINE for each in found["lines"])
    assert found["changes"] == [change for each in found["lines"] for change in each["changes"]]
    for each in found["lines"]:
        assert (each["kind"], each["delay_minutes"] > 0) == ("waits", True)
        assert each["start_before"] < each["start_after"]
        assert each["changes"] == [
            {"op": "set_levelling_delay", "task": each["task"], "minutes": each["delay_minutes"]}
        ]
        assert all(set(busy) == {"resource", "name", "tasks", "until", "short"} for busy in each["because"])
    assert found["before"]["overload_minutes"] == 132 * 60
    assert found["after"]["overload_minutes"] == 0
    assert found["before"]["projects"][0]["finish"] == "2027-04-29T17:00"
    assert {each["task"] for each in found["lines"]} <= {each["task"] for each in found["ripple"]["moved"]}
    assert found["left"] == []
    assert [each["code"] for each in found["diagnostics"]] == ["level.more-work-than-time"]


def test_what_is_pinned_or_refused_does_not_wait_and_the_others_do() -> None:
    """Tomas is wanted for both the keel blocks and the seaward rails."""
    for option in ("--pin", "--refuse"):
        for held, other in (("3.4", "1.2"), ("1.2", "3.4")):
            found = lines(told(option, held))
            assert held not in found
            assert [each["name"] for each in found[other]["because"]] == ["Tomas"]


def test_what_is_accepted_keeps_its_wait() -> None:
    for terms in ((), ("--refuse", "3.1"), ("--within-float",)):
        free = lines(told(*terms))
        wbs, wait = next(iter(free.items()))
        for name in (wbs, f"uid:{wait['task']}"):
            kept = lines(told(*terms, "--accept", name))
            assert kept[wbs]["delay_minutes"] == wait["delay_minutes"]
            assert kept[wbs]["sentence"].endswith(", as accepted.")


def test_what_is_accepted_is_searched_for_once() -> None:
    free = told()
    kept = told("--accept", free["lines"][0]["wbs"])
    assert (kept["generated"], kept["score"]) == (free["generated"], free["score"])


def test_a_summary_stands_for_all_below_it() -> None:
    pinned = lines(told("--pin", "3"))
    assert not any(wbs.startswith("3.") for wbs in pinned)
    free = lines(told())
    kept = lines(told("--accept", "3"))
    below = [wbs for wbs in free if wbs.startswith("3.")]
    assert below
    assert all(kept[wbs]["delay_minutes"] == free[wbs]["delay_minutes"] for wbs in below)
    twice = call(SLIPWAY, "--pin", "3", "--refuse", "3.1")
    assert (twice.exit_code, "option.task-twice" in twice.stderr) == (2, True)


def test_what_is_proven_is_told_and_no_more(capsys: pytest.CaptureFixture[str]) -> None:
    free, within = (" ".join(call(SLIPWAY, *each).stdout.split()) for each in ((), ("--within-float",)))
    assert "schedules; a better one may exist, but none finishes before Thu 29 Apr 2027, 17:00." in free
    assert "schedules; none finishes sooner." in within
    nobody_waits = level(schedule(plan(task("A", 1, levelling_delay=1440), by={1: "A"})), Terms(schedules=1))
    print_proposal(nobody_waits, None)
    assert "Tried 1 schedule; there is none better." in capsys.readouterr().out


def test_what_stays_overloaded_is_told_with_why_and_exits_with_one() -> None:
    done = call(SLIPWAY, "--within-float", "--pin", "2.1", "--pin", "4.1")
    assert done.exit_code == 1
    words = " ".join(done.stdout.split())
    assert "Still overloaded: !" in words
    assert "! Ines:" in words
    assert "“Design the winch bed” (pinned)" in words
    found = told("--within-float", "--pin", "2.1", "--pin", "4.1")
    assert {each["name"] for each in found["left"]} >= {"Ines"}
    assert all(each["tasks"] and each["excess_minutes"] > 0 for each in found["left"])
    assert found["after"]["projects"] == found["before"]["projects"], "nothing goes beyond its float"


def test_overbooked_people_may_do_two_things_at_once() -> None:
    found = told("--overbook", "100")
    assert found["before"]["people_overloaded"] == 4
    assert len(found["lines"]) < len(told()["lines"])
    assert found["left"] == []
    assert found["sentence"].startswith(
        "Levelling keeps everybody within 200 % of their time: 132 h of overload"
    )


def test_a_plan_with_nobody_overloaded(tmp_path: Path) -> None:
    path = tmp_path / "jetty.xml"
    path.write_text(plan_xml({3: [2], 4: [3], 5: [4]}), encoding="utf-8")
    done = call(path)
    assert (done.exit_code, done.stdout) == (0, "Nobody is overloaded: there is nothing to level.\n")


def test_the_pictures_are_drawn_and_never_over_the_plan(tmp_path: Path) -> None:
    gantt, load, copy = tmp_path / "after.svg", tmp_path / "load.svg", tmp_path / "slipway.xml"
    copy.write_bytes(SLIPWAY.read_bytes())
    assert call(copy, "--svg", gantt, "--load", load).exit_code == 0
    assert "Set the keel blocks" in gantt.read_text(encoding="utf-8")
    assert "16 h too much" in load.read_text(encoding="utf-8")
    assert call(copy, "--load", copy).exit_code == 2
    assert copy.read_bytes() == SLIPWAY.read_bytes()
    assert call(copy, "--svg", gantt, "--load", gantt).exit_code == 2
    lost = call(copy, "--svg", tmp_path / "nowhere" / "after.svg")
    assert lost.exit_code == 2
    assert "there is no folder" in lost.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--pin", "9.9"), "there is no task 9.9"),
        (("--refuse", "9.9"), "there is no task 9.9"),
        (("--accept", "9.9"), "there is no task 9.9"),
        (("--accept", "2.1"), "option.accept: --accept 2.1: there is nothing to accept"),
        (("--pin", "2.1", "--refuse", "2.1"), "option.task-twice: task 7: --pin and --refuse 2.1"),
        (("--objective", "cost"), "option.objective: --objective cost: there are finish, lateness"),
        (("--interrupt", "often"), "option.interrupt: --interrupt: “often” is not a duration"),
        (("--interrupt", "0d"), "option.interrupt: --interrupt: a piece is longer than nothing"),
        (("--weight", "Dock=2"), "option.weight: --weight Dock=2: write PROJECT=3; the projects are “Slipway”."),
        (("--weight", "Slipway=0"), "option.weight: --weight Slipway=0: a weight is a whole number"),
        (("--solver", "luck"), "option.solver: --solver luck: there are own, cp-sat."),
        (("--dialect", "klingon"), "unknown dialect “klingon”"),
    ],
)  # fmt: skip
def test_what_cannot_be_levelled_is_told_on_standard_error(arguments: tuple[object, ...], words: str) -> None:
    done = call(SLIPWAY, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    done = call(SLIPWAY, "--objective", "cost", "--weight", "Dock", "--interrupt", "0d", "--solver", "luck")
    assert [each.split(":")[0] for each in done.stderr.splitlines()] == [
        "error option.objective", "error option.weight", "error option.interrupt", "error option.solver",
    ]  # fmt: skip
    assert call(tmp_path / "nowhere.xml").exit_code == 2


def test_cp_sat_levels_where_it_is_installed_and_is_told_how_to_get_where_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("triptych.cli.level.is_here", lambda: False)
    done = call(SLIPWAY, "--solver", "cp-sat")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "option.solver-missing" in done.stderr
    assert "pip install 'triptych[solvers]'" in " ".join(done.stderr.split())
    monkeypatch.undo()
    if is_here():
        found = json.loads(
            call(SLIPWAY, "--solver", "cp-sat", "--seconds", "2", "--schedules", "20", "--json").stdout
        )
        assert found["bound"] <= found["score"]


def test_an_interruption_is_no_wait_that_could_be_accepted(plan_with_a_long_task: Path) -> None:
    found = json.loads(call(plan_with_a_long_task, "--interrupt", "1d", "--json").stdout)
    code = next(each["wbs"] for each in found["lines"] if each["kind"] == "interrupted")
    refused = call(plan_with_a_long_task, "--interrupt", "1d", "--accept", code)
    assert refused.exit_code == 2
    assert "only a wait can be kept" in refused.stderr


@pytest.fixture
def plan_with_a_long_task(tmp_path: Path) -> Path:
    """The papers for the harbour office take twelve days, and the visit lies in the midst of them."""
    text = SLIPWAY.read_text(encoding="utf-8")
    papers = text.index("<Name>Papers for the harbour office</Name>")
    length = text.index("PT24H0M0S", papers)
    work = text.index("<TaskUID>17</TaskUID>")
    hours = text.index("PT24H0M0S", work)
    edited = text[:length] + "PT96H0M0S" + text[length + 9 : hours] + "PT96H0M0S" + text[hours + 9 :]
    path = tmp_path / "papers.xml"
    path.write_text(edited, encoding="utf-8")
    return path


def test_stopped_by_hand_it_tells_the_best_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[bool] = []
    search = Search.solve

    def interrupted(self: Search, puzzle: Any, passes: Any, tell: Callable[[Progress], bool]) -> Answer:
        os.kill(os.getpid(), signal.SIGINT)
        heard.append(tell(Progress(1, 1)))
        return search(self, puzzle, passes, tell)

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(Search, "solve", interrupted)
    done = call(SLIPWAY)
    assert (done.exit_code, heard) == (0, [False])
    assert "stopped; this is the best so far" in done.stderr
    assert "Levelling ends all 132 h" in done.stdout
    assert signal.getsignal(signal.SIGINT) is before


def test_many_reasons_are_cut_unless_all_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triptych.cli.level._MOST", 2)
    assert "more (--all tells them)" in call(SLIPWAY).stdout
    assert "more (--all tells them)" not in call(SLIPWAY, "--all").stdout


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two projects of one task each, which want the same person in the same two days; a file that holds them."""
    day = 480
    plan, faults = PlanBuilder(
        projects=[Project(1, "Dock", MONDAY, 1), Project(2, "Quay", MONDAY, 1)],
        tasks=[
            Task(uid=1, name="Dredge", project=1, duration=2 * day),
            Task(uid=2, name="Pave", project=2, duration=2 * day),
        ],
        calendars=[STANDARD],
        resources=[Resource(1, "Ana")],
        assignments=[Assignment(1, 1), Assignment(2, 1)],
    ).build()
    assert not faults
    monkeypatch.setattr("triptych.cli.level.read", lambda _: ReadReport(plan))
    return tmp_path / "company.xer"


@pytest.mark.parametrize(("heavy", "waits"), [("Dock", "Pave"), ("Quay", "Dredge")])
def test_the_project_that_weighs_more_goes_first(company: Path, heavy: str, waits: str) -> None:
    done = call(company, "--weight", f"{heavy}=5")
    words = " ".join(done.stdout.split())
    assert done.exit_code == 0
    assert f"“{waits}” waits 2d" in words
    assert f"“{heavy}” as today" in words
    assert "Finish of Dock" in words
    found = json.loads(call(company, "--weight", f"{heavy}=5", "--json").stdout)
    assert [each["name"] for each in found["after"]["projects"]] == ["Dock", "Quay"]


def test_a_code_that_several_tasks_share_names_none_of_them() -> None:
    plan = read_plan(SLIPWAY.read_bytes().replace(b"<WBS>3.4</WBS>", b"<WBS>3.3</WBS>"), name="x.xml").plan
    assert isinstance(plan, Plan)
    assert codes_of(plan)[13:16] == ["uid:14", "uid:15", "4"]

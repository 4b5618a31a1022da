"""`triptych` on files: what it prints, in which shape, and with which exit code."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from typer.testing import CliRunner, Result

from triptych.cli import app

DATA = Path(__file__).parents[1] / "data"
HOUSE, CIRCLE, FAULTS = (str(DATA / name) for name in ("boathouse.xml", "circle.xml", "faults.xml"))
TASK_KEYS = [
    "uid", "wbs", "name", "kind", "start", "finish", "early_start", "early_finish", "late_start", "late_finish",
    "total_float_minutes", "free_float_minutes", "critical", "percent_complete",
]  # fmt: skip


def triptych(*arguments: str) -> Result:
    """Run a command, wide enough that no row is folded."""
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "160"}, catch_exceptions=False)


def object_of(result: Result) -> dict[str, Any]:
    assert result.stdout.count("\n") == 1, "one object on one line"
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_schedule_prints_a_table_the_finish_and_the_critical_path() -> None:
    result = triptych("schedule", HOUSE)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["WBS", "Task", "Start", "Finish", "Total", "float", "Critical"]
    cells = [re.split(r"\s{2,}", line.rstrip()) for line in lines[1:9]]
    assert cells[2] == ["1.1", "Dig", "2026-03-02 08:00", "2026-03-06 17:00", "2d"]
    assert cells[3] == ["1.2", "Pour", "2026-03-11 08:00", "2026-03-12 17:00", "0d", "critical"]
    assert cells[7][:2] == ["5", "◆ Open"]
    assert lines[3].startswith("1.1      Dig"), "two levels down"
    rest = "\n".join(lines[9:])
    assert "Boathouse\nFinish         Tue 24 Mar 2026, 12:00" in rest
    assert "Critical path  Dig → Pour → Frame → Paint → Open\n" in rest
    assert "8 of 8 starts and 8 of 8 finishes" in rest
    assert "Not read       1 × Notes" in rest


def test_schedule_as_json_has_this_shape() -> None:
    result = triptych("schedule", HOUSE, "--json")
    assert result.exit_code == 0
    found = object_of(result)
    assert list(found) == ["project", "tasks", "critical_path", "diagnostics"]
    assert found["project"] == {
        "name": "Boathouse", "start": "2026-03-02T08:00", "finish": "2026-03-24T12:00", "dialect": "msproject",
    }  # fmt: skip
    assert [list(each) for each in found["tasks"]] == [TASK_KEYS] * 8
    assert found["critical_path"] == [2, 3, 4, 5, 7]
    assert found["diagnostics"] == []
    pour = found["tasks"][3]
    assert pour == {
        "uid": 3, "wbs": "1.2", "name": "Pour", "kind": "task",
        "start": "2026-03-11T08:00", "finish": "2026-03-12T17:00",
        "early_start": "2026-03-11T08:00", "early_finish": "2026-03-12T17:00",
        "late_start": "2026-03-11T08:00", "late_finish": "2026-03-12T17:00",
        "total_float_minutes": 0, "free_float_minutes": 0, "critical": True, "percent_complete": 0,
    }  # fmt: skip
    kinds = [each["kind"] for each in found["tasks"]]
    assert kinds == ["summary", "summary", "task", "task", "task", "task", "task", "milestone"]


def test_diagnostics_as_json_have_this_shape() -> None:
    result = triptych("schedule", CIRCLE, "--json")
    assert result.exit_code == 2
    (found,) = object_of(result)["diagnostics"]
    assert list(found) == ["code", "severity", "message", "place"]
    assert (found["code"], found["severity"], found["place"]) == ("link.cycle", "error", "task 1")


def test_schedule_of_a_plan_with_errors_prints_it_and_the_errors_apart() -> None:
    result = triptych("schedule", CIRCLE)
    assert result.exit_code == 2
    assert "Finish         Thu 5 Mar 2026, 17:00" in result.stdout
    assert result.stderr.startswith("error link.cycle: task 1: ")
    assert "link.cycle" not in result.stdout


@pytest.mark.parametrize("command", ["schedule", "check"])
def test_a_file_that_is_no_plan_has_no_project(command: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.xml"
    file.write_bytes(b"%PDF-1.7")
    result = triptych(command, str(file), "--json")
    assert result.exit_code == 2
    found = object_of(result)
    assert [each["code"] for each in found["diagnostics"]] == ["file.unknown-format"]
    assert found.get("tasks", []) == []
    assert found.get("project") is None


@pytest.mark.parametrize(
    ("file", "code"), [(HOUSE, 0), (CIRCLE, 2), (FAULTS, 2), (str(DATA / "nothing.xml"), 2), (str(DATA), 2)]
)
def test_check_exits_with_what_is_worst(file: str, code: int) -> None:
    assert triptych("check", file).exit_code == code
    assert triptych("check", file, "--json").exit_code == code


def test_check_exits_with_one_for_warnings_alone(tmp_path: Path) -> None:
    file = tmp_path / "plan.xml"
    text = (
        Path(HOUSE)
        .read_text(encoding="utf-8")
        .replace("<CalendarUID>2</CalendarUID>", "<CalendarUID>9</CalendarUID>")
    )
    file.write_text(text, encoding="utf-8")
    result = triptych("check", str(file))
    assert result.exit_code == 1
    assert result.stdout.startswith("warning task.unknown-calendar: line ")
    assert triptych("schedule", str(file)).exit_code == 0


def test_check_prints_every_fault_with_its_line() -> None:
    lines = triptych("check", FAULTS).stdout.splitlines()
    codes = [line.split()[1].rstrip(":") for line in lines]
    assert len(codes) == 9
    assert {"task.bad-duration", "link.self", "link.dangling", "calendar.bad-shifts"} <= set(codes)
    assert all(
        re.match(r"(error|warning) [a-z.-]+: line \d+, \w+( of Task)? UID \d: .+\.$", line) for line in lines
    )


def test_check_of_a_clean_plan_says_so_and_what_was_not_read() -> None:
    lines = triptych("check", HOUSE).stdout.splitlines()
    assert lines == [
        "not read: 1 × Notes: notes are not imported yet",
        f"{HOUSE}: no faults found",
    ]
    found = object_of(triptych("check", HOUSE, "--json"))
    assert found["unmapped"][0] == {"what": "Notes", "count": 1, "why": "notes are not imported yet"}


@pytest.mark.parametrize("command", [("schedule",), ("check",), ("explain", "1")])
def test_a_path_that_cannot_be_read_is_an_error_like_any_other(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    missing = str(tmp_path / "nothing.xml")
    result = triptych(command[0], missing, *command[1:])
    assert result.exit_code == 2
    assert f"error file.unreadable: {missing}: No such file or directory." in result.stdout + result.stderr


@pytest.mark.parametrize("command", [("schedule",), ("check",), ("explain", "1.1")])
def test_an_unknown_dialect_is_refused_with_those_there_are(command: tuple[str, ...]) -> None:
    result = triptych(command[0], HOUSE, *command[1:], "--dialect", "latin")
    assert result.exit_code == 2
    assert result.stderr == "triptych: unknown dialect “latin”; there are triptych, msproject, p6\n"
    assert result.stdout == ""


def test_a_dialect_is_applied() -> None:
    found = object_of(triptych("schedule", HOUSE, "--json", "--dialect", "p6"))
    assert found["project"]["dialect"] == "p6"


@pytest.mark.parametrize("task", ["2", "uid:4"])
def test_explain_goes_back_to_the_root_cause(task: str) -> None:
    result = triptych("explain", HOUSE, task)
    assert result.exit_code == 0
    first, *steps = result.stdout.splitlines()
    assert first.startswith(
        "“Frame” starts on Mon 16 Mar 2026, 08:00 at the end of a chain of 2 links, because "
    )
    assert steps[0].startswith("  1. “Frame” cannot start before “Pour” has finished")
    assert len(steps) == 4
    assert "Leave" not in result.stdout


def test_explain_as_json_and_of_the_finish() -> None:
    found = object_of(triptych("explain", HOUSE, "1.1", "--finish", "--json"))
    assert list(found) == ["task", "field", "sentence", "steps"]
    assert (found["task"], found["field"]) == (2, "finish")
    assert [list(each) for each in found["steps"]] == [["task", "reason", "sentence", "at"]] * 2
    assert [each["reason"] for each in found["steps"]] == ["duration", "project-start"]


@pytest.mark.parametrize("task", ["9.9", "uid:99", "uid:", "uid:x", ""])
def test_explain_of_a_task_that_is_not_there(task: str) -> None:
    result = triptych("explain", HOUSE, task)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"triptych: there is no task {task} in ")
    assert result.stdout == ""


def test_the_pictures_are_written(tmp_path: Path) -> None:
    svg, html = tmp_path / "plan.svg", tmp_path / "plan.html"
    result = triptych("schedule", HOUSE, "--svg", str(svg), "--html", str(html))
    assert result.exit_code == 0
    root = etree.fromstring(svg.read_bytes())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "Pour" in svg.read_text(encoding="utf-8")
    page = html.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "Boathouse" in page
    assert "2026" in page


def test_a_picture_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    nowhere = tmp_path / "missing" / "plan.svg"
    result = triptych("schedule", HOUSE, "--svg", str(nowhere))
    assert result.exit_code == 2
    assert result.stderr == f"triptych: cannot write {nowhere}: No such file or directory\n"


def test_markup_in_a_name_is_printed_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "plan.xml"
    text = (
        Path(HOUSE)
        .read_text(encoding="utf-8")
        .replace("<Name>Pour</Name>", "<Name>[red]Pour[/red] [x</Name>")
    )
    file.write_text(text, encoding="utf-8")
    assert "[red]Pour[/red] [x" in triptych("schedule", str(file)).stdout


def test_without_a_command_the_commands_are_listed() -> None:
    result = triptych("--help")
    for command in ("schedule", "check", "explain", "demo", "serve"):
        assert command in result.stdout


def test_the_installed_command_prints_any_script_whatever_the_terminal() -> None:
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "triptych", "schedule", HOUSE],
        capture_output=True, check=False, env={"PYTHONIOENCODING": "ascii", "PATH": ""},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Dig → Pour" in done.stdout.decode("utf-8")


def test_pull_in_tells_the_cheapest_ways() -> None:
    result = triptych("pull-in", HOUSE, "5", "--by", "1d")
    assert result.exit_code == 0
    assert result.stdout.startswith(("“", "Shorten", "Start")) or "earlier" in result.stdout
    assert "One at a time" in result.stdout
    found = object_of(triptych("pull-in", HOUSE, "5", "--by", "1d", "--json"))
    assert found["goal_minutes"] == 480
    assert found["combination"]["meets"]
    assert found["combination"]["gain_minutes"] >= 480
    assert all(each["deeds"] for each in found["options"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("5", "--by", "soon"), "not a duration such as 3d"),
        (("5", "--by", "0d"), "more than nothing"),
        (("99", "--by", "1d"), "there is no task 99"),
    ],
)
def test_pull_in_refuses_what_it_cannot_read(arguments: tuple[str, ...], words: str) -> None:
    result = triptych("pull-in", HOUSE, *arguments)
    assert result.exit_code == 2
    assert words in result.stderr


def test_drag_is_told_when_asked_for() -> None:
    found = object_of(triptych("schedule", HOUSE, "--json", "--drag"))
    assert [each["drag_minutes"] for each in found["tasks"]] == [0, 0, 3360, 1920, 1440, 1680, 0, 0]
    assert triptych("schedule", HOUSE, "--drag").stdout.splitlines()[0].endswith("Drag")


@pytest.mark.parametrize("option", ["--svg", "--html"])
def test_a_picture_does_not_overwrite_the_plan(option: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.xml"
    file.write_bytes(Path(HOUSE).read_bytes())
    result = triptych("schedule", str(file), option, str(file))
    assert result.exit_code == 2
    assert "another name" in result.stderr
    assert file.read_bytes() == Path(HOUSE).read_bytes()


def test_explaining_a_plan_with_a_circle_says_that_a_link_was_left_out() -> None:
    assert "link.cycle" in triptych("explain", CIRCLE, "1").stderr

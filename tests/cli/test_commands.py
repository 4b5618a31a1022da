"""The offline commands, called as the console script calls them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.browser.conftest import plan_xml
from triptych.cli import app

TASK_KEYS = {
    "uid", "wbs", "name", "kind", "start", "finish", "early_start", "early_finish", "late_start", "late_finish",
    "total_float_minutes", "free_float_minutes", "critical", "percent_complete",
}  # fmt: skip


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments])


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A phase of three tasks in a row and a milestone, from Monday 1 March 2027."""
    path = tmp_path / "jetty.xml"
    path.write_text(plan_xml({3: [2], 4: [3], 5: [4]}), encoding="utf-8")
    return path


@pytest.fixture
def circle(tmp_path: Path) -> Path:
    path = tmp_path / "circle.xml"
    path.write_text(plan_xml({3: [4], 4: [3]}), encoding="utf-8")
    return path


def test_schedule_prints_dates_finish_and_critical_path(plan: Path) -> None:
    done = call("schedule", plan)
    assert done.exit_code == 0
    assert "2027-03-08" in done.stdout
    assert "Mon 8 Mar 2027, 17:00" in done.stdout
    assert "Survey → Drive piles → Lay deck → Jetty open" in " ".join(done.stdout.split())


def test_schedule_as_json_has_the_agreed_shape(plan: Path) -> None:
    found = json.loads(call("schedule", plan, "--json").stdout)
    assert found["project"]["name"] == "Jetty repair"
    assert found["project"]["finish"] == "2027-03-08T17:00"
    assert all(set(each) == TASK_KEYS for each in found["tasks"])
    kinds = {each["name"]: each["kind"] for each in found["tasks"]}
    assert (kinds["Jetty"], kinds["Survey"], kinds["Jetty open"]) == ("summary", "task", "milestone")
    piles = next(each for each in found["tasks"] if each["uid"] == 3)
    assert (piles["start"], piles["finish"]) == ("2027-03-03T08:00", "2027-03-04T17:00")
    assert (piles["total_float_minutes"], piles["critical"]) == (0, True)
    assert all(set(each) == {"code", "severity", "message", "place"} for each in found["diagnostics"])


def test_schedule_writes_pictures(plan: Path, tmp_path: Path) -> None:
    svg, page = tmp_path / "plan.svg", tmp_path / "plan.html"
    assert call("schedule", plan, "--svg", svg, "--html", page).exit_code == 0
    assert svg.read_text(encoding="utf-8").startswith("<svg")
    assert "Drive piles" in page.read_text(encoding="utf-8")


def test_another_dialect_is_named_in_the_answer(plan: Path) -> None:
    found = json.loads(call("schedule", plan, "--json", "--dialect", "p6").stdout)
    assert found["project"]["dialect"] == "p6"
    unknown = call("schedule", plan, "--dialect", "klingon")
    assert unknown.exit_code == 2
    assert "triptych, msproject, p6" in unknown.output


@pytest.mark.parametrize(
    ("text", "code", "exit_code"),
    [
        (plan_xml({3: [2], 4: [3]}), "project.standard-calendar", 0),
        (plan_xml({3: [2]}).replace("PT16H0M0S", "soon", 1), "mspdi.bad-value", 1),
        (plan_xml({3: [9]}), "link.dangling", 2),
        ("", "file.empty", 2),
        ("<Project><Tasks>", "xml.syntax", 2),
    ],
)
def test_check_says_what_is_wrong_and_exits_with_the_worst(
    tmp_path: Path, text: str, code: str, exit_code: int
) -> None:
    file = tmp_path / "plan.xml"
    file.write_text(text, encoding="utf-8")
    done = call("check", file)
    assert code in done.stdout
    assert done.exit_code == exit_code
    found = json.loads(call("check", file, "--json").stdout)
    assert code in [each["code"] for each in found["diagnostics"]]


def test_a_circle_is_told_with_its_members(circle: Path) -> None:
    done = call("check", circle)
    assert done.exit_code == 2
    assert "“Drive piles”, “Lay deck”" in done.stdout
    assert call("schedule", circle).exit_code == 2


def test_a_path_that_cannot_be_read_is_an_error_like_any_other(tmp_path: Path) -> None:
    done = call("check", tmp_path / "nowhere.xml")
    assert done.exit_code == 2
    assert "file.unreadable" in done.stdout
    assert json.loads(call("schedule", tmp_path, "--json").stdout)["tasks"] == []


def test_explain_by_the_code_that_the_table_prints(plan: Path) -> None:
    done = call("explain", plan, "1.3")
    assert done.exit_code == 0
    assert "“Lay deck” cannot start before “Drive piles” has finished" in done.stdout
    by_number = json.loads(call("explain", plan, "uid:4", "--json").stdout)
    assert [each["reason"] for each in by_number["steps"]] == ["link", "link", "project-start"]
    assert call("explain", plan, "99").exit_code == 2
    assert call("explain", plan, "uid:99").exit_code == 2


def test_forecast_says_by_when_and_what_decides(plan: Path) -> None:
    done = call("forecast", plan, "--iterations", 1000)
    assert done.exit_code == 0
    assert "8 chances in 10 that “Jetty repair” is finished by" in done.stdout
    assert "Tasks that decide" in done.stdout
    assert "No --risks were given" in done.stdout
    assert "1,024 times with seed 1" in done.stdout


RISKS = """
[[spread]]
range = "80% 100% 150%"
[[risk]]
name = "Storm"
probability = "40%"
delay = "1d 2d 5d"
cost = 5000
tasks = ["uid:3"]
[risk.response]
probability = 0
price = 100
"""


@pytest.fixture
def risks(tmp_path: Path) -> Path:
    path = tmp_path / "risks.toml"
    path.write_text(RISKS, encoding="utf-8")
    return path


def test_forecast_as_json_has_everything(plan: Path, risks: Path) -> None:
    options = (
        "--risks",
        risks,
        "--by",
        "2027-03-10",
        "--budget",
        4000,
        "--worth",
        "--task",
        "uid:5",
        "--json",
    )
    found = json.loads(call("forecast", plan, *options).stdout)
    (goal,) = found["goals"]
    assert (goal["task"], goal["planned_finish"]) == (5, "2027-03-08T17:00")
    assert goal["finish"]["P50"] <= goal["finish"]["P80"] <= goal["finish"]["P95"]
    assert 0 < goal["chance_of_planned_finish"] < goal["chance_by"] < 1
    assert goal["chance_within_budget"] == pytest.approx(0.6, abs=0.03)
    assert {(each["name"], each["kind"]) for each in found["worth"]} == {
        ("Storm", "risk"),
        ("Storm", "response"),
    }
    assert {each["name"] for each in found["tasks"] if each["criticality"] == 1} >= {"Survey", "Jetty open"}
    assert found == json.loads(call("forecast", plan, *options, "--threads", 1).stdout)


def test_forecast_tells_all_that_is_wrong_with_its_options(plan: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("[[spread]]\nrange = 'x'\n[[risk]]\n", encoding="utf-8")
    done = call("forecast", plan, "--risks", bad, "--by", "soon")
    assert done.exit_code == 2
    for code in ("risks.bad-value", "risks.missing-field", "option.by"):
        assert code in done.stderr
    assert call("forecast", plan, "--risks", tmp_path / "none.toml").exit_code == 2
    assert call("forecast", plan, "--task", "7.7").exit_code == 2
    assert call("forecast", plan, "--dialect", "asap").exit_code == 2
    assert call("forecast", plan, "--cluster", "nowhere").exit_code == 2
    assert call("forecast", tmp_path / "none.xml").exit_code == 2


def test_throughput_forecasts_a_backlog() -> None:
    options = ("--done", "3,5,2,4,6,0,4,5", "--items", 40, "--from", "2027-05-17", "--by", "2027-08-15")
    done = call("throughput", *options)
    assert done.exit_code == 0
    assert "8 chances in 10 that the 40 items are finished by" in done.stdout
    found = json.loads(call("throughput", *options, "--json").stdout)
    assert found["finish"]["P50"] <= found["finish"]["P80"]
    assert 0.5 < found["chance_by"] < 1
    bad = call("throughput", "--done", "3,x,y", "--items", 4, "--from", "soon")
    assert bad.exit_code == 2
    assert bad.stderr.count("option.count") == 2
    assert "option.date" in bad.stderr
    assert call("throughput", "--done", "0,0", "--items", -1, "--from", "2027-05-17").exit_code == 2

"""`triptych earned`, called as the console script calls it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.browser.conftest import plan_xml
from triptych.cli import app

RAMP = Path(__file__).parents[2] / "docs" / "guide" / "examples" / "boat-ramp.xml"
KEYS = {"name", "symbol", "kind", "value", "sentence"}


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["earned", *(str(each) for each in arguments)])


def test_as_json_every_measure_has_its_unit_and_its_sentence() -> None:
    done = call(RAMP, "--json")
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert (found["project"], found["at"], found["unit"], found["currency"]) == (
        "Boat ramp", "2027-03-03T17:00", "money", "€",
    )  # fmt: skip
    measures = found["measures"]
    assert all(set(each) - {"date", "reason"} == KEYS for each in measures.values())
    assert (measures["ac"]["value"], measures["es"]["value"], measures["pd"]["value"]) == (
        1_500,
        1_200,
        1_920,
    )
    assert measures["cpi"]["sentence"] == "CPI = EV / AC = 1,200 / 1,500 = 0.800"
    assert measures["finish_es"]["date"] == "2027-03-05T12:00"
    assert found["diagnostics"] == []


def test_hours_are_told_in_hours() -> None:
    found = json.loads(call(RAMP, "--json", "--unit", "hours").stdout)
    assert found["measures"]["ac"] == {
        "name": "actual work", "symbol": "AC", "kind": "work", "value": 25, "sentence": "AC = 25 h",
    }  # fmt: skip
    assert "takes 40 h instead of 32 h" in call(RAMP, "--unit", "hours").stdout


def test_another_date_moves_what_was_planned_and_says_so() -> None:
    done = call(RAMP, "--at", "2027-03-01")
    assert done.exit_code == 0
    assert "480 was planned by then" in done.stdout
    assert "earned.other-date" in done.stderr
    noon = json.loads(call(RAMP, "--at", "2027-03-01T12:00", "--json").stdout)
    assert noon["measures"]["pv"]["value"] == 240


def test_the_curves_are_drawn(tmp_path: Path) -> None:
    picture = tmp_path / "curves.svg"
    assert call(RAMP, "--svg", picture).exit_code == 0
    assert picture.read_text(encoding="utf-8").startswith("<svg")
    lost = call(RAMP, "--svg", tmp_path / "nowhere" / "curves.svg")
    assert lost.exit_code == 2
    assert "No such file or directory" in lost.stderr


def test_the_plan_is_never_drawn_over(tmp_path: Path) -> None:
    copy = tmp_path / "ramp.xml"
    copy.write_bytes(RAMP.read_bytes())
    assert call(copy, "--svg", copy).exit_code == 2
    assert copy.read_bytes() == RAMP.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--baseline", 3), "the plan has no baseline 3. It has baseline 0."),
        (("--unit", "points"), "unknown unit “points”; there are money, hours"),
        (("--at", "soon"), "option.at"),
    ],
)
def test_what_cannot_be_measured_is_told_on_standard_error(arguments: tuple[object, ...], words: str) -> None:
    done = call(RAMP, *arguments)
    assert done.exit_code == 2
    assert words in done.stderr
    assert done.stdout == ""


def test_a_plan_without_a_baseline(tmp_path: Path) -> None:
    path = tmp_path / "jetty.xml"
    path.write_text(plan_xml({3: [2]}), encoding="utf-8")
    done = call(path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "nothing can be said: the plan has no baseline. Freeze one first." in done.stderr
    asked = call(path, "--json")
    found = json.loads(asked.stdout)
    assert asked.exit_code == 2
    assert {each["reason"] for each in found["measures"].values()} == {"no-baseline"}
    assert found["at"] is None


def test_what_is_no_plan_is_said(tmp_path: Path) -> None:
    empty = tmp_path / "empty.xml"
    empty.write_text("", encoding="utf-8")
    assert call(empty).exit_code == 2
    assert call(tmp_path / "absent.xml").exit_code == 2

"""`triptych health`, called as the console script calls it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.browser.conftest import plan_xml
from triptych.cli import app
from triptych.engine.health import CHECKS


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments])


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A phase of three tasks and a milestone, in which nothing waits for “Drive piles”."""
    path = tmp_path / "jetty.xml"
    path.write_text(plan_xml({3: [2], 4: [2], 5: [4]}), encoding="utf-8")
    return path


def test_the_table_the_findings_and_their_fixes(plan: Path) -> None:
    done = call("health", plan)
    assert done.exit_code == 1
    assert "Jetty repair: health" in done.stdout
    assert "33 %" in done.stdout
    assert "“Drive piles” has no successor." in done.stdout
    assert "Fix: Link it to the closing milestone “Jetty open”" in done.stdout
    assert "The plan has no baseline: 11 Tasks missed; 14 Baseline execution index (BEI)." in done.stdout
    assert "1 finding has a fix" in done.stdout


def test_json_is_one_object_with_every_check(plan: Path) -> None:
    done = call("health", plan, "--json")
    found = json.loads(done.stdout)
    assert done.exit_code == 1
    assert [each["check"] for each in found["checks"]] == [each.key for each in CHECKS]
    logic = found["checks"][0]
    assert (logic["numerator"], logic["denominator"], logic["passed"]) == (1, 3, False)
    assert logic["findings"][0]["tasks"] == [3]
    assert logic["findings"][0]["fix"] == found["fixes"]
    assert found["score"] == pytest.approx(100 - sum(each["cost"] for each in found["checks"]))
    missed = next(each for each in found["checks"] if each["check"] == "missed")
    assert (missed["passed"], missed["numerator"], missed["fault"]) == (
        None,
        None,
        "the plan has no baseline.",
    )


def test_the_fix_list_is_one_change_a_line(plan: Path) -> None:
    lines = call("health", plan, "--fix-list").stdout.splitlines()
    assert [json.loads(each)["op"] for each in lines] == ["add_link"]


def test_a_sound_plan_exits_with_nothing_and_a_broken_one_with_errors(tmp_path: Path) -> None:
    sound, circle = tmp_path / "sound.xml", tmp_path / "circle.xml"
    sound.write_text(plan_xml({3: [2], 4: [3], 5: [4]}), encoding="utf-8")
    circle.write_text(plan_xml({3: [4], 4: [3], 5: [4]}), encoding="utf-8")
    assert call("health", sound).exit_code == 0
    assert "health 100 of 100" in call("health", sound).stdout
    assert call("health", circle).exit_code == 2
    assert call("health", tmp_path / "nowhere.xml").exit_code == 2


def test_every_finding_is_told_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triptych.cli.health._MOST", 2)
    path = tmp_path / "loose.xml"
    path.write_text(plan_xml({}), encoding="utf-8")
    short, whole = call("health", path).stdout, call("health", path, "--all").stdout
    assert "more (--all tells them)" in short
    assert "more (--all tells them)" not in whole
    assert whole.count(" has no ") > short.count(" has no ")


def test_options_that_are_none_are_told(plan: Path) -> None:
    assert call("health", plan, "--today", "soon").exit_code == 2
    assert call("health", plan, "--dialect", "klingon").exit_code == 2
    assert call("health", plan, "--today", "2027-03-01", "--period", "5", "--dialect", "p6").exit_code == 1

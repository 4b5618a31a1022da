"""`triptych staffing`, by the function that the console script calls."""

import json
from pathlib import Path
from typing import Any

import pytest

from triptych.cli.staffing import Asked, run

EXAMPLES = Path(__file__).parents[2] / "docs" / "guide" / "examples"
PLAN, TEAM = EXAMPLES / "footbridge.xml", EXAMPLES / "footbridge-team.toml"


def answer(capsys: pytest.CaptureFixture[str], **asked: Any) -> Any:
    assert run(PLAN, Asked(team=TEAM, **asked), as_json=True) == 0
    return json.loads(capsys.readouterr().out)


def test_roles_by_month(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys)
    may = next(each for each in found["months"] if (each["month"], each["role"]) == ("2027-05", "Builder"))
    assert (may["demand_minutes"], may["lack_minutes"]) == (672 * 60, 0)
    assert {each["role"] for each in found["peaks"]} == {"Engineer", "Builder", "Steelworker"}
    assert run(PLAN, Asked(team=TEAM), as_json=False) == 0
    out = capsys.readouterr().out
    assert "At its peak, on Mon 3 May 2027, “Builder” needs 8 people and has 4." in out
    assert "(no role on record)" in out


def test_who_could_take_a_task_over(capsys: pytest.CaptureFixture[str]) -> None:
    people = answer(capsys, who_for="2.3")["people"]
    assert [each["name"] for each in people[0]["stand_ins"]] == ["Steelworkers", "Crane"]
    assert [each["op"] for each in people[0]["stand_ins"][0]["changes"]] == ["unassign", "assign"]
    assert run(PLAN, Asked(team=TEAM, who_for="2.3"), as_json=False) == 0
    assert "Who could take over the 320 h of Builders on “East abutment”?" in capsys.readouterr().out
    assert run(PLAN, Asked(who_for="4.6"), as_json=False) == 0
    assert capsys.readouterr().out == "Nobody works on “Bridge open”.\n"


def test_what_an_absence_does(capsys: pytest.CaptureFixture[str]) -> None:
    asked = {"away": "Builders", "start": "2027-05-17", "finish": "2027-05-21"}
    found = answer(capsys, **asked)
    assert [each["name"] for each in found["waiting"]["slips"]] == ["Ramps"]
    assert found["changes"] == [
        {"resource": 2, "first": "2027-05-17", "last": "2027-05-21", "name": "", "op": "add_absence"}
    ]
    assert run(PLAN, Asked(team=TEAM, **asked), as_json=False) == 0
    assert capsys.readouterr().out.startswith(
        "Builders is away from Mon 17 May 2027 to Fri 21 May 2027: 1 task"
    )


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"who_for": "2.3", "away": "Crane"}, ["ask one at a time", "--away needs --from"]),
        ({"start": "2027-05-17"}, ["--from and --to go with --away"]),
        (
            {"away": "Bilders", "start": "soon", "finish": "later"},
            ["did you mean “Builders”", "--from", "--to"],
        ),
        ({"away": "Crane", "start": "2027-05-17", "finish": "2027-05-10"}, ["ends on or after"]),
        ({"who_for": "9.9"}, ["there is no task 9.9"]),
        ({"team": EXAMPLES / "none.toml"}, ["file.unreadable"]),
        ({"team": EXAMPLES / "footbridge-risks.toml"}, ["team.unknown-table"]),
    ],
)
def test_what_cannot_be_asked_is_told(
    asked: dict[str, Any], told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(PLAN, Asked(**asked), as_json=False) == 2
    error = capsys.readouterr().err
    assert all(each in error for each in told), error


def test_a_summary_is_told_with_the_tasks_below_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(PLAN, Asked(who_for="2"), as_json=False) == 0
    assert capsys.readouterr().out == (
        "“Foundations” is a summary; ask about a task below it: “Site set-up”, “West abutment” and “East abutment”.\n"
    )


def test_whom_nobody_is_called_is_a_coded_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(PLAN, Asked(away="Bilders", start="2027-05-03"), as_json=False) == 2
    assert capsys.readouterr().err == (
        "error staffing.person: --away: Nobody is called “Bilders” in the plan; did you mean “Builders” or “Engineers”?\n"
    )


def test_nobody_is_recommended_where_no_role_is_on_record(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(PLAN, Asked(who_for="2.3"), as_json=False) == 0
    out = capsys.readouterr().out
    assert out.startswith("Nobody’s role is on record, ")
    assert "--team" in out
    assert "perhaps" not in out

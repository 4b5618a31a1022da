"""`triptych select`, called as the command calls it."""

import json
import os
import re
import signal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from triptych.cli.select import Asked, _Sharing, run
from triptych.cli.watch import Watch
from triptych.engine.select.case import Case
from triptych.engine.select.frontier import Frontier, frontier
from triptych.engine.select.highs import Highs
from triptych.engine.select.solver import Problem, Solved

FERRY = Path(__file__).parents[2] / "docs" / "guide" / "examples" / "ferry-projects.toml"
SMALL = """
from = "2027 Q1"
periods = 4
currency = "€"
[budget]
2027 = 100
[[candidate]]
name = "Quay"
value = 300
cost = 60
start = "2027 Q1"
[[candidate]]
name = "App"
value = 200
cost = 50
start = "2027 Q1"
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    file = tmp_path / "small.toml"
    file.write_text(SMALL, encoding="utf-8")
    return file


def test_it_says_what_to_run_and_what_not_in_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(FERRY, Asked(frontier=True, worth=True), as_json=False) == 0
    told = capsys.readouterr()
    lines = told.out.splitlines()
    assert lines[0] == "Run 5 of the 12 projects: worth € 3,980,000 and 10.3 points, for € 1,859,140."
    assert max(map(len, lines)) <= 80
    for heading in ("Left out:", "Money ", "Busy ", "What money buys", "What a little more would buy:"):
        assert any(line.startswith(heading) for line in lines), heading
    assert [line.split(":")[0] for line in told.err.splitlines()] == ["note select.begun"]


def test_the_object_holds_everything(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small.write_text(SMALL + "cost_range = '90% 100% 130%'", encoding="utf-8")
    assert run(small, Asked(frontier=True, worth=True, stability=20), as_json=True) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (found["value"], found["cost"], found["proved"], found["bound"]) == (300, 60, True, 300)
    assert [(each["name"], each["from"], each["to"]) for each in found["runs"]] == [
        ("Quay", "2027 Q1", "2027 Q1")
    ]
    left = found["left_out"][0]
    assert left["short"] == [{"kind": "budget", "name": "2027", "needs": 50, "free": 40}]
    assert left["swap"] == {"goes": ["Quay"], "comes": [], "moves": [], "loss": 100, "proved": True}
    assert [(each["money"], each["gain"]) for each in found["frontier"]["points"]] == [(0, 0), (50, 200), (60, 300), (110, 500)]  # fmt: skip
    assert [(each["more"], each["gain"], each["comes"]) for each in found["worth"]] == [(10, 200, ["App"])]
    assert (found["stability"]["draws"], found["stability"]["kept"]) == (20, 20)
    assert {each["name"]: each["share"] for each in found["stability"]["projects"]} == {"Quay": 1, "App": 0}


def test_strategic_weight_chooses_otherwise(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(FERRY, Asked(by="weight"), as_json=True) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["by"] == "weight"
    assert {"Bridge simulator", "New quay"} <= {each["name"] for each in found["runs"]}
    assert found["sentences"][1] == "No other choice within the limits has more strategic weight."


def test_a_plan_with_risks_is_simulated(capsys: pytest.CaptureFixture[str]) -> None:
    """The footbridge's own risks decide how often the money of 2027 lasts."""
    assert run(FERRY, Asked(stability=10), as_json=False) == 0
    told = capsys.readouterr().out
    assert re.search(r"^Footbridge +100%  runs +sure$", told, re.MULTILINE)
    assert "Chosen anew 10 times with seed 1." in told


def test_every_question_has_its_share_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, asked = [0.0], list[float]()

    def solve(_: Highs, problem: Problem, *, seconds: float) -> Solved:
        asked.append(seconds)
        return Solved(np.zeros(problem.matrix.shape[1], np.bool_), 0.0, proved=True)

    monkeypatch.setattr("triptych.cli.watch.time", SimpleNamespace(monotonic=lambda: clock[0]))
    monkeypatch.setattr(Highs, "solve", solve)
    nothing = Problem(*(np.zeros(size, np.int64) for size in ((0, 1), 0, 0, 1)))
    with Watch(60) as watch:
        sharing = _Sharing(watch, 3)
        sharing.solve(nothing, seconds=99)
        clock[0] = 4.0
        sharing.solve(nothing, seconds=99)
        sharing.begin()
        sharing.solve(nothing, seconds=99)
        sharing.solve(nothing, seconds=5)
        clock[0] = 50.0
        assert sharing.solve(nothing, seconds=99).taken is None
        sharing.begin()
        sharing.solve(nothing, seconds=99)
        watch.stopped = True
        assert sharing.solve(nothing, seconds=99).taken is None
    assert asked == [20, 16, 28, 5, 10]


def test_ctrl_c_ends_it_all_with_what_is_known(
    small: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    small.write_text(SMALL + "cost_range = '90% 100% 130%'", encoding="utf-8")
    most = frontier

    def interrupted(case: Case) -> Frontier:
        os.kill(os.getpid(), signal.SIGINT)
        return most(case)

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr("triptych.cli.select.frontier", interrupted)
    assert run(small, Asked(frontier=True, worth=True, stability=20), as_json=False) == 2
    told = capsys.readouterr()
    assert told.out.startswith("Run 1 of the 2 projects")
    assert "stopped; this is what was found so far" in told.err
    for option in ("--frontier", "--worth", "--stability"):
        assert f"{option}: it was stopped before anything was found." in told.err
    assert signal.getsignal(signal.SIGINT) is before


def test_the_picture_is_written(small: Path, tmp_path: Path) -> None:
    assert run(small, Asked(svg=tmp_path / "f.svg"), as_json=False) == 0
    assert (tmp_path / "f.svg").read_text(encoding="utf-8").startswith("<svg")
    assert run(small, Asked(svg=tmp_path / "none" / "f.svg"), as_json=False) == 2


@pytest.mark.parametrize(
    ("change", "asked", "codes"),
    [
        ("", Asked(by="luck"), ["option.by"]),
        ("", Asked(stability=5), ["select.certain"]),
        ("lasts = 0\n[x]", Asked(), ["portfolio.unknown-field", "portfolio.bad-value"]),
        ("plan = 'none.xml'", Asked(), ["portfolio.from-plan"]),
        ("[[candidate]]\nname='Ship'\nplan='none.xml'\nrisks='none.toml'", Asked(), ["file.unreadable"]),
        ("[[candidate]]\nname='Gate'\nplan='small.toml'", Asked(), ["file.unknown-format"]),
        ("after = ['Moon']", Asked(), ["select.unknown-candidate"]),
        ("must = true\n[[candidate]]\nname='Law'\nmust=true\ncost=60", Asked(), ["select.budget-exceeded"]),
    ],
)  # fmt: skip
def test_what_cannot_be_chosen_says_why(
    small: Path, capsys: pytest.CaptureFixture[str], change: str, asked: Asked, codes: list[str]
) -> None:
    small.write_text(SMALL + change, encoding="utf-8")
    assert run(small, asked, as_json=False) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert [line.split(":")[0].removeprefix("error ") for line in told.err.splitlines()] == codes


def test_a_frontier_needs_money(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small.write_text(SMALL.replace("2027 = 100", ""), encoding="utf-8")
    assert run(small, Asked(frontier=True), as_json=False) == 2
    assert capsys.readouterr().err.startswith("error select.no-money")
    assert run(small.with_name("none.toml"), Asked(), as_json=False) == 2
    assert capsys.readouterr().err.startswith("error file.unreadable")


def test_many_periods_stand_in_tables_of_80_columns(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    months = SMALL.replace("2027 Q1", "2027-01").replace("periods = 4", "period = 'month'\nperiods = 24")
    small.write_text(f"{months}need = {{ Divers = 1.25 }}\n[roles]\nDivers = 2\n", encoding="utf-8")
    small.write_text(
        small.read_text(encoding="utf-8").replace("2027 = 100", "2027 = 200\n2028 = 0"), encoding="utf-8"
    )
    assert run(small, Asked(), as_json=False) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("Busy") for line in lines) == 3
    assert re.search(r"^Divers +1.25/2 +0/2", "\n".join(lines), re.MULTILINE)
    assert max(map(len, lines)) <= 80


def test_what_buys_nothing_has_a_name_even_if_it_is_every_budget(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rich.toml"
    file.write_text(
        SMALL.replace("2027 = 100", "2027 = 500\n2028 = 500").replace("periods = 4", "periods = 8"), "utf-8"
    )
    assert run(file, Asked(worth=True), as_json=False) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "More of “2027” or “2028” alone would buy nothing, nor would more over all budgets." in out


def test_nothing_is_best_by_weight_where_nothing_is_weighed(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(small, Asked(by="weight"), as_json=False) == 2
    assert "select.no-weight" in capsys.readouterr().err


def test_names_are_checked_in_the_same_round_as_numbers(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small.write_text(SMALL + 'cost_of_delay = -1\nwith = ["Kuay"]\n[[candidate]]\nname = "App"\n', "utf-8")
    assert run(small, Asked(), as_json=False) == 2
    told = capsys.readouterr().err
    assert "portfolio.bad-value" in told
    assert "select.same-name" in told
    assert "did you mean “Quay”?" in told


@pytest.mark.parametrize("text", ["from = ", 'from = "2027 Q1"\nperiods = 4'])
def test_a_fault_of_the_whole_names_the_file(
    small: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    small.write_text(text, "utf-8")
    assert run(small, Asked(), as_json=False) == 2
    assert str(small) in capsys.readouterr().err

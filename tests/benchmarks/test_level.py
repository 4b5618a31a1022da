"""The benchmark of levelling runs, verifies what it finds, and its last line is the one JSON object that is promised."""

import json
from argparse import Namespace
from pathlib import Path

import pytest

from benchmarks import level
from benchmarks.levelling import libraries, scale
from benchmarks.peers import Measured, cp_sat, pyjobshop

LACKING = libraries.lacking("j30")
needs_j30 = pytest.mark.skipif(
    bool(LACKING), reason=f"{LACKING} of others, in ../shared/data beside the source, is not there"
)


def last_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str
) -> dict[str, object]:
    monkeypatch.setattr("sys.argv", ["level", *arguments])
    level.main()
    found: dict[str, object] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return found


@needs_j30
def test_a_library_is_levelled_beside_peers_that_may_be_absent(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cp_sat, "absent", lambda: "OR-Tools is not installed: pip install ortools==9.15.6755")
    monkeypatch.setattr(pyjobshop, "absent", lambda: "PyJobShop is not installed")
    monkeypatch.setattr(libraries, "SAMPLE", {"j30": "1_9 2_4"})
    found = last_line(monkeypatch, capsys, "--set", "j30", "--sample", "--seconds", "0.2", "--threads", "1")
    assert (found["set"], found["instances"], found["seconds"], found["threads"]) == ("j30", 2, 0.2, 1)
    assert found["over_cpm_percent"] == pytest.approx(9.5, abs=9.5)
    assert found["gap_percent"] == pytest.approx(2.5, abs=2.5)
    assert found["optimal"] in {0, 1, 2}
    assert found["cpsat_gap_percent"] is found["pyjobshop_gap_percent"] is None
    assert found["cpsat_what"] == "OR-Tools is not installed: pip install ortools==9.15.6755"


@needs_j30
def test_schedules_may_be_counted_instead_of_seconds(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(libraries, "SAMPLE", {"j30": "1_9"})
    found = last_line(monkeypatch, capsys, "--set", "j30", "--schedules", "5", "--threads", "1")
    assert (found["schedules"], found["seconds"]) == (5, None)
    assert "cpsat_gap_percent" not in found
    assert isinstance(found["gap_percent"], float)
    few = last_line(
        monkeypatch, capsys, "--set", "j30", "--all", "--every", "240", "--schedules", "5", "--threads", "1"
    )
    assert few["instances"] == 2


def test_a_company_is_levelled_and_verified() -> None:
    asked = Namespace(alone=(120, 12), schedules=5, seconds=None, threads=1, seed=1)
    found = scale.measure_alone(asked)
    assert found["seconds"] > 0
    assert found["generated"] >= 1
    assert found["mean_days_after"] >= found["mean_days_before"] > 30


def test_each_size_has_its_figures_and_taskjuggler_a_ratio(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(scale, "SIZES", ((100, 5),))
    monkeypatch.setattr(scale, "BESIDE_TASKJUGGLER", ((60, 3),))
    monkeypatch.setattr(scale, "in_process", lambda tasks, _people, _chosen: {"seconds": tasks / 100})
    monkeypatch.setattr(
        "benchmarks.peers.taskjuggler.time_level", lambda _plan, most: Measured(most / 100, "tj3")
    )
    found = last_line(monkeypatch, capsys, "--scale", "--tj", "--json")
    assert (found["seconds_100"], found["seconds_60"], found["tj_seconds_60"]) == (1, 0.6, 6)
    assert found["ratio_tj_60"] == pytest.approx(10)
    assert "tj_seconds_60" not in last_line(monkeypatch, capsys, "--scale")


def test_what_is_asked_is_completed_or_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["level"])
    plain = level.arguments()
    assert (plain.set, plain.seconds, plain.schedules, plain.threads) == ("j120", 10, None, 2)
    monkeypatch.setattr("sys.argv", ["level", "--all", "--set", "j60"])
    assert (level.arguments().schedules, level.arguments().seconds) == (5000, None)
    monkeypatch.setattr("sys.argv", ["level", "--scale"])
    assert (level.arguments().schedules, level.arguments().seconds) == (20, None)
    monkeypatch.setattr("sys.argv", ["level", "--threads", "0"])
    with pytest.raises(SystemExit):
        level.arguments()
    assert "--threads takes a number above 0" in capsys.readouterr().err


def test_without_the_library_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(libraries, "DATA", tmp_path)
    monkeypatch.setattr("sys.argv", ["level", "--set", "rg300"])
    with pytest.raises(SystemExit, match=r"RG300.rcp.tar.xz of others is not there"):
        level.main()

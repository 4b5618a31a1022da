"""The benchmarks run, and their last line is the one JSON object that is promised."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import oracle

ROOT = Path(__file__).parents[2]


def last_line(*arguments: str) -> dict[str, object]:
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", *arguments], capture_output=True, text=True, check=True, cwd=ROOT
    )
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_the_speed_of_a_small_plan_is_measured() -> None:
    found = last_line("benchmarks.cpm", "--json", "--tasks", "300", "--no-peers")
    assert found["tasks"] == 300
    figures = ("ns_per_task", "schedule_ns_per_task", "bytes_per_task", "edit_ms_median")
    assert all(isinstance(found[name], float) for name in figures)


@pytest.mark.skipif(not oracle.files(), reason="the plans of others are not there")
def test_the_oracle_s_table_counts_every_value() -> None:
    found = last_line("benchmarks.oracle", "--json")
    compared, equal = found["compared"], found["equal"]
    assert isinstance(compared, dict)
    assert isinstance(equal, dict)
    assert set(compared) == set(oracle.COLUMNS)
    assert all(0 < equal[name] <= compared[name] for name in compared)
    files = found["files"]
    assert isinstance(files, dict)
    assert {name for name, each in files.items() if "cause" in each} == set(oracle.CAUSES)


def test_the_oracle_without_its_plans_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(oracle, "DATA", tmp_path)
    monkeypatch.setattr(sys, "argv", ["oracle"])
    with pytest.raises(SystemExit, match="are not there"):
        oracle.main()

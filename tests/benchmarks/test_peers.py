"""The peers do the same work: their dates are ours, where the rules are."""

import json
import subprocess
import sys
from pathlib import Path

import networkx
import numpy as np
import pytest

from benchmarks.networks import chain, merge
from benchmarks.peers import mpxj
from benchmarks.peers import networkx as passes
from tests.java import needs_java

ROOT = Path(__file__).parents[2]
#: Java is not started among the tests: it would stay, with its own ideas of signals.
AGREEMENT = """
import json
from benchmarks.networks import layered
from benchmarks.peers import mpxj
from triptych.engine import schedule
plan = layered(500, grouped=True)
found = mpxj.compare_schedule(schedule(plan))
measured = mpxj.time_schedule(plan, runs=1)
print(json.dumps([found.compared, found.equal, measured.seconds, measured.what]))
"""


def test_networkx_finds_the_critical_path() -> None:
    graph = networkx.DiGraph([(0, 2), (1, 2), (2, 3)])
    early, late = passes.passes(graph, [0, 1, 2, 3], [5, 3, 2, 1])
    assert early == {0: 5, 1: 3, 2: 7, 3: 8}
    assert late == {0: 5, 1: 5, 2: 7, 3: 8}


def test_networkx_is_timed() -> None:
    plan = chain(200)
    found = passes.time_critical_path(plan.links.pred, plan.links.succ, plan.tasks.duration)
    assert found.seconds is not None
    assert found.seconds > 0
    assert found.what == f"networkx {networkx.__version__}"


@needs_java
def test_mpxj_agrees() -> None:
    """Late dates differ by rule: MPXJ takes lags and finish-to-finish links on other calendars differently back."""
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", AGREEMENT], capture_output=True, text=True, check=True, cwd=ROOT
    )
    compared, equal, seconds, what = json.loads(done.stdout)
    shares = {name: equal[name] / count for name, count in compared.items()}
    assert compared["start"] > 500
    assert min(shares["start"], shares["finish"]) > 0.99
    assert min(shares.values()) > 0.85
    assert seconds > 0
    assert what.startswith("MPXJ 16")


def test_what_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    plan = merge(3)
    empty = np.zeros(0, np.int32)
    assert mpxj.time_schedule(plan).what == "jpype is not installed"
    assert passes.time_critical_path(empty, empty, plan.tasks.duration).seconds is None

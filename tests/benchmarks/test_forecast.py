"""The benchmark of forecasts runs and says what it promises."""

import json

import pytest

from benchmarks import forecast


def test_the_last_line_is_one_object_with_the_agreed_figures(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["forecast", "--json", "--tasks", "100", "--iterations", "256"])
    forecast.main()
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert found["tasks"] == 100
    assert found["iterations"] == 256
    assert all(found[name] > 0 for name in ("ns_per_sample", "rules_ns_per_sample", "ratio_numpy", "growth"))

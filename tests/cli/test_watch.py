"""Watching over a long answer."""

import io
import os
import signal
import sys
from types import SimpleNamespace

import pytest

from triptych.cli.watch import Watch


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_told_on_a_terminal_from_a_second_on_until_the_time_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = iter((99.0, 100.0, 100.5, 101.5, 102.0))
    monkeypatch.setattr("triptych.cli.watch.time", SimpleNamespace(monotonic=lambda: next(clock)))
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with Watch(2.0) as watch:
        assert watch.goes_on("10 schedules")
        assert terminal.getvalue() == ""
        assert watch.goes_on("1,200 schedules")
        assert not watch.goes_on("1,300 schedules"), "the time is over"
        assert terminal.getvalue().endswith("1,300 schedules in 2 s ")
    assert terminal.getvalue().endswith(" \r")


def test_ctrl_c_asks_to_stop_and_then_is_itself_again() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Watch() as watch:
        assert watch.goes_on("")
        os.kill(os.getpid(), signal.SIGINT)
        assert watch.stopped
        assert not watch.goes_on("")
        assert signal.getsignal(signal.SIGINT) is before
    assert signal.getsignal(signal.SIGINT) is before

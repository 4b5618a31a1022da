"""Watching over a long answer: how far it is, on one line of a terminal, and when it is enough."""

import math
import signal
import sys
import time
from types import FrameType
from typing import Self

#: Seconds after which progress is told on a terminal.
_PATIENCE = 1.0


class Watch:
    """While it is entered, Ctrl+C asks whatever is watched to stop with what it knows; pressed again, it is what it always is.
    `seconds` is how long it may all take (None: as long as it wants)."""

    def __init__(self, seconds: float | None = None) -> None:
        self.seconds = math.inf if seconds is None else seconds
        self.stopped = self.told = False
        self.begun = time.monotonic()

    def __enter__(self) -> Self:
        self.begun = time.monotonic()
        self.before = signal.signal(signal.SIGINT, self._stop)
        return self

    def _stop(self, _: int, __: FrameType | None) -> None:
        self.stopped = True
        signal.signal(signal.SIGINT, self.before)

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self.before)
        if self.told:
            print("\r" + " " * 60 + "\r", end="", file=sys.stderr)

    @property
    def spent(self) -> float:
        """Seconds since it was entered."""
        return time.monotonic() - self.begun

    def goes_on(self, said: str) -> bool:
        """Tell how far it is, from a second on; whether to go on."""
        spent = self.spent
        if sys.stderr.isatty() and spent > _PATIENCE:
            self.told = True
            print(f"\r{said} in {spent:.0f} s ", end="", file=sys.stderr, flush=True)
        return not self.stopped and spent < self.seconds

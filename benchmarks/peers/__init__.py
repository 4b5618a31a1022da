"""The peers: each does the same work with its own means, where it is installed. Nothing is installed from here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """The best time in seconds, and what was measured; or None, and why it was not."""

    seconds: float | None
    what: str


@dataclass(frozen=True, slots=True)
class Found:
    """Starts by activity, or None; the bound that was proven, the seconds that it took, and what found them, or why not."""

    starts: list[int] | None
    bound: int
    seconds: float
    what: str

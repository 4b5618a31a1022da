"""Durations, days and waits as the sample's files write them: `5d`, `14ed`, `+30d`, `Hull lines SS+5d`."""

import re
from dataclasses import dataclass
from typing import Final

from triptych.plan import LagKind, LinkKind

_MINUTES: Final = {"h": 60, "d": 480, "w": 2400, "eh": 60, "ed": 1440, "ew": 7 * 1440}
_LENGTH: Final = re.compile(r"(?P<count>\d+(?:\.\d+)?)(?P<unit>e?[hdw])")
_DAYS: Final = re.compile(r"[+-]\d+(?=d$)")
_WAIT: Final = re.compile(
    r"(?P<name>.+?)(?:\s+(?P<kind>FS|SS|FF|SF)(?:(?P<sign>[+-])(?P<lag>\d+(?:\.\d+)?(?:e?[hdw]|%)))?)?"
)


@dataclass(frozen=True, slots=True)
class Length:
    """A duration: working minutes, or minutes round the clock when `elapsed`."""

    minutes: int
    elapsed: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """What a task waits for, by name, and how."""

    name: str
    kind: LinkKind = LinkKind.FS
    lag: int = 0
    lag_kind: LagKind = LagKind.WORKING


def read_length(text: str) -> Length:
    """`4h`, `5d` of eight hours, `3w` of five days; with `e` before the unit, round the clock. Raises ValueError."""
    found = _LENGTH.fullmatch(text)
    if found is None:
        raise ValueError(f"“{text}” is not a duration such as 5d, 4h or 7ed")
    unit = found["unit"]
    return Length(round(float(found["count"]) * _MINUTES[unit]), elapsed=unit.startswith("e"))


def read_days(text: str) -> int:
    """`+30d` or `-12d`, calendar days from today. Raises ValueError."""
    found = _DAYS.match(text)
    if found is None:
        raise ValueError(f"“{text}” is not a number of days from today such as +30d or -12d")
    return int(found[0])


def read_wait(text: str) -> Wait:
    """The name of a task and, if it is not finish to start, the kind of link and the lag. Raises ValueError."""
    found = _WAIT.fullmatch(text.strip())
    if found is None:
        raise ValueError("a wait needs the name of a task")
    name, kind, lag = found["name"], LinkKind[found["kind"] or "FS"], found["lag"]
    if lag is None:
        return Wait(name, kind)
    sign = -1 if found["sign"] == "-" else 1
    if lag.endswith("%"):
        return Wait(name, kind, sign * int(lag[:-1]), LagKind.PERCENT)
    length = read_length(lag)
    return Wait(name, kind, sign * length.minutes, LagKind.ELAPSED if length.elapsed else LagKind.WORKING)

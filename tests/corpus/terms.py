"""Terms of the examples' language: durations, shares of work, and changes.

change duration A 2d
change units A Ana 50%
change work A Ana 3d
change assign A Bo 50% 1d
change unassign A Bo
change type A fixed-work effort-driven
change split A 1d 2d
change join A
"""

import re
from collections.abc import Callable

from triptych.plan.changes import (
    Assign,
    Change,
    JoinTask,
    SetDuration,
    SetTaskType,
    SetUnits,
    SetWork,
    SplitTask,
    Unassign,
)

_UNITS = {"d": 480, "h": 60, "m": 1, "ed": 1440, "eh": 60, "w": 2400}


def minutes(text: str) -> tuple[int, bool]:
    """`2d` → (960, False); `1ed` → (1440, True)."""
    match = re.fullmatch(r"(-?\d+(?:\.\d+)?)([a-z]+)", text)
    assert match, f"not a duration: {text}"
    return round(float(match[1]) * _UNITS[match[2]]), match[2].startswith("e")


def share(rest: list[str]) -> tuple[int, int | None]:
    """Take `50% 2d` from the front of the words: units, 100 without; and work, if it is stated."""
    if not rest or not re.fullmatch(r"\d+%", rest[0]):
        return 100, None
    units = int(rest.pop(0)[:-1])
    stated = bool(rest) and re.fullmatch(r"[\d.]+[a-z]+", rest[0]) is not None
    return units, minutes(rest.pop(0))[0] if stated else None


def changed(words: list[str], uid: dict[str, int], person: Callable[[str], int]) -> Change:
    """The change of a `change` line."""
    verb, task, rest = words[0], uid[words[1]], words[2:]
    match verb:
        case "duration":
            return SetDuration(task, *minutes(rest[0]))
        case "type":
            name = rest[0].upper().replace("-", "_")
            return SetTaskType(task, name, "effort-driven" in rest)  # type: ignore[arg-type]
        case "split":
            return SplitTask(task, minutes(rest[0])[0], minutes(rest[1])[0])
        case "join":
            return JoinTask(task)
        case _:
            return _of_team(verb, task, person(rest[0]), rest[1:])


def _of_team(verb: str, task: int, resource: int, rest: list[str]) -> Change:
    match verb:
        case "units":
            return SetUnits(task, resource, share(rest)[0])
        case "work":
            return SetWork(task, resource, minutes(rest[0])[0])
        case "assign":
            return Assign(task, resource, *share(rest))
        case "unassign":
            return Unassign(task, resource)
    raise AssertionError(f"unknown change {verb}")

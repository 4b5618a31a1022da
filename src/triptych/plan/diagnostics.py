"""What is wrong with a plan, as data: coded, placed, all of them at once. Nothing stops at the first."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


class Severity(enum.IntEnum):
    """How much a diagnostic matters; the exit code of `triptych check` is the worst one."""

    NOTE = 0
    WARNING = 1
    ERROR = 2

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    `code` is stable and dotted (`link.cycle`); `message` names the way out; `place` is where in the input
    (`line 120, Task UID 7`) or in the plan (`task 7`); `data` holds the values for programs.
    """

    code: str
    severity: Severity
    message: str
    place: str = ""
    data: dict[str, Any] = field(default_factory=dict, hash=False)

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "severity": self.severity.word,
            "message": self.message,
            "place": self.place,
        }


def note(code: str, message: str, place: str = "", **data: Any) -> Diagnostic:
    return Diagnostic(code, Severity.NOTE, message, place, data)


def warning(code: str, message: str, place: str = "", **data: Any) -> Diagnostic:
    return Diagnostic(code, Severity.WARNING, message, place, data)


def error(code: str, message: str, place: str = "", **data: Any) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, place, data)


def worst(diagnostics: Iterable[Diagnostic]) -> Severity:
    """The highest severity present; NOTE when there is nothing."""
    return max((each.severity for each in diagnostics), default=Severity.NOTE)


class PlanError(Exception):
    """The input holds errors and no plan can be made of it. Carries every diagnostic."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("; ".join(f"{each.code}: {each.message}" for each in self.diagnostics))

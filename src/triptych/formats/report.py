"""What every reader returns: the plan, what is wrong with the input, and what was not understood."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from triptych.plan import Diagnostic, Plan, Severity, worst

#: Saved dates of one task, by the name of the schedule's column: instants, `total_float` in minutes, `critical`.
SavedTask = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Unmapped:
    """Something the file holds and the plan does not: what, how often, and why."""

    what: str
    count: int
    why: str


@dataclass(frozen=True, slots=True)
class ReadReport:
    """The outcome of reading a file.

    `plan` is None when no plan could be made of it at all; with errors among the diagnostics it is what could be
    understood, to be shown but not to be imported. `saved` holds the dates that the writing application had
    computed, by task uid; they are compared with ours, never taken over.
    """

    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()
    format: str = ""
    application: str = ""
    saved: Mapping[int, SavedTask] = field(default_factory=dict)

    @property
    def accepted(self) -> bool:
        """Whether the plan may be imported."""
        return self.plan is not None and worst(self.diagnostics) is not Severity.ERROR

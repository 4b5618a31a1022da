"""What an examination of a schedule says: findings with their fixes, the outcome of each check, and the score."""

import enum
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from triptych.plan import Severity
from triptych.plan.changes import Change

if TYPE_CHECKING:
    from .case import Case

#: A link as its ends' uids and the name of its kind.
LinkKey = tuple[int, int, str]


class Family(enum.StrEnum):
    """What a check looks at."""

    LOGIC = "logic"
    CONSTRAINTS = "constraints"
    FLOAT = "float"
    DURATIONS = "durations"
    PROGRESS = "progress"
    PEOPLE = "people"
    BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a planner should look at.

    `tasks` are the uids of whom it is about, `link` is there where it is about a link. `fix` are changes that mend it;
    without any, somebody has to decide. `way` says what the fix does, or what is to be decided. `code` tells apart what
    one check finds of one task.
    """

    check: str
    severity: Severity
    tasks: tuple[int, ...]
    sentence: str
    way: str
    fix: tuple[Change, ...] = ()
    link: LinkKey | None = None
    code: str = ""

    @property
    def key(self) -> tuple[str, str, tuple[int, ...], LinkKey | None]:
        """What it is about: the same before and after the plan has changed."""
        return self.check, self.code, self.tasks, self.link


@dataclass(frozen=True, slots=True)
class Result:
    """What one check counts: so many of so many, or an index in `value`; or in `fault` why it cannot be computed."""

    numerator: float = 0
    denominator: float = 0
    findings: tuple[Finding, ...] = ()
    value: float | None = None
    fault: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One question to a schedule.

    `number` is that of the DCMA's assessment. `limit` is the greatest share (0 to 1) with which it passes, `least` the
    smallest index; the one or the other. It costs all its `points` of the score where the share is `full`, or the index
    so far below the least. `why` is one sentence for the planner, `source` where the rule is from.
    """

    key: str
    title: str
    family: Family
    why: str
    source: str
    examine: "Callable[[Case], Result]" = field(repr=False)
    of: str = "tasks"
    number: int | None = None
    limit: float = 0.0
    least: float | None = None
    points: int
    full: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one check."""

    check: Check
    numerator: float
    denominator: float
    value: float | None
    fault: str | None
    findings: tuple[Finding, ...]

    @property
    def share(self) -> float | None:
        """The share of what was looked at, 0 to 1; of an index nothing."""
        if self.fault is not None or self.check.least is not None:
            return None
        return self.numerator / self.denominator if self.denominator else 0.0

    @property
    def passed(self) -> bool | None:
        """Whether it passes; None where it cannot be computed."""
        if self.fault is not None:
            return None
        if self.check.least is not None:
            return self.value is not None and self.value >= self.check.least
        return (self.share or 0.0) <= self.check.limit + 1e-12

    @property
    def cost(self) -> float:
        """What it takes from the score: nothing while it passes, then in proportion, up to all its points."""
        check = self.check
        if self.fault is not None:
            return 0.0
        if check.least is not None:
            short = (check.least - (self.value or 0.0)) / check.full
        else:
            short = ((self.share or 0.0) - check.limit) / (check.full - check.limit)
        return check.points * min(1.0, max(0.0, short))


@dataclass(frozen=True, slots=True)
class FamilyScore:
    """The score of one family of checks, 0 to 100: the share that is left of the points at stake; None where none of
    them can be computed. `cost` is what the family takes from the score of the whole."""

    family: Family
    score: float | None
    cost: float


@dataclass(frozen=True, slots=True)
class Health:
    """The outcome of every check, in order, and the score: 100 less what each costs, and not below 0. None where there
    is nothing to judge."""

    outcomes: tuple[Outcome, ...]
    score: float | None
    families: tuple[FamilyScore, ...]

    def __getitem__(self, key: str) -> Outcome:
        return next(each for each in self.outcomes if each.check.key == key)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What every check found, in order."""
        return tuple(each for outcome in self.outcomes for each in outcome.findings)

    @property
    def assessment(self) -> tuple[Outcome, ...]:
        """The fourteen points of the DCMA."""
        return tuple(each for each in self.outcomes if each.check.number is not None)

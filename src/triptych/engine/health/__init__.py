"""Schedule health: the 14 points of the DCMA and what a planner asks besides, each with its findings and their fixes.

`health` examines a schedule and changes nothing. A check is a pure function over the columns of a `Case`; each family
of checks is a file. What a fix is, `Finding.fix` holds as changes that apply to the plan as it is.
"""

from collections.abc import Iterable

from triptych.engine.schedule import Schedule
from triptych.plan import Instant
from triptych.plan.changes import AddLink, Change, RemoveLink, SetLag

from . import against, constraints, durations, floats, links, logic, path_test, people, progress, summaries
from .answer import Check, Family, FamilyScore, Finding, Health, LinkKey, Outcome, Result
from .case import Case
from .score import families_of, score_of

_FAMILIES = (logic, links, summaries, constraints, floats, path_test, durations, progress, people, against)
#: Every check: the DCMA's points in their order, then ours by family.
CHECKS: tuple[Check, ...] = tuple(
    sorted(
        (check for family in _FAMILIES for check in family.CHECKS),
        key=lambda check: (check.number or 99, [*Family].index(check.family)),
    )
)


def health(
    schedule: Schedule, *, baseline: int = 0, today: Instant | None = None, period: int | None = None
) -> Health:
    """Every check of a schedule, what was found, and the score.

    `baseline` is the number of the one that is measured against. `today` is what day it is, which only the age of the
    status date asks for; `period` is how many working days lie between two reports, a month of the project's by
    default. The plan may hold several projects: tasks are counted over all of them, each by its own status date and
    hours.
    """
    case = Case(schedule, baseline, today, period)
    outcomes = tuple(_outcome(check, check.examine(case)) for check in CHECKS)
    return Health(outcomes, score_of(outcomes), families_of(outcomes))


def _outcome(check: Check, found: Result) -> Outcome:
    return Outcome(check, found.numerator, found.denominator, found.value, found.fault, found.findings)


def fixes_together(findings: Iterable[Finding]) -> tuple[Change, ...]:
    """The fixes that can be applied one after another: of those that say something about the same link, or the same of
    the same task, the first."""
    chosen: list[Change] = []
    taken: set[tuple[object, ...]] = set()
    for finding in findings:
        keys = {_about(change) for change in finding.fix}
        if keys & taken:
            continue
        taken |= keys
        chosen += finding.fix
    return tuple(chosen)


def _about(change: Change) -> tuple[object, ...]:
    if isinstance(change, AddLink | RemoveLink | SetLag):
        return change.pred, change.succ, change.kind
    return change.op, getattr(change, "task", None)


__all__ = [
    "CHECKS",
    "Case",
    "Check",
    "Family",
    "FamilyScore",
    "Finding",
    "Health",
    "LinkKey",
    "Outcome",
    "fixes_together",
    "health",
]

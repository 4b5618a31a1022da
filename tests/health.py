"""What a fix has to do, for the laws and for the plans of others."""

from triptych.engine import Schedule, schedule
from triptych.engine.health import Finding, Health, fixes_together, health
from triptych.plan import Plan
from triptych.plan.changes import apply_all
from triptych.plan.diagnostics import Severity


def mends(before: Schedule, finding: Finding, *, baseline: int = 0) -> None:
    """The fix of a finding applies, the finding is gone, and scheduling finds no error that was not there."""
    plan, _ = apply_all(before.plan, finding.fix)
    after = _again(before, plan)
    assert finding.key not in {each.key for each in health(after, baseline=baseline).findings}, finding
    assert _errors(after) <= _errors(before), finding


def break_nothing(before: Schedule) -> Health:
    """The fixes that are said to go together apply one after another, and scheduling finds no error that was not there.
    The health after them."""
    plan, _ = apply_all(before.plan, fixes_together(health(before).findings))
    after = _again(before, plan)
    assert _errors(after) <= _errors(before)
    return health(after)


def _again(before: Schedule, plan: Plan) -> Schedule:
    dialects = set(before.dialects)
    return schedule(plan, dialect=dialects.pop() if len(dialects) == 1 else None)


def _errors(found: Schedule) -> set[tuple[str, str]]:
    return {(each.code, each.place) for each in found.diagnostics if each.severity is Severity.ERROR}

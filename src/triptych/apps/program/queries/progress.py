"""How far key results and objectives have come, in per mille. Whole-number arithmetic, rounded down: what is not quite
reached is never 1000."""

from collections.abc import Iterable

from triptych.apps.program.models import CheckIn, Figure, KeyResult, KeyResultKind, KeyResultSource
from triptych.apps.project.completion import Completion
from triptych.plan.quantities import day_number, moment


def between(start: int, target: int, value: int) -> int:
    """The per mille of the way from start to target that the value has come: linear, and never below 0 or above 1000.

    1000 × (value − start) ÷ (target − start). Up or down makes no difference: both differences change their sign.
    """
    return max(0, min(1000, 1000 * (value - start) // (target - start)))


def value_of(row: KeyResult, latest: CheckIn | None, now: Completion | None) -> int | None:
    """The value of a key result now: what the plan says of its node, or the latest check-in. None if neither does."""
    if row.source != KeyResultSource.PLAN:
        return latest.value if latest else None
    if now is None:
        return None
    return now.percent if row.figure == Figure.PERCENT else day_number(moment(now.finish).date())


def progress_of(row: KeyResult, value: int | None, now: Completion | None) -> int:
    """How far a key result has come: of a milestone all or nothing, by whether the plan says that it is reached; of
    everything else `between` start and target. What has no value yet has not left its start."""
    if row.kind == KeyResultKind.MILESTONE:
        return 1000 if now is not None and now.complete else 0
    return 0 if value is None else between(row.start, row.target, value)


def mean(parts: Iterable[tuple[int, int | None]]) -> int | None:
    """The weighted mean, Σ weight × value ÷ Σ weight, of parts that have a value; None if none that counts has one."""
    known = [(weight, value) for weight, value in parts if value is not None]
    whole = sum(weight for weight, _ in known)
    return sum(weight * value for weight, value in known) // whole if whole else None

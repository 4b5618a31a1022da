"""What each risk and factor is worth: the same plan, with the same luck, without it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from triptych.plan.uncertainty import Uncertainty

from .result import Forecast, Goal


@dataclass(frozen=True, slots=True)
class Worth:
    """What would be gained if something were not there: working minutes of the finish and hundredths of the cost, at a
    confidence and on average. `kind` is `risk`, `response` (what answering the risk gains, its price taken off) or
    `factor`."""

    name: str
    kind: str
    minutes: int
    mean_minutes: float
    cost: float


def worths(found: Forecast, goal: int = 0, *, confidence: float = 0.8) -> tuple[Worth, ...]:
    """What each thing that may happen is worth to a goal, the most first. As every draw is a hash of what it is for,
    the runs differ by what is left out and by nothing else."""
    from . import again  # noqa: PLC0415 - which makes what this reads

    told = []
    for name, kind, without in _without_each(found.what):
        other = again(found, without)
        mine, theirs = found.goals[goal], other.goals[goal]
        cost = _cost(mine, confidence) - _cost(theirs, confidence)
        gained = mine.contingency(confidence) - theirs.contingency(confidence)
        told.append(Worth(name, kind, gained, mine.bias - theirs.bias, cost))
    return tuple(sorted(told, key=lambda each: (-each.mean_minutes, each.name)))


def _cost(goal: Goal, confidence: float) -> float:
    return goal.cost_at(confidence) if len(goal.cost) else 0.0


def _without_each(what: Uncertainty) -> Iterator[tuple[str, str, Uncertainty]]:
    for risk in what.risks:
        others = tuple(each for each in what.risks if each is not risk)
        yield risk.name, "risk", replace(what, risks=others)
        if risk.response is not None:
            answered = replace(risk, effect=risk.response, response=None)
            yield risk.name, "response", replace(what, risks=(*others, answered))
    for factor in what.factors:
        rest = tuple(each for each in what.factors if each is not factor)
        yield factor.name, "factor", replace(what, factors=rest)

"""What to assume where nobody has said how sure the estimates are."""

from triptych.plan.uncertainty import Factor, Range, Shape, Spread, Uncertainty

#: Every task for itself.
_TASKS = Spread(Range(0.9, 1.0, 1.3))
#: What all tasks of a plan feel together. Independent tasks make up for one another, and a forecast of them alone is
#: far too sure.
_TOGETHER = Factor("How this project goes", Range(0.9, 1.0, 1.25, Shape.LOGNORMAL))


def usual() -> Uncertainty:
    """The usual uncertainty of a plan without estimates of it."""
    return Uncertainty(spreads=(_TASKS,), factors=(_TOGETHER,))

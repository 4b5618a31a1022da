"""What to assume where nobody has said how sure the estimates are."""

from triptych.plan.uncertainty import Factor, Range, Shape, Spread, Uncertainty

#: Every task for itself, and what all tasks of a plan feel together: independent tasks make up for one another, and a
#: forecast of them alone is far too sure. Both were chosen so that the 80 % date of the remaining plan held in about
#: four of five of the real projects of DSLIB, at a quarter, a half and three quarters of the work
#: (`benchmarks.earned`).
_TASKS = Spread(Range(0, 1.0, 1.35, Shape.LOGNORMAL))
_TOGETHER = Factor("How this project goes", Range(0, 0.97, 1.45, Shape.LOGNORMAL))


def usual() -> Uncertainty:
    """The usual uncertainty of a plan without estimates of it."""
    return Uncertainty(spreads=(_TASKS,), factors=(_TOGETHER,))

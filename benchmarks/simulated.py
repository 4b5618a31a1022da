"""DSLIB's projects simulated: forecasts of the finish with their chances, and the sensitivity of every activity.

`monte_carlo(confidence)` is a method for `finishes.METHODS`: the remaining plan at a status date, simulated with the usual
uncertainty (`engine.forecast.usual`) and nothing of what came true. `indices` are those of ProTrack (Vanhoucke, 2010: Using
activity sensitivity and network topology information to monitor project time performance. Omega 38, 359–370), from the
distributions that each file states.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from triptych.engine.forecast import Forecast, forecast
from triptych.engine.forecast.calibration import Held, Past, calibration
from triptych.engine.forecast.tornado import minutes_of
from triptych.engine.forecast.usual import usual
from triptych.plan import Instant, ProgressLogic
from triptych.plan.uncertainty import Estimate, Uncertainty

from .accuracy import Case
from .dslib.records import Indices, Period, Tracked
from .dslib.remaining import remaining_plan

F64 = NDArray[np.float64]
#: Iterations of a forecast: P80 of one project is then known to about 1 % of the time to come.
ITERATIONS = 2_048
#: Runs that ProTrack makes unless told otherwise. Its correlations are of so few, and the size of one that is nil is then 0.08
#: on average; ours are taken over as many, so that both have the same noise.
RUNS = 100
CONFIDENCES = (0.1, 0.5, 0.8, 0.9)
NAMES = tuple(each.name for each in fields(Indices))


@lru_cache(maxsize=1024)
def simulated(tracked: Tracked, period: Period) -> Forecast:
    """The remaining plan at a period, as far as it was known then."""
    plan = remaining_plan(tracked, period, logic=ProgressLogic.OVERRIDE, as_typed=False)
    return forecast(plan, usual(), iterations=ITERATIONS, tolerance=0.0)


def monte_carlo(confidence: float) -> Callable[[Tracked, Period], Instant | None]:
    """The finish with that confidence."""

    def method(tracked: Tracked, period: Period) -> Instant | None:
        return Instant(simulated(tracked, period).goal.finish_at(confidence))

    return method


def held(cases: Iterable[Case]) -> tuple[Held, ...]:
    """How often the dates of each confidence held, over some cases."""
    past = []
    for case in cases:
        goal = simulated(case.tracked, case.period).goal
        past.append(Past({each: goal.finish_at(each) for each in CONFIDENCES}, case.finish))
    return calibration(past)


def indices(tracked: Tracked) -> Mapping[int, Indices]:
    """The sensitivity of every activity of the plan that is not done, by uid, from the file's own distributions."""
    durations = {each.uid: each.duration for each in tracked.plan.each_task()}
    estimates = tuple(
        Estimate(uid, profile.over(durations[uid])) for uid, profile in tracked.profiles.items() if durations.get(uid)
    )  # fmt: skip
    found = forecast(tracked.plan, Uncertainty(estimates), iterations=ITERATIONS, tolerance=0.0, weigh=True)
    rows = [row for row in np.flatnonzero(found.fortune.minutes > 0).tolist() if found.deviation[row] > 0]
    drawn = minutes_of(found, rows)[:, : len(tracked.runs) or RUNS]
    finish = found.goal.worked[: drawn.shape[1]].astype(np.float64)
    plain, rank = _correlations(drawn, finish), _correlations(_ranks(drawn), _ranks(finish[None, :])[0])
    return {
        int(found.schedule.plan.tasks.uid[row]): Indices(
            ci=float(found.criticality[row]),
            si=float(found.significance[row]),
            ssi=float(found.sensitivity[row]),
            cri_r=abs(float(plain[place])),
            cri_rho=abs(float(rank[place])),
            cri_tau=abs(_tau(drawn[place], finish)),
        )
        for place, row in enumerate(rows)
    }


def _ranks(values: F64) -> F64:
    """The place of each in its line's order; equal ones by their own order, which matters little among so many."""
    order: F64 = np.argsort(np.argsort(values, axis=1, kind="stable"), axis=1).astype(np.float64)
    return order


def _correlations(lines: F64, finish: F64) -> F64:
    less, aim = lines - lines.mean(axis=1, keepdims=True), finish - finish.mean()
    size = np.sqrt((less**2).sum(axis=1) * (aim**2).sum())
    found: F64 = np.divide(less @ aim, size, out=np.zeros(len(size)), where=size > 0)
    return found


def _tau(drawn: F64, finish: F64) -> float:
    """Kendall's tau-b."""
    one, other = np.sign(drawn[:, None] - drawn), np.sign(finish[:, None] - finish)
    size = float(np.sqrt((one**2).sum() * (other**2).sum()))
    return float((one * other).sum()) / size if size else 0.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """One index over many activities: the mean of ours and of the file's, the mean difference between them, and how they go
    together (Pearson)."""

    activities: int
    ours: float
    theirs: float
    difference: float
    correlation: float


def agreement(projects: Iterable[Tracked]) -> dict[str, Agreement]:
    """Our indices beside those in the files, activity by activity."""
    pairs = [
        (mine, theirs)
        for tracked in projects
        if tracked.indices
        for uid, mine in indices(tracked).items()
        if (theirs := tracked.indices.get(uid)) is not None
    ]
    return {name: _agreement([(getattr(a, name), getattr(b, name)) for a, b in pairs]) for name in NAMES}


def _agreement(pairs: list[tuple[float, float]]) -> Agreement:
    ours, theirs = np.array(pairs).T
    return Agreement(
        len(pairs), float(ours.mean()), float(theirs.mean()), float(np.abs(ours - theirs).mean()),
        float(np.corrcoef(ours, theirs)[0, 1]),
    )  # fmt: skip

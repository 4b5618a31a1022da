"""How far forecasts of the finish lay from what came true, at a quarter, a half and three quarters of the work.

Of each project and stage the period counts whose share of the budget earned (EV/BAC) is nearest to the stage, if it is within
an eighth. The error is (forecast − true finish) / (true finish − start of the baseline), all in working time of the project.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from triptych.plan import Instant

from .dslib.records import Period, Tracked
from .dslib.value import clock_of, finish_of
from .finishes import Method, assessed, curve

STAGES = (0.25, 0.5, 0.75)
TOLERANCE = 0.125


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One project at one stage; `finish` is what came true."""

    tracked: Tracked
    period: Period
    stage: float
    finish: Instant

    def error(self, forecast: int) -> float:
        """How much too late a forecast is, as a share of the true duration; negative when it is too early."""
        clock, start = clock_of(self.tracked), curve(self.tracked).start
        return clock.between(self.finish, forecast) / clock.between(start, self.finish)


@dataclass(frozen=True, slots=True)
class Score:
    """Of one method at one stage, shares of the true duration: mean and median of what it was off, the mean with its sign, and
    of how many cases; `missing` are those that it had no forecast for."""

    mape: float
    median: float
    bias: float
    cases: int
    missing: int


def exclusion(tracked: Tracked) -> str | None:
    """Why a project cannot be measured, None if it can."""
    if not tracked.periods:
        return "no tracking periods"
    if not tracked.periods[-1].is_complete:
        return "not complete at the last period"
    if curve(tracked).total <= 0:
        return "no costs in the baseline"
    true = finish_of(tracked, tracked.periods[-1])
    if true is None or clock_of(tracked).between(curve(tracked).start, true) <= 0:
        return "no true duration"
    return None if _open(tracked, true) else "no period before completion"


def _open(tracked: Tracked, true: Instant) -> list[tuple[float, Period]]:
    """The periods in which something but not all was earned, with the share."""
    found = []
    for period in tracked.periods:
        ev, bac = (assessed(tracked, period)[key].value or 0.0 for key in ("ev", "bac"))
        if 0 < ev < bac and period.at < true and not period.is_complete:
            found.append((ev / bac, period))
    return found


def cases(projects: Iterable[Tracked], left_out: Counter[str]) -> Iterator[Case]:
    """The cases of all projects; why the others are none is counted in `left_out`."""
    for tracked in projects:
        reason = exclusion(tracked)
        found = [] if reason else list(_cases(tracked))
        if not found:
            left_out[reason or "no period near a stage"] += 1
        yield from found


def _cases(tracked: Tracked) -> Iterator[Case]:
    true = finish_of(tracked, tracked.periods[-1])
    assert true is not None, "else it is excluded"
    open_ = _open(tracked, true)
    for stage in STAGES:
        share, period = min(open_, key=lambda each, stage=stage: abs(each[0] - stage))  # type: ignore[misc]
        if abs(share - stage) <= TOLERANCE:
            yield Case(tracked, period, stage, true)


def errors(found: Iterable[Case], method: Method) -> list[float | None]:
    """The error of a method in each case, None where it has no forecast."""
    forecasts = ((each, method(each.tracked, each.period)) for each in found)
    return [None if made is None else each.error(made) for each, made in forecasts]


def score(found: list[float | None]) -> Score:
    """What errors come to."""
    known = np.array([each for each in found if each is not None])
    if len(known) == 0:
        return Score(np.nan, np.nan, np.nan, 0, len(found))
    off = np.abs(known)
    return Score(
        float(off.mean()), float(np.median(off)), float(known.mean()), len(known), len(found) - len(known)
    )


def table(found: list[Case], methods: Mapping[str, Method]) -> dict[str, dict[str, Score]]:
    """The scores of each method, by stage and over all."""
    result = {}
    for name, method in methods.items():
        off = errors(found, method)
        by_stage = {
            f"{stage:.0%}": [one for one, case in zip(off, found, strict=True) if case.stage == stage]
            for stage in STAGES
        }
        result[name] = {stage: score(each) for stage, each in (by_stage | {"all": off}).items()}
    return result

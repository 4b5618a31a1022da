"""What is asked of a goal of a forecast: which dates and amounts to point out, and from where to where to show them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from triptych.engine.forecast import Forecast, Goal
from triptych.engine.forecast.words import money
from triptych.plan.quantities import MINUTES_PER_DAY
from triptych.plan.spelling import day_in_words, in_words

from .axis import Axis, extent, round_step, spell_for, whole_spells
from .chances import SHARES, Mark
from .plane import SIZE
from .rows import MARGIN
from .text import width_of

WIDTH = 1000.0
_INSET = 10.0
#: Dates are told with their hours where all of them lie within so many days.
_CLOSE = 5


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is asked of one goal of a forecast, and the axes of its picture."""

    found: Forecast
    goal: Goal
    confidences: Sequence[float]
    confidence: float
    by: int | None
    budget: float | None
    dates: Axis
    spell: int
    amounts: Axis
    step: float

    @property
    def sign(self) -> str:
        return self.found.schedule.plan.projects[self.goal.project].currency

    @property
    def costs(self) -> bool:
        return len(self.goal.cost) > 0

    def day(self, at: float) -> str:
        """A date, to the minute where all of them are close together."""
        close = self.dates.last - self.dates.first <= _CLOSE * MINUTES_PER_DAY
        return in_words(int(at)) if close else day_in_words(int(at))


def outlook(
    found: Forecast, goal: Goal, confidences: Sequence[float], confidence: float, by: int | None, budget: float | None
) -> Outlook:  # fmt: skip
    """The axes on which all that is asked can be seen; the dates of the status and of wishes only if they are near."""
    status = found.schedule.plan.projects[goal.project].status_date
    wanted = [float(each) for each in (goal.planned, by, status) if each is not None]
    wanted += [float(goal.finish_at(each)) for each in confidences]
    first, last = extent(goal.finish, tuple(wanted), float(MINUTES_PER_DAY))
    spell = spell_for(last - first)
    first, last = whole_spells(first, last, spell)
    low, high, step = _money(goal, confidences, budget) if len(goal.cost) else (0.0, 1.0, 1.0)
    sign = found.schedule.plan.projects[goal.project].currency
    widest = max(width_of(money(each, sign), SIZE) for each in (low, high)) if len(goal.cost) else 0.0
    left, right = round(widest + MARGIN + _INSET), WIDTH - SHARES
    return Outlook(
        found, goal, sorted(confidences), confidence, by, budget,
        Axis(first, last, left, right), spell, Axis(low, high, left, right), step,
    )  # fmt: skip


def _money(goal: Goal, confidences: Sequence[float], budget: float | None) -> tuple[float, float, float]:
    """From how much to how much to show, in whole bars, and how much a bar is."""
    wanted = [each for each in (goal.planned_cost, budget) if each is not None]
    wanted += [goal.cost_at(each) for each in confidences]
    low, high = extent(goal.cost, tuple(wanted), max(1000.0, 0.01 * abs(goal.planned_cost)))
    step = round_step(high - low, 60, 100.0)
    return math.floor(low / step) * step, (math.floor(high / step) + 1) * step, step


def dates_told(shown: Outlook) -> list[Mark]:
    """The dates to point out, each with its chance."""
    goal = shown.goal
    status = shown.found.schedule.plan.projects[goal.project].status_date
    marks = [_sure(each, goal.finish_at(each), shown.day(goal.finish_at(each)), goal.chance_by(goal.finish_at(each))) for each in shown.confidences]  # fmt: skip
    marks.append(
        Mark(goal.planned, "plan", "Plan’s own date", shown.day(goal.planned), goal.chance_by(goal.planned))
    )
    if shown.by is not None:
        marks.append(Mark(shown.by, "wanted", "Wanted", shown.day(shown.by), goal.chance_by(shown.by)))
    if status is not None and shown.dates.shows(status):
        marks.append(Mark(status, "status", "Status", shown.day(status)))
    return marks


def sums_told(shown: Outlook) -> list[Mark]:
    """The amounts to point out, each with its chance."""
    goal, sign = shown.goal, shown.sign
    marks = [_sure(each, goal.cost_at(each), money(goal.cost_at(each), sign), goal.chance_within(goal.cost_at(each))) for each in shown.confidences]  # fmt: skip
    planned = goal.planned_cost
    marks.append(Mark(planned, "plan", "Plan’s own cost", money(planned, sign), goal.chance_within(planned)))
    if shown.budget is not None:
        marks.append(
            Mark(
                shown.budget, "wanted", "Budget", money(shown.budget, sign), goal.chance_within(shown.budget)
            )
        )
    return marks


def _sure(confidence: float, at: float, words: str, chance: float) -> Mark:
    return Mark(at, "sure", f"P{100 * confidence:g}", words, chance)

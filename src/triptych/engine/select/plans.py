"""A candidate from its plan: what it costs and whom it needs, period by period, is what its schedule says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from triptych.engine.costs import costs_of
from triptych.engine.earned.clock import F64, Clock
from triptych.engine.earned.curve import Curve, Rows
from triptych.engine.forecast.result import Forecast
from triptych.engine.schedule import Schedule
from triptych.engine.workload import Workload
from triptych.plan import NO_INSTANT, Diagnostic, ResourceKind, instant, moment
from triptych.plan.diagnostics import error, note, warning
from triptych.plan.portfolio import Candidate, Portfolio, Timeline
from triptych.plan.tables import I64
from triptych.plan.uncertainty import CERTAIN, Choice

#: So many quantiles stand for all iterations of a forecast.
_QUANTILES = 100


@dataclass(frozen=True, slots=True)
class Planned:
    """A candidate with what its plan says of it, and what the plan does not settle."""

    candidate: Candidate
    diagnostics: tuple[Diagnostic, ...] = ()


def planned(candidate: Candidate, found: Schedule, portfolio: Portfolio, *, open_window: bool) -> Planned:
    """The candidate with the costs, the needs and the length of its schedule.

    Periods are those of the calendar: a plan that begins in the last month of a quarter does so wherever it is put.
    The cost of a task accrues evenly over the project's working time between its dates. A role is that of a person, or
    their name without one, and one person is the project's working time in a period; only roles that the portfolio
    counts are needed, the others are told. Work that is done already needs nobody. With an `open_window` it may start
    wherever it ends within the timeline, or where it has started already. A plan without a task to date is told as an
    error.
    """
    place = f"candidate “{candidate.name}”"
    rows = np.flatnonzero(found.run.counted)
    if not len(rows):
        return Planned(candidate, (error("select.empty-plan", "Its plan has no task. Add some, or say here what it takes.", place),))  # fmt: skip
    first, last = int(found.start[rows].min()), int(found.finish[rows].max())
    edges = _edges(portfolio.timeline, first, last)
    calendar = found.plan.calendars[found.plan.calendar_index[found.plan.project.calendar]]
    clock = Clock.of(calendar, found.plan.calendars, int(edges[0]), int(edges[-1]))
    need = _need(found, clock, edges, (first, last))
    lasts, window = len(edges) - 1, (candidate.earliest, candidate.latest)
    begun = (_period(portfolio.timeline, first),) * 2 if _has_begun(found) else None
    if open_window:
        window = begun or (0, max(0, portfolio.timeline.count - lasts))
    made = replace(
        candidate,
        cost=_cost(found, clock, edges),
        need={role: people for role, people in need.items() if role in portfolio.capacity},
        lasts=lasts,
        earliest=window[0],
        latest=window[1],
    )
    doubts = [*_unlimited(need, portfolio, place), *_begun(begun, window, portfolio.timeline, place)]
    return Planned(made, tuple(doubts))


def with_forecast(candidate: Candidate, found: Forecast) -> Candidate:
    """The candidate with the spread of its cost as its plan was simulated, unless its own is stated."""
    goals = [each for each in found.goals if len(each.cost)]
    cost = sum((each.cost for each in goals), np.zeros(found.iterations))
    as_planned = sum(each.planned_cost for each in goals)
    if as_planned <= 0 or candidate.spreads.cost != CERTAIN:
        return candidate
    shares = (np.arange(_QUANTILES) + 0.5) / _QUANTILES
    spread = Choice(tuple((float(each), 1.0) for each in np.quantile(cost / as_planned, shares)))
    return replace(candidate, spreads=replace(candidate.spreads, cost=spread))


def _edges(timeline: Timeline, first: int, last: int) -> I64:
    """Where the periods from one instant to another begin, and the end of the last of them."""
    months = timeline.unit.months
    begin, end = (timeline.first + _period(timeline, at) for at in (first, max(first, last - 1)))
    starts = [each * months for each in range(begin, end + 2)]
    return np.array([instant(datetime(each // 12, each % 12 + 1, 1)) for each in starts], np.int64)  # noqa: DTZ001 - a plan knows no time zone


def _period(timeline: Timeline, at: int) -> int:
    """The period that an instant is in."""
    when = moment(at)
    return (when.year * 12 + when.month - 1) // timeline.unit.months - timeline.first


def _has_begun(found: Schedule) -> bool:
    tasks, counted = found.plan.tasks, found.run.counted
    return bool(((tasks.actual_start != NO_INSTANT) | (tasks.percent_complete > 0))[counted].any())


def _cost(found: Schedule, clock: Clock, edges: I64) -> tuple[int, ...]:
    """By period, in whole hundredths that add up to the plan's."""
    cost = costs_of(found.plan, found).planned
    rows = np.flatnonzero(cost > 0)
    if not len(rows):
        return ()
    curve = Curve.of(
        Rows.prorated(
            rows, found.start[rows].astype(np.int64), found.finish[rows].astype(np.int64), cost[rows]
        ),
        [clock],
    )
    until = np.rint([curve.at(int(each)) for each in edges]).astype(np.int64)
    return tuple(np.diff(until).tolist())


def _need(found: Schedule, clock: Clock, edges: I64, ends: tuple[int, int]) -> Mapping[str, tuple[int, ...]]:
    """By role and period, in hundredths of a person, of the work between two ends."""
    load, minutes = Workload.of(found), np.maximum(np.diff(clock.worked(edges)), 1.0)
    total: dict[str, F64] = {}
    for number, who in enumerate(found.plan.resources):
        if who.kind is ResourceKind.WORK:
            asked = load.demand(number, np.clip(edges, *ends)) / minutes
            role = who.role or who.name
            total[role] = total.get(role, np.zeros(len(minutes))) + asked
    return {
        role: tuple(np.rint(100 * people).astype(np.int64).tolist())
        for role, people in total.items()
        if people.any()
    }


def _unlimited(need: Mapping[str, tuple[int, ...]], portfolio: Portfolio, place: str) -> Iterator[Diagnostic]:
    free = [f"“{role}”" for role in need if role not in portfolio.capacity]
    if free:
        yield warning("select.role-free", f"Its plan needs {', '.join(free)}, and nothing limits them: state how many there are under [roles].", place)  # fmt: skip


def _begun(
    begun: tuple[int, int] | None, window: tuple[int, int], timeline: Timeline, place: str
) -> Iterator[Diagnostic]:
    """What is done costs as planned; and who has begun cannot begin at another time."""
    if begun is None:
        return
    yield note("select.begun", "Its plan has begun: what is done costs as planned and needs nobody any more.", place)  # fmt: skip
    if window != begun:
        own = timeline.name(begun[0])
        yield warning("select.moved", f"Its plan has begun in {own}, and the file says that it starts at another time. Take that out, or correct it.", place)  # fmt: skip

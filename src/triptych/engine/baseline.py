"""Freezing a schedule as a baseline."""

import numpy as np

from triptych.plan import Baseline, Instant, Plan
from triptych.plan.columns import baselines_in_order
from triptych.plan.tables import I64, BaselineTable
from triptych.plan.worktime import working_minutes

from .costs import costs_of
from .schedule import Schedule


def baseline_of(
    schedule: Schedule, number: int = 0, *, name: str = "", saved: Instant | None = None
) -> Baseline:
    """The dates, durations, work, costs and progress that `schedule` now has, as the baseline `number` (0 to 9999).

    `saved` is the instant at which it is taken, which the caller knows. Work and costs are those of
    `costs.costs_of`; of summaries they are what is their own. Progress is the percent complete that is recorded.
    """
    plan, costs = schedule.plan, costs_of(schedule.plan, schedule)
    durations = _durations(schedule)
    table = BaselineTable(
        uid=plan.tasks.uid.copy(),
        start=schedule.start.astype(np.int64),
        finish=schedule.finish.astype(np.int64),
        duration=durations,
        work=costs.work,
        cost=np.rint(costs.at(durations)).astype(np.int64),
        percent_complete=plan.tasks.percent_complete.astype(np.int64),
    )
    (found,) = baselines_in_order([Baseline(number, table, name, saved)])
    return found


def _durations(schedule: Schedule) -> I64:
    """The plan's durations; of a hammock, which has none, the working time between its dates."""
    plan = schedule.plan
    durations = plan.tasks.duration.copy()
    for row in np.flatnonzero(plan.tasks.hammock & ~plan.is_summary).tolist():
        durations[row] = _working(plan, row, int(schedule.start[row]), int(schedule.finish[row]))
    return durations


def _working(plan: Plan, row: int, start: int, finish: int) -> int:
    own = int(plan.tasks.calendar[row])
    uid = plan.projects[int(plan.tasks.project[row])].calendar
    calendar = plan.calendars[own if own >= 0 else plan.calendar_index[uid]]
    return working_minutes(calendar, plan.calendars, start, finish)

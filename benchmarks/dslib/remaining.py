"""What is left of a project at a status date, as a plan that schedules itself."""

from dataclasses import replace

import numpy as np

from triptych.engine import schedule
from triptych.plan import NO_INSTANT, Instant, Plan, ProgressLogic
from triptych.plan.tables import I64, TaskTable

from .holds import as_planned
from .records import Period, Progress, Tracked
from .value import clock_of

#: What is left at the least of a running activity that has taken as long as it was to take.
_LEAST = 60


def remaining_plan(
    tracked: Tracked,
    period: Period,
    *,
    logic: ProgressLogic = ProgressLogic.RETAINED,
    held: bool = True,
    as_typed: bool = True,
) -> Plan:
    """The plan at the status date of `period`: actual dates, percent complete, remaining durations (working minutes), and the
    status date itself, before which `schedule` puts no work that is not done.

    Only what the period says is looked at. Activities that it does not name are taken as not started. With `held`, starts that
    the planner held back in the baseline are held back still. `logic` says what links mean for work that started out of order.

    Hazard: of 2,519 running activities that in the end took another time than planned, actual and remaining duration add up to the
    final one in 1,477: many periods were typed with hindsight. Without `as_typed`, what remains of a running activity is what the
    baseline leaves of it instead, at least an hour.
    """
    plan = as_planned(tracked) if held else tracked.plan
    project = replace(plan.project, status_date=period.at, progress_logic=logic)
    return replace(plan, projects=(project,), tasks=_progressed(tracked, period, plan, as_typed))


def _progressed(tracked: Tracked, period: Period, plan: Plan, as_typed: bool) -> TaskTable:
    tasks, clock = plan.tasks, clock_of(tracked)
    start, finish = tasks.actual_start.copy(), tasks.actual_finish.copy()
    duration, remaining, percent = (
        tasks.duration.copy(),
        tasks.remaining.copy(),
        tasks.percent_complete.copy(),
    )
    for uid, each in period.progress.items():
        row = plan.index_of[uid]
        if each.actual_start is None:
            duration[row] = each.remaining_duration or duration[row]
            continue
        start[row], percent[row] = each.actual_start, percent_of(each)
        if each.is_done:
            duration[row], remaining[row] = each.actual_duration, 0
            finish[row] = clock.after(each.actual_start, each.actual_duration) or NO_INSTANT
        else:
            typed, planned = each.remaining_duration, int(tasks.duration[row]) - each.actual_duration
            remaining[row] = typed if as_typed else max(planned, _LEAST)
            duration[row] = each.actual_duration + remaining[row]
    return tasks.with_columns(
        actual_start=start,
        actual_finish=finish,
        duration=duration,
        remaining=remaining,
        percent_complete=percent,
    )


def percent_of(progress: Progress) -> int:
    """Percent complete, whole; 100 of what is done alone."""
    return 100 if progress.is_done else min(99, round(100 * progress.complete))


def with_remaining(plan: Plan, factor: float) -> Plan:
    """The same with what is left of every activity taking so many times as long."""
    tasks = plan.tasks
    open_ = (tasks.actual_finish == NO_INSTANT) & ~plan.is_summary
    begun = open_ & (tasks.actual_start != NO_INSTANT)
    left: I64 = np.where(begun, np.maximum(tasks.remaining, 0), tasks.duration)
    more = np.where(open_, np.rint(left * factor).astype(np.int64) - left, 0)
    remaining = np.where(begun, left + more, tasks.remaining)
    return replace(plan, tasks=tasks.with_columns(duration=tasks.duration + more, remaining=remaining))


def finish(plan: Plan) -> Instant:
    """When the last task of a plan finishes."""
    found = schedule(plan)
    return Instant(int(found.finish[~plan.is_summary].max()))

"""Summaries: dates and floats rolled up from what is below, and what is critical."""

import numpy as np

from triptych.plan import Plan
from triptych.plan.quantities import MINUTES_PER_DAY, NO_INSTANT
from triptych.plan.tables import I64, Flags
from triptych.plan.worktime import Hours, Intervals, Span

from . import passes
from .columns import OpenHours

_EARLIEST = ("start", "early_start", "late_start")
_LATEST = ("finish", "early_finish", "late_finish")


def roll_up(plan: Plan, columns: dict[str, I64], horizon: I64) -> tuple[Flags, tuple[I64, I64]]:
    """Fill in the summaries' rows of `columns`; also which tasks are critical and each project's ends.

    A summary starts with the first and finishes with the last task below it (inactive ones do not count). Its
    float is the working time between its early and late dates on the project's calendar.
    """
    summaries = np.flatnonzero(plan.is_summary)[::-1].tolist()
    parents, active = plan.tasks.parent, plan.tasks.active
    for names, fold in ((_EARLIEST, np.minimum), (_LATEST, np.maximum)):
        for name in names:
            _fold(columns[name], parents, active, fold)
    if summaries:
        _summary_floats(plan, columns, summaries, horizon)
    limits = np.array([each.critical_limit for each in plan.projects], np.int64)
    complete = _complete(plan)
    critical = (columns["total_float"] <= limits[plan.tasks.project]) & ~complete & active
    return critical, _project_ends(plan, columns)


def _complete(plan: Plan) -> Flags:
    """Tasks that are done, and summaries with nothing active below that is not."""
    tasks = plan.tasks
    done = (tasks.percent_complete == 100) | (tasks.actual_finish != NO_INSTANT)
    return np.where(plan.is_summary, ~_any_below(plan, ~done), done)


def _any_below(plan: Plan, flags: Flags) -> Flags:
    """For each task its own flag; for each summary, whether any active task below it has it."""
    result = flags & ~plan.is_summary & plan.tasks.active
    for row in range(len(plan) - 1, -1, -1):
        if result[row] and plan.tasks.parent[row] >= 0:
            result[plan.tasks.parent[row]] = True
    return result


def _fold(
    column: I64, parents: np.ndarray[tuple[int], np.dtype[np.int32]], active: Flags, fold: np.ufunc
) -> None:
    """Children stand after their parents, so one walk backwards reaches every level."""
    for row in range(len(column) - 1, -1, -1):
        parent = parents[row]
        if parent < 0 or column[row] == NO_INSTANT or not active[row]:
            continue
        column[parent] = column[row] if column[parent] == NO_INSTANT else fold(column[parent], column[row])


def _summary_floats(plan: Plan, columns: dict[str, I64], summaries: list[int], horizon: I64) -> None:
    table, row_of = _project_hours(plan, columns)
    started = _any_below(plan, plan.tasks.actual_start != NO_INSTANT)
    open_hours = OpenHours(*(c.tolist() for c in (table.opens, table.closes, table.before, table.ptr)))
    for row in summaries:
        if columns["start"][row] == NO_INSTANT:  # nothing active below
            for name in (*_EARLIEST, *_LATEST):
                columns[name][row] = plan.projects[int(plan.tasks.project[row])].start
        hours = row_of[int(plan.tasks.project[row])]
        ends = {name: int(columns[name][row]) for name in (*_EARLIEST, *_LATEST)}
        by_start = passes.slack_on(open_hours, hours, ends["early_start"], ends["late_start"])
        by_finish = passes.slack_on(open_hours, hours, ends["early_finish"], ends["late_finish"])
        columns["total_float"][row] = by_finish if started[row] else min(by_start, by_finish)
        to_end = passes.slack_on(
            open_hours, hours, ends["early_finish"], int(horizon[plan.tasks.project[row]])
        )
        columns["free_float"][row] = max(0, min(to_end, by_finish))
        columns["wanted"][row] = ends["start"]


def _project_hours(plan: Plan, columns: dict[str, I64]) -> tuple[Intervals, list[int]]:
    known = np.concatenate([columns[name] for name in (*_EARLIEST, *_LATEST)])
    known = known[known != NO_INSTANT]
    if len(known) == 0:
        known = np.array([each.start for each in plan.projects], np.int64)
    span = Span(int(known.min()) // MINUTES_PER_DAY - 1, int(known.max()) // MINUTES_PER_DAY + 1)
    hours = Hours(span)
    by_uid = {each.uid: each for each in plan.calendars}
    rows = []
    for project in plan.projects:
        days = hours.days(by_uid[project.calendar], by_uid)
        if not hours.has_work(days):
            days = np.full_like(days, hours.shape(((0, MINUTES_PER_DAY),)))
        rows.append(hours.add(days))
    return hours.columns(), rows


def _project_ends(plan: Plan, columns: dict[str, I64]) -> tuple[I64, I64]:
    starts = np.array([each.start for each in plan.projects], np.int64)
    finishes = starts.copy()
    counted = plan.tasks.active & ~plan.is_summary
    project = plan.tasks.project[counted]
    first = np.full(len(starts), np.iinfo(np.int64).max)
    np.minimum.at(first, project, columns["start"][counted])
    np.maximum.at(finishes, project, columns["finish"][counted])
    return np.where(first == np.iinfo(np.int64).max, starts, first), finishes

"""The duration of every row: typed for a task, the working time between its dates for a summary."""

import numpy as np

from triptych.engine import Schedule
from triptych.plan.model import Plan
from triptych.plan.quantities import MINUTES_PER_DAY, NO_INSTANT
from triptych.plan.tables import I32, I64
from triptych.plan.worktime import Hours, Span


def durations(plan: Plan, schedule: Schedule) -> list[int]:
    """Working minutes of every row of the plan, a summary's on its project's calendar."""
    found = plan.tasks.duration.copy()
    dated = plan.is_summary & (schedule.start != NO_INSTANT) & (schedule.finish != NO_INSTANT)
    for number in range(len(plan.projects)):
        which = np.flatnonzero(dated & (plan.tasks.project == number))
        if len(which):
            found[which] = _between(plan, number, schedule.start[which], schedule.finish[which])
    return [int(each) for each in found]


def _between(plan: Plan, project: int, start: I32, finish: I32) -> I64:
    first, last = int(start.min()) // MINUTES_PER_DAY - 1, int(finish.max()) // MINUTES_PER_DAY + 1
    hours = Hours(Span(first, last))
    calendar = plan.calendars[plan.calendar_index[plan.projects[project].calendar]]
    hours.add(hours.days(calendar, {each.uid: each for each in plan.calendars}))
    table = hours.columns()
    return table.worked(finish) - table.worked(start)

"""Giving work from one person to another."""

import numpy as np

from triptych.plan import Plan, TaskType
from triptych.plan.changes import Assign, Change, Unassign


def give(plan: Plan, assignment: int, other: int) -> tuple[Change, ...]:
    """The changes that give the work of an assignment (a row) to the resource at another row, with the same units.

    Stated work (minutes) goes along; but for work that those who stay would share: that is shared with the newcomer again.
    """
    table = plan.assignments
    task, units, own = (int(each[assignment]) for each in (table.task, table.units, table.work))
    others = (table.task == task) & (table.work >= 0)
    others[assignment] = False
    shares = bool(plan.tasks.effort_driven[task]) or plan.tasks.type[task] == TaskType.FIXED_WORK
    work: int | None = own if own >= 0 else None
    if shares and np.any(others):
        work = None if own >= 0 else round(int(plan.tasks.duration[task]) * units / 100)
    uid, giver = int(plan.tasks.uid[task]), plan.resources[int(table.resource[assignment])].uid
    return Unassign(uid, giver), Assign(uid, plan.resources[other].uid, units, work)

"""Drag: how much a task on the longest path holds up its project (Stephen Devaux, *Total Project Control*, 1999).

The drag of a task is how many working minutes of the project's calendar the project would finish earlier if the task
took no time: of what has started, if what remains of it took none. Nothing off the longest path has drag, nor has a
milestone or what is done. It is found by asking the engine, so calendars, lags and parallel paths count as they are:
of two equally long ways neither has more drag than the third longest allows, and on each of two alone there is none.
"""

import numpy as np

from .schedule import Schedule
from .what_if import WhatIf, remaining_of, shorter, worked_between


def drag_of(found: Schedule, task: int) -> int:
    """The drag of the task with that uid on its own project, in working minutes. Raises KeyError."""
    row = found.plan.index_of[task]
    return _drag(WhatIf(found), row) if _may_drag(found, row) else 0


def drags(found: Schedule, project: int = 0) -> dict[int, int]:
    """The drag of every task on the longest path of the project at that row of `plan.projects`, by uid, in outline
    order. All others have none."""
    mine = np.flatnonzero((found.plan.tasks.project == project) & found.longest_path)
    asked = WhatIf(found)
    return {
        int(found.plan.tasks.uid[row]): _drag(asked, row) for row in mine.tolist() if _may_drag(found, row)
    }


def _may_drag(found: Schedule, row: int) -> bool:
    tasks = found.plan.tasks
    idle = found.plan.is_summary[row] or tasks.hammock[row] or not tasks.active[row]
    return bool(found.longest_path[row]) and not idle


def _drag(asked: WhatIf, row: int) -> int:
    """How much earlier the project of the task at `row` would finish."""
    found, task = asked.found, asked.plan.task_at(row)
    project = int(asked.plan.tasks.project[row])
    left = remaining_of(task)
    if left == 0:
        return 0
    if asked.is_quick(row):
        after = asked.project_finish_if_lasting(row, 0, project)
    else:
        after = int(asked.after(shorter(task, left)).project_finish[project])
    return max(0, worked_between(found, project, after, int(found.project_finish[project])))

"""The critical path test: whether a delay on the critical path reaches the finish, tried out."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from triptych.engine.what_if import WhatIf, worked_between
from triptych.plan import Severity
from triptych.plan.builder import MAX_DURATION
from triptych.plan.changes import SetDuration

from .answer import Check, Family, Finding, Result
from .case import Case

#: By so many days it makes a critical task longer.
_LONGER = 600
#: So many tests have a schedule each; more share one.
_ONE_BY_ONE = 20


def critical_path_test(case: Case) -> Result:
    """Point 12: a critical task is made 600 working days longer, and the finish must move as the task's own finish
    does.

    Done for each project with its first task on the critical path that has not begun, or where none is on it, for a
    date cuts it off from the finish, with a critical one (DCMA-EA PAM 200.1, 2012, asks for one such test). The finish
    is that of what ends the project, as a rule its closing milestone. Of a project scheduled from its finish nothing
    can be said: there the start would move.
    """
    chosen = [
        each for project in range(len(case.plan.projects)) if (each := _chosen(case, project)) is not None
    ]
    if not chosen:
        return Result(fault=_no_path(case))
    ask = WhatIf(case.schedule)
    ask.passes = case.schedule.run.passes  # few questions: compiled passes take longer to load
    findings = [
        found
        for test, own, whole in _all_moved(case, ask, chosen)
        if (found := _tested(case, test, own, whole)) is not None
    ]
    return Result(len(findings), len(chosen), tuple(findings))


def _no_path(case: Case) -> str:
    if all(each.from_finish for each in case.plan.projects):
        return "the project is scheduled from its finish."
    return "no critical task is yet to begin."


class _Test(NamedTuple):
    """The row of the task to be made longer, of what ends its project, and how much the task may slip before that
    moves."""

    row: int
    goal: int
    spare: int


def _chosen(case: Case, project: int) -> _Test | None:
    """The first task of a project's critical path that has not begun and can be made longer, or another critical
    one."""
    path = [case.plan.index_of[uid] for uid in case.schedule.critical_path(project)]
    if case.plan.projects[project].from_finish or not path:
        return None
    may = case.open_work & ~case.begun & ~case.tasks.manual & (case.tasks.project == project)
    if (row := next((row for row in path if may[row]), -1)) >= 0:
        return _Test(row, path[-1], 0)
    rows = np.flatnonzero(may & case.schedule.critical)
    spare = np.maximum(case.schedule.total_float[rows], 0)
    order = np.lexsort((case.schedule.start[rows], np.abs(case.schedule.total_float[rows])))
    return _Test(int(rows[order[0]]), path[-1], int(spare[order[0]])) if len(rows) else None


def _tested(case: Case, test: _Test, own: int, whole: int) -> Finding | None:
    """What is wrong, if the end does not move as the task does; with the finishes that both then have."""
    row, project, found = test.row, int(case.tasks.project[test.row]), case.schedule
    task = worked_between(found, project, int(found.finish[row]), own)
    moved = worked_between(found, project, int(found.finish[test.goal]), whole)
    if moved >= task - test.spare - int(case.per_day[row]):
        return None
    sentence = (
        f"{_LONGER} days more for {case.name(row)}, which is critical, move its own finish by {case.days(row, task)} and "
        f"{case.name(test.goal)}, with which the project ends, by {case.days(row, moved)}."
    )
    way = (
        "Follow its successors to the end of the project: a link is missing, or a typed date stops the delay."
    )
    return case.finding("critical-path-test", [row], sentence, way, severity=Severity.ERROR)


def _all_moved(case: Case, ask: WhatIf, tests: list[_Test]) -> Iterator[tuple[_Test, int, int]]:
    """Each test with the finishes of its task and of what ends its project, were the task so much longer. Where whole
    schedules are needed for that, and many, one answers all: projects that wait for one another then move together."""
    slow = [each for each in tests if not ask.is_quick(each.row)]
    at_once = [slow] if len(slow) > _ONE_BY_ONE else [[each] for each in slow]
    for some in at_once:
        after = ask.after([_lengthened(case, each.row) for each in some])
        yield from ((each, int(after.finish[each.row]), int(after.finish[each.goal])) for each in some)
    for each in tests:
        if ask.is_quick(each.row):
            minutes = _lengthened(case, each.row).minutes
            own, whole = (ask.finish_if_lasting(each.row, minutes, at) for at in (each.row, each.goal))
            yield each, own, whole


def _lengthened(case: Case, row: int) -> SetDuration:
    """The change that makes a task 600 days longer."""
    minutes = min(int(case.tasks.duration[row]) + _LONGER * int(case.per_day[row]), MAX_DURATION)
    return SetDuration(case.uid(row), minutes, bool(case.tasks.elapsed[row]))


CHECKS = (
    Check(
        key="critical-path-test",
        number=12,
        title="Critical path test",
        family=Family.FLOAT,
        of="projects",
        points=30,
        full=1.0,
        why="If a delay on the critical path does not reach the finish, the plan cannot say when the project ends.",
        source="DCMA-EA PAM 200.1, point 12",
        examine=critical_path_test,
    ),
)

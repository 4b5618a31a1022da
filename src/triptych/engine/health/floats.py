"""Checks of the float and of the path that decides the finish."""

from collections import defaultdict
from typing import NamedTuple

import numpy as np

from triptych.engine.network import lag_minutes
from triptych.engine.what_if import WhatIf, worked_between
from triptych.plan import Constraint, LinkKind, Severity
from triptych.plan.builder import MAX_DURATION
from triptych.plan.changes import SetConstraint, SetDuration
from triptych.plan.tables import I64, Flags

from .answer import Check, Family, Finding, Result
from .case import NO_OPEN, NO_OPEN_WORK, Case, counted

#: What the DCMA calls much float, and a long task: two months of working days.
MUCH = 44
#: By so much the critical path test makes a critical task longer.
_LONGER = 600
#: Merges are looked at where so many predecessors come within so many working days of driving.
_WAYS, _NEAR = 3, 5


def high(case: Case) -> Result:
    """Point 6: more than 44 working days of total float.

    Population: incomplete tasks, no milestones (DCMA-EA PAM 200.1, 2012). A working day is the project's.
    """
    bad = case.open_work & (case.schedule.total_float > MUCH * case.per_day)
    finish_free = ~case.bound(starts=False)
    findings = [
        case.finding(
            "high-float",
            [row],
            f"{case.name(row)} has {case.days(row, int(case.schedule.total_float[row]))} of float.",
            "Nothing waits for its finish: say what needs it."
            if finish_free[row]
            else "See whether a successor is missing; else it may well begin later.",
            severity=Severity.NOTE,
        )
        for row in _by_float(case, bad, most_first=True)
    ]
    return counted(bad, case.open_work, findings, nobody=NO_OPEN_WORK)


def negative(case: Case) -> Result:
    """Point 7: total float below nothing. Population: incomplete tasks, and, where such dates stand, milestones."""
    bad = case.open & (case.schedule.total_float < 0)
    findings = [_negative(case, row) for row in _by_float(case, bad, most_first=False)]
    return counted(bad, case.open, findings, nobody=NO_OPEN)


def _by_float(case: Case, flags: Flags, *, most_first: bool) -> list[int]:
    """The rows, those with the most (or the least) float first."""
    rows = np.flatnonzero(flags)
    spare = case.schedule.total_float[rows].astype(np.int64)
    return [int(each) for each in rows[np.argsort(-spare if most_first else spare, kind="stable")]]


def _negative(case: Case, row: int) -> Finding:
    late = case.days(row, -int(case.schedule.total_float[row]))
    sentence = f"{case.name(row)} is {late} too late for a date that follows it."
    way = "Pull it in (“pull-in” finds the cheapest ways), or move the date that it is late for."
    return case.finding("negative-float", [row], sentence, way, severity=Severity.ERROR)


def critical_path_test(case: Case) -> Result:
    """Point 12: a critical task is made 600 working days longer, and the finish must move as the task's own finish does.

    Done for each project with its first task on the critical path that has not begun, or where none is on it, for a date
    cuts it off from the finish, with a critical one (DCMA-EA PAM 200.1, 2012, asks for one such test). The finish is that of
    what ends the project, as a rule its closing milestone. Of a project scheduled from its finish nothing can be said: there
    the start would move.
    """
    chosen = [
        each for project in range(len(case.plan.projects)) if (each := _chosen(case, project)) is not None
    ]
    if not chosen:
        return Result(fault=_no_path(case))
    ask = WhatIf(case.schedule)
    ask.passes = case.schedule.run.passes  # few questions: compiled passes take longer to load
    findings = [found for each in chosen if (found := _tested(case, ask, each)) is not None]
    return Result(len(findings), len(chosen), tuple(findings))


def _no_path(case: Case) -> str:
    if all(each.from_finish for each in case.plan.projects):
        return "the project is scheduled from its finish."
    return "no critical task is yet to begin."


class _Test(NamedTuple):
    """The row of the task to be made longer, of what ends its project, and how much the task may slip before that moves."""

    row: int
    goal: int
    spare: int


def _chosen(case: Case, project: int) -> _Test | None:
    """The first task of a project's critical path that has not begun and can be made longer, or another critical one."""
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


def _tested(case: Case, ask: WhatIf, test: _Test) -> Finding | None:
    """What is wrong, if the end does not move as the task does."""
    row = test.row
    task, whole = _moved(case, ask, test)
    if whole >= task - test.spare - int(case.per_day[row]):
        return None
    sentence = (
        f"{_LONGER} days more for {case.name(row)}, which is critical, move its own finish by {case.days(row, task)} and "
        f"{case.name(test.goal)}, with which the project ends, by {case.days(row, whole)}."
    )
    way = (
        "Follow its successors to the end of the project: a link is missing, or a typed date stops the delay."
    )
    return case.finding("critical-path-test", [row], sentence, way, severity=Severity.ERROR)


def _moved(case: Case, ask: WhatIf, test: _Test) -> tuple[int, int]:
    """By how many working minutes of the project the task's finish moves, and that of what ends the project."""
    row, goal, found = test.row, test.goal, case.schedule
    minutes = min(int(case.tasks.duration[row]) + _LONGER * int(case.per_day[row]), MAX_DURATION)
    if ask.is_quick(row):
        own, whole = (ask.finish_if_lasting(row, minutes, at) for at in (row, goal))
    else:
        after = ask.after([SetDuration(case.uid(row), minutes, bool(case.tasks.elapsed[row]))])
        own, whole = int(after.finish[row]), int(after.finish[goal])
    project = int(case.tasks.project[row])
    return (
        worked_between(found, project, int(found.finish[row]), own),
        worked_between(found, project, int(found.finish[goal]), whole),
    )


def merges(case: Case) -> Result:
    """Open tasks and milestones on or within a week of the critical path at which three or more chains meet, each of which
    would drive if it slipped by a week. The finish of a merge is later than that of any of its chains (merge bias:
    MacCrimmon and Ryavec, 1964)."""
    near = case.open & ~case.begun & (case.schedule.total_float <= _NEAR * case.per_day)
    meeting = _meeting(case, near)
    bad = np.zeros(len(case.plan), np.bool_)
    bad[list(meeting)] = True
    findings = []
    for row in sorted(meeting, key=lambda each: (-len(meeting[each]), each)):
        preds = sorted(meeting[row])
        chance = round(100 * 0.8 ** len(preds))
        sentence = f"{len(preds)} tasks reach {case.name(row)} within {_NEAR} days: {case.names(preds)}. If each is on time with 80 %, all are with {chance} %."
        way = "Give it a buffer, or let those that can begin earlier; “forecast” says what the merge costs."
        findings.append(case.finding("merges", [row], sentence, way, severity=Severity.NOTE))
    return counted(bad, near, findings, nobody="nothing that is yet to begin is near the critical path.")


def _meeting(case: Case, near: Flags) -> dict[int, set[int]]:
    """The open predecessors that come near to driving each task, where there are enough of them."""
    links = case.plan.links
    mine = np.flatnonzero(case.live & near[links.succ] & ~case.done[links.pred])
    gap = np.full(len(links), np.iinfo(np.int64).max, np.int64)
    gap[mine] = _gaps(case, mine)
    close = mine[gap[mine] <= _NEAR * case.per_day[links.succ[mine]]]
    found: defaultdict[int, set[int]] = defaultdict(set)
    for pred, succ in zip(links.pred[close].tolist(), links.succ[close].tolist(), strict=True):
        found[succ].add(pred)
    return {row: preds for row, preds in found.items() if len(preds) >= _WAYS}


def _gaps(case: Case, links: I64) -> I64:
    """Working minutes of the successor's project between what each link asks and what its successor got."""
    table, schedule = case.plan.links, case.schedule
    pred, succ, kind = table.pred[links], table.succ[links], table.kind[links]
    asked = np.where(np.isin(kind, (LinkKind.FS, LinkKind.FF)), schedule.finish[pred], schedule.start[pred])
    got = np.where(np.isin(kind, (LinkKind.FS, LinkKind.SS)), schedule.start[succ], schedule.finish[succ])
    gap = -lag_minutes(case.plan)[links]
    project = case.tasks.project[succ]
    for each in np.unique(project).tolist():
        at = project == each
        hours = case.own_hours(each)
        gap[at] += case.worked(hours, got[at]) - case.worked(hours, asked[at])
    return gap


def as_late(case: Case) -> Result:
    """Open tasks as late as possible: they have no float left, so every slip of theirs is one of what follows."""
    kinds = case.tasks.constraint == Constraint.ALAP
    forward = ~np.array([each.from_finish for each in case.plan.projects], np.bool_)[case.tasks.project]
    bad = case.open_work & kinds & forward & ~case.begun
    findings = [
        case.finding(
            "as-late",
            [row],
            f"{case.name(row)} begins as late as it can, and has no float left.",
            "Let it begin as soon as it can, unless early work would be lost.",
            fix=(SetConstraint(case.uid(row), "ASAP"),),
            severity=Severity.NOTE,
        )
        for row in np.flatnonzero(bad).tolist()
    ]
    return counted(bad, case.open_work, findings, nobody=NO_OPEN_WORK)


CHECKS = (
    Check(
        key="high-float",
        number=6,
        title="High float",
        family=Family.FLOAT,
        limit=0.05,
        points=10,
        full=0.6,
        why="More than two months of float mostly mean that a successor is missing, and that the critical path is not the real one.",
        source="DCMA-EA PAM 200.1, point 6",
        examine=high,
    ),
    Check(
        key="negative-float",
        number=7,
        title="Negative float",
        family=Family.FLOAT,
        of="tasks and milestones",
        points=20,
        full=0.25,
        why="The plan as it stands cannot keep a date that it contains.",
        source="DCMA-EA PAM 200.1, point 7",
        examine=negative,
    ),
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
    Check(
        key="merges",
        title="Merges near the critical path",
        family=Family.FLOAT,
        of="tasks near it",
        limit=0.10,
        points=2,
        full=0.6,
        why="Where many chains meet, one of them is late more often than not, and so is what follows.",
        source="MacCrimmon and Ryavec, 1964",
        examine=merges,
    ),
    Check(
        key="as-late",
        title="As late as possible",
        family=Family.FLOAT,
        limit=0.05,
        points=3,
        full=0.6,
        why="Work that begins as late as it can has used its float before it begins.",
        source="GAO-16-89G, best practice 2",
        examine=as_late,
    ),
)

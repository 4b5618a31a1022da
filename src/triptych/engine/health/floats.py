"""Checks of the float, and of where chains meet."""

from collections import defaultdict

import numpy as np

from triptych.engine.network import lag_minutes
from triptych.plan import Constraint, LinkKind, Severity
from triptych.plan.changes import SetConstraint
from triptych.plan.tables import I64, Flags

from .answer import Check, Family, Finding, Result
from .case import NO_OPEN, NO_OPEN_WORK, Case, counted

#: What the DCMA calls much float, and a long task: two months of working days.
MUCH = 44
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


def merges(case: Case) -> Result:
    """Open tasks and milestones on or within a week of the critical path at which three or more chains meet, each of
    which would drive if it slipped by a week. The finish of a merge is later than that of any of its chains (merge
    bias: MacCrimmon and Ryavec, 1964)."""
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

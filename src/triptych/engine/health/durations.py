"""Checks of how long things take."""

import numpy as np

from triptych.plan import NO_INSTANT, Severity
from triptych.plan.changes import Change, SetDuration
from triptych.plan.tables import I64

from .answer import Check, Family, Finding, Result
from .case import NO_OPEN_WORK, Case, counted
from .floats import MUCH


def long(case: Case) -> Result:
    """Point 8: durations of more than 44 working days.

    Population: incomplete tasks (DCMA-EA PAM 200.1, 2012; that takes the baseline's duration, and leaves out what lies
    in planning packages, which plans do not tell apart; we take the plan's own).
    """
    bad = case.open_work & (case.tasks.duration > MUCH * case.per_day)
    findings = [
        case.finding(
            "long",
            [row],
            f"{case.name(row)} takes {case.days(row, int(case.tasks.duration[row]))}.",
            "Cut it into parts with a result each; only who does it knows where.",
        )
        for row in np.flatnonzero(bad).tolist()
    ]
    return counted(bad, case.open_work, findings, nobody=NO_OPEN_WORK)


def unreported(case: Case) -> Result:
    """Tasks that run, or begin within a reporting period of the status date, and take more than two periods yet:
    between three reports nothing of them is done (PASEG 2016: near work in one or two reporting periods). The period is
    a month of the project's days, unless another is given. Those over 44 days are told by `long`."""
    period = _period(case)
    ahead = case.status + np.where(case.tasks.elapsed, period, period * 3)  # of calendar time, generously
    soon = case.open_work & case.has_status & (case.begun | (case.schedule.start <= ahead))
    share = np.where(case.begun, 1 - case.tasks.percent_complete / 100, 1.0)
    left = np.where(
        case.begun & (case.tasks.remaining >= 0), case.tasks.remaining, case.tasks.duration * share
    )
    bad = soon & (left > 2 * period) & (case.tasks.duration <= MUCH * case.per_day)
    findings = [
        case.finding(
            "unreported",
            [row],
            f"{case.name(row)} takes {case.days(row, round(float(left[row])))} yet, more than two reporting periods.",
            "Cut it into parts that are done from one report to the next.",
            severity=Severity.NOTE,
        )
        for row in np.flatnonzero(bad).tolist()
    ]
    if not case.has_status.any():
        return Result(fault="the plan has no status date.")
    return counted(bad, soon, findings, nobody="nothing runs or begins soon.")


def _period(case: Case) -> I64:
    """Working minutes of a reporting period, by row."""
    days = [each.days_per_month if case.period is None else case.period for each in case.plan.projects]
    return np.array(days, np.int64)[case.tasks.project] * case.per_day


def zero(case: Case) -> Result:
    """Open tasks that take no time and are no milestones, and milestones that do take time."""
    tasks = case.tasks
    nothing = case.open & ~tasks.milestone & (tasks.duration == 0)
    something = case.open & tasks.milestone & (tasks.duration > 0)
    findings = [_zero(case, row) for row in np.flatnonzero(nothing | something).tolist()]
    return counted(nothing | something, case.open, findings, nobody="no task or milestone is open.")


def _zero(case: Case, row: int) -> Finding:
    milestone, minutes = bool(case.tasks.milestone[row]), int(case.tasks.duration[row])
    fix = SetDuration(case.uid(row), minutes, bool(case.tasks.elapsed[row]), not milestone)
    sentence = f"{case.name(row)} takes no time, and is no milestone."
    way = "Make it a milestone, or say how long it takes."
    if milestone:
        sentence = f"{case.name(row)} is a milestone that takes {case.days(row, minutes)}."
        way = "Make it a task; a milestone takes no time."
    changes: tuple[Change, ...] = (fix,) if case.tasks.actual_finish[row] == NO_INSTANT else ()
    return case.finding("zero", [row], sentence, way, fix=changes, severity=Severity.NOTE)


def elapsed(case: Case) -> Result:
    """Open tasks whose duration runs round the clock though somebody works on them. Of what nobody works on (curing,
    drying, a delivery) that is as it should be."""
    bad = case.open_work & case.tasks.elapsed & case.staffed
    findings = [_elapsed(case, row) for row in np.flatnonzero(bad).tolist()]
    staffed = case.open_work & case.staffed
    return counted(bad, staffed, findings, nobody="nobody is on an open task.")


def _elapsed(case: Case, row: int) -> Finding:
    schedule, hours = case.schedule, case.own_hours(int(case.tasks.project[row]))
    ends = case.worked(hours, np.array([schedule.start[row], schedule.finish[row]]))
    minutes = int(ends[1] - ends[0])
    sentence = f"{case.name(row)} runs round the clock for {case.days(row, int(case.tasks.duration[row]))}, and people work on it."
    can = minutes > 0 and not case.begun[row]
    fix = (SetDuration(case.uid(row), minutes, False, bool(case.tasks.milestone[row])),) if can else ()
    way = "Give it the working time between the same dates." if can else "Say how much working time it takes."
    return case.finding("elapsed", [row], sentence, way, fix=fix, severity=Severity.NOTE)


CHECKS = (
    Check(
        key="long",
        number=8,
        title="Long tasks",
        family=Family.DURATIONS,
        limit=0.05,
        points=10,
        full=0.25,
        why="Nobody can say how far a task of more than two months is, until it is late.",
        source="DCMA-EA PAM 200.1, point 8",
        examine=long,
    ),
    Check(
        key="unreported",
        title="Longer than the reports",
        family=Family.DURATIONS,
        of="tasks near the status date",
        limit=0.10,
        points=4,
        full=0.6,
        why="Work that is not done between three reports is reported by guess.",
        source="PASEG 2016",
        examine=unreported,
    ),
    Check(
        key="zero",
        title="Milestones and tasks mixed up",
        family=Family.DURATIONS,
        of="tasks and milestones",
        points=2,
        full=0.25,
        why="What takes no time is a milestone and what takes time is none; mixed up, both are counted wrongly everywhere.",
        source="GAO-16-89G, best practice 1",
        examine=zero,
    ),
    Check(
        key="elapsed",
        title="People round the clock",
        family=Family.DURATIONS,
        of="tasks with people",
        points=2,
        full=0.25,
        why="A duration round the clock has people work at night and on Sundays, in the plan.",
        source="docs/rules/working-time.md",
        examine=elapsed,
    ),
)

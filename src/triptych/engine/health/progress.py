"""Checks of what was reported: the status date, actual dates, and work that ought to have moved."""

import numpy as np

from triptych.plan import NO_INSTANT, Constraint, LinkKind, Severity
from triptych.plan.changes import Change, SetConstraint, SplitTask
from triptych.plan.quantities import MINUTES_PER_DAY, spell_instant
from triptych.plan.spelling import day_in_words
from triptych.plan.tables import I64, Flags

from .answer import Check, Family, Finding, Result
from .case import Case, counted

_NO_STATUS = "the plan has no status date."


def invalid_dates(case: Case) -> Result:
    """Point 9: forecast dates before the status date, and actual dates after it.

    Population: tasks and milestones of projects with a status date; incomplete ones for forecasts, all that have begun
    for actuals (DCMA-EA PAM 200.1, 2012, 9a and 9b, which we count together and for every task once).
    """
    tasks, schedule = case.tasks, case.schedule
    mine = case.activities & case.has_status
    waiting = mine & ~case.done & ~case.begun & (schedule.start < case.status)
    running = mine & ~case.done & case.begun & (schedule.finish < case.status)
    ahead = mine & ((tasks.actual_start > case.status) | (tasks.actual_finish > case.status))
    findings = [_waiting(case, row) for row in np.flatnonzero(waiting).tolist()]
    findings += [_running(case, row) for row in np.flatnonzero(running).tolist()]
    findings += [_ahead(case, row) for row in np.flatnonzero(ahead).tolist()]
    nobody = "nothing counts." if case.has_status.any() else _NO_STATUS
    return counted(waiting | running | ahead, mine, findings, nobody=nobody)


def _waiting(case: Case, row: int) -> Finding:
    """Work that was to begin before the status date, and has not."""
    at, status = int(case.schedule.start[row]), int(case.status[row])
    sentence = f"{case.name(row)} was to start on {day_in_words(at)}, before the status date, and has not."
    fix: tuple[Change, ...] = ()
    way = "Record when it started; or say when it will."
    if _may_wait(case, row):
        fix = (SetConstraint(case.uid(row), "SNET", spell_instant(status)),)
        way = "Let it start no earlier than the status date; or record when it started."
    return case.finding("invalid-dates", [row], sentence, way, fix=fix, code="not-started")


def _may_wait(case: Case, row: int) -> bool:
    """Whether “no earlier than” the status date says something about it: nothing else dates it against its links."""
    tasks = case.tasks
    soft = (
        tasks.constraint[row] in (Constraint.ASAP, Constraint.SNET)
        and tasks.secondary[row] == Constraint.ASAP
    )
    typed = bool(tasks.manual[row]) and tasks.start[row] != NO_INSTANT
    from_finish = case.plan.projects[int(tasks.project[row])].from_finish
    return bool(soft) and not typed and not from_finish


def _running(case: Case, row: int) -> Finding:
    """Work that has begun, is not done, and was to be done before the status date."""
    at = int(case.schedule.finish[row])
    sentence = f"{case.name(row)} was to finish on {day_in_words(at)}, before the status date, and is at {int(case.tasks.percent_complete[row])} %."
    fix = _moved_on(case, row)
    way = "Record that it is done, or what remains of it."
    if fix:
        way = "Let what remains go on at the status date; or record that it is done."
    return case.finding("invalid-dates", [row], sentence, way, fix=fix, code="not-finished")


def _moved_on(case: Case, row: int) -> tuple[Change, ...]:
    """What remains, after an interruption up to the status date: what Microsoft Project calls to reschedule uncompleted
    work. Only where something is done, and its hours are those of one row."""
    duration, left, hours = int(case.tasks.duration[row]), case.remaining(row), case.hours_row(row)
    done = duration - left
    if not 0 < done < duration or hours < 0 or case.tasks.manual[row]:
        return ()
    ends = case.worked(hours, np.array([case.schedule.finish[row], case.status[row]]))
    there = dict(case.plan.splits_of(row)).get(done, 0)
    return (SplitTask(case.uid(row), done, there + int(ends[1] - ends[0]) + left),)


def _ahead(case: Case, row: int) -> Finding:
    """An actual date that lies in the future, by the status date."""
    tasks, status = case.tasks, int(case.status[row])
    finished = tasks.actual_finish[row] > status
    at = int(tasks.actual_finish[row] if finished else tasks.actual_start[row])
    sentence = f"{case.name(row)} has {'finished' if finished else 'started'} on {day_in_words(at)}, it says, after the status date."
    way = "Move the status date to the day of the last report, or correct the actual date."
    return case.finding("invalid-dates", [row], sentence, way, severity=Severity.ERROR, code="actual")


def status_dates(case: Case) -> Result:
    """Projects of which something has begun and that have no status date, or one that is more than a reporting period
    old (a month, unless another is given) or in the future, if it is said what day it is."""
    projects, findings = 0, []
    for project, value in enumerate(case.plan.projects):
        mine = case.activities & (case.tasks.project == project)
        if not (mine & ~case.done).any() or not (mine & case.begun).any():
            continue
        projects += 1
        said = _said_of_status(case, project)
        if said:
            sentence = f"“{value.name}” {said}." if len(case.plan.projects) > 1 else f"The plan {said}."
            way = "Collect the progress, and set the status date to the day for which it was reported."
            findings.append(case.finding("status-date", [], sentence, way, code=str(value.uid)))
    if not projects:
        return Result(fault="nothing is under way.")
    return Result(len(findings), projects, tuple(findings))


def _said_of_status(case: Case, project: int) -> str:
    value = case.plan.projects[project]
    if value.status_date is None:
        return "is under way and has no status date, so what is late cannot be told"
    if case.today is None:
        return ""
    days = value.days_per_month if case.period is None else case.period
    weeks = days * value.minutes_per_day / max(1, value.minutes_per_week)
    if value.status_date > case.today + MINUTES_PER_DAY:
        return f"has its status date in the future, {day_in_words(value.status_date)}"
    if case.today - value.status_date > weeks * 7 * MINUTES_PER_DAY:
        return f"has a status date more than a reporting period ago, {day_in_words(value.status_date)}"
    return ""


def stale(case: Case) -> Result:
    """Open work that ought to show progress and does not.

    What has begun, has nothing done, and of whose time more than half is gone at the status date. In projects without a
    status date, where point 9 sees nothing, the last actual date stands for it, and what was to be finished before it
    and has not begun counts too.
    """
    tasks, schedule = case.tasks, case.schedule
    asof = np.where(case.has_status, case.status, _last_actual(case)[tasks.project])
    known = asof != NO_INSTANT
    idle = case.open_work & known & case.begun & (tasks.percent_complete == 0)
    idle &= (tasks.remaining < 0) | (tasks.remaining >= tasks.duration)
    idle[idle] = _half_gone(case, np.flatnonzero(idle), asof)
    forgotten = case.open & known & ~case.has_status & ~case.begun & (schedule.finish < asof)
    findings = [
        case.finding(
            "stale",
            [row],
            f"{case.name(row)} {'started on' if case.begun[row] else 'was to be done by'} "
            f"{day_in_words(int((schedule.start if case.begun[row] else schedule.finish)[row]))}, and no progress is reported.",
            "Ask who does it how far it is, and record that.",
        )
        for row in np.flatnonzero(idle | forgotten).tolist()
    ]
    under_way = case.open & known & (case.begun | (schedule.start < asof))
    return counted(idle | forgotten, under_way, findings, nobody="nothing that is open was to be under way.")


def _half_gone(case: Case, rows: I64, asof: I64) -> Flags:
    """Whether half of the time that a task takes has passed since it began, in its own hours."""
    passed, gauge = np.zeros(len(rows), np.int64), case.schedule.run.compiled.gauge[rows]
    for hours in np.unique(gauge).tolist():
        mine = rows[gauge == hours]
        since = case.worked(hours, case.tasks.actual_start[mine])
        passed[gauge == hours] = case.worked(hours, asof[mine]) - since
    found: Flags = passed >= case.tasks.duration[rows] / 2
    return found


def _last_actual(case: Case) -> I64:
    """The last actual date of each project, or NO_INSTANT."""
    found = np.full(len(case.plan.projects), NO_INSTANT, np.int64)
    for dates in (case.tasks.actual_start, case.tasks.actual_finish):
        np.maximum.at(found, case.tasks.project[case.activities], dates[case.activities])
    return found


def out_of_sequence(case: Case) -> Result:
    """Links that progress has overtaken: what they hold back has happened, and what it waits for has not.

    Finish-start and start-start links to what has begun, finish-finish and start-finish links to what is done; the
    predecessor is open. A lead says that it may be, and does not count. Population: the links to what has begun.
    """
    links = case.plan.links
    pred, succ = links.pred, links.succ
    leafy = case.live & case.activities[pred] & case.activities[succ]
    from_finish = np.isin(links.kind, (LinkKind.FS, LinkKind.FF))
    to_start = np.isin(links.kind, (LinkKind.FS, LinkKind.SS))
    happened = np.where(to_start, case.begun[succ], case.done[succ])
    missing: Flags = ~case.done[pred] & np.where(from_finish, True, ~case.begun[pred])
    begun = leafy & case.begun[succ]
    bad = begun & happened & missing & (links.lag >= 0)
    findings = [
        case.finding(
            "out-of-sequence",
            [int(pred[link]), int(succ[link])],
            f"{case.name(int(succ[link]))} {'has started' if to_start[link] else 'is done'}, though {case.name(int(pred[link]))} "
            f"{'is not done' if from_finish[link] else 'has not started'}.",
            "Correct the progress; or, if the second did not need the first, take the link out or let them overlap.",
            link=link,
        )
        for link in np.flatnonzero(bad).tolist()
    ]
    return counted(bad, begun, findings, nobody="nothing that waits for anything has begun.")


CHECKS = (
    Check(
        key="invalid-dates",
        number=9,
        title="Invalid dates",
        family=Family.PROGRESS,
        of="tasks and milestones",
        points=20,
        full=0.25,
        why="Nothing can still happen in the past, or have happened in the future.",
        source="DCMA-EA PAM 200.1, point 9",
        examine=invalid_dates,
    ),
    Check(
        key="status-date",
        title="Status date",
        family=Family.PROGRESS,
        of="projects under way",
        points=10,
        full=1.0,
        why="Without the day for which progress was reported, nobody can tell what is late.",
        source="GAO-16-89G, best practice 9",
        examine=status_dates,
    ),
    Check(
        key="stale",
        title="Work without progress",
        family=Family.PROGRESS,
        of="tasks that ought to be under way",
        limit=0.05,
        points=10,
        full=0.5,
        why="Work that should be half done and of which nothing is reported is late, or the report is.",
        source="GAO-16-89G, best practice 9",
        examine=stale,
    ),
    Check(
        key="out-of-sequence",
        title="Out of sequence",
        family=Family.PROGRESS,
        of="links to what has begun",
        limit=0.05,
        points=6,
        full=0.5,
        why="If work does not go as its links say, the links do not say how the rest will go.",
        source="GAO-16-89G, best practice 9",
        examine=out_of_sequence,
    ),
)

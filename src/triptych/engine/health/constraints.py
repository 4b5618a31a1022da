"""Checks of dates that were typed: constraints, deadlines, and tasks that are scheduled by hand."""

import numpy as np

from triptych.engine.columns import BY_CONSTRAINT, FAR, picked
from triptych.plan import NO_INSTANT, Constraint, Severity
from triptych.plan.changes import Change, SetConstraint, SetDeadline, SetMode, SetSecondaryConstraint
from triptych.plan.quantities import spell_instant
from triptych.plan.spelling import day_in_words
from triptych.plan.tables import I8, I64, Flags

from .answer import Check, Family, Finding, Result
from .case import NO_OPEN, Case, counted
from .links import HARD

_SOFTER = {Constraint.MSO: "SNET", Constraint.MFO: "FNET"}
_STARTS = (Constraint.MSO, Constraint.SNLT, Constraint.START_ON)


def hard(case: Case) -> Result:
    """Point 5: must start on, must finish on, start no later than, finish no later than.

    Population: incomplete tasks (DCMA-EA PAM 200.1, 2012); milestones are among them here, for that is where such dates
    stand. In P6 only the mandatory dates and in Microsoft Project all four hold against logic; the PAM counts all four.
    """
    tasks = case.tasks
    bad = case.open & (np.isin(tasks.constraint, HARD) | np.isin(tasks.secondary, HARD))
    findings = [
        _hard(case, row, second=second)
        for second, kinds in ((False, tasks.constraint), (True, tasks.secondary))
        for row in np.flatnonzero(case.open & np.isin(kinds, HARD)).tolist()
    ]
    return counted(bad, case.open, findings, nobody=NO_OPEN)


def _hard(case: Case, row: int, *, second: bool) -> Finding:
    kind, at = _constraint(case, row, second=second)
    sentence = f"{case.name(row)} must {_said(kind, at)}, whatever it waits for."
    fix, way = _softened(case, row, kind, at, second=second)
    return case.finding("hard", [row], sentence, way, fix=fix, code="second" if second else "first")


def _constraint(case: Case, row: int, *, second: bool) -> tuple[Constraint, int]:
    tasks = case.tasks
    kinds, dates = (
        (tasks.secondary, tasks.secondary_date) if second else (tasks.constraint, tasks.constraint_date)
    )
    return Constraint(int(kinds[row])), int(dates[row])


def _said(kind: Constraint, at: int) -> str:
    words = kind.words.removeprefix("must ")
    return words if at == NO_INSTANT else f"{words} {day_in_words(at)}"


def _softened(
    case: Case, row: int, kind: Constraint, at: int, *, second: bool
) -> tuple[tuple[Change, ...], str]:
    """A must date as a "no earlier than", which logic may move; a "no later than" taken off, with its finish kept as a
    deadline, which moves nothing and shows when it is missed."""
    uid, softer = case.uid(row), _SOFTER.get(kind)
    date = spell_instant(at)
    dated = softer is not None and date is not None
    changed = (SetSecondaryConstraint if second else SetConstraint)(
        uid,
        softer if dated else "ASAP",  # type: ignore[arg-type]
        date if dated else None,
    )
    if dated:
        return (changed,), f"Make it “{Constraint[softer or 'SNET'].words}”, so that logic may move it."
    deadline = int(case.tasks.deadline[row])
    if kind is Constraint.FNLT and date is not None and (deadline == NO_INSTANT or at < deadline):
        return (changed, SetDeadline(uid, date)), "Make the date a deadline: it warns, and moves nothing."
    return (changed,), "Take the date off, so that logic alone dates it."


def unmet(case: Case) -> Result:
    """Constraints whose date the logic does not allow: the start or the finish is later than the date, or the date is
    kept against the links, or total float below nothing on the task that bears it."""
    findings, bad = [], np.zeros(len(case.plan), np.bool_)
    bearing = np.zeros(len(case.plan), np.bool_)
    for second, kinds in ((False, case.tasks.constraint), (True, case.tasks.secondary)):
        mine = case.open & np.isin(kinds, (*HARD, Constraint.START_ON, Constraint.FINISH_ON))
        bearing |= mine
        broken = mine & _broken(case, kinds, second=second)
        bad |= broken
        findings += [_unmet(case, row, second=second) for row in np.flatnonzero(broken).tolist()]
    return counted(bad, bearing, findings, nobody="nothing that is open has such a date.")


def _broken(case: Case, kinds: I8, *, second: bool) -> Flags:
    dates: I64 = case.tasks.secondary_date if second else case.tasks.constraint_date
    at = np.where(np.isin(kinds, _STARTS), case.schedule.start, case.schedule.finish)
    late: Flags = (dates != NO_INSTANT) & ((at > dates) | (case.schedule.total_float < 0) | _forced(case))
    return late


def _forced(case: Case) -> Flags:
    """The tasks that a date has start before their links allow."""
    net, node = case.schedule.run.net, case.schedule.run.compiled.node
    special = np.where(node >= 0, case.schedule.run.compiled.network.node["special"][node], -1)
    held = np.flatnonzero((special >= 0) & ~case.begun & case.activities)
    found = np.zeros(len(case.plan), np.bool_)
    wanted = picked(net.bounds, special[held].astype(np.int64), "wanted")
    found[held] = (wanted > picked(net.dates, node[held], "early_start")) & (wanted < FAR)
    return found


def _unmet(case: Case, row: int, *, second: bool) -> Finding:
    kind, at = _constraint(case, row, second=second)
    sentence = f"{case.name(row)} is to {_said(kind, at)}, which what it waits for does not allow."
    fix, way = _softened(case, row, kind, at, second=second)
    way = f"{way} Or make room for it: shorten what comes before."
    return case.finding(
        "unmet", [row], sentence, way, fix=fix, severity=Severity.ERROR, code="second" if second else "first"
    )


def holding(case: Case) -> Result:
    """Dates "no earlier than", after the status date and the start of the project, that hold its finish though nothing
    else does: on the longest path, with time to spare before them."""
    tasks, path = case.tasks, case.schedule.longest_path
    soft = case.open & np.isin(tasks.constraint, (Constraint.SNET, Constraint.START_ON)) & ~case.begun
    starts = np.array([each.start for each in case.plan.projects], np.int64)[tasks.project]
    soft &= tasks.constraint_date > np.maximum(starts, case.status)
    bad = soft & path & (case.schedule.driver == BY_CONSTRAINT) & ~tasks.manual
    on_path = case.open & path
    findings = [
        case.finding(
            "holding",
            [row],
            f"{case.name(row)} waits for {day_in_words(int(tasks.constraint_date[row]))}, and the finish of the project with it; no task holds it.",
            "Take the date off if nothing happens on it; else make what happens a milestone and link to that.",
            fix=(SetConstraint(case.uid(row), "ASAP"),),
        )
        for row in np.flatnonzero(bad).tolist()
    ]
    return counted(bad, on_path, findings, nobody="no open task lies on the longest path.")


def deadlines(case: Case) -> Result:
    """Deadlines that the schedule misses, of those of tasks and milestones that are open."""
    due = case.open & (case.tasks.deadline != NO_INSTANT)
    bad = due & (case.schedule.finish > case.tasks.deadline)
    findings = [
        case.finding(
            "deadlines",
            [row],
            f"{case.name(row)} is due by {day_in_words(int(case.tasks.deadline[row]))} and finishes on {day_in_words(int(case.schedule.finish[row]))}.",
            "Pull it in (“pull-in” finds the cheapest ways), or agree on another date.",
            severity=Severity.ERROR,
        )
        for row in np.flatnonzero(bad).tolist()
    ]
    return counted(bad, due, findings, nobody="nothing that is open has a deadline.")


def manual(case: Case) -> Result:
    """Open tasks and milestones that are scheduled by hand: they stay where they were typed, whatever they wait for."""
    bad = case.open & case.tasks.manual & ~case.begun
    free = ~case.linked(case.plan.links.succ)
    findings = [_manual(case, row, free) for row in np.flatnonzero(bad).tolist()]
    return counted(bad, case.open, findings, nobody=NO_OPEN)


def _manual(case: Case, row: int, free: Flags) -> Finding:
    tasks, uid = case.tasks, case.uid(row)
    typed = spell_instant(int(tasks.start[row])), spell_instant(int(tasks.finish[row]))
    fix: tuple[Change, ...] = (SetMode(uid, False, *typed),)
    way = "Schedule it by its links."
    if free[row] and typed[0] is not None and tasks.constraint[row] == Constraint.ASAP:
        fix = (*fix, SetConstraint(uid, "SNET", typed[0]))
        way = "Schedule it by the plan, no earlier than the date that was typed, as it waits for nothing."
    return case.finding("manual", [row], f"{case.name(row)} is scheduled by hand.", way, fix=fix)


CHECKS = (
    Check(
        key="hard",
        number=5,
        title="Hard constraints",
        family=Family.CONSTRAINTS,
        of="tasks and milestones",
        limit=0.05,
        points=15,
        full=0.25,
        why="A date that beats logic hides delay: what comes before slips, and the plan still shows the old date.",
        source="DCMA-EA PAM 200.1, point 5",
        examine=hard,
    ),
    Check(
        key="unmet",
        title="Constraints that cannot be met",
        family=Family.CONSTRAINTS,
        of="dates",
        points=12,
        full=0.5,
        why="The plan promises a date that it does not allow.",
        source="GAO-16-89G, best practice 2",
        examine=unmet,
    ),
    Check(
        key="holding",
        title="Dates that hold the finish",
        family=Family.CONSTRAINTS,
        of="tasks on the longest path",
        points=8,
        full=0.25,
        why="A typed date, and no work, decides when the project ends; once its reason is gone it is lost time.",
        source="GAO-16-89G, best practices 2 and 6",
        examine=holding,
    ),
    Check(
        key="deadlines",
        title="Deadlines missed",
        family=Family.CONSTRAINTS,
        of="deadlines",
        points=12,
        full=0.5,
        why="Somebody was promised a date that the plan does not keep.",
        source="GAO-16-89G, best practice 7",
        examine=deadlines,
    ),
    Check(
        key="manual",
        title="Scheduled by hand",
        family=Family.CONSTRAINTS,
        of="tasks and milestones",
        points=20,
        full=0.5,
        why="A task that is scheduled by hand does not move when what it waits for slips.",
        source="GAO-16-89G, best practice 2",
        examine=manual,
    ),
)

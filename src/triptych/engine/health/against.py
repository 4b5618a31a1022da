"""Checks against a baseline: what was missed, and how fast what is left has to go."""

import numpy as np

from triptych.engine.what_if import worked_between
from triptych.plan import NO_INSTANT, Instant, Severity
from triptych.plan.quantities import MINUTES_PER_DAY, spell_duration
from triptych.plan.spelling import day_in_words
from triptych.plan.tables import Flags

from .answer import Check, Family, Finding, Result
from .case import Case, counted

_NO_STATUS = "the plan has no status date."


def _fault(case: Case) -> str | None:
    if case.baseline is None:
        return "the plan has no baseline." if case.number == 0 else f"the plan has no baseline {case.number}."
    return None if case.has_status.any() else _NO_STATUS


def _due(case: Case) -> Flags:
    """The tasks that were to be finished by the status date, by the baseline."""
    found: Flags = case.work & case.has_status & (case.planned_finish != NO_INSTANT)
    found &= case.planned_finish <= case.status
    return found


def missed(case: Case) -> Result:
    """Point 11: tasks that finished later than the baseline says, or will.

    Population: tasks whose baseline finish is not after the status date (DCMA-EA PAM 200.1, 2012); no summaries,
    milestones and level of effort. Dates are compared by the day, as the DCMA's tools do.
    """
    if (fault := _fault(case)) is not None:
        return Result(fault=fault)
    due, finish = _due(case), case.schedule.finish.astype(np.int64)
    bad = due & (finish // MINUTES_PER_DAY > case.planned_finish // MINUTES_PER_DAY)
    findings = [
        case.finding(
            "missed",
            [row],
            f"{case.name(row)} {'finished' if case.done[row] else 'will finish'} on {day_in_words(int(finish[row]))} instead of "
            f"{day_in_words(int(case.planned_finish[row]))}.",
            "Learn why, and whether the same holds up what is still to come."
            if case.done[row]
            else "Finish it, or say what follows from its delay.",
            severity=Severity.NOTE if case.done[row] else Severity.WARNING,
        )
        for row in (*np.flatnonzero(bad & ~case.done).tolist(), *np.flatnonzero(bad & case.done).tolist())
    ]
    return counted(bad, due, findings, nobody="nothing was to be finished by the status date.")


def critical_path_length(case: Case) -> Result:
    """Point 13, CPLI: (critical path length + total float) / critical path length, at least 0.95.

    The length is the working time of the project from the status date (its start, where it has none) to its finish, and
    the float that from its finish to the date it must finish by, else to the baseline's finish (DCMA-EA PAM 200.1,
    2012). Of several projects the worst counts.
    """
    found = [each for project in range(len(case.plan.projects)) if (each := _length(case, project))]
    if not found:
        return Result(fault=_no_length(case))
    length, spare, project = min(found, key=lambda each: (each[0] + each[1]) / each[0])
    index = (length + spare) / length
    value = case.plan.projects[project]
    per_day = value.minutes_per_day
    findings: tuple[Finding, ...] = ()
    if spare < 0:
        sentence = (
            f"{'The project' if len(case.plan.projects) == 1 else value.name} has {spell_duration(length, minutes_per_day=per_day)} to go and "
            f"{spell_duration(length + spare, minutes_per_day=per_day)} of time for them, by {day_in_words(_wanted(case, project) or 0)}."
        )
        way = "Pull the finish in (“pull-in” finds the cheapest ways), or agree on another."
        findings = (case.finding("cpli", [], sentence, way, code=str(value.uid)),)
    return Result((length + spare) / per_day, length / per_day, findings, index)


def _no_length(case: Case) -> str:
    if all(_wanted(case, project) is None for project in range(len(case.plan.projects))):
        return "neither a baseline nor a date to finish by is set."
    return "nothing is left to be done after the status date."


def _wanted(case: Case, project: int) -> Instant | None:
    """When a project is to finish: by the date it must, else by its baseline."""
    value = case.plan.projects[project]
    if value.finish is not None and not value.from_finish:
        return value.finish
    mine = case.activities & (case.tasks.project == project) & (case.planned_finish != NO_INSTANT)
    return Instant(int(case.planned_finish[mine].max())) if mine.any() else None


def _length(case: Case, project: int) -> tuple[int, int, int] | None:
    """The working minutes to a project's finish and those from there to when it is to finish; None where nothing is to
    go."""
    value, wanted = case.plan.projects[project], _wanted(case, project)
    finish = int(case.schedule.project_finish[project])
    mine = case.open & (case.tasks.project == project)
    if wanted is None or not mine.any():
        return None
    since = value.start if value.status_date is None else value.status_date
    length = worked_between(case.schedule, project, since, finish)
    return (length, worked_between(case.schedule, project, finish, wanted), project) if length > 0 else None


def execution(case: Case) -> Result:
    """Point 14, BEI: tasks that are done / tasks that were to be done by the status date, at least 0.95.

    Done counts whenever it was planned; tasks without a baseline count as due (DCMA-EA PAM 200.1, 2012, which adds them
    to the denominator so that no baseline is no excuse), once they were to finish by the status date as scheduled. No
    summaries, milestones and level of effort.
    """
    if (fault := _fault(case)) is not None:
        return Result(fault=fault)
    unplanned = case.work & case.has_status & (case.planned_finish == NO_INSTANT)
    due = _due(case) | (unplanned & (case.schedule.finish <= case.status))
    done, total = int((case.work & case.has_status & case.done).sum()), int(due.sum())
    if total == 0:
        return Result(fault="nothing was to be finished by the status date.")
    open_yet = np.flatnonzero(due & ~case.done)
    findings: tuple[Finding, ...] = ()
    if done < total:
        sentence = f"{done} tasks are done, and {total} were to be by the status date; open are {case.names(open_yet.tolist())}."
        way = "Finish what is due before beginning more."
        findings = (case.finding("bei", open_yet.tolist(), sentence, way),)
    return Result(done, total, findings, done / total)


CHECKS = (
    Check(
        key="missed",
        number=11,
        title="Tasks missed",
        family=Family.BASELINE,
        of="tasks due",
        limit=0.05,
        points=10,
        full=0.6,
        why="What has been late so far is the best forecast of what will be.",
        source="DCMA-EA PAM 200.1, point 11",
        examine=missed,
    ),
    Check(
        key="cpli",
        number=13,
        title="Critical path length index (CPLI)",
        family=Family.BASELINE,
        of="days",
        least=0.95,
        points=10,
        full=0.25,
        why="Below 1, the rest has to go faster than planned to keep the date.",
        source="DCMA-EA PAM 200.1, point 13",
        examine=critical_path_length,
    ),
    Check(
        key="bei",
        number=14,
        title="Baseline execution index (BEI)",
        family=Family.BASELINE,
        of="tasks due",
        least=0.95,
        points=10,
        full=0.5,
        why="Below 1, fewer tasks are done than were promised by now.",
        source="DCMA-EA PAM 200.1, point 14",
        examine=execution,
    ),
)

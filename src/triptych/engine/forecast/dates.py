"""What a schedule may say and a forecast may not: dates that make no work quicker, and work to come that lies in the
past."""

from dataclasses import replace

import numpy as np

from triptych.engine.dialects import DIALECTS
from triptych.engine.schedule import Schedule
from triptych.engine.what_if import remaining_of
from triptych.plan import Constraint, Diagnostic, Plan
from triptych.plan.diagnostics import warning
from triptych.plan.quantities import NO_INSTANT
from triptych.plan.tables import I8, I64, Flags

_INSTEAD = {
    Constraint.SNLT: Constraint.ASAP,
    Constraint.FNLT: Constraint.ASAP,
    Constraint.MSO: Constraint.SNET,
    Constraint.MFO: Constraint.FNET,
}


def let_go(plan: Plan) -> tuple[Plan, tuple[Diagnostic, ...]]:
    """The plan without dates that could hold a task against its predecessors: what must be on a date is no earlier, and
    no date is a last one. A simulation that kept them would find every such task always in time."""
    tasks = plan.tasks
    first, second = _without(tasks.constraint), _without(tasks.secondary)
    held = _open(plan) & ((first != tasks.constraint) | (second != tasks.secondary))
    if not held.any():
        return plan, ()
    freed = tasks.with_columns(
        constraint=np.where(held, first, tasks.constraint), secondary=np.where(held, second, tasks.secondary)
    )
    told = warning(
        "forecast.dates-let-go",
        f"{_named(plan, held)} must be done by or on a date. A date makes no work quicker: the simulation lets it go, "
        "and `--task` with `--by` tells how likely one is to be met. Use deadlines for what is due.",
        tasks=_uids(plan, held),
    )
    return replace(plan, tasks=freed), (told,)


def from_status_on(plan: Plan, planned: Schedule) -> tuple[Plan, tuple[Diagnostic, ...]]:
    """The plan with all that is still to be done after the status date: what has not started starts no earlier, and
    what remains of running work goes on no earlier. Where nothing is reported of work, it has not been done."""
    status = _status_dates(plan)
    tasks, open_rows = plan.tasks, _open(plan) & (status != NO_INSTANT)
    waiting = open_rows & (tasks.actual_start == NO_INSTANT) & (planned.early_start < status)
    waiting &= np.isin(tasks.secondary, (Constraint.ASAP, Constraint.SNET)) & ~tasks.manual & ~tasks.external
    running = open_rows & (tasks.actual_start != NO_INSTANT)
    left = np.array([remaining_of(plan.task_at(row)) if running[row] else 0 for row in range(len(plan))])
    running &= (left > 0) & (planned.finish - left < status)
    if not (waiting | running).any():
        return plan, ()
    columns = {
        "secondary": np.where(waiting, Constraint.SNET, tasks.secondary).astype(np.int8),
        "secondary_date": np.where(waiting, np.maximum(tasks.secondary_date, status), tasks.secondary_date),
        "remaining": np.where(running, left, tasks.remaining),
        "resume": np.where(running, np.maximum(tasks.resume, status), tasks.resume),
        "percent_complete": np.where(running, np.maximum(tasks.percent_complete, 1), tasks.percent_complete).astype(np.int8),
    }  # fmt: skip
    late = waiting | (running & (planned.finish < status))
    told = warning(
        "forecast.work-in-the-past",
        f"{_named(plan, late)}: open, and dated before the status date. The simulation does what is left of it after that date. "
        "Report its progress.",
        tasks=_uids(plan, late),
    )
    return replace(plan, tasks=tasks.with_columns(**columns)), (told,) if late.any() else ()


def tell_of_typed(plan: Plan) -> tuple[Diagnostic, ...]:
    """Open tasks whose dates were typed, both of them: they are where they are, however long other work takes."""
    tasks = plan.tasks
    typed = _open(plan) & tasks.active & (tasks.manual | tasks.external) & (tasks.actual_start == NO_INSTANT)
    typed &= (tasks.start != NO_INSTANT) & (tasks.finish != NO_INSTANT)
    if not typed.any():
        return ()
    told = warning(
        "forecast.by-hand",
        f"{_named(plan, typed)}: scheduled by hand, so the simulation leaves them on their typed dates and says nothing "
        "about them. Schedule them by their links (in Microsoft Project: Auto Schedule).",
        tasks=_uids(plan, typed),
    )
    return (told,)


def _open(plan: Plan) -> Flags:
    tasks = plan.tasks
    flags: Flags = ~plan.is_summary & (tasks.percent_complete < 100) & (tasks.actual_finish == NO_INSTANT)
    return flags


def _status_dates(plan: Plan) -> I64:
    """The status date of each task's project; none where its dialect keeps work after that date by itself."""
    dates = [
        NO_INSTANT
        if each.status_date is None or DIALECTS[each.dialect].waits_for_status
        else each.status_date
        for each in plan.projects
    ]
    return np.array(dates, np.int64)[plan.tasks.project]


def _without(kinds: I8) -> I8:
    result = kinds.copy()
    for kind, instead in _INSTEAD.items():
        result[kinds == kind] = instead
    return result


def _named(plan: Plan, rows: Flags) -> str:
    at = np.flatnonzero(rows).tolist()
    named = ", ".join(f"“{plan.tasks.name[row]}”" for row in at[:3])
    return named + (f" and {len(at) - 3} more" if len(at) > 3 else "")


def _uids(plan: Plan, rows: Flags) -> list[int]:
    return [int(uid) for uid in plan.tasks.uid[rows]]

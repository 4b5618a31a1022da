"""Dates that make no work quicker."""

from dataclasses import replace

import numpy as np

from triptych.plan import Constraint, Diagnostic, Plan
from triptych.plan.diagnostics import warning
from triptych.plan.tables import I8

_INSTEAD = {
    Constraint.SNLT: Constraint.ASAP,
    Constraint.FNLT: Constraint.ASAP,
    Constraint.MSO: Constraint.SNET,
    Constraint.MFO: Constraint.FNET,
}


def let_go(plan: Plan) -> tuple[Plan, tuple[Diagnostic, ...]]:
    """The plan without dates that could hold a task against its predecessors: what must be on a date is no earlier, and no date
    is a last one. A simulation that kept them would find every such task always in time."""
    tasks = plan.tasks
    open_rows = ~plan.is_summary & (tasks.percent_complete < 100)
    first, second = _without(tasks.constraint), _without(tasks.secondary)
    held = open_rows & ((first != tasks.constraint) | (second != tasks.secondary))
    if not held.any():
        return plan, ()
    freed = replace(
        plan,
        tasks=tasks.with_columns(
            constraint=np.where(held, first, tasks.constraint),
            secondary=np.where(held, second, tasks.secondary),
        ),
    )
    return freed, (_told(plan, np.flatnonzero(held).tolist()),)


def _without(kinds: I8) -> I8:
    result = kinds.copy()
    for kind, instead in _INSTEAD.items():
        result[kinds == kind] = instead
    return result


def _told(plan: Plan, rows: list[int]) -> Diagnostic:
    named = ", ".join(f"“{plan.tasks.name[row]}”" for row in rows[:3])
    more = f" and {len(rows) - 3} more" if len(rows) > 3 else ""
    return warning(
        "forecast.dates-let-go",
        f"{named}{more} must be done by or on a date. A date makes no work quicker: the simulation lets it go, and tells how "
        "likely it is to be met. Use deadlines for what is due.",
        tasks=[int(plan.tasks.uid[row]) for row in rows],
    )

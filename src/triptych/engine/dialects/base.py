"""What a dialect decides, and the readings that several share."""

import enum
from typing import Protocol

import numpy as np

from triptych.engine.columns import BY_ACTUAL, BY_CONSTRAINT
from triptych.engine.draft import Draft
from triptych.plan import Constraint
from triptych.plan.quantities import NO_INSTANT
from triptych.plan.tables import I64, Flags, TaskTable


class LagHours(enum.Enum):
    """Whose working hours a lag runs on."""

    SUCCESSOR = "successor"
    PREDECESSOR = "predecessor"


class Dialect(Protocol):
    """One reading of constraints, progress and lag. Methods fill in the draft's columns for the nodes given."""

    name: str
    label: str
    lag_hours: LagHours
    #: Whether the project's start holds tasks that have predecessors too.
    start_holds_linked: bool

    def constrain(self, draft: Draft, kind: Constraint, nodes: I64, dates: I64, honoured: Flags) -> None:
        """Apply one constraint type to `nodes` with their `dates`; `honoured` where constraints beat logic."""
        ...

    def progress(self, draft: Draft, nodes: I64, tasks: TaskTable, rows: I64, status: I64) -> None:
        """Apply what has happened to `nodes`, the tasks at `rows`; `status` is their projects' status date."""
        ...


def constrain_early(draft: Draft, kind: Constraint, nodes: I64, dates: I64) -> bool:
    """The "no earlier than" pair and as-late-as-possible, on which all dialects agree; whether `kind` was one."""
    if kind is Constraint.SNET:
        draft.raise_floor(nodes, dates, BY_CONSTRAINT)
    elif kind is Constraint.FNET:
        draft.finish_floor[nodes] = dates
    elif kind is Constraint.ALAP:
        draft.as_late[nodes] = 1
    else:
        return False
    return True


def constrain_late(draft: Draft, kind: Constraint, nodes: I64, dates: I64) -> None:
    """ "No later than" and "on" without force: logic wins going forward, the late dates are bound."""
    if kind in (Constraint.MSO, Constraint.START_ON):
        draft.raise_floor(nodes, dates, BY_CONSTRAINT)
    if kind in (Constraint.MFO, Constraint.FINISH_ON):
        draft.finish_floor[nodes] = dates
    if kind in (Constraint.SNLT, Constraint.MSO, Constraint.START_ON):
        draft.late_start_cap[nodes] = dates
    else:
        draft.lower_late_finish(nodes, dates)


def pin(draft: Draft, kind: Constraint, nodes: I64, dates: I64) -> None:
    """A must date: early and late dates are it."""
    if kind is Constraint.MSO:
        draft.pinned_start[nodes] = dates
    else:
        draft.pinned_finish[nodes] = dates


def record_actuals(draft: Draft, nodes: I64, tasks: TaskTable, rows: I64) -> None:
    """Actual dates are facts: they stand whatever logic says."""
    actual_start, actual_finish = tasks.actual_start[rows], tasks.actual_finish[rows]
    percent = tasks.percent_complete[rows].astype(np.int64)
    begun = actual_start != NO_INSTANT
    ended = begun & ((actual_finish != NO_INSTANT) | (percent == 100))
    draft.started[nodes] = begun
    draft.complete[nodes] = ended
    draft.fixed_start[nodes[begun]] = actual_start[begun]
    draft.fixed_reason[nodes[begun]] = BY_ACTUAL
    stated = ended & (actual_finish != NO_INSTANT)
    draft.fixed_finish[nodes[stated]] = actual_finish[stated]
    duration = draft.duration[nodes]
    remaining = tasks.remaining[rows]
    by_percent = np.rint(duration * (100 - percent) / 100).astype(np.int64)
    draft.remaining[nodes] = np.where(remaining >= 0, remaining, by_percent)

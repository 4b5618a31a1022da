"""What a dialect decides, and the readings that several share."""

from typing import Protocol

import numpy as np

from triptych.engine.columns import BY_ACTUAL, BY_CONSTRAINT
from triptych.engine.draft import Draft, as_instants
from triptych.plan import Constraint, FloatBasis, LagHours, ProgressLogic
from triptych.plan.quantities import NO_INSTANT
from triptych.plan.tables import I64, Flags, TaskTable


class Dialect(Protocol):
    """One reading of constraints, progress and lag. Methods fill in the draft's columns at the places given."""

    name: str
    label: str
    #: Whose hours a lag runs on, where the project does not say.
    lag_hours: LagHours
    #: What links say about work that started out of sequence, where the project does not say; None: nothing, but
    #: it still asks its predecessors to be done when it resumes.
    progress_logic: ProgressLogic | None
    #: Which float is the total float, where the project does not say.
    float_basis: FloatBasis
    #: Whether the project's start holds tasks that have predecessors too.
    start_holds_linked: bool
    #: Whether nothing that has not started may start before the status date.
    waits_for_status: bool
    #: Whether "as late as possible" may use up the float of what follows, or only what no successor minds.
    late_takes_all_float: bool
    #: Whether a task with several people works while any of them does; else each puts in its whole duration.
    crew_as_one: bool
    #: Whether the early and late dates of running work, and lags from its start, are those of what remains of it.
    restarts_running_work: bool
    #: Whether the float of a task that a "must" date pins against logic is nil; else it tells the violation.
    forgives_pins: bool
    #: Whether the late dates of a milestone are spelled at the end of a shift, as finishes are.
    spells_milestones: bool

    def constrain(self, draft: Draft, kind: Constraint, places: I64, dates: I64, honoured: Flags) -> None:
        """Apply one constraint type with its `dates`; `honoured` where constraints beat logic."""
        ...

    def progress(self, draft: Draft, places: I64, tasks: TaskTable, rows: I64, status: I64) -> None:
        """Apply what has happened to the tasks at `rows`; `status` is their projects' status date."""
        ...


def constrain_early(draft: Draft, kind: Constraint, places: I64, dates: I64, *, as_late: int) -> bool:
    """The "no earlier than" pair and as-late-as-possible, on which all dialects agree; whether `kind` was one."""
    if kind is Constraint.SNET:
        draft.raise_floor(places, dates, BY_CONSTRAINT)
    elif kind is Constraint.FNET:
        draft.raise_finish_floor(places, dates)
    elif kind is Constraint.ALAP:
        draft.as_late[places] = as_late
    else:
        return False
    return True


def constrain_late(draft: Draft, kind: Constraint, places: I64, dates: I64) -> None:
    """ "No later than" and "on" without force: logic wins going forward, the late dates are bound."""
    if kind in (Constraint.MSO, Constraint.START_ON):
        draft.raise_floor(places, dates, BY_CONSTRAINT)
    if kind in (Constraint.MFO, Constraint.FINISH_ON):
        draft.raise_finish_floor(places, dates)
    starts = kind in (Constraint.SNLT, Constraint.MSO, Constraint.START_ON)
    draft.lower(draft.late_start_cap if starts else draft.late_finish_cap, places, dates)


def pin(draft: Draft, kind: Constraint, places: I64, dates: I64) -> None:
    """A must date: early and late dates are it."""
    if kind is Constraint.MSO:
        draft.pinned_start[places] = dates
    else:
        draft.pinned_finish[places] = dates


def record_actuals(draft: Draft, places: I64, tasks: TaskTable, rows: I64) -> None:
    """Actual dates are facts: they stand whatever logic says."""
    actual_start, actual_finish = tasks.actual_start[rows], tasks.actual_finish[rows]
    percent = tasks.percent_complete[rows].astype(np.int64)
    begun = actual_start != NO_INSTANT
    ended = begun & ((actual_finish != NO_INSTANT) | (percent == 100))
    draft.started[places] = begun
    draft.complete[places] = ended
    draft.fixed_start[places[begun]] = as_instants(actual_start[begun])
    draft.fixed_reason[places[begun]] = BY_ACTUAL
    stated = ended & (actual_finish != NO_INSTANT)
    draft.fixed_finish[places[stated]] = as_instants(actual_finish[stated])
    remaining = tasks.remaining[rows]
    by_percent = np.rint(tasks.duration[rows] * (100 - percent) / 100).astype(np.int64)
    draft.remaining[places] = np.where(remaining >= 0, remaining, by_percent)

"""As Microsoft Project schedules."""

import numpy as np

from triptych.engine.columns import BY_CONSTRAINT
from triptych.engine.draft import Draft, as_instants
from triptych.plan import Constraint, FloatBasis, LagHours, ProgressLogic
from triptych.plan.quantities import NO_INSTANT
from triptych.plan.tables import I64, Flags, TaskTable

from .base import constrain_early, constrain_late, pin, record_actuals


class MicrosoftProject:
    """Constraints beat logic where the project honours them; the status date moves nothing by itself; a lag runs
    on the successor's hours. `docs/rules/` has a page for each difference."""

    name = "msproject"
    label = "Microsoft Project"
    lag_hours = LagHours.SUCCESSOR
    progress_logic: ProgressLogic | None = None
    float_basis = FloatBasis.SMALLER
    start_holds_linked = False
    waits_for_status = False
    late_takes_all_float = True
    crew_as_one = True
    restarts_running_work = False
    forgives_pins = False
    spells_milestones = False

    def constrain(self, draft: Draft, kind: Constraint, places: I64, dates: I64, honoured: Flags) -> None:
        if kind is Constraint.SNET:  # the date stands for the project's start, even when it lies before it
            first = draft.floor_reason[places] != BY_CONSTRAINT
            draft.floor[places] = np.where(first, dates, np.maximum(draft.floor[places], dates))
            draft.floor_reason[places] = BY_CONSTRAINT
            return
        if constrain_early(draft, kind, places, dates, as_late=1):
            return
        if kind not in (Constraint.START_ON, Constraint.FINISH_ON):
            self._force(draft, kind, places[honoured], dates[honoured])
            places, dates = places[~honoured], dates[~honoured]
        constrain_late(draft, kind, places, dates)

    def _force(self, draft: Draft, kind: Constraint, places: I64, dates: I64) -> None:
        if kind in (Constraint.MSO, Constraint.MFO):
            pin(draft, kind, places, dates)
        elif kind is Constraint.SNLT:
            draft.lower(draft.start_cap, places, dates)
            draft.lower(draft.late_start_cap, places, dates)
        else:
            draft.lower(draft.finish_cap, places, dates)
            draft.lower(draft.late_finish_cap, places, dates)

    def progress(self, draft: Draft, places: I64, tasks: TaskTable, rows: I64, status: I64) -> None:  # noqa: ARG002
        record_actuals(draft, places, tasks, rows)
        resume = tasks.resume[rows]
        has = (draft.started[places] == 1) & (draft.complete[places] == 0) & (resume != NO_INSTANT)
        has &= tasks.percent_complete[rows] > 0
        has &= np.asarray(tasks.remaining[rows] >= 0)
        draft.resume[places[has]] = as_instants(resume[has])

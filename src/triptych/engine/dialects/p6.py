"""As Primavera P6 schedules."""

import numpy as np

from triptych.engine.draft import Draft, as_instants
from triptych.plan import Constraint, FloatBasis, LagHours, ProgressLogic
from triptych.plan.quantities import NO_INSTANT
from triptych.plan.tables import I64, Flags, TaskTable

from .base import constrain_early, constrain_late, pin, record_actuals


class PrimaveraP6:
    """Only mandatory dates beat logic; nothing unstarted starts before the data date, and what remains of the rest
    waits for its predecessors (retained logic); a lag runs on the predecessor's hours; "as late as possible" never
    delays a successor."""

    name = "p6"
    label = "Primavera P6"
    lag_hours = LagHours.PREDECESSOR
    progress_logic: ProgressLogic | None = ProgressLogic.RETAINED
    float_basis = FloatBasis.FINISH
    start_holds_linked = True
    waits_for_status = True
    late_takes_all_float = False
    crew_as_one = False
    restarts_running_work = True
    forgives_pins = True
    spells_milestones = True

    def constrain(
        self,
        draft: Draft,
        kind: Constraint,
        places: I64,
        dates: I64,
        honoured: Flags,  # noqa: ARG002
    ) -> None:
        if constrain_early(draft, kind, places, dates, as_late=1 if self.late_takes_all_float else 2):
            return
        if kind in (Constraint.MSO, Constraint.MFO):
            pin(draft, kind, places, dates)
        else:
            constrain_late(draft, kind, places, dates)

    def progress(self, draft: Draft, places: I64, tasks: TaskTable, rows: I64, status: I64) -> None:
        """What remains of running work resumes at the status (data) date at the earliest."""
        record_actuals(draft, places, tasks, rows)
        running = (draft.started[places] == 1) & (draft.complete[places] == 0)
        again = as_instants(
            np.maximum(status, np.where(status == NO_INSTANT, NO_INSTANT, tasks.resume[rows]))
        )
        dated = running & (status != NO_INSTANT)
        at = places[dated]
        draft.resume[at] = np.maximum(again[dated], draft.fixed_start[at])

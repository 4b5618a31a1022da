"""As Primavera P6 schedules."""

import numpy as np

from triptych.engine.columns import BY_STATUS_DATE
from triptych.engine.draft import Draft
from triptych.plan import Constraint
from triptych.plan.quantities import NO_INSTANT
from triptych.plan.tables import I64, Flags, TaskTable

from .base import LagHours, constrain_early, constrain_late, pin, record_actuals


def no_earlier_than_status(draft: Draft, nodes: I64, status: I64) -> None:
    """What has not started cannot start before the status (data) date, and what remains of the rest resumes
    there at the earliest."""
    dated = status != NO_INSTANT
    waiting = dated & (draft.started[nodes] == 0)
    draft.raise_floor(nodes[waiting], status[waiting], BY_STATUS_DATE)
    running = dated & (draft.started[nodes] == 1) & (draft.complete[nodes] == 0)
    draft.resume[nodes[running]] = np.maximum(status[running], draft.fixed_start[nodes[running]])


class PrimaveraP6:
    """Only mandatory dates beat logic; nothing unstarted starts before the data date; a lag runs on the
    predecessor's hours."""

    name = "p6"
    label = "Primavera P6"
    lag_hours = LagHours.PREDECESSOR
    start_holds_linked = True

    def constrain(
        self,
        draft: Draft,
        kind: Constraint,
        nodes: I64,
        dates: I64,
        honoured: Flags,  # noqa: ARG002
    ) -> None:
        if constrain_early(draft, kind, nodes, dates):
            return
        if kind in (Constraint.MSO, Constraint.MFO):
            pin(draft, kind, nodes, dates)
        else:
            constrain_late(draft, kind, nodes, dates)

    def progress(self, draft: Draft, nodes: I64, tasks: TaskTable, rows: I64, status: I64) -> None:
        record_actuals(draft, nodes, tasks, rows)
        no_earlier_than_status(draft, nodes, status)

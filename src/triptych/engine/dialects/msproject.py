"""As Microsoft Project schedules."""

import numpy as np

from triptych.engine.columns import BY_CONSTRAINT
from triptych.engine.draft import Draft
from triptych.plan import Constraint
from triptych.plan.quantities import NO_INSTANT
from triptych.plan.tables import I64, Flags, TaskTable

from .base import LagHours, constrain_early, constrain_late, pin, record_actuals


class MicrosoftProject:
    """Constraints beat logic where the project honours them; the status date moves nothing by itself; a lag runs
    on the successor's hours. `docs/rules/` has a page for each difference."""

    name = "msproject"
    label = "Microsoft Project"
    lag_hours = LagHours.SUCCESSOR
    start_holds_linked = False

    def constrain(self, draft: Draft, kind: Constraint, nodes: I64, dates: I64, honoured: Flags) -> None:
        if kind is Constraint.SNET:  # the date stands for the project's start, even when it lies before it
            draft.floor[nodes] = dates
            draft.floor_reason[nodes] = BY_CONSTRAINT
            return
        if constrain_early(draft, kind, nodes, dates):
            return
        if kind not in (Constraint.START_ON, Constraint.FINISH_ON):
            self._force(draft, kind, nodes[honoured], dates[honoured])
            nodes, dates = nodes[~honoured], dates[~honoured]
        constrain_late(draft, kind, nodes, dates)

    def _force(self, draft: Draft, kind: Constraint, nodes: I64, dates: I64) -> None:
        if kind in (Constraint.MSO, Constraint.MFO):
            pin(draft, kind, nodes, dates)
        elif kind is Constraint.SNLT:
            draft.start_cap[nodes] = draft.late_start_cap[nodes] = dates
        else:
            draft.finish_cap[nodes] = dates
            draft.lower_late_finish(nodes, dates)

    def progress(self, draft: Draft, nodes: I64, tasks: TaskTable, rows: I64, status: I64) -> None:  # noqa: ARG002
        record_actuals(draft, nodes, tasks, rows)
        resume = tasks.resume[rows]
        has = (draft.started[nodes] == 1) & (draft.complete[nodes] == 0) & (resume != NO_INSTANT)
        has &= tasks.percent_complete[rows] > 0
        has &= np.asarray(tasks.remaining[rows] >= 0)
        draft.resume[nodes[has]] = resume[has]

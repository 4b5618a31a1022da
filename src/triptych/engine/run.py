"""The passes over one compiled plan, in the order that its projects ask for."""

import numpy as np

from triptych.plan import Plan
from triptych.plan.tables import I32

from .columns import BY_CONSTRAINT, NONE, Network, as_lists
from .compiled import Passes
from .network import Compiled

_Column = I32 | list[int]


class Run:
    """One forward and one backward pass; more where projects are scheduled from their finish or tasks are as late
    as possible. Columns are by node; `start` and `finish` are the scheduled dates, where they differ from early."""

    def __init__(self, plan: Plan, compiled: Compiled, passes: Passes) -> None:
        self.plan, self.compiled, self.passes = plan, compiled, passes
        self.net: Network = as_lists(compiled.network) if passes.interpreted else compiled.network
        size = len(compiled.network.duration)
        self.early_start, self.early_finish, self.driver = (self._empty(size) for _ in range(3))
        self.late_start, self.late_finish, self.total, self.free = (self._empty(size) for _ in range(4))
        self.short = self._forward()
        self.horizon: _Column = self._horizon()
        self.short |= self._backward()
        if any(each.from_finish for each in plan.projects):
            self._from_finish()
        self.start, self.finish = self.early_start, self.early_finish
        as_late = compiled.network.bounds.as_late
        if (as_late == 1).any():
            self._as_late_as_possible()
        if (as_late == 2).any():
            self._as_late_as_no_one_minds()
        passes.floats(
            self.net, self.early_start, self.early_finish, self.late_start, self.late_finish, self.horizon,
            self.total, self.free,
        )  # fmt: skip

    def column(self, values: _Column) -> I32:
        """A column as an array, whichever way it was computed."""
        return np.array(values, np.int32) if self.passes.interpreted else values  # type: ignore[return-value]

    def _as(self, column: I32) -> _Column:
        return column.tolist() if self.passes.interpreted else column

    def _empty(self, size: int) -> _Column:
        return [0] * size if self.passes.interpreted else np.zeros(size, np.int32)

    def _forward(self) -> bool:
        return bool(self.passes.forward(self.net, self.early_start, self.early_finish, self.driver))

    def _backward(self) -> bool:
        return bool(
            self.passes.backward(
                self.net, self.early_start, self.early_finish, self.horizon, self.late_start, self.late_finish
            )
        )

    def _horizon(self) -> _Column:
        """The late finish of each project's open ends: its own last early finish, or the date it must finish by."""
        finish = self.column(self.early_finish)
        result = np.full(len(self.plan.projects), NONE, np.int32)
        node = self.compiled.node
        idle = node[(node >= 0) & (~self.plan.tasks.active | self.plan.tasks.hammock)]
        if len(idle):
            finish = finish.copy()
            finish[idle] = NONE
        np.maximum.at(result, self.compiled.network.project, finish)
        for row, project in enumerate(self.plan.projects):
            result[row] = project.start if result[row] == NONE else result[row]
            if project.finish is not None:
                result[row] = project.finish
        return self._as(result)

    def _from_finish(self) -> None:
        """A project scheduled from its finish starts when its late dates must; then its early dates follow."""
        first = self.column(self.net.settings.floor).copy()
        late = np.full(len(first), -NONE, np.int32)
        np.minimum.at(late, self.compiled.network.project, self.column(self.late_start))
        for row, project in enumerate(self.plan.projects):
            if project.from_finish and late[row] < -NONE:
                first[row] = late[row]
        bounds = self.compiled.network.bounds
        floor = self.column(self.net.bounds.floor).copy()
        by_project = bounds.floor_reason > BY_CONSTRAINT  # the project's own floor, in their places too
        special = self.compiled.network.special
        owner = np.zeros(len(floor), np.int32)
        owner[special[special >= 0]] = self.compiled.network.project[special >= 0]
        floor[by_project] = first[owner[by_project]]
        self.net = self.net._replace(
            settings=self.net.settings._replace(floor=self._as(first)),
            bounds=self.net.bounds._replace(floor=self._as(floor)),
        )
        self.short |= self._forward()
        self.short |= self._backward()

    def _as_late_as_possible(self) -> None:
        """Start such tasks at their late start and let what follows move with them."""
        bounds = self.compiled.network.bounds
        late = np.full(len(bounds.floor), NONE, np.int32)
        special = self.compiled.network.special
        at = np.flatnonzero(special >= 0)
        late[special[at]] = self.column(self.late_start)[at]
        waiting = (bounds.as_late == 1) & (bounds.started == 0)
        floor = np.where(
            waiting, np.maximum(self.column(self.net.bounds.floor), late), self.column(self.net.bounds.floor)
        )
        reason = np.where(waiting, BY_CONSTRAINT, bounds.floor_reason).astype(np.int32)
        early = self.early_start, self.early_finish, self.net
        self.early_start, self.early_finish = (self._empty(len(special)) for _ in range(2))
        self.net = self.net._replace(
            bounds=self.net.bounds._replace(floor=self._as(floor), floor_reason=self._as(reason))
        )
        self._forward()
        self.start, self.finish = self.early_start, self.early_finish
        self.early_start, self.early_finish, self.net = early

    def _as_late_as_no_one_minds(self) -> None:
        """Move such tasks towards their successors, which stay."""
        self.start, self.finish = self._copied(self.start), self._copied(self.finish)
        self.passes.as_late_as_no_one_minds(self.net, self.start, self.finish, self.horizon)

    def _copied(self, column: _Column) -> _Column:
        return list(column) if isinstance(column, list) else column.copy()

    def held(self) -> I32:
        """For each node the plan's link that holds it, or its BY_… reason."""
        held = self._empty(len(self.compiled.network.duration))
        self.passes.through_gates(self.driver, self.net.pred_node, self._as(self.compiled.link), held)
        return self.column(held)

    def by_node(self) -> dict[str, I32]:
        """The columns of the result, by node. Facts stand as they happened."""
        start, finish = self.column(self.start), self.column(self.finish)
        bounds, special = self.compiled.network.bounds, self.compiled.network.special
        done = np.flatnonzero(bounds.complete == 1)
        columns = {
            "early_start": self.column(self.early_start), "early_finish": self.column(self.early_finish),
            "late_start": self.column(self.late_start), "late_finish": self.column(self.late_finish),
            "total_float": self.column(self.total), "free_float": self.column(self.free), "driver": self.held(),
        }  # fmt: skip
        if len(done):
            at = np.flatnonzero(np.isin(special, done))
            finish = finish.copy()
            finish[at] = np.where(
                bounds.fixed_finish[special[at]] > NONE, bounds.fixed_finish[special[at]], finish[at]
            )
        late = np.flatnonzero((special >= 0) & (bounds.as_late[special] == 1)) if len(bounds.floor) else []
        columns["total_float"][late] = np.minimum(columns["total_float"][late], 0)
        return {"start": start, "finish": finish, **columns}

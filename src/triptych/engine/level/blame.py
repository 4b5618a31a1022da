"""Why a levelled task waits: who was busy with what until then, and how much too much it would be not to wait."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from triptych.engine.workload import Workload
from triptych.plan import Instant
from triptych.plan.tables import I64

from .answer import Levelled
from .puzzle import Puzzle
from .records import WHOLE


@dataclass(frozen=True, slots=True)
class Busy:
    """A resource that is busy with `tasks` until an instant; uids. `short` says that they take less than all
    of it, and leave too little."""

    resource: int
    tasks: tuple[int, ...]
    until: Instant
    short: bool


@dataclass(frozen=True, eq=False)
class Blame:
    """Questions to a levelled puzzle, by row of the plan."""

    puzzle: Puzzle
    found: Levelled

    @cached_property
    def load(self) -> Workload:
        """The work of the levelled schedule."""
        return Workload.of(self.found.schedule)

    @cached_property
    def _uses(self) -> tuple[I64, I64]:
        """The assignments that take anybody, by task, and where each row's begin."""
        table = self.puzzle.plan.assignments
        at = np.flatnonzero(self.puzzle.units > 0)
        order = at[np.argsort(table.task[at], kind="stable")]
        return order, np.searchsorted(table.task[order], np.arange(len(self.puzzle.plan) + 1))

    def uses(self, row: int) -> list[tuple[int, int]]:
        """The resources (rows) that a task takes, and of each how much."""
        order, ptr = self._uses
        mine = order[ptr[row] : ptr[row + 1]]
        table = self.puzzle.plan.assignments
        return list(zip(table.resource[mine].tolist(), self.puzzle.units[mine].tolist(), strict=True))

    def busy(self, row: int) -> tuple[Busy, ...]:
        """Whom a task that is held up waits for: of its people those who are busy the longest before it starts."""
        start = int(self.found.schedule.start[row])
        begin = start - int(self.found.delay[row])
        waits = [found for use in self.uses(row) if (found := self._busy(*use, begin, start))]
        latest = max((each.until for each in waits), default=None)
        return tuple(each for each in waits if each.until == latest)

    def _busy(self, resource: int, units: int, begin: int, start: int) -> Busy | None:
        """The tasks that a resource was busy with, the last time before a task starts that there was too little of it; the work of
        that task itself begins later."""
        work, tasks = self.load.of_resource(resource), self.puzzle.plan.tasks
        person = self.puzzle.plan.resources[resource]
        room = max(0, int(self.puzzle.capacity[resource]) - units)
        ends, taken = self._taken(resource)
        first, last = np.searchsorted(ends, [begin, start], side="right").tolist()
        short = np.flatnonzero(taken[first:last] > room)
        if not len(short):
            return None
        at, level = (int(each[first + short[-1]]) for each in (ends, taken))
        busy = np.unique(work.task[(work.start < at) & (work.finish >= at)])
        uids = tuple(tasks.uid[busy].tolist())
        return Busy(person.uid, uids, Instant(at), level < int(self.puzzle.capacity[resource]))

    def _taken(self, resource: int) -> tuple[I64, I64]:
        """When work of a resource ends, each instant once, and how much is taken of it up to there."""
        if resource not in self._known:
            work = self.load.of_resource(resource)
            units, ends = np.round(work.rate * WHOLE).astype(np.int64), np.unique(work.finish)
            order = np.argsort(work.finish, kind="stable")  # they are in the order of their starts
            begun, over = (np.concatenate([[0], np.cumsum(each)]) for each in (units, units[order]))
            level = begun[np.searchsorted(work.start, ends)] - over[np.searchsorted(work.finish[order], ends)]
            self._known[resource] = ends, level
        return self._known[resource]

    @cached_property
    def _known(self) -> dict[int, tuple[I64, I64]]:
        return {}

    def overload_otherwise(self, row: int) -> float:
        """By how many minutes of work too much would be asked for if a task that is held up were not, and all others
        stayed where they are put."""
        start = int(self.found.schedule.start[row])
        begin = start - int(self.found.delay[row])
        finish = self._finish_from(row, begin)
        return sum(self._excess(row, *use, begin, finish) for use in self.uses(row))

    def _finish_from(self, row: int, begin: int) -> int:
        """When a task would be done that starts at an instant, in the hours of the one row or crew that it has."""
        node = int(self.puzzle.node[row])
        bench = self.found.bench
        minutes = int(self.puzzle.plan.tasks.duration[row])
        return int(bench.passes.node_finish(bench.net, node, begin, minutes))

    def _excess(self, row: int, resource: int, units: int, begin: int, finish: int) -> float:
        """What a task would ask too much of one resource between two instants, beside all others."""
        work = self.load.of_resource(resource)
        work = work.taken((work.start < finish) & (work.finish > begin) & (work.task != row))
        edges = np.unique(np.concatenate([work.start, work.finish, [begin, finish]]))
        edges = edges[(edges >= begin) & (edges <= finish)]
        if len(edges) < 2:
            return 0.0
        size = len(edges)
        first = np.clip(np.searchsorted(edges, work.start), 0, size - 1)
        last = np.clip(np.searchsorted(edges, work.finish), 0, size - 1)
        ends = np.bincount(first, work.rate, size) - np.bincount(last, work.rate, size)
        level = np.cumsum(ends)[:-1]
        there = self.puzzle.plan.resources[resource].units / 100
        mine = units / WHOLE
        more = np.maximum(level + mine - there, 0.0) - np.maximum(level - there, 0.0)
        hours = self.load.hours(resource)
        return float((more * np.diff(hours.worked(edges))).sum())

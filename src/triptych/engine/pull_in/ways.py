"""The driving ways to a task: the graph of everything that holds its finish where it is, with what can give way.

A *place* is an end of a node of the network (see `early`), or a link. A step leads from a place to one that it holds;
some steps have a lever. Whatever is to be pulled in, something must give way on every way from the source.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from triptych.engine.columns import BY_ACTUAL, BY_CONSTRAINT, BY_LINKS, BY_TYPED, FF, FS, NONE, SS, column
from triptych.engine.graph import NO_LINK
from triptych.engine.schedule import Schedule

from .levers import Lever, Unpin
from .pins import Pins
from .places import ARRIVAL, FINISH, SOURCE, START, TARGET, Place, ends_of
from .rack import Rack


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One step of a way; from the source, with the `reason` (`columns.BY_…`) why the place is held. `row` is the
    task that the step leads to, or -1."""

    tail: Place
    head: Place
    lever: Lever | None = None
    reason: int = 0
    row: int = -1


@dataclass(slots=True)
class Ways:
    """Every step that was found, by the place it leads from."""

    steps: dict[Place, list[Step]] = field(default_factory=dict)

    def add(self, step: Step) -> None:
        self.steps.setdefault(step.tail, []).append(step)


def ways_to(found: Schedule, row: int, rack: Rack) -> Ways:
    """The driving ways to the finish of the task, milestone or summary at a row."""
    return _Walk(found, rack).to(row)


class _Walk:
    """Backwards from the target, each place once."""

    def __init__(self, found: Schedule, rack: Rack) -> None:
        self.found, self.plan, self.rack, self.pins = found, found.plan, rack, Pins(found, rack)
        run = found.run
        net, self.network, self.compiled = run.scheduled, run.compiled.network, run.compiled
        size = len(self.network.dates)
        marks = (
            [0] * len(self.compiled.link)
            if run.passes.interpreted
            else np.zeros(len(self.compiled.link), np.int32)
        )
        run.passes.mark_driving(net, marks)
        self.drives = np.array(marks) == 1
        self.driver, self.early = column(net.dates, "driver"), column(net.dates, "early_start")
        self.start, self.finish = run.start, run.finish
        self.row = np.full(size, -1, np.int64)
        leaves = np.flatnonzero(self.compiled.node >= 0)
        self.row[self.compiled.node[leaves]] = leaves
        self.ways, self.seen, self.waiting = Ways(), set[Place](), list[Place]()
        self.links = 3 * size  # the places of links come after those of nodes
        self.last_place = self.links + len(self.drives)

    def to(self, row: int) -> Ways:
        for place in ends_of(self.found, row):
            self._step(place, TARGET)
        while self.waiting:
            self._visit(self.waiting.pop())
        return self.ways

    def _step(
        self, tail: Place, head: Place, lever: Lever | None = None, *, reason: int = 0, row: int = -1
    ) -> None:
        if tail == SOURCE and head == TARGET:
            reason = BY_LINKS
        self.ways.add(Step(tail, head, lever, reason, row))
        if tail != SOURCE and tail not in self.seen:
            self.seen.add(tail)
            self.waiting.append(tail)

    def _series(self, tail: Place, head: Place, levers: Sequence[Lever], row: int) -> None:
        """A step in which any of the levers may give way."""
        *others, last = levers or (None,)
        for lever in others:
            between = self._between()
            self._step(between, head, lever, row=row)
            head = between
        self._step(tail, head, last, row=row)

    def _between(self) -> Place:
        """A place that is nothing but where two levers meet, and needs no visit."""
        self.last_place += 1
        self.seen.add(self.last_place)
        return self.last_place

    def _visit(self, place: Place) -> None:
        if place >= self.links:
            self._visit_link(place - self.links)
            return
        node, end = divmod(place, 3)
        if self.row[node] < 0:
            self._visit_helper(node, place, end)
        elif end == FINISH:
            self._visit_finish(node, place)
        elif end == START:
            self._visit_start(node, place)
        else:
            self._visit_arrival(node, place)

    def _visit_link(self, edge: int) -> None:
        """What a link hangs on: its predecessor's end, unless it gives way itself."""
        head = self.links + edge
        pred, how = int(self.network.pred["node"][edge]), int(self.network.pred["how"][edge]) & 3
        link = int(self.compiled.link[edge])
        lever = None if link == NO_LINK else self.rack.link(link)
        row = -1 if link == NO_LINK else int(self.plan.links.succ[link])
        self._step(3 * pred + (FINISH if how in (FS, FF) else START), head, lever, row=row)

    def _edges(self, node: int) -> list[int]:
        """The edges that hold a node where it is; of a summary's first start, the one that makes it."""
        bounds = self._bounds(node)
        if bounds is not None and bounds["earliest"] == 1:
            return [int(self.driver[node])] if self.driver[node] >= 0 else []
        first, last = self.network.node["pred"][node : node + 2].tolist()
        return [edge for edge in range(first, last) if self.drives[edge]]

    def _bounds(self, node: int) -> np.void | None:
        special = int(self.network.node["special"][node])
        return None if special < 0 else self.network.bounds[special]

    def _to_start(self, edge: int) -> bool:
        return int(self.network.pred["how"][edge]) & 3 in (FS, SS)

    def _visit_helper(self, node: int, place: Place, end: int) -> None:
        """A summary's gate, close or first is one instant."""
        if end != ARRIVAL:
            self._step(3 * node + ARRIVAL, place)
            return
        for edge in self._edges(node):
            self._step(self.links + edge, place)
        if self.driver[node] == BY_CONSTRAINT:
            self._from_pins(place, self.pins.above(self._behind(node), int(self.start[node])), -1)
        elif self.driver[node] < 0:
            self._step(SOURCE, place, reason=int(self.driver[node]))

    def _behind(self, node: int) -> int:
        """The row of a task behind a gate, or -1."""
        while self.row[node] < 0:
            first, last = self.network.node["succ"][node : node + 2].tolist()
            if first == last:
                return -1
            node = int(self.network.succ["node"][first])
        return int(self.row[node])

    def _visit_finish(self, node: int, place: Place) -> None:
        row, bounds = int(self.row[node]), self._bounds(node)
        if bounds is not None and bounds["complete"] == 1:
            self._step(SOURCE, place, reason=BY_ACTUAL, row=row)
            return
        if bounds is not None and bounds["fixed_start"] > NONE and bounds["started"] == 0:
            if bounds["fixed_finish"] > NONE:
                self._step(SOURCE, place, self.rack.by_plan(row), reason=BY_TYPED, row=row)
                return
        elif self._held_by_finish(node, place):
            return
        started = bounds is not None and bounds["started"] == 1
        levers = [each for each in (self.rack.shorten(row),) if each is not None]
        levers += self.rack.leaves(row, int(self.start[node]), int(self.finish[node]))
        self._series(3 * node + (ARRIVAL if started else START), place, levers, row)

    def _held_by_finish(self, node: int, place: Place) -> bool:
        """The steps by which the finish itself is held; whether the start is not held as well."""
        edges = self._edges(node)
        for edge in edges:
            if not self._to_start(edge):
                self._step(self.links + edge, place)
        row = int(self.row[node])
        pins = self.pins.of_finish(row) if self.driver[node] == BY_CONSTRAINT else []
        if pins:
            self._from_pins(place, pins, row)
        by_finish = bool(pins) or (self.driver[node] >= 0 and not self._to_start(int(self.driver[node])))
        return by_finish and not any(map(self._to_start, edges))

    def _visit_start(self, node: int, place: Place) -> None:
        row, bounds = int(self.row[node]), self._bounds(node)
        if bounds is not None and bounds["fixed_start"] > NONE:
            started = bounds["started"] == 1
            lever = None if started else self.rack.by_plan(row)
            self._step(SOURCE, place, lever, reason=BY_ACTUAL if started else BY_TYPED, row=row)
            return
        if self._held_by_finish(node, place):
            return
        self._series(3 * node + ARRIVAL, place, self._leaves_before(node, row), row)

    def _leaves_before(self, node: int, row: int) -> list[Lever]:
        """Leave between what lets a node go and its start."""
        edges = self._edges(node)
        let_go = [
            int((self.finish if int(self.network.pred["how"][edge]) & 3 in (FS, FF) else self.start)[pred])
            for edge in edges
            for pred in [int(self.network.pred["node"][edge])]
        ]
        project = self.plan.projects[int(self.plan.tasks.project[row])]
        first = min(let_go, default=int(project.start))
        return self.rack.leaves(row, first, int(self.start[node])) if first < self.start[node] else []

    def _visit_arrival(self, node: int, place: Place) -> None:
        row, reason = int(self.row[node]), int(self.driver[node])
        for edge in self._edges(node):
            if self._to_start(edge):
                self._step(self.links + edge, place)
        if self.start[node] > self.early[node]:  # as late as no successor minds
            reason = BY_CONSTRAINT
        if reason == BY_CONSTRAINT:
            self._from_pins(place, self.pins.of_start(row), row)
        elif reason < 0:
            self._step(SOURCE, place, reason=reason, row=row)

    def _from_pins(self, place: Place, pins: Sequence[Unpin], row: int) -> None:
        """From the source, each constraint a way of its own: all must give way."""
        for pin in pins or (None,):
            self._step(SOURCE, place, pin, reason=BY_CONSTRAINT, row=row)

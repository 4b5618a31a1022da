"""Running a course: blocks of iterations, on any number of threads or machines, until the answer stands still."""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from triptych.engine.columns import DATES, Network
from triptych.engine.compiled import compiled_lanes
from triptych.engine.draws import Luck
from triptych.engine.lanes import AMPLE, FIXED, Course, Planned, Room, Sums
from triptych.plan.tables import I32

F64 = NDArray[np.float64]
#: Iterations of one block: enough for the inner loops to run wide, few enough for a block of a large plan to stay in
#: the cache.
LANES = 128


@dataclass(frozen=True, slots=True)
class Trial:
    """All that a block of iterations needs; made of arrays, so that it can be sent to another machine."""

    net: Network
    course: Course
    luck: Luck
    planned: Planned
    lines: int
    gaps: int
    seed: int
    weighs: bool


@dataclass(frozen=True, slots=True)
class Block:
    """What a block of iterations came to: for each goal the finish in every lane (an instant, and reckoned in working
    minutes), the cost of every project, the drivers' values, every node's finish (in its own reckoning) where asked
    for, and the sums."""

    goal: I32
    reckoned: I32
    cost: F64
    felt: "NDArray[np.float32]"
    finish: I32 | None
    sums: Sums


class Workers(Protocol):
    """Whoever runs blocks: this process's threads, or a cluster."""

    def run(self, trial: Trial, blocks: Sequence[tuple[int, bool]]) -> Iterable[Block]:
        """The blocks (their number, and whether the finishes of all nodes are wanted), in order."""
        ...

    def close(self) -> None:
        """No more blocks will come."""
        ...


class Threads:
    """Threads of this process; the passes hold no lock while they run."""

    def __init__(self, count: int | None = None) -> None:
        self.count = count or os.cpu_count() or 1
        self._trial: Trial | None = None
        self._benches: list[Bench] = []

    def run(self, trial: Trial, blocks: Sequence[tuple[int, bool]]) -> Iterator[Block]:
        """In order, whoever is done first."""
        if trial is not self._trial:
            self._trial, self._benches = trial, []
        idle = self._benches

        def one(block: tuple[int, bool]) -> Block:
            try:  # to ask first whether there is one would leave time for another thread to take it
                bench = idle.pop()
            except IndexError:
                bench = Bench(trial)
            try:
                return bench.run(*block)
            finally:
                idle.append(bench)

        with ThreadPoolExecutor(self.count) as pool:
            yield from pool.map(one, blocks)

    def close(self) -> None:
        """Give back the room."""
        self._trial, self._benches = None, []


class Bench:
    """Where one thread runs blocks of a trial: its own copies of what the passes write to."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.passes = compiled_lanes()
        net, course = trial.net, trial.course
        self.net = net._replace(
            node=net.node.copy(), bounds=net.bounds.copy(), dates=np.zeros(len(net.dates), DATES)
        )
        nodes, goals = len(course.step) - 1, len(course.own)

        def lines(count: int, kind: Any = np.int32) -> Any:
            return np.zeros((count, LANES), kind)

        self.room = Room(
            counters=np.zeros(LANES, np.uint32), felt=lines(len(trial.luck.driver), np.float32),
            part=np.zeros(LANES, np.float32), asked=np.zeros(LANES, np.int32), lagged=np.zeros(LANES, np.int32),
            worked=np.zeros(LANES, np.int32), opened=np.zeros(LANES, np.int32), start=lines(nodes), finish=lines(nodes),
            late=lines(nodes), nil=np.zeros(LANES, np.int32), bank=lines(trial.lines), gap=lines(trial.gaps), end=lines(len(course.ending)),
            goal=lines(goals), reckoned=lines(goals), aim=lines(goals, np.float32), cost=lines(len(net.settings), np.float64),
        )  # fmt: skip

        self._write_facts()

    def _write_facts(self) -> None:
        """What is fixed, once: its dates, and that nothing before it can move it."""
        step, bounds = self.trial.course.step, self.net.bounds
        for node in np.flatnonzero(step["kind"][:-1] == FIXED).tolist():
            facts = bounds[self.net.node["special"][node]]
            self.room.bank[step["start_line"][node]] = facts["fixed_start"]
            self.room.bank[step["finish_line"][node]] = facts["fixed_finish"]
            for at in range(step["pred"][node], step["pred"][node + 1]):
                self.room.gap[self.trial.course.joint["line"][at]] = AMPLE

    def run(self, number: int, every: bool) -> Block:
        """The iterations of one block."""
        trial, room, passes = self.trial, self.room, self.passes
        nodes = len(trial.course.step) - 1
        sums = empty_sums(nodes, trial.weighs)
        passes.run_lanes(
            self.net, trial.course, trial.luck, room, trial.planned, sums, number * LANES, trial.seed
        )
        finish = self._finishes() if every else None
        return Block(room.goal.copy(), room.reckoned.copy(), room.cost.copy(), room.felt.copy(), finish, sums)

    def _finishes(self) -> I32:
        """The finish of every node: in working minutes of its row, or as an instant."""
        found: I32 = self.room.finish.copy()
        step = self.trial.course.step[:-1]
        instants = step["kind"] != 0
        found[instants] = self.room.bank[step["finish_line"][instants]]
        return found


def run_blocks(trial: Trial, blocks: Sequence[tuple[int, bool]]) -> list[Block]:
    """Some blocks in a process that has nothing but the trial."""
    bench = Bench(trial)
    return [bench.run(*each) for each in blocks]


def empty_sums(nodes: int, weighs: bool) -> Sums:
    """Sums of nothing."""
    columns = [np.zeros(nodes) for _ in range(3)] + [np.zeros(nodes if weighs else 0) for _ in range(2)]
    return Sums._make([np.zeros(nodes, np.int64), *columns])

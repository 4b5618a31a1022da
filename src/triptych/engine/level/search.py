"""The search of our own: a population of schedules on each thread, begun from priority rules, that exchange their best."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from triptych.engine.columns import as_objects
from triptych.engine.compiled import Passes
from triptych.plan.tables import I64

from .answer import Answer, Progress
from .puzzle import Puzzle
from .records import BEST, BOTH, FILLED, GENERATED, LUCK, NEXT, SIDE, SINCE, SIZE, SWING, Crowd
from .workbench import Workbench

#: Members of one side of a population by the schedules it may generate, and at least and most so many: measured on PSPLIB.
_SIZE, _POWER, _LEAST, _MOST = 0.155, 0.7, 8, 400
#: Keys that one side may hold, of all members and nodes: 32 MB.
_ROOM = 4_000_000
#: How far keys of founders stray from the rule, as a share of the length without shortages: all of it up to so many tasks,
#: half of it from twice as many on. Measured on PSPLIB, as the sizes are.
_STRAYING = 60
#: Children for each member without anything better, after which a population begins anew around the best: half as many as
#: there are tasks, at least and at most so many.
_PATIENCE = 20, 60
#: Nodes that one thread places before it looks up, compiled and interpreted: a fraction of a second.
_BREATH, _SHORT_BREATH = 400_000, 20_000
#: Rounds between exchanges.
_EXCHANGE = 10
_NEVER = 2**62


@dataclass(frozen=True, slots=True)
class Search:
    """A solver that needs nothing else."""

    def solve(self, puzzle: Puzzle, passes: Passes, tell: Callable[[Progress], bool]) -> Answer:
        """The best schedule of as many as the terms allow, or until `tell` says that it is enough."""
        if not puzzle.movable.any():
            keys = puzzle.place["first"][:-1].astype(np.int64)
            return Answer(keys, Workbench(puzzle, passes).generate(keys), 1)
        terms = puzzle.terms
        count = 1 if passes.interpreted else max(1, terms.threads)
        each = max(terms.schedules // count, 1)
        islands = [Island(puzzle, passes, each, terms.seed * 1_000 + number) for number in range(count)]
        rounds = 0
        with ThreadPoolExecutor(count) as pool:
            while True:
                list(pool.map(Island.go_on, islands))
                rounds += 1
                best = min(islands, key=lambda island: island.score)
                generated = sum(island.generated for island in islands)
                done = best.score <= puzzle.least or all(island.generated >= each for island in islands)
                if not tell(Progress(generated, best.score, puzzle.least)) or done:
                    return Answer(best.best, best.score, generated, puzzle.least)
                if rounds % _EXCHANGE == 0:
                    for island in islands:
                        island.welcome(best)


class Island:
    """One population, on one thread."""

    def __init__(self, puzzle: Puzzle, passes: Passes, budget: int, seed: int) -> None:
        self.puzzle, self.budget = puzzle, budget
        self.work = Workbench(puzzle, passes)
        self.nodes = len(puzzle.place) - 1
        most = max(_ROOM // self.nodes, _LEAST)
        self.size = int(min(max(_SIZE * budget**_POWER, _LEAST), _MOST, most, max(budget, 2)))
        self.breath = _SHORT_BREATH if passes.interpreted else _BREATH
        self.rng = np.random.default_rng(seed)
        self.crowd = self._crowd(int(self.rng.integers(1, 2**32)), puzzle.terms.objective != "movement")
        if passes.interpreted:
            self.crowd = as_objects(self.crowd)
        self._found(self._rules())

    def _crowd(self, luck: int, both: bool) -> Crowd:
        puzzle, size, nodes = self.puzzle, self.size, self.nodes
        state = np.zeros(10, np.int64)
        state[LUCK], state[SIZE], state[BEST], state[BOTH] = luck, size, _NEVER, both
        state[SWING] = puzzle.stride // 2

        def room(length: int) -> I64:
            return np.zeros(length, np.int64)

        return Crowd(
            key=room(2 * size * nodes),
            score=room(2 * size),
            child=room(nodes),
            best=room(nodes),
            rank=puzzle.rank,
            state=state,
            prices=puzzle.prices,
            worst=np.array([_NEVER], np.int64),
        )

    def _rules(self) -> list[I64]:
        """Keys to begin from: what is due first, what must start first, what starts first today, and a schedule generated in parallel."""
        start = self.puzzle.ground.run.dates("late_start").astype(np.int64)
        finish = self._due()
        today = self.puzzle.place["today"][:-1].astype(np.int64)
        self.work.generate_in_parallel(finish)
        return [finish, start, today, self.work.starts]

    def _due(self) -> I64:
        """When every node is due: what is due first goes first."""
        return self.puzzle.ground.run.dates("late_finish").astype(np.int64)

    def _found(self, keys: list[I64]) -> None:
        """A first side: these keys, and others that stray from the first of them."""
        share = min(1.0, max(0.5, _STRAYING / max(int(self.puzzle.movable.sum()), 1)))
        stray = max(int(share * self.puzzle.length), 1)
        founders = keys[: self.size]
        founders += [
            keys[0] + self.rng.integers(0, stray, self.nodes) for _ in range(self.size - len(founders))
        ]
        self._put("key", slice(0, self.size * self.nodes), np.concatenate(founders))
        for field in (FILLED, NEXT, SIDE, SINCE):
            self.crowd.state[field] = 0

    def _put(self, name: str, at: slice, values: I64) -> None:
        kept: Any = getattr(self.crowd, name)
        kept[at] = values.tolist() if isinstance(kept, list) else values

    def go_on(self) -> None:
        """Generate some more schedules."""
        most = min(self.budget - self.generated, max(1, self.breath // self.nodes))
        if most > 0:
            self.work.passes.improve(self.work.net, self.work.bench, self.crowd, most)
        patience = min(max(int(self.puzzle.movable.sum()) // 2, _PATIENCE[0]), _PATIENCE[1])
        if self.crowd.state[SINCE] > patience * self.size:
            self._found([self._due(), self.best])

    def welcome(self, other: "Island") -> None:
        """Take in the best schedule of another island, where a member of the first side stands now."""
        if other is self or self.crowd.state[FILLED] < self.size or other.score >= self.score:
            return
        at = int(self.rng.integers(self.size))
        score = self.work.generate(other.best)
        dates = self.work.finishes if self.crowd.state[BOTH] else self.work.starts
        self._put("key", slice(at * self.nodes, (at + 1) * self.nodes), dates)
        self.crowd.score[at] = score

    @property
    def score(self) -> int:
        """What the best schedule weighs."""
        return int(self.crowd.state[BEST])

    @property
    def best(self) -> I64:
        """Keys, by node, that generate the best schedule again."""
        return np.array(self.crowd.best, np.int64)

    @property
    def generated(self) -> int:
        """How many schedules it has generated."""
        return int(self.crowd.state[GENERATED])

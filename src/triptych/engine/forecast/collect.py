"""Batches of iterations, until the answer stands still."""

import enum
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from triptych.engine.lanes import Sums
from triptych.plan.tables import I32

from .run import LANES, Block, Trial, Workers, empty_sums

F64 = NDArray[np.float64]
#: Blocks of one batch: about a thousand iterations, after each of which it is asked whether they are enough.
BATCH = 8
#: 95 % of a normal distribution lie within so many standard deviations.
_NINETY_FIVE = 1.96
#: The percentile that must stand still.
_WATCHED = 0.8
#: Finishes of single tasks kept: every one of a plan of 2,000 tasks, the first 2,000 iterations of one of 10,000.
MOST_KEPT = 20_000_000
#: Blocks of which they are kept at least, however large the plan.
LEAST_KEPT = 4


class Stopped(enum.StrEnum):
    """Why no more iterations were run."""

    STABLE = "stable"
    LIMIT = "limit"
    CANCELLED = "cancelled"


#: Told how many iterations are done and how many there are at most; False ends the run with what there is.
Watch = Callable[[int, int], bool]


@dataclass(slots=True)
class Collected:
    """What all iterations came to. `goal` (instants), `reckoned` (working minutes) and `cost` (hundredths) are lines of
    goals and projects, `felt` of drivers, `finish` of nodes, the last over the first iterations alone."""

    goal: I32
    reckoned: I32
    cost: F64
    felt: "NDArray[np.float32]"
    finish: I32
    sums: Sums
    stopped: Stopped

    @property
    def iterations(self) -> int:
        return int(self.goal.shape[1])


def collect(
    trial: Trial, workers: Workers, *, iterations: int, tolerance: float, since: I32, watch: Watch | None
) -> Collected:
    """Run blocks in batches until the 80th percentile of every goal is known well enough, or to the limit.

    It is when half the width of its 95 % confidence interval (by order statistics, which need no assumption about the
    distribution) is at most `tolerance` of the working time from `since` (reckoned, by goal) to it. A tolerance of 0
    asks for all.
    """
    limit = -(-iterations // LANES)
    nodes = len(trial.course.step) - 1
    kept = min(limit, max(LEAST_KEPT, MOST_KEPT // max(1, nodes) // LANES))
    gathered = _Gathered(empty_sums(nodes, weighs=trial.weighs), np.zeros((nodes, kept * LANES), np.int32))
    stopped = Stopped.LIMIT
    done = 0
    while done < limit:
        numbers = range(done, min(done + BATCH, limit))
        for block in workers.run(trial, [(number, number < kept) for number in numbers]):
            gathered.add(block)
        done = numbers.stop
        if watch is not None and not watch(done * LANES, limit * LANES):
            stopped = Stopped.CANCELLED
            break
        if tolerance > 0 and done < limit and _stands_still(gathered.whole("reckoned"), since, tolerance):
            stopped = Stopped.STABLE
            break
    return gathered.collected(stopped)


@dataclass(slots=True)
class _Gathered:
    sums: Sums
    finish: I32
    blocks: list[Block] = field(default_factory=list)

    def add(self, block: Block) -> None:
        """In the order of the blocks, so that sums come out the same whoever ran them."""
        for mine, theirs in zip(self.sums, block.sums, strict=True):
            np.add(mine, theirs, out=mine)
        first = len(self.blocks) * LANES
        if block.finish is not None:
            self.finish[:, first : first + LANES] = block.finish
        self.blocks.append(replace(block, finish=None))

    def whole(self, name: str) -> NDArray[np.generic]:
        return np.concatenate([getattr(each, name) for each in self.blocks], axis=1)

    def collected(self, stopped: Stopped) -> Collected:
        lines = {name: self.whole(name) for name in ("goal", "reckoned", "cost", "felt")}
        finish = self.finish[:, : len(self.blocks) * LANES]
        return Collected(**lines, finish=finish, sums=self.sums, stopped=stopped)  # type: ignore[arg-type]


def _stands_still(reckoned: NDArray[np.generic], since: I32, tolerance: float) -> bool:
    count = reckoned.shape[1]
    ordered = np.sort(reckoned, axis=1)
    width = _NINETY_FIVE * np.sqrt(count * _WATCHED * (1 - _WATCHED))
    low, high = int(count * _WATCHED - width), min(count - 1, int(count * _WATCHED + width) + 1)
    half = (ordered[:, high].astype(np.int64) - ordered[:, low]) / 2
    long = ordered[:, int(count * _WATCHED)].astype(np.int64) - since
    return bool((half <= tolerance * np.maximum(long, 1)).all())

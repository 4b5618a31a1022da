"""What a solver is asked, and what it answers: which of many things to take, all of them whole."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from triptych.plan.tables import I64, Flags

#: In place of a limit: there is none.
NO_LIMIT = 1 << 62


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Take a set of columns so that `matrix` × the set (0 or 1 by column) lies between `least` and `most` in every row
    (−NO_LIMIT and NO_LIMIT where there is none), and `gain` adds up to the most."""

    matrix: I64
    least: I64
    most: I64
    gain: I64

    def and_row(self, amounts: I64, *, least: int = -NO_LIMIT, most: int = NO_LIMIT) -> "Problem":
        """The same with one more row."""
        return Problem(
            np.vstack([self.matrix, amounts]), np.append(self.least, least), np.append(self.most, most), self.gain
        )  # fmt: skip

    def broken(self, taken: Flags) -> I64:
        """The rows that a set does not keep."""
        used = self.matrix @ taken.astype(np.int64)
        return np.flatnonzero((used < self.least) | (used > self.most))


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """A set of columns and what cannot be exceeded by any. `taken` is None where none was found; then `proved` says
    that there is none. With a set, `proved` says that none gains more."""

    taken: Flags | None
    bound: float
    proved: bool


class Solver(Protocol):
    """Anything that solves a `Problem`. It computes with floating-point numbers: a set may break a row by a trifle,
    which `exact` mends."""

    def solve(self, problem: Problem, *, seconds: float) -> Solved:
        """The best set found in so many seconds."""
        ...

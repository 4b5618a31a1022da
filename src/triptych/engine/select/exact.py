"""Exact answers from a solver that computes with floating-point numbers, and the best by several measures in turn."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from triptych.plan.tables import I64, Flags

from .solver import NO_LIMIT, Problem, Solved, Solver

#: Sets that break a row by a trifle are forbidden one after another; so many in a row do not happen.
_MOST_TIMES = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """The set of columns that gains most: `gain` is what, and `bound` what no set exceeds: the same where it is
    proved. Of sets that gain as much, it is best by the further measures."""

    taken: Flags
    gain: int
    bound: int

    @property
    def proved(self) -> bool:
        return self.bound <= self.gain


class OutOfTime(Exception):
    """No set was found in the time given, nor that there is none."""


def best(problem: Problem, then: Sequence[I64], solver: Solver, *, seconds: float) -> Best | None:
    """The set with the most gain, of those with as much the one with the most of `then[0]`, and so on; None where no
    set keeps the rows. Each measure may take so many seconds; where that is too little, `bound` tells. Raises
    OutOfTime."""
    found = _exactly(problem, solver, seconds)
    if found.taken is None:
        if not found.proved:
            raise OutOfTime
        return None
    taken, gain = found.taken, _total(problem.gain, found.taken)
    bound = gain if found.proved else max(gain, int(found.bound))
    rows, measure = problem, problem.gain
    for further in then:
        rows = rows.and_row(measure, least=_total(measure, taken))
        measure = further
        better = _exactly(Problem(rows.matrix, rows.least, rows.most, measure), solver, seconds)
        if better.taken is not None and _total(measure, better.taken) > _total(measure, taken):
            taken = better.taken
    return Best(taken, gain, bound)


def _total(amounts: I64, taken: Flags) -> int:
    return int(amounts[taken].sum())


def _exactly(problem: Problem, solver: Solver, seconds: float) -> Solved:
    """A set that keeps every row in whole numbers: one that breaks a row by less than the solver can see is
    forbidden."""
    for _ in range(_MOST_TIMES):
        found = solver.solve(problem, seconds=seconds)
        if found.taken is None:
            return found
        broken = problem.broken(found.taken)
        if not len(broken):
            return found
        problem = _forbidden(problem, found.taken, int(broken[0]))
    raise ArithmeticError("the solver cannot tell the amounts of this problem apart")


def _forbidden(problem: Problem, taken: Flags, row: int) -> Problem:
    """The same problem without a set that breaks a row: where it takes too much, without all sets that take as much
    of the same (a cover inequality; Balas, 1975)."""
    amounts = problem.matrix[row]
    if (amounts >= 0).all() and amounts[taken].sum() > problem.most[row]:
        cover = (taken & (amounts > 0)).astype(np.int64)
        return problem.and_row(cover, most=int(cover.sum()) - 1)
    sides = np.where(taken, 1, -1)
    return problem.and_row(sides, least=-NO_LIMIT, most=int(taken.sum()) - 1)

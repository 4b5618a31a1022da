"""HiGHS as the solver (Huangfu & Hall, 2018: Parallelizing the dual revised simplex method): branch and cut, one
thread and one seed, so that the same problem has the same answer."""

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triptych.plan.tables import I64

from .solver import NO_LIMIT, Problem, Solved

F64 = NDArray[np.float64]
#: Gains are scaled to lie below this: what the solver calls nothing (1e-6) is then a millionth of a millionth.
_MOST_GAIN = 1e6
_HALF = 0.5
#: What a bound may exceed a sum by, of what gains are scaled by, and yet be the same.
_TRIFLE = 1e-5
_OPTIONS: dict[str, bool | int | float | str] = {
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 1e-6,
}
_CAREFUL = {"presolve": "off", "mip_feasibility_tolerance": 1e-9}


class Highs:
    """A `Solver`, which gives up with what it has once it is `cancelled`. It is never given a set to start from: then version 1.16 told the sum of one set and gave another."""

    def __init__(self, cancelled: Callable[[], bool] = lambda: False) -> None:
        self.cancelled = cancelled

    def solve(self, problem: Problem, *, seconds: float) -> Solved:
        """See `Solver`. A set is proved to be the best by its own sum, not by what the solver says of it: where that is
        less than the bound (as presolve and rounding once led to), it is solved again with more care."""
        if problem.matrix.shape[1] == 0:  # nothing to take, which may be too little
            nothing = np.zeros(0, np.bool_)
            return Solved(None if len(problem.broken(nothing)) else nothing, 0.0, proved=True)
        found, done = _solve(problem, {"time_limit": seconds}, self.cancelled)
        if found.proved or not done:
            return found
        return _solve(problem, {"time_limit": seconds, **_CAREFUL}, self.cancelled)[0]


def _solve(
    problem: Problem, options: Mapping[str, Any], cancelled: Callable[[], bool]
) -> tuple[Solved, bool]:
    """What is found, and whether the solver thinks that it is done."""
    import highspy  # noqa: PLC0415 - takes almost half a second

    highs = _silent()
    for name, value in {**_OPTIONS, **options}.items():
        highs.setOptionValue(name, value)
    highs.cbMipInterrupt += lambda event: event.interrupt() if cancelled() else None
    scale = _scale(problem.gain)
    highs.passModel(_spelled(problem, scale, highspy))
    highs.run()
    status, info, states = highs.getModelStatus(), highs.getInfo(), highspy.HighsModelStatus
    if status in (states.kInfeasible, states.kUnboundedOrInfeasible):
        return Solved(None, -math.inf, proved=True), True
    done = status == states.kOptimal
    if info.primal_solution_status != int(highspy.SolutionStatus.kSolutionStatusFeasible):
        return Solved(None, math.inf, proved=False), done
    taken, bound = np.array(highs.getSolution().col_value) > _HALF, info.mip_dual_bound * scale
    close = bound <= int(problem.gain[taken].sum()) + _TRIFLE * scale
    return Solved(taken, bound, proved=done and close), done


def _silent() -> Any:
    """The solver without a word: it would print its name as soon as its callbacks are made, before it can be told not
    to."""
    import highspy  # noqa: PLC0415

    class Silent(highspy.Highs):
        def enableCallbacks(self) -> None:  # noqa: N802 - its own name
            self.silent()
            super().enableCallbacks()  # type: ignore[no-untyped-call]

    return Silent()  # type: ignore[no-untyped-call]


def _scale(gain: I64) -> float:
    """What all gains are divided by: what divides them, and more where they are large."""
    divisor = int(np.gcd.reduce(gain)) or 1
    most = int(np.abs(gain).max(initial=0)) / divisor
    return divisor * max(1.0, most / _MOST_GAIN)


def _spelled(problem: Problem, scale: float, highspy: Any) -> Any:
    """The problem as the solver's own object, each row divided by its greatest amount."""
    rows, columns = problem.matrix.shape
    size = np.maximum(np.abs(problem.matrix).max(axis=1, initial=1), 1).astype(np.float64)
    at, column = np.nonzero(problem.matrix)
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = rows, columns
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = problem.gain / scale
    model.col_lower_, model.col_upper_ = np.zeros(columns), np.ones(columns)
    model.integrality_ = [highspy.HighsVarType.kInteger] * columns
    model.row_lower_ = _limits(problem.least, size, highspy.kHighsInf)
    model.row_upper_ = _limits(problem.most, size, highspy.kHighsInf)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.searchsorted(at, np.arange(rows + 1)).astype(np.int32)
    model.a_matrix_.index_ = column.astype(np.int32)
    model.a_matrix_.value_ = problem.matrix[at, column] / size[at]
    return model


def _limits(limits: I64, size: F64, infinity: float) -> F64:
    found: F64 = limits / size
    found[limits >= NO_LIMIT], found[limits <= -NO_LIMIT] = infinity, -infinity
    return found

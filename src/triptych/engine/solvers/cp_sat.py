"""CP-SAT of Google's OR-Tools, an optional extra (`pip install "triptych[solvers]"`), loaded when first asked.

It begins from the relaxation's hint, improves it and proves how far it may be from the best. Two workers or more that race
against a clock do not repeat themselves exactly, whatever the seed: only an answer that is proven is the same each time
(in its value, not in its starts).
"""

import importlib
import importlib.util
import math
import threading
from collections.abc import Callable
from itertools import compress
from typing import Any

import numpy as np

from .base import Answer, Ask, Progress, Relaxation, Status

#: How often `Ask.cancelled` is asked, in seconds.
_PAUSE = 0.05
#: Bounds of whole numbers come as floating-point numbers, which may lie a trifle above.
_TRIFLE = 1e-6


class SolverAbsent(Exception):
    """OR-Tools is not installed; the message says how to get it."""


def is_here() -> bool:
    """Whether OR-Tools is installed."""
    return importlib.util.find_spec("ortools") is not None


class CpSat:
    """A `Solver` by constraint programming: one interval a task, one cumulative constraint a resource.

    Raises SolverAbsent without OR-Tools.
    """

    def __init__(self) -> None:
        if not is_here():
            raise SolverAbsent("OR-Tools is not installed: pip install 'triptych[solvers]' (or ortools)")
        self._cp: Any = importlib.import_module("ortools.sat.python.cp_model")

    def solve(self, relaxation: Relaxation, ask: Ask) -> Answer:
        """The best starts found, and the bound."""
        if ask.seconds <= 0:
            raise ValueError("a solver needs some time")
        first, last = _windows(relaxation)
        if (first > last).any():
            return Answer(Status.INFEASIBLE, None, None, 0, 0.0)
        model = self._cp.CpModel()
        starts = [
            model.new_int_var(low, high, "") for low, high in zip(first.tolist(), last.tolist(), strict=True)
        ]
        _link(model, relaxation, starts)
        _share(model, relaxation, starts)
        _aim(model, relaxation, starts)
        if relaxation.hint is not None:
            for start, wanted in zip(starts, relaxation.hint.tolist(), strict=True):
                model.add_hint(start, wanted)
        return self._run(model, starts, ask)

    def _run(self, model: Any, starts: list[Any], ask: Ask) -> Answer:
        solver = self._cp.CpSolver()
        solver.parameters.max_time_in_seconds = ask.seconds
        solver.parameters.num_workers = ask.workers
        solver.parameters.random_seed = ask.seed
        heard = _Heard(ask)
        solver.best_bound_callback = heard.bound
        with _Watch(solver.stop_search, ask.cancelled):
            code = solver.solve(model, _listener(self._cp, heard))
        return self._answer(solver, code, starts)

    def _answer(self, solver: Any, code: Any, starts: list[Any]) -> Answer:
        known = {
            self._cp.OPTIMAL: Status.OPTIMAL,
            self._cp.FEASIBLE: Status.FEASIBLE,
            self._cp.INFEASIBLE: Status.INFEASIBLE,
            self._cp.UNKNOWN: Status.UNKNOWN,
        }
        if code not in known:
            raise ValueError(f"the relaxation makes no model: {solver.status_name(code)}")
        status, seconds = known[code], float(solver.wall_time)
        bound = _whole(float(solver.best_objective_bound))
        if status not in {Status.OPTIMAL, Status.FEASIBLE}:
            return Answer(status, None, None, bound, seconds)
        found = np.array([solver.value(each) for each in starts], np.int64)
        return Answer(status, found, round(solver.objective_value), bound, seconds)


def _windows(relaxation: Relaxation) -> tuple[Any, Any]:
    """The first and the last step on which each task may start, as far as it alone says."""
    first, last = relaxation.release, relaxation.horizon - relaxation.duration
    fixed = relaxation.fixed >= 0
    return (
        np.where(fixed, np.maximum(first, relaxation.fixed), first),
        np.where(fixed, np.minimum(last, relaxation.fixed), last),
    )


def _link(model: Any, relaxation: Relaxation, starts: list[Any]) -> None:
    links = zip(relaxation.pred.tolist(), relaxation.succ.tolist(), relaxation.distance.tolist(), strict=True)
    for pred, succ, distance in links:
        model.add(starts[succ] >= starts[pred] + distance)


def _share(model: Any, relaxation: Relaxation, starts: list[Any]) -> None:
    """One cumulative constraint for each resource that may run short."""
    lasts = relaxation.duration.tolist()
    takes = (relaxation.amount > 0) & (relaxation.duration[relaxation.user] > 0)
    intervals = {
        row: model.new_fixed_size_interval_var(starts[row], lasts[row], "")
        for row in np.unique(relaxation.user[takes]).tolist()
    }
    for resource, capacity in enumerate(relaxation.capacity.tolist()):
        of = takes & (relaxation.used == resource)
        amounts = relaxation.amount[of].tolist()
        if sum(amounts) > capacity:
            model.add_cumulative([intervals[row] for row in relaxation.user[of].tolist()], amounts, capacity)


def _aim(model: Any, relaxation: Relaxation, starts: list[Any]) -> None:
    """The weighted finishes, to be made least."""
    lasts = relaxation.duration.tolist()
    finishes = []
    counted = [bool(goal.weight and goal.tasks) for goal in relaxation.goals]
    for goal in compress(relaxation.goals, counted):
        finish = model.new_int_var(0, relaxation.horizon, "")
        for row in goal.tasks:
            model.add(finish >= starts[row] + lasts[row])
        finishes.append(goal.weight * finish)
    model.minimize(sum(finishes))


def _whole(bound: float) -> int:
    """The least whole number that a bound allows; nothing adds up to less than nothing."""
    return max(0, math.ceil(bound - _TRIFLE)) if math.isfinite(bound) else 0


class _Heard:
    """The best value and bound so far, told on."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.value: int | None = None
        self.least = 0

    def bound(self, bound: float) -> None:
        """The solver proved more."""
        self.least = max(self.least, _whole(bound))
        self._tell()

    def found(self, value: float, bound: float) -> None:
        """The solver found better starts."""
        self.value = round(value)
        self.bound(bound)

    def _tell(self) -> None:
        if self.ask.progress is not None:
            self.ask.progress(Progress(self.value, self.least))


def _listener(cp: Any, heard: _Heard) -> Any:
    """What the solver calls at every better solution."""

    class Listener(cp.CpSolverSolutionCallback):  # type: ignore[misc]  # OR-Tools has no types
        def on_solution_callback(self) -> None:
            heard.found(self.objective_value, self.best_objective_bound)

    return Listener()


class _Watch:
    """Asks from a thread of its own whether to stop, as long as the solver runs."""

    def __init__(self, stop: Callable[[], None], cancelled: Callable[[], bool]) -> None:
        self.stop, self.cancelled = stop, cancelled
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._ask, daemon=True)

    def _ask(self) -> None:
        while not self.over.wait(_PAUSE):
            if self.cancelled():
                self.stop()  # as often as asked: the first time may be before the search begins

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

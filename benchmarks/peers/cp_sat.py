"""CP-SAT of OR-Tools, asked directly: one interval an activity, one cumulative constraint a resource, the makespan."""

import importlib
import importlib.util
import time
from typing import Any

from benchmarks.levelling.instance import Instance

from . import Found

#: How to get it, for whoever wants the comparison.
INSTALL = "pip install ortools==9.15.6755"


def absent() -> str:
    """What is missing and how to get it, or nothing."""
    return "" if importlib.util.find_spec("ortools") else f"OR-Tools is not installed: {INSTALL}"


def level(instance: Instance, seconds: float, *, workers: int = 2, seed: int = 1) -> Found:
    """Its best starts in that time, which begins before the model is built."""
    if reason := absent():
        return Found(None, 0, 0.0, reason)
    cp: Any = importlib.import_module("ortools.sat.python.cp_model")
    begun = time.perf_counter()
    model = cp.CpModel()
    starts = _model(model, instance)
    solver = cp.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = max(0.1, seconds - (time.perf_counter() - begun))
    status = solver.solve(model)
    taken = time.perf_counter() - begun
    what = f"CP-SAT {importlib.import_module('ortools').__version__}"
    if status not in {cp.OPTIMAL, cp.FEASIBLE}:
        return Found(None, 0, taken, f"{what}: {solver.status_name(status)}")
    return Found([solver.value(each) for each in starts], round(solver.best_objective_bound), taken, what)


def _model(model: Any, instance: Instance) -> list[Any]:
    """The whole problem in `model`; the variables of the starts."""
    horizon = instance.horizon
    starts = [model.new_int_var(instance.releases[each], horizon, "") for each in instance.projects]
    for pred, succ in instance.links:
        model.add(starts[succ] >= starts[pred] + instance.durations[pred])
    intervals = [
        model.new_fixed_size_interval_var(start, lasts, "")
        for start, lasts in zip(starts, instance.durations, strict=True)
    ]
    for resource, capacity in enumerate(instance.capacities):
        users = [each for each, demand in enumerate(instance.demands) if demand[resource]]
        amounts = [instance.demands[each][resource] for each in users]
        model.add_cumulative([intervals[each] for each in users], amounts, capacity)
    makespan = model.new_int_var(0, horizon, "")
    model.add_max_equality(
        makespan, [start + lasts for start, lasts in zip(starts, instance.durations, strict=True)]
    )
    model.minimize(makespan)
    return starts

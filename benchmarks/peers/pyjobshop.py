"""PyJobShop with OR-Tools, by its own model, as its guide shows a project with scarce resources."""

import importlib
import importlib.metadata
import importlib.util
import time
from typing import Any

from benchmarks.levelling.instance import Instance

from . import Found

#: How to get it, for whoever wants the comparison.
INSTALL = "pip install pyjobshop==0.0.9"


def absent() -> str:
    """What is missing and how to get it, or nothing."""
    return "" if importlib.util.find_spec("pyjobshop") else f"PyJobShop is not installed: {INSTALL}"


def level(instance: Instance, seconds: float, *, workers: int = 2, seed: int = 1) -> Found:
    """Its best starts in that time, which begins before the model is built."""
    if reason := absent():
        return Found(None, 0, 0.0, reason)
    library: Any = importlib.import_module("pyjobshop")
    begun = time.perf_counter()
    model = _model(library.Model(), instance)
    left = max(0.1, seconds - (time.perf_counter() - begun))
    result = model.solve(
        solver="ortools", time_limit=left, display=False, num_workers=workers, random_seed=seed
    )
    taken = time.perf_counter() - begun
    what = f"PyJobShop {importlib.metadata.version('pyjobshop')}"
    if not result.best.tasks:
        return Found(None, 0, taken, f"{what}: {result.status.value}")
    return Found([each.start for each in result.best.tasks], round(result.lower_bound), taken, what)


def _model(model: Any, instance: Instance) -> Any:
    resources = [model.add_renewable(capacity=each) for each in instance.capacities]
    tasks = [model.add_task(earliest_start=instance.releases[each]) for each in instance.projects]
    for task, lasts, demands in zip(tasks, instance.durations, instance.demands, strict=True):
        model.add_mode(task, resources, duration=lasts, demands=list(demands))
    for pred, succ in instance.links:
        model.add_end_before_start(tasks[pred], tasks[succ])
    return model

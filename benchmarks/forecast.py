"""How fast a plan is simulated, beside the usual way with numpy in the same run.

    python -m benchmarks.forecast [--json] [--tasks N] [--iterations N] [--threads N] [--no-numpy]

`ns_per_sample` is nanoseconds a task and iteration where links are plain: finish to start, one calendar, two links a task,
triangular durations; draws, forward pass, the slack along links backward, criticality and the sums for correlation with the
finish among them, nothing left out of what `forecast` does with a block. `rules_ns_per_sample` is the same with every rule on
(`networks.layered`: eight calendars, all kinds of links with lags and leads, constraints, finished and running work), a risk
and a factor that all tasks feel. `whole_seconds` is `forecast(plan, …)` of the plain plan from the plan to its percentiles.

`numpy_ns_per_sample` is what the tutorials do: the same triangular draws and the forward pass alone, node by node with numpy
across as many iterations as a block has (no backward pass, no criticality: they would take it as long again).
`ratio_numpy` is how many times as long that takes as ours. `growth` is `ns_per_sample` at ten times the tasks, by that at so many.
"""

import argparse
import json
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from benchmarks import networks
from triptych.engine.compiled import compiled_lanes
from triptych.engine.costs import costs_of
from triptych.engine.dialects import DIALECTS
from triptych.engine.forecast import Threads, forecast
from triptych.engine.forecast.course import chart_course, planned_finishes
from triptych.engine.forecast.luck import tell_fortune
from triptych.engine.forecast.run import LANES, Trial
from triptych.engine.lanes import Planned
from triptych.engine.schedule import schedule_by
from triptych.engine.warm import warm
from triptych.plan import Plan
from triptych.plan.uncertainty import Effect, Factor, Range, Risk, Spread, Uncertainty

SPREAD = Spread(Range(0.8, 1.0, 1.5))
#: Blocks that one measurement takes at most: enough for the noise, few enough for the patience.
RUNS = 3


def trial_of(plan: Plan, what: Uncertainty) -> Trial:
    """All that blocks of the plan need."""
    found = schedule_by(plan, [DIALECTS[each.dialect] for each in plan.projects], compiled_lanes())
    fortune = tell_fortune(found, what, 1)
    chart = chart_course(found, fortune.least, np.zeros(len(found.run.net.dates)), None)
    planned = Planned(planned_finishes(chart, found), fortune.planned)
    return Trial(chart.net, chart.course, fortune.luck, planned, chart.lines, chart.gaps, 1, weighs=False)


def best(work: Callable[[], object], runs: int = RUNS) -> float:
    """Seconds of the quickest of several runs."""
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def ns_per_sample(plan: Plan, what: Uncertainty, iterations: int, threads: int | None) -> float:
    """Nanoseconds a task and iteration, with all threads, of blocks already set up."""
    trial, blocks = trial_of(plan, what), [(number, False) for number in range(-(-iterations // LANES))]
    workers = Threads(threads)

    def all_blocks() -> None:
        for _ in workers.run(trial, blocks):
            pass

    all_blocks()  # the room is laid out now, and the code loaded
    return best(all_blocks) / (len(plan) * len(blocks) * LANES) * 1e9


def numpy_ns_per_sample(plan: Plan) -> float:
    """The same of draws and a forward pass node by node with numpy."""
    rng = np.random.default_rng(1)
    pred = _by_successor(plan)
    duration = plan.tasks.duration.astype(np.float64)

    def forward() -> None:
        finish = np.empty((len(plan), LANES))
        for row in range(len(plan)):
            drawn = rng.triangular(0.8 * duration[row], duration[row], 1.5 * duration[row], LANES)
            finish[row] = drawn + (finish[pred[row]].max(axis=0) if len(pred[row]) else 0.0)

    return best(forward) / (len(plan) * LANES) * 1e9


def _by_successor(plan: Plan) -> list["np.ndarray[tuple[int], np.dtype[np.int32]]"]:
    order = np.argsort(plan.links.succ, kind="stable")
    ends = np.searchsorted(plan.links.succ[order], np.arange(len(plan) + 1))
    return [plan.links.pred[order[first:last]] for first, last in pairwise(ends.tolist())]


def measure(tasks: int, iterations: int, threads: int | None, *, numpy: bool) -> dict[str, Any]:
    """Every figure."""
    warm()
    what = Uncertainty(spreads=(SPREAD,))
    plain = networks.plain(tasks)
    rules = networks.layered(tasks)
    every = tuple(rules.tasks.uid[::50].tolist())
    felt = Uncertainty(
        spreads=(SPREAD,), factors=(Factor("Weather", Range(0.9, 1.0, 1.2)),),
        risks=(Risk("Late", Effect(0.3, delay=Range(480, 960, 2400)), every),),
    )  # fmt: skip
    assert not costs_of(plain).planned.any()
    ours = ns_per_sample(plain, what, iterations, threads)
    begun = time.perf_counter()
    whole = forecast(plain, what, iterations=iterations, tolerance=0.0, workers=Threads(threads))
    whole.percentile(0.8)
    taken = time.perf_counter() - begun
    return {
        "tasks": tasks,
        "links": len(plain.links),
        "iterations": whole.iterations,
        "threads": Threads(threads).count,
        "ns_per_sample": ours,
        "rules_ns_per_sample": ns_per_sample(rules, felt, iterations, threads),
        "whole_seconds": taken,
        "growth": ns_per_sample(networks.plain(10 * tasks), what, max(LANES, iterations // 10), threads)
        / ours,
        **(_numpy(plain, ours) if numpy else {}),
    }


def _numpy(plain: Plan, ours: float) -> dict[str, float]:
    theirs = numpy_ns_per_sample(plain)
    return {"numpy_ns_per_sample": theirs, "ratio_numpy": theirs / ours}


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print the JSON line alone")
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--iterations", type=int, default=10_000)
    parser.add_argument("--threads", type=int, help="by default one for each processor")
    parser.add_argument("--no-numpy", action="store_true")
    chosen = parser.parse_args()
    if chosen.tasks < 100 or chosen.iterations < LANES:
        parser.error(f"--tasks takes a number from 100, --iterations one from {LANES}")
    figures = measure(chosen.tasks, chosen.iterations, chosen.threads, numpy=not chosen.no_numpy)
    if not chosen.json:
        for name, value in figures.items():
            print(f"{name:24}{value:>18,.4g}" if isinstance(value, float) else f"{name:24}{value!s:>18}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()

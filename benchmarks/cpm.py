"""How fast a plan is scheduled, and in how much memory, beside two peers in the same run.

    python -m benchmarks.cpm [--json] [--tasks N] [--runs N] [--no-peers]

The plan is `networks.layered`: two links a task on average, one in ten of them SS, FF or SF with lag or lead, eight
calendars with exceptions, constraints, deadlines, and finished and running work at the status date; its rows stand in
random order. `ns_per_task` is one calendar-aware pass forward and one backward with every rule on: early and late dates,
total and free float, what drives each task. `schedule_ns_per_task` is `schedule(plan)` whole: the plan's columns to a
network in topological order, the passes, and the columns of the result. `bytes_per_task` is the most memory that
`schedule(plan)` takes beyond the plan itself, result included (an own process, its peak resident size).

The ratios say how many times as long a peer takes: MPXJ's MicrosoftScheduler (the same plan, calendars and rules; its
Java warm; best of two) and the two passes of networkx over the same network, which knows no calendars (its graph built
and ordered beforehand). `ratio_mpxj` and `ratio_networkx` are against the pass, `schedule_ratio_…` against the whole of
`schedule(plan)`. A peer that is not installed is null with the reason; nothing is installed here.
"""

import argparse
import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks import networks
from benchmarks.memory import is_told, peak_resident, reset_peak, resident
from benchmarks.peers import Measured
from triptych.engine import LivePlan, Schedule
from triptych.engine.compiled import compiled_passes
from triptych.engine.dialects import DIALECTS
from triptych.engine.schedule import schedule_by
from triptych.engine.warm import warm
from triptych.plan import Plan

#: MPXJ takes minutes and gigabytes beyond this.
MOST_FOR_MPXJ = 200_000
EDITS = 400


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes, without the collector of garbage."""
    gc.disable()
    begun = time.perf_counter()
    work()
    taken = time.perf_counter() - begun
    gc.enable()
    return taken


def compute(plan: Plan) -> Schedule:
    """Schedule with the compiled passes, whatever the size."""
    return schedule_by(plan, [DIALECTS[each.dialect] for each in plan.projects], compiled_passes())


def measure_passes(found: Schedule, runs: int) -> float:
    """The best of several runs of both passes over the plan's network, in seconds."""
    net, passes = found.run.net, found.run.passes

    def both() -> None:
        passes.forward(net)
        passes.backward(net)

    return min(timed(both) for _ in range(runs))


def measure_edits(plan: Plan) -> dict[str, Any]:
    """Milliseconds of a changed duration in a plan that is kept live, where it reaches fewer than 1,000 tasks."""
    live = LivePlan.of(compute(plan))
    draws = np.random.default_rng(7)
    uids = plan.tasks.uid[draws.integers(0, len(plan), EDITS)].tolist()
    first = plan.index_of[uids[0]]
    live.set_duration(uids[0], int(plan.tasks.duration[first]))  # the code is loaded now
    taken, reached = [], []
    for uid in uids:
        minutes = int(plan.tasks.duration[plan.index_of[uid]]) + networks.DAY
        begun = time.perf_counter()
        moved = live.set_duration(uid, minutes)
        taken.append(time.perf_counter() - begun)
        reached.append(len(moved.rows))
    few = [each * 1000 for each, count in zip(taken, reached, strict=True) if count < 1000]
    return {
        "edit_ms_median": float(np.median(few)),
        "edit_ms_p99": float(np.quantile(few, 0.99)),
        "edit_ms_most": max(few),
        "edit_reaches_most": max(reached),
    }


def measure_memory(tasks: int) -> float:
    """Bytes a task that `schedule(plan)` takes at its peak beyond the plan, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.cpm", "--peak", "--tasks", str(tasks)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(done.stdout)


def peak(tasks: int) -> float:
    """What the resident size grows by at its peak while a plan of so many tasks is scheduled."""
    compute(networks.layered(1_000))  # the compiler and its code are not the plan's
    plan = networks.layered(tasks)
    gc.collect()
    before = resident()
    reset_peak()
    found = compute(plan)
    assert len(found.start) == tasks
    return (peak_resident() - before) / tasks


def measure(tasks: int, runs: int, *, peers: bool) -> dict[str, Any]:
    """Every figure, ours before Java starts in this process."""
    warm()
    plan = networks.layered(tasks)
    found = compute(plan)
    passes = measure_passes(found, runs)
    whole = min(timed(lambda: compute(plan)) for _ in range(max(3, runs // 3)))
    figures: dict[str, Any] = {
        "tasks": tasks,
        "links": len(plan.links),
        "ns_per_task": passes / tasks * 1e9,
        "schedule_ns_per_task": whole / tasks * 1e9,
        "bytes_per_task": measure_memory(tasks) if is_told() else None,
        **measure_edits(plan),
    }
    return figures | (measure_peers(plan, passes, whole) if peers else {})


def measure_peers(plan: Plan, passes: float, whole: float) -> dict[str, Any]:
    """How many times as long the peers take."""
    from benchmarks.peers import mpxj, networkx  # noqa: PLC0415 - not required

    columns = plan.links.pred, plan.links.succ, plan.tasks.duration
    walked = networkx.time_critical_path(*columns, runs=3)
    scheduled = Measured(None, f"not run beyond {MOST_FOR_MPXJ:,} tasks")
    if len(plan) <= MOST_FOR_MPXJ:
        scheduled = mpxj.time_schedule(plan, runs=2)
    figures: dict[str, Any] = {}
    for name, peer in (("mpxj", scheduled), ("networkx", walked)):
        seconds = peer.seconds
        figures[f"ratio_{name}"] = None if seconds is None else seconds / passes
        figures[f"schedule_ratio_{name}"] = None if seconds is None else seconds / whole
        figures[f"{name}_ns_per_task"] = None if seconds is None else seconds / len(plan) * 1e9
        figures[name] = peer.what
    return figures


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print the JSON line alone")
    parser.add_argument("--tasks", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=15, help="runs of the passes, of which the best counts")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--peak", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.tasks < 100:
        parser.error("--tasks takes a number from 100")
    if chosen.peak:
        print(peak(chosen.tasks))
        return
    figures = measure(chosen.tasks, chosen.runs, peers=not chosen.no_peers)
    if not chosen.json:
        for name, value in figures.items():
            print(f"{name:24}{value:>18,.4g}" if isinstance(value, float) else f"{name:24}{value!s:>18}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()

"""How long a whole company takes to level, and how much memory, beside TaskJuggler."""

import argparse
import gc
import json
import subprocess
import sys
import time
from typing import Any

import numpy as np

from benchmarks.memory import is_told, peak_resident, reset_peak, resident
from benchmarks.peers import taskjuggler
from triptych.engine import schedule
from triptych.plan import Plan
from triptych.plan.quantities import MINUTES_PER_DAY
from triptych.plan.tables import I32, I64

from . import ours
from .company import company
from .verify import verified_plan

#: Tasks and people of the companies that are measured, and of those that TaskJuggler schedules too.
SIZES = ((10_000, 200), (100_000, 2_000))
BESIDE_TASKJUGGLER = ((1_000, 20), (5_000, 100))
#: Seconds after which TaskJuggler is not waited for any more.
PATIENCE = 600.0
_MEGABYTE = 2**20


def measure_scale(chosen: argparse.Namespace) -> dict[str, Any]:
    """The figures of every size, each from a process of its own."""
    figures: dict[str, Any] = {"threads": chosen.threads, "seed": chosen.seed}
    for tasks, people in (*SIZES, *(BESIDE_TASKJUGGLER if chosen.tj else ())):
        print(f"{tasks:,} tasks, {people:,} people …", file=sys.stderr, flush=True)
        found = in_process(tasks, people, chosen)
        figures |= {f"{name}_{tasks}": value for name, value in found.items()}
    for tasks, people in BESIDE_TASKJUGGLER if chosen.tj else ():
        print(f"{tasks:,} tasks, TaskJuggler …", file=sys.stderr, flush=True)
        peer = taskjuggler.time_level(company(tasks, people, seed=chosen.seed), most=PATIENCE)
        ratio = None if peer.seconds is None else peer.seconds / figures[f"seconds_{tasks}"]
        figures |= {f"tj_seconds_{tasks}": peer.seconds, f"ratio_tj_{tasks}": ratio, "tj": peer.what}
    return figures


def in_process(tasks: int, people: int, chosen: argparse.Namespace) -> dict[str, Any]:
    """What `measure_alone` finds in a process that has done nothing before. Raises SystemExit with its reason."""
    command = [sys.executable, "-m", "benchmarks.level", "--alone", str(tasks), str(people)]
    for name in ("schedules", "seconds", "threads", "seed"):
        if getattr(chosen, name) is not None:
            command += [f"--{name}", str(getattr(chosen, name))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measure_alone(chosen: argparse.Namespace) -> dict[str, Any]:
    """Level one company twice; its dates are verified. Raises NotValid."""
    tasks, people = chosen.alone
    terms = {name: getattr(chosen, name) for name in ("schedules", "seconds", "threads", "seed")}
    ours.warm_up()
    plan = company(tasks, people, seed=chosen.seed)
    watch = _Watch()
    begun = time.perf_counter()
    found = ours.level_plan(plan, **terms)
    figures: dict[str, Any] = {"seconds": time.perf_counter() - begun, "generated": found.generated}
    figures |= watch.most(tasks)
    verified_plan(plan, found.start, found.finish)
    today = schedule(plan)
    for name, finish in (("before", today.finish), ("after", found.finish)):
        figures[f"mean_days_{name}"] = mean_days(plan, finish)
    del today, found
    watch.rest()
    ours.level_plan(plan, **terms)
    return figures | {"grown_mb": watch.grown()}


def mean_days(plan: Plan, finish: I32 | I64) -> float:
    """How many days projects last on average, holidays and all."""
    lasts = [
        int(finish[plan.tasks.project == number].max()) - each.start
        for number, each in enumerate(plan.projects)
    ]
    return float(np.mean(lasts)) / MINUTES_PER_DAY


class _Watch:
    """The memory of this process from now on; nothing where the kernel does not tell."""

    def __init__(self) -> None:
        self.rested = 0
        self.rest()

    def rest(self) -> None:
        """What is in memory now is what is kept; the most is watched for anew."""
        gc.collect()
        if is_told():
            self.rested = resident()
            reset_peak()

    def most(self, tasks: int) -> dict[str, float | None]:
        """The most beyond what was kept, in megabytes, and a task's share of it in bytes."""
        if not is_told():
            return {"peak_mb": None, "bytes_per_task": None}
        more = peak_resident() - self.rested
        return {"peak_mb": more / _MEGABYTE, "bytes_per_task": more / tasks}

    def grown(self) -> float | None:
        """Megabytes that are kept now and were not before."""
        gc.collect()
        return (resident() - self.rested) / _MEGABYTE if is_told() else None

"""Whether a schedule of an instance, or of a plan, is one: checked from its rows alone, whoever found it."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from triptych.plan import Plan
from triptych.plan.quantities import moment
from triptych.plan.tables import I32, I64

from .instance import Instance


class NotValid(Exception):
    """A result that breaks what it was to keep; the benchmark stops with it, for its figure would be worth nothing."""


def verified(instance: Instance, starts: Sequence[int], whose: str) -> int:
    """The makespan of those starts. Raises NotValid, naming the instance and what is broken."""
    if found := faults(instance, starts):
        told = "; ".join(found[:5]) + (f"; {len(found) - 5} more" if len(found) > 5 else "")
        raise NotValid(f"{whose} on {instance.name}: {told}")
    return instance.makespan(tuple(starts))


def faults(instance: Instance, starts: Sequence[int]) -> list[str]:
    """What those starts break, a sentence each: an activity without a start, a release, a link, a capacity."""
    if len(starts) != len(instance):
        return [f"{len(starts)} starts for {len(instance)} activities"]
    found = [
        f"activity {each} starts at {start}, its project not before {instance.releases[project]}"
        for each, (start, project) in enumerate(zip(starts, instance.projects, strict=True))
        if start < instance.releases[project]
    ]
    for pred, succ in instance.links:
        done = starts[pred] + instance.durations[pred]
        if starts[succ] < done:
            found.append(f"activity {succ} starts at {starts[succ]}, before {pred} is finished at {done}")
    for resource in range(len(instance.capacities)):
        found += _overloads(instance, starts, resource)
    return found


def _overloads(instance: Instance, starts: Sequence[int], resource: int) -> list[str]:
    """The steps at which the use of a resource rises beyond its capacity."""
    change: Counter[int] = Counter()
    for start, lasts, demand in zip(starts, instance.durations, instance.demands, strict=True):
        change[start] += demand[resource] if lasts else 0
        change[start + lasts] -= demand[resource] if lasts else 0
    found, used, capacity = [], 0, instance.capacities[resource]
    for at in sorted(change):
        used += change[at]
        if used > capacity and change[at] > 0:
            found.append(f"resource {resource} is used {used} at step {at}, of {capacity}")
    return found


def verified_plan(plan: Plan, start: I32 | I64, finish: I32 | I64) -> None:
    """Check dates by row of a plan with plain links. Raises NotValid, naming what is broken."""
    if found := plan_faults(plan, start.astype(np.int64), finish.astype(np.int64)):
        raise NotValid(f"{len(found)} faults in a plan of {len(plan)} tasks: {'; '.join(found[:5])}")


def plan_faults(plan: Plan, start: I64, finish: I64) -> list[str]:
    """What dates by row break: the start of a project, a link (finish to start, without lag), what there is of people.

    A task takes its people from its start to its finish, through nights and leave too: that is more than it needs, so that
    nobody is overloaded in dates that are without fault.
    """
    tasks, links = plan.tasks, plan.links
    begins = np.array([each.start for each in plan.projects], np.int64)[tasks.project]
    found = [f"task {tasks.uid[row]} starts before its project" for row in np.flatnonzero(start < begins)]
    early = start[links.succ] < finish[links.pred]
    ends = zip(tasks.uid[links.pred[early]], tasks.uid[links.succ[early]], strict=True)
    found += [f"task {succ} starts before {pred} is finished" for pred, succ in ends]
    return found + _overbooked(plan, start, finish)


def _overbooked(plan: Plan, start: I64, finish: I64) -> list[str]:
    table = plan.assignments
    takes = finish[table.task] > start[table.task]
    task, resource, units = table.task[takes], table.resource[takes], table.units[takes].astype(np.int64)
    at = np.concatenate([start[task], finish[task]])
    change = np.concatenate([units, -units])
    whose = np.concatenate([resource, resource])
    order = np.lexsort(
        (change, at, whose)
    )  # of each in turn; what is given back at a time, before what is taken
    used = np.cumsum(change[order])  # nothing is left over of one when the next begins
    capacity = np.array([each.units for each in plan.resources], np.int64)[whose[order]]
    over = np.flatnonzero(used > capacity)
    return [
        f"{plan.resources[whose[order[each]]].name} has {used[each]} % to do at {moment(int(at[order[each]]))}"
        for each in over
    ]

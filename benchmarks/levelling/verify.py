"""Whether a schedule of an instance is one: checked from the instance alone, whoever found it."""

from collections import Counter
from collections.abc import Sequence

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

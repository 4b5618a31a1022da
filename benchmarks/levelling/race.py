"""Several ways to level, one after another on the same instances: every result verified, then counted."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from benchmarks.peers import Found

from .instance import Instance
from .libraries import Known
from .verify import verified

#: One way to level an instance, with its terms already in.
Way = Callable[[Instance], Found]


@dataclass(slots=True)
class Record:
    """What one way came to, instance by instance."""

    what: str = ""
    over_cpm: list[float] = field(default_factory=list)
    gap: list[float] = field(default_factory=list)
    optimal: int = 0
    best_known: int = 0
    better: int = 0
    seconds: float = 0.0
    longest: float = 0.0
    without: int = 0

    def add(self, instance: Instance, known: Known, found: Found) -> str:
        """Count a result; it in words. Raises NotValid where it is none."""
        self.what = found.what
        self.seconds += found.seconds
        self.longest = max(self.longest, found.seconds)
        if found.starts is None:
            self.without += 1
            return "-"
        makespan = verified(instance, found.starts, found.what)
        self.over_cpm.append(100 * (makespan / instance.critical_path - 1))
        self.gap.append(100 * (makespan / known.best - 1))
        self.optimal += makespan <= known.bound
        self.best_known += makespan <= known.best
        self.better += makespan < known.best
        return str(makespan)

    def figures(self, prefix: str) -> dict[str, Any]:
        """Means in per cent, None where an instance has no result; counts and seconds."""
        whole = bool(self.gap) and not self.without
        return {
            f"{prefix}over_cpm_percent": float(np.mean(self.over_cpm)) if whole else None,
            f"{prefix}gap_percent": float(np.mean(self.gap)) if whole else None,
            f"{prefix}optimal": self.optimal if whole else None,
            f"{prefix}best_known": self.best_known if whole else None,
            f"{prefix}better_than_known": self.better if whole else None,
            f"{prefix}mean_seconds": self.seconds / max(1, len(self.gap) + self.without),
            f"{prefix}longest_seconds": self.longest,
            f"{prefix}what": self.what,
        }


def race(
    instances: Sequence[Instance], known: Mapping[str, Known], ways: Mapping[str, Way], *, tell_each: bool
) -> dict[str, Any]:
    """Every way on every instance, in turn, so that what else the machine does falls on all; the figures of each.

    Progress goes to the standard error: each instance, or every fiftieth. Raises NotValid.
    """
    records = {name: Record() for name in ways}
    for number, instance in enumerate(instances, 1):
        told = []
        for name, way in ways.items():
            result = records[name].add(instance, known[instance.name], way(instance))
            told.append(f"{name.rstrip('_') or 'ours'} {result}")
        if tell_each or number % 50 == 0 or number == len(instances):
            least = known[instance.name]
            print(f"{number}/{len(instances)} {instance.name}: {', '.join(told)}; known {least.best}",
                  file=sys.stderr, flush=True)  # fmt: skip
    return {key: value for name, record in records.items() for key, value in record.figures(name).items()}

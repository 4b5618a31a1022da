"""One project, or several that share resources, as the libraries give them: whole steps of time, no calendars."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from triptych.plan.tables import I64


@dataclass(frozen=True)
class Instance:
    """Activities with durations, predecessors and demands on resources that last.

    By activity: `durations` (steps), `successors` (their numbers), `demands` (one number a resource) and `projects` (which it
    belongs to). `capacities` is by resource, `releases` by project (the step before which it may not start).
    """

    name: str
    durations: tuple[int, ...]
    successors: tuple[tuple[int, ...], ...]
    demands: tuple[tuple[int, ...], ...]
    capacities: tuple[int, ...]
    projects: tuple[int, ...]
    releases: tuple[int, ...] = (0,)

    def __len__(self) -> int:
        return len(self.durations)

    @cached_property
    def links(self) -> tuple[tuple[int, int], ...]:
        """Predecessor and successor of every link."""
        return tuple((pred, succ) for pred, each in enumerate(self.successors) for succ in each)

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The activities, each after its predecessors. Raises ValueError where they go in circles."""
        waits = [0] * len(self)
        for _, succ in self.links:
            waits[succ] += 1
        ready = [each for each, count in enumerate(waits) if not count]
        for each in ready:  # grows while it is gone through
            for succ in self.successors[each]:
                waits[succ] -= 1
                if not waits[succ]:
                    ready.append(succ)
        if len(ready) < len(self):
            raise ValueError(f"{self.name}: links go in circles")
        return tuple(ready)

    @cached_property
    def earliest(self) -> tuple[int, ...]:
        """The first step on which each activity can start if resources are never short."""
        start = [self.releases[each] for each in self.projects]
        for pred in self.order:
            for succ in self.successors[pred]:
                start[succ] = max(start[succ], start[pred] + self.durations[pred])
        return tuple(start)

    @cached_property
    def critical_path(self) -> int:
        """The makespan if resources are never short: the bound that the literature measures by."""
        return self.makespan(self.earliest)

    @cached_property
    def work_bound(self) -> int:
        """No makespan is less than a resource's whole work over its capacity."""
        work = np.array(self.demands, np.int64).T @ np.array(self.durations, np.int64)
        return max(
            (
                -(-used // capacity)
                for used, capacity in zip(work.tolist(), self.capacities, strict=True)
                if used
            ),
            default=0,
        )

    @property
    def horizon(self) -> int:
        """By which step all can be finished, one after another."""
        return max(self.releases) + sum(self.durations)

    def makespan(self, starts: "tuple[int, ...] | I64") -> int:
        """When the last activity finishes."""
        return max(
            (int(start) + lasts for start, lasts in zip(starts, self.durations, strict=True)), default=0
        )

"""What a solver is asked, and what it answers: scarce resources as whole numbers, without calendars or plans.

A relaxation is what remains of a plan when its calendars are left out or laid flat: whole steps of time (whatever one step
is to the caller, who turns them back into dates), distances between starts, and resources that last. As it only loosens
the plan, its bound is a bound of the plan too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

import numpy as np

from triptych.plan.tables import I64


@dataclass(frozen=True, slots=True)
class Goal:
    """The finish of some tasks, the last of them, counts `weight` times: a project and its last activities."""

    weight: int
    tasks: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Relaxation:
    """When tasks should start, so that the goals add up to the least.

    By task, in steps: `duration`; `release`, before which it may not start; `fixed`, where it does start, or -1. By link:
    the task `succ` may not start before the task `pred` has started and `distance` steps have gone by (negative ones say by
    how many it may come first). By use: the task `user` takes `amount` of the resource `used` from its start to its finish.
    By resource: `capacity`. `horizon` is the step by which all must be finished. `hint` holds starts to begin from, or
    nothing.

    Capacity that changes is spelled with fixed tasks that take away what is not there. Raises ValueError where the
    columns do not fit together.
    """

    duration: I64
    release: I64
    fixed: I64
    pred: I64
    succ: I64
    distance: I64
    user: I64
    used: I64
    amount: I64
    capacity: I64
    goals: tuple[Goal, ...]
    horizon: int
    hint: I64 | None = None

    def __post_init__(self) -> None:
        tasks, resources = len(self.duration), len(self.capacity)
        by_task = [self.release, self.fixed] + ([] if self.hint is None else [self.hint])
        _check(by_task, "by task", tasks)
        _check([self.succ, self.distance], "by link", len(self.pred))
        _check([self.used, self.amount], "by use", len(self.user))
        named = [each for goal in self.goals for each in goal.tasks]
        for what, rows, most in (
            ("link", np.concatenate([self.pred, self.succ]), tasks),
            ("user", self.user, tasks),
            ("goal", np.array(named, np.int64), tasks),
            ("resource used", self.used, resources),
        ):
            if len(rows) and not (rows.min() >= 0 and rows.max() < most):
                raise ValueError(f"a {what} names none of the {most} rows")
        signed = (self.duration, self.release, self.amount, self.capacity)
        if any(len(each) and each.min() < 0 for each in signed):
            raise ValueError("durations, releases, amounts and capacities are never negative")
        if any(goal.weight < 0 for goal in self.goals):
            raise ValueError("a goal weighs nothing or more")

    def __len__(self) -> int:
        return len(self.duration)


def _check(columns: Sequence[I64], what: str, rows: int) -> None:
    if any(len(each) != rows for each in columns):
        raise ValueError(f"columns {what} differ in length")


def value_of(relaxation: Relaxation, starts: I64) -> int:
    """What the goals add up to with those starts, in steps times weights; tasks of no goal do not count."""
    finish = starts + relaxation.duration
    return sum(goal.weight * int(finish[list(goal.tasks)].max()) for goal in relaxation.goals if goal.tasks)


def broken_by(relaxation: Relaxation, starts: I64) -> tuple[str, ...]:
    """What of the relaxation those starts do not keep, a sentence each; nothing where they keep it all."""
    finish = starts + relaxation.duration
    found = [f"task {each} starts before its release" for each in np.flatnonzero(starts < relaxation.release)]
    moved = (relaxation.fixed >= 0) & (starts != relaxation.fixed)
    found += [f"task {each} is not where it is fixed" for each in np.flatnonzero(moved)]
    found += [
        f"task {each} finishes after the horizon" for each in np.flatnonzero(finish > relaxation.horizon)
    ]
    late = starts[relaxation.succ] < starts[relaxation.pred] + relaxation.distance
    found += [
        f"task {relaxation.succ[each]} starts too soon after task {relaxation.pred[each]}"
        for each in np.flatnonzero(late)
    ]
    for resource, capacity in enumerate(relaxation.capacity.tolist()):
        uses = relaxation.used == resource
        most = peak(starts[relaxation.user[uses]], finish[relaxation.user[uses]], relaxation.amount[uses])
        if most > capacity:
            found.append(f"resource {resource} is used {most} at a time, of {capacity}")
    return tuple(found)


def peak(start: I64, finish: I64, amount: I64) -> int:
    """The most that is taken at any time; what finishes at a step takes nothing of it any more."""
    at = np.concatenate([start, finish])
    change = np.concatenate([amount, -amount])
    order = np.lexsort((change, at))  # what is given back at a time, before what is taken
    return max(0, int(np.cumsum(change[order]).max(initial=0)))


class Status(Enum):
    """How far the solver came."""

    OPTIMAL = "optimal"
    """The starts are the best there are."""
    FEASIBLE = "feasible"
    """The starts keep all that is asked; whether there are better ones is open."""
    INFEASIBLE = "infeasible"
    """No starts keep all that is asked."""
    UNKNOWN = "unknown"
    """Time was up, or it was stopped, before any starts were found."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a solver found: `starts` by task and what the goals add up to with them (None without any), the least that
    they can add up to (`bound`), and the seconds that it took."""

    status: Status
    starts: I64 | None
    value: int | None
    bound: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a solver stands: the best value so far, or None, and the bound so far. When, the listener's clock tells."""

    value: int | None
    bound: int


def never() -> bool:
    """Not to be stopped."""
    return False


@dataclass(frozen=True, slots=True)
class Ask:
    """On which terms a solver works: at most so many `seconds`, on so many `workers`, with that `seed`.

    `cancelled` is asked several times a second, from another thread, whether to stop with what there is; `progress` is told
    of every better value or bound, perhaps from another thread. Both are quick and raise nothing.
    """

    seconds: float
    workers: int = 2
    seed: int = 0
    cancelled: Callable[[], bool] = never
    progress: Callable[[Progress], None] | None = None


class Solver(Protocol):
    """Whatever finds good starts of a relaxation in a given time."""

    def solve(self, relaxation: Relaxation, ask: Ask) -> Answer:
        """The best starts found; that there are none is an answer, not an error."""
        ...

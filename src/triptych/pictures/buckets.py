"""Work by the hour, day, week or month: what is asked of a person, how much of it is too much, and what there is."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from triptych.engine.workload import Workload
from triptych.plan.quantities import MINUTES_PER_DAY, Instant, instant
from triptych.plan.spelling import day_in_words, in_words
from triptych.plan.tables import I64

from .scale import F64, HOUR_ZOOM, Scale
from .tiers import Tier

#: From how many pixels per day on a bar stands for how much time, finest first: none is thinner than three.
_STEPS: tuple[tuple[float, str, Tier], ...] = (
    (HOUR_ZOOM, "hour", Tier((), minutes=60)),
    (3.0, "day", Tier((), minutes=MINUTES_PER_DAY)),
    (0.45, "week", Tier((), minutes=7 * MINUTES_PER_DAY)),
    (0.0, "month", Tier((), months=1)),
)


@dataclass(frozen=True, slots=True, eq=False)
class Buckets:
    """Stretches of time between consecutive `edges` (instants), each an hour, a day, a week or a month."""

    edges: I64
    unit: str

    def when(self, at: int) -> str:
        """A bucket in words: `Mon 5 Apr 2027`, `the week from Mon 5 Apr 2027`."""
        start = int(self.edges[at])
        if self.unit == "day":
            return day_in_words(start)
        if self.unit == "hour":
            return f"the hour from {in_words(start)}"
        return f"the {self.unit} from {day_in_words(start)}"


def buckets_for(scale: Scale) -> Buckets:
    """The finest buckets that can be told apart, over the whole scale."""
    unit, tier = next((unit, tier) for least, unit, tier in _STEPS if scale.per_day >= least)
    bounds = [tier.floor(scale.origin)]
    while instant(bounds[-1]) < scale.end:
        bounds.append(tier.after(bounds[-1]))
    return Buckets(np.array([instant(each) for each in bounds], np.int64), unit)


@dataclass(frozen=True, slots=True, eq=False)
class Load:
    """Minutes of work by bucket: asked for, too much of it, and there; and what is too much in all."""

    work: F64
    over: F64
    there: F64
    excess: float

    @property
    def most(self) -> float:
        """The most that is asked for or there."""
        return float(max(self.work.max(initial=0.0), self.there.max(initial=0.0)))


def load_of(load: Workload, resource: int, buckets: Buckets) -> Load:
    """The load of the resource at a row. What is too much is that of the workload's stretches, minute by minute."""
    edges = buckets.edges
    work, there = load.demand(resource, edges), load.capacity(resource, edges)
    over = np.zeros(len(edges) - 1)
    for stretch in load.overload(resource):
        fine, much = _within(load, resource, (stretch.start, stretch.finish), edges)
        if much.sum() > 0:
            at = np.clip(np.searchsorted(edges, fine[:-1], side="right") - 1, 0, len(over) - 1)
            np.add.at(over, at, much * (stretch.excess / much.sum()))
    return Load(work, np.minimum(over, work), there, float(load.excess[resource]))


def _within(load: Workload, resource: int, ends: tuple[Instant, Instant], edges: I64) -> tuple[I64, F64]:
    """The instants within a stretch between which the same work goes on, and what is too much between them."""
    mine, hours = load.of_resource(resource), load.hours(resource)
    every = np.concatenate([edges, mine.start, mine.finish, hours.opens, hours.closes, np.array(ends)])
    fine = np.unique(every[(every >= ends[0]) & (every <= ends[1])]).astype(np.int64)
    asked = load.demand(resource, fine)
    return fine, np.maximum(asked - load.capacity(resource, fine), 0.0)


def days_away(load: Workload, resource: int, first: float, last: float) -> list[tuple[int, int]]:
    """The days, as instants from midnight to midnight, on which there is nobody."""
    begin, end = int(first // MINUTES_PER_DAY), -int(-last // MINUTES_PER_DAY)
    edges = np.arange(begin, end + 1, dtype=np.int64) * MINUTES_PER_DAY
    there = load.capacity(resource, edges)
    days = pairwise(edges.tolist())
    return [day for day, minutes in zip(days, there.tolist(), strict=True) if minutes == 0]

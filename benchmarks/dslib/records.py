"""What a project file of DSLIB says, beside its plan. Instants and durations are minutes, money is hundredths."""

from collections.abc import Mapping
from dataclasses import dataclass

from triptych.plan import Baseline, Instant, Plan
from triptych.plan.uncertainty import Range, Shape


@dataclass(frozen=True, slots=True)
class Profile:
    """How the duration of an activity may stray: a polygon of points (where, how likely), where in percent of the planned
    duration if `relative`, else in hours."""

    uid: int
    name: str
    points: tuple[tuple[float, float], ...]
    relative: bool = True

    @property
    def least(self) -> float:
        return self.points[0][0]

    @property
    def likely(self) -> float:
        return max(self.points, key=lambda each: each[1])[0]

    @property
    def most(self) -> float:
        return self.points[-1][0]

    def over(self, duration: int) -> Range:
        """The same as working minutes of an activity that was planned to take so many."""
        unit = duration / 100 if self.relative else 60.0
        return Range(self.least * unit, self.likely * unit, self.most * unit, Shape.TRIANGULAR)


@dataclass(frozen=True, slots=True)
class Price:
    """What an activity costs, in units of the currency: at once, as soon as it starts, and by working hour."""

    at_once: float = 0.0
    hourly: float = 0.0

    def plus(self, at_once: float, hourly: float) -> "Price":
        """The price with more on top."""
        return Price(self.at_once + at_once, self.hourly + hourly)

    def at(self, hours: float, *, started: bool = True) -> float:
        """What so many hours cost."""
        return started * self.at_once + self.hourly * hours


@dataclass(frozen=True, slots=True)
class Progress:
    """What was known of one activity at a status date: durations in working minutes, `complete` from 0 to 1. The actual
    and the remaining cost are what ProTrack plans for so much work, plus what the user typed as a deviation."""

    actual_start: Instant | None
    actual_duration: int
    remaining_duration: int
    complete: float
    actual_cost: float
    remaining_cost: float

    @property
    def is_done(self) -> bool:
        return self.actual_start is not None and self.complete >= 1


@dataclass(frozen=True, slots=True, eq=False)
class Period:
    """A tracking period: its status date, and the progress of each activity by uid."""

    name: str
    at: Instant
    progress: Mapping[int, Progress]

    @property
    def is_complete(self) -> bool:
        return bool(self.progress) and all(each.is_done for each in self.progress.values())


@dataclass(frozen=True, slots=True)
class Indices:
    """The sensitivity of one activity as ProTrack simulated it in the file, from 0 to 1."""

    ci: float
    si: float
    ssi: float
    cri_r: float
    cri_rho: float
    cri_tau: float


@dataclass(frozen=True, slots=True, eq=False)
class Tracked:
    """One project: the plan, its baseline as the file states it (dates, durations, costs, by uid), how its durations may
    stray, what happened, and what ProTrack itself computed. `prices` are those of the activities, by uid.

    `start_cpm` is ProTrack's own earliest start of each activity, working minutes since the project's start, without
    regard to resources. `runs` are the durations (working minutes) of its simulation's runs, `indices` its results.
    `faults` names everything that could not be read as it stands.
    """

    code: str
    name: str
    plan: Plan
    baseline: Baseline
    prices: Mapping[int, Price]
    profiles: Mapping[int, Profile]
    periods: tuple[Period, ...]
    start_cpm: Mapping[int, int]
    indices: Mapping[int, Indices]
    runs: tuple[float, ...]
    faults: tuple[str, ...]

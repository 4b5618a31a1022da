"""How often past forecasts held: whether their 80 % is 80 %, how wide they were, and which of two
forecasters is better.

What is said of a share supposes forecasts that have nothing to do with each other. Ten forecasts of one
project are not ten: take one of each, or those of one stage.
"""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from triptych.plan.quantities import MINUTES_PER_DAY
from triptych.plan.spelling import count

F64 = NDArray[np.float64]
#: 95 % of a normal distribution lie within so many standard deviations.
_NINETY_FIVE = 1.959964
#: Of fewer forecasts nothing is said but their number: one of eight more or less moves the share by an
#: eighth.
FEW = 8
#: Random assignments of two forecasters' names, and how many are made at a time.
_ASSIGNMENTS, _ABREAST = 10_000, 500


@dataclass(frozen=True, slots=True)
class Past:
    """One forecast and what came true: dates (instants) by confidence, and when it was finished. Scores,
    bias and width are measured in units of so many minutes: days, or the duration of each project where
    those differ in length."""

    dates: Mapping[float, int]
    finished: int
    unit: float = MINUTES_PER_DAY


class Verdict(enum.StrEnum):
    """What a share says about the confidence that was stated."""

    HOLDS = "holds"
    TOO_SELDOM = "too-seldom"
    TOO_OFTEN = "too-often"
    TOO_FEW = "too-few"


@dataclass(frozen=True, slots=True)
class Held:
    """How often the dates of one confidence held, with the 95 % interval of Wilson (1927) about the share,
    and the mean quantile score (units; Gneiting & Raftery, 2007): of two forecasters of the same things the
    one with the smaller is better."""

    confidence: float
    forecasts: int
    held: int
    low: float
    high: float
    score: float

    @property
    def share(self) -> float:
        return self.held / self.forecasts

    @property
    def is_within(self) -> bool:
        """Whether the confidence lies within the interval."""
        return self.low <= self.confidence <= self.high

    @property
    def verdict(self) -> Verdict:
        """Too few are fewer than FEW; and so few that a share of all, or of none, would lie within chance,
        if this one does."""
        if self.forecasts < FEW or (self.is_within and self.forecasts < least_to_tell(self.confidence)):
            return Verdict.TOO_FEW
        if self.is_within:
            return Verdict.HOLDS
        return Verdict.TOO_OFTEN if self.share > self.confidence else Verdict.TOO_SELDOM

    @property
    def is_calibrated(self) -> bool | None:
        """Whether they hold as often as stated, as far as can be told; None where there are too few to
        tell."""
        return None if self.verdict is Verdict.TOO_FEW else self.verdict is Verdict.HOLDS

    @property
    def by_chance(self) -> tuple[int, int]:
        """The fewest and the most that would have held by chance alone, were the confidence right: those
        whose interval holds it (95 % of the time, or a little more or less)."""
        middle = self.forecasts * self.confidence
        half = _NINETY_FIVE * float(np.sqrt(middle * (1 - self.confidence)))
        return int(np.ceil(middle - half - 1e-9)), int(np.floor(middle + half + 1e-9))

    @property
    def sentence(self) -> str:
        """`P80 held in 14 of 20 (70 %); by chance alone one would see 13 to 19: as stated, as far as can be
        told.`"""
        least, most = self.by_chance
        seen = (
            f"P{self.confidence * 100:.0f} held in {self.held} of {self.forecasts} ({100 * self.share:.0f} %)"
        )
        return f"{seen}; by chance alone one would see {least} to {most}: {_SAID[self.verdict]}."


_SAID = {
    Verdict.HOLDS: "as stated, as far as can be told",
    Verdict.TOO_SELDOM: "too seldom, the dates are too early",
    Verdict.TOO_OFTEN: "too often, the dates could be earlier",
    Verdict.TOO_FEW: "too few to tell",
}


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """All that is said of a forecaster, in units. `late` is the median of how much later than its P50 it
    was finished; negative where forecasts lean to the late side. `width` is the mean from P10 to P90: of
    two that hold as often, the narrower says more. None without those confidences."""

    held: tuple[Held, ...]
    late: float | None
    width: float | None

    @property
    def score(self) -> float:
        """The mean quantile score over its confidences. Raises ValueError where there are none."""
        if not self.held:
            raise ValueError("no forecast, or no confidence that all of them state")
        return sum(each.score for each in self.held) / len(self.held)

    def sentences(self, unit: str = "day") -> list[str]:
        """`unit` is the word for one."""
        told = [each.sentence for each in self.held]
        if self.late is not None:
            told.append(_leaning(self.late, unit))
        if self.width is not None:
            told.append(f"From P10 to P90 they reach over {_measured(self.width, unit)} on average.")
        return told


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two forecasters of the same things. `skill` is by what share the mean quantile score of the first is
    smaller than that of the second (Gneiting & Raftery, 2007): 1 is perfect, 0 no better, negative worse.
    `luck` is how often chance alone makes so great a difference: if both are equally good, each case could
    as well have gone the other way (randomisation; Fisher, 1935: The Design of Experiments). In how many
    cases the first was `better` decides nothing: who is too bold is nearer most times, and far off at
    others."""

    cases: int
    better: int
    skill: float
    luck: float

    @property
    def is_telling(self) -> bool:
        """Whether chance alone would seldom (less than one time in twenty) make such a difference."""
        return self.cases >= FEW and self.luck < 0.05

    @property
    def sentence(self) -> str:
        """`Over 20 cases the score of the first is 12 % better than that of the second: more than chance
        explains.`"""
        verdict = "more than chance explains" if self.is_telling else "chance alone may explain that"
        side = "better" if self.skill >= 0 else "worse"
        size = f"{100 * abs(self.skill):.0f} % {side}"
        return f"Over {count(self.cases, 'case')} the score of the first is {size} than that of the second: {verdict}."


def calibration(past: Sequence[Past]) -> tuple[Held, ...]:
    """Every confidence that all of the forecasts state, the least first."""
    return tuple(_held(past, confidence) for confidence in _common(past))


def track_record(past: Sequence[Past]) -> TrackRecord:
    """How often they held, on which side they lean and how wide they are."""
    stated = _common(past)
    late = float(np.median(_late(past, 0.5))) if 0.5 in stated else None
    width = float(np.mean(_late(past, 0.1) - _late(past, 0.9))) if {0.1, 0.9} <= set(stated) else None
    return TrackRecord(calibration(past), late, width)


def compare(one: Sequence[Past], other: Sequence[Past]) -> Comparison:
    """The first forecaster beside the second, over the confidences that both state; the same cases in the
    same order. Raises ValueError where they are not, or have no confidence in common."""
    if [(each.finished, each.unit) for each in one] != [(each.finished, each.unit) for each in other]:
        raise ValueError("the cases of the two forecasters differ")
    stated = _common([*one, *other])
    if not stated:
        raise ValueError("no forecast, or no confidence that all of them state")
    mine, theirs = _scores(one, stated), _scores(other, stated)
    total = float(theirs.sum())
    skill = 1 - float(mine.sum()) / total if total else -np.inf if mine.any() else 0.0
    return Comparison(len(mine), int((mine < theirs).sum()), skill, _luck(mine - theirs))


def least_to_tell(confidence: float) -> int:
    """From how many forecasts on it would show if all of them held, or none: 16 for 80 %, 35 for 90 %, and
    FEW at least. Of fewer, even the most extreme share lies within chance on one side (the interval of
    Wilson, for a share of 0 or 1)."""
    odds = max(confidence, 1 - confidence) / max(min(confidence, 1 - confidence), 1e-9)
    return max(FEW, int(np.floor(_NINETY_FIVE**2 * odds - 1e-9)) + 1)


def quantile_score(confidence: float, late: F64) -> F64:
    """What each date of a confidence costs that was missed by so much (late positive): that share of it
    where it was finished later, the rest of it where earlier. In the mean the true quantile costs least
    (Gneiting & Raftery, 2007, section 6.2)."""
    found: F64 = np.where(late > 0, confidence * late, (confidence - 1) * late)
    return found


def wilson(held: int, of: int) -> tuple[float, float]:
    """The 95 % interval about a share of a few (Wilson, 1927)."""
    share, z = held / of, _NINETY_FIVE
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * float(np.sqrt(share * (1 - share) / of + z * z / (4 * of * of)))
    return max(0.0, middle - half), min(1.0, middle + half)


def _common(past: Sequence[Past]) -> list[float]:
    return sorted(set.intersection(*(set(each.dates) for each in past))) if past else []


def _late(past: Sequence[Past], confidence: float) -> F64:
    """How much later than its date each was finished, in units."""
    found: F64 = np.array([(each.finished - each.dates[confidence]) / each.unit for each in past], np.float64)
    return found


def _scores(past: Sequence[Past], stated: list[float]) -> F64:
    """The score of each forecast, over all confidences."""
    found: F64 = np.mean([quantile_score(each, _late(past, each)) for each in stated], axis=0)
    return found


def _held(past: Sequence[Past], confidence: float) -> Held:
    late = _late(past, confidence)
    held = int((late <= 0).sum())
    score = float(quantile_score(confidence, late).mean())
    return Held(confidence, len(past), held, *wilson(held, len(past)), score)


def _leaning(late: float, unit: str) -> str:
    if not late:
        return "As many were finished before their P50 as after it."
    side = "later" if late > 0 else "earlier"
    return f"Half of them were finished {_measured(abs(late), unit)} {side} than their P50, or more."


def _measured(units: float, unit: str) -> str:
    spelled = f"{units:,.1f}".removesuffix(".0")
    return f"{spelled} {unit}" if spelled == "1" else f"{spelled} {unit}s"


def _luck(difference: F64) -> float:
    """In what share of random assignments of the two names the difference is as great, the one that was
    seen among them."""
    rng = np.random.Generator(np.random.PCG64(1))
    seen, as_great = abs(float(difference.sum())), 1
    for _ in range(_ASSIGNMENTS // _ABREAST):
        signs = rng.integers(0, 2, (_ABREAST, len(difference)), np.int8) * 2.0 - 1
        as_great += int((np.abs(signs @ difference) >= seen * (1 - 1e-9)).sum())
    return as_great / (_ASSIGNMENTS + 1)

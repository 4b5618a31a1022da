"""The answer: what runs and when, what is left out and why, and what limits it, as data and in sentences."""

from dataclasses import dataclass
from functools import cached_property

from triptych.engine.forecast.words import money
from triptych.plan import Diagnostic
from triptych.plan.portfolio import Candidate, Portfolio
from triptych.plan.spelling import count

from .model import Aim, Kind
from .words import gained


@dataclass(frozen=True, slots=True)
class Run:
    """A project that runs, from its first period to its last. `value` is what it is worth when it starts then, `cost`
    what of its money falls into the timeline."""

    candidate: Candidate
    start: int
    finish: int
    value: int
    cost: int


@dataclass(frozen=True, slots=True)
class Shortage:
    """What a project that is left out would need of a budget (money) or a role (people, in a period), and what is
    `free` of it beside what runs."""

    kind: Kind
    name: str
    period: int
    needs: int
    free: int


@dataclass(frozen=True, slots=True)
class Swap:
    """The best choice with a project that is left out, of those the one that is nearest to what runs: what goes, what
    comes beside it, what is moved to another start, and how much less it is worth in all; at most so much less where
    it is not `proved` to be the best."""

    goes: tuple[str, ...]
    comes: tuple[str, ...]
    moves: tuple[str, ...]
    loss: int
    proved: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A project that does not run, and why: `short` is what it lacks where it lacks least, if it starts in `start`.
    `swap` is what would let it in: None where that was not found in time, or where it is `ruled_out` in every choice."""

    candidate: Candidate
    start: int
    short: tuple[Shortage, ...]
    swap: Swap | None
    ruled_out: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Use:
    """How much of a budget (`period` −1) or of a role in a period is used. `keeps_out` names the projects that are
    left out and lack it."""

    kind: Kind
    name: str
    period: int
    used: int
    limit: int
    keeps_out: tuple[str, ...]

    @property
    def full(self) -> bool:
        return self.used >= self.limit


@dataclass(frozen=True, eq=False)
class Choice:
    """What to run: no other choice is worth more than `bound`, in hundredths of what `aim` counts; the same as `gain`
    where that is proved."""

    portfolio: Portfolio
    aim: Aim
    runs: tuple[Run, ...]
    left_out: tuple[LeftOut, ...]
    uses: tuple[Use, ...]
    gain: int
    bound: int
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def proved(self) -> bool:
        return self.bound <= self.gain

    @property
    def value(self) -> int:
        return sum(each.value for each in self.runs)

    @property
    def weight(self) -> int:
        return sum(each.candidate.weight for each in self.runs)

    @property
    def cost(self) -> int:
        return sum(each.cost for each in self.runs)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What runs."""
        return tuple(each.candidate.name for each in self.runs)

    def sentences(self) -> list[str]:
        """What to run, and whether anything is better."""
        sign = self.portfolio.currency
        many, of = len(self.runs), len(self.portfolio.candidates)
        weight = f" and {gained(self.portfolio, Aim.WEIGHT, self.weight)}" if self.weight else ""
        what = f"Run {'all' if many == of else many} of the {count(of, 'project')}"
        if not many:
            return ["Run nothing: none of the projects is worth it.", self._proof()]
        return [
            f"{what}: worth {money(self.value, sign)}{weight}, for {money(self.cost, sign)}.",
            self._proof(),
        ]

    def _proof(self) -> str:
        if self.proved:
            return f"No other choice within the limits has more {self.aim.words}."
        more = gained(self.portfolio, self.aim, self.bound - self.gain)
        return (
            f"The time was up before that was proved: another choice may have up to {more} more {self.aim.words}. "
            "Allow more seconds."
        )

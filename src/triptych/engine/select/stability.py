"""How stable a choice is when the estimates are wrong: it is made anew for each of many courses that the estimates may
take."""

import enum
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from triptych.plan.portfolio import Portfolio, Spreads
from triptych.plan.tables import I64

from .case import Case
from .chance import luck, quantiles
from .exact import Best, OutOfTime, best
from .model import Aim, Kind
from .solver import Problem
from .words import gained, names, percent, sentence

F64 = NDArray[np.float64]
#: Chosen in so many of ten draws, a project is sure; in as few as the rest, hopeless.
_SURE = 0.9
#: The confidence with which a reserve is told.
_CONFIDENCE = 0.8
#: The part of the time for a choice that each draw may take.
_PART = 0.1
#: Told how many draws are done, of how many; answers whether to go on.
Watch = Callable[[int, int], bool]


class Verdict(enum.StrEnum):
    """What the draws say of a project."""

    SURE = "sure"
    TORN = "torn"
    HOPELESS = "hopeless"


@dataclass(frozen=True, slots=True)
class Standing:
    """In what share of the draws a project is among the best choice, and whether it is today."""

    name: str
    share: float
    today: bool

    @property
    def verdict(self) -> Verdict:
        if self.share >= _SURE:
            return Verdict.SURE
        return Verdict.TORN if self.share > 1 - _SURE else Verdict.HOPELESS


@dataclass(frozen=True, eq=False)
class Stability:
    """Of `draws`, in how many today's choice keeps all limits (`kept`); in those `regret` is how much more the best
    choice would gain (hundredths, by draw). `breaks` tells what today's choice breaks, and in how many. `needed` is the
    share of the budgets that today's choice takes, by draw, in the year in which that is most. In `impossible` draws
    what must run fits no longer; they count in no share. `proved` is in how many of the others the answer is."""

    portfolio: Portfolio
    aim: Aim
    seed: int
    draws: int
    standings: tuple[Standing, ...]
    kept: int
    regret: I64
    breaks: tuple[tuple[str, int], ...]
    needed: F64
    impossible: int
    proved: int

    def sentences(self) -> list[str]:
        """Which projects are sure, how long today's choice lasts, and what it would cost to have chosen it."""
        told = []
        words = {
            Verdict.SURE: "sure (chosen in 9 draws of 10 or more)",
            Verdict.TORN: "torn",
            Verdict.HOPELESS: "hopeless",
        }
        for verdict, meaning in words.items():
            those = [each.name for each in self.standings if each.verdict is verdict]
            if those:
                is_or_are = "is" if len(those) == 1 else "are"
                told.append(sentence(f"{names(those, most=len(those))} {is_or_are} {meaning}"))
        return [*told, self._kept(), *self._regretted(), *self._reserved(), *self._failed()]

    def reserve(self, confidence: float) -> float:
        """The share of every budget that has to be added so that today's choice keeps all budgets with that
        confidence; nothing where they are enough."""
        if not len(self.needed):
            return 0.0
        return max(0.0, float(np.quantile(self.needed, confidence, method="higher")) - 1)

    def _kept(self) -> str:
        kept = f"Today’s choice keeps all limits in {percent(self.kept / self.draws)} of the draws"
        if self.breaks:
            what, times = self.breaks[0]
            kept += f"; what it breaks most often is {what} ({percent(times / self.draws)})"
        return f"{kept}."

    def _reserved(self) -> list[str]:
        more = self.reserve(_CONFIDENCE)
        if more <= 0:
            return []
        return [f"With {math.ceil(100 * more)}% more of every budget its money would last in {_CONFIDENCE:.0%} of the draws."]  # fmt: skip

    def _failed(self) -> list[str]:
        if not self.impossible:
            return []
        share = percent(self.impossible / self.draws)
        return [f"In {share} of the draws what must run exceeds a limit, whatever is left out; they count in no other share."]  # fmt: skip

    def _regretted(self) -> list[str]:
        if not len(self.regret):
            return []
        none = float(np.mean(self.regret == 0))
        mean = gained(self.portfolio, self.aim, round(float(self.regret.mean())))
        late = gained(self.portfolio, self.aim, round(float(np.quantile(self.regret, 0.9))))
        if none == 1:
            return ["Where it does, nothing would have been better."]
        return [f"Where it does, it is the best in {percent(none)}; hindsight would find {mean} more on average, and more than {late} in 1 of 10."]  # fmt: skip


def stability(case: Case, *, draws: int, seed: int = 1, watch: Watch = lambda *_: True) -> Stability:
    """Choose anew for each of so many draws of values, costs and needs.

    Each may take a tenth of the time for a choice. The same `seed` gives the same answer, and the same luck to a project whatever else is in the portfolio. Where
    `watch` says no, what has been drawn until then is told. Raises ValueError for fewer than one draw, for a portfolio
    without any choice and for one in which all is certain; OutOfTime.
    """
    if draws < 1 or not varies(case.model.portfolio):
        raise ValueError("one draw at least of something that is not certain")
    today = case.best()
    if today is None:
        raise ValueError("there is no choice to begin from")
    tally, courses = _Tally(case, today), _Courses.of(case, draws, seed)
    for number in range(draws):
        tally.count(courses.problem(number))
        if not watch(number + 1, draws):
            break
    return tally.whole(seed)


def varies(portfolio: Portfolio) -> bool:
    """Whether anything in it is uncertain."""
    return not all(
        each.certain for each in (portfolio.spreads, *(one.spreads for one in portfolio.candidates))
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Courses:
    """Factors by draw and column."""

    case: Case
    value: F64
    cost: F64
    need: F64

    @classmethod
    def of(cls, case: Case, draws: int, seed: int) -> "_Courses":
        def factors(what: str) -> F64:
            common = _factor(case.model.portfolio.spreads, what, "all", draws, seed)
            own = [
                _factor(each.spreads, what, f"candidate {each.name}", draws, seed)
                for each in case.model.portfolio.candidates
            ]
            found: F64 = (np.array(own) * common).T[:, case.model.candidate]
            return found

        return cls(case, factors("value"), factors("cost"), factors("need"))

    def problem(self, draw: int) -> Problem:
        """What to choose from in one draw: amounts are whole again, and what was held back may be spent."""
        model = self.case.model
        asked = model.problem(self.case.aim)
        matrix = asked.matrix.copy()
        for kind, factor in ((Kind.BUDGET, self.cost), (Kind.ROLE, self.need)):
            rows = self.case.rows(kind)
            matrix[rows] = np.rint(matrix[rows] * factor[draw])
        worth = self.case.aim is Aim.VALUE
        gain = np.rint(asked.gain * self.value[draw]).astype(np.int64) if worth else asked.gain
        most = asked.most.copy()
        most[self.case.rows(Kind.BUDGET)] += np.array(
            [each.reserve for each in model.portfolio.budgets], np.int64
        )
        return Problem(matrix, asked.least, most, gain)


def _factor(spreads: Spreads, what: str, name: str, draws: int, seed: int) -> F64:
    return quantiles(getattr(spreads, what), luck(seed, name, what, draws))


class _Tally:
    """What the draws add up to."""

    def __init__(self, case: Case, today: Best) -> None:
        self.case, self.today = case, today
        self.chosen: Counter[int] = Counter()
        self.breaks: Counter[str] = Counter()
        self.regret: list[int] = []
        self.needed: list[float] = []
        self.budgets = [each for each in case.rows(Kind.BUDGET).tolist() if case.model.most[each] > 0]
        self.draws = self.impossible = self.unknown = self.proved = 0

    def count(self, problem: Problem) -> None:
        """One more draw."""
        self.draws += 1
        used, broken = problem.matrix @ self.today.taken, problem.broken(self.today.taken).tolist()
        self.needed += [max(used[each] / problem.most[each] for each in self.budgets)] if self.budgets else []
        self.breaks.update({self._named(each) for each in broken})
        try:
            found = best(problem, (), self.case.solver, seconds=self.case.seconds * _PART)
        except OutOfTime:
            self.unknown += 1
            return
        if found is None:
            self.impossible += 1
            return
        self.proved += found.proved
        regret = found.gain - int(problem.gain[self.today.taken].sum())
        as_good = not broken and regret <= 0  # of two that gain as much, what is chosen today stays
        self.chosen.update(self.case.chosen(self.today.taken if as_good else found.taken))
        if not broken:
            self.regret.append(max(0, regret))

    def _named(self, row: int) -> str:
        about, portfolio = self.case.model.rows[row], self.case.model.portfolio
        if about.kind is Kind.BUDGET:
            return f"the budget of {portfolio.budgets[about.of].name}"
        return (
            f"the number of {list(portfolio.capacity)[about.of]} in {portfolio.timeline.name(about.period)}"
        )

    def whole(self, seed: int) -> Stability:
        """All of it."""
        portfolio, answered = self.case.model.portfolio, self.draws - self.impossible - self.unknown
        now = self.case.chosen(self.today.taken)
        standings = [
            Standing(each.name, self.chosen[number] / max(answered, 1), number in now)
            for number, each in enumerate(portfolio.candidates)
        ]
        return Stability(
            portfolio=portfolio,
            aim=self.case.aim,
            seed=seed,
            draws=self.draws,
            standings=tuple(sorted(standings, key=lambda each: (-each.share, each.name))),
            kept=len(self.regret),
            regret=np.array(self.regret, np.int64),
            breaks=tuple(sorted(self.breaks.items(), key=lambda each: (-each[1], each[0]))),
            needed=np.array(self.needed),
            impossible=self.impossible,
            proved=self.proved,
        )

"""What each amount of money buys: the efficient frontier (Markowitz, 1952) of a portfolio."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from triptych.engine.forecast.words import money
from triptych.plan.portfolio import Portfolio
from triptych.plan.tables import I64

from .case import Case
from .exact import Best, OutOfTime
from .model import Aim, Kind
from .solver import NO_LIMIT
from .words import gained, names

#: Points that lie closer than this share of all the money of the frontier are one.
GRAIN = Fraction(1, 50)
#: How finely the least money for a choice is looked for between two points.
_PARTS = 8


@dataclass(frozen=True, slots=True)
class Point:
    """With so much money, and no less, this is the best choice: what runs, and what comes and goes beside the point
    before. `share` is of today's budgets: all of them grow and shrink together. `money` and `gain` are hundredths."""

    share: Fraction
    money: int
    gain: int
    runs: tuple[str, ...]
    comes: tuple[str, ...]
    goes: tuple[str, ...]
    proved: bool


@dataclass(frozen=True, eq=False)
class Frontier:
    """The points from the least money to the most that buys anything; where the time was up before that, not the `whole` of
    them: less money than the first has was not looked at."""

    portfolio: Portfolio
    aim: Aim
    points: tuple[Point, ...]
    whole: bool = True

    @property
    def today(self) -> Point | None:
        """The last point that today's budgets pay for; None where they pay for none."""
        paid = [each for each in self.points if each.share <= 1]
        return paid[-1] if paid else None

    def sentences(self) -> list[str]:
        """What today's money buys, and what more of it would."""
        here = self.today
        if here is None and not self.whole:
            return ["The time was up before it was found what today’s budgets buy."]
        if here is None:
            return ["No choice can be paid for with today’s budgets."]
        told, further = [self._today(here)], [each for each in self.points if each.share > 1]
        if not further:
            return [*told, "More money buys nothing: people, or what goes with what, are the limit."]
        told.append(f"The next step is at {self._money(further[0].money)}: {self._step(here, further[0])}.")
        if len(further) > 1:
            told.append(
                f"All that money can buy is {self._of(further[-1])}, for {self._money(further[-1].money)}."
            )
        return told

    def _today(self, here: Point) -> str:
        held = " (without what is held back)" if any(each.reserve for each in self.portfolio.budgets) else ""
        less = f"; {self._money(here.money)} would be enough for that" if here.share < 1 else ""
        return f"Today’s budgets of {self._money(self.portfolio.budget)}{held} buy {self._of(here)}{less}."

    def _money(self, amount: int) -> str:
        return money(amount, self.portfolio.currency)

    def _of(self, point: Point) -> str:
        return gained(self.portfolio, self.aim, point.gain)

    def _step(self, before: Point, after: Point) -> str:
        more = gained(self.portfolio, self.aim, after.gain - before.gain)
        comes = f", with {names(after.comes)}" if after.comes else ""
        goes = f" and without {names(after.goes)}" if after.goes else ""
        return f"{more} more{comes}{goes}"


def frontier(case: Case, *, grain: Fraction = GRAIN) -> Frontier:
    """Where the best choice changes as all budgets of a case grow and shrink together, each in today's proportion.

    Solved from the most money down, so that every point is the best choice for its money. After a point the next is
    `grain` of all the money lower at least (0: every change is told), but for today's budgets; and none as good costs
    less than a point by more than an eighth of that. Budgets of nothing stay nothing. Where the time
    is up, it is not whole. Raises ValueError without budgets, OutOfTime before the first point.
    """
    if not has_money(case.model.portfolio):
        raise ValueError("a frontier needs a budget")
    found: list[tuple[Fraction, Best]] = []
    best = case.best(most=_unlimited(case))
    step, whole = Fraction(0) if best is None else _share(case, best) * grain, True
    try:
        _descend(case, best, step, found)
    except OutOfTime:
        if not found:
            raise
        whole = False
    found.reverse()
    return Frontier(case.model.portfolio, case.aim, tuple(_points(case, found)), whole)


def _descend(case: Case, best: Best | None, step: Fraction, found: list[tuple[Fraction, Best]]) -> None:
    """Add the points from a choice downwards. Raises OutOfTime."""
    while best is not None:
        share = _share(case, best)
        target = _target(share, step)
        below = (
            case.best(most=_within(case, target) if step else _less(case, share), then=()) if share else None
        )
        if below is None or below.gain < best.gain:
            found.append(_told(case, best, target if step else share, found))
        best = below


def has_money(portfolio: Portfolio) -> bool:
    """Whether there is any budget to vary."""
    return any(each.planned for each in portfolio.budgets)


def _told(
    case: Case, best: Best, low: Fraction, above: Sequence[tuple[Fraction, Best]]
) -> tuple[Fraction, Best]:
    """A choice as good for less, down to a share that is known to be too little; of those the one that is nearest to the
    point above."""
    share = _share(case, best)
    close = (share - low) / _PARTS
    while share - low > close and share > 0:
        middle = (low + share) / 2
        other = case.best(most=_within(case, middle), then=())
        if other is None or other.gain < best.gain:
            low = middle
        else:
            best, share = other, _share(case, other)
    if above:
        best = case.best(most=_within(case, share), then=[case.sameness(above[-1][1].taken)]) or best
    return _share(case, best), best


def _target(share: Fraction, step: Fraction) -> Fraction:
    """The share to look at next; today's is not passed by."""
    return Fraction(1) if share > 1 > share - step else share - step


def _points(case: Case, found: list[tuple[Fraction, Best]]) -> list[Point]:
    points: list[Point] = []
    before: frozenset[int] = frozenset()
    for share, best in found:
        now = case.chosen(best.taken)
        points.append(
            Point(
                share=share,
                money=math.ceil(share * case.model.portfolio.budget),
                gain=best.gain,
                runs=case.names(now),
                comes=case.names(now - before),
                goes=case.names(before - now),
                proved=best.proved,
            )
        )
        before = now
    return points


def _budgets(case: Case) -> list[int]:
    """The rows of budgets that are more than nothing."""
    return [row for row in case.rows(Kind.BUDGET).tolist() if case.model.most[row] > 0]


def _unlimited(case: Case) -> I64:
    most = case.model.most.copy()
    most[_budgets(case)] = NO_LIMIT
    return most


def _share(case: Case, best: Best) -> Fraction:
    """The least share of today's budgets that pays for a choice."""
    used = case.model.used(best.taken)
    return max(Fraction(int(used[row]), int(case.model.most[row])) for row in _budgets(case))


def _within(case: Case, share: Fraction) -> I64:
    """The limits with so much of the budgets, in whole hundredths."""
    most = case.model.most.copy()
    for row in _budgets(case):
        most[row] = math.floor(share * int(most[row]))
    return most


def _less(case: Case, share: Fraction) -> I64:
    """The limits with any less of the budgets."""
    most = case.model.most.copy()
    for row in _budgets(case):
        most[row] = math.ceil(share * int(most[row])) - 1
    return most

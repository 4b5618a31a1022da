"""The frontier, what more would buy, and how stable a choice is: each held to choosing anew."""

import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.engine.select.brute import choices, portfolios, spent, value
from tests.engine.select.small import candidate
from tests.engine.select.small import portfolio as portfolio_of
from triptych.engine.select import Choice, OutOfTime, case_of, choose
from triptych.engine.select.chance import luck, quantiles
from triptych.engine.select.frontier import GRAIN, frontier
from triptych.engine.select.highs import Highs
from triptych.engine.select.solver import Problem, Solved
from triptych.engine.select.stability import Verdict, stability
from triptych.engine.select.worth import worths
from triptych.plan.portfolio import Budget, Portfolio, Spreads
from triptych.plan.uncertainty import Choice as Few
from triptych.plan.uncertainty import Distribution, Range, Shape

COSTS = Few(((1, 1), (2, 1)))


WIDE = Spreads(value=Range(0.6, 1, 1.4))
TWO_THAT_MAY = portfolio_of(
    candidate("Sure", 90, 50), candidate("Likely", 55, 50, spreads=WIDE), candidate("Unlikely", 45, 50, spreads=WIDE),
    candidate("Hopeless", 2, 50), budget=100,
)  # fmt: skip


def best(portfolio: Portfolio, more: Fraction = Fraction(1)) -> int | None:
    return max((value(portfolio, each) for each in choices(portfolio, more)), default=None)


def has_money(portfolio: Portfolio) -> bool:
    return any(each.amount for each in portfolio.budgets)


@settings(max_examples=60)
@given(portfolios(most=4).filter(has_money), st.lists(st.fractions(0, 3, max_denominator=50), max_size=8))
def test_the_frontier_is_the_best_choice_for_every_amount_of_money(
    portfolio: Portfolio, shares: Sequence[Fraction]
) -> None:
    found = frontier(case_of(portfolio), grain=Fraction(0))
    points = found.points
    assert all(one.share < other.share and one.gain < other.gain for one, other in pairwise(points))
    for share in (*shares, *(each.share for each in points)):
        paid = [each.gain for each in points if each.share <= share]
        assert (paid[-1] if paid else None) == best(portfolio, share)
    coarse, exact = frontier(case_of(portfolio)).points, {each.gain: each.share for each in points}
    near = points[-1].share * GRAIN / 8 if points else 0
    assert all(exact[each.gain] <= each.share <= exact[each.gain] + near for each in coarse)
    assert [each.gain for each in coarse if each.share <= 1][-1:] == [
        each.gain for each in points if each.share <= 1
    ][-1:]


@settings(max_examples=60)
@given(portfolios(most=4))
def test_worth_is_what_choosing_anew_gains(portfolio: Portfolio) -> None:
    now = best(portfolio)
    assume(now is not None)
    for each in worths(case_of(portfolio), step=Fraction(1, 4)):
        assert now is not None
        if each.name in portfolio.capacity:
            there = {
                **portfolio.capacity,
                each.name: tuple(one + 100 for one in portfolio.capacity[each.name]),
            }
            richer = replace(portfolio, capacity=there)
        else:
            richer = replace(portfolio, budgets=tuple(_raised(one, each.name) for one in portfolio.budgets))
        then = best(richer)
        assert then is not None
        assert each.gain == then - now


def _raised(budget: Budget, name: str) -> Budget:
    return replace(budget, amount=budget.amount * 5 // 4) if name in ("", budget.name) else budget


@settings(max_examples=30)
@given(portfolios(most=4), st.integers(0, 99))
def test_stability_counts_what_choosing_anew_finds(portfolio: Portfolio, seed: int) -> None:
    """Every cost is as estimated or twice as high: two courses, each of which is chosen for by trying all."""
    doubled = replace(portfolio, spreads=Spreads(cost=COSTS))
    now = choose(portfolio, reasons=False)
    assume(isinstance(now, Choice))
    assert isinstance(now, Choice)
    found = stability(case_of(doubled), draws=8, seed=seed)
    twice = replace(
        portfolio,
        candidates=tuple(
            replace(each, cost=tuple(2 * one for one in each.cost)) for each in portfolio.candidates
        ),
    )
    worse = best(twice)
    fits = all(
        2 * spent(portfolio, {each.candidate.name: each.start for each in now.runs}, one) <= one.amount
        for one in portfolio.budgets
    )
    low = int((quantiles(COSTS, luck(seed, "all", "cost", 8)) == 1).sum())
    high = found.draws - low
    assert found.kept == low + (high if fits else 0)
    assert found.impossible == (high if worse is None else 0)
    expected = [0] * low + ([worse - now.value] * high if fits and worse is not None else [])
    assert sorted(found.regret.tolist()) == sorted(expected)


def test_the_surest_are_named_first_and_luck_stays_with_a_project() -> None:
    portfolio = TWO_THAT_MAY
    found = stability(case_of(portfolio), draws=200)
    assert [(each.name, each.verdict) for each in found.standings] == [
        ("Sure", Verdict.SURE), ("Likely", Verdict.TORN), ("Unlikely", Verdict.TORN), ("Hopeless", Verdict.HOPELESS),
    ]  # fmt: skip
    shares = {each.name: each.share for each in found.standings}
    assert 0.5 < shares["Likely"] < 0.9
    assert shares["Likely"] + shares["Unlikely"] == pytest.approx(1)
    again = stability(case_of(replace(portfolio, candidates=portfolio.candidates[::-1])), draws=200)
    assert {each.name: each.share for each in again.standings} == shares
    assert stability(case_of(portfolio), draws=200, seed=2).standings != found.standings
    assert found.sentences()[:3] == [
        "“Sure” is sure (chosen in 9 draws of 10 or more).", "“Likely” and “Unlikely” are torn.", "“Hopeless” is hopeless.",
    ]  # fmt: skip


def test_a_reserve_is_planned_with_by_nobody_and_spent_on_what_goes_wrong() -> None:
    asked = portfolio_of(
        candidate("One", 9, 50), candidate("Other", 8, 50), budgets=(Budget("2027", 0, 3, 10_000, 5_000),)
    )
    wrong = replace(asked, spreads=Spreads(cost=Few(((2, 1),))))
    found = stability(case_of(wrong), draws=3)
    assert [each.name for each in found.standings if each.today] == ["One"]
    assert (found.kept, found.reserve(0.8), found.regret.tolist()) == (3, 0, [0, 0, 0])
    without = replace(wrong, budgets=(Budget("2027", 0, 3, 5_000),))
    poor = stability(case_of(without), draws=3)
    assert (poor.kept, poor.reserve(0.8), poor.breaks) == (0, 1, (("the budget of 2027", 3),))
    assert "With 100% more of every budget its money would last in 80% of the draws." in poor.sentences()


class Tiring:
    """A solver that answers so many questions, and then none."""

    def __init__(self, most: int) -> None:
        self.left = most

    def solve(self, problem: Problem, *, seconds: float) -> Solved:
        self.left -= 1
        return (
            Highs().solve(problem, seconds=seconds)
            if self.left >= 0
            else Solved(None, math.inf, proved=False)
        )


def test_of_a_frontier_is_told_what_was_found_in_time() -> None:
    asked = portfolio_of(candidate("One", 9, 50), candidate("Two", 8, 40), candidate("Six", 7, 30), budget=50)
    whole = frontier(case_of(asked))
    assert whole.whole
    known = []
    for most in range(1, 80):
        try:
            found = frontier(case_of(asked, solver=Tiring(most)))
        except OutOfTime:
            continue
        assert [each.money for each in found.points] == [each.money for each in whole.points][
            len(whole.points) - len(found.points) :
        ]
        if not found.whole and found.today is None:
            assert found.sentences() == ["The time was up before it was found what today’s budgets buy."]
        known.append(len(found.points))
    assert known == sorted(known)
    assert (known[0], known[-1]) == (1, len(whole.points))


def test_of_a_little_more_is_told_what_was_found_in_time() -> None:
    budgets = (Budget("First half", 0, 1, 5_000), Budget("Second half", 2, 3, 5_000))
    asked = portfolio_of(candidate("One", 9, 50), candidate("Two", 8, 60), budgets=budgets)
    whole = {each.name: each for each in worths(case_of(asked))}
    known = []
    for most in range(1, 20):
        found = worths(case_of(asked, solver=Tiring(most)))
        known.append(sum(each.known for each in found))
        for each in found:
            assert each.known or each.sentence.endswith("before it was found what that would buy.")
            assert not each.known or (each.name, each.gain) == (each.name, whole[each.name].gain)
    assert known == sorted(known)
    assert set(known) == {0, 1, 2, 3}


def test_what_is_stopped_is_told_until_then() -> None:
    found = stability(case_of(TWO_THAT_MAY), draws=200, watch=lambda done, _: done < 5)
    assert found.draws == 5


@pytest.mark.parametrize(
    ("value", "share", "at"),
    [
        (Range(1, 1, 1), 0.3, 1),
        (Range(0, 1, 2), 0.5, 1),
        (Range(0, 1, 2), 0.125, 0.5),
        (Range(1, 2, 5, Shape.UNIFORM), 0.25, 2),
        (Range(1, 2, 4, Shape.LOGNORMAL), 0.9, 4),
        (Range(0, 5, 10, Shape.PERT), 0.5, 5),
        (Few(((1, 3), (7, 1))), 0.74, 1),
        (Few(((1, 3), (7, 1))), 0.76, 7),
    ],
)
def test_draws_are_those_of_forecasts(value: Distribution, share: float, at: float) -> None:
    assert quantiles(value, np.array([share]))[0] == pytest.approx(at, rel=2e-3)


def test_all_that_is_certain_is_refused() -> None:
    with pytest.raises(ValueError, match="not certain"):
        stability(case_of(portfolio_of(candidate("Only", 1, 1))), draws=10)

"""Portfolio choice, held to every choice there is and to cases that a manager would check by hand."""

import random
from collections.abc import Callable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.select.brute import Starts, choices, cost, portfolios, value, weight
from triptych.engine.select import Aim, Choice, choose
from triptych.plan.portfolio import Portfolio

MEASURES: dict[Aim, Callable[[Portfolio, Starts], int]] = {Aim.VALUE: value, Aim.WEIGHT: weight}


def starts(choice: Choice) -> Starts:
    return {each.candidate.name: each.start for each in choice.runs}


@given(portfolios(), st.sampled_from(Aim))
def test_no_choice_is_better_and_none_as_good_is_cheaper(portfolio: Portfolio, aim: Aim) -> None:
    every = list(choices(portfolio))
    found = choose(portfolio, aim, reasons=False)
    if aim is Aim.WEIGHT and portfolio.candidates and not any(each.weight for each in portfolio.candidates):
        assert not isinstance(found, Choice)
        assert "select.no-weight" in {each.code for each in found}
        return
    if not every:
        assert not isinstance(found, Choice)
        assert {each.code for each in found} <= {
            "select.budget-exceeded",
            "select.role-exceeded",
            "select.conflict",
        }
        return
    assert isinstance(found, Choice)
    assert starts(found) in every
    measure = MEASURES[aim]
    best = max((measure(portfolio, each), -cost(portfolio, each)) for each in every)
    assert (found.gain, -found.cost) == best
    assert found.proved
    assert (found.value, found.weight) == (value(portfolio, starts(found)), weight(portfolio, starts(found)))


@given(portfolios(), st.randoms(use_true_random=False))
def test_the_order_of_candidates_decides_nothing(portfolio: Portfolio, chance: random.Random) -> None:
    order = list(portfolio.candidates)
    chance.shuffle(order)
    found, again = (
        choose(each, reasons=False) for each in (portfolio, replace(portfolio, candidates=tuple(order)))
    )
    assert isinstance(found, Choice) == isinstance(again, Choice)
    if isinstance(found, Choice) and isinstance(again, Choice):
        assert starts(found) == starts(again)


@settings(max_examples=50)
@given(portfolios(most=4))
def test_a_swap_is_the_best_choice_with_the_project(portfolio: Portfolio) -> None:
    found = choose(portfolio)
    if not isinstance(found, Choice):
        return
    every = list(choices(portfolio))
    assert {each.candidate.name for each in found.left_out} == {
        each.name for each in portfolio.candidates
    } - set(found.names)
    for each in found.left_out:
        name = each.candidate.name
        gains = [value(portfolio, one) for one in every if name in one]
        assert (each.swap is None) == each.ruled_out == (not gains)
        if each.swap is not None:
            assert each.swap.loss == found.gain - max(gains)
            after = {*found.names, name, *each.swap.comes} - set(each.swap.goes)
            assert any(set(one) == after and value(portfolio, one) == max(gains) for one in every)
        for short in each.short:
            assert short.needs > short.free >= 0

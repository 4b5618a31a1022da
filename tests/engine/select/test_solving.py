"""What stands between a choice and a solver: exact sums, short times, and another solver."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from tests.engine.select.small import candidate, portfolio
from triptych.engine.select import Choice, choose, highs
from triptych.engine.select.highs import Highs
from triptych.engine.select.solver import NO_LIMIT, Problem, Solved
from triptych.plan.portfolio import Budget


@dataclass(slots=True)
class Hasty:
    """A solver whose time is always up: it has found the first column that may be taken, or nothing at all."""

    finds: bool = True
    asked: list[float] = field(default_factory=list)

    def solve(self, problem: Problem, *, seconds: float) -> Solved:
        self.asked.append(seconds)
        alone = np.eye(problem.matrix.shape[1], dtype=np.bool_) if self.finds else ()
        taken = next((each for each in alone if not len(problem.broken(each))), None)
        return Solved(taken, 30_000.0, proved=False)


def test_a_hundredth_too_much_is_too_much() -> None:
    """A billion and a billion, with a hundredth less than two: to a solver of floating-point numbers that is as good."""
    half, most = 10**11, 2 * 10**11
    asked = portfolio(candidate("One", 5, half // 100), candidate("Other", 4, half // 100))
    for budget, names in ((most, ("One", "Other")), (most - 1, ("One",))):
        found = choose(portfolio(*asked.candidates, budgets=(Budget("2027", 0, 3, budget),)))
        assert isinstance(found, Choice)
        assert (found.names, found.proved) == (names, True)


def test_a_hundredth_more_is_worth_more() -> None:
    little = [candidate(name, 10**9) for name in ("One", "Other")]
    best = choose(portfolio(candidate("All", 2 * 10**9, 1), *little, budget=1))
    assert isinstance(best, Choice)
    assert best.gain == 4 * 10**11


def test_a_problem_of_nothing_is_solved() -> None:
    none = np.zeros((1, 0), np.int64)
    limits = np.array([-NO_LIMIT]), np.array([NO_LIMIT])
    assert Highs().solve(Problem(none, *limits, np.zeros(0, np.int64)), seconds=1).taken is not None
    assert (
        Highs().solve(Problem(none, np.array([1]), limits[1], np.zeros(0, np.int64)), seconds=1).taken is None
    )


def test_a_choice_without_proof_says_how_much_better_another_may_be() -> None:
    hasty = Hasty()
    found = choose(portfolio(candidate("App", 100, 1), candidate("Quay", 200, 1)), solver=hasty, seconds=7)
    assert isinstance(found, Choice)
    assert (found.names, found.gain, found.bound, found.proved) == (("App",), 10_000, 30_000, False)
    assert found.sentences()[1] == (
        "The time was up before that was proved: another choice may have up to 200 more value. Allow more seconds."
    )
    assert (
        found.left_out[0].sentence
        == "“Quay” would fit with 200 more value: the time was up before that was found. It could run all the same."
    )
    assert (hasty.asked[0], hasty.asked[-1]) == (7, 0.35)  # the reasons share the time


def test_a_sum_that_is_less_than_the_bound_is_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """HiGHS 1.16 told the sum of one set and gave another, given a set to start from."""
    ways: list[Mapping[str, Any]] = []
    answers = iter([np.array([False]), np.array([True])])

    def solve(problem: Problem, options: Mapping[str, Any], _: Callable[[], bool]) -> tuple[Solved, bool]:
        ways.append(options)
        taken = next(answers)
        return Solved(taken, 5.0, proved=int(problem.gain[taken].sum()) == 5), True

    monkeypatch.setattr(highs, "_solve", solve)
    only = Problem(np.zeros((1, 1), np.int64), np.array([0]), np.array([9]), np.array([5]))
    found = Highs().solve(only, seconds=1)
    assert found.taken is not None
    assert (found.taken.tolist(), found.proved, [each.get("presolve") for each in ways]) == (
        [True],
        True,
        [None, "off"],
    )


def test_who_is_told_to_stop_answers_with_what_there_is() -> None:
    """Thirty limits on three hundred projects: minutes of work."""
    chance = np.random.default_rng(1)
    amounts = chance.integers(1, 1000, (30, 300))
    limits = np.full(30, -NO_LIMIT), amounts.sum(axis=1) // 3
    hard = Problem(amounts, *limits, chance.integers(1, 1000, 300))
    asked: list[bool] = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > 2

    found = Highs(cancelled).solve(hard, seconds=600)
    assert not found.proved
    assert len(asked) < 10


def test_no_choice_in_time_is_told() -> None:
    found = choose(portfolio(candidate("App", 100, 1)), solver=Hasty(finds=False), seconds=7)
    assert not isinstance(found, Choice)
    assert [each.code for each in found] == ["select.out-of-time"]
    assert "7 seconds" in found[0].message

"""Portfolios of a few projects over the four quarters of 2027."""

from collections.abc import Mapping
from typing import Any

from triptych.plan.portfolio import Budget, Candidate, Portfolio, Timeline, Unit, number_of

NO_ONE: Mapping[str, tuple[int, ...]] = {}


def candidate(
    name: str, value: int, *cost: int, need: Mapping[str, tuple[int, ...]] = NO_ONE, **more: Any
) -> Candidate:
    """Amounts in whole units and people, by quarter."""
    people = {role: tuple(100 * each for each in amounts) for role, amounts in need.items()}
    lasts = max([1, len(cost), *map(len, people.values())])
    return Candidate(
        name, 100 * value, cost=tuple(100 * each for each in cost), need=people, lasts=lasts, **more
    )


def portfolio(
    *candidates: Candidate, budget: int | None = None, capacity: Mapping[str, int] | None = None, **more: Any
) -> Portfolio:
    """Four quarters of 2027."""
    timeline = Timeline(Unit.QUARTER, number_of("2027 Q1", Unit.QUARTER), 4)
    budgets = () if budget is None else (Budget("2027", 0, 3, 100 * budget),)
    there = {role: (100 * people,) * 4 for role, people in (capacity or {}).items()}
    return Portfolio(timeline, candidates, **{"budgets": budgets, "capacity": there, **more})

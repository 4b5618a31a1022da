"""Every choice there is, tried one after another: what the solver must agree with."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from triptych.plan.portfolio import (
    Bond,
    Budget,
    Candidate,
    Dependency,
    Group,
    Portfolio,
    Timeline,
    Unit,
    number_of,
)

Starts = dict[str, int]
TIMELINE = Timeline(Unit.QUARTER, number_of("2027 Q1", Unit.QUARTER), 6)
ROLES = ("electrician", "diver")


def choices(portfolio: Portfolio, more: Fraction = Fraction(1)) -> Iterator[Starts]:
    """Every choice that keeps all demands, with `more` times the budgets: when each project that runs starts."""
    windows = [[None, *range(each.earliest, each.latest + 1)] for each in portfolio.candidates]
    for starts in product(*windows):
        chosen = {
            each.name: start
            for each, start in zip(portfolio.candidates, starts, strict=True)
            if start is not None
        }
        if keeps(portfolio, chosen, more):
            yield chosen


def keeps(portfolio: Portfolio, chosen: Starts, more: Fraction = Fraction(1)) -> bool:
    """Whether a choice keeps all demands."""
    who = {each.name: each for each in portfolio.candidates}
    return (
        all(each.name in chosen for each in portfolio.candidates if each.must)
        and all(spent(portfolio, chosen, budget) <= more * budget.amount for budget in portfolio.budgets)
        and all(
            sum(at(who[name].need.get(role, ()), period - start) for name, start in chosen.items())
            <= there[period]
            for role, there in portfolio.capacity.items()
            for period in range(portfolio.timeline.count)
        )
        and all(
            each.least
            <= sum(name in chosen for name in each.members)
            <= (99 if each.most is None else each.most)
            for each in portfolio.groups
        )
        and all(_bound(who, chosen, each) for each in portfolio.dependencies)
    )


def _bound(who: dict[str, Candidate], chosen: Starts, each: Dependency) -> bool:
    if each.project not in chosen:
        return True
    if each.on not in chosen:
        return False
    mine, other = chosen[each.project], chosen[each.on]
    if each.bond is Bond.STARTED:
        return other <= mine
    return each.bond is Bond.RUNS or other + who[each.on].lasts <= mine


def at(amounts: tuple[int, ...], place: int) -> int:
    return amounts[place] if 0 <= place < len(amounts) else 0


def spent(portfolio: Portfolio, chosen: Starts, budget: Budget) -> int:
    who = {each.name: each for each in portfolio.candidates}
    periods = range(budget.first, budget.last + 1)
    return sum(at(who[name].cost, period - start) for name, start in chosen.items() for period in periods)


def value(portfolio: Portfolio, chosen: Starts) -> int:
    who = {each.name: each for each in portfolio.candidates}
    return sum(
        who[name].value - (start - who[name].earliest) * who[name].cost_of_delay
        for name, start in chosen.items()
    )


def weight(portfolio: Portfolio, chosen: Starts) -> int:
    return sum(each.weight for each in portfolio.candidates if each.name in chosen)


def cost(portfolio: Portfolio, chosen: Starts) -> int:
    return spent(portfolio, chosen, Budget("", 0, portfolio.timeline.count - 1, 0))


@st.composite
def candidates(draw: st.DrawFn, name: str) -> Candidate:
    lasts = draw(st.integers(1, 3))
    earliest = draw(st.integers(-1, 3))
    amounts = st.lists(st.integers(0, 400), min_size=lasts, max_size=lasts).map(tuple)
    people = st.lists(st.sampled_from([0, 50, 100, 200]), max_size=lasts).map(tuple)
    return Candidate(
        name,
        value=draw(st.integers(-50, 999)),
        weight=draw(st.integers(0, 9)),
        cost=draw(amounts),
        need=draw(st.dictionaries(st.sampled_from(ROLES), people)),
        lasts=lasts,
        earliest=earliest,
        latest=earliest + draw(st.integers(0, 2)),
        must=draw(st.sampled_from([False, False, False, True])),
        cost_of_delay=draw(st.sampled_from([0, 0, 30])),
    )


@st.composite
def portfolios(draw: st.DrawFn, *, most: int = 5) -> Portfolio:
    """Small ones, of which some have no choice at all."""
    names = "ABCDE"[: draw(st.integers(1, most))]
    everyone = tuple(draw(candidates(name)) for name in names)
    budgets = [
        Budget("2027", 0, 3, draw(st.integers(0, 1500))),
        Budget("2028", 4, 5, draw(st.integers(0, 900))),
    ]
    if draw(st.booleans()):
        budgets.append(Budget("all years", 0, 5, draw(st.integers(0, 1800))))
    pairs = [(one, other) for one in names for other in names if one < other]  # no circles
    dependencies = draw(st.lists(st.sampled_from(pairs), max_size=2, unique=True)) if pairs else []
    groups = draw(st.lists(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True), max_size=2))
    return Portfolio(
        TIMELINE,
        everyone,
        budgets=tuple(budgets[: draw(st.integers(0, 3))]),
        capacity={
            role: tuple(draw(st.sampled_from([100, 150, 200, 300])) for _ in range(6)) for role in ROLES
        },
        groups=tuple(
            Group(f"group {at}", tuple(each), most=draw(st.integers(1, 2))) for at, each in enumerate(groups)
        ),
        dependencies=tuple(Dependency(*each, draw(st.sampled_from(Bond))) for each in dependencies),
    )

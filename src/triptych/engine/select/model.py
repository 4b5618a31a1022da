"""A portfolio as a problem for a solver: a column for each project and period in which it may start, a row for each
demand."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from triptych.plan.portfolio import Bond, Candidate, Dependency, Portfolio
from triptych.plan.tables import I64, Flags

from .solver import NO_LIMIT, Problem


class Aim(enum.StrEnum):
    """What a choice makes the most of."""

    VALUE = "value"
    WEIGHT = "weight"

    @property
    def words(self) -> str:
        return "value" if self is Aim.VALUE else "strategic weight"


class Kind(enum.Enum):
    """What a row is about: `Row.of` is a candidate, a budget, a role, a group or a dependency, by number."""

    CANDIDATE = enum.auto()
    BUDGET = enum.auto()
    ROLE = enum.auto()
    GROUP = enum.auto()
    DEPENDENCY = enum.auto()


@dataclass(frozen=True, slots=True)
class Row:
    """One demand: of what, and of a role or a dependency in which period. Columns take `amounts`, and all that are
    taken between `least` and `most` together."""

    kind: Kind
    of: int
    period: int
    amounts: I64
    least: int = -NO_LIMIT
    most: int = NO_LIMIT


@dataclass(frozen=True, eq=False)
class Model:
    """`candidate` and `start` are by column; `value`, `weight` and `cost` (all that is spent from period 0 to the last)
    too."""

    portfolio: Portfolio
    candidate: I64
    start: I64
    value: I64
    weight: I64
    cost: I64
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, portfolio: Portfolio) -> "Model":
        """The columns in the order of the candidates' names, so that their order in a file decides nothing."""
        numbers = sorted(range(len(portfolio.candidates)), key=lambda each: portfolio.candidates[each].name)
        options = [(each, start) for each in numbers for start in _starts(portfolio.candidates[each])]
        candidates = [portfolio.candidates[each] for each, _ in options]
        starts = [start for _, start in options]
        last = portfolio.timeline.count - 1
        columns = _Columns(portfolio, candidates, starts)
        return cls(
            portfolio=portfolio,
            candidate=_whole(each for each, _ in options),
            start=_whole(starts),
            value=_whole(each.value - (start - each.earliest) * each.cost_of_delay for each, start in zip(candidates, starts, strict=True)),
            weight=_whole(each.weight for each in candidates),
            cost=columns.spent(0, last),
            rows=tuple(columns.rows()),
        )  # fmt: skip

    @cached_property
    def matrix(self) -> I64:
        """Amounts by row and column."""
        return np.array([each.amounts for each in self.rows], np.int64).reshape(
            len(self.rows), len(self.start)
        )

    @cached_property
    def most(self) -> I64:
        """By row."""
        return _whole(each.most for each in self.rows)

    @cached_property
    def least(self) -> I64:
        """By row."""
        return _whole(each.least for each in self.rows)

    @cached_property
    def tie_breaks(self) -> tuple[I64, I64]:
        """Of choices that are worth as much the cheapest; of those the one that starts soonest, and takes what stands
        first by name."""
        names = sorted({each.name for each in self.portfolio.candidates})
        place = _whole(names.index(self.portfolio.candidates[each].name) for each in self.candidate)
        many = len(names) * (len(names) + 1) + 1
        return -self.cost, -(self._delay * many + place)

    @property
    def _delay(self) -> I64:
        earliest = _whole(self.portfolio.candidates[each].earliest for each in self.candidate)
        return self.start - earliest

    def gain(self, aim: Aim) -> I64:
        """What each column adds to the aim."""
        return self.value if aim is Aim.VALUE else self.weight

    def problem(self, aim: Aim) -> Problem:
        """What to solve."""
        return Problem(self.matrix, self.least, self.most, self.gain(aim))

    def columns_of(self, candidate: int) -> I64:
        """The columns of one candidate."""
        return np.flatnonzero(self.candidate == candidate)

    def used(self, taken: Flags) -> I64:
        """What a set of columns takes in every row."""
        return self.matrix @ taken.astype(np.int64)


def _whole(values: "Iterator[int] | list[int]") -> I64:
    return np.array(list(values), np.int64)


def _starts(candidate: Candidate) -> range:
    return range(candidate.earliest, candidate.latest + 1)


def within(amounts: tuple[int, ...], start: int, first: int, last: int) -> int:
    """What of amounts by period, the first of them in `start`, falls between two periods."""
    return sum(amounts[max(0, first - start) : max(0, last + 1 - start)])


@dataclass(frozen=True, slots=True)
class _Columns:
    """The candidate of each column and where it starts."""

    portfolio: Portfolio
    candidates: list[Candidate]
    starts: list[int]

    def spent(self, first: int, last: int) -> I64:
        """The money that each column takes from one period to another."""
        return _whole(within(each.cost, start, first, last) for each, start in zip(self.candidates, self.starts, strict=True))  # fmt: skip

    def rows(self) -> Iterator[Row]:
        yield from self._candidates()
        for number, budget in enumerate(self.portfolio.budgets):
            yield Row(Kind.BUDGET, number, -1, self.spent(budget.first, budget.last), most=budget.planned)
        yield from self._roles()
        yield from self._groups()
        yield from self._dependencies()

    def _candidates(self) -> Iterator[Row]:
        """Each starts once at most; what must run, once."""
        for number, each in enumerate(self.portfolio.candidates):
            yield Row(Kind.CANDIDATE, number, -1, self._of(each.name).astype(np.int64), int(each.must), 1)

    def _roles(self) -> Iterator[Row]:
        for number, (role, there) in enumerate(self.portfolio.capacity.items()):
            for period, people in enumerate(there):
                amounts = _whole(
                    within(each.need.get(role, ()), start, period, period)
                    for each, start in zip(self.candidates, self.starts, strict=True)
                )
                if amounts.any():
                    yield Row(Kind.ROLE, number, period, amounts, most=people)

    def _groups(self) -> Iterator[Row]:
        for number, group in enumerate(self.portfolio.groups):
            members = np.array([each.name in group.members for each in self.candidates], np.int64)
            yield Row(Kind.GROUP, number, -1, members, group.least, NO_LIMIT if group.most is None else group.most)  # fmt: skip

    def _dependencies(self) -> Iterator[Row]:
        """In every period: what has started by then does not count more than what it needs by then."""
        starts = _whole(self.starts)
        for number, each in enumerate(self.portfolio.dependencies):
            ready = self._ready(each)
            mine, other = self._of(each.project), self._of(each.on)
            periods = sorted(set(starts[mine].tolist()))
            for period in periods[-1:] if each.bond is Bond.RUNS else periods:
                begun = (mine & (starts <= period)).astype(np.int64)
                yield Row(Kind.DEPENDENCY, number, period, begun - (other & (ready <= period)), most=0)

    def _ready(self, dependency: Dependency) -> I64:
        """For each column the first period in which a project that needs it may start."""
        starts = _whole(self.starts)
        if dependency.bond is Bond.RUNS:
            return np.full(len(starts), -NO_LIMIT)
        if dependency.bond is Bond.STARTED:
            return starts
        return starts + _whole(each.lasts for each in self.candidates)

    def _of(self, name: str) -> NDArray[np.bool_]:
        return np.array([each.name == name for each in self.candidates], np.bool_)

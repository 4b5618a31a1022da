"""Which projects might be run, and what limits them: candidates, budgets, people, and what goes with what.

A value, as a plan is one. Money is hundredths of the currency, people are hundredths of a person, weights hundredths of
a point. Time is whole periods of a `Timeline`; period 0 is its first.
"""

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .uncertainty import CERTAIN, Distribution


class Unit(enum.StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        return {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}[self]


_SPELLED = {
    Unit.MONTH: re.compile(r"(\d{4})-(\d{2})"),
    Unit.QUARTER: re.compile(r"(\d{4}) ?[Qq]([1-4])"),
    Unit.YEAR: re.compile(r"(\d{4})()"),
}
_LIKE = {Unit.MONTH: "2027-04", Unit.QUARTER: "2027 Q2", Unit.YEAR: "2027"}


@dataclass(frozen=True, slots=True)
class Timeline:
    """`count` periods from `first` on, which is a number of periods since the year 0."""

    unit: Unit
    first: int
    count: int

    @property
    def in_a_year(self) -> int:
        return 12 // self.unit.months

    def year(self, period: int) -> int:
        """The year that a period is in."""
        return (self.first + period) // self.in_a_year

    def first_month(self, period: int) -> tuple[int, int]:
        """The year and the month (1 to 12) with which a period begins."""
        number = (self.first + period) * self.unit.months
        return number // 12, number % 12 + 1

    def name(self, period: int) -> str:
        """`2027 Q2`, `2027-04` or `2027`."""
        year, month = self.first_month(period)
        if self.unit is Unit.QUARTER:
            return f"{year} Q{month // 3 + 1}"
        return f"{year}-{month:02}" if self.unit is Unit.MONTH else str(year)

    def period(self, text: str) -> int:
        """The inverse of `name`. Raises ValueError."""
        return number_of(text, self.unit) - self.first


def number_of(text: str, unit: Unit) -> int:
    """Periods since the year 0 of one that is spelled `2027 Q2`, `2027-04` or `2027`. Raises ValueError."""
    match = _SPELLED[unit].fullmatch(text.strip())
    place = int(match[2] or 1) if match else 0
    in_a_year = 12 // unit.months
    if match is None or not 1 <= place <= in_a_year:
        raise ValueError(f"“{text}” is not a {unit} such as {_LIKE[unit]}")
    return int(match[1]) * in_a_year + place - 1


@dataclass(frozen=True, slots=True)
class Spreads:
    """How wrong estimates may be: factors of the value, of all costs and of all needs."""

    value: Distribution = CERTAIN
    cost: Distribution = CERTAIN
    need: Distribution = CERTAIN

    @property
    def certain(self) -> bool:
        return self == AS_ESTIMATED


AS_ESTIMATED = Spreads()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A project that may be run. It lasts `lasts` periods and starts in one from `earliest` to `latest`, before period
    0 if it has begun already: what it took until then is spent, and limits nothing.

    `cost` is money and `need` people by role, by period from its start; later periods take nothing. `value` is what it
    is worth when it starts in its earliest period, and `cost_of_delay` how much less with each period after it.
    `weight` is its strategic weight. A `must` runs in every choice.
    """

    name: str
    value: int = 0
    weight: int = 0
    cost: tuple[int, ...] = ()
    need: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    lasts: int = 1
    earliest: int = 0
    latest: int = 0
    must: bool = False
    cost_of_delay: int = 0
    spreads: Spreads = AS_ESTIMATED


@dataclass(frozen=True, slots=True)
class Budget:
    """No more than `amount` is spent from period `first` to `last`; `name` is that of the year. Of it `reserve` is held
    back: nothing is planned with it, it is there for what goes wrong."""

    name: str
    first: int
    last: int
    amount: int
    reserve: int = 0

    @property
    def planned(self) -> int:
        """What may be planned with."""
        return self.amount - self.reserve


@dataclass(frozen=True, slots=True)
class Group:
    """Of these candidates at least so many run, and at most so many: of two that exclude each other, one."""

    name: str
    members: tuple[str, ...]
    least: int = 0
    most: int | None = 1


class Bond(enum.StrEnum):
    """What one project asks of another: that it runs too, has started no later, or has finished before."""

    RUNS = "runs"
    STARTED = "started"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Dependency:
    """`project` is run only with the project `on`, and not before what `bond` says of it."""

    project: str
    on: str
    bond: Bond = Bond.RUNS


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Candidates and what limits them. `capacity` is how many people of each role there are, by period. A budget named
    `ALL_YEARS` spans the whole timeline. Its `spreads` are felt by all candidates at once, besides their own."""

    timeline: Timeline
    candidates: tuple[Candidate, ...]
    budgets: tuple[Budget, ...] = ()
    capacity: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    spreads: Spreads = AS_ESTIMATED
    currency: str = ""

    @property
    def budget(self) -> int:
        """All the money to plan with: that of all years, or what the others add up to."""
        whole = [each.planned for each in self.budgets if each.name == ALL_YEARS]
        return whole[0] if whole else sum(each.planned for each in self.budgets)


#: The name of the budget for all years together.
ALL_YEARS = "all years"

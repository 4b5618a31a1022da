"""What is not certain about a plan: how long its tasks may take, what may happen, and what several tasks feel together.

A value beside the plan, by the tasks' uids. Naming a summary means every task below it. Amounts of time are working
minutes, of money hundredths of the currency, probabilities and weights numbers from 0 to 1.
"""

import enum
from dataclasses import dataclass, replace


class Shape(enum.StrEnum):
    """How likely the values between the least and the greatest are.

    `TRIANGULAR`: three straight sides. `PERT`: the beta distribution with mean (least + 4 likely + most) / 6 (Malcolm
    and others, 1959). `UNIFORM`: all alike. `LOGNORMAL`: `likely` is the median, one in ten lies above `most`
    (`least` is not looked at).
    """

    TRIANGULAR = "triangular"
    PERT = "pert"
    UNIFORM = "uniform"
    LOGNORMAL = "lognormal"


@dataclass(frozen=True, slots=True)
class Range:
    """Three points and a shape. Where they are factors, 1.0 is the plan."""

    least: float
    likely: float
    most: float
    shape: Shape = Shape.TRIANGULAR

    def times(self, factor: float) -> "Range":
        """The same range of something so many times as large."""
        return replace(self, least=self.least * factor, likely=self.likely * factor, most=self.most * factor)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few values, each with its weight: 3 days or, one time in five, 10."""

    values: tuple[tuple[float, float], ...]

    def times(self, factor: float) -> "Choice":
        """The same choice of something so many times as large."""
        return Choice(tuple((value * factor, weight) for value, weight in self.values))


Distribution = Range | Choice

#: No uncertainty: the plan as it is.
CERTAIN = Range(1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Estimate:
    """The working minutes that one task takes, whole; what is done of it is done, and the rest varies in proportion."""

    task: int
    minutes: Distribution


@dataclass(frozen=True, slots=True)
class Spread:
    """How far the tasks of one class stray from their durations, as a factor. Of several that name a task the last
    counts, before all an estimate; without `tasks`, every task of the plan."""

    factor: Distribution
    tasks: tuple[int, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a risk does where it strikes: each of its tasks takes so many working minutes longer, or times as long;
    and so many hundredths of the currency are spent, once."""

    probability: float
    delay: Distribution | None = None
    factor: Distribution | None = None
    cost: Distribution | None = None


@dataclass(frozen=True, slots=True)
class Risk:
    """Something that may happen. `response` is what is left of it after the answer to it, which costs `price`
    (hundredths). Once answered, it has no `response` any more, and the price is spent for certain."""

    name: str
    effect: Effect
    tasks: tuple[int, ...] = ()
    response: Effect | None = None
    price: int = 0


@dataclass(frozen=True, slots=True)
class Factor:
    """Something that several tasks feel at once: the weather, a supplier, the skill of the estimators. One draw
    multiplies the durations of all its tasks (without any: of the whole plan), so they stray together."""

    name: str
    factor: Distribution
    tasks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """One of several ways in which a plan may go on: its tasks take no time where another way is gone."""

    name: str
    weight: float
    tasks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A fork of the plan: one of its `ways` is gone, in proportion to their weights."""

    name: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """All that is not certain about a plan."""

    estimates: tuple[Estimate, ...] = ()
    spreads: tuple[Spread, ...] = ()
    risks: tuple[Risk, ...] = ()
    factors: tuple[Factor, ...] = ()
    branches: tuple[Branch, ...] = ()

    def after_response(self) -> "Uncertainty":
        """The same once every risk that has an answer has been answered; a risk without one stays as it is."""
        return replace(
            self,
            risks=tuple(
                each if each.response is None else replace(each, effect=each.response, response=None)
                for each in self.risks
            ),
        )

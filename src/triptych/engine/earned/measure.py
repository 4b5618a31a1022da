"""A measure of earned value: a number with the formula that it comes of, or the reason why there is none.

Measures are computed with as they are written: `ev / ac` divides, and keeps its words (`EV / AC`) and its numbers
(`25,706 / 25,566`). What cannot be computed makes everything that asks for it impossible too, for the same reason, so
that no index is ever made up. Amounts are hundredths of the currency or minutes of work, times are working minutes.
"""

import enum
from collections.abc import Callable
from dataclasses import dataclass, replace

from triptych.plan import Instant
from triptych.plan.spelling import day_in_words


class Reason(enum.StrEnum):
    """Why a measure cannot be computed."""

    NO_BASELINE = "no-baseline"
    NO_DATE = "no-status-date"
    NO_VALUE = "no-value-in-baseline"
    NO_HOURS = "no-working-time"
    NOT_STARTED = "not-started"
    NOTHING_PLANNED = "nothing-planned-yet"
    NOTHING_EARNED = "nothing-earned-yet"
    NOTHING_SPENT = "nothing-spent-yet"
    ACTUAL_UNKNOWN = "actual-unknown"
    BUDGET_SPENT = "budget-spent"
    FINISHED = "finished"
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why not: a code for programs and a sentence for people."""

    reason: Reason
    sentence: str


class Kind(enum.StrEnum):
    """What a measure counts: money (hundredths), work (minutes), a ratio, or working time (minutes)."""

    MONEY = "money"
    WORK = "work"
    INDEX = "index"
    TIME = "time"


_ZERO = Fault(Reason.ZERO, "It would divide by zero.")
#: How tightly the parts of a formula hold together: sums, products, single symbols.
_SUM, _PRODUCT, _ATOM = 0, 1, 2
MINUS = "−"


@dataclass(frozen=True, slots=True)
class Term:
    """A formula in its three forms: what it comes to, its words and its numbers; `fault` where it comes to nothing.
    `zero` is what it means when it is divided by while it is 0."""

    value: float
    words: str
    numbers: str
    rank: int = _ATOM
    fault: Fault | None = None
    zero: Fault = _ZERO

    def __add__(self, other: "Term") -> "Term":
        return self._with(other, "+", _SUM, lambda a, b: a + b)

    def __sub__(self, other: "Term") -> "Term":
        return self._with(other, "−", _SUM, lambda a, b: a - b)

    def __mul__(self, other: "Term") -> "Term":
        return self._with(other, "×", _PRODUCT, lambda a, b: a * b)

    def __truediv__(self, other: "Term") -> "Term":
        if other.fault is None and other.value == 0:
            other = replace(other, fault=other.zero, value=1.0)
        return self._with(other, "/", _PRODUCT, lambda a, b: a / b)

    def meaning(self, zero: Fault) -> "Term":
        """The same, with what it means to divide by it while it is 0."""
        return replace(self, zero=zero)

    def unless(self, fails: bool, fault: Fault) -> "Term":
        """The same, but not to be computed where `fails` and nothing else stood in the way."""
        return replace(self, fault=fault) if fails and self.fault is None else self

    def _with(self, other: "Term", sign: str, rank: int, compute: Callable[[float, float], float]) -> "Term":
        fault = self.fault or other.fault
        value = 0.0 if fault else compute(self.value, other.value)
        return Term(
            value,
            f"{_held(self, self.words, rank)} {sign} {_held(other, other.words, rank + 1)}",
            f"{_held(self, self.numbers, rank)} {sign} {_held(other, other.numbers, rank + 1)}",
            rank,
            fault,
            self.zero if rank == _PRODUCT and self.fault is None and self.value == 0 else other.zero,
        )


def _held(term: Term, text: str, rank: int) -> str:
    """The text, in brackets where it would fall apart or begins with a sign."""
    return f"({text})" if term.rank < rank or (text[0] == MINUS and rank > _SUM) else text


def constant(value: float) -> Term:
    """A number that stands in a formula."""
    return Term(value, f"{value:g}", f"{value:g}")


def larger(left: Term, right: Term) -> Term:
    """The larger of two."""
    return Term(
        max(left.value, right.value),
        f"max({left.words}, {right.words})",
        f"max({left.numbers}, {right.numbers})",
        _ATOM,
        left.fault or right.fault,
    )


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. `value` is None where `fault` says why. `date` is the instant that a time since the start comes to,
    where it is one. `sentence` is the formula with its numbers, or why there is none."""

    name: str
    symbol: str
    kind: Kind
    value: float | None
    spelled: str
    formula: str
    filled: str
    fault: Fault | None = None
    date: Instant | None = None

    @property
    def sentence(self) -> str:
        """`CPI = EV / AC = 25,706 / 25,566 = 1.005`."""
        if self.fault is not None:
            return f"{self.symbol} cannot be computed: {self.fault.sentence}"
        said = [each for each in (self.symbol, self.formula, self.filled, self.spelled) if each]
        when = "" if self.date is None else f", {day_in_words(self.date)}"
        return " = ".join(dict.fromkeys(said)) + when

    def term(self, zero: Fault = _ZERO) -> Term:
        """The measure as a symbol in other formulas; `zero` is what it means when it is divided by while it is 0."""
        return Term(self.value or 0.0, self.symbol, self.spelled, _ATOM, self.fault, zero)


@dataclass(frozen=True, slots=True)
class Speller:
    """How amounts and times are written; without the sign of the currency, for formulas are long enough."""

    minutes_per_day: int = 480

    def spell(self, value: float, kind: Kind) -> str:
        """`25,706`, `1,204.5 h`, `1.005`, `12.5 d`."""
        match kind:
            case Kind.MONEY:
                return _decimals(value / 100, 0 if abs(value) >= 100_000 else 2)
            case Kind.WORK:
                return f"{_decimals(value / 60, 1)} h"
            case Kind.TIME:
                return f"{_decimals(value / self.minutes_per_day, 1)} d"
        return f"{value:,.3f}".replace("-", MINUS)

    def measure(self, name: str, symbol: str, kind: Kind, term: Term) -> Measure:
        """The measure that a formula comes to."""
        if term.fault is not None:
            return Measure(name, symbol, kind, None, "–", term.words, "", term.fault)
        spelled = self.spell(term.value, kind)
        return Measure(name, symbol, kind, term.value, spelled, term.words, term.numbers)

    def given(self, name: str, symbol: str, kind: Kind, value: float, fault: Fault | None = None) -> Measure:
        """A measure that no formula makes."""
        if fault is not None:
            return Measure(name, symbol, kind, None, "–", "", "", fault)
        return Measure(name, symbol, kind, value, self.spell(value, kind), "", "")


def _decimals(value: float, most: int) -> str:
    text = f"{value:,.{most}f}"
    if set(text) <= set("-0.,"):
        text = text.removeprefix("-")
    return text.replace("-", MINUS).removesuffix(".00").removesuffix(".0")

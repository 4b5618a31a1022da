"""Text files (TOML) that a person writes, entry by entry: each field is read once, and what is wrong is collected."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from triptych.plan import Diagnostic
from triptych.plan.amounts import MOST_MONEY
from triptych.plan.diagnostics import error
from triptych.plan.spelling import meant
from triptych.plan.uncertainty import Choice, Distribution, Range, Shape

_Value = TypeVar("_Value")
_Default = TypeVar("_Default")
Read = Callable[[Any], float]


@dataclass(slots=True)
class Entry:
    """A table of the file and where it stands. `family` begins the codes of its faults."""

    fields: Mapping[str, Any]
    place: str
    found: list[Diagnostic]
    family: str
    asked: set[str] = field(default_factory=set, init=False)

    def get(self, name: str, read: Callable[[Any], _Value], default: _Default) -> _Value | _Default:
        """A field as `read` makes it; the default where it is absent or wrong, which is told."""
        self.asked.add(name)
        if name not in self.fields:
            return default
        try:
            return read(self.fields[name])
        except (TypeError, ValueError) as fault:
            self.fault("bad-value", str(fault), name)
            return default

    def need(self, name: str, read: Callable[[Any], _Value], default: _Default) -> _Value | _Default:
        """The same for a field that may not be absent."""
        if name not in self.fields:
            self.asked.add(name)
            self.fault("missing-field", f"there is no “{name}”; every such entry needs one", "")
            return default
        return self.get(name, read, default)

    def fault(self, code: str, message: str, name: str) -> None:
        """Tell that something is wrong with a field, or with the entry."""
        where = f"{self.place}, {name}" if name else self.place
        self.found.append(
            error(
                f"{self.family}.{code}",
                f"{message[:1].upper()}{message[1:]}{'' if message.endswith('?') else '.'}",
                where,
            )
        )

    def close(self) -> None:
        """Tell of fields that nobody asked for: a misspelled one would silently do nothing."""
        for name in self.fields.keys() - self.asked:
            known = ", ".join(sorted(self.asked))
            self.fault(
                "unknown-field",
                f"“{name}” is not a field here{meant(name, self.asked)}; there are {known}",
                "",
            )


def word(value: Any) -> str:
    """A name."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("a name is text between quotation marks")
    return value.strip()


def share(value: Any) -> float:
    """A probability or a factor: 0.3 or "30%". Raises ValueError outside 0 to 1."""
    number = factor(value)
    if not 0 <= number <= 1:
        raise ValueError(f"a probability lies between 0 and 1, or 0% and 100%; {value} does not")
    return number


def factor(value: Any) -> float:
    """A number or a percentage, at least nothing."""
    try:
        number = float(value[:-1]) / 100 if isinstance(value, str) and value.endswith("%") else float(value)
    except (TypeError, ValueError):
        raise ValueError(f"{value!r} is not a number such as 1.2 or 120%") from None
    if not 0 <= number < 1e6:  # also not a number at all
        raise ValueError(f"{value} is not a number from 0 on")
    return number


def hundredths(value: Any) -> int:
    """An amount, at least nothing, in hundredths: of money, of people, of points."""
    number = signed_hundredths(value)
    if number < 0:
        raise ValueError(f"{value} is not a number from 0 on")
    return number


def signed_hundredths(value: Any) -> int:
    """The same of an amount that may be less than nothing."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"{value!r} is not a number such as 1200 or 1200.50") from None
    if not number.is_finite() or abs(number) * 100 > MOST_MONEY:
        raise ValueError(f"{value} is beyond a trillion")
    return round(number * 100)


def distribution(entry: Entry, name: str, unit: Read, default: Distribution) -> Distribution:
    """Three points with the entry's `shape`, one value, or several values with their weights."""
    of = entry.get("shape", shape, Shape.TRIANGULAR)
    return entry.need(name, lambda value: _points(value, unit, of), default)


def shape(value: Any) -> Shape:
    """One of the shapes of distributions."""
    try:
        return Shape(value)
    except ValueError:
        raise ValueError(f"“{value}” is not a shape; there are {', '.join(Shape)}") from None


def _points(value: Any, unit: Read, of: Shape) -> Distribution:
    if isinstance(value, dict):
        pairs = tuple((unit(key), factor(weight)) for key, weight in value.items())
        if not sum(weight for _, weight in pairs) > 0:
            raise ValueError("the weights add up to nothing")
        return Choice(pairs)
    parts = value.split() if isinstance(value, str) else value if isinstance(value, list) else [value]
    points = [unit(each) for each in parts]
    if len(points) == 1:
        return Range(points[0], points[0], points[0], of)
    if len(points) != 3 or not points[0] <= points[1] <= points[2]:
        raise ValueError(f"“{value}” is not one value or three, least, likely and most, in this order")
    least, likely, most = points
    return Range(least, likely, most, of)

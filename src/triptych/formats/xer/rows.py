"""One row of an XER table as typed fields: a bad value is reported with its line, and read as absent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from triptych.plan import Diagnostic, Instant, parse_instant
from triptych.plan.diagnostics import error, warning

_Kind = TypeVar("_Kind")

#: Control characters; P6 writes a line break within a text as two of the last.
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
#: Whole numbers that a float holds exactly.
_EXACT = (-(2**53), 2**53)
#: A century of hours: more is a typing error.
MOST_HOURS = 36_600 * 24
_SHOWN = 40


@dataclass(slots=True, eq=False)
class Heading:
    """The columns of a table as one %F line names them; `read` are those that someone has asked for."""

    table: str
    columns: list[str]
    found: list[Diagnostic]
    index: dict[str, int] = field(init=False)
    rows: list["Row"] = field(default_factory=list)
    read: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.index = {name: at for at, name in reversed(list(enumerate(self.columns)))}


@dataclass(slots=True, eq=False)
class Row:
    """The cells of one row by column. Asking for one notes the column as understood."""

    heading: Heading
    cells: list[str]
    line: int

    @property
    def place(self) -> str:
        key = self.cells[0].strip()[:_SHOWN]
        return f"line {self.line}, {self.heading.table}" + (
            f" {self.heading.columns[0]} {key}" if key else ""
        )

    def complete(self) -> None:
        """As many cells as columns: empty ones at the end may be missing; what stands beyond the last is lost."""
        width = len(self.heading.columns)
        extra = [each for each in self.cells[width:] if each.strip()]
        if extra:
            self.report(
                "xer.extra-cells",
                f"The row has {len(self.cells)} cells for {width} columns; those beyond the last are left out. A tab "
                "within a text shifts what follows it: check this row.",
            )
        self.cells = self.cells[:width] + [""] * (width - len(self.cells))

    def report(self, code: str, message: str) -> None:
        """Report something about this row."""
        self.heading.found.append(warning(code, message, self.place))

    def refuse(self, code: str, message: str) -> None:
        """Report that this row, which the plan cannot do without, is lost."""
        self.heading.found.append(error(code, message, self.place))

    def raw(self, name: str) -> str:
        """The cell as it stands."""
        self.heading.read.add(name)
        at = self.heading.index.get(name)
        return "" if at is None else self.cells[at]

    def text(self, name: str) -> str:
        """The cell on one line; quotes stand doubled in the file."""
        value = self.raw(name).strip()
        if not value.isprintable():
            value = _CONTROL.sub(" ", value).strip()
        return value.replace('""', '"')

    def flag(self, name: str) -> bool:
        return self.raw(name).strip().upper() == "Y"

    def choice(self, name: str, kinds: Mapping[str, _Kind], default: _Kind) -> _Kind:
        """One of the words of an enumeration, given in lower case; an unknown word is reported."""
        word = self.raw(name).strip()
        if word and word.lower() not in kinds:
            shown = _short(word)
            self.report(
                "xer.unknown-word",
                f"{name} is “{shown}”, which Triptych does not know; it is read as absent.",
            )
        return kinds.get(word.lower(), default)

    def number(self, name: str, *, within: tuple[float, float] = _EXACT) -> float | None:
        text = self.raw(name).strip()
        if not text:
            return None
        try:
            value = as_number(text)
        except ValueError:
            value = float("nan")
        if not within[0] <= value <= within[1]:  # nor is NaN
            bounds = "" if within is _EXACT else f" from {within[0]:g} to {within[1]:g}"
            self._bad(name, text, f"number{bounds}")
            return None
        return value

    def key(self, name: str) -> int | None:
        """A row's number, its own or another's."""
        text = self.raw(name).strip()
        if not text:
            return None
        try:
            value = int(text) if len(text) <= _SHOWN and "_" not in text else None
        except ValueError:
            value = None
        if value is None or not _EXACT[0] <= value <= _EXACT[1]:
            self._bad(name, text, "whole number")
            return None
        return value

    def minutes(self, name: str, *, least: float = 0) -> int | None:
        """Hours with decimals, in minutes."""
        hours = self.number(name, within=(least, MOST_HOURS))
        return None if hours is None else round(hours * 60)

    def at(self, name: str) -> Instant | None:
        text = self.raw(name).strip()
        if not text:
            return None
        try:
            return parse_instant(text)
        except ValueError:
            self._bad(name, text, "date between 1900 and 2200")
            return None

    def _bad(self, name: str, text: str, wanted: str) -> None:
        self.report(
            "xer.bad-value",
            f"{name} is “{_short(text)}”, which is not a {wanted}; it is read as absent.",
        )


def as_number(text: str) -> float:
    """A number as P6 writes it: without digit grouping, with the decimal sign of the user's currency. Raises
    ValueError."""
    if "_" in text:  # which Python would take
        raise ValueError(text)
    if "," in text:
        whole, _, decimals = text.rpartition(",")
        text = (
            text.replace(",", "")
            if "." in decimals
            else f"{whole.replace('.', '').replace(',', '')}.{decimals}"
        )
    return float(text)


def _short(text: str) -> str:
    clean = _CONTROL.sub(" ", text)
    return clean if len(clean) <= _SHOWN else clean[:_SHOWN] + "…"

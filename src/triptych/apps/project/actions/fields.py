"""The values of custom fields: what each kind holds, and how it is kept."""

from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from urllib.parse import urlsplit

from triptych.apps.project.models import CustomField, FieldKind

#: Characters of a text, digits of a number, hundredths of an amount: what every column of the record holds.
LONGEST: Final = 10_000
DIGITS: Final = 30
MOST: Final = 10**15


class BadValue(ValueError):
    """The field cannot hold this; the text says what it holds."""


def read_value(field: CustomField, value: Any, people: Collection[int]) -> Any:
    """The value as it is kept in JSON. `people` are the accounts of the workspace. Raises BadValue."""
    if field.kind == FieldKind.CHOICE:
        return _require(value, value in field.options, f"one of: {', '.join(field.options)}")
    if field.kind == FieldKind.PERSON:
        return _require(value, type(value) is int and value in people, "a person of this workspace")
    return _READERS[FieldKind(field.kind)](value)


def _require(value: Any, holds: bool, words: str) -> Any:
    if not holds:
        raise BadValue(f"This is to be {words}.")
    return value


def _text(value: Any) -> Any:
    fits = isinstance(value, str) and 0 < len(value) <= LONGEST and "\x00" not in value
    return _require(value, fits, f"a text of up to {LONGEST} characters")


def _number(value: Any) -> Any:
    """Whole numbers stay, decimals are text: JSON's own are floating point, and the log holds none."""
    words = "a number, whole or a decimal in text"
    if type(value) is int:
        return _require(value, abs(value) <= MOST, words)
    try:
        found = Decimal(_require(value, isinstance(value, str) and len(value) <= DIGITS, words))
    except InvalidOperation:
        raise BadValue(f"This is to be {words}.") from None
    return format(_require(found, found.is_finite() and abs(found) <= MOST, words), "f")


def _date(value: Any) -> Any:
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise BadValue("This is to be a day, as 2026-03-02.") from None


def _money(value: Any) -> Any:
    return _require(value, type(value) is int and abs(value) <= MOST, "an amount in whole hundredths")


def _checkbox(value: Any) -> Any:
    return _require(value, isinstance(value, bool), "yes or no")


def _link(value: Any) -> Any:
    """Only what a browser opens without running it: never `javascript:`."""
    words = "an address that begins with https://, http:// or mailto:"
    try:
        parts = urlsplit(_text(value))
    except ValueError:
        raise BadValue(f"This is to be {words}.") from None
    holds = (parts.scheme in {"http", "https"} and bool(parts.netloc)) or parts.scheme == "mailto"
    return _require(value, holds, words)


_READERS: Final[dict[FieldKind, Callable[[Any], Any]]] = {
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.DATE: _date,
    FieldKind.MONEY: _money,
    FieldKind.CHECKBOX: _checkbox,
    FieldKind.LINK: _link,
}

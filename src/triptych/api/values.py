"""The values of rows as JSON has them: whole numbers as such, dates and times as text and never as numbers."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Literal, TypeVar

from django.db.models import Field
from pydantic import BeforeValidator, Strict
from pydantic_core import PydanticCustomError

_T = TypeVar("_T", date, time, datetime)

_DAY = r"\d{4}-\d{2}-\d{2}"
_CLOCK = r"\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?"


def _from_text(
    read: Callable[[str], _T], pattern: str, code: Literal["date", "time", "moment"], message: str
) -> BeforeValidator:
    """What reads text of one form, and refuses with the message whatever else is given."""
    form = re.compile(pattern, re.ASCII)

    def given(value: Any) -> Any:
        try:
            if isinstance(value, str) and form.fullmatch(value):
                return read(value)
        except (ValueError, OverflowError):  # the 30th of February, or the year 1 in another zone
            pass
        raise PydanticCustomError(code, message)

    return BeforeValidator(given)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


_DATE = _from_text(date.fromisoformat, _DAY, "date", "A date is text, as in 2026-03-09.")
_TIME = _from_text(time.fromisoformat, _CLOCK, "time", "A time is text without an offset, as in 09:30.")
_MOMENT = _from_text(
    _moment,
    rf"{_DAY}T{_CLOCK}(Z|[+-]\d{{2}}:\d{{2}})",
    "moment",
    "A moment is text with its offset, as in 2026-03-09T09:30:00Z.",
)

_WHOLE = Annotated[int, Strict()]
_KINDS: dict[str, Any] = {
    "BooleanField": Annotated[bool, Strict()],
    "DateField": Annotated[date, _DATE],
    "DateTimeField": Annotated[datetime, _MOMENT],
    "TimeField": Annotated[time, _TIME],
    "JSONField": Any,
    **dict.fromkeys(("IntegerField", "SmallIntegerField", "BigIntegerField"), _WHOLE),
    **dict.fromkeys(("PositiveIntegerField", "PositiveSmallIntegerField"), _WHOLE),
    **dict.fromkeys(("ForeignKey", "OneToOneField"), _WHOLE),
    **dict.fromkeys(("CharField", "TextField", "EmailField", "URLField"), str),
}


def kind_of(field: "Field[Any, Any]") -> Any:
    """The type of a column's values, None among them where it may be empty, "" where a choice may be left open."""
    choices = [value for value, _ in field.choices or ()]
    if choices and field.blank and not field.null and "" not in choices:
        choices.append("")
    kind = Literal[tuple(choices)] if choices else _KINDS[field.get_internal_type()]
    return kind | None if field.null else kind

"""One XML element as a row of typed fields: a bad value is reported with its line, and read as absent."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from lxml import etree

from triptych.plan import Diagnostic, Instant, parse_instant
from triptych.plan.diagnostics import warning

_DURATION = re.compile(r"^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$")

#: Whole numbers that a float holds exactly.
_EXACT = (-(2**53), 2**53)
#: More than this of anything, a resource's units too, is a typing error.
_MOST = 1e7

_Meaning = TypeVar("_Meaning")


def tag_of(element: etree._Element) -> str:
    """The element's name without its namespace; empty for comments and processing instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


class Row:
    """The children of one element by name: `fields` are those that hold text, `nested` those that hold elements."""

    def __init__(self, element: etree._Element, found: list[Diagnostic], word: str) -> None:
        self.element, self.found, self.word = element, found, word
        self.fields: dict[str, str] = {}
        self.nested: dict[str, list[etree._Element]] = {}
        for child in element:
            name = tag_of(child)
            if len(child):
                self.nested.setdefault(name, []).append(child)
            elif name:
                self.fields.setdefault(name, (child.text or "").strip())

    @property
    def place(self) -> str:
        uid = self.fields.get("UID")
        return f"line {self.element.sourceline}, {self.word}" + (f" UID {uid}" if uid else "")

    def rows(self, name: str) -> list["Row"]:
        """The nested elements of that name as rows."""
        return [Row(each, self.found, name) for each in self.nested.get(name, [])]

    def inside(self, container: str, name: str) -> list["Row"]:
        """The elements `name` within the element `container`."""
        return [
            Row(child, self.found, name)
            for outer in self.nested.get(container, [])
            for child in outer
            if tag_of(child) == name
        ]

    def text(self, name: str) -> str:
        return self.fields.get(name, "")

    def flag(self, name: str) -> bool:
        return self.text(name) in ("1", "true")

    def integer(self, name: str, default: int = 0, *, within: tuple[int, int] = _EXACT) -> int:
        found = self.optional_integer(name, within=within)
        return default if found is None else found

    def optional_integer(self, name: str, *, within: tuple[int, int] = _EXACT) -> int | None:
        text = self.text(name)
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not within[0] <= value <= within[1]:
            bounds = "" if within is _EXACT else f" from {within[0]} to {within[1]}"
            self._bad(name, text, f"whole number{bounds}")
            return None
        return round(value)

    def choice(self, name: str, meanings: Mapping[int, _Meaning], default: int) -> _Meaning:
        """What the number in that field stands for; an unknown one is reported and read as `default`."""
        code = self.integer(name, default)
        if code in meanings:
            return meanings[code]
        message = f"{name} {code} does not exist; it is read as {default}."
        self.found.append(warning("mspdi.bad-value", message, self.place))
        return meanings[default]

    def number(self, name: str, default: float, *, most: float = _MOST) -> float:
        text = self.text(name)
        try:
            value = float(text) if text else default
        except ValueError:
            value = float("nan")
        if not abs(value) <= most:  # nor is NaN
            self._bad(name, text, "number")
            return default
        return value

    def at(self, name: str) -> Instant | None:
        text = self.text(name)
        if not text or text == "NA":
            return None
        try:
            return parse_instant(text)
        except ValueError:
            self._bad(name, text, "date between 1900 and 2200")
            return None

    def minutes(self, name: str) -> int | None:
        """An ISO 8601 duration such as PT16H0M0S, in minutes; seconds are rounded to the nearest minute."""
        text = self.text(name)
        if not text:
            return None
        match = _DURATION.match(text)
        if match is None:
            self._bad(name, text, "duration such as PT16H0M0S")
            return None
        sign, days, hours, minutes, seconds = match.groups()
        if not max(float(each or 0) for each in (days, hours, minutes, seconds)) < 1e12:
            self._bad(name, text, "duration of at most 100 years")
            return None
        total = int(days or 0) * 1440 + int(hours or 0) * 60 + int(minutes or 0)
        total += round(float(seconds or 0) / 60)
        return -total if sign else total

    def minute_of_day(self, name: str) -> int | None:
        """A time of day in minutes after midnight; 24:00 is 1440."""
        text = self.text(name)
        if not text:
            return None
        if text.startswith("24:00"):
            return 1440
        try:
            time = datetime.strptime(text[:5], "%H:%M")  # noqa: DTZ007 - a time of day has no zone
        except ValueError:
            self._bad(name, text, "time of day")
            return None
        return time.hour * 60 + time.minute

    def _bad(self, name: str, text: str, wanted: str) -> None:
        """Report a value that cannot be read."""
        shown = text if len(text) <= 40 else text[:40] + "…"
        self.found.append(
            warning(
                "mspdi.bad-value",
                f"{name} is “{shown}”, which is not a {wanted}; it is read as absent.",
                self.place,
            )
        )

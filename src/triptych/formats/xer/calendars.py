"""Calendars of Primavera P6: a week and exceptions, written as nested brackets in one cell of the table CALENDAR.

    (0||CalendarData()((0||DaysOfWeek()((0||1()())(0||2()((0||0(s|08:00|f|16:00)())))))(0||Exceptions()((0||0(d|43650)())))))

Every node is `(0||name(attributes)(nodes))`. Day 1 is Sunday; an exception's day is counted from 1899-12-30, and an
exception without shifts is a day off.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from triptych.plan import STANDARD_WEEK, Calendar, CalendarException
from triptych.plan.model import Shifts
from triptych.plan.quantities import FIRST_YEAR, LAST_YEAR, MINUTES_PER_DAY

from .rows import Row

_SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)  # day 1 is Sunday; ours is Monday first
_DAY_ZERO = date(1899, 12, 30)
_FIRST, _LAST = ((day - _DAY_ZERO).days for day in (date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))

_PIECE = re.compile(r"[()]|[^()]+")
_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::\d\d)?\s*([AP]M)?", re.IGNORECASE)
#: Deeper than any calendar goes.
_DEEPEST = 32


@dataclass(slots=True)
class Node:
    """One pair of brackets: the text in it, and the brackets in it."""

    words: str = ""
    inside: list["Node"] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.words.rpartition("||")[2].strip()

    @property
    def attributes(self) -> dict[str, str]:
        parts = self.inside[0].words.split("|") if self.inside else []
        return dict(zip(parts[::2], parts[1::2], strict=False))

    @property
    def nodes(self) -> list["Node"]:
        return self.inside[1].inside if len(self.inside) > 1 else []

    def named(self, name: str) -> "Node | None":
        return next((each for each in self.nodes if each.name == name), None)


def read_calendars(rows: list[Row]) -> list[Calendar]:
    """Every calendar of the file; one that says nothing of its own is a Monday-to-Friday week, or its base's."""
    return [calendar for row in rows if (calendar := _calendar(row)) is not None]


def _calendar(row: Row) -> Calendar | None:
    uid = row.key("clndr_id")
    if uid is None:
        row.report("xer.no-number", "The calendar has no clndr_id and is left out.")
        return None
    base = row.key("base_clndr_id")
    top = parse(row.raw("clndr_data"))
    week = top.named("DaysOfWeek") if top else None
    exceptions = top.named("Exceptions") if top else None
    if week is None:
        _report_missing_week(row, base)
    return Calendar(
        uid=uid,
        name=row.text("clndr_name") or f"Calendar {uid}",
        week=_week(row, week) if week else _unstated_week(base),
        exceptions=tuple(_exceptions(row, exceptions)) if exceptions else (),
        base=base,
    )


def _report_missing_week(row: Row, base: int | None) -> None:
    if base is None:
        row.report(
            "xer.calendar-without-week",
            "The calendar's hours cannot be read; Monday to Friday, 8 to 17, is used. Open the calendar in P6, save "
            "it, and export again.",
        )


def _unstated_week(base: int | None) -> tuple[Shifts | None, ...]:
    return STANDARD_WEEK if base is None else (None,) * 7


def parse(text: str) -> Node | None:
    """The topmost node of the brackets in `text`; brackets that do not match are taken as far as they go."""
    top = Node()
    path = [top]
    for found in _PIECE.finditer(text):
        piece = found.group()
        if piece == "(":
            node = Node()
            if len(path) < _DEEPEST:
                path[-1].inside.append(node)
            path.append(node)
        elif piece == ")":
            if len(path) > 1:
                path.pop()
        elif not path[-1].words:
            path[-1].words = piece.strip(" \t\r\n\x7f")
    return top.inside[0] if top.inside else None


def _week(row: Row, days: Node) -> tuple[Shifts | None, ...]:
    week: list[Shifts] = [()] * 7
    for day in days.nodes:
        if day.name in {"1", "2", "3", "4", "5", "6", "7"}:
            week[_SUNDAY_FIRST[int(day.name) - 1]] = _shifts(row, day)
    return tuple(week)


def _exceptions(row: Row, exceptions: Node) -> Iterator[CalendarException]:
    for each in exceptions.nodes:
        serial = each.attributes.get("d", "").strip()
        if not serial.isdecimal() or len(serial) > 6 or not _FIRST <= int(serial) <= _LAST:
            row.report(
                "xer.bad-value",
                f"An exception's day is “{serial[:20]}”, which is not a date between 1900 and 2200; it is left out.",
            )
            continue
        day = _DAY_ZERO + timedelta(days=int(serial))
        yield CalendarException(day, day, _shifts(row, each))


def _shifts(row: Row, day: Node) -> Shifts:
    """A day's shifts, in order; a shift that ends at 0:00 ends at midnight."""
    found = []
    for each in day.nodes:
        times = each.attributes
        start, finish = _minute(times.get("s", "")), _minute(times.get("f", ""))
        if start is None or finish is None:
            words = each.inside[0].words[:40] if each.inside else ""
            row.report(
                "xer.bad-value", f"A shift's times are “{words}”, which cannot be read; it is left out."
            )
            continue
        found.append((start, finish or MINUTES_PER_DAY))
    return tuple(sorted(found))


def _minute(text: str) -> int | None:
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").upper()
    if half:
        hour = hour % 12 + (12 if half == "PM" else 0)
    at = hour * 60 + minute
    return at if at <= MINUTES_PER_DAY and minute < 60 else None

"""Instants and durations in words, for sentences. English, and the same whatever the machine's locale."""

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from .quantities import moment

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def in_words(at: int) -> str:
    """`Mon 2 Mar 2026, 08:00`."""
    when = moment(at)
    return f"{day_in_words(at)}, {when.hour:02}:{when.minute:02}"


def day_in_words(at: int) -> str:
    """`Mon 2 Mar 2026`."""
    when = moment(at)
    return f"{_DAYS[when.weekday()]} {when.day} {_MONTHS[when.month - 1]} {when.year}"


def month_in_words(day: date) -> str:
    """`Mar 2026`."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def hours(minutes: float) -> str:
    """Minutes of work: `24 h`, `7.5 h`, `1,200 h`."""
    return f"{minutes / 60:,.1f}".removesuffix(".0") + " h"


def count(number: int, word: str) -> str:
    """`1 task`, `3 tasks`."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def meant(name: str, known: Iterable[str]) -> str:
    """The one that is near to a misspelt name, to go on a sentence with; empty where none is."""
    near = get_close_matches(name, sorted(known), 1)
    return f" (did you mean “{near[0]}”?)" if near else ""

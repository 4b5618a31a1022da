"""A sentence of a report, and the rows that it is true of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from triptych.plan.quantities import MINUTES_PER_DAY, day_number
from triptych.plan.spelling import count, day_in_words

#: Rows that one sentence names as its evidence at most; it may be true of more.
NAMED = 100


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is so, and by what rows: all of one kind."""

    text: str
    kind: str
    rows: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        evidence = [{"kind": self.kind, "id": row} for row in self.rows[:NAMED]]
        return {"text": self.text, "evidence": evidence}


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a report is about, both included; the log's number and the projects' finishes at the last one."""

    first: date
    last: date
    seq: int = 0
    finishes: Mapping[str, int] = field(default_factory=dict)


def day(at: date) -> str:
    """`Mon 2 Mar 2026`."""
    return day_in_words(day_number(at) * MINUTES_PER_DAY)


def later(now: int, then: int, than: str) -> str:
    """Two instants, compared by their days: `2 days later than …`, `as …`."""
    days = now // MINUTES_PER_DAY - then // MINUTES_PER_DAY
    if days == 0:
        return f"on the same day as {than}"
    return f"{count(abs(days), 'day')} {'later' if days > 0 else 'earlier'} than {than}"


def cut(told: Iterable[Sentence], most: int, rest: str) -> list[Sentence]:
    """The first sentences, and one of all that are left: what they are, and how many."""
    found = list(told)
    if len(found) <= most:
        return found
    left = found[most:]
    rows = tuple(row for each in left for row in each.rows)
    return [*found[:most], Sentence(f"{rest}: {len(left)}.", left[0].kind, rows)]

"""Quantities of a plan: instants, durations and their spelling. All are whole minutes.

An *instant* is minutes since 1970-01-01T00:00 in the plan's own local time: plans are written and read in
wall-clock time, and working-time arithmetic never crosses a time zone. A *duration* is working minutes unless
it is marked elapsed. Integers compare exactly and pack into arrays.
"""

import re
from datetime import date, datetime, timedelta
from typing import Final, NewType

import numpy as np

Instant = NewType("Instant", int)
Minutes = NewType("Minutes", int)

MINUTES_PER_DAY: Final = 1440
#: "No date", in a column of instants; far outside every calendar, yet safe to add to without overflow.
NO_INSTANT: Final = Instant(int(np.iinfo(np.int64).min) // 4)

_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - plans are in local wall-clock time
_EPOCH_DAY: Final = date(1970, 1, 1).toordinal()

#: The years a plan may speak of. Outside them a date is a typing error, and calendars are not unrolled.
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200


def instant(moment: datetime) -> Instant:
    """The instant of a naive local `moment`; seconds are dropped."""
    delta = moment - _EPOCH
    return Instant(delta.days * MINUTES_PER_DAY + delta.seconds // 60)


def moment(at: int) -> datetime:
    """The naive local datetime of an instant."""
    return _EPOCH + timedelta(minutes=int(at))


def parse_instant(text: str) -> Instant:
    """Read ISO 8601 local time, `2026-03-02T08:00[:00]` or a bare date. Raises ValueError."""
    parsed = datetime.fromisoformat(text)
    if parsed.tzinfo is not None:
        parsed = parsed.replace(tzinfo=None)
    if not FIRST_YEAR <= parsed.year <= LAST_YEAR:
        raise ValueError(f"the year {parsed.year} is outside {FIRST_YEAR}-{LAST_YEAR}")
    return instant(parsed)


def spell_instant(at: int) -> str | None:
    """ISO 8601 local time to the minute, or None for NO_INSTANT."""
    return None if at == NO_INSTANT else moment(at).isoformat(timespec="minutes")


def optional_instant(at: int) -> Instant | None:
    """A column's value as a person means it: None for NO_INSTANT."""
    return None if at == NO_INSTANT else Instant(int(at))


def day_number(day: date) -> int:
    """Days since 1970-01-01, the row of a day in a calendar."""
    return day.toordinal() - _EPOCH_DAY


def day_of(number: int) -> date:
    """The inverse of `day_number`."""
    return date.fromordinal(int(number) + _EPOCH_DAY)


_SPELLED = re.compile(r"(\d{1,6}(?:\.\d{1,4})?)\s*(min|m|h|d|w)")


def parse_duration(text: str, *, minutes_per_day: int = 480, minutes_per_week: int = 2400) -> Minutes:
    """Read a working duration as planners write it: `3d`, `1.5d`, `4h`, `30m`, `2w`. Raises ValueError."""
    match = _SPELLED.fullmatch(text.strip().lower())
    if match is None:
        raise ValueError(f"“{text}” is not a duration such as 3d, 1.5d, 4h, 30m or 2w")
    unit = {"m": 1, "min": 1, "h": 60, "d": minutes_per_day, "w": minutes_per_week}[match[2]]
    return Minutes(round(float(match[1]) * unit))


def spell_duration(minutes: int, *, minutes_per_day: int = 480, elapsed: bool = False) -> str:
    """A duration as planners write it: `3d`, `1.5d`, `4h`, `2ed` (elapsed)."""
    minutes = int(minutes)
    per_day = MINUTES_PER_DAY if elapsed else minutes_per_day
    mark = "e" if elapsed else ""
    if minutes == 0:
        return f"0{mark}d"
    days = minutes / per_day
    if minutes % 60 and abs(minutes) < per_day:
        return f"{minutes}{mark}min"
    if abs(minutes) < per_day and minutes % 60 == 0:
        return f"{minutes // 60}{mark}h"
    return f"{days:.2f}".rstrip("0").rstrip(".") + f"{mark}d"

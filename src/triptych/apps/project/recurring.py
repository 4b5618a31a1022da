"""Rules of recurrence: what of RFC 5545's RRULE days need, and the days that a rule gives."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Final

from dateutil.rrule import rrulestr

_DAY: Final = r"(MO|TU|WE|TH|FR|SA|SU)"
_MANY: Final = r"{0}(,{0})*"
#: The parts of a rule that speak of days. UNTIL is a column of its own; hours and minutes are the plan's.
_PARTS: Final[dict[str, str]] = {
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
    # An interval of 0 would never end.
    "INTERVAL": "[1-9][0-9]{0,2}",
    "COUNT": "[1-9][0-9]{0,3}",
    "BYDAY": _MANY.format(rf"([+-]?[1-9][0-9]?)?{_DAY}"),
    "BYMONTHDAY": _MANY.format("-?([1-9]|[12][0-9]|3[01])"),
    "BYMONTH": _MANY.format("([1-9]|1[0-2])"),
    "BYSETPOS": _MANY.format("-?[1-9][0-9]{0,2}"),
    "WKST": _DAY,
}


def faults_of(rule: str) -> str:
    """What is wrong with a rule, in a sentence; empty if nothing is."""
    pairs = [each.partition("=") for each in rule.split(";")]
    names = [name for name, _, _ in pairs]
    for name, _, value in pairs:
        if name not in _PARTS or not re.fullmatch(_PARTS[name], value):
            return f"A rule has no “{name}={value}”; an example is FREQ=WEEKLY;BYDAY=MO."
    if names.count("FREQ") != 1 or len(set(names)) != len(names):
        return "A rule has one FREQ, and every other part once at most."
    try:
        rrulestr(rule, dtstart=datetime(2026, 1, 1))  # noqa: DTZ001 - days know no time zone
    except ValueError as fault:
        return f"This is no rule: {fault}."
    return ""


def days_of(rule: str, first: date, until: date) -> Iterator[date]:
    """The days of a rule that has no faults, from `first` to `until`, both included.

    Rules may give no day at all (30 February): the end bounds the search. COUNT is counted here, for the library
    takes it or an end.
    """
    parts = dict(each.split("=") for each in rule.split(";"))
    count = parts.pop("COUNT", None)
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    begin, end = (datetime.combine(each, time()) for each in (first, until))
    found = rrulestr(text, dtstart=begin).replace(until=end)
    return (each.date() for each in islice(found, None if count is None else int(count)))

"""The file as a whole: an entry a person, and what becomes of the plan's people."""

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from triptych.formats.entry import Entry, hundredths, word
from triptych.plan import CalendarException, Diagnostic, Plan, Resource, ResourceKind
from triptych.plan.diagnostics import error
from triptych.plan.quantities import FIRST_YEAR, LAST_YEAR

_TABLE = "person"
#: A thousand full-time people: more units are a typing error.
_MOST_UNITS = 100_000
#: Names that are told where one is not found.
_NEAR = 3


@dataclass(frozen=True, slots=True)
class TeamReport:
    """The plan with what a file says of its people, or everything that is wrong with the file."""

    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...] = ()


def read_team(data: bytes, plan: Plan) -> TeamReport:
    """What a file says of the people of `plan`.

    A role, a rate (by the hour, in the plan's currency, at all times) and units stand instead of the plan's; skills and
    absences come besides those that it has. Whom the file does not name stays as they are.
    """
    try:
        whole = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        return TeamReport(None, (error("team.syntax", f"This is no TOML file: {fault}."),))
    found = [
        error("team.unknown-table", f"There is no [[{name}]]; there is [[{_TABLE}]].", name)
        for name in whole.keys() - {_TABLE}
    ]
    people, named = list(plan.resources), Counter[int]()
    for entry in _entries(whole.get(_TABLE, []), _TABLE, "", found):
        row = entry.need("name", lambda name: _row(plan, name), None)
        told = _told(entry, people[row] if row is not None else Resource(0, ""))
        if row is not None:
            people[row] = told
            named[row] += 1
            if named[row] == 2:
                entry.fault("same-name", f"there is another entry for “{told.name}”; write one", "name")
    return TeamReport(None if found else replace(plan, resources=tuple(people)), tuple(found))


def _entries(rows: Any, kind: str, within: str, found: list[Diagnostic]) -> Iterable[Entry]:
    """The tables of one kind, `within` an entry or the file."""
    listed = rows if isinstance(rows, list) else []
    if not isinstance(rows, list) or not all(isinstance(each, dict) for each in listed):
        heading = f"{_TABLE}.{kind}" if within else kind
        told = f"Write [[{heading}]] above each entry, in double brackets."
        found.append(error("team.not-a-table", told, within or kind))
    for number, row in enumerate(listed, 1):
        if isinstance(row, dict):
            name = row.get("name")
            place = f"{kind} {number} (“{name}”)" if name else f"{kind} {number}"
            yield Entry(row, f"{within}, {place}" if within else place, found, "team")


def _row(plan: Plan, value: Any) -> int:
    """The row of a person by name or `uid:NUMBER`. Raises ValueError with the names that are near."""
    name = word(value)
    people = plan.resources
    number = name.removeprefix("uid:")
    if number != name and number.isdecimal() and int(number) in plan.resource_index:
        return plan.resource_index[int(number)]
    exact = [row for row, each in enumerate(people) if each.name == name]
    rows = exact or [row for row, each in enumerate(people) if _folded(each.name) == _folded(name)]
    if len(rows) == 1:
        return rows[0]
    if rows:
        uids = ", ".join(f"uid:{people[row].uid}" for row in rows)
        raise ValueError(
            f"{len(rows)} people of the plan are called “{name}”; name one by its number: {uids}"
        )
    raise ValueError(f"nobody in the plan is called “{name}”; {_near(people, name)}")


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _near(people: tuple[Resource, ...], name: str) -> str:
    by_name = {_folded(each.name): each.name for each in people if each.name}
    near = [by_name[each] for each in get_close_matches(_folded(name), by_name, _NEAR, 0.5)]
    if near:
        return f"did you mean {' or '.join(f'“{each}”' for each in near)}?"
    return "the plan has no people" if not by_name else "no name in it is near"


def _told(entry: Entry, person: Resource) -> Resource:
    """The person with what the entry says."""
    role = entry.get("role", word, person.role)
    skills = entry.get("skills", _skills, ())
    rate = entry.get("rate", hundredths, person.rate)
    units = entry.get("units", _units, person.units)
    away = [each for row in _absences(entry) if (each := _absence(row)) is not None]
    entry.close()
    if person.kind is not ResourceKind.WORK and entry.fields.keys() & {"role", "skills", "units", "absence"}:
        entry.fault(
            "not-a-person", f"“{person.name}” is a material or a cost, and has only a rate here", "name"
        )
    new = tuple(each for each in away if each not in person.absences)
    return replace(
        person,
        role=role,
        skills=tuple(dict.fromkeys((*person.skills, *skills))),
        rate=rate,
        rates=() if "rate" in entry.fields else person.rates,
        units=units,
        absences=tuple(sorted((*person.absences, *new), key=lambda each: (each.first, each.last))),
    )


def _skills(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError('skills are a list of roles such as ["Mason", "Driver"]')
    wrong = [repr(each) for each in value if not isinstance(each, str) or not each.strip()]
    if wrong:
        raise ValueError(
            f"a skill is a role between quotation marks, which {' and '.join(wrong)} {'is' if len(wrong) == 1 else 'are'} not"
        )
    return tuple(map(word, value))


def _units(value: Any) -> int:
    """Per cent of a full-time person."""
    text = value[:-1] if isinstance(value, str) and value.endswith("%") else value
    try:
        number = int(text)
        if number != float(text):
            raise ValueError  # noqa: TRY301 - as little a number of per cent as a word
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{value!r} is not a number of per cent such as 50 or 600") from None
    if not 0 <= number <= _MOST_UNITS or isinstance(value, bool):
        raise ValueError(f"units are at least 0 and at most {_MOST_UNITS:,} per cent")
    return number


def _absences(entry: Entry) -> Iterable[Entry]:
    entry.asked.add("absence")
    return _entries(entry.fields.get("absence", []), "absence", entry.place, entry.found)


def _absence(entry: Entry) -> CalendarException | None:
    first = entry.need("from", _day, None)
    last = entry.get("to", _day, first)
    name = entry.get("name", word, "")
    entry.close()
    if first is None or last is None:
        return None
    if last < first:
        entry.fault("bad-dates", "an absence ends on or after the day it begins", "to")
        return None
    return CalendarException(first, last, (), name)


def _day(value: Any) -> date:
    """A date of TOML, or the same in quotation marks."""
    if isinstance(value, str):
        value = _spelled_day(value)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError(f"“{value}” is not a day such as 2027-03-01")
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"the year {value.year} is outside {FIRST_YEAR}-{LAST_YEAR}")
    return value


def _spelled_day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text

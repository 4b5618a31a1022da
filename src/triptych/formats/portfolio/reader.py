"""The file as a whole: the time that is looked at, the limits, the candidates and what goes with what."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from triptych.formats.entry import Entry, hundredths, share, word
from triptych.plan import Diagnostic
from triptych.plan.diagnostics import error
from triptych.plan.portfolio import (
    ALL_YEARS,
    AS_ESTIMATED,
    Budget,
    Group,
    Portfolio,
    Spreads,
    Timeline,
    Unit,
    number_of,
)
from triptych.plan.spelling import meant

from .candidate import Criteria, Named, names, periods, read_candidate, read_spreads
from .sources import Source

_FAMILY = "portfolio"
_TABLES = ("budget", "roles", "criteria", "spread")
_LISTS = ("candidate", "group")
_FIELDS = ("period", "from", "periods", "currency")
_ALL = "all"
_RESERVE = "reserve"
#: Stands in for a time that is not told.
_NO_TIME = Timeline(Unit.YEAR, 2000, 1)


@dataclass(frozen=True, slots=True)
class PortfolioReport:
    """What the file says, or everything that is wrong with it. The costs and needs of candidates with `sources` are
    still to be computed from their plans. `partial` is what could be read where something is wrong: names and what goes
    with what can be looked at all the same."""

    portfolio: Portfolio | None
    sources: tuple[Source, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    partial: Portfolio | None = None


def read_portfolio(data: bytes) -> PortfolioReport:
    """Candidates and limits."""
    try:
        whole = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        return PortfolioReport(None, (), (error(f"{_FAMILY}.syntax", f"This is no TOML file: {fault}."),))
    found: list[Diagnostic] = []
    _tell_of_unknown(whole, found)
    top = Entry(
        {name: value for name, value in whole.items() if name in _FIELDS}, "beginning", found, _FAMILY
    )
    timeline = _timeline(top)
    tables = {name: _table(whole, name, found) for name in _TABLES}
    criteria = _criteria(tables["criteria"])
    named = [
        read_candidate(each, timeline or _NO_TIME, criteria) for each in _entries(whole, "candidate", found)
    ]
    if timeline is None:  # what else is told of periods would be about none
        found = [each for each in found if each.place.startswith("beginning")]
        return PortfolioReport(None, (), tuple(found))
    portfolio = Portfolio(
        timeline=timeline,
        candidates=tuple(each.candidate for each in named),
        budgets=_budgets(tables["budget"], timeline),
        capacity=_capacity(tables["roles"], timeline),
        groups=tuple(_group(each) for each in _entries(whole, "group", found)),
        dependencies=tuple(bond for each in named for bond in each.dependencies),
        spreads=_common(tables["spread"]),
        currency=top.get("currency", word, ""),
    )
    if found:
        complete = bool(named) and all(each.candidate.name for each in named)
        return PortfolioReport(None, (), tuple(found), portfolio if complete else None)
    return PortfolioReport(portfolio, _sources(named))


def _sources(named: list[Named]) -> tuple[Source, ...]:
    return tuple(each.source for each in named if each.source is not None)


def _tell_of_unknown(whole: Mapping[str, Any], found: list[Diagnostic]) -> None:
    known = (*_FIELDS, *_TABLES, *_LISTS)
    found += [
        error(
            f"{_FAMILY}.unknown-field",
            f"“{name}” is not known here{meant(name, known)}; there are {', '.join(known)}.",
            name,
        )
        for name in whole.keys() - set(known)
    ]


def _timeline(top: Entry) -> Timeline | None:
    before = len(top.found)
    unit = top.get("period", _unit, Unit.QUARTER)
    first = top.need("from", lambda value: number_of(str(value), unit), 0)
    count = top.need("periods", periods, 1)
    return Timeline(unit, first, count) if len(top.found) == before else None


def _unit(value: Any) -> Unit:
    try:
        return Unit(value)
    except ValueError:
        raise ValueError(f"“{value}” is not a period; there are {', '.join(Unit)}") from None


def _table(whole: Mapping[str, Any], name: str, found: list[Diagnostic]) -> Entry:
    fields = whole.get(name, {})
    if not isinstance(fields, dict):
        found.append(error(f"{_FAMILY}.not-a-table", f"Write [{name}] above it, in single brackets.", name))
        fields = {}
    return Entry(fields, name, found, _FAMILY)


def _entries(whole: Mapping[str, Any], kind: str, found: list[Diagnostic]) -> list[Entry]:
    rows = whole.get(kind, [])
    if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
        found.append(
            error(f"{_FAMILY}.not-a-table", f"Write [[{kind}]] above each entry, in double brackets.", kind)
        )
        return []
    return [
        Entry(row, f"{kind} {at} (“{row['name']}”)" if row.get("name") else f"{kind} {at}", found, _FAMILY)
        for at, row in enumerate(rows, 1)
    ]


def _criteria(table: Entry) -> Criteria:
    found = {name: table.get(name, hundredths, 0) for name in table.fields}
    if found and not sum(found.values()):
        table.fault("bad-value", "the criteria count nothing; say how much each counts", "")
        return dict.fromkeys(found, 1)
    return found


def _budgets(table: Entry, timeline: Timeline) -> tuple[Budget, ...]:
    """A budget for each year of the timeline that is named, and for `all`, of each the same share held back."""
    found, held = [], table.get(_RESERVE, share, 0.0)
    for name in [each for each in table.fields if each != _RESERVE]:
        inside = [each for each in range(timeline.count) if name in (_ALL, str(timeline.year(each)))]
        amount = table.get(name, hundredths, 0)
        if inside:
            found.append(
                Budget(
                    ALL_YEARS if name == _ALL else name, inside[0], inside[-1], amount, round(amount * held)
                )
            )
        else:
            years = sorted({timeline.year(each) for each in range(timeline.count)})
            table.fault("unknown-year", f"“{name}” is not a year that is looked at; there are {', '.join(map(str, years))} and {_ALL}", name)  # fmt: skip
    return tuple(found)


def _capacity(table: Entry, timeline: Timeline) -> dict[str, tuple[int, ...]]:
    """People by role: always as many, by period, or from a period on."""
    return {role: table.get(role, lambda value: _people(value, timeline), ()) for role in table.fields}


def _people(value: Any, timeline: Timeline) -> tuple[int, ...]:
    if isinstance(value, list):
        if len(value) != timeline.count:
            raise ValueError(f"there are {len(value)} numbers for {timeline.count} periods")
        return tuple(map(hundredths, value))
    if not isinstance(value, dict):
        return (hundredths(value),) * timeline.count
    since = {timeline.period(name): hundredths(people) for name, people in value.items()}
    if min(since, default=1) > 0:
        raise ValueError(f"nothing says how many there are in {timeline.name(0)}")
    last = {each: max(at for at in since if at <= each) for each in range(timeline.count)}
    return tuple(since[last[each]] for each in range(timeline.count))


def _group(entry: Entry) -> Group:
    made = Group(
        name=entry.need("name", word, ""),
        members=entry.need("of", names, ()),
        least=entry.get("least", _number, 0),
        most=entry.get("most", _number, None if "least" in entry.fields else 1),
    )
    entry.close()
    return made


def _number(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(f"{value!r} is not a whole number of projects from 0 on")
    return value


def _common(table: Entry) -> Spreads:
    """What all candidates feel at once."""
    if not table.fields:
        return AS_ESTIMATED
    made = read_spreads(table, "_range")
    table.close()
    return made

"""The file as a whole: its entries, and what becomes of them."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from triptych.formats.entry import Read, distribution, factor, hundredths, share, word
from triptych.plan import Diagnostic, Plan
from triptych.plan.diagnostics import error
from triptych.plan.quantities import parse_duration
from triptych.plan.uncertainty import (
    CERTAIN,
    Branch,
    Distribution,
    Effect,
    Estimate,
    Factor,
    Range,
    Risk,
    Spread,
    Uncertainty,
    Way,
)

from .entry import RiskEntry

_KINDS = ("spread", "estimate", "factor", "risk", "branch")
#: A fork with one way is none.
_LEAST_WAYS = 2


@dataclass(frozen=True, slots=True)
class RisksReport:
    """What a file of risks says, or everything that is wrong with it."""

    what: Uncertainty | None
    diagnostics: tuple[Diagnostic, ...] = ()


def read_risks(data: bytes, plan: Plan) -> RisksReport:
    """The uncertainty that a file states about `plan`."""
    try:
        whole = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        return RisksReport(None, (error("risks.syntax", f"This is no TOML file: {fault}."),))
    found: list[Diagnostic] = []
    found += [
        error("risks.unknown-table", f"There is no [[{name}]]; there are {', '.join(_KINDS)}.", name)
        for name in whole.keys() - set(_KINDS)
    ]
    entries = {kind: list(_entries(whole, kind, plan, found)) for kind in _KINDS}
    what = Uncertainty(
        estimates=tuple(map(_estimate, entries["estimate"])),
        spreads=tuple(map(_spread, entries["spread"])),
        risks=tuple(map(_risk, entries["risk"])),
        factors=tuple(map(_factor, entries["factor"])),
        branches=tuple(map(_branch, entries["branch"])),
    )
    _tell_of_twins(entries)
    return RisksReport(None if found else what, tuple(found))


def _entries(whole: dict[str, Any], kind: str, plan: Plan, found: list[Diagnostic]) -> Iterable[RiskEntry]:
    rows = whole.get(kind, [])
    if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
        found.append(
            error("risks.not-a-table", f"Write [[{kind}]] above each entry, in double brackets.", kind)
        )
        return
    for number, row in enumerate(rows, 1):
        name = row.get("name")
        yield RiskEntry(
            row, f"{kind} {number} (“{name}”)" if name else f"{kind} {number}", found, "risks", plan
        )


def _tell_of_twins(entries: dict[str, list[RiskEntry]]) -> None:
    """Two of one name would be drawn as one, a factor and a risk too."""
    seen: dict[str, str] = {}
    for kind in ("risk", "factor", "branch"):
        for entry in entries[kind]:
            name = entry.fields.get("name")
            if not isinstance(name, str):  # which is told already
                continue
            if name in seen:
                other = seen[name]
                entry.fault("same-name", f"another {other} is called “{name}”; give each its own name", "")
            seen.setdefault(name, kind)


def _estimate(entry: RiskEntry) -> Estimate:
    task = entry.need("task", entry.task, -1)
    made = Estimate(task, distribution(entry, "range", _minutes(entry.plan), Range(0, 0, 0)))
    entry.close()
    return made


def _spread(entry: RiskEntry) -> Spread:
    made = Spread(
        factor=distribution(entry, "range", factor, CERTAIN),
        tasks=entry.get("tasks", entry.tasks, ()),
        name=entry.get("name", word, ""),
    )
    entry.close()
    return made


def _factor(entry: RiskEntry) -> Factor:
    made = Factor(
        name=entry.need("name", word, ""),
        factor=distribution(entry, "range", factor, CERTAIN),
        tasks=entry.get("tasks", entry.tasks, ()),
    )
    entry.close()
    return made


def _risk(entry: RiskEntry) -> Risk:
    name, effect = entry.need("name", word, ""), _effect(entry)
    tasks = entry.get("tasks", entry.tasks, ())
    if (effect.delay or effect.factor) and "tasks" not in entry.fields:
        entry.fault("no-tasks", "a risk that takes time names the tasks it strikes", "tasks")
    answer = entry.get("response", lambda value: _response(entry, value), None)
    entry.close()
    response, price = answer or (None, 0)
    return Risk(name, effect, tasks, response, price)


def _response(entry: RiskEntry, value: Any) -> tuple[Effect, int]:
    if not isinstance(value, dict):
        raise TypeError("a response is a table of its own: [risk.response]")
    inner = RiskEntry(value, f"{entry.place}, response", entry.found, "risks", entry.plan)
    made = _effect(inner), inner.get("price", hundredths, 0)
    inner.close()
    return made


def _effect(entry: RiskEntry) -> Effect:
    return Effect(
        probability=entry.need("probability", share, 0.0),
        delay=_if_there(entry, "delay", _minutes(entry.plan)),
        factor=_if_there(entry, "factor", factor),
        cost=_if_there(entry, "cost", hundredths),
    )


def _if_there(entry: RiskEntry, name: str, unit: Read) -> Distribution | None:
    entry.asked.add(name)
    return distribution(entry, name, unit, CERTAIN) if name in entry.fields else None


def _branch(entry: RiskEntry) -> Branch:
    name = entry.need("name", word, "")
    ways = entry.need("way", partial(_ways, entry), ())
    if ways and not sum(each.weight for each in ways) > 0:
        entry.fault("bad-value", "the weights of the ways add up to nothing", "way")
    entry.close()
    return Branch(name, ways)


def _ways(entry: RiskEntry, value: Any) -> tuple[Way, ...]:
    if (
        not isinstance(value, list)
        or len(value) < _LEAST_WAYS
        or not all(isinstance(each, dict) for each in value)
    ):
        raise TypeError("a branch has two ways or more, each under [[branch.way]]")
    made = []
    for number, row in enumerate(value, 1):
        inner = RiskEntry(row, f"{entry.place}, way {number}", entry.found, "risks", entry.plan)
        made.append(
            Way(
                inner.need("name", word, ""),
                inner.need("weight", factor, 0.0),
                inner.get("tasks", inner.tasks, ()),
            )
        )
        inner.close()
    return tuple(made)


def _minutes(plan: Plan) -> Read:
    """Durations, by the first project's days and weeks."""
    project = plan.project

    def read(value: Any) -> float:
        if not isinstance(value, str):
            raise TypeError(f'{value!r} is not a duration such as "3d", "4h" or "1w"')
        return parse_duration(
            value, minutes_per_day=project.minutes_per_day, minutes_per_week=project.minutes_per_week
        )

    return read

"""The file as a whole: its entries, and what becomes of them."""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from triptych.plan import Diagnostic, Plan
from triptych.plan.diagnostics import error
from triptych.plan.quantities import parse_duration
from triptych.plan.uncertainty import (
    CERTAIN,
    Branch,
    Choice,
    Distribution,
    Effect,
    Estimate,
    Factor,
    Range,
    Risk,
    Shape,
    Spread,
    Uncertainty,
    Way,
)

from .entry import Entry, factor, share, word

_Unit = Callable[[Any], float]
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


def _entries(whole: dict[str, Any], kind: str, plan: Plan, found: list[Diagnostic]) -> Iterable[Entry]:
    rows = whole.get(kind, [])
    if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
        found.append(
            error("risks.not-a-table", f"Write [[{kind}]] above each entry, in double brackets.", kind)
        )
        return
    for number, row in enumerate(rows, 1):
        name = row.get("name")
        yield Entry(row, f"{kind} {number} (“{name}”)" if name else f"{kind} {number}", plan, found)


def _tell_of_twins(entries: dict[str, list[Entry]]) -> None:
    """Two of one name would be drawn as one, a factor and a risk too."""
    seen: dict[str, str] = {}
    for kind in ("risk", "factor", "branch"):
        for entry in entries[kind]:
            name = entry.fields.get("name")
            if not isinstance(name, str):  # which is told already
                continue
            if name in seen:
                other = seen[name]
                entry.fault(
                    "risks.same-name", f"another {other} is called “{name}”; give each its own name", ""
                )
            seen.setdefault(name, kind)


def _estimate(entry: Entry) -> Estimate:
    task = entry.need("task", entry.task, -1)
    made = Estimate(task, _distribution(entry, "range", _minutes(entry.plan), Range(0, 0, 0)))
    entry.close()
    return made


def _spread(entry: Entry) -> Spread:
    made = Spread(
        factor=_distribution(entry, "range", factor, CERTAIN),
        tasks=entry.get("tasks", entry.tasks, ()),
        name=entry.get("name", word, ""),
    )
    entry.close()
    return made


def _factor(entry: Entry) -> Factor:
    made = Factor(
        name=entry.need("name", word, ""),
        factor=_distribution(entry, "range", factor, CERTAIN),
        tasks=entry.get("tasks", entry.tasks, ()),
    )
    entry.close()
    return made


def _risk(entry: Entry) -> Risk:
    name, effect = entry.need("name", word, ""), _effect(entry)
    tasks = entry.get("tasks", entry.tasks, ())
    if (effect.delay or effect.factor) and "tasks" not in entry.fields:
        entry.fault("risks.no-tasks", "a risk that takes time names the tasks it strikes", "tasks")
    answer = entry.get("response", lambda value: _response(entry, value), None)
    entry.close()
    response, price = answer or (None, 0)
    return Risk(name, effect, tasks, response, price)


def _response(entry: Entry, value: Any) -> tuple[Effect, int]:
    if not isinstance(value, dict):
        raise TypeError("a response is a table of its own: [risk.response]")
    inner = Entry(value, f"{entry.place}, response", entry.plan, entry.found)
    made = _effect(inner), round(100 * inner.get("price", factor, 0.0))
    inner.close()
    return made


def _effect(entry: Entry) -> Effect:
    return Effect(
        probability=entry.need("probability", share, 0.0),
        delay=_if_there(entry, "delay", _minutes(entry.plan)),
        factor=_if_there(entry, "factor", factor),
        cost=_if_there(entry, "cost", _money),
    )


def _if_there(entry: Entry, name: str, unit: _Unit) -> Distribution | None:
    entry.asked.add(name)
    return _distribution(entry, name, unit, CERTAIN) if name in entry.fields else None


def _branch(entry: Entry) -> Branch:
    name = entry.need("name", word, "")
    ways = entry.need("way", partial(_ways, entry), ())
    if ways and not sum(each.weight for each in ways) > 0:
        entry.fault("risks.bad-value", "the weights of the ways add up to nothing", "way")
    entry.close()
    return Branch(name, ways)


def _ways(entry: Entry, value: Any) -> tuple[Way, ...]:
    if (
        not isinstance(value, list)
        or len(value) < _LEAST_WAYS
        or not all(isinstance(each, dict) for each in value)
    ):
        raise TypeError("a branch has two ways or more, each under [[branch.way]]")
    made = []
    for number, row in enumerate(value, 1):
        inner = Entry(row, f"{entry.place}, way {number}", entry.plan, entry.found)
        made.append(
            Way(
                inner.need("name", word, ""),
                inner.need("weight", factor, 0.0),
                inner.get("tasks", inner.tasks, ()),
            )
        )
        inner.close()
    return tuple(made)


def _minutes(plan: Plan) -> _Unit:
    """Durations, by the first project's days and weeks."""
    project = plan.project

    def read(value: Any) -> float:
        if not isinstance(value, str):
            raise TypeError(f'{value!r} is not a duration such as "3d", "4h" or "1w"')
        return parse_duration(
            value, minutes_per_day=project.minutes_per_day, minutes_per_week=project.minutes_per_week
        )

    return read


def _money(value: Any) -> float:
    return round(100 * factor(value))


def _distribution(entry: Entry, name: str, unit: _Unit, default: Distribution) -> Distribution:
    """Three points with the entry's `shape`, one value, or several values with their weights."""
    shape = entry.get("shape", _shape, Shape.TRIANGULAR)
    return entry.need(name, lambda value: _read_range(value, unit, shape), default)


def _shape(value: Any) -> Shape:
    try:
        return Shape(value)
    except ValueError:
        raise ValueError(f"“{value}” is not a shape; there are {', '.join(Shape)}") from None


def _read_range(value: Any, unit: _Unit, shape: Shape) -> Distribution:
    if isinstance(value, dict):
        pairs = tuple((unit(key), factor(weight)) for key, weight in value.items())
        if not sum(weight for _, weight in pairs) > 0:
            raise ValueError("the weights add up to nothing")
        return Choice(pairs)
    parts = value.split() if isinstance(value, str) else value if isinstance(value, list) else [value]
    points = [unit(each) for each in parts]
    if len(points) == 1:
        return Range(points[0], points[0], points[0], shape)
    if len(points) != 3 or not points[0] <= points[1] <= points[2]:
        raise ValueError(f"“{value}” is not one value or three, least, likely and most, in this order")
    least, likely, most = points
    return Range(least, likely, most, shape)

"""One candidate of the file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from triptych.formats.entry import Entry, distribution, factor, hundredths, signed_hundredths, word
from triptych.plan.portfolio import AS_ESTIMATED, Bond, Candidate, Dependency, Spreads, Timeline
from triptych.plan.uncertainty import CERTAIN

from .sources import Source

#: A criterion and how much it counts.
Criteria = Mapping[str, int]
_MOST_PERIODS = 1000
_BONDS = {"with": Bond.RUNS, "after_start": Bond.STARTED, "after": Bond.FINISHED}
_BETWEEN = ".."


@dataclass(frozen=True, slots=True)
class Named:
    """A candidate, what it depends on, and where its costs come from."""

    candidate: Candidate
    dependencies: tuple[Dependency, ...]
    source: Source | None


def read_candidate(entry: Entry, timeline: Timeline, criteria: Criteria) -> Named:
    """A candidate from its entry; with a plan it has no costs and needs yet."""
    name = entry.need("name", word, "")
    plan, risks = entry.get("plan", word, ""), entry.get("risks", word, "")
    if risks and not plan:
        entry.fault("no-plan", "risks are those of a plan; name that too, or give it a cost_range", "risks")
    lasts, cost, need = _own(entry, planned=bool(plan))
    open_window = "start" not in entry.fields
    earliest, latest = entry.get("start", lambda value: _window(value, timeline), (0, max(0, timeline.count - lasts)))  # fmt: skip
    made = Candidate(
        name=name,
        value=entry.get("value", signed_hundredths, 0),
        weight=entry.get("scores", lambda value: _weight(value, criteria), 0),
        cost=cost,
        need=need,
        lasts=lasts,
        earliest=earliest,
        latest=latest,
        must=entry.get("must", yes_or_no, False),
        cost_of_delay=entry.get("cost_of_delay", hundredths, 0),
        spreads=read_spreads(entry, "_range"),
    )
    dependencies = tuple(
        Dependency(name, other, bond)
        for field, bond in _BONDS.items()
        for other in entry.get(field, names, ())
    )
    if open_window and lasts > timeline.count and not plan:
        entry.fault("too-long", f"it lasts {lasts} periods of the {timeline.count} that are looked at; add periods, or say when it starts", "")  # fmt: skip
    entry.close()
    return Named(made, dependencies, Source(name, plan, risks, open_window) if plan else None)


def _own(entry: Entry, *, planned: bool) -> tuple[int, tuple[int, ...], dict[str, tuple[int, ...]]]:
    """How long it lasts, what it costs and whom it needs, as the file says itself."""
    if planned:
        for field in {"cost", "need", "lasts"} & entry.fields.keys():
            entry.fault("from-plan", "that is what its plan says; take it out here, or the plan", field)
        entry.asked |= {"cost", "need", "lasts"}
        return 1, (), {}
    stated = entry.get("lasts", periods, 0)
    cost = entry.get("cost", lambda value: _amounts(value, hundredths), (0,))
    need = entry.get("need", _needs, {})
    lasts = stated or max([1, *(len(each) for each in (cost, *need.values()) if isinstance(each, tuple))])
    people = {role: (each,) * lasts if isinstance(each, int) else each for role, each in need.items()}
    if len(cost) > lasts or any(len(each) > lasts for each in people.values()):
        entry.fault(
            "too-many-periods", f"there are amounts for more than the {lasts} periods that it lasts", ""
        )
    if not isinstance(entry.fields.get("cost", 0), list):
        cost = tuple(_spread_out(cost[0], lasts))
    return lasts, cost, people


def _spread_out(whole: int, parts: int) -> list[int]:
    """Evenly, in whole hundredths that add up."""
    return [whole * (at + 1) // parts - whole * at // parts for at in range(parts)]


def _amounts(value: Any, read: Callable[[Any], int]) -> tuple[int, ...]:
    """One amount, or a list of them, one for each period from the start."""
    parts = value if isinstance(value, list) else [value]
    if not parts:
        raise ValueError("the list is empty")
    return tuple(map(read, parts))


def _needs(value: Any) -> dict[str, int | tuple[int, ...]]:
    """People by role: so many as long as it lasts, or by period."""
    if not isinstance(value, dict):
        raise TypeError("needs are a table of roles such as { electrician = 2 }")
    return {
        role: _amounts(each, hundredths) if isinstance(each, list) else hundredths(each)
        for role, each in value.items()
    }


def _window(value: Any, timeline: Timeline) -> tuple[int, int]:
    """`2027 Q1`, or `2027 Q1..2027 Q4`."""
    parts = str(value).split(_BETWEEN)
    if len(parts) > 2:
        raise ValueError(f"“{value}” is neither a period nor two, such as {timeline.name(0)}{_BETWEEN}{timeline.name(timeline.count - 1)}")  # fmt: skip
    earliest, latest = timeline.period(parts[0]), timeline.period(parts[-1])
    if latest < earliest:
        raise ValueError(f"“{value}”: the latest start is before the earliest")
    return earliest, latest


def _weight(value: Any, criteria: Criteria) -> int:
    """The mean of the scores by how much each criterion counts; one that is not scored counts as 0."""
    if not isinstance(value, dict):
        raise TypeError("scores are a table of criteria such as { safety = 4 }")
    unknown = [f"“{each}”" for each in value if each not in criteria]
    if unknown:
        there = ", ".join(criteria) or "none; state them under [criteria]"
        raise ValueError(f"there is no criterion {', '.join(unknown)}; there are {there}")
    total = sum(hundredths(score) * criteria[name] for name, score in value.items())
    return round(Fraction(total, sum(criteria.values())))


def read_spreads(entry: Entry, ending: str) -> Spreads:
    """How wrong estimates may be, from the fields `value`, `cost` and `need` with an ending."""
    found = {}
    for what in ("value", "cost", "need"):
        entry.asked.add(what + ending)
        if what + ending in entry.fields:
            found[what] = distribution(entry, what + ending, factor, CERTAIN)
    if "shape" in entry.fields and not found:
        entry.asked.add("shape")
        entry.fault("no-range", f"a shape says nothing without value{ending}, cost{ending} or need{ending}", "shape")  # fmt: skip
    return Spreads(**found) if found else AS_ESTIMATED


def names(value: Any) -> tuple[str, ...]:
    """Names of candidates."""
    if not isinstance(value, list) or not value:
        raise TypeError('candidates are a list of names such as ["New quay"]')
    return tuple(map(word, value))


def periods(value: Any) -> int:
    """How many."""
    if type(value) is not int or not 1 <= value <= _MOST_PERIODS:
        raise ValueError(f"{value!r} is not a whole number of periods from 1 to {_MOST_PERIODS}")
    return value


def yes_or_no(value: Any) -> bool:
    """A switch."""
    if not isinstance(value, bool):
        raise TypeError("write true or false")
    return value

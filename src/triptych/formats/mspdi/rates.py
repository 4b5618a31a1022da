"""Rates over time: the lines of a resource's cost rate table A. The other tables, B to E, are not kept.

A line holds from `RatesFrom` until the next one; the first holds before it too. The resource's own StandardRate is the
line of the day on which the file was saved.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from triptych.plan import Instant, RateFrom, Resource
from triptych.plan.amounts import MOST_MONEY
from triptych.plan.rates import rate_at

from .rows import Row

_TABLE_A = 0
_ALWAYS = Instant(0)
#: The working minutes of a resource between two instants.
Worked = Callable[[Resource, int, int], int]


def rates_of_resource(row: Row) -> dict[str, Any]:
    """The rate and cost per use of a resource as its fields, and those of later dates."""
    lines = _lines(row)
    base, *later = lines if len(lines) > 1 else [_line(row, _ALWAYS)]
    return {"rate": base.rate, "cost_per_use": base.cost_per_use, "rates": tuple(later)}


def has_other_rates(row: Row) -> bool:
    """Whether the assignments of a resource may choose among several rates, or nobody knows from when one holds."""
    rows = row.inside("Rates", "Rate")
    undated = [each for each in rows if _is_first(each) and each.at("RatesFrom") is None]
    others = [each for each in rows if not _is_first(each)]
    found = {_amounts(each) for each in (*undated[1:], *others)}
    return not found <= {_amounts(row), (0, 0)}


def paid(row: Row, resource: Resource, worked: Worked) -> tuple[float, int]:
    """What an hour of an assignment costs on the average, its work being spread evenly over the working time between its
    saved dates, and what it costs to use; NaN where its rate changes and it has no dates."""
    if not resource.rates:
        return resource.rate, resource.cost_per_use
    start, finish = row.at("Start"), row.at("Finish")
    if start is None or finish is None:
        return float("nan"), 0
    rate, per_use = rate_at(resource, start)
    cuts = (start, *(each.first for each in resource.rates if start < each.first < finish), finish)
    parts = [(worked(resource, one, other), rate_at(resource, one)[0]) for one, other in pairwise(cuts)]
    minutes = sum(each for each, _ in parts)
    return (sum(each * price for each, price in parts) / minutes if minutes else rate), per_use


def _lines(row: Row) -> list[RateFrom]:
    """The lines of table A by date; of those without one, the first."""
    rows = [(each.at("RatesFrom"), each) for each in row.inside("Rates", "Rate") if _is_first(each)]
    undated = [_line(each, _ALWAYS) for at, each in rows if at is None]
    dated = [_line(each, at) for at, each in rows if at is not None]
    return [*undated[:1], *sorted(dated, key=lambda each: each.first)]


def _is_first(row: Row) -> bool:
    return row.integer("RateTable", _TABLE_A) == _TABLE_A


def _line(row: Row, first: Instant) -> RateFrom:
    return RateFrom(first, *_amounts(row))


def _amounts(row: Row) -> tuple[int, int]:
    return round(row.number("StandardRate", 0.0, most=MOST_MONEY) * 100), row.integer("CostPerUse")

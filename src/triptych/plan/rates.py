"""What an hour of somebody's work costs, and from when."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from .quantities import FIRST_YEAR, LAST_YEAR, Instant, parse_instant

if TYPE_CHECKING:
    from .model import Resource

_EARLIEST, _LATEST = parse_instant(f"{FIRST_YEAR}-01-01"), parse_instant(f"{LAST_YEAR}-12-31")


@dataclass(frozen=True, slots=True)
class RateFrom:
    """The `rate` and the `cost_per_use` of a resource from the instant `first` on, until the next; as a line of
    Microsoft Project's cost rate table A. Money is hundredths, as in `Resource`."""

    first: Instant
    rate: int
    cost_per_use: int = 0


def rates_stand(rates: Sequence[RateFrom], most: int) -> bool:
    """Whether rates begin one after another, within the years of plans, and each amount is from 0 to `most`."""
    rising = all(one.first < other.first for one, other in pairwise(rates))
    return rising and all(
        _EARLIEST <= each.first <= _LATEST and 0 <= each.rate <= most and 0 <= each.cost_per_use <= most
        for each in rates
    )


def rate_at(resource: "Resource", at: int) -> tuple[int, int]:
    """The rate and the cost per use of a resource that are in force at an instant."""
    found = resource.rate, resource.cost_per_use
    for each in resource.rates:
        if each.first <= at:
            found = each.rate, each.cost_per_use
    return found

"""What an activity costs: a fixed amount, an amount by the hour, and its resources.

As in the workbooks of the same projects: variable cost = cost by the hour × planned hours. A fixed cost is planned, earned
and spent as soon as the activity starts, everything else as hours go by.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from triptych.plan import Assignment, Resource, ResourceKind

from .cells import money, number, rows, text
from .records import Price

#: Resources that stand for the costs by the hour, one for each rate, have numbers from here.
BY_THE_HOUR = 1_000_000


@dataclass(frozen=True, slots=True)
class Team:
    """Resources, who works on what, and what that makes each activity cost beside its own costs."""

    resources: list[Resource] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    prices: defaultdict[int, Price] = field(default_factory=lambda: defaultdict(Price))


def team(root: etree._Element) -> Team:
    """The resources of a file. `FIELD769` is 1 for renewable ones (people, machines), 0 for those that are consumed;
    `FIELD770` is the cost per use, `FIELD771` that of an hour of one unit, `FIELD780` how many there are."""
    found, made = {}, Team()
    for row in rows(root, "Resources", "Resource"):
        uid = int(number(row, "FIELD0"))
        found[uid] = row
        made.resources.append(
            Resource(
                uid,
                text(row, "FIELD1"),
                kind=ResourceKind.WORK if number(row, "FIELD769") else ResourceKind.MATERIAL,
                units=max(0, round(number(row, "FIELD780") * 100)),
                rate=money(number(row, "FIELD771")),
                cost_per_use=money(number(row, "FIELD770")),
            )
        )
    for row in rows(root, "ResourceAssignments", "ResourceAssignment"):
        _assign(made, row, found)
    return made


def _assign(made: Team, row: etree._Element, resources: dict[int, etree._Element]) -> None:
    """`FIELD1024` is the activity, `FIELD1025` the resource, `FIELD1026` how many of it."""
    activity, uid = int(number(row, "FIELD1024")), int(number(row, "FIELD1025"))
    demand, resource = number(row, "FIELD1026"), resources.get(uid)
    if resource is None:
        return
    made.assignments.append(Assignment(activity, uid, units=round(demand * 100)))
    use, hourly = number(resource, "FIELD770") * demand, number(resource, "FIELD771") * demand
    made.prices[activity] = made.prices[activity].plus(use, hourly)


def by_the_hour(activities: Iterable[etree._Element]) -> Iterator[tuple[Resource, list[Assignment]]]:
    """Costs by the hour as resources, one for each rate, since a task of a plan has none of its own."""
    rates: defaultdict[int, list[int]] = defaultdict(list)
    for row in activities:
        if (rate := money(number(row, "BaselineCostByUnit"))) > 0:
            rates[rate].append(int(number(row, "UniqueID")))
    for place, (rate, uids) in enumerate(rates.items()):
        resource = Resource(BY_THE_HOUR + place, f"by the hour: {rate / 100:g}", rate=rate)
        yield resource, [Assignment(uid, resource.uid) for uid in uids]

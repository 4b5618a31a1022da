"""Amounts of money and the like in rows: which can stand, and what stands in the place of one that cannot."""

from dataclasses import dataclass

from .model import Assignment, Resource, Task

#: A trillion of the currency, in hundredths: more is a typing error. Sums of millions of such still are exact.
MOST_MONEY = 10**14


@dataclass(frozen=True, slots=True)
class Misfit:
    """An amount that cannot stand: its field, what it is called, and what is read instead."""

    field: str
    words: str
    value: int
    instead: int | None


#: The amounts of each kind of row: the most that there can be, and what an impossible one is read as.
_BOUNDS: dict[type, dict[str, tuple[int, int | None]]] = {
    Task: {"fixed_cost": (MOST_MONEY, 0), "actual_cost": (MOST_MONEY, None), "physical_percent": (100, None)},
    Resource: {"rate": (MOST_MONEY, 0), "cost_per_use": (MOST_MONEY, 0)},
    Assignment: {
        "actual_work": (MOST_MONEY, None),
        "cost": (MOST_MONEY, None),
        "actual_cost": (MOST_MONEY, None),
    },
}


def misfits(row: Task | Resource | Assignment) -> list[Misfit]:
    """The amounts of a row that are negative or beyond every plan. Income is not a negative cost: a plan has none."""
    found = []
    for name, (most, instead) in _BOUNDS[type(row)].items():
        value = getattr(row, name)
        if value is not None and not 0 <= value <= most:
            found.append(Misfit(name, name.replace("_", " "), value, instead))
    return found

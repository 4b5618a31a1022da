"""What things cost. The schema spells costs in hundredths of the currency, and rates in the currency itself.

Whatever unit a rate is shown in (StandardRateFormat), its value is for one hour, and of a material for one unit: 175 a
day of 17.5 hours is saved as 10, and work × rate gives the cost in every file that holds both.
"""

from typing import Any

from triptych.plan import Accrual, Resource, ResourceKind

from .rates import Worked, paid, rates_of_resource
from .rows import Row
from .source import Source

#: As Microsoft Project writes both AccrueAt and FixedCostAccrual; the schema's own notes have 2 and 3 of the latter the
#: other way round, but its default is “prorated”, and that is saved as 3.
_ACCRUALS = {1: Accrual.START, 2: Accrual.END, 3: Accrual.PRORATED}
_PRORATED = 3
_PHYSICAL = 1  # EarnedValueMethod
_MINUTES_PER_HOUR = 60
_CURRENCY_LENGTH = 20


def currency_of(row: Row) -> str:
    """The code of the currency, or its sign where the file is older than the code."""
    return (row.text("CurrencyCode") or row.text("CurrencySymbol"))[:_CURRENCY_LENGTH]


def is_priced(source: Source) -> bool:
    """Whether anything costs anything as far as the file says; in one without prices nought is no cost, but silence."""
    rows = (*source.root.inside("Tasks", "Task"), *source.root.inside("Assignments", "Assignment"))
    return any(each.text("Cost").strip("0.") for each in rows)


def costs_of_task(row: Row, *, summary: bool, priced: bool) -> dict[str, Any]:
    """The costs of a task as its fields. Of a summary the fixed cost alone is its own: the rest is the sum of what is
    below it."""
    found: dict[str, Any] = {
        "fixed_cost": row.integer("FixedCost"),
        "fixed_cost_accrual": row.choice("FixedCostAccrual", _ACCRUALS, _PRORATED),
    }
    if not summary:
        spent, physical = row.integer("ActualCost"), row.integer("PhysicalPercentComplete")
        by_physical = row.integer("EarnedValueMethod") == _PHYSICAL
        found["actual_cost"] = spent if spent or (priced and row.text("ActualStart")) else None
        found["physical_percent"] = physical if physical or by_physical else None
    return found


def costs_of_resource(row: Row, kind: ResourceKind) -> dict[str, Any]:
    """The rates of a resource as its fields; a cost resource has none, its assignments say what they cost."""
    rates = (
        {"cost_per_use": row.integer("CostPerUse")} if kind is ResourceKind.COST else rates_of_resource(row)
    )
    return {"accrual": row.choice("AccrueAt", _ACCRUALS, _PRORATED), **rates}


def costs_of_assignment(
    row: Row, resource: Resource | None, units: int, worked: Worked, *, priced: bool, started: bool
) -> dict[str, Any]:
    """What is done of an assignment, and its costs where they are not what the rates say. `worked` tells working time."""
    done, spent = row.minutes("ActualWork") or 0, row.integer("ActualCost")
    found: dict[str, Any] = {
        "actual_work": done if done or started else None,
        "actual_cost": spent if spent or (priced and done) else None,
    }
    cost = row.integer("Cost")
    usual = None if resource is None or not priced else _by_rates(row, resource, units, worked)
    if usual is not None and not abs(cost - usual) <= 1:  # nor is it NaN
        found["cost"] = cost
    return found


def _by_rates(row: Row, resource: Resource, units: int, worked: Worked) -> float:
    """What an assignment of that many units (100 is one) costs by the rates of its resource, in hundredths; NaN where
    no work is stated that could be paid by the hour."""
    work = row.minutes("Work")  # of a material, its quantity
    rate, per_use = paid(row, resource, worked)
    hours = float("nan") if work is None and rate else (work or 0) / _MINUTES_PER_HOUR
    uses = units / 100 if resource.kind is ResourceKind.WORK else 1
    return hours * rate + uses * per_use

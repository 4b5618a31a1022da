"""What things cost in Primavera P6: prices of resources, costs of assignments (TASKRSRC), expenses (PROJCOST).

P6 keeps amounts in units of the currency, and a price for an hour, of material for a unit. What is read is what was
planned: what remains by P6's own reckoning is told where it is another.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from triptych.plan import Accrual, Assignment, Resource, ResourceKind, Task
from triptych.plan.amounts import MOST_MONEY

from .rows import Row
from .tables import Tables

_MOST = MOST_MONEY / 100
_MINUTES_PER_HOUR = 60
_CURRENCY, _CODE_LENGTH = 8, 3  # where the first line has its code
_ACCRUALS = {"cl_start": Accrual.START, "cl_uniform": Accrual.PRORATED, "cl_end": Accrual.END}


def currency_of(tables: Tables) -> str:
    """The code of the currency in which the file was exported, from its first line."""
    code = tables.header[_CURRENCY].strip() if len(tables.header) > _CURRENCY else ""
    return code if len(code) == _CODE_LENGTH and code.isalpha() else ""


def amount(row: Row, name: str) -> int | None:
    """An amount of money in hundredths."""
    value = row.number(name, within=(-_MOST, _MOST))
    return None if value is None else round(value * 100)


def is_priced(rows: Iterable[Row]) -> bool:
    """Whether any assignment costs anything: where none does, nought is no cost, but silence."""
    return any(amount(row, "target_cost") for row in rows)


def prices(rates: Iterable[Row]) -> dict[int, int]:
    """The price of each resource, in hundredths, by the rate with the latest start."""
    latest: dict[int, tuple[int, int]] = {}
    for row in rates:
        uid, price = row.key("rsrc_id"), amount(row, "cost_per_qty")
        since = row.at("start_date") or 0
        if uid is not None and price is not None and (uid not in latest or since >= latest[uid][0]):
            latest[uid] = since, price
    return {uid: price for uid, (_, price) in latest.items()}


def changing_prices(rates: Iterable[Row]) -> int:
    """How many resources have other prices at other times."""
    found: defaultdict[int | None, set[int]] = defaultdict(set)
    for row in rates:
        if (price := amount(row, "cost_per_qty")) is not None:
            found[row.key("rsrc_id")].add(price)
    return sum(len(each) > 1 for each in found.values())


def costs_of_assignment(row: Row, *, priced: bool) -> dict[str, Any]:
    """What is done of an assignment, and its costs, as its fields."""
    done = sum(row.number(f"act_{each}_qty", within=(0, _MOST)) or 0 for each in ("reg", "ot"))
    spent = sum(amount(row, f"act_{each}_cost") or 0 for each in ("reg", "ot"))
    return {
        "actual_work": round(done * _MINUTES_PER_HOUR) or None,
        "cost": amount(row, "target_cost") if priced else None,
        "actual_cost": spent if spent or (priced and done) else None,
    }


def is_estimated_anew(row: Row) -> bool:
    """Whether what remains of an assignment costs more or less than was planned of it."""
    planned, remains = amount(row, "target_cost"), amount(row, "remain_cost")
    spent = sum(amount(row, f"act_{each}_cost") or 0 for each in ("reg", "ot"))
    return planned is not None and remains is not None and abs(spent + remains - planned) > 1


def unless_by_rate(each: Assignment, resource: Resource) -> Assignment:
    """The assignment without a cost that its resource's price tells as well, and would keep telling."""
    hours = (
        each.units / 100 if resource.kind is ResourceKind.MATERIAL else (each.work or 0) / _MINUTES_PER_HOUR
    )
    by_rate = hours * resource.rate
    return replace(each, cost=None) if each.cost is not None and abs(each.cost - by_rate) <= 1 else each


@dataclass(slots=True)
class Expenses:
    """What a task costs beside its resources, in hundredths, and has cost; when it falls due."""

    planned: int = 0
    spent: int = 0
    accruals: frozenset[Accrual] = frozenset()

    def with_row(self, row: Row) -> "Expenses":
        kind = row.choice("cost_load_type", _ACCRUALS, Accrual.PRORATED)
        planned, spent = amount(row, "target_cost") or 0, amount(row, "act_cost") or 0
        return Expenses(self.planned + planned, self.spent + spent, self.accruals | {kind})


def read_expenses(rows: Iterable[Row], tasks: Collection[int]) -> dict[int, Expenses]:
    """The expenses of each task."""
    found: dict[int, Expenses] = {}
    for row in rows:
        task = row.key("task_id")
        if task is not None and task in tasks:
            found[task] = found.get(task, Expenses()).with_row(row)
        else:
            row.report("xer.dangling-expense", "Its activity is not in the file; the expense is left out.")
    return found


def with_expenses(task: Task, expenses: Expenses | None, team: Iterable[Assignment]) -> Task:
    """The task with its expenses as its fixed cost. Once money has been spent on any of them, its actual cost is
    stated: that and what its resources have cost."""
    if expenses is None:
        return task
    accrual = min(expenses.accruals) if len(expenses.accruals) == 1 else Accrual.PRORATED
    spent = expenses.spent + sum(each.actual_cost or 0 for each in team)
    return replace(
        task,
        fixed_cost=expenses.planned,
        fixed_cost_accrual=accrual,
        actual_cost=spent if expenses.spent else None,
    )

"""What the changes share: a task's row, one value set in the columns, and the refusal."""

from dataclasses import replace
from typing import Any

from triptych.plan.model import Plan
from triptych.plan.quantities import NO_INSTANT, parse_instant


class CannotApply(Exception):
    """The change cannot be applied to this plan. `code` is stable, `str()` is the sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def row_of(plan: Plan, task: int) -> int:
    row = plan.index_of.get(task)
    if row is None:
        raise CannotApply("task.unknown", f"There is no task {task} in this plan.")
    return row


def leaf_of(plan: Plan, task: int, what: str) -> int:
    row = row_of(plan, task)
    if plan.is_summary[row]:
        raise CannotApply(
            "task.is-summary",
            f"“{plan.tasks.name[row]}” is a summary: its {what} is computed from the tasks below it.",
        )
    return row


def with_values(plan: Plan, row: int, **values: Any) -> Plan:
    columns = {}
    for name, value in values.items():
        old = getattr(plan.tasks, name)
        if isinstance(old, tuple):
            columns[name] = (*old[:row], value, *old[row + 1 :])
        else:
            new = old.copy()
            new[row] = NO_INSTANT if value is None else value
            columns[name] = new
    return replace(plan, tasks=plan.tasks.with_columns(**columns))


def read_date(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return parse_instant(text)
    except ValueError as fault:
        raise CannotApply(
            "date.bad", f"“{text}” is not a date and time such as 2026-03-02T08:00 ({fault})."
        ) from fault

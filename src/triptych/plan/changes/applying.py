"""What the changes share: a task's row and branch, values set in the columns, and the refusal."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

import numpy as np

from triptych.plan.columns import assignment_columns
from triptych.plan.model import Assignment, Plan, Splits
from triptych.plan.quantities import NO_INSTANT, parse_instant
from triptych.plan.tables import I32, AssignmentTable, SplitTable


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


def open_leaf_of(plan: Plan, task: int, what: str) -> int:
    """A task that has not finished, so that what is said of its duration still moves something."""
    row = leaf_of(plan, task, what)
    if plan.tasks.actual_finish[row] != NO_INSTANT:
        raise CannotApply(
            "task.finished", "It has finished: its dates are facts. Correct its actual dates instead."
        )
    return row


def branch_of(plan: Plan, row: int) -> range:
    """The rows of a task and of everything below it, which stand together in outline order."""
    parents = plan.tasks.parent
    end = row + 1
    while end < len(plan) and parents[end] >= row:
        end += 1
    return range(row, end)


def with_values(plan: Plan, row: int, **values: Any) -> Plan:
    """The plan with other values in columns of the task at a row; neither its number nor its parent."""
    columns = {}
    for name, value in values.items():
        old = getattr(plan.tasks, name)
        if isinstance(old, tuple):
            columns[name] = (*old[:row], value, *old[row + 1 :])
        else:
            new = old.copy()
            new[row] = NO_INSTANT if value is None else value
            columns[name] = new
    made = replace(plan, tasks=plan.tasks.with_columns(**columns))
    # The rows stay where they are. To count them anew for each of thousands of changes would be most of their cost.
    for name in ("index_of", "is_summary"):
        if name in vars(plan):
            vars(made)[name] = vars(plan)[name]
    return made


def with_splits(plan: Plan, row: int, splits: Splits) -> Plan:
    """The plan with other interruptions of the task at a row; the very same if they are the same."""
    if splits == plan.splits_of(row):
        return plan
    after, gap = zip(*splits, strict=True) if splits else ((), ())
    mine = SplitTable(np.full(len(splits), row, np.int32), np.array(after, np.int64), np.array(gap, np.int64))
    return replace(plan, splits=_spliced(plan.splits, mine, row))


def team_of(plan: Plan, row: int) -> tuple[Assignment, ...]:
    """Who works on the task at a row, in the order of the resources."""
    return tuple(plan.assignment_at(at) for at in range(*_span(plan.assignments.task, row)))


def with_team(plan: Plan, row: int, team: Sequence[Assignment]) -> Plan:
    """The plan with others on the task at a row; the very same if they are the same."""
    if tuple(team) == team_of(plan, row):
        return plan
    for each in team:
        if each.resource not in plan.resource_index:
            raise CannotApply("resource.unknown", f"There is no resource {each.resource} in this plan.")
    mine = assignment_columns(team, {int(plan.tasks.uid[row]): row}, plan.resource_index)
    return replace(plan, assignments=_spliced(plan.assignments, mine, row))


_Table = TypeVar("_Table", AssignmentTable, SplitTable)


def _spliced(table: _Table, mine: _Table, row: int) -> _Table:
    """The table, which is in the order of tasks, with other rows for one of them."""
    first, last = _span(table.task, row)
    columns = {
        f.name: np.concatenate([(old := getattr(table, f.name))[:first], getattr(mine, f.name), old[last:]])
        for f in fields(table)
    }
    return table.with_columns(**columns)


def _span(tasks: I32, row: int) -> tuple[int, int]:
    first, last = np.searchsorted(tasks, (row, row + 1))
    return int(first), int(last)


def read_date(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return parse_instant(text)
    except ValueError as fault:
        raise CannotApply(
            "date.bad", f"“{text}” is not a date and time such as 2026-03-02T08:00 ({fault})."
        ) from fault

"""What a baseline agreed on, beside what the plan now has: rows of the curve, how much of each is done, what came and
went."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from triptych.engine.costs import Costs
from triptych.plan import NO_INSTANT, Accrual, Baseline, Diagnostic, Plan
from triptych.plan.diagnostics import note
from triptych.plan.spelling import count
from triptych.plan.tables import I8, I32, I64, Flags

from .clock import F64, Clock
from .curve import BY_THE_CLOCK, Rows
from .measure import Kind

#: So many names in a sentence.
_NAMED = 3


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """The rows of a baseline that have dates, and the share of each that is done, 0 to 1. `row` is the row of the plan,
    -1 for what was deleted since."""

    rows: Rows
    share: F64
    row: I64
    found: tuple[Diagnostic, ...]


def scope_of(plan: Plan, baseline: Baseline, costs: Costs, *, unit: Kind, within: Flags) -> Scope:
    """The scope of a baseline in the tasks of the plan that are `within`, and in those that are in the plan no more.

    What a summary has beside its tasks is earned as they are. What was deleted since counts as planned and is never
    earned.
    """
    table, column = baseline.tasks, baseline.tasks.cost if unit is Kind.MONEY else baseline.tasks.work
    row = np.array([plan.index_of.get(uid, -1) for uid in table.uid.tolist()], np.int64)
    kept = (
        (table.start != NO_INSTANT)
        & (table.finish != NO_INSTANT)
        & np.where(row < 0, within.all(), within[row])
    )
    value = np.zeros(len(plan))
    np.add.at(value, row[kept & (row >= 0)], column[kept & (row >= 0)].astype(np.float64))
    done = _done(plan, value)
    rows = Rows(
        task=table.uid[kept],
        start=table.start[kept],
        finish=table.finish[kept],
        value=column[kept].astype(np.float64),
        accrual=_accrual(plan, costs, row[kept], unit),
        clock=_clocks(plan, row[kept]),
    )
    there = row[kept] >= 0
    found = (
        *_gone(table.uid[kept][~there], rows.value[~there]),
        *_added(plan, row, within),
        *_beside(plan, row[kept], rows.value),
    )
    return Scope(rows, np.where(there, done[row[kept]], 0.0), row[kept], found)


def _done(plan: Plan, value: F64) -> F64:
    """The share of each task that is done: its physical percent where that is stated; of summaries that of the tasks
    below, weighed by their value in the baseline or, where they have none, by their durations."""
    tasks = plan.tasks
    percent = np.where(tasks.physical_percent >= 0, tasks.physical_percent, tasks.percent_complete)
    share = np.where(plan.is_summary, 0.0, percent / 100)
    leaf = ~plan.is_summary
    by_value = _below(plan, np.stack([value * share, value]) * leaf)
    effort = np.maximum(tasks.duration, 1).astype(np.float64)
    by_effort = _below(plan, np.stack([effort * share, effort]) * leaf)
    weighed = np.where(by_value[1] > 0, by_value, by_effort)
    return np.where(leaf, share, weighed[0] / np.maximum(weighed[1], 1e-9))


def _below(plan: Plan, columns: F64) -> F64:
    """Columns added up over the outline, each row with all below it: children stand after their parents."""
    sums = columns.T.copy()
    for row in range(len(plan) - 1, -1, -1):
        if plan.tasks.parent[row] >= 0:
            sums[plan.tasks.parent[row]] += sums[row]
    return np.asarray(sums.T, np.float64)


def _accrual(plan: Plan, costs: Costs, row: I64, unit: Kind) -> I8:
    """A baseline does not say how its costs accrue. Those of a task that has nothing but a fixed cost do as that
    does."""
    even = np.full(len(row), Accrual.PRORATED, np.int8)
    if unit is Kind.WORK:
        return even
    alone = (costs.planned == plan.tasks.fixed_cost) & (plan.tasks.fixed_cost > 0)
    return np.where((row >= 0) & alone[row], plan.tasks.fixed_cost_accrual[row], even).astype(np.int8)


def _clocks(plan: Plan, row: I64) -> I32:
    """The clock of each row: the task's own calendar after the project's, round the clock for elapsed durations."""
    own = np.where(plan.tasks.calendar >= 0, plan.tasks.calendar + 1, 0)
    clock = np.where(plan.tasks.elapsed, BY_THE_CLOCK, own)
    return np.where(row >= 0, clock[row], 0).astype(np.int32)


def clocks_of(plan: Plan, project: int, rows: Rows) -> list[Clock]:
    """The clocks that the rows go by: the project's, and then those of the plan's calendars that are used."""
    first, last = int(rows.start.min()), int(rows.finish.max())
    usual = plan.calendars[plan.calendar_index[plan.projects[project].calendar]]
    whole = Clock.of(usual, plan.calendars, first, last)
    used = set(rows.clock.tolist())
    return [whole] + [
        Clock.of(each, plan.calendars, first, last) if number in used else whole
        for number, each in enumerate(plan.calendars, 1)
    ]


def _gone(uids: I64, values: F64) -> Iterable[Diagnostic]:
    if len(uids) == 0:
        return
    told = ", ".join(map(str, uids[:_NAMED].tolist())) + (" …" if len(uids) > _NAMED else "")
    yield note(
        "earned.deleted-since",
        f"{count(len(uids), 'task')} of the baseline {'is' if len(uids) == 1 else 'are'} in the plan no more (uid {told}): what was "
        "planned of it counts as planned, and is never earned. Freeze a new baseline if less was agreed since.",
        uids=uids.tolist(),
        value=float(values.sum()),
    )


def _beside(plan: Plan, row: I64, values: F64) -> Iterable[Diagnostic]:
    """Summaries of the baseline with tasks in it and something of their own."""
    known = np.zeros(len(plan))
    known[row[row >= 0]] = 1.0
    own = (row >= 0) & (values > 0)
    own[own] = _below(plan, known[None, :])[0][row[own]] > 1
    if own.any():
        yield note(
            "earned.summary-value",
            f"{names(plan, row[own])} {'has' if own.sum() == 1 else 'have'} a value in the baseline beside the tasks below: its own, or "
            "that of tasks that were deleted since. It is earned as they are.",
            uids=plan.tasks.uid[row[own]].tolist(),
            value=float(values[own].sum()),
        )


def _added(plan: Plan, row: I64, within: Flags) -> Iterable[Diagnostic]:
    """Tasks that came since, but for those that a task of the baseline was broken down into."""
    known = np.zeros(len(plan), np.bool_)
    known[row[row >= 0]] = True
    below = _below(plan, known[None, :].astype(np.float64))[0]
    covered = known & (plan.is_summary & (below == 1))
    for each, parent in enumerate(plan.tasks.parent.tolist()):
        covered[each] |= parent >= 0 and covered[parent]
    new = within & ~known & ~covered & ~plan.is_summary & plan.tasks.active & ~plan.tasks.external
    if not new.any():
        return
    rows = np.flatnonzero(new)
    yield note(
        "earned.added-since",
        f"{count(len(rows), 'task')} of the plan {'is' if len(rows) == 1 else 'are'} not in the baseline ({names(plan, rows)}): what it "
        "costs counts as spent, and nothing of it as planned or earned. Freeze a new baseline if more was agreed since.",
        uids=plan.tasks.uid[rows].tolist(),
    )


def names(plan: Plan, rows: I64) -> str:
    """`“A”, “B”, “C” and 4 more`."""
    told = ", ".join(f"“{plan.tasks.name[row]}”" for row in rows[:_NAMED].tolist())
    return told if len(rows) <= _NAMED else f"{told} and {len(rows) - _NAMED} more"

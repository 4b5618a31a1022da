"""Which nodes of a network are special, and what their constraints, deadlines, progress and project make of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from triptych.plan import Constraint, Diagnostic, FloatBasis, Plan, ProgressLogic
from triptych.plan.diagnostics import warning
from triptych.plan.quantities import NO_INSTANT
from triptych.plan.tables import I32, I64, Flags

from .columns import (
    BY_PROJECT_START,
    BY_STATUS_DATE,
    BY_TYPED,
    FAR,
    OF_FINISH,
    OF_SMALLER,
    OF_START,
    SETTINGS,
    table,
)
from .dialects import Dialect
from .draft import Draft, as_instants
from .graph import Nodes

_BASIS = {FloatBasis.SMALLER: OF_SMALLER, FloatBasis.START: OF_START, FloatBasis.FINISH: OF_FINISH}


@dataclass(frozen=True, slots=True)
class Places:
    """Where each node stands in the draft, or -1 for a node that has nothing special."""

    of_node: I32
    nodes: I64

    def __getitem__(self, nodes: I32 | I64) -> I64:
        return self.of_node[nodes].astype(np.int64)


def spans(plan: Plan) -> I64:
    """Working minutes from start to finish of every task: its duration and its interruptions."""
    minutes = plan.tasks.duration
    if len(plan.splits):
        minutes = minutes.copy()
        np.add.at(minutes, plan.splits.task, plan.splits.gap)
    return np.minimum(minutes, FAR - 1)


Records = NDArray[np.void]


def settings_of(plan: Plan, dialects: list[Dialect]) -> Records:
    """What each project says about all its tasks: a record each, see `columns.SETTINGS`."""
    pairs = list(zip(plan.projects, dialects, strict=True))
    starts = as_instants(np.array([each.start for each in plan.projects], np.int64))
    status = [
        NO_INSTANT if each.status_date is None or not dialect.waits_for_status else each.status_date
        for each, dialect in pairs
    ]
    held = as_instants(np.array(status, np.int64))
    floor = np.maximum(starts, held)
    reason = np.where(held > starts, BY_STATUS_DATE, BY_PROJECT_START)
    basis = [_BASIS[each.float_basis or dialect.float_basis] for each, dialect in pairs]
    return table(
        SETTINGS,
        len(pairs),
        floor=floor,
        reason=reason,
        frees_linked=[not dialect.start_holds_linked for _, dialect in pairs],
        open_ends=[each.open_ends_critical for each in plan.projects],
        basis=basis,
        spelled=[dialect.spells_milestones for _, dialect in pairs],
        forgives=[dialect.forgives_pins for _, dialect in pairs],
        restarts=[dialect.restarts_running_work for _, dialect in pairs],
    )


def find_special(plan: Plan, nodes: Nodes) -> Places:
    """The nodes that need more than their project's settings."""
    t = plan.tasks
    bound = (t.constraint != Constraint.ASAP) | (t.secondary != Constraint.ASAP) | (t.deadline != NO_INSTANT)
    own = bound | (t.actual_start != NO_INSTANT) | (t.levelling_delay > 0) | typed(plan) | t.start_milestone
    of_node = np.full(nodes.size, -1, np.int32)
    chosen = [nodes.leaf[(nodes.leaf >= 0) & own]]
    chosen += [
        nodes.gate[(nodes.gate >= 0) & bound],
        nodes.close[nodes.close >= 0],
        nodes.first[nodes.first >= 0],
    ]
    found = np.concatenate(chosen).astype(np.int64)
    of_node[found] = np.arange(len(found))
    return Places(of_node, found)


def typed(plan: Plan) -> Flags:
    """Tasks that keep the dates that were typed."""
    t = plan.tasks
    keeps: Flags = (t.manual | t.external) & (t.start != NO_INSTANT) & (t.actual_start == NO_INSTANT)
    return keeps


def draft_bounds(
    plan: Plan, nodes: Nodes, places: Places, settings: Records, dialects: list[Dialect], minutes: I64
) -> Draft:
    """Every special node's bounds, as its project's dialect reads them."""
    draft = Draft.empty(len(places.nodes))
    owner = nodes.owners()[places.nodes]
    tasks = plan.tasks
    is_leaf = nodes.leaf[owner] == places.nodes
    draft.project[:] = tasks.project[owner]
    draft.duration[is_leaf] = minutes[owner[is_leaf]]
    draft.floor[:] = settings["floor"][draft.project]
    draft.floor_reason[:] = settings["reason"][draft.project]
    draft.delay[is_leaf] = np.minimum(tasks.levelling_delay[owner[is_leaf]], FAR - 1)
    draft.opening[is_leaf] = tasks.start_milestone[owner[is_leaf]]
    draft.earliest[places[nodes.first[nodes.first >= 0]]] = 1
    draft.closing[places[nodes.close[nodes.close >= 0]]] = 1
    closing = is_leaf | (nodes.close[owner] == places.nodes)
    due = np.flatnonzero(closing & (tasks.deadline[owner] != NO_INSTANT))
    draft.lower(draft.late_finish_cap, due, as_instants(tasks.deadline[owner[due]]))
    for project, dialect in enumerate(dialects):
        _read_by(plan, nodes, draft, places, project, dialect)
    _typed_dates(plan, nodes, draft, places)
    return draft


def _read_by(plan: Plan, nodes: Nodes, draft: Draft, places: Places, project: int, dialect: Dialect) -> None:
    tasks, value = plan.tasks, plan.projects[project]
    mine = tasks.project == project
    for kinds, dates in ((tasks.constraint, tasks.constraint_date), (tasks.secondary, tasks.secondary_date)):
        for kind in np.unique(kinds[mine]).tolist():
            if kind != Constraint.ASAP:
                rows = np.flatnonzero(mine & (kinds == kind))
                _constrain(
                    nodes, draft, places, rows, Constraint(kind), dates, dialect, value.honour_constraints
                )
    rows = np.flatnonzero(mine & (nodes.leaf >= 0) & (tasks.actual_start != NO_INSTANT))
    if len(rows) == 0:
        return
    at = places[nodes.leaf[rows]]
    status = NO_INSTANT if value.status_date is None else value.status_date
    dialect.progress(draft, at, tasks, rows, np.full(len(rows), status, np.int64))
    draft.remaining[at] += _pauses_to_come(plan, rows, draft.remaining[at])
    logic = value.progress_logic or dialect.progress_logic
    draft.retained[at] = logic is ProgressLogic.RETAINED
    draft.unbinding[at] = logic in (ProgressLogic.OVERRIDE, ProgressLogic.ACTUAL_DATES)


def _pauses_to_come(plan: Plan, rows: I64, remaining: I64) -> I64:
    """Working minutes of the interruptions that lie in what remains of these tasks."""
    pauses = np.zeros(len(rows), np.int64)
    if len(plan.splits):
        for place, (row, left) in enumerate(zip(rows.tolist(), remaining.tolist(), strict=True)):
            done = int(plan.tasks.duration[row]) - left
            pauses[place] = sum(gap for after, gap in plan.splits_of(row) if after >= done and left > 0)
    return pauses


def _constrain(
    nodes: Nodes,
    draft: Draft,
    places: Places,
    rows: I64,
    kind: Constraint,
    dates: I64,
    dialect: Dialect,
    honour: bool,
) -> None:
    """One constraint type of one project, on tasks and, as far as it can be, on whole summaries."""
    above = {Constraint.SNET: nodes.gate, Constraint.FNLT: nodes.close}.get(kind)
    for column in (nodes.leaf,) if above is None else (nodes.leaf, above):
        held = rows[column[rows] >= 0]
        if len(held):
            honoured = np.full(len(held), honour and column is nodes.leaf)
            dialect.constrain(draft, kind, places[column[held]], as_instants(dates[held]), honoured)


def _typed_dates(plan: Plan, nodes: Nodes, draft: Draft, places: Places) -> None:
    """A manual or external task keeps the dates that were typed."""
    tasks = plan.tasks
    rows = np.flatnonzero(typed(plan) & (nodes.leaf >= 0))
    at = places[nodes.leaf[rows]]
    draft.fixed_start[at] = as_instants(tasks.start[rows])
    draft.fixed_reason[at] = BY_TYPED
    known = tasks.finish[rows] != NO_INSTANT
    draft.fixed_finish[at[known]] = as_instants(tasks.finish[rows[known]])


def useless_constraints(plan: Plan) -> list[Diagnostic]:
    """A summary may be held back as a whole and bound as a whole; other constraints say nothing about it."""
    kinds = plan.tasks.constraint
    says = np.isin(kinds, (Constraint.ASAP, Constraint.SNET, Constraint.FNLT))
    return [
        warning(
            "constraint.on-summary",
            f"“{plan.tasks.name[row]}” is a summary; “{Constraint(int(kinds[row])).words}” has no effect on it. "
            "Constrain the tasks below it.",
            f"task {int(plan.tasks.uid[row])}",
        )
        for row in np.flatnonzero(plan.is_summary & ~says).tolist()
    ]

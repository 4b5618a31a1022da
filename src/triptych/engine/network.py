"""Plan → network: hours, bounds and edges as columns, numbered in topological order, ready for the passes."""

from collections import defaultdict
from dataclasses import dataclass, fields

import numpy as np

from triptych.plan import Constraint, Diagnostic, LinkKind, Plan, ResourceKind
from triptych.plan.diagnostics import warning
from triptych.plan.model import Project
from triptych.plan.quantities import MINUTES_PER_DAY, NO_INSTANT
from triptych.plan.tables import I64
from triptych.plan.worktime import Hours, Span

from .columns import BY_PROJECT_START, BY_TYPED, NONE, Network, OpenHours
from .dialects import Dialect
from .dialects.base import LagHours
from .draft import Draft
from .graph import Edges, Nodes, break_cycles, lag_minutes, make_edges, make_nodes

#: Row of the hours that never close; helper nodes of summaries and elapsed durations run on it.
ROUND_THE_CLOCK = 0


@dataclass(frozen=True, slots=True)
class Compiled:
    """A network and what it stands for: `order[i]` is the node numbered `i`, `number` the inverse; `edge_link`
    is the plan's link of each edge, or -1."""

    network: Network
    nodes: Nodes
    number: I64
    edge_link: I64
    diagnostics: tuple[Diagnostic, ...]


def compile_network(plan: Plan, dialects: list[Dialect], span: Span) -> Compiled:
    """The network of `plan`, with each project read by its dialect, over working time in `span`."""
    nodes = make_nodes(plan)
    edges, order, found = break_cycles(plan, nodes, make_edges(plan, nodes))
    staff = _Staffing(plan, span)
    rows = staff.assign()
    draft = _draft(plan, nodes, dialects)
    _free_the_linked(draft, edges, dialects)
    leaves = np.flatnonzero(nodes.leaf >= 0)
    draft.gauge[nodes.leaf[leaves]] = [staff.gauge[row] for row in leaves.tolist()]
    number = np.empty(nodes.size, np.int64)
    number[order] = np.arange(nodes.size)
    lag, lag_hours = _edge_lags(plan, edges, dialects, staff)
    found += [*staff.found, *_useless_constraints(plan)]
    by_succ = np.lexsort((number[edges.pred], number[edges.succ]))
    columns = {
        **{f.name: getattr(draft, f.name)[order] for f in fields(draft)},
        **_edge_columns(number[edges.pred][by_succ], number[edges.succ][by_succ], nodes.size),
        **_hours_columns(nodes, order, rows),
        "kind": edges.kind[by_succ],
        "lag": lag[by_succ],
        "lag_hours": lag_hours[by_succ],
        "open": staff.open_hours(),
    }
    return Compiled(Network(**columns), nodes, number, edges.link[by_succ], tuple(found))


class _Staffing:
    """Which rows of working hours each task runs on: its own calendar, its people's, or its project's."""

    def __init__(self, plan: Plan, span: Span) -> None:
        self.plan = plan
        self.hours = Hours(span)
        self.by_uid = {each.uid: each for each in plan.calendars}
        self.found: list[Diagnostic] = []
        self.rows: dict[tuple[int, int], int] = {}
        self.days: dict[tuple[int, int], I64] = {}
        around = np.full(span.days, self.hours.shape(((0, MINUTES_PER_DAY),)), np.int64)
        self.hours.add(around)
        self.project_calendar = [plan.calendar_index[each.calendar] for each in plan.projects]
        self.gauge: list[int] = []

    def row(self, calendar: int, resource: int = -1) -> int:
        """The row for a calendar (-1: the resource's own alone) cut down to a resource's hours, if one is given."""
        key = (calendar, resource)
        if key not in self.rows:
            self.rows[key] = self.hours.add(self._combined(calendar, resource))
        return self.rows[key]

    def _combined(self, calendar: int, resource: int) -> I64:
        if resource < 0:
            return self._calendar_days(calendar)
        own = self._resource_days(resource, fallback=calendar)
        return own if calendar < 0 else self._usable(self.hours.both(self._calendar_days(calendar), own), own)

    def _calendar_days(self, calendar: int) -> I64:
        key = (calendar, -1)
        if key not in self.days:
            days = self.hours.days(self.plan.calendars[calendar], self.by_uid)
            if not self.hours.has_work(days):
                name = self.plan.calendars[calendar].name
                self.found.append(
                    warning(
                        "calendar.no-working-time",
                        f"Calendar “{name}” has no working time; tasks that use it are dated round the clock. "
                        "Give it working hours.",
                        f"calendar {self.plan.calendars[calendar].uid}",
                    )
                )
                days = np.full_like(days, self.hours.shape(((0, MINUTES_PER_DAY),)))
            self.days[key] = days
        return self.days[key]

    def _resource_days(self, resource: int, fallback: int) -> I64:
        person = self.plan.resources[resource]
        calendar = fallback if person.calendar is None else self.plan.calendar_index[person.calendar]
        days = self._calendar_days(calendar)
        return self._usable(self.hours.without(days, person.absences), days)

    def _usable(self, days: I64, otherwise: I64) -> I64:
        """Hours that never open would hold a task for ever: then the other hours stand."""
        return days if self.hours.has_work(days) else otherwise

    def open_hours(self) -> OpenHours:
        """Every row of hours asked for so far."""
        table = self.hours.columns()
        return OpenHours(table.opens, table.closes, table.before, table.ptr)

    def assign(self) -> list[list[int]]:
        """The rows of hours of every task; fills `gauge` beside."""
        tasks = self.plan.tasks
        people = self._people()
        result = []
        columns = (tasks.calendar, tasks.project, tasks.elapsed, tasks.ignore_resource_calendars)
        for row, (own, project, elapsed, alone) in enumerate(
            zip(*(c.tolist() for c in columns), strict=True)
        ):
            base = self.project_calendar[project]
            gauge = ROUND_THE_CLOCK if elapsed else self.row(own if own >= 0 else base)
            self.gauge.append(gauge)
            staff = [] if elapsed or (alone and own >= 0) else people.get(row, [])
            result.append(sorted({self._staff_row(own, base, each) for each in staff}) or [gauge])
        return result

    def _staff_row(self, own: int, base: int, resource: int) -> int:
        if own >= 0:
            return self.row(own, resource)
        person = self.plan.resources[resource]
        if person.calendar is None and not person.absences:
            return self.row(base)
        calendar = base if person.calendar is None else self.plan.calendar_index[person.calendar]
        return self.row(calendar, resource) if person.absences else self.row(calendar)

    def _people(self) -> dict[int, list[int]]:
        working = [each.kind is ResourceKind.WORK for each in self.plan.resources]
        people = defaultdict(list)
        pairs = zip(self.plan.assignments.task.tolist(), self.plan.assignments.resource.tolist(), strict=True)
        for task, resource in pairs:
            if working[resource]:
                people[task].append(resource)
        return people


def _draft(plan: Plan, nodes: Nodes, dialects: list[Dialect]) -> Draft:
    draft = Draft.empty(nodes.size)
    tasks = plan.tasks
    rows = np.flatnonzero(nodes.leaf >= 0)
    leaf = nodes.leaf[rows]
    draft.duration[leaf] = tasks.duration[rows]
    draft.delay[leaf] = tasks.levelling_delay[rows]
    draft.raw[:] = draft.duration == 0
    draft.earliest[nodes.first[nodes.first >= 0]] = 1
    for column in (nodes.leaf, nodes.gate, nodes.close, nodes.first):
        held = np.flatnonzero(column >= 0)
        draft.project[column[held]] = tasks.project[held]
    starts = np.array([each.start for each in plan.projects], np.int64)
    draft.floor[:] = starts[draft.project]
    deadlines = tasks.deadline
    for column in (nodes.leaf, nodes.close):
        held = np.flatnonzero((column >= 0) & (deadlines != NO_INSTANT))
        draft.lower_late_finish(column[held], deadlines[held])
    for project, dialect in enumerate(dialects):
        _read_by(plan, nodes, draft, project, dialect)
    _typed_dates(plan, nodes, draft)
    return draft


def _read_by(plan: Plan, nodes: Nodes, draft: Draft, project: int, dialect: Dialect) -> None:
    tasks = plan.tasks
    mine = tasks.project == project
    settings: Project = plan.projects[project]
    for kind in Constraint:
        rows = np.flatnonzero(mine & (tasks.constraint == kind))
        if kind is Constraint.ASAP or len(rows) == 0:
            continue
        above = {Constraint.SNET: nodes.gate, Constraint.FNLT: nodes.close}.get(kind)
        for column in (nodes.leaf,) if above is None else (nodes.leaf, above):
            held = rows[column[rows] >= 0]
            honoured = np.full(len(held), settings.honour_constraints and column is nodes.leaf)
            dialect.constrain(draft, kind, column[held], tasks.constraint_date[held], honoured)
    rows = np.flatnonzero(mine & (nodes.leaf >= 0))
    status = np.full(
        len(rows), NO_INSTANT if settings.status_date is None else settings.status_date, np.int64
    )
    dialect.progress(draft, nodes.leaf[rows], tasks, rows, status)


def _useless_constraints(plan: Plan) -> list[Diagnostic]:
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


def _free_the_linked(draft: Draft, edges: Edges, dialects: list[Dialect]) -> None:
    """Where the dialect says so, the project's start holds only what no predecessor's date leads to."""
    led = edges.succ[np.isin(edges.kind, (LinkKind.FS, LinkKind.SS))]
    held = np.array([each.start_holds_linked for each in dialects])[draft.project[led]]
    free = led[~held & (draft.floor_reason[led] == BY_PROJECT_START)]
    draft.floor[free] = NONE


def _typed_dates(plan: Plan, nodes: Nodes, draft: Draft) -> None:
    """A manual or external task keeps the dates that were typed."""
    tasks = plan.tasks
    typed = (tasks.manual | tasks.external) & (tasks.start != NO_INSTANT) & (nodes.leaf >= 0)
    rows = np.flatnonzero(typed & (tasks.actual_start == NO_INSTANT))
    leaf = nodes.leaf[rows]
    draft.fixed_start[leaf] = tasks.start[rows]
    draft.fixed_reason[leaf] = BY_TYPED
    known = tasks.finish[rows] != NO_INSTANT
    draft.fixed_finish[leaf[known]] = tasks.finish[rows[known]]


def _edge_lags(plan: Plan, edges: Edges, dialects: list[Dialect], staff: _Staffing) -> tuple[I64, I64]:
    """Minutes of lag of each edge and the row they run on; -1 is round the clock."""
    lag = np.zeros(len(edges.link), np.int64)
    hours = np.full(len(edges.link), -1, np.int64)
    linked = edges.link >= 0
    minutes = lag_minutes(plan)
    lag[linked] = minutes[edges.link[linked]]
    for edge in np.flatnonzero(lag != 0).tolist():
        link = int(edges.link[edge])
        if plan.links.lag_kind[link] == 1:
            continue
        succ, pred = int(plan.links.succ[link]), int(plan.links.pred[link])
        dialect = dialects[int(plan.tasks.project[succ])]
        end = succ if dialect.lag_hours is LagHours.SUCCESSOR else pred
        hours[edge] = staff.gauge[end]
    return lag, hours


def _hours_columns(nodes: Nodes, order: I64, rows: list[list[int]]) -> dict[str, I64]:
    by_node: list[list[int]] = [[ROUND_THE_CLOCK]] * nodes.size
    for row, node in enumerate(nodes.leaf.tolist()):
        if node >= 0:
            by_node[node] = rows[row]
    lists = [by_node[node] for node in order.tolist()]
    ptr = np.concatenate([[0], np.cumsum([len(each) for each in lists])]).astype(np.int64)
    return {"hours_ptr": ptr, "hours": np.array([row for each in lists for row in each], np.int64)}


def _edge_columns(pred: I64, succ: I64, size: int) -> dict[str, I64]:
    """The edges, sorted by successor, as both passes walk them."""
    return {
        "pred_ptr": _pointers(succ, size),
        "pred_node": pred,
        "succ_ptr": _pointers(pred, size),
        "succ_edge": np.argsort(pred, kind="stable").astype(np.int64),
        "edge_succ": succ,
    }


def _pointers(owners: I64, size: int) -> I64:
    return np.concatenate([[0], np.cumsum(np.bincount(owners, minlength=size))]).astype(np.int64)

"""Rows to a plan.

What is in the tables was validated on its way in, so the columns are filled from tuples directly: building ten
thousand `Task` objects only to take them apart again costs more than scheduling them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
from django.db.models import CharField, ExpressionWrapper, F

from triptych.apps.project import models as rows
from triptych.plan.kinds import Accrual, FloatBasis, LagHours, ProgressLogic, ResourceKind
from triptych.plan.model import Calendar, CalendarException, Plan, Project, Resource, Shifts
from triptych.plan.quantities import Instant
from triptych.plan.rates import RateFrom
from triptych.plan.tables import AssignmentTable, LinkTable, SplitTable, TaskTable, column

from .baselines import load_baselines

#: Columns of the task table that stand in the node's row as they are, with their type.
PLAIN: dict[str, type[np.generic]] = {
    "milestone": np.bool_,
    "elapsed": np.bool_,
    "constraint": np.int8,
    "ignore_resource_calendars": np.bool_,
    "manual": np.bool_,
    "active": np.bool_,
    "external": np.bool_,
    "duration": np.int64,
    "priority": np.int32,
    "levelling_delay": np.int64,
    "percent_complete": np.int8,
    "secondary": np.int8,
    "hammock": np.bool_,
    "start_milestone": np.bool_,
    "type": np.int8,
    "effort_driven": np.bool_,
    "fixed_cost": np.int64,
    "fixed_cost_accrual": np.int8,
}
#: Columns in which the row's null, for what is not stated, is -1.
STATED: dict[str, type[np.generic]] = {
    "remaining": np.int64,
    "actual_cost": np.int64,
    "physical_percent": np.int8,
}
#: Columns of instants, in which the row's null is NO_INSTANT.
INSTANTS = (
    "constraint_date", "deadline", "start", "finish", "actual_start", "actual_finish", "resume", "secondary_date",
)  # fmt: skip
#: Columns of assignments in which null is -1.
AMOUNTS = ("work", "actual_work", "cost", "actual_cost")
_FIELDS = ("id", "parent_id", "project_id", "name", "wbs", "calendar_id", *STATED, *PLAIN, *INSTANTS)
#: The same as the database gives them: numpy takes flags as they come, and Django's own conversion of those of ten
#: thousand tasks costs 14 ms on SQLite.
_ASKED = tuple(
    ExpressionWrapper(F(name), CharField()) if PLAIN.get(name) is np.bool_ else name for name in _FIELDS
)


def load_plan(projects: Collection[int], *, removed: bool = False, workspace: int | None = None) -> Plan:
    """The plan of these projects, with `removed` also of those that have been removed as a whole. Links to other
    projects are left out, so pass everything they reach. Of no project at all it is the calendars and people of the
    `workspace`.

    `uid`s are the numbers of the rows; tasks come in outline order, project by project.
    """
    settings = _settings(projects, removed=removed)
    order = [each.uid for each in settings]
    shared = [workspace] if workspace is not None and not order else _workspaces(order)
    calendars = _calendars(order, shared)
    resources = _resources(order, shared)
    tasks, index = _tasks(order, {each.uid: at for at, each in enumerate(calendars)})
    people = {each.uid: at for at, each in enumerate(resources)}
    return Plan(
        projects=settings,
        tasks=tasks,
        links=_links(order, index),
        calendars=calendars,
        resources=resources,
        assignments=_assignments(order, index, people),
        splits=_splits(order, index),
        baselines=load_baselines(order),
    )


def deliverables_of(projects: Collection[int]) -> frozenset[int]:
    """The tasks that are deliverables."""
    found = rows.Node.objects.filter(project__in=projects, kind=rows.Kind.DELIVERABLE, removed_by=None)
    return frozenset(found.values_list("id", flat=True))


def _settings(projects: Collection[int], *, removed: bool) -> tuple[Project, ...]:
    found = rows.ProjectSettings.objects.filter(node__in=projects)
    if not removed:
        found = found.filter(node__removed_by=None)
    return tuple(
        Project(
            uid=each.node_id,
            name=each.node.name,
            start=Instant(each.start),
            calendar=each.calendar_id,
            finish=_instant(each.finish),
            from_finish=each.from_finish,
            status_date=_instant(each.status_date),
            minutes_per_day=each.minutes_per_day,
            minutes_per_week=each.minutes_per_week,
            days_per_month=each.days_per_month,
            honour_constraints=each.honour_constraints,
            critical_limit=each.critical_limit,
            critical_by_path=each.critical_by_path,
            open_ends_critical=each.open_ends_critical,
            lag_hours=LagHours(each.lag_hours) if each.lag_hours else None,
            progress_logic=ProgressLogic(each.progress_logic) if each.progress_logic else None,
            float_basis=FloatBasis(each.float_basis) if each.float_basis else None,
            dialect=each.dialect,
            currency=each.currency,
        )
        for each in found.select_related("node").order_by("node")
    )


def _instant(value: int | None) -> Instant | None:
    return None if value is None else Instant(value)


def _calendars(projects: Collection[int], workspaces: Collection[int]) -> tuple[Calendar, ...]:
    shared = rows.Calendar.objects.filter(project=None, workspace__in=workspaces)
    own = rows.Calendar.objects.filter(project__in=projects)
    return tuple(calendar_value(each) for each in (shared | own).order_by("id"))


def _workspaces(projects: Collection[int]) -> list[int]:
    return list(rows.Node.objects.filter(pk__in=projects).values_list("workspace", flat=True).distinct())


def calendar_value(row: rows.Calendar) -> Calendar:
    """A calendar's row as the plan knows it."""
    return Calendar(
        uid=row.pk,
        name=row.name,
        week=tuple(None if day is None else _shifts(day) for day in row.week),
        exceptions=tuple(
            CalendarException(
                date.fromisoformat(each["first"]),
                date.fromisoformat(each["last"]),
                _shifts(each["shifts"]),
                each["name"],
            )
            for each in row.exceptions
        ),
        base=row.base_id,
    )


def _shifts(pairs: Iterable[Sequence[int]]) -> Shifts:
    return tuple((start, finish) for start, finish in pairs)


def _resources(projects: Collection[int], workspaces: Collection[int]) -> tuple[Resource, ...]:
    shared = rows.Resource.objects.filter(project=None, workspace__in=workspaces)
    found = shared | rows.Resource.objects.filter(project__in=projects)
    absences = _absences()
    return tuple(resource_value(each, absences.get(each.pk, ())) for each in found.order_by("id"))


def resource_value(row: rows.Resource, absences: Iterable[CalendarException]) -> Resource:
    """A resource's row, and when it is away, as the plan knows it."""
    return Resource(
        uid=row.pk,
        name=row.name,
        calendar=row.calendar_id,
        absences=tuple(absences),
        kind=ResourceKind(row.kind),
        units=row.units,
        email=row.email,
        role=row.role,
        rate=row.rate,
        cost_per_use=row.cost_per_use,
        accrual=Accrual(row.accrual),
        skills=tuple(row.skills),
        rates=tuple(RateFrom(Instant(first), rate, per_use) for first, rate, per_use in row.rates),
    )


def _absences() -> dict[int, list[CalendarException]]:
    found: defaultdict[int, list[CalendarException]] = defaultdict(list)
    for each in rows.Absence.objects.filter(removed_by=None).order_by("first", "last", "id"):
        found[each.resource_id].append(
            CalendarException(each.first, each.last, _shifts(each.shifts), each.name)
        )
    return dict(found)


_Row = tuple[Any, ...]


def _tasks(projects: Sequence[int], calendars: dict[int, int]) -> tuple[TaskTable, dict[int, int]]:
    found = rows.Node.objects.filter(project__in=projects, removed_by=None).order_by("position", "id")
    ordered = _outline(projects, list(found.values_list(*_ASKED)))
    index = {row[0]: at for at, row in enumerate(ordered)}
    values = dict(zip(_FIELDS, zip(*ordered, strict=True), strict=True)) if ordered else {}

    def of(name: str) -> tuple[Any, ...]:
        return values.get(name, ())

    order = {uid: at for at, uid in enumerate(projects)}
    plain: dict[str, Any] = {name: np.array(of(name), kind) for name, kind in PLAIN.items()}
    plain |= {name: column(list(of(name))) for name in INSTANTS}
    plain |= {name: column(list(of(name)), empty=-1).astype(kind) for name, kind in STATED.items()}
    table = TaskTable(
        uid=np.array(of("id"), np.int64),
        name=of("name"),
        wbs=of("wbs"),
        parent=np.array([index.get(each, -1) for each in of("parent_id")], np.int32),
        project=np.array([order[each] for each in of("project_id")], np.int32),
        calendar=np.array([-1 if each is None else calendars[each] for each in of("calendar_id")], np.int32),
        **plain,
    )
    return table, index


def _outline(projects: Sequence[int], found: list[_Row]) -> list[_Row]:
    """Parents before children; roots, whose parent is the project's own node, project by project."""
    below: defaultdict[int, list[_Row]] = defaultdict(list)
    for row in found:
        below[row[1]].append(row)
    ordered: list[_Row] = []
    stack = [row for project in reversed(projects) for row in reversed(below.get(project, ()))]
    while stack:
        row = stack.pop()
        ordered.append(row)
        if children := below.get(row[0]):
            stack.extend(reversed(children))
    return ordered


def _links(projects: Collection[int], index: dict[int, int]) -> LinkTable:
    fields = ("pred_id", "succ_id", "kind", "lag", "lag_kind")
    found = rows.Link.objects.filter(succ__project__in=projects, removed_by=None).values_list(*fields)
    within = sorted(
        (index[pred], index[succ], kind, lag, lag_kind)
        for pred, succ, kind, lag, lag_kind in found
        if pred in index and succ in index
    )
    types = (np.int32, np.int32, np.int8, np.int64, np.int8)
    return LinkTable(
        *(np.array(each, kind) for each, kind in zip(_transposed(within, 5), types, strict=True))
    )


def _assignments(projects: Collection[int], index: dict[int, int], people: dict[int, int]) -> AssignmentTable:
    fields = ("task_id", "resource_id", "units", *AMOUNTS)
    found = rows.Assignment.objects.filter(task__project__in=projects, removed_by=None).values_list(*fields)
    within = sorted(
        (index[task], people[resource], units, *(-1 if each is None else each for each in amounts))
        for task, resource, units, *amounts in found
        if task in index and resource in people
    )
    types = (*(np.int32,) * 3, *(np.int64,) * len(AMOUNTS))
    return AssignmentTable(
        *(np.array(each, kind) for each, kind in zip(_transposed(within, len(types)), types, strict=True))
    )


def _splits(projects: Collection[int], index: dict[int, int]) -> SplitTable:
    """Few tasks are interrupted: a statement of its own spares ten thousand rows the decoding of nothing."""
    found = rows.Node.objects.filter(project__in=projects, removed_by=None, splits__isnull=False)
    within = sorted(
        (index[task], after, gap)
        for task, splits in found.values_list("id", "splits")
        if task in index
        for after, gap in splits or ()
    )
    types = (np.int32, np.int64, np.int64)
    return SplitTable(
        *(np.array(each, kind) for each, kind in zip(_transposed(within, 3), types, strict=True))
    )


def _transposed(found: Sequence[tuple[int, ...]], width: int) -> Sequence[Sequence[int]]:
    return list(zip(*found, strict=True)) if found else [()] * width

"""A project's plan, and changes to it."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from triptych.apps.history.queries import seq_of
from triptych.apps.people.roles import Verb
from triptych.apps.project import bridge, queries
from triptych.apps.project.actions import Outcome, change_plan, impact_between
from triptych.apps.project.bridge import Computed
from triptych.apps.project.bridge.sheet import Row
from triptych.apps.project.changes import NewTask
from triptych.apps.project.models import Calendar, ProjectSettings
from triptych.apps.project.rules import Rights
from triptych.plan import changes as c
from triptych.plan.kinds import LagKind, LinkKind
from triptych.plan.quantities import spell_instant
from triptych.plan.worktime import resolved_exceptions, resolved_week

from . import access
from .clock import today
from .reading import Id
from .shapes import FAULTS, ChangeAnswer, LinkRow, Named, TaskRow, impact_shape, json, named, ripple_shape

router = Router(tags=["projects"])


class Ghost(Schema):
    """The end of a link in another project; without names where the reader may not see that project."""

    id: int
    name: str | None
    project: str | None
    project_id: int | None
    start: str | None
    finish: str | None


class CalendarExceptionRow(Schema):
    """Days on which other shifts hold, or none."""

    first: str
    last: str
    shifts: list[tuple[int, int]]
    name: str


class CalendarRow(Named):
    """Working time: the week from Monday, shifts in minutes after midnight, what a base gives included."""

    week: list[list[tuple[int, int]]]
    exceptions: list[CalendarExceptionRow]


class ProjectHead(Named):
    """A project's own data and computed dates."""

    kind: str
    parent: Named | None
    start: str | None
    finish: str | None
    status_date: str | None
    calendar: int
    minutes_per_day: int
    minutes_per_week: int
    manager: Named | None
    dialect: str
    may_edit: bool


class ProjectPlan(Schema):
    """Everything a Gantt needs; tasks in outline order."""

    seq: int
    today: str
    project: ProjectHead
    tasks: list[TaskRow]
    links: list[LinkRow]
    ghosts: list[Ghost]
    calendars: list[CalendarRow]
    critical_path: list[int]


WireChange = Annotated[
    c.SetName
    | c.SetDuration
    | c.SplitTask
    | c.JoinTask
    | c.SetLevellingDelay
    | c.SetConstraint
    | c.SetSecondaryConstraint
    | c.SetDeadline
    | c.SetProgress
    | c.SetMode
    | c.SetActive
    | c.SetTaskType
    | c.AddLink
    | c.RemoveLink
    | c.SetLag
    | c.RemoveTask
    | c.MoveTask
    | c.Assign
    | c.Unassign
    | c.SetWork
    | c.SetUnits
    | NewTask,
    Field(discriminator="op"),
]


class ChangeRequest(Schema):
    """Changes to make in order, as one; `seq` is the number under which the plan was read, or null."""

    changes: list[WireChange] = Field(min_length=1, max_length=5000)
    seq: int | None = None


@router.get("/projects/{project}", response={200: ProjectPlan, **FAULTS})
def read_project(request: HttpRequest, project: Id) -> Any:
    """The plan of a project, scheduled."""
    rights = access.rights(request)
    head = queries.project_head(rights, project)
    seq = seq_of(project)
    found = bridge.computed(bridge.reach([project]))
    at = found.plan.project_index[project]
    return json(
        {
            "seq": seq,
            "today": spell_instant(today()),
            "project": _head(head, found, rights),
            "tasks": found.sheet.rows(project),
            "links": _links(found, project),
            "ghosts": queries.ghosts(rights, project),
            "calendars": _calendars(found, list(queries.calendars(rights.user, project))),
            "critical_path": _seen_path(found, found.schedule.critical_path(at), project),
        }
    )


@router.post("/projects/{project}/changes", response={200: ChangeAnswer, **FAULTS})
def change_project(
    request: HttpRequest, project: Id, body: ChangeRequest, preview: bool = False, impact: bool = False
) -> Any:
    """Change the plan, or with `preview` be told what that would move. All changes are made, or none is. With `impact`
    the answer also tells what that does to cost and people, and why what moved most stands where it does."""
    outcome = change_plan(
        actor=access.user_of(request),
        project=project,
        changes=body.changes,
        preview=preview,
        seq=body.seq,
        door=access.PAGE,
    )
    return json(change_answer(outcome, project, impact=impact))


def change_answer(outcome: Outcome, project: int, *, impact: bool = False) -> dict[str, Any]:
    """What the changes did to one project, in rows."""
    before, after = outcome.before, outcome.after
    return {
        "seq": outcome.seq,
        "entry": None if outcome.entry is None else outcome.entry.pk,
        "ripple": ripple_shape(outcome.ripple, after, outcome.rights),
        "tasks": _seen_rows(outcome.rights, after.sheet.changed(before.sheet, project), project),
        "links": _links(after, project) if _tells_links(outcome, project) else None,
        "project": _span(after, project),
        "diagnostics": _told(outcome),
        "impact": _impact(outcome) if impact else None,
    }


def _impact(outcome: Outcome) -> dict[str, Any]:
    return impact_shape(impact_between(outcome.rights, outcome.before, outcome.after), outcome.after)


def _tells_links(outcome: Outcome, project: int) -> bool:
    return project in outcome.rights.visible and _links_changed(outcome.before, outcome.after, project)


def _seen_rows(rights: Rights, rows: list[Row], project: int) -> list[Row]:
    """The rows of a project that the reader may see: all, or those below which a role was granted."""
    if project in rights.visible:
        return rows
    return [each for each in rows if rights.may_on(Verb.VIEW, each["id"], project)]


def _told(outcome: Outcome) -> list[dict[str, Any]]:
    """What is wrong with the plan; the words could name tasks of projects that the reader may not see."""
    if any(each.uid not in outcome.rights.visible for each in outcome.after.plan.projects):
        return []
    return [each.as_json() for each in outcome.after.schedule.diagnostics]


def _span(found: Computed, project: int) -> dict[str, Any]:
    at = found.plan.project_index[project]
    return {
        "start": spell_instant(int(found.schedule.project_start[at])),
        "finish": spell_instant(int(found.schedule.project_finish[at])),
    }


def _head(row: ProjectSettings, found: Computed, rights: Rights) -> dict[str, Any]:
    node = row.node
    parent = node.parent if node.parent_id in rights.visible else None
    return _span(found, node.pk) | {
        "id": node.pk,
        "name": node.name,
        "kind": node.kind,
        "parent": None if parent is None else {"id": parent.pk, "name": parent.name},
        "status_date": None if row.status_date is None else spell_instant(row.status_date),
        "calendar": row.calendar_id,
        "minutes_per_day": row.minutes_per_day,
        "minutes_per_week": row.minutes_per_week,
        "manager": named(node.manager),
        "dialect": row.dialect,
        "may_edit": rights.may(Verb.EDIT_PLAN, node.pk),
    }


def _link_columns(found: Computed, project: int) -> list[list[int]]:
    """The links with an end in the project: predecessor, successor, kind, lag, kind of lag, driving."""
    tasks, links = found.plan.tasks, found.plan.links
    mine = tasks.project == found.plan.project_index[project]
    ends = mine[links.pred] | mine[links.succ]
    columns = (tasks.uid[links.pred], tasks.uid[links.succ], links.kind, links.lag, links.lag_kind)
    return [column[ends].tolist() for column in (*columns, found.schedule.driving_links)]


def _links(found: Computed, project: int) -> list[dict[str, Any]]:
    numbers = queries.link_numbers(project)
    kinds, lags = [each.name for each in LinkKind], [each.name for each in LagKind]
    rows = zip(*_link_columns(found, project), strict=True)
    # A link that exists only in a preview has no number yet; negative ones keep the rows apart.
    return [
        {
            "id": numbers.get((pred, succ, kind), -1 - row),
            "pred": pred,
            "succ": succ,
            "kind": kinds[kind],
            "lag_minutes": lag,
            "lag_kind": lags[lag_kind],
            "driving": driving,
        }
        for row, (pred, succ, kind, lag, lag_kind, driving) in enumerate(rows)
    ]


def _links_changed(before: Computed, after: Computed, project: int) -> bool:
    return _link_columns(before, project) != _link_columns(after, project)


def _seen_path(found: Computed, path: list[int], project: int) -> list[int]:
    return [task for task in path if found.project_of(task) == project]


def _calendars(found: Computed, rows: list[Calendar]) -> list[dict[str, Any]]:
    wanted = {each.pk for each in rows}
    by_uid = {each.uid: each for each in found.plan.calendars}
    return [
        {
            "id": each.uid,
            "name": each.name,
            "week": resolved_week(each, by_uid),
            "exceptions": [
                {
                    "first": span.first.isoformat(),
                    "last": span.last.isoformat(),
                    "shifts": span.shifts,
                    "name": span.name,
                }
                for span in resolved_exceptions(each, by_uid)
            ],
        }
        for each in found.plan.calendars
        if each.uid in wanted
    ]

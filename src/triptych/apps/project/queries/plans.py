"""Reading the tree. Each query here costs a constant number of statements, whatever the number of rows."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypedDict

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.db.models.functions import Cast

from triptych.apps.people.models import User
from triptych.apps.people.refusals import NotVisible
from triptych.apps.people.roles import Verb
from triptych.apps.project.models import (
    ELAPSED_PER_WORKED,
    Absence,
    Assignment,
    BaselineRow,
    Calendar,
    Dates,
    Kind,
    Link,
    Node,
    ProjectSettings,
    Resource,
)
from triptych.apps.project.rules import Rights, resources_visible_to
from triptych.plan.quantities import Instant, spell_instant


class Figures(TypedDict):
    """What a project, or everything below a program or portfolio, adds up to."""

    start: int | None
    finish: int | None
    tasks: int
    milestones: int
    critical: int
    late: int
    weight: int
    done: int


class Branch(TypedDict):
    """A node of the upper tree with its roll-up."""

    node: Node
    parent: int | None
    figures: Figures
    may_edit: bool


def tree(rights: Rights, *, today: Instant) -> list[Branch]:
    """The portfolios, programs and projects a reader may see, parents first, with figures of what they may see.

    `today` decides what is late: an unfinished task whose finish or deadline has passed. A node whose parent is
    hidden stands at the top, and its parent is not told.
    """
    nodes = list(
        Node.objects.filter(pk__in=rights.visible)
        .only("id", "kind", "name", "parent_id", "position", "manager__id", "manager__name")
        .select_related("manager")
        .order_by("position", "id")
    )
    own = _figures([each.pk for each in nodes if each.kind == Kind.PROJECT], today)
    ordered = _preorder(nodes)
    totals: dict[int, Figures] = {}
    for node in reversed(ordered):
        figures = totals[node.pk] = _sum([own.get(node.pk), totals.get(node.pk)])
        if node.parent_id is not None:
            totals[node.parent_id] = _sum([totals.get(node.parent_id), figures])
    return [
        Branch(
            node=node,
            parent=node.parent_id if node.parent_id in rights.visible else None,
            figures=totals[node.pk],
            may_edit=rights.may(Verb.EDIT_PLAN, node.pk),
        )
        for node in ordered
    ]


def _preorder(nodes: list[Node]) -> list[Node]:
    known = {each.pk for each in nodes}
    below: dict[int | None, list[Node]] = {}
    for node in nodes:
        below.setdefault(node.parent_id if node.parent_id in known else None, []).append(node)
    ordered: list[Node] = []
    stack = list(reversed(below.get(None, [])))
    while stack:
        node = stack.pop()
        ordered.append(node)
        stack.extend(reversed(below.get(node.pk, [])))
    return ordered


def _sum(parts: Iterable[Figures | None]) -> Figures:
    found = [each for each in parts if each is not None]
    starts = [each["start"] for each in found if each["start"] is not None]
    finishes = [each["finish"] for each in found if each["finish"] is not None]
    return Figures(
        start=min(starts, default=None),
        finish=max(finishes, default=None),
        tasks=sum(each["tasks"] for each in found),
        milestones=sum(each["milestones"] for each in found),
        critical=sum(each["critical"] for each in found),
        late=sum(each["late"] for each in found),
        weight=sum(each["weight"] for each in found),
        done=sum(each["done"] for each in found),
    )


def _dated(column: str) -> Subquery:
    return Subquery(Dates.objects.filter(node=OuterRef("pk")).values(column))


def _figures(projects: Collection[int], today: Instant) -> dict[int, Figures]:
    """The figures of each project, counted in the database over the leaves of the plan."""
    dates = {each.node: each for each in Dates.objects.filter(node__in=projects)}
    leaves = Node.objects.filter(project__in=projects, removed_by=None, active=True)
    leaves = leaves.annotate(
        finish_now=_dated("finish"), is_critical=_dated("critical"), is_summary=_dated("summary")
    )
    work = Q(milestone=False)
    weight = F("duration") / Case(When(elapsed=True, then=ELAPSED_PER_WORKED), default=1)
    open_late = Q(percent_complete__lt=100) & (Q(finish_now__lt=today) | Q(deadline__lt=today))
    counted = (
        leaves.filter(is_summary=False)
        .order_by()
        .values("project")
        .annotate(
            tasks=Count("pk", filter=work),
            milestones=Count("pk", filter=~work),
            critical=Count("pk", filter=Q(is_critical=True)),
            late=Count("pk", filter=open_late),
            weight=Sum(weight),
            done=Sum(Cast("percent_complete", IntegerField()) * weight),
        )
    )
    rows = {row["project"]: row for row in counted}
    return {project: _figures_of(dates.get(project), rows.get(project, {})) for project in projects}


def _figures_of(dates: Dates | None, row: Mapping[str, Any]) -> Figures:
    return Figures(
        start=dates.start if dates else None,
        finish=dates.finish if dates else None,
        tasks=row.get("tasks", 0),
        milestones=row.get("milestones", 0),
        critical=row.get("critical", 0),
        late=row.get("late", 0),
        weight=row.get("weight") or 0,
        done=row.get("done") or 0,
    )


def project_head(rights: Rights, project: int) -> ProjectSettings:
    """The settings of a project with its node, parent and manager. Raises NotVisible."""
    if project not in rights.visible:
        raise NotVisible
    found = (
        ProjectSettings.objects.select_related("node__parent", "node__manager").filter(node=project).first()
    )
    if found is None:
        raise NotVisible
    return found


def upper_node(rights: Rights, node: int) -> Node:
    """A portfolio, program or project that the reader may see. Raises NotVisible."""
    found = Node.objects.filter(pk=node).first() if node in rights.visible else None
    if found is None:
        raise NotVisible
    return found


def project_of_task(rights: Rights, task: int) -> int:
    """The project of a task the reader may see. Raises NotVisible."""
    found = Node.objects.filter(pk=task, removed_by=None, project__in=rights.visible)
    project = found.values_list("project", flat=True).first()
    if project is None:
        raise NotVisible
    return project


def link_numbers(project: int) -> dict[tuple[int, int, int], int]:
    """The number of every link that begins or ends in the project, by predecessor, successor and kind."""
    fields = ("pred_id", "succ_id", "kind", "id")
    found = Link.objects.filter(Q(pred__project=project) | Q(succ__project=project), removed_by=None)
    return {(pred, succ, kind): pk for pred, succ, kind, pk in found.values_list(*fields)}


class Ghost(TypedDict):
    """The end of a link that is in another project; nameless where the reader may not see that project."""

    id: int
    name: str | None
    project: str | None
    project_id: int | None
    start: str | None
    finish: str | None


def ghosts(rights: Rights, project: int) -> list[Ghost]:
    """The tasks of other projects that links connect with this one. Only their dates are told of hidden ones."""
    crossing = Link.objects.filter(crosses=True, removed_by=None)
    outward = crossing.filter(pred__project=project).values("succ")
    inward = crossing.filter(succ__project=project).values("pred")
    found = Node.objects.filter(
        Q(pk__in=outward) | Q(pk__in=inward), removed_by=None, project__removed_by=None
    )
    found = found.annotate(start_now=_dated("start"), finish_now=_dated("finish"))
    fields = ("id", "name", "project_id", "project__name", "start_now", "finish_now")
    return [_ghost(rights, *row) for row in found.order_by("id").values_list(*fields)]


def _ghost(
    rights: Rights, pk: int, name: str, project: int, project_name: str, start: int | None, finish: int | None
) -> Ghost:
    seen = project in rights.visible
    return Ghost(
        id=pk,
        name=name if seen else None,
        project=project_name if seen else None,
        project_id=project if seen else None,
        start=None if start is None else spell_instant(start),
        finish=None if finish is None else spell_instant(finish),
    )


def people(rights: Rights) -> QuerySet[Resource]:
    """The resources a reader may see, with `absent` (their absences) and `assigned` (tasks in visible projects)."""
    absences = Prefetch("absences", Absence.objects.filter(removed_by=None).order_by("first", "id"), "absent")
    tasks = Q(
        assignments__removed_by=None,
        assignments__task__removed_by=None,
        assignments__task__project__in=rights.visible,
    )
    found = resources_visible_to(rights).select_related("calendar", "project").prefetch_related(absences)
    return found.annotate(assigned=Count("assignments", filter=tasks)).order_by("name", "id")


def resource(rights: Rights, pk: int) -> Resource:
    """A resource the reader may see. Raises NotVisible."""
    found = resources_visible_to(rights).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def projects_of_resource(person: Resource) -> frozenset[int]:
    """The projects whose dates the absences of a person move: those in which they have work.

    Someone without work moves nothing, and one project, any, serves as the plan in which the absence is noted.
    """
    work = Assignment.objects.filter(
        resource=person, removed_by=None, task__removed_by=None, task__project__removed_by=None
    )
    found = frozenset(work.values_list("task__project", flat=True).distinct())
    if found:
        return frozenset(each for each in found if each is not None)
    if person.project_id is not None:
        return frozenset([person.project_id])
    return any_project(person.workspace_id)


def any_project(workspace: int) -> frozenset[int]:
    """A project of the workspace, none if there is none: the plan in which what moves nothing is noted."""
    projects = Node.objects.filter(workspace=workspace, kind=Kind.PROJECT, removed_by=None)
    return frozenset(projects.order_by("id").values_list("id", flat=True)[:1])


def projects_of_calendar(calendar: Calendar) -> frozenset[int]:
    """The projects whose dates a calendar moves: those that use it, or one that builds on it, for themselves, for a
    task, or for somebody who has work there."""
    builds_on = dict(Calendar.objects.filter(workspace=calendar.workspace_id).values_list("id", "base"))
    same = {each for each in builds_on if calendar.pk in _bases(each, builds_on)}
    own = ProjectSettings.objects.filter(calendar__in=same, node__removed_by=None).values_list(
        "node", flat=True
    )
    tasks = Node.objects.filter(calendar__in=same, removed_by=None, project__removed_by=None)
    work = Assignment.objects.filter(
        resource__calendar__in=same, removed_by=None, task__removed_by=None, task__project__removed_by=None
    )
    found = {*own, *tasks.values_list("project", flat=True), *work.values_list("task__project", flat=True)}
    return frozenset(each for each in found if each is not None)


def _bases(calendar: int, builds_on: Mapping[int, int | None]) -> set[int]:
    """A calendar and those that it builds on."""
    found: set[int] = set()
    step: int | None = calendar
    while step is not None and step not in found:
        found.add(step)
        step = builds_on.get(step)
    return found


def calendars(user: User, project: int) -> QuerySet[Calendar]:
    """The calendars a project may use: its own and the workspace's."""
    mine = Q(project=project) | Q(project=None, workspace=user.workspace_id)
    return Calendar.objects.filter(mine).order_by("id")


def baselined_tasks(project: int, number: int) -> frozenset[int]:
    """The tasks that a project's baseline speaks of, those that are there no more included."""
    found = BaselineRow.objects.filter(baseline__project=project, baseline__number=number)
    return frozenset(found.values_list("node", flat=True))


def next_position(parent: int | None, workspace: int) -> int:
    """The place after the last child."""
    rows = Node.objects.filter(parent=parent, workspace=workspace, project=None)
    return (rows.aggregate(Max("position"))["position__max"] or 0) + 1024

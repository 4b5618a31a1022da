"""A plan's value to the rows of a new project: numbers are given anew, everything else stays as it is."""

from dataclasses import fields, replace

import numpy as np

from triptych.apps.people.models import User, Workspace
from triptych.apps.people.refusals import Invalid
from triptych.apps.project import bridge
from triptych.apps.project.bridge import Computed
from triptych.apps.project.bridge.nodes import reserve
from triptych.apps.project.bridge.settings import resource_values, settings_values
from triptych.apps.project.bridge.sheet import outline_numbers
from triptych.apps.project.models import Absence, Calendar, Kind, Node, ProjectSettings, Resource
from triptych.plan import model
from triptych.plan.builder import PlanBuilder
from triptych.plan.tables import BaselineTable

from .growing import calendar_row

#: What the columns of names hold.
NAME, LONG_NAME, CURRENCY = 200, 500, 20


def record(
    plan: model.Plan,
    *,
    workspace: Workspace,
    parent: Node | None,
    position: int,
    name: str,
    manager: User | None,
) -> tuple[Node, dict[int, int], dict[int, int]]:
    """Create the project of a plan; also the numbers of its tasks and resources by those of the plan."""
    project = Node.objects.create(
        workspace=workspace,
        kind=Kind.PROJECT,
        parent=parent,
        position=position,
        name=name[:LONG_NAME],
        manager=manager,
    )
    calendars = _calendars(plan, workspace, project)
    _settings(plan.project, project, calendars[plan.project.calendar])
    resources = {each.uid: _resource(each, workspace, project, calendars) for each in plan.resources}
    leaves = [each for each in plan.each_task() if each.uid != plan.project.root]
    tasks = dict(zip((each.uid for each in leaves), reserve(len(leaves)), strict=True)) if leaves else {}
    _store(_renumbered(plan, project, leaves, tasks, calendars, resources), project)
    return project, tasks, {uid: row.pk for uid, row in resources.items()}


def _store(builder: PlanBuilder, project: Node) -> None:
    """Write tasks, links, assignments and dates, as the difference from the same project without tasks."""
    empty = bridge.compute(bridge.load_plan([project.pk]))
    builder.projects, builder.calendars = list(empty.plan.projects), list(empty.plan.calendars)
    builder.resources = list(empty.plan.resources)
    plan, found = builder.build()
    if found:
        raise Invalid("import.refused", found[0].message, errors=found)
    bridge.store(Computed(empty.plan, empty.schedule), bridge.compute(plan))


def _calendars(plan: model.Plan, workspace: Workspace, project: Node) -> dict[int, int]:
    """The rows of the plan's calendars, by its numbers; a base may stand behind those that build on it."""
    made: dict[int, Calendar] = {}
    for each in plan.calendars:
        named = replace(each, name=each.name.strip()[:NAME] or "Calendar")
        row = made[each.uid] = calendar_row(named, workspace.pk, base=None, project=project)
        row.save()
    for each in plan.calendars:
        if each.base is not None:
            row = made[each.uid]
            row.base = made[each.base]
            row.save(update_fields=["base"])
    return {uid: row.pk for uid, row in made.items()}


def _settings(value: model.Project, project: Node, calendar: int) -> None:
    values = settings_values(value) | {"calendar_id": calendar, "currency": value.currency[:CURRENCY]}
    ProjectSettings.objects.create(node=project, **values)


def _resource(
    value: model.Resource, workspace: Workspace, project: Node, calendars: dict[int, int]
) -> Resource:
    """The workspace's resource of the same e-mail, whose calendar and absences then hold, or a new one."""
    if value.email:
        shared = Resource.objects.filter(workspace=workspace, project=None, email__iexact=value.email)
        if (known := shared.order_by("id").first()) is not None:
            return known
    made = Resource.objects.create(
        workspace=workspace,
        project=project,
        **resource_values(
            replace(
                value,
                name=value.name.strip()[:NAME] or "Unnamed",
                email=value.email[:254],
                role=value.role[:NAME],
                skills=tuple(each[:NAME] for each in value.skills),
                calendar=None if value.calendar is None else calendars[value.calendar],
            )
        ),
    )
    Absence.objects.bulk_create(
        Absence(
            resource=made,
            first=each.first,
            last=each.last,
            name=each.name[:NAME],
            shifts=[list(shift) for shift in each.shifts],
        )
        for each in value.absences
    )
    return made


def _renumbered(
    plan: model.Plan,
    project: Node,
    leaves: list[model.Task],
    tasks: dict[int, int],
    calendars: dict[int, int],
    resources: dict[int, Resource],
) -> PlanBuilder:
    """The plan's tasks, links, assignments and baselines with the numbers of their rows, without its summary of all."""
    numbers = dict(zip(tasks.values(), _typed_codes(plan), strict=True))
    people: dict[tuple[int, int], model.Assignment] = {}
    for each in plan.each_assignment():
        if each.task in tasks:
            key = tasks[each.task], resources[each.resource].pk
            people.setdefault(key, replace(each, task=key[0], resource=key[1]))
    return PlanBuilder(
        tasks=[
            replace(
                each,
                uid=tasks[each.uid],
                name=each.name[:LONG_NAME],
                parent=None if each.parent is None else tasks.get(each.parent),
                project=project.pk,
                wbs=numbers[tasks[each.uid]][:NAME],
                calendar=None if each.calendar is None else calendars[each.calendar],
            )
            for each in leaves
        ],
        links=[
            replace(each, pred=tasks[each.pred], succ=tasks[each.succ])
            for each in plan.each_link()
            if each.pred in tasks and each.succ in tasks
        ],
        assignments=list(people.values()),
        baselines=[replace(each, tasks=_renumbered_rows(each.tasks, tasks)) for each in plan.baselines],
    )


def _renumbered_rows(table: BaselineTable, tasks: dict[int, int]) -> BaselineTable:
    """A baseline's rows with the numbers of the tasks' rows; without those of tasks that the plan no longer has."""
    kept = np.array([uid in tasks for uid in table.uid.tolist()], np.bool_)
    columns = {each.name: getattr(table, each.name)[kept] for each in fields(table)}
    uids = [tasks[uid] for uid in table.uid[kept].tolist()]
    return BaselineTable(**columns | {"uid": np.array(uids, np.int64)})


def _typed_codes(plan: model.Plan) -> list[str]:
    """The WBS codes that are not simply the outline's numbers: those are counted, and follow when rows move."""
    root = plan.project.root
    offset = (
        ""
        if root is None or root not in plan.index_of
        else outline_numbers(plan, typed=False)[plan.index_of[root]]
    )
    found = []
    for uid, code, number in zip(
        plan.tasks.uid.tolist(), plan.tasks.wbs, outline_numbers(plan, typed=False), strict=True
    ):
        if uid != root:
            counted = number.removeprefix(f"{offset}.") if offset else number
            found.append("" if code == counted else code)
    return found

"""A plan as it was: the inverses of the changes since, applied to the plan of now."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from django.db.models import Q

from triptych.apps.history.folding import rows_as_of, since
from triptych.apps.history.models import LogEntry
from triptych.apps.project import models as rows
from triptych.apps.project.changes import from_json
from triptych.plan.builder import PlanBuilder
from triptych.plan.changes import apply_all
from triptych.plan.model import Plan

from .computed import Computed, compute
from .load import calendar_value, deliverables_of, load_plan, resource_value

#: In the log: what made and unmade whole projects.
_BRANCHES = {"remove_node", "restore_node"}


def computed_as_of(projects: Collection[int], seq: int, *, workspace: int) -> Computed:
    """The plan of these projects, and of all that links connected with them, after entry `seq` and before the next;
    scheduled by the rules of today.

    Projects that did not stand then are left out. Raises ValueError if none did. One thing is not brought back: the
    link between two projects of a task that was removed while the other project, too, was away as a whole.
    """
    wide = _reach(projects, seq)
    stood = _stood_at(seq, workspace, wide)
    if not stood & set(projects):
        raise ValueError("none of these projects stood then")
    entries = list(since(seq, workspace=workspace, nodes=wide))
    plan = _with_those_gone(load_plan(wide, removed=True), entries)
    for entry in entries:
        back = [each for each in entry.inverses if each["op"] not in _BRANCHES]
        plan = apply_all(plan, from_json(back))[0] if back else plan
    if stood != wide:
        plan = _only(plan, stood)
    return compute(plan, _deliverables_then(stood, entries) & plan.index_of.keys())


def _with_those_gone(plan: Plan, entries: list[LogEntry]) -> Plan:
    """The plan with the calendars and resources that have been removed since: changes of then may speak of them."""
    calendars = rows_as_of((), rows.Calendar, entries).values()
    people = rows_as_of((), rows.Resource, entries).values()
    gone = [calendar_value(each) for each in calendars if each.pk not in plan.calendar_index and each.name]
    missed = [resource_value(each, ()) for each in people if each.pk not in plan.resource_index and each.name]
    return replace(plan, calendars=(*plan.calendars, *gone), resources=(*plan.resources, *missed))


def _deliverables_then(projects: Collection[int], entries: list[LogEntry]) -> frozenset[int]:
    if not any(each.edits for each in entries):
        return deliverables_of(projects)
    nodes = rows.Node.objects.filter(project__in=projects)
    then = rows_as_of(nodes, rows.Node, entries)
    return frozenset(pk for pk, node in then.items() if node.kind == rows.Kind.DELIVERABLE)


def _reach(projects: Collection[int], seq: int) -> frozenset[int]:
    """The projects, and those that links of then or since may have connected with them: rather too many."""
    links = rows.Link.objects.filter(Q(removed_by=None) | Q(removed_by__gt=seq), crosses=True)
    neighbours: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in links.values_list("pred__project", "succ__project"):
        neighbours[one].add(other)
        neighbours[other].add(one)
    found = set(projects)
    open_ends = list(found)
    while open_ends:
        new = neighbours[open_ends.pop()] - found
        found |= new
        open_ends.extend(new)
    return frozenset(found)


def _stood_at(seq: int, workspace: int, projects: frozenset[int]) -> frozenset[int]:
    """Those of the projects that were there: by the last that the log tells of each until then, or, where it tells
    nothing until then, by the opposite of what it tells first."""
    entries = LogEntry.objects.filter(workspace=workspace, node__isnull=False, subjects=[]).exclude(
        inverses=[]
    )
    last: dict[int, bool] = {}
    for pk, changes in entries.order_by("pk").values_list("pk", "changes"):
        for each in changes:
            if each["op"] in _BRANCHES and (pk <= seq or each["node"] not in last):
                last[each["node"]] = (each["op"] == "restore_node") is (pk <= seq)
    return frozenset(each for each in projects if last.get(each, True))


def _only(plan: Plan, projects: frozenset[int]) -> Plan:
    """The plan without the other projects."""
    tasks = [each for each in plan.each_task() if each.project in projects]
    kept = {each.uid for each in tasks}
    builder = PlanBuilder(
        projects=[each for each in plan.projects if each.uid in projects],
        tasks=tasks,
        links=[each for each in plan.each_link() if {each.pred, each.succ} <= kept],
        calendars=list(plan.calendars),
        resources=list(plan.resources),
        assignments=[each for each in plan.each_assignment() if each.task in kept],
        baselines=list(plan.baselines),
    )
    return builder.build()[0]

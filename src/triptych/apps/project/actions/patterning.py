"""A piece of a plan as a pattern: what stays of it without dates and people."""

from collections import defaultdict
from collections.abc import Collection

from triptych.apps.people.refusals import Invalid
from triptych.apps.project.bridge import Computed
from triptych.apps.project.models import ChecklistItem, Labelled, Node, Resource
from triptych.apps.project.patterns import MOST, Pattern, PatternLink, PatternTask
from triptych.plan.kinds import LagKind, LinkKind, ResourceKind

#: Whom a task needs, where nobody has said more.
ANYBODY = "Team member"


def pattern_of(computed: Computed, node: Node) -> Pattern:
    """The tasks of a project, or a task and those below it, as a pattern. Raises Invalid if there are none or too many."""
    rows = _rows(computed, node)
    if not 0 < len(rows) <= MOST:
        raise Invalid("template.bad-size", f"A template has from 1 to {MOST} tasks.")
    plan, starts = computed.plan, computed.schedule.start
    places = {row: at for at, row in enumerate(rows)}
    first = min(int(starts[row]) for row in rows) // 1440
    words = _words([int(plan.tasks.uid[row]) for row in rows])
    roles = _roles(computed, set(rows))
    tasks = []
    for row in rows:
        task = plan.task_at(row)
        text, checklist, labels = words[task.uid]
        summary = bool(plan.is_summary[row])
        tasks.append(
            PatternTask(
                name=task.name,
                parent=places.get(int(plan.tasks.parent[row])),
                minutes=0 if summary else task.duration,
                elapsed=task.elapsed,
                milestone=task.milestone,
                after=int(starts[row]) // 1440 - first,
                description=text,
                checklist=tuple(checklist),
                labels=tuple(labels),
                roles=roles.get(row, {}),
            )
        )
    return Pattern(tuple(tasks), _links(computed, places))


def _rows(computed: Computed, node: Node) -> list[int]:
    """The rows of the plan at the node and below, in outline order."""
    plan = computed.plan
    project = plan.project_index[node.project_id or node.pk]
    inside: set[int] = set()
    for row in range(len(plan)):
        if int(plan.tasks.project[row]) != project:
            continue
        parent = int(plan.tasks.parent[row])
        if node.project_id is None or int(plan.tasks.uid[row]) == node.pk or parent in inside:
            inside.add(row)
    return sorted(inside)


def _links(computed: Computed, places: dict[int, int]) -> tuple[PatternLink, ...]:
    links = computed.plan.links
    found = zip(
        links.pred.tolist(), links.succ.tolist(), links.kind.tolist(), links.lag.tolist(),
        links.lag_kind.tolist(), strict=True,
    )  # fmt: skip
    return tuple(
        PatternLink(places[pred], places[succ], LinkKind(kind).name, lag, LagKind(lag_kind).name)  # type: ignore[arg-type]
        for pred, succ, kind, lag, lag_kind in found
        if pred in places and succ in places
    )


def _roles(computed: Computed, rows: Collection[int]) -> dict[int, dict[str, int]]:
    """The roles of each row's team with their units; two of one role are one with the units of both."""
    plan = computed.plan
    placeholders = set(Resource.objects.filter(placeholder=True).values_list("pk", flat=True))
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for each in plan.each_assignment():
        row = plan.index_of[each.task]
        person = plan.resources[plan.resource_index[each.resource]]
        if row in rows and person.kind is ResourceKind.WORK:
            role = person.role or (person.name if person.uid in placeholders else ANYBODY)
            found[row][role] = found[row].get(role, 0) + each.units
    return found


def _words(tasks: list[int]) -> dict[int, tuple[str, list[str], list[int]]]:
    """The description, the checklist and the labels of each task."""
    described = dict(Node.objects.filter(pk__in=tasks).values_list("pk", "description"))
    checklists: defaultdict[int, list[str]] = defaultdict(list)
    items = ChecklistItem.objects.filter(node__in=tasks).order_by("position", "pk")
    for node, text in items.values_list("node", "text"):
        checklists[node].append(text)
    labels: defaultdict[int, list[int]] = defaultdict(list)
    for node, label in Labelled.objects.filter(node__in=tasks).order_by("label").values_list("node", "label"):
        labels[node].append(label)
    return {task: (described.get(task, ""), checklists[task], labels[task]) for task in tasks}

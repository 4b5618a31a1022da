"""Templates: a piece of a plan kept as a pattern, and tasks made of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from triptych.apps.history import actions as log
from triptych.apps.history.ledger import Ledger
from triptych.apps.history.writing import API, Door, writing
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Invalid, NotVisible
from triptych.apps.people.roles import Verb
from triptych.apps.project import bridge
from triptych.apps.project.bridge import Computed
from triptych.apps.project.bridge.nodes import reserve
from triptych.apps.project.models import (
    ChecklistItem,
    Kind,
    Label,
    Labelled,
    Node,
    Resource,
    Template,
)
from triptych.apps.project.patterns import Pattern, PatternLink, PatternTask, from_json, to_json
from triptych.apps.project.rules import Rights, records_visible_to, rights_of
from triptych.plan.changes import AddLink, AddTasks, Change
from triptych.plan.kinds import Constraint, LagKind, LinkKind
from triptych.plan.model import Assignment, Link, Task
from triptych.plan.quantities import Instant, day_number

from .editing import check_parent
from .keeping import Written, add
from .patterning import pattern_of
from .perform import Deed, Outcome, perform

_DAY = 1440


def save_template(
    *, actor: User, node: int, name: str, about: str = "", door: Door = API
) -> Written[Template]:
    """Keep the tasks of a project, or a task and those below it, as a template for the whole workspace.

    Kept are names, durations, links inside, descriptions, checklists and labels; for people the roles they have there.
    Raises NotVisible, NotAllowed unless the actor may change the plan, Invalid for a project without tasks.
    """
    with writing():
        rights = rights_of(actor)
        found = _standing(rights, node)
        rights.need_on(Verb.EDIT_PLAN, found.pk, found.project_id)
        plan = bridge.computed(bridge.reach([found.project_id or found.pk]))
        content = to_json(pattern_of(plan, found))
        return add(Template, actor=actor, door=door, name=name, about=about, content=content)


def plant_template(*, actor: User, template: int, under: int, start: date, door: Door = API) -> Outcome:
    """Make tasks of a template below a project or a task, the first of them on `start` or later.

    Tasks, links, checklists and labels are one entry, undone as one. Roles become placeholders of the workspace; one
    that there is not yet is created by an entry of its own, and stays. Labels that there are no more are left out.
    Raises NotVisible, NotAllowed unless the actor may change the plan there, Invalid below a task that has work.
    """
    with writing():
        rights = rights_of(actor)
        row = records_visible_to(rights, Template).filter(pk=template).first()
        if row is None:
            raise NotVisible
        place = _standing(rights, under)
        project = place.project_id or place.pk
        rights.need(Verb.EDIT_PLAN, project)
        bridge.lock([project])
        pattern = from_json(row.content)
        planting = Planting(
            pattern,
            reserve(len(pattern.tasks)),
            project,
            None if place.project_id is None else place.pk,
            Instant(day_number(start) * _DAY),
            _placeholders(actor, pattern, door),
        )
        deed = Deed(
            "plant_template",
            changes=lambda _, before: planting.changes(before),
            tell=lambda *_: f"Added {len(pattern.tasks)} tasks from the template “{row.name}”",
            rows=lambda ledger: _write_rows(ledger, planting, actor.workspace_id),
        )
        return perform(deed, actor=actor, node=project, projects={project}, preview=False, door=door)


def _standing(rights: Rights, pk: int) -> Node:
    """A project, or a node below one, that the actor may see. Raises NotVisible, Invalid."""
    node = Node.objects.filter(pk=pk, workspace=rights.user.workspace_id, removed_by=None).first()
    if node is None:
        raise NotVisible
    rights.need_on(Verb.VIEW, node.pk, node.project_id)
    if node.project_id is None and node.kind != Kind.PROJECT:
        raise Invalid("template.no-project", "Templates are pieces of projects.")
    return node


def _placeholders(actor: User, pattern: Pattern, door: Door) -> dict[str, int]:
    """The placeholder of each role that the pattern needs."""
    roles = {role for task in pattern.tasks for role in task.roles}
    there = Resource.objects.filter(workspace=actor.workspace_id, project=None, placeholder=True)
    found = {row.role: row.pk for row in there.filter(role__in=roles).order_by("-pk")}
    ledger = Ledger()
    for role in sorted(roles - found.keys()):
        made = Resource(workspace_id=actor.workspace_id, name=role, role=role, placeholder=True)
        found[role] = ledger.create(made).pk
    if ledger.edits:
        log.append(
            actor=actor,
            door=door,
            verb="create_resource",
            sentence=f"Added {', '.join(sorted(roles))} as roles to be filled",
            right=Verb.EDIT_PLAN,
            edits=ledger.edits,
        )
    return found


@dataclass(frozen=True)
class Planting:
    """A pattern with the numbers that its tasks get, and where and when it is planted."""

    pattern: Pattern
    numbers: Sequence[int]
    project: int
    parent: int | None
    start: Instant
    placeholders: dict[str, int]

    def changes(self, before: Computed) -> list[Change]:
        """A branch for each task at the top, and the links between branches."""
        if self.parent is not None:
            check_parent(before, self.project, self.parent)
        tops = self._tops()
        found: list[Change] = []
        for first, last in zip(tops, [*tops[1:], len(self.numbers)], strict=True):
            branch = range(first, last)
            links = [each for each in self._by_top[first] if each.pred in branch]
            found.append(
                AddTasks(
                    tuple(self._task(at) for at in branch),
                    tuple(
                        self._link(each.pred, each.succ, each.kind, each.lag, each.lag_kind) for each in links
                    ),
                    tuple(each for at in branch for each in self._team(at)),
                )
            )
        return found + [
            AddLink(self.numbers[each.pred], self.numbers[each.succ], each.kind, each.lag, each.lag_kind)
            for each in self.pattern.links
            if self._top_of(each.pred) != self._top_of(each.succ)
        ]

    @cached_property
    def _by_top(self) -> dict[int, list[PatternLink]]:
        """The links by the branch in which they end."""
        found: defaultdict[int, list[PatternLink]] = defaultdict(list)
        for each in self.pattern.links:
            found[self._top_of(each.succ)].append(each)
        return found

    @cached_property
    def _summaries(self) -> frozenset[int | None]:
        return frozenset(each.parent for each in self.pattern.tasks)

    @cached_property
    def _held(self) -> frozenset[int]:
        return frozenset(each.succ for each in self.pattern.links)

    def _tops(self) -> list[int]:
        return [at for at, task in enumerate(self.pattern.tasks) if task.parent is None]

    def _top_of(self, at: int) -> int:
        parent = self.pattern.tasks[at].parent
        return at if parent is None else self._top_of(parent)

    def _task(self, at: int) -> Task:
        task = self.pattern.tasks[at]
        free = at not in self._summaries and not self._waits(at)
        return Task(
            uid=self.numbers[at],
            name=task.name,
            parent=self.parent if task.parent is None else self.numbers[task.parent],
            project=self.project,
            milestone=task.milestone,
            duration=task.minutes,
            elapsed=task.elapsed,
            constraint=Constraint.SNET if free else Constraint.ASAP,
            constraint_date=Instant(self.start + task.after * _DAY) if free else None,
        )

    def _waits(self, at: int) -> bool:
        """Whether a link of the pattern holds the task, or a summary above it."""
        if at in self._held:
            return True
        parent = self.pattern.tasks[at].parent
        return parent is not None and self._waits(parent)

    def _link(self, pred: int, succ: int, kind: str, lag: int, lag_kind: str) -> Link:
        return Link(self.numbers[pred], self.numbers[succ], LinkKind[kind], lag, LagKind[lag_kind])

    def _team(self, at: int) -> Iterable[Assignment]:
        for role, units in self.pattern.tasks[at].roles.items():
            yield Assignment(self.numbers[at], self.placeholders[role], units)

    def each_row(self) -> Iterable[tuple[int, PatternTask]]:
        """The number of each task with its pattern."""
        return zip(self.numbers, self.pattern.tasks, strict=True)


def _write_rows(ledger: Ledger, planting: Planting, workspace: int) -> None:
    told = {node: {"description": task.description} for node, task in planting.each_row() if task.description}
    ledger.change_each(Node, told)
    ledger.create_all(
        ChecklistItem(workspace_id=workspace, node_id=node, position=at, text=text)
        for node, task in planting.each_row()
        for at, text in enumerate(task.checklist)
    )
    labels = set(Label.objects.filter(workspace=workspace).values_list("pk", flat=True))
    ledger.create_all(
        Labelled(workspace_id=workspace, node_id=node, label_id=label)
        for node, task in planting.each_row()
        for label in sorted(labels & set(task.labels))
    )

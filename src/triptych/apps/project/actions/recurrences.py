"""Adding the tasks that come again."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from triptych.apps.history.ledger import Ledger
from triptych.apps.history.writing import API, Door, writing
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Invalid
from triptych.apps.people.roles import Verb
from triptych.apps.project import bridge
from triptych.apps.project.bridge import Computed
from triptych.apps.project.bridge.nodes import reserve
from triptych.apps.project.models import ChecklistItem, Node, Recurrence
from triptych.apps.project.recurring import days_of
from triptych.apps.project.rules import records_visible_to, rights_of
from triptych.plan.changes import AddTasks
from triptych.plan.kinds import Constraint
from triptych.plan.model import Assignment, Task
from triptych.plan.quantities import Instant, day_number

from .perform import Deed, Outcome, perform

#: Tasks that one project gets at once: each makes its plan anew.
MOST = 500


def repeat_due(*, actor: User, until: date, door: Door = API) -> list[Outcome]:
    """Add the tasks of all recurrences that are due up to a day, in the projects whose plans the actor may change.

    Each stands beside its pattern, with its duration, team, description and checklist, and starts on its day or
    later. One entry a project, undone as one; a project in which nothing is due gets none. Raises Invalid for more
    than 500 tasks in one project: choose an earlier day.
    """
    rights = rights_of(actor)
    mine = records_visible_to(rights, Recurrence).filter(node__project__in=rights.where(Verb.EDIT_PLAN))
    projects = {each for each in mine.values_list("node__project", flat=True) if each is not None}
    outcomes = (_repeat(actor, project, until, door) for project in sorted(projects))
    return [each for each in outcomes if each is not None]


@dataclass(frozen=True)
class _Due:
    """A task to be added: its number, its pattern and its day."""

    number: int
    pattern: int
    day: date


def _repeat(actor: User, project: int, until: date, door: Door) -> Outcome | None:
    with writing():
        # Under the lock: of two who call at once, one adds.
        bridge.lock([project])
        rows = list(Recurrence.objects.filter(node__project=project, node__removed_by=None).order_by("pk"))
        days = [(row, day) for row in rows for day in _days(row, until)]
        if not days:
            return None
        if len(days) > MOST:
            raise Invalid("recurrence.too-many", f"At most {MOST} tasks are added to a project at once.")
        due = [
            _Due(number, row.node_id, day)
            for number, (row, day) in zip(reserve(len(days)), days, strict=True)
        ]
        deed = Deed(
            "repeat_due",
            changes=lambda _, before: _changes(before, due),
            tell=lambda *_: f"Added {len(due)} {'task' if len(due) == 1 else 'tasks'} that come again",
            rows=lambda ledger: _write_rows(ledger, rows, due, until),
            touches=frozenset(row.node_id for row in rows),
        )
        return perform(deed, actor=actor, node=project, projects={project}, preview=False, door=door)


def _days(row: Recurrence, until: date) -> list[date]:
    last = until if row.until is None else min(until, row.until)
    return [
        each for each in days_of(row.rule, row.first, last) if row.added_to is None or each > row.added_to
    ]


def _changes(before: Computed, due: list[_Due]) -> list[AddTasks]:
    teams: defaultdict[int, list[Assignment]] = defaultdict(list)
    for each in before.plan.each_assignment():
        teams[each.task].append(each)
    return [_added(before, each, teams[each.pattern]) for each in due]


def _added(before: Computed, due: _Due, team: list[Assignment]) -> AddTasks:
    plan = before.plan
    row = plan.index_of[due.pattern]
    pattern = plan.task_at(row)
    task = Task(
        uid=due.number,
        name=f"{pattern.name[:480]} {due.day.isoformat()}",
        parent=pattern.parent,
        project=pattern.project,
        milestone=pattern.milestone,
        duration=0 if plan.is_summary[row] else pattern.duration,
        elapsed=pattern.elapsed,
        constraint=Constraint.SNET,
        constraint_date=Instant(day_number(due.day) * 1440),
        calendar=pattern.calendar,
        priority=pattern.priority,
        type=pattern.type,
        effort_driven=pattern.effort_driven,
    )
    people = tuple(Assignment(due.number, each.resource, each.units, each.work) for each in team)
    return AddTasks((task,), (), people)


def _write_rows(ledger: Ledger, rows: list[Recurrence], due: list[_Due], until: date) -> None:
    patterns = {row.node_id: row for row in rows}
    described = dict(
        Node.objects.filter(pk__in=patterns).exclude(description="").values_list("pk", "description")
    )
    told = {
        each.number: {"description": described[each.pattern]} for each in due if each.pattern in described
    }
    ledger.change_each(Node, told)
    items: defaultdict[int, list[ChecklistItem]] = defaultdict(list)
    for item in ChecklistItem.objects.filter(node__in=patterns).order_by("position", "pk"):
        items[item.node_id].append(item)
    ledger.create_all(
        ChecklistItem(
            workspace_id=item.workspace_id, node_id=each.number, position=item.position, text=item.text
        )
        for each in due
        for item in items[each.pattern]
    )
    ledger.change_each(Recurrence, {patterns[each.pattern].pk: {"added_to": until} for each in due})

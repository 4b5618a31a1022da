"""Changing a plan."""

from collections.abc import Sequence

from triptych.apps.history.writing import API, Door
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Invalid
from triptych.apps.people.roles import Verb
from triptych.apps.project.bridge import Computed
from triptych.apps.project.bridge.nodes import reserve
from triptych.apps.project.changes import NewTask, Wish, context, faults, needed, subjects
from triptych.apps.project.models import Node, Resource
from triptych.apps.project.rules import Rights, rights_of
from triptych.apps.project.wording import tell
from triptych.plan.changes import (
    AddTasks,
    Assign,
    Change,
    RestoreDuration,
    SetBaseline,
    SetMode,
    SetUnits,
    SetWork,
    Unassign,
)
from triptych.plan.changes.applying import team_of
from triptych.plan.model import Task
from triptych.plan.quantities import spell_instant

from .perform import Deed, Outcome, perform

#: More changes than this in one request are an import.
MOST = 5000


def change_plan(
    *,
    actor: User,
    project: int,
    changes: Sequence[Wish],
    preview: bool = False,
    seq: int | None = None,
    door: Door = API,
) -> Outcome:
    """Change the plan of a project, and with it the dates of everything that links reach.

    The changes are applied in order and are one entry of the log, undone as one. With `preview` the outcome is
    the same and nothing is written. `seq` is the number under which the plan was read: if another change has come
    in since, this one is refused. Tasks of other projects may be named, as the ends of links, where the actor may
    see them; what may be changed is asked of each task's own project.

    Raises NotVisible if the actor may not see the project, NotAllowed if they may not change it, Conflict
    (`plan.moved`), and Invalid for changes that cannot be applied (`link.cycle` names its members).
    """
    rights = rights_of(actor)
    rights.need(Verb.VIEW, project)
    check(changes)
    named = _projects_of(rights, subjects(changes) | context(changes))
    deed = Deed(
        verb="change_plan",
        changes=lambda rights, before: _ready(rights, before, project, changes, preview=preview),
        tell=lambda done, before, after: tell(done, before.plan, after.plan),
    )
    projects = {project, *named.values()}
    return perform(deed, actor=actor, node=project, projects=projects, preview=preview, door=door, seq=seq)


def check(changes: Sequence[Wish]) -> None:
    """Raises Invalid for what no plan could hold."""
    if not changes:
        raise Invalid("change.none", "There is nothing to change.")
    if len(changes) > MOST:
        raise Invalid("change.too-many", f"At most {MOST} changes can be made at once.")
    for change in changes:
        if found := faults(change):
            raise Invalid("change.out-of-bounds", f"This change cannot be made: {found[0]}.")


def _projects_of(rights: Rights, tasks: set[int]) -> dict[int, int]:
    """The project of each task that the actor may see; others are left out, as if they did not exist."""
    found = Node.objects.filter(pk__in=tasks, project__in=rights.visible, removed_by=None)
    return {task: project for task, project in found.values_list("id", "project_id") if project is not None}


def _ready(
    rights: Rights, before: Computed, project: int, changes: Sequence[Wish], *, preview: bool
) -> list[Change]:
    """The changes as the plan takes them, if the actor may make every one of them."""
    rights.need(Verb.VIEW, project)
    authorise(rights, before, project, changes)
    ids = iter(_numbers(sum(isinstance(each, NewTask) for each in changes), preview=preview))
    return [
        _new_task(each, before, project, next(ids)) if isinstance(each, NewTask) else _dated(each, before)
        for each in changes
    ]


def _dated(change: Change, before: Computed) -> Change:
    """A task that is to be scheduled by hand, without a word on which dates, stays where it is; one that is not to be
    any more keeps in mind what was typed."""
    if not isinstance(change, SetMode) or change.start is not None or change.finish is not None:
        return change
    at = before.plan.index_of[change.task]
    dates = before.schedule if change.manual else before.plan.tasks
    start, finish = (spell_instant(int(each[at])) for each in (dates.start, dates.finish))
    return SetMode(change.task, change.manual, start, finish)


def _numbers(count: int, *, preview: bool) -> list[int]:
    """Numbers for new tasks; in a preview they are negative and mean nothing."""
    if not count:
        return []
    return [-each for each in range(1, count + 1)] if preview else reserve(count)


def authorise(rights: Rights, before: Computed, project: int | None, changes: Sequence[Wish]) -> None:
    """Raises Invalid for a task or person the actor may not see, in the words for one that does not exist, and
    NotAllowed for what they see and may not change. Later changes may name what earlier ones add."""
    added: dict[int, int] = {}
    for change in changes:
        if isinstance(change, SetBaseline):
            _authorise_baseline(rights, before, change)
            continue
        verb, tasks = needed(change)
        if isinstance(change, AddTasks):
            added |= {each.uid: each.project for each in change.tasks}
        for task in (subjects([change]) | context([change])) - added.keys() - _border(before, change):
            if task not in before.plan.index_of or before.project_of(task) not in rights.visible:
                raise Invalid("task.unknown", f"There is no task {task} in this plan.")
        owners = {before.project_of(task) for task in tasks - added.keys()}
        owners |= {added[task] for task in tasks & added.keys()}
        if isinstance(change, NewTask) and project is not None:
            owners.add(project)
        for owner in owners:
            rights.need(verb, owner)
        for person in _people(change, before):
            _authorise_person(rights, person)


def _border(before: Computed, change: Wish) -> set[int]:
    """The task of the next project before which the last of a project is put: a place, whoever may see it or not."""
    if not isinstance(change, AddTasks) or change.before is None or not change.tasks:
        return set()
    project = change.tasks[0].project
    known = project in before.plan.project_index
    return {change.before} if known and change.before == first_of_next_project(before, project) else set()


def _authorise_baseline(rights: Rights, before: Computed, change: SetBaseline) -> None:
    """A baseline is its project's, and speaks of no other's tasks."""
    rights.need(Verb.EDIT_PLAN, change.project)
    known = {*change.out, *(row[0] for row in change.rows)} & before.plan.index_of.keys()
    if any(before.project_of(task) != change.project for task in known):
        raise Invalid("baseline.other-project", "A baseline speaks of the tasks of its own project.")


def _people(change: Wish, before: Computed) -> set[int]:
    """The resources that a change names; of a team that is restored, those who are not on the task."""
    if isinstance(change, (Assign, Unassign, SetUnits, SetWork)):
        return {change.resource}
    if not isinstance(change, RestoreDuration) or change.team is None:
        return set()
    there = {each.resource for each in team_of(before.plan, before.plan.index_of[change.task])}
    return {each.resource for each in change.team} - there


def _authorise_person(rights: Rights, pk: int) -> None:
    found = Resource.objects.filter(pk=pk, workspace=rights.user.workspace_id).first()
    if found is None or (found.project_id is not None and found.project_id not in rights.visible):
        raise Invalid("resource.unknown", f"There is no resource {pk} in this plan.")


def _new_task(wish: NewTask, before: Computed, project: int, uid: int) -> AddTasks:
    plan = before.plan
    if wish.before is not None and before.project_of(wish.before) != project:
        raise Invalid("task.unknown", f"There is no task {wish.before} in this plan.")
    if wish.before is not None and plan.task(wish.before).parent != wish.parent:
        raise Invalid("task.not-sibling", "The task to stand before has another summary task.")
    if wish.parent is not None:
        check_parent(before, project, wish.parent)
    task = Task(
        uid=uid,
        name=wish.name.strip(),
        parent=wish.parent,
        project=project,
        milestone=wish.milestone,
        duration=0 if wish.milestone else wish.minutes,
    )
    place = wish.before if wish.before is not None else first_of_next_project(before, project)
    return AddTasks((task,), before=place)


def check_parent(before: Computed, project: int, task: int) -> None:
    """Raises Invalid for a task that cannot have tasks below it."""
    if before.project_of(task) != project:
        raise Invalid("task.unknown", f"There is no task {task} in this plan.")
    if _has_work(before, task):
        raise Invalid(
            "task.has-work", "This task has people or progress, which a summary cannot have. Move them first."
        )


def _has_work(before: Computed, task: int) -> bool:
    """Whether a task that is to become a summary carries what only a leaf may carry."""
    at = before.plan.index_of[task]
    if before.plan.is_summary[at]:
        return False
    return bool(before.plan.tasks.percent_complete[at]) or bool((before.plan.assignments.task == at).any())


def first_of_next_project(before: Computed, project: int) -> int | None:
    """The task before which the last of a project stands, for the plan may hold several projects."""
    tasks = before.plan.tasks
    later = (tasks.project > before.plan.project_index[project]).nonzero()[0]
    return int(tasks.uid[later[0]]) if len(later) else None

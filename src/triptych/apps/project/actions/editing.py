"""Changing a plan."""

from collections.abc import Sequence

from django.db.models import Q

from triptych.apps.history.writing import API, Door
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Invalid, NotAllowed, NotVisible
from triptych.apps.people.roles import WORDS, Verb
from triptych.apps.project import queries
from triptych.apps.project.bridge import Computed
from triptych.apps.project.bridge.nodes import reserve
from triptych.apps.project.bridge.settings import resource_values
from triptych.apps.project.changes import (
    NewTask,
    Wish,
    by_place,
    context,
    faults,
    needed,
    renumbered,
    subjects,
)
from triptych.apps.project.models import Node, Resource
from triptych.apps.project.rules import Rights, calendars_visible_to, resources_visible_to, rights_of
from triptych.apps.project.wording import tell
from triptych.plan.changes import (
    AddTasks,
    Assign,
    Change,
    RestoreDuration,
    SetBaseline,
    SetCalendar,
    SetMode,
    SetProject,
    SetResource,
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
#: The terms of a resource that are money.
_PRICES = ("rate", "cost_per_use", "rates")


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

    The changes are applied in order and are one entry of the log, undone as one; they may name the tasks that they
    add, -1 the first, -2 the second. With `preview` the outcome is the same and nothing is written. `seq` is the
    number under which the plan was read: if another change has come in since, this one is refused. Tasks of other
    projects may be named, as the ends of links, where the actor may see them; what may be changed is asked of each
    task's own project.

    Raises NotVisible if the actor may not see the project, NotAllowed if they may not change it, Conflict
    (`plan.moved`), and Invalid for changes that cannot be applied (`link.cycle` names its members).
    """
    rights = rights_of(actor)
    rights.need_sight(project)
    check(changes)
    deed = Deed(
        verb="change_plan",
        changes=lambda rights, before: allowed(rights, before, project, changes, preview=preview),
        tell=lambda done, before, after: tell(done, before.plan, after.plan, project),
    )
    projects = {project} | projects_named(rights, changes)
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


def projects_named(rights: Rights, changes: Sequence[Wish]) -> set[int]:
    """The projects of the tasks that changes name and the actor may see; others are left out, as if they did not
    exist."""
    tasks = subjects(changes) | context(changes)
    seen = Q(project__in=rights.visible) | Q(pk__in=rights.inner.keys() & tasks)
    found = Node.objects.filter(seen, pk__in=tasks, removed_by=None).values_list("project", flat=True)
    return {project for project in found if project is not None}


def allowed(
    rights: Rights, before: Computed, project: int | None, changes: Sequence[Wish], *, preview: bool
) -> list[Change]:
    """The changes as the plan takes them, if the actor may make every one of them."""
    if project is not None:
        rights.need_sight(project)
    ids = _numbers(sum(isinstance(each, NewTask) for each in changes), preview=preview)
    wishes = renumbered(changes, by_place(ids))
    authorise(rights, before, project, wishes, frozenset(ids))
    numbers = iter(ids)
    return [
        new_task(each, before, project, next(numbers)) if isinstance(each, NewTask) else dated(each, before)
        for each in wishes
    ]


def dated(change: Change, before: Computed) -> Change:
    """A task that is to be scheduled by hand, without a word on which dates, stays where it is; one that is not to be
    any more keeps in mind what was typed."""
    if not isinstance(change, SetMode) or change.start is not None or change.finish is not None:
        return change
    if change.task not in before.plan.index_of:
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


def authorise(
    rights: Rights,
    before: Computed,
    project: int | None,
    changes: Sequence[Wish],
    fresh: frozenset[int] = frozenset(),
) -> None:
    """Raises Invalid for a task or person the actor may not see, in the words for one that does not exist, and
    NotAllowed for what they see and may not change. `fresh` are the tasks that the changes themselves add; later changes
    may name them, and those of `AddTasks`."""
    for change in changes:
        if isinstance(change, SetBaseline):
            _authorise_baseline(rights, before, change)
        elif isinstance(change, SetProject):
            rights.need(Verb.EDIT_PLAN, change.value.uid)
        elif isinstance(change, (SetResource, SetCalendar)):
            authorise_terms(rights, change)
        else:
            _authorise_tasks(rights, before, project, change, fresh)
        if isinstance(change, AddTasks):
            fresh |= {each.uid for each in change.tasks}


def _authorise_tasks(
    rights: Rights, before: Computed, project: int | None, change: Wish, fresh: frozenset[int]
) -> None:
    verb, tasks = needed(change)
    new = fresh | ({each.uid for each in change.tasks} if isinstance(change, AddTasks) else set())
    for task in (subjects([change]) | context([change])) - new:
        known = task in before.plan.index_of
        if not known or not rights.may_on(Verb.VIEW, task, before.project_of(task)):
            raise Invalid("task.unknown", f"There is no task {task} in this plan.")
    for task in tasks - new:
        rights.need_on(verb, task, before.project_of(task))
    for parent, owner in _grown(change, project, new):
        rights.need_on(verb, owner if parent is None else parent, None if parent is None else owner)
    for person in people_of(change, before):
        authorise_person(rights, person)


def _grown(change: Wish, project: int | None, new: frozenset[int]) -> set[tuple[int | None, int]]:
    """Where a change adds tasks or moves them to: summary task, or None for the top level, and project."""
    if isinstance(change, AddTasks):
        return {(each.parent, each.project) for each in change.tasks if each.parent not in new}
    if isinstance(change, NewTask) and project is not None:
        return set() if change.parent in new else {(change.parent, project)}
    return set()


def authorise_terms(rights: Rights, change: SetResource | SetCalendar) -> None:
    """Raises Refusal unless the actor may change what others' plans stand on: a person by the right to manage people,
    and what they cost by the right to change money; a calendar by the right to change every plan that uses it."""
    if isinstance(change, SetResource):
        person = queries.resource(rights, change.value.uid)
        _need_for_resource(rights, Verb.MANAGE_PEOPLE, person)
        new = resource_values(change.value)
        if any(new[name] != getattr(person, name) for name in _PRICES):
            _need_for_resource(rights, Verb.EDIT_MONEY, person)
        return
    calendar = calendars_visible_to(rights).filter(pk=change.value.uid).first()
    if calendar is None:
        raise NotVisible
    users = queries.projects_of_calendar(calendar)
    if not rights.may_everywhere(Verb.EDIT_PLAN) and not users <= rights.where(Verb.EDIT_PLAN):
        raise NotAllowed("This calendar is used by plans that your role does not let you change.")


def _need_for_resource(rights: Rights, verb: Verb, person: Resource) -> None:
    """Raises Refusal unless the actor may do it where the resource belongs: anywhere, for one of the workspace."""
    if not rights.may_anywhere(verb):
        raise NotAllowed(f"Your role does not let you {WORDS[verb]}.")
    if person.project_id is not None:
        rights.need(verb, person.project_id)


def _authorise_baseline(rights: Rights, before: Computed, change: SetBaseline) -> None:
    """A baseline is its project's, and speaks of no other's tasks."""
    rights.need(Verb.EDIT_PLAN, change.project)
    known = {*change.out, *(row[0] for row in change.rows)} & before.plan.index_of.keys()
    if any(before.project_of(task) != change.project for task in known):
        raise Invalid("baseline.other-project", "A baseline speaks of the tasks of its own project.")


def people_of(change: Wish, before: Computed) -> set[int]:
    """The resources that a change names; of a team that is restored, those who are not on the task."""
    if isinstance(change, (Assign, Unassign, SetUnits, SetWork)):
        return {change.resource}
    if not isinstance(change, RestoreDuration) or change.team is None:
        return set()
    there = {each.resource for each in team_of(before.plan, before.plan.index_of[change.task])}
    return {each.resource for each in change.team} - there


def authorise_person(rights: Rights, pk: int) -> None:
    """Raises Invalid for a resource that the actor may not see."""
    if not resources_visible_to(rights).filter(pk=pk).exists():
        raise Invalid("resource.unknown", f"There is no resource {pk} in this plan.")


def new_task(wish: NewTask, before: Computed, project: int | None, uid: int) -> AddTasks:
    """The change that adds the task. Raises Invalid for a place that it cannot have."""
    if project is None:
        raise Invalid("task.no-project", "A task is added to the plan of one project.")
    plan = before.plan
    if wish.before is not None and wish.before in plan.index_of:
        if before.project_of(wish.before) != project:
            raise Invalid("task.unknown", f"There is no task {wish.before} in this plan.")
        if plan.task(wish.before).parent != wish.parent:
            raise Invalid("task.not-sibling", "The task to stand before has another summary task.")
    if wish.parent is not None and wish.parent in plan.index_of:
        check_parent(before, project, wish.parent)
    task = Task(
        uid=uid,
        name=wish.name.strip(),
        parent=wish.parent,
        project=project,
        milestone=wish.milestone,
        duration=0 if wish.milestone else wish.minutes,
    )
    return AddTasks((task,), before=wish.before)


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

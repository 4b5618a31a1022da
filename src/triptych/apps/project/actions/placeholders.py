"""Roles that are still to be filled stand in plans like people, until somebody fills them."""

from collections.abc import Collection
from contextlib import nullcontext
from dataclasses import replace

from triptych.apps.history.writing import API, Door, writing
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Invalid
from triptych.apps.people.roles import Verb
from triptych.apps.project import queries
from triptych.apps.project.bridge import Computed
from triptych.apps.project.models import Assignment, Node, Resource
from triptych.apps.project.rules import Rights, rights_of
from triptych.plan.changes import Change
from triptych.plan.changes.durations import restoring

from .editing import authorise
from .items import place_of
from .noticing import notify_put_on
from .perform import Deed, Outcome, perform


def fill_placeholder(
    *, actor: User, resource: int, by: int, preview: bool = False, door: Door = API
) -> Outcome:
    """Let a person take over everything that a placeholder has in the projects that the actor may change.

    Units, work and durations stay as they are; dates follow from when the person works. All of it is one entry. What
    the placeholder has in other projects stays there. Raises NotVisible, and Invalid for a resource that is no
    placeholder or has nothing there, and for a person who is on one of the tasks already.
    """
    rights = rights_of(actor)
    placeholder, person = queries.resource(rights, resource), queries.resource(rights, by)
    if not placeholder.placeholder or person.placeholder:
        raise Invalid("resource.no-placeholder", "A placeholder is filled by a person.")
    nodes = _tasks(rights, placeholder, person)
    if not nodes:
        raise Invalid("resource.idle", f"{placeholder.name} has nothing to hand over in projects of yours.")
    tasks = [node.pk for node in nodes]
    deed = Deed(
        "fill_placeholder",
        changes=lambda rights, before: _handed_over(rights, before, tasks, resource, by),
        tell=lambda *_: f"{person.name} took over from {placeholder.name}",
    )
    projects = {node.project_id for node in nodes if node.project_id is not None}
    place = place_of(rights, nodes)
    with nullcontext() if preview else writing():
        outcome = perform(deed, actor=actor, node=place, projects=projects, preview=preview, door=door)
        if outcome.entry is not None:
            notify_put_on(outcome.entry, {(task, by) for task in tasks})
        return outcome


def _tasks(rights: Rights, placeholder: Resource, person: Resource) -> list[Node]:
    mine = rights.where(Verb.EDIT_PLAN)
    if person.project_id is not None:
        mine &= {person.project_id}
    work = Assignment.objects.filter(resource=placeholder, removed_by=None, task__removed_by=None)
    work = work.filter(task__project__in=mine).select_related("task")
    return [each.task for each in work.order_by("task")]


def _handed_over(
    rights: Rights, before: Computed, tasks: Collection[int], resource: int, by: int
) -> list[Change]:
    """The same teams, the one in the other's place. Raises Invalid where the person is on the team already."""
    found: list[Change] = []
    for task in tasks:
        # Others may have been faster: what the plan holds under the lock counts.
        now = restoring(before.plan, task) if task in before.plan.index_of else None
        team = {each.resource: each for each in now.team or ()} if now is not None else {}
        if now is None or resource not in team:
            continue
        if by in team:
            raise Invalid("assignment.duplicate", "This person is on one of the tasks already.")
        team[by] = replace(team.pop(resource), resource=by)
        order = before.plan.resource_index
        found.append(replace(now, team=tuple(team[each] for each in sorted(team, key=order.__getitem__))))
    authorise(rights, before, None, found)
    return found

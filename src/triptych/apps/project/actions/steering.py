"""Who is accountable, what things are called and where they stand, and on what terms a project runs."""

from dataclasses import replace
from typing import Any

from triptych.apps.history import actions as log
from triptych.apps.history.ledger import Ledger
from triptych.apps.history.models import LogEntry
from triptych.apps.history.writing import API, Door, writing
from triptych.apps.people.actions import check_name
from triptych.apps.people.models import User, Workspace
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed, NotVisible
from triptych.apps.people.roles import Verb
from triptych.apps.project import bridge, queries
from triptych.apps.project.bridge import Computed
from triptych.apps.project.models import Calendar, Kind, Node, ProjectSettings
from triptych.apps.project.rules import Rights, rights_of
from triptych.apps.project.wording import tell
from triptych.plan.changes import Change, SetCalendar, SetProject
from triptych.plan.model import Calendar as CalendarValue

from .editing import authorise_terms, check
from .growing import place_for
from .perform import Deed, Outcome, perform


def hand_over(*, actor: User, node: Node, to: User, door: Door = API) -> LogEntry | None:
    """Make somebody the one accountable manager of a portfolio, program or project, in the place of who was it.

    It is recorded with the door's reason; None if they are it already. Raises NotVisible, NotAllowed unless the actor
    manages people there, Conflict (`manager.no-right`) unless the new manager may change the plan there: grant them a
    role first.
    """
    with writing():
        rights_of(actor).need(Verb.MANAGE_PEOPLE, node.pk)
        if to.workspace_id != actor.workspace_id or not to.is_active:
            raise NotVisible
        if not rights_of(to).may(Verb.EDIT_PLAN, node.pk):
            raise Conflict(
                "manager.no-right", f"{to.name} may not change this plan. Grant them a role here first."
            )
        now = lock_node(node.pk)
        before = now.manager.name if now.manager else "nobody"
        sentence = f"Handed “{now.name}” over from {before} to {to.name}"
        return _set(now, actor, door, "hand_over", sentence, Verb.MANAGE_PEOPLE, manager_id=to.pk)


def rename_node(*, actor: User, node: Node, name: str, door: Door = API) -> LogEntry | None:
    """Rename a portfolio or a program; a project is renamed by `set_project`. None if it is called that already."""
    with writing():
        rights_of(actor).need(Verb.EDIT_PLAN, node.pk)
        if node.kind not in {Kind.PORTFOLIO, Kind.PROGRAM}:
            raise Invalid("tree.not-upper", "A project is renamed with its other settings.")
        now, kept = lock_node(node.pk), check_name(name, code="tree.bad-name", longest=500)
        sentence = f"Renamed “{now.name}” to “{kept}”"
        return _set(now, actor, door, "rename_node", sentence, Verb.EDIT_PLAN, name=kept)


def move_node(*, actor: User, node: Node, parent: Node | None, door: Door = API) -> LogEntry | None:
    """Put a portfolio, program or project under another, or at the top. Rights that were inherited change with it.

    Raises Refusal unless the actor may change the plan of the node and at both places, and it may stand there.
    """
    with writing():
        rights_of(actor).need(Verb.EDIT_PLAN, node.pk)
        now = lock_node(node.pk)
        to = None if parent is None else parent.pk
        refuse_misplaced(actor, now, to)
        if now.parent_id == to:
            return None
        # Who reads of it may see the node, and not what it stands under.
        sentence = f"Moved “{now.name}” " + ("to the top" if to is None else "to another place")
        values = {"parent_id": to, "position": queries.next_position(to, actor.workspace_id)}
        return _set(now, actor, door, "move_node", sentence, Verb.EDIT_PLAN, **values)


def refuse_misplaced(actor: User, node: Node, parent: int | None) -> None:
    """Raises Refusal unless a node of the upper tree, locked by `lock_node`, may be put under `parent`, None for the top,
    by the actor: who needs the right to change the plan of the node, of where it stands and of where it is to stand."""
    rights = rights_of(actor)
    rights.need(Verb.EDIT_PLAN, node.pk)
    above = None if parent is None else Node.objects.filter(pk=parent, workspace=node.workspace_id).first()
    if parent is not None and (above is None or above.removed_by_id is not None):
        raise NotVisible
    place_for(actor=actor, kind=Kind(node.kind), parent=above, verb=Verb.EDIT_PLAN)
    if node.parent_id != parent:
        if node.parent_id is None:
            rights.need_everywhere(Verb.EDIT_PLAN)
        elif not rights.may(Verb.EDIT_PLAN, node.parent_id):
            raise NotAllowed("Your role does not let you change the plan of what this stands under.")
    upper = dict(Node.objects.filter(workspace=node.workspace_id, project=None).values_list("pk", "parent"))
    way: set[int] = set()
    while parent is not None and parent not in way:
        if parent == node.pk:
            raise Conflict("tree.inside-itself", f"“{node.name}” cannot stand inside itself.")
        way.add(parent)
        parent = upper.get(parent)


def lock_node(node: int) -> Node:
    """A node of the upper tree, locked until the transaction ends, and before it the upper tree of its workspace, so that
    two moves never cross; of a project its plan between the two, which every writer takes before the node."""
    Workspace.objects.select_for_update(no_key=True).get(
        pk__in=Node.objects.filter(pk=node).values("workspace")
    )
    if ProjectSettings.objects.filter(node=node).exists():
        bridge.lock([node])
    return Node.objects.select_for_update(no_key=True).get(pk=node)


def _set(
    node: Node, actor: User, door: Door, verb: str, sentence: str, right: Verb, **values: Any
) -> LogEntry | None:
    ledger = Ledger()
    ledger.change(node, **values)
    if not ledger.edits:
        return None
    return log.append(
        actor=actor,
        door=door,
        verb=verb,
        sentence=sentence,
        right=right,
        node=node.pk,
        plan=False,
        edits=ledger.edits,
    )


def set_project(
    *, actor: User, project: int, preview: bool = False, door: Door = API, **terms: Any
) -> Outcome:
    """Change the terms of a project: `name`, `start`, `finish`, `from_finish`, `status_date` (instants), `calendar` (a
    number), `minutes_per_day`, `currency`, `dialect` and whatever else `plan.model.Project` holds; and move what that
    moves. Raises NotVisible, NotAllowed unless the actor may change the plan, Invalid."""
    rights_of(actor).need(Verb.EDIT_PLAN, project)

    def changes(rights: Rights, before: Computed) -> list[Change]:
        rights.need(Verb.EDIT_PLAN, project)
        change = SetProject(replace(before.plan.projects[before.plan.project_index[project]], **terms))
        check([change])
        return [change]

    deed = Deed(
        "set_project", changes, lambda done, before, after: tell(done, before.plan, after.plan, project)
    )
    return perform(deed, actor=actor, node=project, projects=[project], preview=preview, door=door)


def set_calendar(
    *, actor: User, calendar: Calendar, value: CalendarValue, preview: bool = False, door: Door = API
) -> Outcome:
    """Give a calendar other working time, and move what that moves in every plan that uses it.

    Raises NotVisible, NotAllowed unless the actor may change all those plans, Invalid for working time that cannot be.
    """
    change = SetCalendar(replace(value, uid=calendar.pk))

    def changes(rights: Rights, _before: Computed) -> list[Change]:
        authorise_terms(rights, change)
        check([change])
        return [change]

    authorise_terms(rights_of(actor), change)
    projects = queries.projects_of_calendar(calendar) or queries.any_project(actor.workspace_id)
    deed = Deed(
        "set_calendar",
        changes,
        lambda done, before, after: tell(done, before.plan, after.plan, calendar.project_id),
    )
    return perform(deed, actor=actor, node=calendar.project_id, projects=projects, preview=preview, door=door)

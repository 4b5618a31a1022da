"""The tree grows and loses branches: portfolios, programs, projects, and the calendars they use."""

from collections.abc import Sequence
from datetime import datetime

from triptych.apps.history import actions as log
from triptych.apps.history.ledger import Ledger
from triptych.apps.history.models import LogEntry
from triptych.apps.history.writing import API, Door, writing
from triptych.apps.people.actions import check_name
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Invalid, NotAllowed, NotVisible
from triptych.apps.people.roles import Verb
from triptych.apps.project import bridge, queries
from triptych.apps.project.bridge.settings import calendar_values
from triptych.apps.project.models import Calendar, Kind, Node, ProjectSettings
from triptych.apps.project.rules import rights_of
from triptych.plan.model import STANDARD_WEEK, CalendarException, Shifts
from triptych.plan.model import Calendar as CalendarValue
from triptych.plan.quantities import instant
from triptych.plan.worktime import calendar_faults

from .branches import Branch, prune

#: What may stand under what; None is the top.
_UNDER: dict[Kind, tuple[Kind | None, ...]] = {
    Kind.PORTFOLIO: (None, Kind.PORTFOLIO),
    Kind.PROGRAM: (None, Kind.PORTFOLIO),
    Kind.PROJECT: (None, Kind.PORTFOLIO, Kind.PROGRAM),
}


def place_for(*, actor: User, kind: Kind, parent: Node | None, verb: Verb) -> int:
    """The position of a new node under `parent`. Raises Refusal if it may not stand there."""
    above = None if parent is None else Kind(parent.kind)
    if above not in _UNDER[kind]:
        where = "at the top" if above is None else f"under a {above.label.lower()}"
        raise Invalid("tree.bad-place", f"A {kind.label.lower()} cannot stand {where}.")
    rights = rights_of(actor)
    if parent is None:
        rights.need_everywhere(verb)
    else:
        rights.need(verb, parent.pk)
    return queries.next_position(None if parent is None else parent.pk, actor.workspace_id)


def create_node(
    *, actor: User, kind: Kind, parent: Node | None, name: str, manager: User | None = None, door: Door = API
) -> Node:
    """Create a portfolio or a program under `parent`, or at the top of the tree. A program without a `manager` is the
    actor's, until it is handed over. Raises Refusal."""
    if kind not in {Kind.PORTFOLIO, Kind.PROGRAM}:
        raise ValueError("projects are made by create_project, tasks by change_plan")
    with writing():
        position = place_for(actor=actor, kind=kind, parent=parent, verb=Verb.EDIT_PLAN)
        node = _make(actor, kind, parent, position, name, manager)
        _log_new(actor, door, node)
        return node


def create_project(
    *,
    actor: User,
    parent: Node | None,
    name: str,
    start: datetime,
    calendar: Calendar,
    manager: User | None = None,
    status_date: datetime | None = None,
    minutes_per_day: int = 480,
    minutes_per_week: int = 2400,
    dialect: str = "triptych",
    door: Door = API,
) -> Node:
    """Create an empty project under `parent` that starts no earlier than `start` (local time). Without a `manager` it is
    the actor's, until it is handed over. Raises Refusal."""
    with writing():
        position = place_for(actor=actor, kind=Kind.PROJECT, parent=parent, verb=Verb.EDIT_PLAN)
        if calendar.workspace_id != actor.workspace_id:
            raise NotVisible
        node = _make(actor, Kind.PROJECT, parent, position, name, manager)
        ProjectSettings.objects.create(
            node=node,
            start=instant(start),
            calendar=calendar,
            status_date=None if status_date is None else instant(status_date),
            minutes_per_day=minutes_per_day,
            minutes_per_week=minutes_per_week,
            dialect=dialect,
        )
        bridge.store_dates(None, bridge.compute(bridge.load_plan([node.pk])))
        _log_new(actor, door, node)
        return node


def _make(
    actor: User, kind: Kind, parent: Node | None, position: int, name: str, manager: User | None
) -> Node:
    if manager is not None and manager.workspace_id != actor.workspace_id:
        raise NotVisible
    return Node.objects.create(
        workspace_id=actor.workspace_id,
        kind=kind,
        parent=parent,
        position=position,
        name=check_name(name, code="tree.bad-name", longest=500),
        manager=accountable(kind, manager, actor),
    )


def accountable(kind: Kind, manager: User | None, actor: User) -> User | None:
    """The one accountable manager of a new node: a program or project is never without, and begins with who makes it."""
    return manager if manager is not None or kind == Kind.PORTFOLIO else actor


def _log_new(actor: User, door: Door, node: Node) -> LogEntry:
    kind = Kind(node.kind).label.lower()
    return log.append(
        actor=actor,
        door=door,
        verb=f"create_{node.kind}",
        sentence=f"Created the {kind} “{node.name}”",
        node=node.pk,
        changes=[Branch("restore_node", node.pk).as_json()],
        inverses=[Branch("remove_node", node.pk).as_json()],
    )


def remove_node(*, actor: User, node: Node, door: Door = API) -> LogEntry:
    """Remove a project, or a portfolio or program that has nothing below it; undo brings back everything.

    What waited for its tasks is scheduled anew. Raises Refusal.
    """
    with writing():
        rights = rights_of(actor)
        rights.need(Verb.EDIT_PLAN, node.pk)
        touches = prune(node.pk)
        Node.objects.select_for_update(no_key=True).get(pk=node.pk)
        entry = log.append(
            actor=actor,
            door=door,
            verb="remove_node",
            sentence=f"Removed the {Kind(node.kind).label.lower()} “{node.name}”",
            node=node.pk,
            touches=touches,
            changes=[Branch("remove_node", node.pk).as_json()],
            inverses=[Branch("restore_node", node.pk).as_json()],
        )
        Node.objects.filter(pk=node.pk).update(removed_by=entry)
        return entry


def mark_deliverable(*, actor: User, task: int, deliverable: bool = True, door: Door = API) -> Node:
    """Say that a task or phase is a deliverable, to which features can point, or that it is none.

    Moves no dates. Raises NotVisible, NotAllowed.
    """
    with writing():
        rights = rights_of(actor)
        project = queries.project_of_task(rights, task)
        rights.need(Verb.EDIT_PLAN, project)
        bridge.lock([project])
        node = Node.objects.get(pk=task)
        ledger = Ledger()
        kind = Kind.DELIVERABLE if deliverable else Kind.MILESTONE if node.milestone else Kind.TASK
        ledger.change(node, kind=kind)
        if not ledger.edits:
            return node
        words = "is a deliverable" if deliverable else "is no deliverable"
        log.append(
            actor=actor,
            door=door,
            verb="mark_deliverable",
            sentence=f"“{node.name}” {words}",
            right=Verb.EDIT_PLAN,
            node=project,
            touches=[task],
            edits=ledger.edits,
        )
        return node


def create_calendar(
    *,
    actor: User,
    name: str,
    week: Sequence[Shifts | None] = STANDARD_WEEK,
    exceptions: Sequence[CalendarException] = (),
    base: Calendar | None = None,
    door: Door = API,
) -> Calendar:
    """Create a calendar of the workspace: seven days of shifts, Monday first, and exceptions.

    Raises NotAllowed unless the actor may change a plan somewhere, Invalid for shifts that overlap or leave the day.
    """
    with writing():
        if not rights_of(actor).may_anywhere(Verb.EDIT_PLAN):
            raise NotAllowed("Your role does not let you create calendars.")
        value = CalendarValue(0, name, tuple(week), tuple(exceptions), None)
        if found := calendar_faults([value]):
            raise Invalid(found[0].code, found[0].message)
        ledger = Ledger()
        made = ledger.create(calendar_row(value, actor.workspace_id, base=base, project=None))
        log.append(
            actor=actor,
            door=door,
            verb="create_calendar",
            sentence=f"Created the calendar “{name}”",
            right=Verb.EDIT_PLAN,
            edits=ledger.edits,
        )
        return made


def calendar_row(
    value: CalendarValue, workspace: int, *, base: Calendar | None, project: Node | None
) -> Calendar:
    """A calendar's value as a row, not saved yet."""
    named = {"name": check_name(value.name, code="calendar.bad-name"), "base_id": base and base.pk}
    values = calendar_values(value) | named
    return Calendar(workspace_id=workspace, project=project, **values)

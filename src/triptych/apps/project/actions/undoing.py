"""Undo and redo: the inverses of a log entry, applied like any other change."""

from dataclasses import dataclass

from django.db.models import QuerySet

from triptych.apps.history import actions as log
from triptych.apps.history.models import LogEntry
from triptych.apps.history.writing import writing
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed, NotVisible
from triptych.apps.people.roles import Verb
from triptych.apps.project import queries
from triptych.apps.project.bridge import Computed
from triptych.apps.project.changes import from_json, subjects
from triptych.apps.project.models import Node, Resource
from triptych.apps.project.rules import Rights, rights_of
from triptych.plan.changes import AddAbsence, Change, RemoveAbsence

from .branches import Branch, branches, graft, prune
from .editing import authorise
from .perform import Deed, Outcome, perform
from .staffing import authorise_absence

_WORDS = {"undo": "Undid", "redo": "Redid"}


@dataclass(frozen=True)
class Undone:
    """An entry was taken back (or an undo of it was), by `entry`.

    `outcome` is what that moved, None where a whole branch of the tree came or went. `target` is the entry that
    was undone or redone, `projects` those whose plan or dates changed.
    """

    entry: LogEntry
    target: LogEntry
    projects: list[int]
    outcome: Outcome | None


def undo(*, actor: User, door: str = "api") -> Undone:
    """Take back the actor's latest entry that can be and was not yet.

    Raises Conflict: `undo.nothing`, or `undo.overtaken` if somebody has since changed the same tasks.
    """
    with writing():
        mine = LogEntry.objects.filter(actor=actor, undone_by=None).exclude(verb="undo").exclude(inverses=[])
        target = mine.order_by("-pk").first()
        if target is None:
            raise Conflict("undo.nothing", "There is nothing of yours to undo.")
        return _take_back(actor, target, target, "undo", door)


def redo(*, actor: User, door: str = "api") -> Undone:
    """Take back the actor's latest undo, unless they have made a new change since.

    Raises Conflict: `redo.nothing`, or `undo.overtaken` if somebody has since changed the same tasks.
    """
    with writing():
        mine = LogEntry.objects.filter(actor=actor).exclude(inverses=[])
        target = mine.filter(verb="undo", undone_by=None).order_by("-pk").first()
        if target is None or _edited_since(mine, target):
            raise Conflict("redo.nothing", "There is nothing of yours to redo.")
        return _take_back(actor, target, target.undoes or target, "redo", door)


def _edited_since(mine: QuerySet[LogEntry], target: LogEntry) -> bool:
    return mine.filter(pk__gt=target.pk).exclude(verb__in=["undo", "redo"]).exists()


def _take_back(actor: User, target: LogEntry, told: LogEntry, verb: str, door: str) -> Undone:
    _refuse_if_overtaken(actor, target)
    sentence = f"{_WORDS[verb]}: {told.sentence}"
    found = branches(target.inverses)
    try:
        if found:
            done = _branch(actor, target, found[0], verb, sentence, door)
        else:
            done = _changes(actor, target, verb, sentence, door)
    except Invalid as fault:
        raise Conflict("undo.overtaken", f"This cannot be taken back any more: {fault}") from fault
    except (NotVisible, NotAllowed) as fault:
        raise Conflict("undo.not-allowed", "You may no longer change what this entry changed.") from fault
    log.mark_undone(target, by=done.entry)
    return Undone(done.entry, told, done.projects, done.outcome)


def _refuse_if_overtaken(actor: User, target: LogEntry) -> None:
    """Whoever has changed the same tasks since has done so on top of what is to be undone."""
    mine = set(target.subjects)
    later = LogEntry.objects.filter(workspace=actor.workspace_id, pk__gt=target.pk, undone_by=None)
    later = (
        later.exclude(actor=actor).exclude(undoes__pk__gt=target.pk).select_related("actor").order_by("pk")
    )
    for entry in later:
        if not mine.isdisjoint(entry.subjects):
            by = f"{entry.actor.name} has changed the same since: {entry.sentence}."
            raise Conflict("undo.overtaken", f"{by} Undo would overrun that.")


def _changes(actor: User, target: LogEntry, verb: str, sentence: str, door: str) -> Undone:
    changes = from_json(target.inverses)
    deed = Deed(
        verb=verb,
        changes=lambda rights, before: _allowed(rights, before, changes),
        tell=lambda *_: sentence,
        undoes=target,
    )
    projects = _projects_of(changes, target)
    outcome = perform(deed, actor=actor, node=target.node, projects=projects, preview=False, door=door)
    if outcome.entry is None:
        raise AssertionError("only a preview has no entry")
    touched = sorted(outcome.entry.touches.values_list("node", flat=True))
    return Undone(outcome.entry, target, touched, outcome)


def _allowed(rights: Rights, before: Computed, changes: list[Change]) -> list[Change]:
    for change in changes:
        if isinstance(change, (AddAbsence, RemoveAbsence)):
            authorise_absence(rights, change.resource)
    authorise(rights, before, None, [each for each in changes if not hasattr(each, "first")])
    return changes


def _projects_of(changes: list[Change], target: LogEntry) -> set[int]:
    """The projects of everything the changes name, removed tasks included."""
    found = Node.objects.filter(pk__in=subjects(changes)).values_list("project", flat=True)
    projects = {each for each in found if each is not None}
    away = {each.resource for each in changes if isinstance(each, (AddAbsence, RemoveAbsence))}
    for person in Resource.objects.filter(pk__in=away):
        projects |= queries.projects_of_resource(person)
    return projects | ({target.node} if target.node is not None else set())


def _branch(actor: User, target: LogEntry, branch: Branch, verb: str, sentence: str, door: str) -> Undone:
    node = Node.objects.get(pk=branch.node)
    place = node.pk if branch.op == "remove_node" else node.parent_id
    rights = rights_of(actor)
    if place is None:
        rights.need_everywhere(Verb.EDIT_PLAN)
    else:
        rights.need(Verb.EDIT_PLAN, place)
    if branch.op == "remove_node":
        _refuse_if_built_on(actor, target, branch.node)
    touches = prune(branch.node) if branch.op == "remove_node" else graft(branch.node)
    entry = log.append(
        actor=actor,
        door=door,
        verb=verb,
        sentence=sentence,
        node=branch.node,
        touches=touches,
        changes=[branch.as_json()],
        inverses=[branch.inverse.as_json()],
        undoes=target,
    )
    if branch.op == "remove_node":
        Node.objects.filter(pk=branch.node).update(removed_by=entry)
    return Undone(entry, target, sorted(touches | {branch.node}), None)


def _refuse_if_built_on(actor: User, target: LogEntry, node: int) -> None:
    """A branch in which others have worked since is theirs too."""
    later = LogEntry.objects.filter(pk__gt=target.pk, node=node, undone_by=None).exclude(actor=actor)
    entry = later.exclude(undoes__pk__gt=target.pk).select_related("actor").order_by("pk").first()
    if entry is not None:
        by = f"{entry.actor.name} has worked there since: {entry.sentence}."
        raise Conflict("undo.overtaken", f"{by} Undo would take that out.")

"""Undo and redo: what an entry of the log did, taken back like any other change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Model, Q, QuerySet

from triptych.apps.history import actions as log
from triptych.apps.history.ledger import Edit, Ledger, Overtaken, edits_of, inverses
from triptych.apps.history.models import LogEntry
from triptych.apps.history.queries import later_than, told
from triptych.apps.history.rows import model_of
from triptych.apps.history.writing import API, Door, writing
from triptych.apps.people.models import User
from triptych.apps.people.records import Record
from triptych.apps.people.refusals import Conflict, Invalid, NotAllowed, NotVisible
from triptych.apps.people.roles import Verb
from triptych.apps.project import queries
from triptych.apps.project.bridge import Computed
from triptych.apps.project.changes import from_json, subjects
from triptych.apps.project.models import Calendar, Grant, Mention, Node, Resource
from triptych.apps.project.rules import Rights, need_for, need_to_change, rights_of
from triptych.plan.changes import AddAbsence, Change, RemoveAbsence, SetCalendar, SetResource

from .branches import Branch, branches, graft, prune
from .editing import authorise
from .granting import authorise_grant, refuse_without_administrator
from .keeping import check, refuse_frozen
from .perform import Deed, Outcome, perform
from .staffing import authorise_absence
from .steering import lock_node, refuse_misplaced

_WORDS = {"undo": "Undid", "redo": "Redid", "restore": "Brought back"}


@dataclass(frozen=True)
class Undone:
    """An entry was taken back (or an undo of it was), by `entry`.

    `outcome` is what that moved, None where no plan changed or a whole branch of the tree came or went. `target` is
    the entry that was undone or redone, `projects` those whose plan or dates changed.
    """

    entry: LogEntry
    target: LogEntry
    projects: list[int]
    outcome: Outcome | None


def undo(*, actor: User, entry: int | None = None, door: Door = API) -> Undone:
    """Take back an entry of the actor's, the latest that can be and was not yet if none is named.

    Raises NotVisible for an entry that is not theirs, Conflict: `undo.nothing`, or `undo.overtaken` if somebody (or,
    for an entry that is not the latest, they themselves) has since changed the same, with the entry that did.
    """
    with writing():
        mine = undoable(actor).exclude(verb="undo")
        target = (
            mine.order_by("-pk").first()
            if entry is None
            else LogEntry.objects.filter(pk=entry, actor=actor).first()
        )
        if target is None and entry is not None:
            raise NotVisible
        if target is None or not mine.filter(pk=target.pk).exists():
            raise Conflict("undo.nothing", "There is nothing of yours to undo here.")
        return take_back(actor, target, target, "undo", door)


def undo_run(*, actor: User, run: str, door: Door = API) -> list[Undone]:
    """Take back everything that one run of the actor's did, the last first: all of it or nothing. Raises as `undo`."""
    with writing():
        mine = (
            undoable(actor).exclude(verb__in=["undo", "redo"]).filter(run=run)
            if run
            else LogEntry.objects.none()
        )
        found = list(mine.order_by("-pk"))
        if not found:
            raise Conflict("undo.nothing", "There is nothing of yours to undo here.")
        return [take_back(actor, target, target, "undo", door) for target in found]


def redo(*, actor: User, door: Door = API) -> Undone:
    """Take back the actor's latest undo, unless they have made a new change since.

    Raises Conflict: `redo.nothing`, or `undo.overtaken` if somebody has since changed the same.
    """
    with writing():
        mine = LogEntry.objects.filter(actor=actor).exclude(_NOTHING)
        target = mine.filter(verb="undo", undone_by=None).order_by("-pk").first()
        if target is None or mine.filter(pk__gt=target.pk).exclude(verb__in=["undo", "redo"]).exists():
            raise Conflict("redo.nothing", "There is nothing of yours to redo.")
        return take_back(actor, target, target.undoes or target, "redo", door)


#: Entries that did nothing which could be taken back.
_NOTHING = Q(inverses=[]) & (Q(edits=[]) | Q(right=""))


def undoable(actor: User) -> QuerySet[LogEntry]:
    """The entries of the actor's that did something and still stand."""
    return LogEntry.objects.filter(actor=actor, undone_by=None).exclude(_NOTHING)


def take_back(actor: User, target: LogEntry, told: LogEntry, verb: str, door: Door) -> Undone:
    """Do the opposite of what `target` did, as an entry of its own that speaks of `told`."""
    _refuse_if_overtaken(actor, target)
    sentence = f"{_WORDS[verb]}: {told.sentence}"
    branch = branches(target.inverses)
    try:
        if branch:
            done = _branch(actor, target, branch[0], verb, sentence, door)
        elif target.inverses:
            done = _changes(actor, target, verb, sentence, door)
        else:
            done = _rows(actor, target, verb, sentence, door)
    except IntegrityError as fault:
        raise Conflict(
            "undo.overtaken", "Something else has taken its place since, or what it needs is gone."
        ) from fault
    except Overtaken as fault:
        raise _overtaken(actor, target, fault.edit) from fault
    except Invalid as fault:
        raise Conflict("undo.overtaken", f"This cannot be taken back any more: {fault}") from fault
    except (NotVisible, NotAllowed) as fault:
        raise Conflict("undo.not-allowed", "You may no longer change what this entry changed.") from fault
    log.mark_undone(target, by=done.entry)
    return Undone(done.entry, told, done.projects, done.outcome)


def _refuse_if_overtaken(actor: User, target: LogEntry) -> None:
    """Whoever has changed the same tasks since has done so on top of what is to be undone."""
    mine = set(target.subjects)
    for entry in later_than(target) if mine else ():
        if not mine.isdisjoint(entry.subjects):
            raise Conflict("undo.overtaken", f"{_since(actor, entry)} Undo would overrun that.")


def _since(actor: User, entry: LogEntry) -> str:
    """That an entry has changed the same, as the actor may know of it."""
    if entry.actor_id == actor.pk:
        return f"You have changed the same since: {entry.sentence}."
    news = next((each for each in told(entry, where=rights_of(actor).where) if each.actor), None)
    if news is None:
        return "Somebody has changed the same since."
    return f"{entry.actor.name} has changed the same since: {news.sentence}."


def _overtaken(actor: User, target: LogEntry, edit: Edit) -> Conflict:
    """Who has changed a row since, as far as the log tells."""
    for entry in later_than(target):
        if any((each["table"], each["key"]) == (edit.table, edit.key) for each in entry.edits):
            return Conflict("undo.overtaken", f"{_since(actor, entry)} Undo would overrun that.")
    return Conflict(
        "undo.overtaken", "Other things have come to need what this would take out. Remove them first."
    )


# Rows beside the plan


def _rows(actor: User, target: LogEntry, verb: str, sentence: str, door: Door) -> Undone:
    if target.node is not None and any(each["table"] == "project.node" for each in target.edits):
        lock_node(target.node)
    ledger = Ledger()
    replay(actor, target, ledger)
    touched = list(target.touches.values_list("node", flat=True))
    entry = log.append(
        actor=actor,
        door=door,
        verb=verb,
        sentence=sentence,
        right=Verb(target.right),
        see=Verb(target.see),
        node=target.node,
        touches=touched,
        plan=target.plan,
        edits=ledger.edits,
        undoes=target,
    )
    return Undone(entry, target, sorted(touched), None)


def replay(actor: User, target: LogEntry, ledger: Ledger) -> None:
    """Take back the edits of an entry. Rights are asked of every row while it is there: before it goes, or once it
    is back. Raises Overtaken, NotVisible, NotAllowed, Conflict, that also for what is frozen."""
    back = inverses(edits_of(target.edits))
    rights = rights_of(actor)
    gone = [each for each in back if each.now is None]
    _authorise(rights, target, gone)
    for each in back:
        if each.table == "project.node" and each.was and each.now and "parent_id" in each.now:
            refuse_misplaced(actor, Node.objects.get(pk=each.key), each.now["parent_id"])
    with transaction.atomic():
        ledger.replay(back)
    for row in _returned(back):
        check(row)
    known = {(each.table, each.key) for each in gone}
    _authorise(rights, target, [each for each in back if (each.table, each.key) not in known])
    if any(edit.table in {"project.grant", "people.user"} for edit in back):
        refuse_without_administrator(actor.workspace_id)


def _returned(edits: Sequence[Edit]) -> Iterator[Record]:
    """The rows of nouns that came back or have their old values, as they now are."""
    for edit in edits:
        model = model_of(edit.table)
        if edit.now is not None and issubclass(model, Record):
            yield from model._default_manager.filter(pk=edit.key)  # noqa: SLF001 - Django's name


def _authorise(rights: Rights, target: LogEntry, edits: Sequence[Edit]) -> None:
    """Raises NotVisible or NotAllowed for a row that the actor may not write any more, Overtaken for one that is gone."""
    for table in dict.fromkeys(each.table for each in edits):
        model, mine = model_of(table), [each for each in edits if each.table == table]
        if issubclass(model, Mention):
            continue  # part of its comment, whose edits are in every entry that has edits of it
        rows = model._default_manager.all()  # noqa: SLF001 - Django's name
        if issubclass(model, Record) and model.TERMS.home:
            rows = rows.select_related(model.TERMS.home)
        found = rows.in_bulk([each.key for each in mine])
        for edit in mine:
            if edit.key not in found:
                raise Overtaken(edit)
            _authorise_row(rights, target, edit, found[edit.key])


def _authorise_row(rights: Rights, target: LogEntry, edit: Edit, row: Model) -> None:
    verb = Verb(target.right)
    if isinstance(row, Record):
        need_for(rights, verb, row)
        if target.actor_id != rights.user.pk:
            need_to_change(rights, row)  # what is somebody's own is theirs to bring back
        money = row.TERMS.money - row.TERMS.by_verb  # what a verb has set took no right to money
        if money.intersection((edit.was or {}) | (edit.now or {})) and edit.was and edit.now:
            need_for(rights, Verb.EDIT_MONEY, row)
        if edit.was is not None and "state" not in (edit.now or ()):
            refuse_frozen(row)
    elif isinstance(row, Node):
        rights.need_on(verb, row.pk, row.project_id)
    elif isinstance(row, Grant):
        authorise_grant(rights, row)
    elif target.node is not None:
        rights.need(verb, target.node)
    elif verb is Verb.ADMINISTER:
        rights.need_everywhere(verb)
    elif not rights.may_anywhere(verb):
        raise NotAllowed("Your role no longer lets you change this.")


# Plans


def _changes(actor: User, target: LogEntry, verb: str, sentence: str, door: Door) -> Undone:
    changes = from_json(target.inverses)
    deed = Deed(
        verb=verb,
        # What was made by approving it is taken back by the same right.
        changes=lambda rights, before: _allowed(
            rights.as_approver if target.right == Verb.APPROVE else rights, before, changes
        ),
        tell=lambda *_: sentence,
        undoes=target,
        rows=lambda ledger: replay(actor, target, ledger),
        touches=frozenset(target.touches.values_list("node", flat=True)) if target.edits else frozenset(),
        right=Verb(target.right or Verb.EDIT_PLAN),
    )
    projects = _projects_of(changes, target)
    outcome = perform(deed, actor=actor, node=target.node, projects=projects, preview=False, door=door)
    if outcome.entry is None:
        raise AssertionError("only a preview has no entry")
    touched = sorted(outcome.entry.touches.values_list("node", flat=True))
    return Undone(outcome.entry, target, touched, outcome)


def _allowed(rights: Rights, before: Computed, changes: Sequence[Change]) -> Sequence[Change]:
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
    terms = {each.value.uid for each in changes if isinstance(each, SetResource)}
    for person in Resource.objects.filter(pk__in=away | terms):
        projects |= queries.projects_of_resource(person)
    shifts = {each.value.uid for each in changes if isinstance(each, SetCalendar)}
    for calendar in Calendar.objects.filter(pk__in=shifts):
        projects |= queries.projects_of_calendar(calendar) or queries.any_project(calendar.workspace_id)
    return projects | ({target.node} if target.node is not None else set())


# Branches of the tree


def _branch(actor: User, target: LogEntry, branch: Branch, verb: str, sentence: str, door: Door) -> Undone:
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
    Node.objects.select_for_update(no_key=True).get(pk=branch.node)
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
    entry = later_than(target).filter(node=node).exclude(actor=actor).first()
    if entry is not None:
        by = _since(actor, entry).replace("changed the same", "worked there")
        raise Conflict("undo.overtaken", f"{by} Undo would take that out.")

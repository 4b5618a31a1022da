"""The one way in which changes reach a plan: preview, edit, absence, undo and redo all pass through here."""

from collections.abc import Callable, Collection, Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from triptych.apps.history import actions as log
from triptych.apps.history.ledger import Ledger
from triptych.apps.history.models import LogEntry
from triptych.apps.history.queries import later_in_plan, seq_of, told
from triptych.apps.history.writing import Door, writing
from triptych.apps.people.models import User
from triptych.apps.people.refusals import Conflict, Invalid
from triptych.apps.people.roles import Verb
from triptych.apps.project import bridge
from triptych.apps.project.bridge import Computed
from triptych.apps.project.changes import to_json, written_to
from triptych.apps.project.rules import Rights, rights_of
from triptych.engine import Ripple, compare
from triptych.plan.changes import CannotApply, Change, apply_all
from triptych.plan.diagnostics import Diagnostic, Severity, error, note

from .answer import ripple_summary
from .noticing import notify_assigned


@dataclass(frozen=True)
class Outcome:
    """What the changes did, or in a preview would do.

    `entry` is None in a preview. `project` is the one asked about, None for changes that belong to no single
    project. `before` and `after` hold everything that links reach, hidden projects included: what a reader may be
    told of them, `rights` say.
    """

    rights: Rights
    project: int | None
    before: Computed
    after: Computed
    ripple: Ripple
    entry: LogEntry | None
    seq: int


@dataclass(frozen=True)
class Deed:
    """What is to be done: the changes, made once the plan is known, and what to write into the log."""

    verb: str
    changes: Callable[[Rights, Computed], Sequence[Change]]
    tell: Callable[[Sequence[Change], Computed, Computed], str]
    undoes: LogEntry | None = None
    #: What is to be written beside the plan, in the same entry.
    rows: Callable[[Ledger], None] = lambda _: None
    #: The nodes that those rows hang on.
    touches: frozenset[int] = frozenset()
    #: What it takes to take the entry back.
    right: Verb = Verb.EDIT_PLAN


def perform(
    deed: Deed,
    *,
    actor: User,
    node: int | None,
    projects: Collection[int],
    preview: bool,
    door: Door,
    seq: int | None = None,
) -> Outcome:
    """Apply the deed to the plan of `projects` and everything they reach.

    With `preview` nothing is written. Otherwise the projects are locked, `seq` is compared with the latest entry
    of `node`, and rows, dates and the log entry are written, in one transaction. Raises Refusal.
    """
    with nullcontext() if preview else writing():
        reached = bridge.reach(projects) if preview else bridge.lock(projects)
        # Rights are read under the lock too: a role may have been withdrawn while this writer queued.
        rights = rights_of(actor)
        now = seq_of(node) if node is not None else 0
        if seq is not None and now > seq:
            raise _moved(rights, node or 0, seq)
        before = bridge.computed(reached, workspace=actor.workspace_id)
        changes = deed.changes(rights, before)
        after, inverses = apply(rights, before, changes)
        ripple = ripple_of(rights, before, after, node)
        if preview:
            return Outcome(rights, node, before, after, ripple, None, now)
        entry = _write(deed, actor, node, door, before, after, changes, inverses, ripple)
        bridge.remember(reached, after)
        return Outcome(rights, node, before, after, ripple, entry, entry.pk)


def _moved(rights: Rights, node: int, seq: int) -> Conflict:
    """Another change came first: which, as far as the actor may know."""
    entries = later_in_plan(seq, workspace=rights.user.workspace_id, node=node)
    news = [each for entry in entries for each in told(entry, where=rights.where) if each.node == node]
    found = [
        note(
            "plan.changed",
            each.sentence + (f", by {each.actor.name}" if each.actor else ""),
            f"entry {each.seq}",
        )
        for each in news
    ]
    return Conflict(
        "plan.moved", "The plan has changed since you read it. Look at it again and retry.", errors=found
    )


def apply(rights: Rights, before: Computed, changes: Sequence[Change]) -> tuple[Computed, list[Change]]:
    """The plan after the changes, scheduled, and the changes that undo them.

    Raises Invalid if one cannot be applied, or if the plan could not be scheduled any more, as with a circle.
    """
    try:
        plan, inverses = apply_all(before.plan, changes)
    except CannotApply as fault:
        raise Invalid(fault.code, str(fault)) from fault
    after = bridge.compute(plan, before.deliverables)
    if broken := [_veiled(each, rights, after) for each in _new_errors(before, after)]:
        raise Invalid(broken[0].code, broken[0].message, errors=broken)
    return after, inverses


def _new_errors(before: Computed, after: Computed) -> list[Diagnostic]:
    known = {(each.code, each.message) for each in before.schedule.diagnostics}
    return [
        each
        for each in after.schedule.diagnostics
        if each.severity is Severity.ERROR and (each.code, each.message) not in known
    ]


def _veiled(found: Diagnostic, rights: Rights, after: Computed) -> Diagnostic:
    """The diagnostic as the actor may know it: without the tasks of projects they may not see."""
    members = found.data.get("tasks", [])
    seen = [each for each in members if after.project_of(each) in rights.visible]
    if len(seen) == len(members):
        return found
    names = ", ".join(f"“{after.plan.task(each).name}”" for each in seen)
    message = f"These tasks wait for one another in a circle, through a project you may not see: {names}."
    return error(found.code, message, f"task {seen[0]}" if seen else "", tasks=seen)


def ripple_of(rights: Rights, before: Computed, after: Computed, node: int | None) -> Ripple:
    """What moved, and the finish of the project asked about, or of the one, among those that the actor may see,
    whose finish moved most."""
    rows = before.plan.project_index
    finishes = before.schedule.project_finish, after.schedule.project_finish
    seen = [row for uid, row in rows.items() if uid in rights.visible]
    most = max(seen, key=lambda row: abs(int(finishes[1][row]) - int(finishes[0][row])), default=0)
    focus = most if node is None else rows.get(node, most)
    return compare(before.schedule, after.schedule, project=focus)


def _write(
    deed: Deed,
    actor: User,
    node: int | None,
    door: Door,
    before: Computed,
    after: Computed,
    changes: Sequence[Change],
    inverses: Sequence[Change],
    ripple: Ripple,
) -> LogEntry:
    gone = bridge.store(before, after)
    ledger = Ledger()
    deed.rows(ledger)
    entry = log.append(
        actor=actor,
        door=door,
        verb=deed.verb,
        sentence=deed.tell(changes, before, after),
        node=node,
        touches=bridge.touched(before, after) | deed.touches,
        changes=to_json(changes),
        inverses=to_json(inverses),
        edits=ledger.edits,
        right=deed.right,
        subjects=written_to([*changes, *inverses]),
        ripple=ripple_summary(ripple),
        undoes=deed.undoes,
    )
    gone.mark(entry)
    if deed.undoes is None:
        notify_assigned(entry, changes)
    return entry

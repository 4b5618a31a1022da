"""Appending to the log."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.utils import timezone

from triptych.apps.people.models import User
from triptych.apps.people.roles import Verb

from .chain import digest_of, last_digest
from .ledger import Edit
from .models import LogEntry, Touch
from .writing import Door

#: The advisory lock under which log rows are inserted on PostgreSQL, "TRIP" in ASCII.
LOG_LOCK = 0x54524950


def append(
    *,
    actor: User,
    door: Door,
    verb: str,
    sentence: str,
    right: Verb | None = None,
    see: Verb = Verb.VIEW,
    node: int | None = None,
    touches: Iterable[int] = (),
    plan: bool = True,
    changes: Sequence[Any] = (),
    inverses: Sequence[Any] = (),
    edits: Iterable[Edit] = (),
    subjects: Iterable[int | str] = (),
    ripple: dict[str, Any] | None = None,
    undoes: LogEntry | None = None,
) -> LogEntry:
    """Append one entry, in the caller's transaction, as late in it as the caller can.

    `right` is what it takes at `node` to take the entry back; without it the entry cannot be. `see` is what it takes there
    to be told of it. `plan` False promises
    that no plan, date or right of anybody is other than before.

    On PostgreSQL numbers are given at the insert and seen at the commit: without a lock from here to the commit
    a reader who tails the log could see 8 before 7 and never ask for 7 again.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOG_LOCK])
    entry = LogEntry(
        workspace_id=actor.workspace_id,
        node=node,
        actor=actor,
        at=timezone.now(),
        door=door.name,
        reason=door.reason,
        run=door.run,
        right=right or "",
        see=see,
        verb=verb,
        sentence=sentence,
        plan=plan,
        changes=list(changes),
        inverses=list(inverses),
        edits=[each.as_json() for each in edits],
        subjects=sorted(set(subjects), key=str),
        ripple=ripple or {},
        undoes=undoes,
    )
    named = sorted(set(touches) | ({node} if node is not None else set()))
    entry.digest = digest_of(entry, named, last_digest(actor.workspace_id))
    entry.save(force_insert=True)
    Touch.objects.bulk_create(Touch(entry=entry, node=each, plan=plan) for each in named)
    return entry


def mark_undone(entry: LogEntry, *, by: LogEntry) -> None:
    """Remember that the entry was taken back, and by which."""
    entry.undone_by = by
    entry.save(update_fields=["undone_by"])

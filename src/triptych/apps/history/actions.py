"""Appending to the log."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from triptych.apps.people.models import User

from .models import LogEntry, Touch

#: The advisory lock under which log rows are inserted on PostgreSQL, "TRIP" in ASCII.
LOG_LOCK = 0x54524950


def append(
    *,
    actor: User,
    door: str,
    verb: str,
    sentence: str,
    node: int | None = None,
    touches: Iterable[int] = (),
    changes: Sequence[Any] = (),
    inverses: Sequence[Any] = (),
    subjects: Iterable[int] = (),
    ripple: dict[str, Any] | None = None,
    undoes: LogEntry | None = None,
) -> LogEntry:
    """Append one entry, in the caller's transaction, as late in it as the caller can.

    On PostgreSQL numbers are given at the insert and seen at the commit: without a lock from here to the commit
    a reader who tails the log could see 8 before 7 and never ask for 7 again.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOG_LOCK])
    entry = LogEntry.objects.create(
        workspace_id=actor.workspace_id,
        node=node,
        actor=actor,
        door=door,
        verb=verb,
        sentence=sentence,
        changes=list(changes),
        inverses=list(inverses),
        subjects=sorted(set(subjects)),
        ripple=ripple or {},
        undoes=undoes,
    )
    named = set(touches) | ({node} if node is not None else set())
    Touch.objects.bulk_create(Touch(entry=entry, node=each) for each in sorted(named))
    return entry


def mark_undone(entry: LogEntry, *, by: LogEntry) -> None:
    """Remember that the entry was taken back, and by which."""
    entry.undone_by = by
    entry.save(update_fields=["undone_by"])

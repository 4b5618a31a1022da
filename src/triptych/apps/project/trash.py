"""What was removed and can still be brought back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from triptych.apps.history.models import LogEntry
from triptych.apps.history.queries import touching
from triptych.apps.project.models import Node
from triptych.apps.project.rules import Rights

#: How long what was removed can be brought back.
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Removed:
    """What one entry of the log took out, and until when it can be brought back by `restore`."""

    entry: LogEntry
    until: datetime


def trash(rights: Rights, *, now: datetime) -> list[Removed]:
    """Everything that was removed where the reader may see it and can still be brought back, the latest first.

    A constant number of statements, whatever the number of entries.
    """
    since = now - KEPT
    seen = rights.visible | rights.inner.keys()
    entries = touching(workspace=rights.user.workspace_id, nodes=seen).filter(at__gte=since, undone_by=None)
    tombs = Node.objects.filter(removed_by__at__gte=since, workspace=rights.user.workspace_id)
    taken = set(tombs.values_list("removed_by", flat=True))
    found = {each.pk: each for each in entries.filter(verb__startswith="remove_")}
    # A project that is gone is seen by those who see what it stood under.
    gone = Node.objects.filter(project=None, removed_by__in=taken)
    above = {entry for entry, parent in gone.values_list("removed_by", "parent") if _sees(rights, parent)}
    mine = set(entries.filter(pk__in=taken).values_list("pk", flat=True)) | above
    rows = LogEntry.objects.filter(pk__in=mine, undone_by=None).select_related("actor")
    found |= {each.pk: each for each in rows}
    return [Removed(found[pk], found[pk].at + KEPT) for pk in sorted(found, reverse=True)]


def _sees(rights: Rights, parent: int | None) -> bool:
    return bool(rights.everywhere) if parent is None else parent in rights.visible

"""What was removed and can still be brought back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from triptych.apps.history.models import LogEntry
from triptych.apps.people.roles import Verb
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
    since, workspace = now - KEPT, rights.user.workspace_id
    entries = LogEntry.objects.filter(workspace=workspace, at__gte=since, undone_by=None).select_related(
        "actor"
    )
    here = Q(pk=None)
    for see in Verb:
        seen = rights.where(see)
        here |= Q(see=see) & (Q(node__in=seen) | (Q(node=None) if seen else Q(pk=None)))
    nouns = entries.filter(here, verb__startswith="remove_").exclude(edits=[])
    tombs = Node.objects.filter(workspace=workspace, removed_by__at__gte=since)
    tasks = tombs.filter(Q(project__in=rights.visible) | Q(parent__in=rights.inner))
    # A project that is gone is seen by those who see what it stood under.
    gone = tombs.filter(project=None).values_list("removed_by", "parent")
    taken = {
        *tasks.values_list("removed_by", flat=True),
        *(pk for pk, parent in gone if _sees(rights, parent)),
    }
    found = {each.pk: each for each in (*nouns, *entries.filter(pk__in=taken))}
    return [Removed(found[pk], found[pk].at + KEPT) for pk in sorted(found, reverse=True)]


def _sees(rights: Rights, parent: int | None) -> bool:
    return bool(rights.everywhere) if parent is None else parent in rights.visible

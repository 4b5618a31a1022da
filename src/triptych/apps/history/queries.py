"""Reading the log. Who may see which node is the caller's to say: this app knows no tree."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, Max, OuterRef, Prefetch, Q, QuerySet

from triptych.apps.people.models import User
from triptych.apps.people.roles import Verb

from .models import LogEntry, Touch

#: The nodes on which a reader may do a verb.
Where = Callable[[Verb], Collection[int]]

#: What a reader is told of a change in a project they may not see, which moved dates in one they may.
ELSEWHERE = "A change in another project moved dates here"


@dataclass(frozen=True, slots=True)
class News:
    """An entry as one reader may know it, about one node."""

    seq: int
    node: int | None
    verb: str
    sentence: str
    actor: User | None
    entry: LogEntry


def last_seq(workspace: int) -> int:
    """The number of the workspace's latest entry, 0 if there is none."""
    found = LogEntry.objects.filter(workspace=workspace).aggregate(Max("id"))["id__max"]
    return int(found or 0)


def seq_of(node: int) -> int:
    """The number of the latest entry that touched the node's plan, 0 if none did."""
    return int(Touch.objects.filter(node=node, plan=True).aggregate(Max("entry"))["entry__max"] or 0)


def after(seq: int, *, limit: int = 500) -> Sequence[LogEntry]:
    """The entries after a number, oldest first, of all workspaces, with all that `told` needs."""
    return list(_complete(LogEntry.objects.filter(pk__gt=seq)).order_by("pk")[:limit])


def later_than(entry: LogEntry) -> QuerySet[LogEntry]:
    """The entries of the same workspace after this one that still stand, oldest first; of undoing only what took
    back something older than it."""
    rows = LogEntry.objects.filter(workspace=entry.workspace_id, pk__gt=entry.pk, undone_by=None)
    return rows.exclude(undoes__pk__gt=entry.pk).select_related("actor").order_by("pk")


def later_in_plan(seq: int, *, workspace: int, node: int, limit: int = 20) -> list[LogEntry]:
    """The entries after a number that changed the plan of a node, oldest first, with all that `told` needs."""
    changed = Exists(Touch.objects.filter(entry=OuterRef("pk"), node=node, plan=True))
    return list(
        _complete(LogEntry.objects.filter(changed, workspace=workspace, pk__gt=seq)).order_by("pk")[:limit]
    )


def between(seq: int, *, workspace: int, node: int, where: Where) -> list[News]:
    """What a reader may know of the entries after a number that touched a node, oldest first."""
    touched = Exists(Touch.objects.filter(entry=OuterRef("pk"), node=node))
    rows = _complete(LogEntry.objects.filter(touched, workspace=workspace, pk__gt=seq)).order_by("pk")
    return [each for entry in rows for each in told(entry, where=where) if each.node == node]


def latest(
    *, workspace: int, where: Where, node: int | None, before: int | None, limit: int = 50
) -> list[News]:
    """The newest entries a reader may see, newest first: all, or those that touched one node."""
    rows = _complete(LogEntry.objects.filter(workspace=workspace))
    rows = rows.filter(_open_to(where, node))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = []
    for entry in rows.order_by("-pk")[:limit]:
        found.extend(list(told(entry, where=where))[:1])
    return found


def _open_to(where: Where, node: int | None) -> Q:
    """The entries of which a reader may know anything, of one node if it is named."""
    found = Q(pk=None)
    for see in Verb:
        seen = where(see)
        nodes = seen if node is None else {node} & set(seen)
        touched = Exists(Touch.objects.filter(entry=OuterRef("pk"), node__in=nodes))
        found |= Q(see=see) & (touched | Q(node=None) if seen and node is None else Q(touched))
    return found


def told(entry: LogEntry, *, where: Where) -> Iterator[News]:
    """What of the entry a reader may know, one `News` for each node of theirs that it touched; `where` gives the nodes on
    which they may do a verb.

    The sentence names things of the entry's own node, so it is told to those who may see that node, and with it what the
    entry is about; what concerns the whole workspace, to those who may in any part of it.
    """
    visible = where(Verb(entry.see))
    open_to_reader = bool(visible) if entry.node is None else entry.node in visible
    if open_to_reader:
        yield News(entry.pk, entry.node, entry.verb, entry.sentence, entry.actor, entry)
    for touch in entry.touches.all():
        if touch.node != entry.node and touch.node in visible:
            sentence, actor = (entry.sentence, entry.actor) if open_to_reader else (ELSEWHERE, None)
            yield News(entry.pk, touch.node, entry.verb, sentence, actor, entry)


def _complete(rows: QuerySet[LogEntry]) -> QuerySet[LogEntry]:
    heavy = ("changes", "inverses", "edits", "subjects", "ripple")
    touches = Prefetch("touches", Touch.objects.order_by("node"))
    return rows.defer(*heavy).select_related("actor").prefetch_related(touches)

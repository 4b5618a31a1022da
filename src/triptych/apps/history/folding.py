"""Rows as they were: the edits of the log, folded back from what is there now."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from .ledger import edits_of
from .models import LogEntry, Touch
from .rows import Values, columns_of, table_of, values_of

_M = TypeVar("_M", bound=Model)


def seq_at(workspace: int, at: datetime) -> int:
    """The number of the workspace's last entry by that moment, 0 before the first."""
    found = (
        LogEntry.objects.filter(workspace=workspace, at__lte=at).order_by("-pk").values_list("pk", flat=True)
    )
    return found.first() or 0


def since(seq: int, *, workspace: int, nodes: Collection[int]) -> QuerySet[LogEntry]:
    """The entries after a number that touched any of these nodes, or the workspace as a whole; the latest first."""
    touched = Exists(Touch.objects.filter(entry=OuterRef("pk"), node__in=nodes))
    found = LogEntry.objects.filter(touched | Q(node=None), workspace=workspace, pk__gt=seq)
    return found.order_by("-pk")


def rows_as_of(now: Iterable[_M], model: type[_M], entries: Iterable[LogEntry]) -> dict[int, _M]:
    """The rows of a model as they were before these entries (the latest first), by number, given those of `now`.

    Rows that were removed since are there again, as instances that are not to be saved.
    """
    state: dict[int, Values] = {row.pk: values_of(row) for row in now}
    table = table_of(model)
    for entry in entries:
        for edit in reversed(edits_of(entry.edits)):
            if edit.table != table:
                continue
            if edit.was is None:
                state.pop(edit.key, None)
            else:
                state[edit.key] = state.get(edit.key, {}) | edit.was
    return {key: model(pk=key, **columns_of(model, values)) for key, values in sorted(state.items())}

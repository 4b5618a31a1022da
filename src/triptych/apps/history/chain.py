"""The chain that holds the log together: whoever alters, drops or inserts an entry breaks it from there on."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import Prefetch

from .models import LogEntry, Touch

#: What every entry is sealed with, beside the digest of the one before and the nodes that it touched.
_SEALED = (
    "workspace_id", "node", "actor_id", "door", "verb", "sentence", "reason", "run", "right", "see", "plan", "changes",
    "inverses", "edits", "subjects", "ripple", "undoes_id",
)  # fmt: skip


def content_of(entry: LogEntry, touches: Sequence[int], before: str) -> dict[str, Any]:
    """What an entry is sealed with: its content, the nodes it touched, and the digest `before` it in its workspace."""
    content: dict[str, Any] = {name: getattr(entry, name) for name in _SEALED}
    return content | {"at": entry.at.isoformat(), "touches": sorted(touches), "before": before}


def digest_of(entry: LogEntry, touches: Sequence[int], before: str) -> str:
    """The SHA-256, in hexadecimal, of `content_of` as JSON with sorted keys, without spaces, in ASCII."""
    content = content_of(entry, touches, before)
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return sha256(text.encode()).hexdigest()


def last_digest(workspace: int) -> str:
    """The digest of the workspace's latest entry, empty before the first."""
    found = LogEntry.objects.filter(workspace=workspace).order_by("-pk").values_list("digest", flat=True)
    return found.first() or ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an audit of one workspace's log found.

    `unsealed` counts the entries from before the log was chained; `broken` are the numbers of those that do not
    hold; `last` and `digest` name the end of the chain: noted elsewhere and given as the anchor of a later audit, they
    prove that nothing was cut off or written anew. `anchored` is false where that entry is gone or other than then.
    """

    entries: int
    unsealed: int
    broken: tuple[int, ...]
    last: int
    digest: str
    anchored: bool = True

    @property
    def holds(self) -> bool:
        return not self.broken and self.anchored


def verify(workspace: int, *, anchor: tuple[int, str] | None = None) -> Verdict:
    """Recompute the whole chain of a workspace, entry by entry; `anchor` is the number and digest of an entry that is
    known from elsewhere."""
    entries = unsealed = last = 0
    broken: list[int] = []
    before = ""
    anchored = anchor is None
    for entry in _in_order(workspace):
        entries, last = entries + 1, entry.pk
        if not entry.digest and not before:
            unsealed += 1
            continue
        touches = [each.node for each in entry.touches.all()]
        if entry.digest != digest_of(entry, touches, before):
            broken.append(entry.pk)
        # From the digest that stands there: one altered entry is one fault, not a fault in all that follow.
        before = entry.digest
        anchored |= (entry.pk, entry.digest) == anchor
    return Verdict(entries, unsealed, tuple(broken), last, before, anchored)


def _in_order(workspace: int) -> Iterator[LogEntry]:
    rows = LogEntry.objects.filter(workspace=workspace).order_by("pk")
    return rows.prefetch_related(Prefetch("touches", Touch.objects.order_by("node"))).iterator(500)

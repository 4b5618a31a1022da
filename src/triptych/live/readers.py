"""Who listens: what they may be told, and the queue in which they are told it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from triptych.apps.history.models import LogEntry
from triptych.apps.history.queries import told
from triptych.apps.people.models import User
from triptych.apps.project.rules import Rights, rights_of

#: A reader this far behind is let go: it comes back and asks for what it missed.
FULL = 1000


@dataclass(frozen=True, slots=True)
class Batch:
    """What one reader is told of one entry: one event for each node of theirs that it touched."""

    seq: int
    frames: tuple[bytes, ...]


@dataclass(eq=False, slots=True)
class Reader:
    """One open stream. `queue` belongs to the event loop and is filled from the tail's thread; None ends it."""

    user: User
    loop: asyncio.AbstractEventLoop
    queue: asyncio.Queue[Batch | None] = field(default_factory=asyncio.Queue)

    def deliver(self, batch: Batch | None) -> None:
        """Put a batch into the queue; from any thread."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._put, batch)

    def _put(self, batch: Batch | None) -> None:
        self.queue.put_nowait(batch if self.queue.qsize() < FULL else None)


class Sight:
    """What each user may see, read once and kept until an entry comes that could have changed it."""

    #: Verbs that change neither the tree nor anybody's role, beside those of most nouns.
    HARMLESS = frozenset(
        {"create_calendar", "create_resource", "set_calendar", "set_project", "set_resource"}
    )
    #: What is added, changed, moved on and removed, and does.
    TELLING = frozenset({"node", "person", "role", "team", "team_member"})

    def __init__(self) -> None:
        self._rights: dict[int, Rights] = {}

    def of(self, user: User) -> Rights:
        """What the user may do, and so see."""
        if user.pk not in self._rights:
            self._rights[user.pk] = rights_of(user)
        return self._rights[user.pk]

    def note(self, entries: Sequence[LogEntry]) -> None:
        """Forget what the entries may have made untrue: before any of them is told."""
        if not all(self._is_harmless(each.verb) for each in entries):
            self._rights.clear()

    def _is_harmless(self, verb: str) -> bool:
        act, _, noun = verb.partition("_")
        of_noun = act in {"add", "change", "move", "remove"} and noun not in self.TELLING
        return of_noun or verb in self.HARMLESS


def batch_for(entry: LogEntry, user: User, rights: Rights) -> Batch | None:
    """What the user is told of the entry, None if nothing."""
    if entry.workspace_id != user.workspace_id:
        return None
    frames = tuple(
        frame(
            each.seq,
            {
                "seq": each.seq,
                "project": each.node,
                "verb": each.verb,
                "sentence": each.sentence,
                "actor": None if each.actor is None else {"id": each.actor.pk, "name": each.actor.name},
            },
        )
        for each in told(entry, where=rights.where)
    )
    return Batch(entry.pk, frames) if frames else None


def frame(seq: int, data: dict[str, Any]) -> bytes:
    """One server-sent event."""
    return b"id: %d\nevent: change\ndata: %s\n\n" % (seq, orjson.dumps(data))

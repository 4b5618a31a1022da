"""The one transaction of an action, and where it came from."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

#: SQLite lets one writer in at a time and lets the others poll, unfairly: with 16 writers the worst wait was
#: 3.9 s, and 0.18 s when they queue here. Re-entrant, for an action may call another.
_WRITERS = threading.RLock()


@dataclass(frozen=True, slots=True)
class Door:
    """Where a write came in: the door's name, why in the actor's words, and the run (of an agent, an import, a
    batch) that it is part of; the entries of one run are taken back together."""

    name: str
    reason: str = ""
    run: str = ""


API = Door("api")
CLI = Door("cli")


@contextmanager
def writing() -> Iterator[None]:
    """A transaction for a write; on SQLite the process's writers queue for it."""
    if connection.vendor == "sqlite":
        with _WRITERS, transaction.atomic():
            yield
    else:
        with transaction.atomic():
            yield

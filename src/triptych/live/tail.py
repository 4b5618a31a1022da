"""One thread a process polls the log and fans out what is new.

A thread and not a task of the event loop: the queries block, and a task started from a synchronous view would die
with its request, silently.
"""

import logging
import threading

from django.db import DatabaseError, connections

from triptych.apps.history.models import LogEntry
from triptych.apps.history.queries import after

from .readers import Reader, Sight, batch_for

logger = logging.getLogger("triptych.live")

POLL = 0.1


class Tail:
    """The process's readers and the thread that tells them. The thread runs while there are readers."""

    def __init__(self) -> None:
        self._readers: set[Reader] = set()
        self._door = threading.Lock()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None
        self._closing = False

    def add(self, reader: Reader) -> int:
        """Tell this reader everything from now on; the number after which that begins."""
        with self._door:
            latest = LogEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            if self._closing:
                reader.deliver(None)
                return latest
            self._readers.add(reader)
            if self._thread is None:
                self._wake.clear()
                self._thread = threading.Thread(target=self._run, args=(latest,), name="live", daemon=True)
                self._thread.start()
            return latest

    def remove(self, reader: Reader) -> None:
        """The reader has gone."""
        with self._door:
            self._readers.discard(reader)

    def close(self) -> None:
        """End all streams and the thread: the server is stopping. Safe in a signal handler's thread."""
        self._closing = True
        self._wake.set()
        for reader in tuple(self._readers):
            reader.deliver(None)

    def join(self, seconds: float) -> None:
        """Wait until the thread has ended."""
        if (thread := self._thread) is not None:
            thread.join(seconds)

    def _run(self, seq: int) -> None:
        sight = Sight()
        try:
            while self._go_on():
                seq = self._poll(seq, sight)
                self._wake.wait(POLL)
        finally:
            connections.close_all()

    def _go_on(self) -> bool:
        with self._door:
            if self._readers and not self._closing:
                return True
            self._thread = None
            return False

    def _poll(self, seq: int, sight: Sight) -> int:
        """Tell what came after `seq`; the new number. A database that is away is asked again later."""
        try:
            entries = after(seq)
            sight.note(entries)
            for entry in entries:
                self._tell(entry, sight)
                seq = entry.pk
        except DatabaseError:
            logger.exception("the live stream cannot read the log; it will try again")
            connections.close_all()
            self._wake.wait(2)
        return seq

    def _tell(self, entry: LogEntry, sight: Sight) -> None:
        for reader in tuple(self._readers):
            if (batch := batch_for(entry, reader.user, sight.of(reader.user))) is not None:
                reader.deliver(batch)


TAIL = Tail()

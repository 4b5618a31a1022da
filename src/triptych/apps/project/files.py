"""The bytes of attachments: a file for each SHA-256 in the data directory, written once and never changed."""

import hashlib
import os
import tempfile
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings

#: A file so young may belong to a row that is being written.
GRACE: Final = timedelta(days=1)


def path_of(sha256: str) -> Path:
    """Where the bytes of this hash are, or would be."""
    return Path(settings.DATA_DIR) / "files" / sha256[:2] / sha256


def keep(data: bytes) -> str:
    """Keep the bytes; their SHA-256. They are there whole or not at all, whoever else writes the same."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(sha256)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        os.utime(path)  # young again: `tidy` leaves it to the row that is to come
        return sha256
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
    return sha256


def is_kept(sha256: str, size: int) -> bool:
    """Whether the bytes of this hash are there, as many as that."""
    path = path_of(sha256)
    return path.exists() and path.stat().st_size == size


def open_kept(sha256: str) -> BinaryIO:
    """The bytes of a hash, to read. Raises FileNotFoundError."""
    return path_of(sha256).open("rb")


def tidy(needed: Collection[str], now: datetime) -> int:
    """Remove the files that nobody needs and that are not young; how many went. Left-overs of writes go with them."""
    gone = 0
    limit = (now - GRACE).timestamp()
    for path in (Path(settings.DATA_DIR) / "files").glob("??/*"):
        if path.name not in needed and path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
            gone += 1
    return gone

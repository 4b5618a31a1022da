"""All projects, one after another."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .archive import texts
from .project import NotP2X, read
from .records import Tracked


@dataclass(frozen=True, slots=True)
class NotRead:
    """A file that is no project, and why."""

    name: str
    reason: str


def code_of(name: str) -> str:
    """`C2011-01` of `C2011-01 Nursing Home …`."""
    return name[:8]


@cache
def _all() -> tuple[tuple[Tracked, ...], tuple[NotRead, ...]]:
    found, failed = [], []
    for name, content in texts().items():
        try:
            found.append(read(code_of(name), content))
        except NotP2X as fault:
            failed.append(NotRead(name, str(fault)))
    return tuple(found), tuple(failed)


def projects() -> Iterator[Tracked]:
    """Every project that can be read, by code; read once and kept."""
    return iter(_all()[0])


def not_read() -> tuple[NotRead, ...]:
    """The files that could not be read."""
    return _all()[1]

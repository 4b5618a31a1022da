"""Predecessor links."""

from triptych.plan import Link, LinkKind

from .formats import lag_of
from .rows import Row
from .source import Source

_KINDS = {0: LinkKind.FF, 1: LinkKind.FS, 2: LinkKind.SF, 3: LinkKind.SS}
_FINISH_START = 1
_READ = ("PredecessorUID", "Type", "CrossProject", "CrossProjectName", "LinkLag", "LagFormat")


def read_links(source: Source, row: Row, uid: int, external: frozenset[int]) -> list[Link]:
    """The links to the task `uid`. One from another project is kept if its task stands in this file as an `external`
    one; else it is reported, for its number counts in the other project."""
    links = []
    for each in row.rows("PredecessorLink"):
        source.tally.note(each, _READ)
        pred = each.integer("PredecessorUID", -1)
        if each.flag("CrossProject") and pred not in external:
            _leave_out(source, each, uid)
            continue
        lag, lag_kind = lag_of(each)
        link = Link(pred, uid, each.choice("Type", _KINDS, _FINISH_START), lag, lag_kind)
        source.lines["link", link] = f"{each.place} of Task UID {uid}"
        links.append(link)
    return links


def _leave_out(source: Source, row: Row, uid: int) -> None:
    name = row.text("CrossProjectName")
    source.tally.count("Links between projects", "link the projects when both are imported")
    source.warn(
        "link.other-project",
        f"It depends on a task of another project{f', “{name}”' if name else ''}; the link is left out. "
        "Import that project too, then link the two tasks.",
        f"{row.place} of Task UID {uid}",
    )

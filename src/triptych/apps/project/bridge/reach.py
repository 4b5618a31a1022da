"""How far a change can reach: the projects that links connect, transitively."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from triptych.apps.project.models import Link, Node, ProjectSettings


def reach(projects: Iterable[int]) -> frozenset[int]:
    """The given projects and all that links connect with them, in either direction, over any distance."""
    found = set(projects)
    open_ends = list(found)
    neighbours = _neighbours()
    while open_ends:
        new = neighbours[open_ends.pop()] - found
        found |= new
        open_ends.extend(new)
    return frozenset(found)


def _neighbours() -> defaultdict[int, set[int]]:
    ends = list(Link.objects.filter(crosses=True, removed_by=None).values_list("pred", "succ"))
    # In two statements: joined in one, PostgreSQL without statistics takes half a second over an empty table.
    standing = Node.objects.filter(pk__in={end for pair in ends for end in pair}, removed_by=None)
    project = dict(standing.filter(project__removed_by=None).values_list("pk", "project"))
    found: defaultdict[int, set[int]] = defaultdict(set)
    for pred, succ in {(project.get(pred), project.get(succ)) for pred, succ in ends}:
        if pred is not None and succ is not None:
            found[pred].add(succ)
            found[succ].add(pred)
    return found


def lock(projects: Collection[int]) -> frozenset[int]:
    """Everything the projects reach, locked until the transaction ends.

    What they reach is read again under the lock: a link may have come in while this writer queued for it. Rows
    are locked in the order of their number, so that two writers never wait for each other.
    """
    locked: frozenset[int] = frozenset()
    wanted = reach(projects)
    while not wanted <= locked:
        rows = ProjectSettings.objects.filter(node__in=wanted).order_by("node")
        locked = frozenset(rows.select_for_update().values_list("node", flat=True)) | wanted
        wanted = reach(wanted)
    return wanted

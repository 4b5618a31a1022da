"""Tasks of a plan to rows of the tree."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

import numpy as np
from django.db import connection

from triptych.apps.project.models import Kind, Node
from triptych.plan.model import Plan
from triptych.plan.quantities import NO_INSTANT

from .load import INSTANTS, PLAIN, STATED

#: The room between two siblings, so that most insertions move nobody.
GAP = 1024


def node_values(plan: Plan, at: int) -> dict[str, Any]:
    """The inputs of the task at a row, as the fields of its node."""
    t = plan.tasks
    values: dict[str, Any] = {name: getattr(t, name)[at].item() for name in PLAIN}
    for name in INSTANTS:
        value = int(getattr(t, name)[at])
        values[name] = None if value == NO_INSTANT else value
    for name in STATED:
        value = int(getattr(t, name)[at])
        values[name] = None if value < 0 else value
    calendar = int(t.calendar[at])
    values["calendar_id"] = None if calendar < 0 else plan.calendars[calendar].uid
    values["parent_id"] = parent_of(plan, at)
    values["splits"] = [list(each) for each in plan.splits_of(at)] or None
    return values | {"name": t.name[at], "wbs": t.wbs[at]}


def parent_of(plan: Plan, at: int) -> int:
    """The number of the node above: the summary task, or the project itself."""
    parent = int(plan.tasks.parent[at])
    return int(plan.tasks.uid[parent]) if parent >= 0 else plan.projects[int(plan.tasks.project[at])].uid


def create_nodes(plan: Plan, added: Collection[int]) -> None:
    """Create the rows of these tasks, or bring them back where they were removed before."""
    back = set(Node.objects.filter(pk__in=added).values_list("id", flat=True))
    Node.objects.filter(pk__in=back).update(removed_by=None)
    new = [uid for uid in plan.tasks.uid.tolist() if uid in added and uid not in back]
    if not new:
        return
    places = _places(plan, set(new))
    workspaces = dict(
        Node.objects.filter(pk__in=[each.uid for each in plan.projects]).values_list("id", "workspace_id")
    )
    Node.objects.bulk_create((_node(plan, uid, places[uid], workspaces) for uid in new), batch_size=400)


def _node(plan: Plan, uid: int, position: int, workspaces: dict[int, int]) -> Node:
    at = plan.index_of[uid]
    project = plan.projects[int(plan.tasks.project[at])].uid
    summary, milestone = bool(plan.is_summary[at]), bool(plan.tasks.milestone[at])
    kind = Kind.PHASE if summary else Kind.MILESTONE if milestone else Kind.TASK
    return Node(
        pk=uid,
        workspace_id=workspaces[project],
        project_id=project,
        kind=kind,
        position=position,
        **node_values(plan, at),
    )


def _places(plan: Plan, new: set[int]) -> dict[int, int]:
    """A position for each new task, between those of its neighbours."""
    found: dict[int, int] = {}
    for family in _families(plan).values():
        if not new.isdisjoint(family):
            found |= _places_among(family, new)
    return found


def reorder_nodes(before: Plan, after: Plan) -> None:
    """Give places to the tasks that stand elsewhere among their siblings than before, or have other siblings."""
    if np.array_equal(before.tasks.uid, after.tasks.uid) and np.array_equal(
        before.tasks.parent, after.tasks.parent
    ):
        return
    known = before.index_of
    old, new = _families(before), _families(after)
    for parent, family in new.items():
        there = [uid for uid in family if uid in known]
        was = [uid for uid in old.get(parent, ()) if uid in after.index_of]
        if there == was:
            continue
        old_here, new_here = set(was), set(there)
        moved = new_here - old_here
        stayed = [uid for uid in was if uid in new_here], [uid for uid in there if uid in old_here]
        moved |= _out_of_order(*stayed)
        for uid, place in _places_among(family, moved).items():
            Node.objects.filter(pk=uid).update(position=place)


def _out_of_order(was: list[int], now: list[int]) -> set[int]:
    """The one whose move explains the other order, all if none alone does, nobody if the orders are the same."""
    if was == now:
        return set()
    for uid in now:
        if [each for each in was if each != uid] == [each for each in now if each != uid]:
            return {uid}
    return set(now)


def _families(plan: Plan) -> dict[int, list[int]]:
    """The children of every node, in order."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for at, uid in enumerate(plan.tasks.uid.tolist()):
        found[parent_of(plan, at)].append(uid)
    return found


def _places_among(family: list[int], new: set[int]) -> dict[int, int]:
    old = [uid for uid in family if uid not in new]
    known = dict(Node.objects.filter(pk__in=old).values_list("id", "position"))
    if (places := _fitting(family, known)) is not None:
        return places
    places = {uid: (at + 1) * GAP for at, uid in enumerate(family)}
    for uid in old:
        Node.objects.filter(pk=uid).update(position=places[uid])
    return {uid: place for uid, place in places.items() if uid in new}


def _fitting(family: list[int], known: dict[int, int]) -> dict[int, int] | None:
    """Places in the gaps that there are, or None if one of them is too narrow."""
    found: dict[int, int] = {}
    left = 0
    for at, uid in enumerate(family):
        if uid in known:
            left = known[uid]
            continue
        right = next((known[each] for each in family[at:] if each in known), None)
        place = left + GAP if right is None else (left + right) // 2
        if right is not None and not left < place < right:
            return None
        found[uid] = left = place
    return found


def reserve(count: int) -> list[int]:
    """Numbers for new nodes, before their rows exist: a plan needs them to be computed.

    On PostgreSQL the sequence gives them. SQLite counts up when the rows come in, and until then the write lock
    keeps everybody else from taking the same.
    """
    table = Node._meta.db_table  # noqa: SLF001 - Django's documented way to a model's table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(sequence, [table, count])
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        first = (row[0] if row else 0) + 1
        return list(range(first, first + count))

"""Computed plans, kept in the process and keyed by the log: any process may answer, none can be stale."""

import threading
from collections import OrderedDict

from django.db import transaction
from django.db.models import Max

from triptych.apps.history.models import LogEntry, Touch

from .computed import Computed, compute
from .load import deliverables_of, load_plan

_Key = tuple[frozenset[int], int, int]

#: How many plans are kept: each is some 2 MB for 10,000 tasks.
KEPT = 16

_plans: OrderedDict[_Key, Computed] = OrderedDict()
_door = threading.Lock()


def computed(projects: frozenset[int], *, workspace: int | None = None) -> Computed:
    """The plan of these projects and its schedule, as of the latest entry that touched any of them; of none, what the
    `workspace` has of calendars and people."""
    if not projects:
        return compute(load_plan((), workspace=workspace))
    key = _key(projects)
    with _door:
        if key in _plans:
            _plans.move_to_end(key)
            return _plans[key]
    # The key was read first: should a writer commit in between, newer content is kept under the older key, and
    # is never asked for again, for the newer key is there by then.
    found = compute(load_plan(projects), deliverables_of(projects))
    if not transaction.get_connection().in_atomic_block:
        _keep(key, found)
    return found


def remember(projects: frozenset[int], found: Computed) -> None:
    """Keep what a write has computed, once it is committed; called after its entry is in the log."""
    if not projects:
        return
    key = _key(projects)
    transaction.on_commit(lambda: _keep(key, found))


def forget() -> None:
    """Drop everything: for tests, whose databases are rolled back and count anew."""
    with _door:
        _plans.clear()


def _key(projects: frozenset[int]) -> _Key:
    touched = Touch.objects.filter(node__in=projects, plan=True).aggregate(Max("entry"))["entry__max"]
    # Entries of the workspace itself: people, their absences, calendars, which any plan may use.
    shared = LogEntry.objects.filter(node=None, plan=True).aggregate(Max("id"))["id__max"]
    return projects, touched or 0, shared or 0


def _keep(key: _Key, found: Computed) -> None:
    with _door:
        _plans[key] = found
        _plans.move_to_end(key)
        while len(_plans) > KEPT:
            _plans.popitem(last=False)

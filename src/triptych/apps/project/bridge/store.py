"""A plan and its schedule to rows.

Only differences are written. The rows follow from comparing two plans and not from the kind of change, so a new
change needs nothing here, and the rows hold exactly what the plan holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db import connection

from triptych.apps.history.models import LogEntry
from triptych.apps.project import models as rows
from triptych.plan.model import Plan, Splits

from .baselines import rebaselined, store_baselines
from .computed import Computed
from .load import AMOUNTS, INSTANTS, PLAIN, STATED
from .nodes import create_nodes, node_values, reorder_nodes
from .settings import reset, store_settings

I64 = np.ndarray[Any, np.dtype[np.int64]]
_Link = tuple[int, int, int]
_Away = tuple[int, Any, Any, str]


@dataclass(slots=True)
class Gone:
    """Rows that the change takes out. They are marked with the entry that removed them, once there is one."""

    nodes: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    assignments: list[int] = field(default_factory=list)
    absences: list[int] = field(default_factory=list)

    def mark(self, entry: LogEntry) -> None:
        """Mark the rows as removed by the entry."""
        for model, keys in (
            (rows.Node, self.nodes),
            (rows.Link, self.links),
            (rows.Assignment, self.assignments),
            (rows.Absence, self.absences),
        ):
            if keys:
                model._default_manager.filter(pk__in=keys).update(removed_by=entry)  # noqa: SLF001 - Django's name


def store(before: Computed, after: Computed) -> Gone:
    """Write what differs between two computed plans; what is to be marked as removed is returned.

    Runs in the caller's transaction, with the projects locked.
    """
    gone = Gone()
    store_settings(before.plan, after.plan)
    _store_tasks(before.plan, after.plan, gone)
    _store_links(before.plan, after.plan, gone)
    _store_assignments(before.plan, after.plan, gone)
    _store_absences(before.plan, after.plan, gone)
    store_baselines(before.plan, after.plan)
    store_dates(before, after)
    return gone


# Tasks


def _store_tasks(before: Plan, after: Plan, gone: Gone) -> None:
    if before.tasks is after.tasks and before.splits is after.splits:
        return
    old, new = before.tasks.uid, after.tasks.uid
    gone.nodes = np.setdiff1d(old, new).tolist()
    for at in changed_inputs(before, after):
        uid = int(new[at])
        rows.Node.objects.filter(pk=uid).update(**node_values(after, at))
    added = set(np.setdiff1d(new, old).tolist())
    if added:
        create_nodes(after, added)
    reorder_nodes(before, after)


def changed_inputs(before: Plan, after: Plan) -> list[int]:
    """The rows of `after` whose task is in both plans with other inputs."""
    _, was, now = np.intersect1d(before.tasks.uid, after.tasks.uid, assume_unique=True, return_indices=True)
    differs = np.zeros(len(now), np.bool_)
    for name in (*PLAIN, *INSTANTS, *STATED):
        differs |= getattr(before.tasks, name)[was] != getattr(after.tasks, name)[now]
    differs |= _uids_of(before, "parent")[was] != _uids_of(after, "parent")[now]
    differs |= _uids_of(before, "calendar")[was] != _uids_of(after, "calendar")[now]
    for name in ("name", "wbs"):
        old, new = getattr(before.tasks, name), getattr(after.tasks, name)
        if old is not new:
            pairs = zip(was.tolist(), now.tolist(), strict=True)
            differs |= np.fromiter((old[w] != new[n] for w, n in pairs), np.bool_, len(now))
    differs |= np.isin(now, _split_anew(before, after))
    return [int(each) for each in now[differs]]


def _split_anew(before: Plan, after: Plan) -> list[int]:
    """The rows of `after` whose task is interrupted elsewhere than in `before`, or in only one of the two."""
    if before.splits is after.splits and before.tasks is after.tasks:
        return []
    old, new = _splits(before), _splits(after)
    known = after.index_of
    return [known[uid] for uid in old.keys() | new.keys() if uid in known and old.get(uid) != new.get(uid)]


def _splits(plan: Plan) -> dict[int, Splits]:
    """The interruptions of each task that has any, by its number."""
    rows_split = np.unique(plan.splits.task).tolist()
    return {int(plan.tasks.uid[at]): plan.splits_of(at) for at in rows_split}


def _uids_of(plan: Plan, name: str) -> I64:
    """A column of references as the numbers they refer to, -1 where there is none."""
    known = plan.tasks.uid if name == "parent" else np.array([each.uid for each in plan.calendars], np.int64)
    padded = np.append(known, -1)
    result: I64 = padded[getattr(plan.tasks, name)]
    return result


# Links, assignments, absences: small records by key


def _store_links(before: Plan, after: Plan, gone: Gone) -> None:
    if before.links is after.links and before.tasks is after.tasks:
        return
    old, new = _links(before), _links(after)
    taken = [key for key in old if key not in new]
    written = {key: value for key, value in new.items() if old.get(key) != value}
    known = _known_links({*taken, *written})
    gone.links = [known[key] for key in taken]
    projects = _projects(after)
    create = []
    for key, (lag, lag_kind) in written.items():
        pred, succ, kind = key
        values = {"lag": lag, "lag_kind": lag_kind, "removed_by": None}
        if key in known:
            rows.Link.objects.filter(pk=known[key]).update(**values)
        else:
            crosses = projects[pred] != projects[succ]
            create.append(
                rows.Link(pred_id=pred, succ_id=succ, kind=kind, lag=lag, lag_kind=lag_kind, crosses=crosses)
            )
    rows.Link.objects.bulk_create(create, batch_size=500)


def _links(plan: Plan) -> dict[_Link, tuple[int, int]]:
    k, uid = plan.links, plan.tasks.uid
    values = zip(k.lag.tolist(), k.lag_kind.tolist(), strict=True)
    return dict(
        zip(
            zip(uid[k.pred].tolist(), uid[k.succ].tolist(), k.kind.tolist(), strict=True), values, strict=True
        )
    )


def _known_links(keys: Iterable[_Link]) -> dict[_Link, int]:
    """The numbers of the links' rows, removed ones included, for they are brought back and never doubled."""
    wanted = list(keys)
    if not wanted:
        return {}
    found = rows.Link.objects.filter(
        pred__in={key[0] for key in wanted}, succ__in={key[1] for key in wanted}
    ).values_list("pred_id", "succ_id", "kind", "id")
    return {(pred, succ, kind): pk for pred, succ, kind, pk in found}


def _projects(plan: Plan) -> dict[int, int]:
    return dict(zip(plan.tasks.uid.tolist(), plan.tasks.project.tolist(), strict=True))


def _store_assignments(before: Plan, after: Plan, gone: Gone) -> None:
    if before.assignments is after.assignments and before.tasks is after.tasks:
        return
    old, new = _assignments(before), _assignments(after)
    taken = [key for key in old if key not in new]
    written = {key: value for key, value in new.items() if old.get(key) != value}
    tasks = {key[0] for key in (*taken, *written)}
    found = rows.Assignment.objects.filter(task__in=tasks).values_list("task_id", "resource_id", "id")
    known = {(task, resource): pk for task, resource, pk in found}
    gone.assignments = [known[key] for key in taken]
    create = []
    for key, (units, *amounts) in written.items():
        values: dict[str, int | None] = {"units": units}
        values |= {name: None if v < 0 else v for name, v in zip(AMOUNTS, amounts, strict=True)}
        if key in known:
            rows.Assignment.objects.filter(pk=known[key]).update(removed_by=None, **values)
        else:
            create.append(rows.Assignment(task_id=key[0], resource_id=key[1], **values))
    rows.Assignment.objects.bulk_create(create, batch_size=500)


def _assignments(plan: Plan) -> dict[tuple[int, int], tuple[int, ...]]:
    a = plan.assignments
    people = [plan.resources[at].uid for at in a.resource.tolist()]
    columns = [a.units.tolist(), *(getattr(a, name).tolist() for name in AMOUNTS)]
    values = zip(*columns, strict=True)
    return dict(zip(zip(plan.tasks.uid[a.task].tolist(), people, strict=True), values, strict=True))


def _store_absences(before: Plan, after: Plan, gone: Gone) -> None:
    if before.resources is after.resources:
        return
    old, new = _absences(before), _absences(after)
    for resource, first, last, name in old - new:
        found = rows.Absence.objects.filter(resource=resource, first=first, last=last, name=name)
        gone.absences.extend(found.filter(removed_by=None).values_list("id", flat=True)[:1])
    for resource, first, last, name in new - old:
        keys = {"resource_id": resource, "first": first, "last": last, "name": name}
        back = rows.Absence.objects.filter(**keys).exclude(removed_by=None).order_by("-id").first()
        if back is None:
            rows.Absence.objects.create(**keys)
        else:
            back.removed_by = None
            back.save(update_fields=["removed_by"])


def _absences(plan: Plan) -> set[_Away]:
    return {
        (person.uid, each.first, each.last, each.name)
        for person in plan.resources
        for each in person.absences
    }


# Dates


def store_dates(before: Computed | None, after: Computed) -> None:
    """Write the computed dates that changed, in one statement for all of them."""
    wanted = _dates(after)
    if before is not None:
        wanted = wanted[_differing(_dates(before), wanted)]
    if len(wanted):
        _upsert(wanted)


def _dates(computed: Computed) -> I64:
    """The columns of `Dates` with the node's number first: tasks, then projects."""
    plan, found = computed.plan, computed.schedule
    tasks = np.column_stack(
        [plan.tasks.uid]
        + [getattr(found, name).astype(np.int64) for name in rows.Dates.COLUMNS[:-1]]
        + [plan.is_summary.astype(np.int64)]
    )
    projects = np.zeros((len(plan.projects), tasks.shape[1]), np.int64)
    projects[:, 0] = [each.uid for each in plan.projects]
    projects[:, 1], projects[:, 2] = found.project_start, found.project_finish
    return np.concatenate([tasks, projects])


def _differing(old: I64, new: I64) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which rows of `new` are not in `old` in the same words."""
    differs = np.ones(len(new), np.bool_)
    _, was, now = np.intersect1d(old[:, 0], new[:, 0], assume_unique=True, return_indices=True)
    differs[now] = (old[was] != new[now]).any(axis=1)
    return differs


def _upsert(wanted: I64) -> None:
    names = ("node", *rows.Dates.COLUMNS)
    columns = ", ".join(f'"{name}"' for name in names)
    updates = ", ".join(f'"{name}" = excluded."{name}"' for name in names[1:])
    # Only names of our own columns are put into the statement; values travel as parameters.
    insert = f"INSERT INTO project_dates ({columns}) "
    conflict = f" ON CONFLICT (node) DO UPDATE SET {updates}"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            types = ["bigint"] * (len(names) - 2) + ["bool", "bool"]
            arrays = ", ".join(f"%s::{kind}[]" for kind in types)
            values: list[Any] = [wanted[:, at].tolist() for at in range(len(names) - 2)]
            values += [wanted[:, at].astype(bool).tolist() for at in (-2, -1)]
            cursor.execute(f"{insert} SELECT * FROM unnest({arrays}){conflict}", values)  # noqa: S608
        else:
            marks = ", ".join(["%s"] * len(names))
            # WHERE true: or SQLite would read ON CONFLICT as the condition of a join, had this a SELECT.
            cursor.executemany(f"{insert} VALUES ({marks}){conflict}", wanted.tolist())


# What a change has touched


def touched(before: Computed, after: Computed) -> frozenset[int]:
    """The projects in which a task came, went, or has other inputs, people, dates or baselines."""
    tasks = {uid for uid in after.plan.index_of if uid not in before.plan.index_of}
    tasks |= {int(after.plan.tasks.uid[at]) for at in changed_inputs(before.plan, after.plan)}
    new = _dates(after)
    known = after.plan.index_of
    tasks |= {uid for uid in new[_differing(_dates(before), new), 0].tolist() if uid in known}
    found = {after.project_of(uid) for uid in tasks} | rebaselined(before.plan, after.plan)
    found |= reset(before.plan, after.plan)
    removed = {uid for uid in before.plan.index_of if uid not in known}
    found |= {before.project_of(uid) for uid in removed}
    for one, other in (
        (_links(before.plan), _links(after.plan)),
        (_assignments(before.plan), _assignments(after.plan)),
    ):
        differing = {key for key, _ in set(one.items()) ^ set(other.items())}
        found |= {
            each.project_of(key[0])
            for key in differing
            for each in (before, after)
            if key[0] in each.plan.index_of
        }
    return frozenset(found)

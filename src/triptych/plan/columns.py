"""Rows as columns. Every reference must exist: the builder and the changes have seen to that."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace

import numpy as np

from .model import Assignment, Baseline, Link, Task
from .tables import AssignmentTable, LinkTable, SplitTable, TaskTable, column


def task_columns(
    tasks: Sequence[Task], index: dict[int, int], calendars: dict[int, int], projects: dict[int, int]
) -> TaskTable:
    """Rows in outline order as columns; every reference must exist."""

    def flags(values: Iterable[bool]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        return np.fromiter(values, np.bool_, len(tasks))

    def ref(values: Iterable[int | None], rows: dict[int, int]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        return np.fromiter((-1 if v is None else rows[v] for v in values), np.int32, len(tasks))

    return TaskTable(
        uid=np.fromiter((each.uid for each in tasks), np.int64, len(tasks)),
        name=tuple(each.name for each in tasks),
        wbs=tuple(each.wbs for each in tasks),
        parent=ref((each.parent for each in tasks), index),
        project=ref((each.project for each in tasks), projects),
        calendar=ref((each.calendar for each in tasks), calendars),
        milestone=flags(each.milestone for each in tasks),
        duration=column([each.duration for each in tasks]),
        elapsed=flags(each.elapsed for each in tasks),
        constraint=np.fromiter((each.constraint for each in tasks), np.int8, len(tasks)),
        constraint_date=column([each.constraint_date for each in tasks]),
        deadline=column([each.deadline for each in tasks]),
        ignore_resource_calendars=flags(each.ignore_resource_calendars for each in tasks),
        manual=flags(each.manual for each in tasks),
        active=flags(each.active for each in tasks),
        external=flags(each.external for each in tasks),
        start=column([each.start for each in tasks]),
        finish=column([each.finish for each in tasks]),
        priority=np.fromiter((each.priority for each in tasks), np.int32, len(tasks)),
        levelling_delay=column([each.levelling_delay for each in tasks]),
        percent_complete=np.fromiter((each.percent_complete for each in tasks), np.int8, len(tasks)),
        actual_start=column([each.actual_start for each in tasks]),
        actual_finish=column([each.actual_finish for each in tasks]),
        remaining=column([each.remaining for each in tasks], empty=-1),
        resume=column([each.resume for each in tasks]),
        secondary=np.fromiter((each.secondary for each in tasks), np.int8, len(tasks)),
        secondary_date=column([each.secondary_date for each in tasks]),
        hammock=flags(each.hammock for each in tasks),
        start_milestone=flags(each.start_milestone for each in tasks),
        type=np.fromiter((each.type for each in tasks), np.int8, len(tasks)),
        effort_driven=flags(each.effort_driven for each in tasks),
        fixed_cost=column([each.fixed_cost for each in tasks]),
        fixed_cost_accrual=np.fromiter((each.fixed_cost_accrual for each in tasks), np.int8, len(tasks)),
        actual_cost=column([each.actual_cost for each in tasks], empty=-1),
        physical_percent=column([each.physical_percent for each in tasks], empty=-1).astype(np.int8),
    )


def split_columns(tasks: Sequence[Task]) -> SplitTable:
    """The interruptions of all tasks, which stand in outline order."""
    rows = [(row, after, gap) for row, each in enumerate(tasks) for after, gap in each.splits]
    task, after, gap = zip(*rows, strict=True) if rows else ((), (), ())
    return SplitTable(np.array(task, np.int32), np.array(after, np.int64), np.array(gap, np.int64))


def link_columns(links: Sequence[Link], index: dict[int, int]) -> LinkTable:
    """Links as columns, in the order of their ends, so that equal plans compare equal; both ends must exist."""
    links = sorted(links, key=lambda each: (index[each.pred], index[each.succ], each.kind))
    return LinkTable(
        pred=np.fromiter((index[each.pred] for each in links), np.int32, len(links)),
        succ=np.fromiter((index[each.succ] for each in links), np.int32, len(links)),
        kind=np.fromiter((each.kind for each in links), np.int8, len(links)),
        lag=np.fromiter((each.lag for each in links), np.int64, len(links)),
        lag_kind=np.fromiter((each.lag_kind for each in links), np.int8, len(links)),
    )


def assignment_columns(
    rows: Sequence[Assignment], tasks: dict[int, int], resources: dict[int, int]
) -> AssignmentTable:
    """Assignments as columns, in the order of their ends; both ends must exist."""
    rows = sorted(rows, key=lambda each: (tasks[each.task], resources[each.resource]))
    return AssignmentTable(
        task=np.fromiter((tasks[each.task] for each in rows), np.int32, len(rows)),
        resource=np.fromiter((resources[each.resource] for each in rows), np.int32, len(rows)),
        units=np.fromiter((each.units for each in rows), np.int32, len(rows)),
        work=column([each.work for each in rows], empty=-1),
        actual_work=column([each.actual_work for each in rows], empty=-1),
        cost=column([each.cost for each in rows], empty=-1),
        actual_cost=column([each.actual_cost for each in rows], empty=-1),
    )


def baselines_in_order(baselines: Iterable[Baseline]) -> tuple[Baseline, ...]:
    """Baselines by number, their rows by the tasks' uids, so that equal plans compare equal."""
    return tuple(map(_by_uid, sorted(baselines, key=lambda each: each.number)))


def _by_uid(baseline: Baseline) -> Baseline:
    table, order = baseline.tasks, np.argsort(baseline.tasks.uid, kind="stable")
    columns = {each.name: getattr(table, each.name)[order] for each in fields(table)}
    return replace(baseline, tasks=table.with_columns(**columns))

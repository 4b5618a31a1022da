"""A computed plan as the rows that readers see: the same for a stored plan and for a preview."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from triptych.apps.project.models import ELAPSED_PER_WORKED
from triptych.engine import Schedule
from triptych.plan.kinds import Constraint, TaskType
from triptych.plan.model import Plan
from triptych.plan.quantities import NO_INSTANT
from triptych.plan.tables import I32, I64

from .durations import durations

Row = dict[str, Any]


def spelled(instants: I32 | I64) -> list[str | None]:
    """A column of instants as ISO 8601, to the minute."""
    empty = instants == NO_INSTANT
    texts = np.datetime_as_string(np.where(empty, 0, instants).astype("datetime64[m]"), unit="m").tolist()
    return [None if none else text for none, text in zip(empty.tolist(), texts, strict=True)]


@dataclass(frozen=True)
class Sheet:
    """The rows of a plan, kept as columns: a row is made for the tasks that are asked for."""

    plan: Plan
    columns: dict[str, list[Any]]

    def rows(self, project: int) -> list[Row]:
        """All rows of a project, in outline order."""
        at = self.plan.project_index[project]
        return self._rows(np.flatnonzero(self.plan.tasks.project == at).tolist())

    def changed(self, before: "Sheet", project: int) -> list[Row]:
        """The rows of a project that are new or differ from `before`."""
        at = self.plan.project_index[project]
        mine = set(np.flatnonzero(self.plan.tasks.project == at).tolist())
        return self._rows(sorted(mine & self._differing(before)))

    def _differing(self, before: "Sheet") -> set[int]:
        same_rows = np.array_equal(self.plan.tasks.uid, before.plan.tasks.uid)
        known = before.plan.index_of
        there = [(at, known[uid]) for uid, at in self.plan.index_of.items() if uid in known]
        found = set(range(len(self.plan))) - {at for at, _ in there}
        for name, values in self.columns.items():
            old = before.columns[name]
            # Most columns of most changes are equal, and whole lists are compared without a step of Python.
            if not same_rows or values != old:
                found.update(at for at, was in there if values[at] != old[was])
        return found

    def _rows(self, which: Iterable[int]) -> list[Row]:
        names = tuple(self.columns)
        values = tuple(self.columns.values())
        return [dict(zip(names, [each[at] for each in values], strict=True)) for at in which]


def sheet_of(plan: Plan, schedule: Schedule, deliverables: frozenset[int]) -> Sheet:
    """The rows of every task of the plan."""
    t = plan.tasks
    uids = t.uid.tolist()
    calendars = [each.uid for each in plan.calendars]
    columns: dict[str, list[Any]] = {
        "id": uids,
        "parent": [None if at < 0 else uids[at] for at in t.parent.tolist()],
        "wbs": outline_numbers(plan),
        "name": list(t.name),
        "kind": _kinds(plan, deliverables),
        "summary": plan.is_summary.tolist(),
        "milestone": t.milestone.tolist(),
        "duration_minutes": durations(plan, schedule),
        "elapsed": t.elapsed.tolist(),
        "start": spelled(schedule.start),
        "finish": spelled(schedule.finish),
        "early_start": spelled(schedule.early_start),
        "early_finish": spelled(schedule.early_finish),
        "late_start": spelled(schedule.late_start),
        "late_finish": spelled(schedule.late_finish),
        "total_float_minutes": schedule.total_float.tolist(),
        "free_float_minutes": schedule.free_float.tolist(),
        "critical": schedule.critical.tolist(),
        "percent_complete": percent_complete(plan),
        "constraint": [Constraint(each).name for each in t.constraint.tolist()],
        "constraint_date": spelled(t.constraint_date),
        "deadline": spelled(t.deadline),
        "actual_start": spelled(t.actual_start),
        "actual_finish": spelled(t.actual_finish),
        "calendar": [None if at < 0 else calendars[at] for at in t.calendar.tolist()],
        "manual": t.manual.tolist(),
        "active": t.active.tolist(),
        "hammock": t.hammock.tolist(),
        "secondary": [Constraint(each).name for each in t.secondary.tolist()],
        "secondary_date": spelled(t.secondary_date),
        "type": [TaskType(each).name for each in t.type.tolist()],
        "effort_driven": t.effort_driven.tolist(),
        "splits": _splits(plan),
        "people": _people(plan),
    }
    return Sheet(plan, columns)


def outline_numbers(plan: Plan, *, typed: bool = True) -> list[str]:
    """The WBS code of every row: the typed one, or else the outline number, `1.2`, from 1 in each project."""
    counts: dict[tuple[int, int], int] = {}
    numbers: list[str] = []
    for parent, project in zip(plan.tasks.parent.tolist(), plan.tasks.project.tolist(), strict=True):
        key = (parent, project)
        counts[key] = counts.get(key, 0) + 1
        numbers.append(f"{numbers[parent]}.{counts[key]}" if parent >= 0 else str(counts[key]))
    if not typed:
        return numbers
    return [code or number for code, number in zip(plan.tasks.wbs, numbers, strict=True)]


def percent_complete(plan: Plan) -> list[int]:
    """Percent complete of every row; of a summary, that of the active tasks below, weighted by duration.

    An elapsed day counts as much as a working day: paint that dries is no more progress than a day's work."""
    summary = plan.is_summary
    scaled = np.where(plan.tasks.elapsed, plan.tasks.duration // ELAPSED_PER_WORKED, plan.tasks.duration)
    weight = np.where(plan.tasks.active & ~summary, scaled, 0).tolist()
    own = plan.tasks.percent_complete.tolist()
    done = [w * p for w, p in zip(weight, own, strict=True)]
    parents = plan.tasks.parent.tolist()
    for at in range(len(plan) - 1, -1, -1):
        if parents[at] >= 0:
            weight[parents[at]] += weight[at]
            done[parents[at]] += done[at]
    return [
        (done[at] // weight[at] if weight[at] else 0) if is_summary else own[at]
        for at, is_summary in enumerate(summary.tolist())
    ]


def _kinds(plan: Plan, deliverables: frozenset[int]) -> list[str]:
    def kind(uid: int, milestone: bool, summary: bool) -> str:
        if uid in deliverables:
            return "deliverable"
        return "milestone" if milestone and not summary else "phase" if summary else "task"

    flags = zip(plan.tasks.uid.tolist(), plan.tasks.milestone.tolist(), plan.is_summary.tolist(), strict=True)
    return [kind(*each) for each in flags]


def _splits(plan: Plan) -> list[list[Row]]:
    found: list[list[Row]] = [[] for _ in range(len(plan))]
    s = plan.splits
    for task, after, gap in zip(s.task.tolist(), s.after.tolist(), s.gap.tolist(), strict=True):
        found[task].append({"after_minutes": after, "gap_minutes": gap})
    return found


def _people(plan: Plan) -> list[list[Row]]:
    found: list[list[Row]] = [[] for _ in range(len(plan))]
    a = plan.assignments
    columns = (a.task, a.resource, a.units, a.work)
    for task, resource, units, work in zip(*(each.tolist() for each in columns), strict=True):
        person = plan.resources[resource]
        stated = None if work < 0 else work
        found[task].append({"id": person.uid, "name": person.name, "units": units, "work_minutes": stated})
    return found

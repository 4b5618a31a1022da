"""A change is a value: typed data with `apply(plan)` and an inverse.

Preview, undo, scenarios, change requests and the time machine are all this one mechanism. A change that cannot
be done raises `CannotApply`, with a code and a sentence. `op` is the name on the wire, so that the API reads and
writes these classes themselves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Literal

import numpy as np

from .builder import MAX_DURATION, assignment_columns, link_columns, rebuild
from .diagnostics import PlanError
from .model import Assignment, CalendarException, Constraint, LagKind, Link, LinkKind, Plan, Resource, Task
from .quantities import NO_INSTANT, parse_instant, spell_instant


class CannotApply(Exception):
    """The change cannot be applied to this plan. `code` is stable, `str()` is the sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def _row(plan: Plan, task: int) -> int:
    row = plan.index_of.get(task)
    if row is None:
        raise CannotApply("task.unknown", f"There is no task {task} in this plan.")
    return row


def _leaf(plan: Plan, task: int, what: str) -> int:
    row = _row(plan, task)
    if plan.is_summary[row]:
        raise CannotApply(
            "task.is-summary",
            f"“{plan.tasks.name[row]}” is a summary: its {what} is computed from the tasks below it.",
        )
    return row


def _set(plan: Plan, row: int, **values: Any) -> Plan:
    columns = {}
    for name, value in values.items():
        old = getattr(plan.tasks, name)
        if isinstance(old, tuple):
            columns[name] = (*old[:row], value, *old[row + 1 :])
        else:
            new = old.copy()
            new[row] = NO_INSTANT if value is None else value
            columns[name] = new
    return replace(plan, tasks=plan.tasks.with_columns(**columns))


def _read(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return parse_instant(text)
    except ValueError as fault:
        raise CannotApply(
            "date.bad", f"“{text}” is not a date and time such as 2026-03-02T08:00 ({fault})."
        ) from fault


@dataclass(frozen=True, slots=True)
class SetName:
    """Rename a task."""

    task: int
    name: str
    op: Literal["set_name"] = "set_name"

    def apply(self, plan: Plan) -> Plan:
        row = _row(plan, self.task)
        if not self.name.strip() or "\x00" in self.name or len(self.name) > 500:
            raise CannotApply("task.bad-name", "A name has 1 to 500 characters.")
        return _set(plan, row, name=self.name.strip())

    def inverse(self, plan: Plan) -> "Change":
        return SetName(self.task, plan.tasks.name[_row(plan, self.task)])


@dataclass(frozen=True, slots=True)
class SetDuration:
    """Set a task's duration in minutes: working, or round the clock when `elapsed`."""

    task: int
    minutes: int
    elapsed: bool = False
    milestone: bool | None = None
    op: Literal["set_duration"] = "set_duration"

    def apply(self, plan: Plan) -> Plan:
        row = _leaf(plan, self.task, "duration")
        if not 0 <= self.minutes <= MAX_DURATION:
            raise CannotApply("task.bad-duration", "A duration is at least 0 and at most 100 years.")
        milestone = self.minutes == 0 if self.milestone is None else self.milestone
        return _set(plan, row, duration=self.minutes, elapsed=self.elapsed, milestone=milestone, remaining=-1)

    def inverse(self, plan: Plan) -> "Change":
        row = _row(plan, self.task)
        t = plan.tasks
        return RestoreDuration(
            self.task,
            int(t.duration[row]),
            bool(t.elapsed[row]),
            bool(t.milestone[row]),
            int(t.remaining[row]),
        )


@dataclass(frozen=True, slots=True)
class RestoreDuration:
    """The exact inverse of `SetDuration`: also what remained, -1 where it was not stated."""

    task: int
    minutes: int
    elapsed: bool
    milestone: bool
    remaining: int
    op: Literal["restore_duration"] = "restore_duration"

    def apply(self, plan: Plan) -> Plan:
        return _set(
            plan,
            _leaf(plan, self.task, "duration"),
            duration=self.minutes,
            elapsed=self.elapsed,
            milestone=self.milestone,
            remaining=self.remaining,
        )

    def inverse(self, plan: Plan) -> "Change":
        return SetDuration.inverse(SetDuration(self.task, 0), plan)


@dataclass(frozen=True, slots=True)
class SetConstraint:
    """Pin a task by one of the constraint types (`ASAP` takes the pin out); `date` is ISO 8601 local."""

    task: int
    constraint: Literal["ASAP", "ALAP", "SNET", "SNLT", "FNET", "FNLT", "MSO", "MFO", "START_ON", "FINISH_ON"]
    date: str | None = None
    op: Literal["set_constraint"] = "set_constraint"

    def apply(self, plan: Plan) -> Plan:
        row = _row(plan, self.task)
        kind = Constraint[self.constraint]
        at = _read(self.date)
        if kind.dated and at is None:
            raise CannotApply("task.constraint-without-date", f"“{kind.words}” needs a date.")
        return _set(plan, row, constraint=int(kind), constraint_date=at if kind.dated else None)

    def inverse(self, plan: Plan) -> "Change":
        row = _row(plan, self.task)
        kind = Constraint(int(plan.tasks.constraint[row]))
        return SetConstraint(self.task, kind.name, spell_instant(int(plan.tasks.constraint_date[row])))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class SetDeadline:
    """Set or clear (None) the date by which a task should be finished; it moves nothing, and shows in float."""

    task: int
    date: str | None = None
    op: Literal["set_deadline"] = "set_deadline"

    def apply(self, plan: Plan) -> Plan:
        return _set(plan, _row(plan, self.task), deadline=_read(self.date))

    def inverse(self, plan: Plan) -> "Change":
        return SetDeadline(self.task, spell_instant(int(plan.tasks.deadline[_row(plan, self.task)])))


@dataclass(frozen=True, slots=True)
class SetProgress:
    """Record progress: percent complete and the actual dates, as far as they are known."""

    task: int
    percent_complete: int
    actual_start: str | None = None
    actual_finish: str | None = None
    remaining: int | None = None
    op: Literal["set_progress"] = "set_progress"

    def apply(self, plan: Plan) -> Plan:
        row = _leaf(plan, self.task, "progress")
        start, finish = _read(self.actual_start), _read(self.actual_finish)
        if not 0 <= self.percent_complete <= 100:
            raise CannotApply("task.bad-progress", "Progress is a share from 0 to 100.")
        if finish is not None and (start is None or finish < start):
            raise CannotApply("task.bad-actuals", "A finished task needs an actual start before its finish.")
        return _set(
            plan,
            row,
            percent_complete=self.percent_complete,
            actual_start=start,
            actual_finish=finish,
            remaining=-1 if self.remaining is None else self.remaining,
        )

    def inverse(self, plan: Plan) -> "Change":
        old = plan.task_at(_row(plan, self.task))
        return SetProgress(
            self.task,
            old.percent_complete,
            None if old.actual_start is None else spell_instant(old.actual_start),
            None if old.actual_finish is None else spell_instant(old.actual_finish),
            old.remaining,
        )


KindName = Literal["FS", "SS", "FF", "SF"]
LagName = Literal["WORKING", "ELAPSED", "PERCENT"]


def _find_link(plan: Plan, pred: int, succ: int, kind: str) -> int:
    k = plan.links
    hit = np.flatnonzero(
        (k.pred == plan.index_of.get(pred, -1))
        & (k.succ == plan.index_of.get(succ, -1))
        & (k.kind == LinkKind[kind])
    )
    if len(hit) == 0:
        raise CannotApply("link.unknown", f"There is no {kind} link from task {pred} to task {succ}.")
    return int(hit[0])


def _ancestors(plan: Plan, row: int) -> set[int]:
    above = set()
    step = int(plan.tasks.parent[row])
    while step >= 0:
        above.add(step)
        step = int(plan.tasks.parent[step])
    return above


@dataclass(frozen=True, slots=True)
class AddLink:
    """Link two tasks. A cycle is refused when the plan is scheduled, with its members."""

    pred: int
    succ: int
    kind: KindName = "FS"
    lag: int = 0
    lag_kind: LagName = "WORKING"
    op: Literal["add_link"] = "add_link"

    def apply(self, plan: Plan) -> Plan:
        pred, succ = _row(plan, self.pred), _row(plan, self.succ)
        if pred == succ:
            raise CannotApply("link.self", "A task cannot depend on itself.")
        if pred in _ancestors(plan, succ) or succ in _ancestors(plan, pred):
            raise CannotApply("link.own-summary", "A task cannot be linked with a summary that contains it.")
        links = list(plan.each_link())
        kind = LinkKind[self.kind]
        if any((each.pred, each.succ, each.kind) == (self.pred, self.succ, kind) for each in links):
            raise CannotApply("link.duplicate", "These two tasks are linked in this way already.")
        links.append(Link(self.pred, self.succ, kind, self.lag, LagKind[self.lag_kind]))
        return replace(plan, links=link_columns(links, plan.index_of))

    def inverse(self, plan: Plan) -> "Change":  # noqa: ARG002 - the signature of every change
        return RemoveLink(self.pred, self.succ, self.kind)


@dataclass(frozen=True, slots=True)
class RemoveLink:
    """Take a link out."""

    pred: int
    succ: int
    kind: KindName = "FS"
    op: Literal["remove_link"] = "remove_link"

    def apply(self, plan: Plan) -> Plan:
        gone = _find_link(plan, self.pred, self.succ, self.kind)
        k = plan.links
        columns = {f.name: np.delete(getattr(k, f.name), gone) for f in fields(k)}
        return replace(plan, links=k.with_columns(**columns))

    def inverse(self, plan: Plan) -> "Change":
        old = plan.link_at(_find_link(plan, self.pred, self.succ, self.kind))
        return AddLink(self.pred, self.succ, self.kind, old.lag, old.lag_kind.name)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class SetLag:
    """Set the lag (or, negative, the lead) of a link."""

    pred: int
    succ: int
    kind: KindName
    lag: int
    lag_kind: LagName = "WORKING"
    op: Literal["set_lag"] = "set_lag"

    def apply(self, plan: Plan) -> Plan:
        row = _find_link(plan, self.pred, self.succ, self.kind)
        lag, kind = plan.links.lag.copy(), plan.links.lag_kind.copy()
        lag[row], kind[row] = self.lag, LagKind[self.lag_kind]
        return replace(plan, links=plan.links.with_columns(lag=lag, lag_kind=kind))

    def inverse(self, plan: Plan) -> "Change":
        old = plan.link_at(_find_link(plan, self.pred, self.succ, self.kind))
        return SetLag(self.pred, self.succ, self.kind, old.lag, old.lag_kind.name)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class AddTasks:
    """Add a task and those below it, parents first, with the links and assignments they bring; `before` is the
    sibling the first one precedes."""

    tasks: tuple[Task, ...]
    links: tuple[Link, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    before: int | None = None
    op: Literal["add_tasks"] = "add_tasks"

    def apply(self, plan: Plan) -> Plan:
        self._top()
        rows = list(plan.each_task())
        at = len(rows) if self.before is None else _row(plan, self.before)
        rows[at:at] = self.tasks
        try:
            return rebuild(
                plan,
                tasks=rows,
                links=[*plan.each_link(), *self.links],
                assignments=[*plan.each_assignment(), *self.assignments],
            )
        except PlanError as fault:
            reasons = " ".join(each.message for each in fault.diagnostics)
            raise CannotApply("task.cannot-add", f"These tasks do not fit the plan: {reasons}") from fault

    def inverse(self, plan: Plan) -> "Change":  # noqa: ARG002 - the signature of every change
        return RemoveTask(self._top())

    def _top(self) -> int:
        """The task under which the others stand: what is added is one branch, so that one removal undoes it."""
        known: set[int] = set()
        for task in self.tasks:
            if known and task.parent not in known:
                break
            known.add(task.uid)
        if not self.tasks or len(known) < len(self.tasks):
            raise CannotApply("task.cannot-add", "Tasks are added one at a time, each with those below it.")
        return self.tasks[0].uid


@dataclass(frozen=True, slots=True)
class RemoveTask:
    """Remove a task and everything below it, with its links and assignments."""

    task: int
    op: Literal["remove_task"] = "remove_task"

    def apply(self, plan: Plan) -> Plan:
        gone = self._below(plan)
        return rebuild(
            plan,
            tasks=[each for each in plan.each_task() if each.uid not in gone],
            links=[each for each in plan.each_link() if not {each.pred, each.succ} & gone],
            assignments=[each for each in plan.each_assignment() if each.task not in gone],
        )

    def inverse(self, plan: Plan) -> "Change":
        gone = self._below(plan)
        return AddTasks(
            tasks=tuple(each for each in plan.each_task() if each.uid in gone),
            links=tuple(each for each in plan.each_link() if {each.pred, each.succ} & gone),
            assignments=tuple(each for each in plan.each_assignment() if each.task in gone),
            before=self._next_sibling(plan),
        )

    def _below(self, plan: Plan) -> set[int]:
        top = _row(plan, self.task)
        rows = {top}
        for row in range(top + 1, len(plan)):
            if int(plan.tasks.parent[row]) not in rows:
                break
            rows.add(row)
        return {int(plan.tasks.uid[row]) for row in rows}

    def _next_sibling(self, plan: Plan) -> int | None:
        row = _row(plan, self.task)
        after = np.flatnonzero(plan.tasks.parent[row + 1 :] == plan.tasks.parent[row])
        return int(plan.tasks.uid[row + 1 + after[0]]) if len(after) else None


@dataclass(frozen=True, slots=True)
class Assign:
    """Put a resource on a task with `units` (100 is full time)."""

    task: int
    resource: int
    units: int = 100
    work: int | None = None
    op: Literal["assign"] = "assign"

    def apply(self, plan: Plan) -> Plan:
        _leaf(plan, self.task, "team")
        if self.resource not in plan.resource_index:
            raise CannotApply("resource.unknown", f"There is no resource {self.resource} in this plan.")
        rows = list(plan.each_assignment())
        if any((each.task, each.resource) == (self.task, self.resource) for each in rows):
            raise CannotApply("assignment.duplicate", "This person is on the task already.")
        rows.append(Assignment(self.task, self.resource, self.units, self.work))
        table = assignment_columns(rows, plan.index_of, plan.resource_index)
        return replace(plan, assignments=table)

    def inverse(self, plan: Plan) -> "Change":  # noqa: ARG002 - the signature of every change
        return Unassign(self.task, self.resource)


@dataclass(frozen=True, slots=True)
class Unassign:
    """Take a resource off a task."""

    task: int
    resource: int
    op: Literal["unassign"] = "unassign"

    def apply(self, plan: Plan) -> Plan:
        old = self._old(plan)
        rows = [each for each in plan.each_assignment() if each != old]
        table = assignment_columns(rows, plan.index_of, plan.resource_index)
        return replace(plan, assignments=table)

    def inverse(self, plan: Plan) -> "Change":
        old = self._old(plan)
        return Assign(old.task, old.resource, old.units, old.work)

    def _old(self, plan: Plan) -> Assignment:
        for each in plan.each_assignment():
            if (each.task, each.resource) == (self.task, self.resource):
                return each
        raise CannotApply("assignment.unknown", "This person is not on the task.")


def _with_absences(plan: Plan, resource: int, absences: Iterable[CalendarException]) -> Plan:
    row = plan.resource_index.get(resource)
    if row is None:
        raise CannotApply("resource.unknown", f"There is no resource {resource} in this plan.")
    people = list(plan.resources)
    people[row] = replace(
        people[row], absences=tuple(sorted(absences, key=lambda each: (each.first, each.last)))
    )
    return replace(plan, resources=tuple(people))


def _resource(plan: Plan, uid: int) -> Resource:
    row = plan.resource_index.get(uid)
    if row is None:
        raise CannotApply("resource.unknown", f"There is no resource {uid} in this plan.")
    return plan.resources[row]


@dataclass(frozen=True, slots=True)
class AddAbsence:
    """A person is away from `first` to `last`, both included (ISO dates)."""

    resource: int
    first: date
    last: date
    name: str = ""
    op: Literal["add_absence"] = "add_absence"

    def apply(self, plan: Plan) -> Plan:
        if self.last < self.first:
            raise CannotApply("absence.bad-dates", "An absence ends on or after the day it begins.")
        person = _resource(plan, self.resource)
        absence = CalendarException(self.first, self.last, (), self.name)
        if absence in person.absences:
            raise CannotApply("absence.duplicate", "This absence is recorded already.")
        return _with_absences(plan, self.resource, (*person.absences, absence))

    def inverse(self, plan: Plan) -> "Change":  # noqa: ARG002 - the signature of every change
        return RemoveAbsence(self.resource, self.first, self.last, self.name)


@dataclass(frozen=True, slots=True)
class RemoveAbsence:
    """Take an absence out."""

    resource: int
    first: date
    last: date
    name: str = ""
    op: Literal["remove_absence"] = "remove_absence"

    def apply(self, plan: Plan) -> Plan:
        person = _resource(plan, self.resource)
        absence = CalendarException(self.first, self.last, (), self.name)
        if absence not in person.absences:
            raise CannotApply("absence.unknown", "There is no such absence.")
        kept = [each for each in person.absences if each != absence]
        return _with_absences(plan, self.resource, kept)

    def inverse(self, plan: Plan) -> "Change":  # noqa: ARG002 - the signature of every change
        return AddAbsence(self.resource, self.first, self.last, self.name)


Change = (
    SetName
    | SetDuration
    | RestoreDuration
    | SetConstraint
    | SetDeadline
    | SetProgress
    | AddLink
    | RemoveLink
    | SetLag
    | AddTasks
    | RemoveTask
    | Assign
    | Unassign
    | AddAbsence
    | RemoveAbsence
)


def apply_all(plan: Plan, changes: Sequence[Change]) -> tuple[Plan, list[Change]]:
    """Apply changes in order; also the changes that undo them, in the order to apply them.

    Raises CannotApply at the first that cannot be done; the plan given is untouched, being a value.
    """
    inverses: list[Change] = []
    for change in changes:
        inverses.append(change.inverse(plan))
        plan = change.apply(plan)
    return plan, inverses[::-1]


__all__ = [
    "AddAbsence", "AddLink", "AddTasks", "Assign", "CannotApply", "Change", "RemoveAbsence", "RemoveLink",
    "RemoveTask", "RestoreDuration", "SetConstraint", "SetDeadline", "SetDuration", "SetLag", "SetName",
    "SetProgress", "Unassign", "apply_all",
]  # fmt: skip

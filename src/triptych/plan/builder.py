"""Friendly rows in, a validated, index-based plan out. Every fault is reported; none stops the others."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeVar

from .amounts import MOST_MONEY, misfits
from .columns import assignment_columns, baselines_in_order, link_columns, split_columns, task_columns
from .diagnostics import Diagnostic, PlanError, error, warning
from .model import Assignment, Baseline, Calendar, Link, Plan, Project, Resource, Task
from .rates import rates_stand
from .soundness import undated_constraints, unsound_minutes
from .worktime import calendar_faults

_Row = TypeVar("_Row", Calendar, Resource, Task)
_Priced = TypeVar("_Priced", Assignment, Resource, Task)

#: A century of working days: a longer duration is a typing error.
MAX_DURATION = 100 * 366 * 1440
#: And so is a lag of more than ten thousand durations.
MOST_PERCENT = 1_000_000


def task_place(uid: int, name: str = "") -> str:
    """How diagnostics name a task."""
    return f"task {uid} ({name})" if name else f"task {uid}"


@dataclass(slots=True)
class PlanBuilder:
    """Collects rows in any order and builds the plan.

    `place` tells where in the input a row stands, for diagnostics: it is called with the word of the table
    (`task`, `link`, `calendar` …) and the row. Rows that cannot stand are left out of the plan and reported as
    errors; the caller decides whether a plan with errors is of use.
    """

    projects: list[Project] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    calendars: list[Calendar] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    baselines: list[Baseline] = field(default_factory=list)
    place: Callable[[str, object], str] | None = None

    def build(self) -> tuple[Plan, list[Diagnostic]]:
        """The plan of all rows that can stand, and what is wrong with the others.

        Raises ValueError if there is no project, which no input file can cause.
        """
        if not self.projects:
            raise ValueError("a plan needs at least one project")
        return _Build(self).run()


class _Build:
    """One run of the builder: the checks, then the columns."""

    def __init__(self, source: PlanBuilder) -> None:
        self.source = source
        self.found: list[Diagnostic] = []

    def run(self) -> tuple[Plan, list[Diagnostic]]:
        source = self.source
        calendars = self._calendars(_unique(source.calendars, self._duplicate("calendar")))
        calendar_index = {each.uid: row for row, each in enumerate(calendars)}
        projects = [self._project(each, calendars, calendar_index) for each in source.projects]
        project_index = {each.uid: row for row, each in enumerate(projects)}
        resources = [
            self._resource(each, calendar_index)
            for each in _unique(source.resources, self._duplicate("resource"))
        ]
        tasks = [self._task(each, calendar_index) for each in self._task_rows(projects)]
        tasks = self._outline(tasks)
        index = {each.uid: row for row, each in enumerate(tasks)}
        plan = Plan(
            projects=tuple(projects),
            tasks=task_columns(tasks, index, calendar_index, project_index),
            links=link_columns(self._links(tasks, index), index),
            calendars=tuple(calendars),
            resources=tuple(resources),
            assignments=assignment_columns(
                self._assignments(index, resources), index, {each.uid: n for n, each in enumerate(resources)}
            ),
            splits=split_columns(tasks),
            baselines=baselines_in_order(source.baselines),
        )
        return plan, self.found

    def _place(self, word: str, row: object, fallback: str) -> str:
        return self.source.place(word, row) if self.source.place else fallback

    def _duplicate(self, word: str) -> Callable[[int, object], None]:
        def report(uid: int, row: object) -> None:
            self.found.append(
                error(
                    f"{word}.duplicate",
                    f"Two {word}s have the number {uid}; the second is left out. Give it another number.",
                    self._place(word, row, f"{word} {uid}"),
                    uid=uid,
                )
            )

        return report

    def _calendars(self, calendars: list[Calendar]) -> list[Calendar]:
        known = {each.uid for each in calendars}
        result = []
        for calendar in calendars:
            kept = calendar
            if calendar.base is not None and (calendar.base not in known or calendar.base == calendar.uid):
                self.found.append(
                    warning(
                        "calendar.unknown-base",
                        f"Calendar “{calendar.name}” builds on calendar {calendar.base}, which does not exist; "
                        "its own days are used alone.",
                        self._place("calendar", calendar, f"calendar {calendar.uid}"),
                    )
                )
                kept = replace(calendar, base=None)
            result.append(kept)
        for fault in calendar_faults(result):
            place = self._place("calendar", result[fault.row], f"calendar {result[fault.row].uid}")
            self.found.append(error(fault.code, fault.message, place))
        return result

    def _project(self, project: Project, calendars: list[Calendar], index: dict[int, int]) -> Project:
        if project.calendar in index:
            return project
        self.found.append(
            error(
                "project.unknown-calendar",
                f"Project “{project.name}” uses calendar {project.calendar}, which does not exist. "
                "Choose one of the plan's calendars.",
                self._place("project", project, f"project {project.uid}"),
            )
        )
        if not calendars:
            raise ValueError("a plan needs at least one calendar")
        return replace(project, calendar=calendars[0].uid)

    def _resource(self, resource: Resource, calendars: dict[int, int]) -> Resource:
        resource = self._with_sound_amounts(resource, "resource", f"resource {resource.uid}")
        resource = self._with_sound_rates(resource)
        if resource.calendar is None or resource.calendar in calendars:
            return resource
        self.found.append(
            warning(
                "resource.unknown-calendar",
                f"“{resource.name}” uses calendar {resource.calendar}, which does not exist; the project's "
                "calendar is used.",
                self._place("resource", resource, f"resource {resource.uid}"),
            )
        )
        return replace(resource, calendar=None)

    def _with_sound_rates(self, resource: Resource) -> Resource:
        """The resource with its later rates in order; without them, where they cannot stand."""
        rates = tuple(sorted(resource.rates, key=lambda each: each.first))
        if rates_stand(rates, MOST_MONEY):
            return resource if rates == resource.rates else replace(resource, rates=rates)
        message = "Two of its rates begin at once, or one is not possible; its first one is used alone. Correct them."
        place = self._place("resource", resource, f"resource {resource.uid}")
        self.found.append(warning("resource.bad-rates", message, place))
        return replace(resource, rates=())

    def _task_rows(self, projects: list[Project]) -> list[Task]:
        known = {each.uid for each in projects}
        rows = _unique(self.source.tasks, self._duplicate("task"))
        return [row if row.project in known else replace(row, project=projects[0].uid) for row in rows]

    def _task(self, task: Task, calendars: dict[int, int]) -> Task:
        place = self._place("task", task, task_place(task.uid, task.name))
        changes: dict[str, object] = {}
        if task.calendar is not None and task.calendar not in calendars:
            self.found.append(
                warning(
                    "task.unknown-calendar",
                    f"Calendar {task.calendar} does not exist; the project's calendar is used.",
                    place,
                )
            )
            changes["calendar"] = None
        if not 0 <= task.duration <= MAX_DURATION:
            self.found.append(
                error(
                    "task.bad-duration",
                    f"A duration of {task.duration} minutes is not possible. Give one between 0 and 100 years.",
                    place,
                    duration=task.duration,
                )
            )
            changes["duration"] = 0
        if not 0 <= task.percent_complete <= 100:
            self.found.append(
                error(
                    "task.bad-progress",
                    f"{task.percent_complete} % complete is not possible. Give a share from 0 to 100.",
                    place,
                )
            )
            changes["percent_complete"] = min(100, max(0, task.percent_complete))
        changes |= unsound_minutes(task, place, self.found, most=MAX_DURATION)
        changes |= undated_constraints(task, place, self.found)
        if not _splits_stand(task):
            self.found.append(
                warning(
                    "task.bad-splits",
                    "Its interruptions do not lie within its duration, in order; they are left out. Correct them.",
                    place,
                )
            )
            changes["splits"] = ()
        changes |= dict.fromkeys(self._reversed_dates(task, place))
        sound = self._with_sound_amounts(task, "task", task_place(task.uid, task.name))
        return replace(sound, **changes) if changes else sound  # type: ignore[arg-type]

    def _with_sound_amounts(self, row: _Priced, word: str, fallback: str) -> _Priced:
        """The row without amounts that cannot stand, each of which is reported."""
        bad = misfits(row)
        for each in bad:
            message = f"Its {each.words} of {each.value} is not possible, so it is ignored. Correct it."
            code = f"{word}.bad-{each.field.replace('_', '-')}"
            self.found.append(warning(code, message, self._place(word, row, fallback)))
        return replace(row, **{each.field: each.instead for each in bad}) if bad else row  # type: ignore[arg-type]

    def _reversed_dates(self, task: Task, place: str) -> list[str]:
        """Finishes that cannot stand: before their start, or of work that never started."""
        found = []
        actual, typed = (task.actual_start, task.actual_finish), (task.start, task.finish)
        if actual[1] is not None and (actual[0] is None or actual[1] < actual[0]):
            found.append(("actual_finish", "task.bad-actuals"))
        if None not in typed and typed[1] < typed[0]:  # type: ignore[operator]
            found.append(("finish", "task.bad-dates"))
        for name, code in found:
            words = name.replace("_", " ")
            message = f"Its {words} has no start before it, so it is ignored. Correct the dates."
            self.found.append(warning(code, message, place))
        return [name for name, _ in found]

    def _outline(self, tasks: list[Task]) -> list[Task]:
        """Parents before children, siblings in the order given; a parent that is missing or above itself is
        reported and the task becomes a root."""
        known = {each.uid for each in tasks}
        below: defaultdict[int | None, list[Task]] = defaultdict(list)
        for task in tasks:
            row = task
            if task.parent is not None and task.parent not in known:
                self._bad_parent(task, f"Its summary task {task.parent} does not exist")
                row = replace(task, parent=None)
            below[row.parent].append(row)
        ordered = _preorder(below)
        if len(ordered) < len(tasks):
            reached = {each.uid for each in ordered}
            for task in tasks:
                if task.uid not in reached:
                    self._bad_parent(task, "It is its own summary task, through the tasks between")
                    ordered.append(replace(task, parent=None))
        return ordered

    def _bad_parent(self, task: Task, what: str) -> None:
        place = self._place("task", task, task_place(task.uid, task.name))
        self.found.append(error("task.bad-parent", f"{what}. Move it under a task that exists.", place))

    def _links(self, tasks: list[Task], index: dict[int, int]) -> list[Link]:
        parent = {each.uid: each.parent for each in tasks}
        kept: dict[tuple[int, int, int], Link] = {}
        for link in self.source.links:
            fault = _link_fault(link, index, parent)
            key = (link.pred, link.succ, int(link.kind))
            if fault is None and key in kept:
                fault = warning(
                    "link.duplicate", "The same link stands twice; the second is left out.", data=None
                )
            if fault is None:
                kept[key] = link
                continue
            place = self._place("link", link, f"link {link.pred} → {link.succ}")
            self.found.append(Diagnostic(fault.code, fault.severity, fault.message, place))
        return list(kept.values())

    def _assignments(self, index: dict[int, int], resources: list[Resource]) -> list[Assignment]:
        known = {each.uid for each in resources}
        kept: dict[tuple[int, int], Assignment] = {}
        for row in self.source.assignments:
            if row.task in index and row.resource in known and (row.task, row.resource) not in kept:
                kept[row.task, row.resource] = self._with_sound_amounts(row, "assignment", f"task {row.task}")
                continue
            what = (
                "is assigned twice"
                if (row.task, row.resource) in kept
                else "names a task or a person that does not exist"
            )
            self.found.append(
                warning(
                    "assignment.dangling",
                    f"The assignment of resource {row.resource} to task {row.task} {what}; it is left out.",
                    self._place("assignment", row, f"task {row.task}"),
                )
            )
        return list(kept.values())


def _splits_stand(task: Task) -> bool:
    """Whether every interruption comes after some work and before the rest of it, and lasts."""
    done = [0, *(after for after, _ in task.splits), task.duration]
    rising = all(earlier < later for earlier, later in pairwise(done))
    return not task.splits or (rising and all(gap > 0 for _, gap in task.splits))


def _unique(rows: Iterable[_Row], report: Callable[[int, object], None]) -> list[_Row]:
    seen: dict[int, _Row] = {}
    for row in rows:
        if row.uid in seen:
            report(row.uid, row)
        else:
            seen[row.uid] = row
    return list(seen.values())


def _preorder(below: dict[int | None, list[Task]]) -> list[Task]:
    ordered: list[Task] = []
    stack = list(reversed(below.get(None, [])))
    while stack:
        task = stack.pop()
        ordered.append(task)
        stack.extend(reversed(below.get(task.uid, [])))
    return ordered


def _link_fault(link: Link, index: dict[int, int], parent: dict[int, int | None]) -> Diagnostic | None:
    missing = [end for end in (link.pred, link.succ) if end not in index]
    if missing:
        return error(
            "link.dangling",
            f"The link names task {missing[0]}, which does not exist. Remove it or name another task.",
        )
    if link.pred == link.succ:
        return error("link.self", "A task cannot depend on itself. Remove the link.")
    if abs(link.lag) > (MOST_PERCENT if link.lag_kind.percent else MAX_DURATION):
        return error(
            "link.bad-lag",
            "A lag of more than a century, or than ten thousand durations, is not possible. Give a shorter one.",
        )
    if _is_above(link.pred, link.succ, parent) or _is_above(link.succ, link.pred, parent):
        return error(
            "link.own-summary",
            "A task cannot be linked with a summary that contains it. Link a task outside the summary.",
        )
    return None


def _is_above(upper: int, lower: int, parent: dict[int, int | None]) -> bool:
    step = parent[lower]
    while step is not None:
        if step == upper:
            return True
        step = parent[step]
    return False


def rebuild(
    plan: Plan,
    *,
    tasks: Iterable[Task] | None = None,
    links: Iterable[Link] | None = None,
    assignments: Iterable[Assignment] | None = None,
) -> Plan:
    """The same plan with other rows. Raises PlanError when a row cannot stand."""
    builder = PlanBuilder(
        projects=list(plan.projects),
        tasks=list(plan.each_task() if tasks is None else tasks),
        links=list(plan.each_link() if links is None else links),
        calendars=list(plan.calendars),
        resources=list(plan.resources),
        assignments=list(plan.each_assignment() if assignments is None else assignments),
        baselines=list(plan.baselines),
    )
    result, found = builder.build()
    if found:
        raise PlanError(found)
    return result

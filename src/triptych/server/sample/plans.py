"""The sample's content as plans, dated from today: what is typed is relative, so that the company never ages."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from triptych.plan import (
    Assignment,
    Calendar,
    CalendarException,
    Constraint,
    Instant,
    Link,
    Plan,
    PlanBuilder,
    PlanError,
    Project,
    Resource,
    Task,
    instant,
)
from triptych.plan.model import STANDARD_WEEK

from .content import Content, Holiday, ProjectFile
from .outline import Row

_Each = TypeVar("_Each")
_MORNING, _EVENING = time(8), time(17)
#: Constraints on the finish, and deadlines, mean the end of the day.
_BY_EVENING = frozenset({Constraint.FNET, Constraint.FNLT, Constraint.MFO})


@dataclass(frozen=True)
class Dated:
    """The content on one day. Tasks are numbered through all projects; `number` finds them by plan and name."""

    content: Content
    today: date
    projects: dict[str, Project]
    tasks: dict[str, list[Task]]
    links: dict[str, list[Link]]
    crossings: list[Link]
    assignments: dict[str, list[Assignment]]
    deliverables: dict[str, list[int]]
    number: dict[tuple[str, str], int]
    calendars: dict[str, Calendar]
    resources: dict[str, Resource]

    @property
    def now(self) -> Instant:
        """This morning: what is recorded was done before."""
        return instant(datetime.combine(self.today, _MORNING))

    def whole(self) -> Plan:
        """All projects as one plan, with the links between them."""
        return _built(
            PlanBuilder(
                projects=list(self.projects.values()),
                tasks=_joined(self.tasks),
                links=[*_joined(self.links), *self.crossings],
                calendars=list(self.calendars.values()),
                resources=list(self.resources.values()),
                assignments=_joined(self.assignments),
            )
        )

    def alone(self, key: str) -> Plan:
        """One project as it is recorded: its people are in the workspace already, with their calendars and leave,
        and are found again by their e-mail."""
        booked = {each.resource for each in self.assignments[key]}
        own = {each.calendar for each in self.tasks[key]} | {self.projects[key].calendar}
        people = [each for each in self.resources.values() if each.uid in booked]
        return _built(
            PlanBuilder(
                projects=[self.projects[key]],
                tasks=self.tasks[key],
                links=self.links[key],
                calendars=[each for each in self.calendars.values() if each.uid in own],
                resources=[replace(each, calendar=None, absences=()) for each in people],
                assignments=self.assignments[key],
            )
        )


def _joined(by_project: dict[str, list[_Each]]) -> list[_Each]:
    return [each for rows in by_project.values() for each in rows]


def _built(builder: PlanBuilder) -> Plan:
    plan, found = builder.build()
    if found:
        raise PlanError(found)
    return plan


def date_content(content: Content, today: date) -> Dated:
    """The content as of `today`. Raises PlanError if the files hold faults."""
    if content.faults:
        raise PlanError(content.faults)
    return _Dating(content, today).run()


class _Dating:
    """One run: the content with dates instead of days from today."""

    def __init__(self, content: Content, today: date) -> None:
        self.content, self.today = content, today
        self.closed = _closed_days(content.holidays, today)
        self.calendars = {key: self._calendar(uid, key) for uid, key in enumerate(content.calendars, start=1)}
        working = [each for each in content.people.values() if each.works]
        self.resources = {
            each.key: self._resource(uid, each.key) for uid, each in enumerate(working, start=1)
        }
        self.first: dict[str, int] = {}
        count = 1
        for project in content.projects:
            self.first[project.key] = count
            count += len(project.outline.rows)

    def run(self) -> Dated:
        projects = self.content.projects
        number = {
            (each.key, row.name): self.first[each.key] + at
            for each in projects
            for at, row in enumerate(each.outline.rows)
        }
        return Dated(
            content=self.content,
            today=self.today,
            projects={each.key: self._project(uid, each) for uid, each in enumerate(projects, start=1)},
            tasks={each.key: list(self._tasks(uid, each)) for uid, each in enumerate(projects, start=1)},
            links={each.key: list(self._links(each)) for each in projects},
            crossings=[
                Link(
                    number[each.pred, each.wait.name],
                    number[each.to, each.succ],
                    each.wait.kind,
                    each.wait.lag,
                    each.wait.lag_kind,
                )
                for each in self.content.crossings
            ],
            assignments={each.key: list(self._assignments(each)) for each in projects},
            deliverables={each.key: self._deliverables(each) for each in projects},
            number=number,
            calendars=self.calendars,
            resources=self.resources,
        )

    def at(self, days: int, clock: time) -> Instant:
        """That hour of the day so far from today, or of the next day on which the company works."""
        day = self.today + timedelta(days=days)
        while day in self.closed or not STANDARD_WEEK[day.weekday()]:
            day += timedelta(days=1)
        return instant(datetime.combine(day, clock))

    def _calendar(self, uid: int, key: str) -> Calendar:
        hours = self.content.calendars[key]
        closed = _exceptions(self.content.holidays, self.today) if hours.holidays else ()
        return Calendar(uid, hours.name, hours.week, tuple(closed))

    def _resource(self, uid: int, key: str) -> Resource:
        person = self.content.people[key]
        day = timedelta(days=1)
        return Resource(
            uid=uid,
            name=person.name,
            calendar=self.calendars[person.calendar].uid,
            absences=tuple(
                CalendarException(self.today + each.first * day, self.today + each.last * day, (), each.name)
                for each in person.leave
            ),
            units=person.units,
            email=person.email,
            role=person.role,
            skills=person.skills,
        )

    def _project(self, uid: int, file: ProjectFile) -> Project:
        return Project(
            uid=uid,
            name=file.name,
            start=self.at(file.starts, _MORNING),
            calendar=self.calendars["standard"].uid,
            status_date=instant(datetime.combine(self.today, _MORNING)),
        )

    def _tasks(self, project: int, file: ProjectFile) -> Iterable[Task]:
        first = self.first[file.key]
        for at, row in enumerate(file.outline.rows):
            parent = None if row.parent is None else first + row.parent
            yield self._task(Task(uid=first + at, name=row.name, parent=parent, project=project), row)

    def _task(self, task: Task, row: Row) -> Task:
        kind, days = row.constraint or (Constraint.ASAP, None)
        clock = _EVENING if kind in _BY_EVENING else _MORNING
        return Task(
            uid=task.uid,
            name=task.name,
            parent=task.parent,
            project=task.project,
            milestone=row.milestone,
            duration=row.length.minutes if row.length else 0,
            elapsed=row.length.elapsed if row.length else False,
            constraint=kind,
            constraint_date=None if days is None else self.at(days, clock),
            deadline=None if row.deadline is None else self.at(row.deadline, _EVENING),
            calendar=None if row.calendar is None else self.calendars[row.calendar].uid,
        )

    def _links(self, file: ProjectFile) -> Iterable[Link]:
        first = self.first[file.key]
        for each in file.outline.links:
            yield Link(first + each.pred, first + each.succ, each.kind, each.lag, each.lag_kind)

    def _assignments(self, file: ProjectFile) -> Iterable[Assignment]:
        for uid, row in enumerate(file.outline.rows, start=self.first[file.key]):
            for key, units in row.people:
                yield Assignment(uid, self.resources[key].uid, units)

    def _deliverables(self, file: ProjectFile) -> list[int]:
        rows = enumerate(file.outline.rows, start=self.first[file.key])
        return [uid for uid, row in rows if row.deliverable]


def _exceptions(holidays: Iterable[Holiday], today: date) -> list[CalendarException]:
    return [
        CalendarException(date(year, *each.first), date(year, *each.last), (), each.name)
        for year in range(today.year - 1, today.year + 3)
        for each in holidays
    ]


def _closed_days(holidays: Iterable[Holiday], today: date) -> frozenset[date]:
    return frozenset(
        each.first + timedelta(days=offset)
        for each in _exceptions(holidays, today)
        for offset in range((each.last - each.first).days + 1)
    )

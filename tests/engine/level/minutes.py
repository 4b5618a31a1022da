"""Working time minute by minute: who works on what in which minute, counted without the engine.

Calendars are flags by minute over some days. What follows from them is read off the flags: slow, and plain enough to be
believed. Rules: docs/rules/working-time.md, links.md, interruptions.md and the docstring of `engine.workload.Workload`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from triptych.engine import Schedule
from triptych.plan import Assignment, Calendar, CalendarException, Plan, Resource, Task
from triptych.plan.model import Shifts
from triptych.plan.tables import Flags

EPOCH = date(1970, 1, 1)
DAY = 1440


@dataclass(frozen=True, eq=False)
class Minutes:
    """The minutes of the days `first` to `last` (since 1970) of a plan; flags begin at the first one's midnight."""

    plan: Plan
    first: int
    last: int
    _known: dict[object, Flags] = field(default_factory=dict)

    @classmethod
    def around(cls, *found: Schedule) -> "Minutes":
        """Two months before everything that is scheduled, to two months after."""
        starts = [int(each.start.min()) for each in found]
        finishes = [int(each.finish.max()) for each in found]
        return cls(found[0].plan, min(starts) // DAY - 60, max(finishes) // DAY + 60)

    @property
    def zero(self) -> int:
        return self.first * DAY

    def within(self, start: int, finish: int) -> slice:
        """The minutes from one instant to another."""
        return slice(max(start - self.zero, 0), max(finish - self.zero, 0))

    def calendar(self, uid: int) -> Flags:
        """When a calendar is open."""
        return self._days(("calendar", uid), lambda day: shifts_on(self.plan, self._calendar(uid), day))

    def person(self, who: Resource, calendar: int) -> Flags:
        """When somebody is there who works by a calendar: it, or the hours that an absence leaves."""

        def there(day: date) -> Shifts:
            away = _exception(who.absences, day)
            return shifts_on(self.plan, self._calendar(calendar), day) if away is None else away.shifts

        return self._days(("person", who.uid, calendar), there)

    def always(self) -> Flags:
        return self._days("always", lambda _: ((0, DAY),))

    def of_project(self, task: Task) -> int:
        """The calendar of a task's project."""
        return self.plan.projects[self.plan.project_index[task.project]].calendar

    def gauge(self, task: Task) -> Flags:
        """The hours of a task whoever works on it: its calendar's or its project's; round the clock when elapsed."""
        if task.elapsed:
            return self.always()
        return self.calendar(self.of_project(task) if task.calendar is None else task.calendar)

    def at_work(self, task: Task, who: Resource) -> Flags:
        """The minutes in which somebody can work on a task: those of the task's calendar in which they are there."""
        if task.ignore_resource_calendars and task.calendar is not None and not task.elapsed:
            return self.calendar(task.calendar)
        own = None if task.elapsed else task.calendar
        theirs = who.calendar if who.calendar is not None else own
        theirs = self.of_project(task) if theirs is None else theirs
        there = self.person(who, theirs)
        there = there if there.any() else self.calendar(theirs)
        both = there if own is None or own == theirs else there & self.calendar(own)
        return both if both.any() else there

    def lagged(self, flags: Flags, at: int, minutes: int) -> int:
        """So many open minutes after an instant, or before it when negative."""
        if minutes == 0:
            return at
        if minutes > 0:
            after = np.flatnonzero(flags[at - self.zero :])
            return at + int(after[minutes - 1]) + 1
        before = np.flatnonzero(flags[: at - self.zero])
        return self.zero + int(before[minutes])

    def _calendar(self, uid: int) -> Calendar:
        return self.plan.calendars[self.plan.calendar_index[uid]]

    def _days(self, key: object, shifts: Callable[[date], Shifts]) -> Flags:
        if key not in self._known:
            found = np.zeros((self.last - self.first + 1) * DAY, np.bool_)
            for number in range(self.last - self.first + 1):
                for begin, end in shifts(EPOCH + timedelta(days=self.first + number)):
                    found[number * DAY + begin : number * DAY + end] = True
            self._known[key] = found
        return self._known[key]


def shifts_on(plan: Plan, calendar: Calendar, day: date) -> Shifts:
    """A calendar's hours on a day: those of an exception, its own before its base's; else those of the week."""
    chain = [calendar]
    while chain[-1].base is not None:
        chain.append(plan.calendars[plan.calendar_index[chain[-1].base]])
    for each in chain:
        if (found := _exception(each.exceptions, day)) is not None:
            return found.shifts
    weeks = (each.week[day.weekday()] for each in chain)
    return next((hours for hours in weeks if hours is not None), ())


def _exception(exceptions: tuple[CalendarException, ...], day: date) -> CalendarException | None:
    """The one in force on a day: the last that names it."""
    named = [each for each in exceptions if each.first <= day <= each.last]
    return named[-1] if named else None


@dataclass(frozen=True, slots=True)
class Work:
    """One person's work on one task: in which minutes, and what share of a full-time person it asks for."""

    task: int
    resource: int
    minutes: Flags
    rate: float


@dataclass(frozen=True, slots=True)
class Crew:
    """The people of one task, by the minutes in which each can work on it. `together`: it goes on while any of them
    is there."""

    task: Task
    people: tuple[tuple[Assignment, Flags], ...]
    together: bool

    @property
    def union(self) -> Flags:
        found: Flags = np.logical_or.reduce([flags for _, flags in self.people])
        return found

    @property
    def alike(self) -> bool:
        return all(np.array_equal(flags, self.people[0][1]) for _, flags in self.people)


def works_of(found: Schedule, minutes: Minutes) -> list[Work]:
    """Everything that a schedule still asks of its people."""
    crews = crews_of(found, minutes)
    return [work for row, crew in crews.items() for work in _works(found, minutes, row, crew)]


def crews_of(found: Schedule, minutes: Minutes) -> dict[int, Crew]:
    """The crews of all rows that people are assigned to."""
    plan, crews = found.plan, dict[int, list[tuple[Assignment, Flags]]]()
    for each in plan.each_assignment():
        row, who = plan.index_of[each.task], plan.resources[plan.resource_index[each.resource]]
        if who.kind.name == "WORK" and not plan.is_summary[row]:
            crews.setdefault(row, []).append((each, minutes.at_work(plan.task_at(row), who)))
    return {row: Crew(plan.task_at(row), tuple(people), _as_one(found, row)) for row, people in crews.items()}


def _as_one(found: Schedule, row: int) -> bool:
    return found.dialects[int(found.plan.tasks.project[row])] == "msproject"


def is_done(task: Task) -> bool:
    return task.actual_start is not None and (task.percent_complete == 100 or task.actual_finish is not None)


def _works(found: Schedule, minutes: Minutes, row: int, crew: Crew) -> list[Work]:
    """What one task asks of each of its people."""
    task, start, finish = crew.task, int(found.start[row]), int(found.finish[row])
    if not task.active or task.external or is_done(task) or finish <= start:
        return []
    left, begun = task.duration, task.actual_start is not None
    if begun:
        left = round(task.duration * (100 - task.percent_complete) / 100)
        left = left if task.remaining is None else task.remaining
    done = max(task.duration - left, 0)
    pauses = [(after - done, gap) for after, gap in task.splits if left > 0 and (not begun or after >= done)]
    many = not crew.alike and not task.elapsed and not task.hammock
    bases = [_base(minutes, crew, flags, many=many) for _, flags in crew.people]
    if begun and not task.hammock:
        rest = left + sum(gap for _, gap in pauses)
        start = max(start, min(_so_long_before(minutes, each, finish, rest) for each in bases))
    whole = not task.splits and not (many and not crew.together)
    made = []
    for (assignment, flags), base in zip(crew.people, bases, strict=True):
        on = np.zeros(len(flags), np.bool_)
        if whole:
            on[minutes.within(start, finish)] = True
        else:
            for low, high in _parts(left, pauses):
                counted = np.flatnonzero(base[minutes.within(start, finish)])[low:high]
                on[counted + start - minutes.zero] = True
        made.append(_work(found, minutes, row, crew, assignment, flags, on, start, many))
    return [each for each in made if each.rate > 0 and each.minutes.any()]


def _base(minutes: Minutes, crew: Crew, flags: Flags, *, many: bool) -> Flags:
    """The hours that a task's minutes run on for one of its people."""
    if crew.task.elapsed:
        return minutes.always()
    return crew.union if many and crew.together else flags


def _so_long_before(minutes: Minutes, base: Flags, finish: int, rest: int) -> int:
    return finish if rest <= 0 else minutes.lagged(base, finish, -rest)


def _parts(left: int, pauses: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is worked without an interruption: from which to which minute, counting those of the interruptions."""
    low, paused, found = 0, 0, []
    for after, gap in pauses:
        found.append((low, after + paused))
        paused += gap
        low = after + paused
    return [*found, (low, left + paused)]


def _work(
    found: Schedule,
    minutes: Minutes,
    row: int,
    crew: Crew,
    assignment: Assignment,
    flags: Flags,
    on: Flags,
    start: int,
    many: bool,
) -> Work:
    plan, task = found.plan, crew.task
    project = plan.projects[int(plan.tasks.project[row])]
    between = flags[minutes.within(int(found.start[row]), int(found.finish[row]))].sum()
    stated, at_night = assignment.work, False
    if stated and between == 0:
        at_night, between = True, int(found.finish[row] - found.start[row])
    by_dates = task.elapsed or task.hammock or at_night or (many and crew.together)
    if stated is None:
        rate = assignment.units / 100
    elif by_dates:
        rate = stated / max(int(between), 1)
    else:
        rate = stated / task.duration if task.duration else assignment.units / 100
    here = on & flags
    if at_night:
        here = np.zeros(len(on), np.bool_)
        here[minutes.within(start, int(found.finish[row]))] = True
    if project.status_date is not None:
        here = here.copy()
        here[: max(project.status_date - minutes.zero, 0)] = False
    return Work(row, plan.resource_index[assignment.resource], here, rate)

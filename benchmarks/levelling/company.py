"""A company whose people work on many projects: of any size, the same for the same seed, with hours as people have them."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from benchmarks.networks import CALENDARS, DAY, MONDAY
from triptych.plan import (
    Assignment,
    Calendar,
    CalendarException,
    Instant,
    Link,
    Plan,
    PlanBuilder,
    Project,
    Resource,
    Task,
)
from triptych.plan.diagnostics import PlanError
from triptych.plan.model import STANDARD_DAY
from triptych.plan.quantities import MINUTES_PER_DAY
from triptych.plan.tables import I64

#: The standard week with holidays, and the part-timers' weeks, which have its holidays too.
STANDARD = CALENDARS[0]
MORNINGS = Calendar(11, "Mornings", (((480, 720),),) * 5 + ((), ()), base=STANDARD.uid)
THREE_DAYS = Calendar(12, "Three days", (STANDARD_DAY,) * 3 + ((),) * 4, base=STANDARD.uid)
#: The share of the people who work those weeks.
PART_TIME = 0.15
#: Tasks of one project, and people who work on it.
LEAST, MOST, TEAM = 50, 200, 8
#: How far back in its project a task's predecessors stand: each of a team has one task in hand, and a few to come.
NEAR, FAR = TEAM, 40
#: Projects begin over so many weeks, so that there is more or less work than people at any time.
WEEKS = 78
#: The years that people take their leave in.
YEARS = (2026, 2027, 2028)


def company(tasks: int, people: int, *, seed: int = 1) -> Plan:
    """A portfolio of projects of 50 to 200 tasks, each with a team of the eight people who have the least to do.

    A task takes half a day to six days of one of its team, three in ten of two of them together. It follows two of those
    8 to 40 before it in its project, one link in a hundred a task of an earlier project instead. Projects begin on Mondays of
    a year and a half, and differ in priority. One person in seven works mornings or three days a week; all have leave: two weeks and a
    few days a year.
    """
    rng = np.random.default_rng(seed)
    draft = _Draft(rng, people, np.zeros(people, np.int64))
    while (left := tasks - len(draft.rows)) > 0:
        size = int(rng.integers(LEAST, MOST + 1))
        draft.add_project(left if left - size < LEAST else size)
    plan, found = PlanBuilder(
        projects=draft.projects, tasks=draft.rows, links=draft.links,
        calendars=[STANDARD, MORNINGS, THREE_DAYS],
        resources=[_person(rng, uid) for uid in range(1, people + 1)],
        assignments=draft.assignments,
    ).build()  # fmt: skip
    if found:
        raise PlanError(found)
    return plan


@dataclass
class _Draft:
    """The rows so far."""

    rng: np.random.Generator
    people: int
    load: I64
    projects: list[Project] = field(default_factory=list)
    rows: list[Task] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)

    def add_project(self, size: int) -> None:
        rng, number, before = self.rng, len(self.projects) + 1, len(self.rows)
        begins = MONDAY + int(rng.integers(0, WEEKS)) * 7 * MINUTES_PER_DAY
        self.projects.append(Project(number, f"Project {number}", Instant(begins), STANDARD.uid))
        team = self._team(size)
        priority = 100 * int(rng.integers(3, 8))
        halves = rng.integers(1, 13, size).tolist()
        for place in range(size):
            uid = before + place + 1
            self.rows.append(
                Task(
                    uid=uid,
                    name=f"Task {uid}",
                    project=number,
                    duration=halves[place] * DAY // 2,
                    priority=priority,
                )
            )
            self._link(uid, place, before)
            several = 2 if rng.random() < 0.3 and len(team) > 1 else 1
            for person in rng.choice(team, several, replace=False).tolist():
                self.assignments.append(Assignment(uid, person))

    def _team(self, size: int) -> I64:
        """Those who have the least to do so far; each gets a share of `size` tasks."""
        anyhow = self.rng.permutation(self.people)
        team = anyhow[np.argsort(self.load[anyhow], kind="stable")[:TEAM]]
        self.load[team] += size
        return team + 1

    def _link(self, uid: int, place: int, before: int) -> None:
        """Two of those shortly before it in its project; now and then one of an earlier project."""
        reach = max(0, min(place, FAR) - NEAR + 1)
        for more in self.rng.choice(reach, min(2, reach), replace=False).tolist() if reach else ():
            elsewhere = before > 0 and self.rng.random() < 0.01
            pred = int(self.rng.integers(1, before + 1)) if elsewhere else uid - NEAR - more
            self.links.append(Link(pred, uid))


def _person(rng: np.random.Generator, uid: int) -> Resource:
    """A person with leave, perhaps part-time."""
    drawn = rng.random()
    calendar = STANDARD if drawn >= PART_TIME else MORNINGS if drawn < PART_TIME / 2 else THREE_DAYS
    return Resource(uid, f"Person {uid}", calendar=calendar.uid, absences=_leave(rng))


def _leave(rng: np.random.Generator) -> tuple[CalendarException, ...]:
    """Each year a fortnight in summer or autumn, three days in spring and perhaps one week of sickness."""
    found = []
    for year in YEARS:
        spring = date(year, 2, 1) + timedelta(int(rng.integers(0, 90)))
        found.append(CalendarException(spring, spring + timedelta(2), name="Leave"))
        summer = date(year, 6, 1) + timedelta(int(rng.integers(0, 50)))
        found.append(CalendarException(summer, summer + timedelta(13), name="Leave"))
        if rng.random() < 0.3:
            ill = date(year, 9, 1) + timedelta(int(rng.integers(0, 90)))
            found.append(CalendarException(ill, ill + timedelta(6), name="Sickness"))
    return tuple(found)

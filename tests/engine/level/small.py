"""Small plans to level, to be read at a glance: Monday is 2 March 2026."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tests.plans import CALENDARS, MONDAY
from triptych.engine import schedule
from triptych.engine.level import Proposal, Terms, level
from triptych.plan import Assignment, Link, Plan, PlanBuilder, Project, Resource, Task, parse_instant

from .verifier import verify

D = 480
at = parse_instant
ANA, BO = Resource(1, "Ana"), Resource(2, "Bo")
FIRST = Project(1, "First", MONDAY, 1)
SECOND = Project(2, "Second", MONDAY, 1)


def task(name: str, days: float, **more: Any) -> Task:
    """A task by a letter: A has uid 1."""
    return Task(uid=ord(name) - 64, name=name, duration=round(days * D), **more)


def plan(
    *tasks: Task,
    by: dict[int, str],
    people: Sequence[Resource] = (ANA, BO),
    links: str = "",
    projects: Sequence[Project] = (FIRST,),
) -> Plan:
    """A plan whose people, by number, have tasks `by` their letters (`A50` is half of one); links like `AB BC`."""
    team = [
        Assignment(ord(each[0]) - 64, who, int(each[1:] or 100))
        for who, letters in by.items()
        for each in letters.split()
    ]
    made, found = PlanBuilder(
        projects=list(projects),
        tasks=[replace(each, project=each.project or 1) for each in tasks],
        links=[Link(ord(each[0]) - 64, ord(each[1]) - 64) for each in links.split()],
        calendars=list(CALENDARS),
        resources=list(people),
        assignments=team,
    ).build()
    assert not found, found
    return made


def levelled(
    value: Plan, terms: Terms | None = None, *, dialect: str | None = None, lenient: bool = False
) -> Proposal:
    """A proposal that has been verified."""
    asked = replace(terms or Terms(), schedules=100)
    proposal = level(schedule(value, dialect=dialect), asked)
    verify(proposal, asked, lenient=lenient)
    return proposal


def dates(proposal: Proposal) -> dict[str, str]:
    """When what follows the changes starts, by name: `03-04 08:00`."""
    spelled = proposal.after.start.astype("datetime64[m]").astype(str)
    return {
        name: text[5:].replace("T", " ")
        for name, text in zip(proposal.after.plan.tasks.name, spelled, strict=True)
    }

"""Small plans with a fault each, for the checks of schedule health; and what a fix has to do."""

from dataclasses import dataclass, field, replace
from typing import Any

from tests.plans import CALENDARS, MONDAY
from triptych.engine import Schedule, schedule
from triptych.engine.health import Finding, Health, Outcome, fixes_together, health
from triptych.plan import (
    Assignment,
    Baseline,
    Link,
    Plan,
    PlanBuilder,
    Project,
    Resource,
    Task,
    parse_instant,
)
from triptych.plan.changes import apply_all
from triptych.plan.diagnostics import Severity


def mends(before: Schedule, finding: Finding, *, baseline: int = 0) -> None:
    """The fix of a finding applies, the finding is gone, and scheduling finds no error that was not there."""
    plan, _ = apply_all(before.plan, finding.fix)
    after = _again(before, plan)
    assert finding.key not in {each.key for each in health(after, baseline=baseline).findings}, finding
    assert _errors(after) <= _errors(before), finding


def break_nothing(before: Schedule) -> Health:
    """The fixes that are said to go together apply one after another, and scheduling finds no error that was not there.
    The health after them."""
    plan, _ = apply_all(before.plan, fixes_together(health(before).findings))
    after = _again(before, plan)
    assert _errors(after) <= _errors(before)
    return health(after)


def _again(before: Schedule, plan: Plan) -> Schedule:
    dialects = set(before.dialects)
    return schedule(plan, dialect=dialects.pop() if len(dialects) == 1 else None)


def _errors(found: Schedule) -> set[tuple[str, str]]:
    return {(each.code, each.place) for each in found.diagnostics if each.severity is Severity.ERROR}


D = 480
at = parse_instant
PEOPLE = (Resource(1, "Ana"), Resource(2, "Bo", units=50))
START = Task(uid=1, name="Start", milestone=True, start_milestone=True)
A, B = Task(uid=2, name="A", duration=5 * D), Task(uid=3, name="B", duration=5 * D)
END = Task(uid=9, name="End", milestone=True)
CHAIN = (Link(1, 2), Link(2, 3), Link(3, 9))
STATUS = at("2026-03-04T17:00")
UNDER_WAY: dict[str, Any] = {"actual_start": MONDAY, "percent_complete": 60}


@dataclass
class Sick:
    """A plan with one fault: beside those of a sound plan, in which Ana does A and Bo does nothing."""

    tasks: tuple[Task, ...] = (START, A, B, END)
    links: tuple[Link, ...] = CHAIN
    team: tuple[Assignment, ...] = (Assignment(2, 1), Assignment(3, 1))
    people: tuple[Resource, ...] = PEOPLE
    project: dict[str, Any] = field(default_factory=dict)
    baselines: tuple[Baseline, ...] = ()

    def plan(self) -> Plan:
        builder = PlanBuilder(
            projects=[replace(Project(1, "Example", MONDAY, 1), **self.project)],
            tasks=[replace(each, project=1) for each in self.tasks],
            links=list(self.links),
            calendars=list(CALENDARS),
            resources=list(self.people),
            assignments=[each for each in self.team if each.task in {task.uid for task in self.tasks}],
            baselines=list(self.baselines),
        )
        plan, found = builder.build()
        assert not found, found
        return plan


def examined(sick: Sick, dialect: str | None = None, **options: Any) -> Health:
    """The health of a plan, of which every fix has been tried."""
    before = schedule(sick.plan(), dialect=dialect)
    found = health(before, **options)
    for each in found.findings:
        if each.fix:
            mends(before, each, baseline=options.get("baseline", 0))
    return found


def with_task(task: Task, *links: Link, **more: Any) -> Sick:
    return Sick((START, A, B, task, END), (*CHAIN, *links), **more)


def told(outcome: Outcome) -> list[str]:
    return [each.sentence for each in outcome.findings]

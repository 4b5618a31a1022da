"""The record keeps a plan whole: every field comes back as it went in, and gets the same dates."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import numpy as np

from tests.cast import Company
from triptych.apps.project import actions, bridge
from triptych.apps.project.actions import Recorded
from triptych.engine import schedule
from triptych.plan import (
    NO_INSTANT,
    STANDARD_WEEK,
    Accrual,
    Assignment,
    Baseline,
    Calendar,
    CalendarException,
    Constraint,
    FloatBasis,
    LagHours,
    LagKind,
    Link,
    LinkKind,
    Plan,
    PlanBuilder,
    ProgressLogic,
    Project,
    RateFrom,
    Resource,
    ResourceKind,
    Task,
    TaskType,
    parse_instant,
)
from triptych.plan.changes import RemoveTask, SetName
from triptych.plan.tables import BaselineTable

START, LATER = parse_instant("2026-03-02T08:00"), parse_instant("2026-03-16T17:00")

PROJECT = Project(
    uid=1, name="Whole", start=START, calendar=1, finish=LATER, status_date=parse_instant("2026-03-04T17:00"),
    minutes_per_day=420, minutes_per_week=2100, days_per_month=19, honour_constraints=False, critical_limit=60,
    critical_by_path=True, open_ends_critical=True, lag_hours=LagHours.SUCCESSOR,
    progress_logic=ProgressLogic.ACTUAL_DATES, float_basis=FloatBasis.SMALLER, dialect="p6", currency="CHF",
)  # fmt: skip

TASKS = [
    Task(uid=1, name="Phase", wbs="P-1"),
    Task(uid=2, name="Dig", parent=1, duration=2400, splits=((480, 960), (1440, 480)), type=TaskType.FIXED_WORK,
         effort_driven=True, priority=700, deadline=LATER),
    Task(uid=3, name="Pour", parent=1, duration=960, fixed_cost=120_000, fixed_cost_accrual=Accrual.END, constraint=Constraint.SNET,
         constraint_date=parse_instant("2026-03-05T08:00"), secondary=Constraint.FNLT, secondary_date=LATER,
         type=TaskType.FIXED_DURATION, levelling_delay=1440),
    Task(uid=4, name="Watch", hammock=True, start_milestone=True, calendar=2, ignore_resource_calendars=True),
    Task(uid=5, name="Dry", duration=2880, elapsed=True, splits=((60, 30),)),
    Task(uid=6, name="Begun", duration=960, percent_complete=50, actual_start=START, remaining=240,
         resume=parse_instant("2026-03-06T08:00"), actual_cost=0, physical_percent=0),
    Task(uid=7, name="Done", duration=480, percent_complete=100, actual_start=START,
         actual_finish=parse_instant("2026-03-02T17:00")),
    Task(uid=8, name="By hand", manual=True, start=START, finish=LATER),
    Task(uid=9, name="Elsewhere", external=True, start=START, finish=LATER),
    Task(uid=10, name="Dropped", active=False, duration=480),
    Task(uid=11, name="Ready", milestone=True),
]  # fmt: skip

LINKS = [
    Link(2, 3, LinkKind.FS, 50, LagKind.ELAPSED_PERCENT),
    Link(3, 4, LinkKind.SS, 25, LagKind.PERCENT),
    Link(5, 4, LinkKind.FF, -60, LagKind.ELAPSED),
    Link(3, 11, LinkKind.FS, 30),
]


def _rows(*lines: tuple[int, ...]) -> BaselineTable:
    return BaselineTable(*np.array(lines, np.int64).T)


def whole() -> Plan:
    """A plan in which every field of a project and of a task says something."""
    away = (CalendarException(date(2026, 3, 9), date(2026, 3, 10), (), "Leave"),)
    builder = PlanBuilder(
        projects=[PROJECT],
        tasks=[replace(each, project=1) for each in TASKS],
        links=LINKS,
        calendars=[
            Calendar(1, "Standard", STANDARD_WEEK),
            Calendar(2, "Mornings", (((480, 720),),) + (None,) * 6, base=1),
        ],
        resources=[
            Resource(
                1,
                "Ana",
                2,
                away,
                role="Digger",
                rate=6_000,
                skills=("Mason", "Driver"),
                rates=(RateFrom(START, 6_500), RateFrom(LATER, 7_000, 900)),
            ),
            Resource(2, "Sand", kind=ResourceKind.MATERIAL, cost_per_use=5_000, accrual=Accrual.START),
        ],
        assignments=[Assignment(2, 1, 50, 1200, 0, 130_000), Assignment(3, 2, 300, actual_cost=0)],
        baselines=[
            Baseline(
                0,
                _rows((2, START, LATER, 2400, 1200, 130_000, 60), (3, START, LATER, 960, 0, 0, 0)),
                "Agreed",
                START,
            ),
            Baseline(12, _rows((1, NO_INSTANT, NO_INSTANT, 0, 0, 0))),
        ],
    )
    plan, found = builder.build()
    assert not found, found
    return plan


def recorded(company: Company, plan: Plan) -> Recorded:
    return actions.record_plan(actor=company.alice, parent=company.program, plan=plan, name=plan.project.name)


def numbered_as(plan: Plan, made: Recorded, stored: Plan) -> Plan:
    """What is stored, with the numbers of the plan that was recorded."""
    tasks = {pk: uid for uid, pk in made.tasks.items()}
    people = {pk: uid for uid, pk in made.resources.items()}
    calendars = {each.uid: known.uid for known in plan.calendars for each in stored.calendars
                 if each.name == known.name and each.uid not in _shared(stored)}  # fmt: skip

    def calendar(pk: int | None) -> int | None:
        return None if pk is None else calendars[pk]

    builder = PlanBuilder(
        projects=[replace(stored.project, uid=plan.project.uid, calendar=calendars[stored.project.calendar])],
        tasks=[
            replace(each, uid=tasks[each.uid], parent=None if each.parent is None else tasks[each.parent],
                    project=plan.project.uid, calendar=calendar(each.calendar))
            for each in stored.each_task()
        ],
        links=[replace(each, pred=tasks[each.pred], succ=tasks[each.succ]) for each in stored.each_link()],
        calendars=[replace(each, uid=calendars[each.uid], base=calendar(each.base))
                   for each in stored.calendars if each.uid in calendars],
        resources=[replace(each, uid=people[each.uid], calendar=calendar(each.calendar))
                   for each in stored.resources if each.uid in people],
        assignments=[replace(each, task=tasks[each.task], resource=people[each.resource])
                     for each in stored.each_assignment()],
        baselines=[
            replace(each, tasks=each.tasks.with_columns(uid=np.array([tasks[uid] for uid in each.tasks.uid.tolist()])))
            for each in stored.baselines
        ],
    )  # fmt: skip
    again, found = builder.build()
    assert not found, found
    return again


def _shared(stored: Plan) -> set[int]:
    """The calendars of the workspace, which every plan of it holds: the first, founded before any project."""
    return {min(each.uid for each in stored.calendars)}


def test_every_field_of_the_plan_says_something() -> None:
    plan = whole()
    for kind, rows in ((Project, plan.projects), (Task, tuple(plan.each_task()))):
        blank: Any = Project(0, "", START, 0) if kind is Project else Task(uid=0)
        silent = {
            each.name
            for each in fields(kind)
            if all(getattr(row, each.name) == getattr(blank, each.name) for row in rows)
        }
        assert silent <= {"root", "from_finish", "start"}, "a field without a value is a field untested"


def test_the_record_keeps_every_field(company: Company) -> None:
    plan = whole()
    made = recorded(company, plan)
    stored = bridge.load_plan([made.project.pk])
    assert numbered_as(plan, made, stored) == plan


def test_a_recorded_plan_gets_the_dates_of_the_plan(company: Company) -> None:
    plan = whole()
    made = recorded(company, plan)
    stored = bridge.load_plan([made.project.pk])
    before, after = schedule(plan), schedule(stored)
    assert [made.tasks[uid] for uid in plan.tasks.uid.tolist()] == stored.tasks.uid.tolist()
    for name in ("start", "finish", "late_start", "late_finish", "total_float", "critical"):
        assert np.array_equal(getattr(before, name), getattr(after, name)), name


def test_a_project_scheduled_from_its_finish_stays_so(company: Company) -> None:
    plan = whole()
    backward = replace(plan, projects=(replace(PROJECT, from_finish=True, dialect="msproject"),))
    made = recorded(company, backward)
    assert bridge.load_plan([made.project.pk]).project.from_finish


def test_a_task_that_is_brought_back_is_interrupted_as_it_was(company: Company) -> None:
    made = recorded(company, whole())
    dig, project = made.tasks[2], made.project.pk
    actions.change_plan(actor=company.alice, project=project, changes=[SetName(dig, "Dig on")])
    before = bridge.load_plan([project])
    actions.change_plan(actor=company.alice, project=project, changes=[RemoveTask(made.tasks[1])])
    assert len(bridge.load_plan([project]).splits) == 1
    actions.undo(actor=company.alice)
    again = bridge.load_plan([project])
    assert again == before
    assert again.task(dig).splits == TASKS[1].splits

"""The builder reports every fault with its code and place, all at once, and keeps the rows that can stand."""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from tests.plans import MONDAY, STANDARD, build
from triptych.plan import (
    STANDARD_WEEK,
    Accrual,
    Assignment,
    Calendar,
    CalendarException,
    Constraint,
    Diagnostic,
    Instant,
    Link,
    LinkKind,
    Plan,
    PlanBuilder,
    PlanError,
    Project,
    RateFrom,
    Resource,
    Severity,
    Task,
    worst,
)
from triptych.plan.amounts import MOST_MONEY
from triptych.plan.builder import MAX_DURATION, rebuild

BACKWARDS = CalendarException(date(2026, 3, 5), date(2026, 3, 4))


@dataclass
class Rows:
    """A plan's rows; by default one project, one calendar, and tasks 1 and 2."""

    projects: list[Project] = field(default_factory=lambda: [Project(1, "Example", MONDAY, 1)])
    tasks: list[Task] = field(
        default_factory=lambda: [Task(uid=1, name="A", project=1), Task(uid=2, name="B", project=1)]
    )
    links: list[Link] = field(default_factory=list)
    calendars: list[Calendar] = field(default_factory=lambda: [STANDARD])
    resources: list[Resource] = field(default_factory=lambda: [Resource(1, "Ana")])
    assignments: list[Assignment] = field(default_factory=list)

    def build(self) -> tuple[Plan, list[Diagnostic]]:
        return PlanBuilder(**{name: getattr(self, name) for name in self.__dataclass_fields__}).build()


def task(**values: object) -> Task:
    return replace(Task(uid=1, name="A", project=1), **values)  # type: ignore[arg-type]


ONE, TWO = Task(uid=1, name="A", project=1), Task(uid=2, name="B", project=1)
ERROR, WARNING = Severity.ERROR, Severity.WARNING
FAULTS = {
    "calendar.duplicate": (ERROR, "calendar 1", Rows(calendars=[STANDARD, replace(STANDARD, name="Again")])),
    "calendar.unknown-base": (WARNING, "calendar 2", Rows(calendars=[STANDARD, Calendar(2, "Odd", base=9)])),
    "calendar.bad-shifts": (
        ERROR, "calendar 2", Rows(calendars=[STANDARD, Calendar(2, "Odd", (((600, 500),), *STANDARD_WEEK[1:]))]),
    ),
    "calendar.bad-exception": (
        ERROR, "calendar 2", Rows(calendars=[STANDARD, Calendar(2, "Odd", STANDARD_WEEK, (BACKWARDS,))]),
    ),
    "project.unknown-calendar": (ERROR, "project 1", Rows(projects=[Project(1, "Example", MONDAY, 7)])),
    "resource.duplicate": (ERROR, "resource 1", Rows(resources=[Resource(1, "Ana"), Resource(1, "Bo")])),
    "resource.unknown-calendar": (WARNING, "resource 1", Rows(resources=[Resource(1, "Ana", 7)])),
    "task.duplicate": (ERROR, "task 1", Rows(tasks=[ONE, TWO, replace(TWO, uid=1)])),
    "task.unknown-calendar": (WARNING, "task 1 (A)", Rows(tasks=[task(calendar=7)])),
    "task.bad-duration": (ERROR, "task 1 (A)", Rows(tasks=[task(duration=-1)])),
    "task.bad-progress": (ERROR, "task 1 (A)", Rows(tasks=[task(percent_complete=101)])),
    "task.constraint-without-date": (WARNING, "task 1 (A)", Rows(tasks=[task(constraint=Constraint.MSO)])),
    "task.bad-actuals": (
        WARNING, "task 1 (A)", Rows(tasks=[task(actual_start=MONDAY, actual_finish=Instant(MONDAY - 1))]),
    ),
    "task.bad-dates": (
        WARNING, "task 1 (A)", Rows(tasks=[task(manual=True, start=MONDAY, finish=Instant(MONDAY - 1))]),
    ),
    "task.bad-parent": (ERROR, "task 1 (A)", Rows(tasks=[task(parent=9)])),
    "link.dangling": (ERROR, "link 1 → 9", Rows(links=[Link(1, 9)])),
    "link.self": (ERROR, "link 1 → 1", Rows(links=[Link(1, 1)])),
    "link.own-summary": (ERROR, "link 1 → 2", Rows(tasks=[ONE, replace(TWO, parent=1)], links=[Link(1, 2)])),
    "link.duplicate": (WARNING, "link 1 → 2", Rows(links=[Link(1, 2), Link(1, 2, lag=60)])),
    "assignment.dangling": (WARNING, "task 1", Rows(assignments=[Assignment(1, 9)])),
    "task.bad-fixed-cost": (WARNING, "task 1 (A)", Rows(tasks=[task(fixed_cost=-1)])),
    "task.bad-actual-cost": (WARNING, "task 1 (A)", Rows(tasks=[task(actual_cost=MOST_MONEY + 1)])),
    "task.bad-physical-percent": (WARNING, "task 1 (A)", Rows(tasks=[task(physical_percent=101)])),
    "resource.bad-rate": (WARNING, "resource 1", Rows(resources=[Resource(1, "Ana", rate=-1)])),
    "resource.bad-cost-per-use": (WARNING, "resource 1", Rows(resources=[Resource(1, "Ana", cost_per_use=-1)])),
    "resource.bad-rates": (WARNING, "resource 1", Rows(resources=[Resource(1, "Ana", rates=(RateFrom(MONDAY, -1),))])),
    "assignment.bad-actual-work": (WARNING, "task 1", Rows(assignments=[Assignment(1, 1, actual_work=-1)])),
    "assignment.bad-cost": (WARNING, "task 1", Rows(assignments=[Assignment(1, 1, cost=-1)])),
    "assignment.bad-actual-cost": (WARNING, "task 1", Rows(assignments=[Assignment(1, 1, actual_cost=-1)])),
}  # fmt: skip


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_is_reported_with_its_code_and_place(code: str) -> None:
    severity, place, rows = FAULTS[code]
    _, found = rows.build()
    assert [(each.code, each.severity, each.place) for each in found] == [(code, severity, place)]
    assert found[0].message.endswith(".")


def test_rows_without_faults_are_kept_as_they_are() -> None:
    plan, found = Rows(links=[Link(1, 2)], assignments=[Assignment(2, 1, 50, 240)]).build()
    assert found == []
    assert list(plan.each_task()) == [ONE, TWO]
    assert list(plan.each_link()) == [Link(1, 2)]
    assert list(plan.each_assignment()) == [Assignment(2, 1, 50, 240)]
    assert plan.resources == (Resource(1, "Ana"),)


def test_every_column_comes_back_as_the_row_it_was() -> None:
    full = Task(
        uid=7, name="Full", project=1, wbs="1.1", milestone=True, duration=90, elapsed=True,
        constraint=Constraint.FNLT, constraint_date=MONDAY, deadline=MONDAY, calendar=1,
        ignore_resource_calendars=True, manual=True, active=False, external=True, start=MONDAY, finish=MONDAY,
        priority=900, levelling_delay=30, percent_complete=40, actual_start=MONDAY, actual_finish=MONDAY,
        remaining=10, resume=MONDAY, fixed_cost=120_000, fixed_cost_accrual=Accrual.END, actual_cost=0,
        physical_percent=0,
    )  # fmt: skip
    someone = Assignment(7, 1, 50, 240, actual_work=60, cost=10_000, actual_cost=2_500)
    plan, found = Rows(tasks=[full], assignments=[someone]).build()
    assert found == []
    assert plan.task(7) == full
    assert list(plan.each_assignment()) == [someone]


def test_rates_come_in_order_and_none_where_two_begin_at_once() -> None:
    first, then = RateFrom(MONDAY, 100, 5), RateFrom(Instant(MONDAY + 1440), 200)
    plan, found = Rows(resources=[Resource(1, "Ana", rates=(then, first))]).build()
    assert (plan.resources, found) == ((Resource(1, "Ana", rates=(first, then)),), [])
    plan, found = Rows(resources=[Resource(1, "Ana", rates=(first, replace(then, first=MONDAY)))]).build()
    assert [each.code for each in found] == ["resource.bad-rates"]
    assert plan.resources == (Resource(1, "Ana"),)


def test_amounts_that_cannot_stand_are_read_as_not_stated() -> None:
    rows = Rows(
        tasks=[task(fixed_cost=-1, actual_cost=-1, physical_percent=200)],
        resources=[Resource(1, "Ana", rate=-1, cost_per_use=MOST_MONEY + 1)],
        assignments=[Assignment(1, 1, actual_work=-1, cost=-1, actual_cost=MOST_MONEY + 1)],
    )
    plan, found = rows.build()
    assert len(found) == 8
    assert list(plan.each_task()) == [ONE]
    assert plan.resources == (Resource(1, "Ana"),)
    assert list(plan.each_assignment()) == [Assignment(1, 1)]


def test_all_faults_are_reported_at_once_and_the_rest_stands() -> None:
    tasks = [task(duration=-5, parent=9, calendar=8), TWO, task(name="Again")]
    rows = Rows(tasks=tasks, links=[Link(1, 2), Link(2, 2), Link(3, 1)], assignments=[Assignment(5, 5)])
    plan, found = rows.build()
    assert [each.code for each in found] == [
        "task.duplicate", "task.unknown-calendar", "task.bad-duration", "task.bad-parent", "link.self",
        "link.dangling", "assignment.dangling",
    ]  # fmt: skip
    assert worst(found) is Severity.ERROR
    kept = plan.task(1)
    assert (kept.duration, kept.parent, kept.calendar) == (0, None, None)
    assert list(plan.each_link()) == [Link(1, 2)]


@pytest.mark.parametrize("minutes", [0, 1, MAX_DURATION])
def test_durations_up_to_a_century_stand(minutes: int) -> None:
    assert Rows(tasks=[task(duration=minutes)]).build()[1] == []


def test_a_duration_over_a_century_does_not() -> None:
    _, found = Rows(tasks=[task(duration=MAX_DURATION + 1)]).build()
    assert found[0].data == {"duration": MAX_DURATION + 1}


def test_progress_out_of_bounds_is_cut() -> None:
    plan, found = Rows(tasks=[task(percent_complete=-3), replace(TWO, percent_complete=300)]).build()
    assert plan.tasks.percent_complete.tolist() == [0, 100]
    assert len(found) == 2


def test_tasks_above_themselves_become_roots() -> None:
    plan, found = Rows(tasks=[task(parent=2), replace(TWO, parent=1), Task(uid=3, project=1)]).build()
    assert [each.code for each in found] == ["task.bad-parent"] * 2
    assert plan.tasks.parent.tolist() == [-1, -1, -1]


def test_parents_stand_before_their_children_whatever_the_order_given() -> None:
    rows = [replace(TWO, uid=3, parent=2), replace(TWO, parent=1), ONE, replace(ONE, uid=4, parent=2)]
    plan, found = Rows(tasks=rows).build()
    assert found == []
    assert plan.tasks.uid.tolist() == [1, 2, 3, 4]
    assert plan.level.tolist() == [0, 1, 2, 2]
    assert plan.is_summary.tolist() == [True, True, False, False]


def test_a_link_of_another_kind_is_another_link() -> None:
    plan, found = Rows(links=[Link(1, 2, LinkKind.SS), Link(1, 2, LinkKind.FF), Link(1, 2)]).build()
    assert found == []
    assert [each.kind.name for each in plan.each_link()] == ["FS", "SS", "FF"]


def test_the_caller_says_where_a_row_stands() -> None:
    builder = PlanBuilder(
        projects=[Project(1, "Example", MONDAY, 1)], tasks=[task(duration=-1)], calendars=[STANDARD],
        links=[Link(1, 5)], place=lambda word, row: f"{word} on line {getattr(row, 'uid', 40)}",
    )  # fmt: skip
    assert [each.place for each in builder.build()[1]] == ["task on line 1", "link on line 40"]


def test_a_plan_without_a_project_or_a_calendar_is_the_programmer_s_fault() -> None:
    with pytest.raises(ValueError, match="project"):
        Rows(projects=[]).build()
    with pytest.raises(ValueError, match="calendar"):
        Rows(calendars=[]).build()


def test_rebuilding_refuses_rows_that_cannot_stand() -> None:
    with pytest.raises(PlanError, match=r"link\.dangling"):
        rebuild(build([ONE, TWO]), links=[Link(1, 9)])


def test_a_diagnostic_is_told_as_json_and_as_an_exception() -> None:
    _, found = Rows(links=[Link(1, 1)]).build()
    assert found[0].as_json() == {
        "code": "link.self",
        "severity": "error",
        "message": "A task cannot depend on itself. Remove the link.",
        "place": "link 1 → 1",
    }
    assert str(PlanError(found)) == "link.self: A task cannot depend on itself. Remove the link."
    assert worst([]) is Severity.NOTE

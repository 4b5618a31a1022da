"""What Microsoft Project XML says, and that the plan says the same; faults all at once, with their lines."""

from pathlib import Path

import pytest

from tests.formats.mspdi import link, project, task
from triptych.engine import agreement, schedule
from triptych.formats import ReadReport, Unmapped, read_plan
from triptych.plan import Constraint, LagKind, Link, LinkKind, Plan, ResourceKind, Task, spell_instant

DATA = Path(__file__).parents[1] / "data"


def plan_of(text: str) -> Plan:
    report = read_plan(text.encode())
    assert report.diagnostics == ()
    assert report.plan is not None
    return report.plan


def only_task(more: str, duration: str = "PT8H0M0S") -> Task:
    return plan_of(project(task(1, duration, more))).task(1)


@pytest.fixture(scope="module")
def boathouse() -> ReadReport:
    return read_plan((DATA / "boathouse.xml").read_bytes(), name="boathouse.xml")


def test_a_whole_plan_is_read_without_a_word(boathouse: ReadReport) -> None:
    assert boathouse.diagnostics == ()
    assert boathouse.accepted
    assert boathouse.format == "Microsoft Project XML"
    assert boathouse.application == "Microsoft Project (file version 14)"
    assert boathouse.plan is not None
    project = boathouse.plan.project
    assert (project.name, project.dialect, project.root) == ("Boathouse", "msproject", 0)
    assert spell_instant(project.start) == "2026-03-02T08:00"


def test_the_outline_follows_the_levels(boathouse: ReadReport) -> None:
    plan = boathouse.plan
    assert plan is not None
    assert plan.tasks.wbs == ("0", "1", "1.1", "1.2", "2", "3", "4", "5")
    assert plan.level.tolist() == [0, 1, 2, 2, 1, 1, 1, 1]
    assert [plan.tasks.name[row] for row in range(8) if plan.is_summary[row]] == ["Boathouse", "Ground"]
    assert [plan.tasks.name[row] for row in range(8) if plan.tasks.milestone[row]] == ["Open"]


def test_links_people_and_calendars_are_read(boathouse: ReadReport) -> None:
    plan = boathouse.plan
    assert plan is not None
    assert set(plan.each_link()) == {
        Link(2, 3), Link(3, 4, lag=480), Link(4, 5), Link(5, 7),
        Link(6, 7, lag=2880, lag_kind=LagKind.ELAPSED),
    }  # fmt: skip
    ida, timber = plan.resources
    assert (ida.name, ida.email, ida.calendar, ida.units) == ("Ida", "ida@example.org", 3, 100)
    assert timber.kind is ResourceKind.MATERIAL
    assert [(each.task, each.resource, each.work) for each in plan.each_assignment()] == [
        (3, 1, 960),
        (4, 2, None),
    ]
    assert [each.base for each in plan.calendars] == [None, None, 1]
    assert [each.name for each in plan.calendars[0].exceptions] == ["Easter"]


def test_the_saved_dates_are_ours(boathouse: ReadReport) -> None:
    assert boathouse.plan is not None
    found = agreement(schedule(boathouse.plan), boathouse.saved)
    assert found.equal == found.compared == {"start": 8, "finish": 8}


def test_what_the_plan_has_no_place_for_is_counted(boathouse: ReadReport) -> None:
    assert boathouse.unmapped == (Unmapped("Notes", 1, "notes are not imported yet"),)


def test_a_field_no_one_knows_is_counted_and_an_empty_one_is_not() -> None:
    more = "<FlyingCarpet>3</FlyingCarpet><MagicLamp>0</MagicLamp><ExtendedAttribute><FieldID>1</FieldID></ExtendedAttribute>"
    report = read_plan(project(task(1, more=more) + task(2, more=more)).encode())
    assert [(each.what, each.count) for each in report.unmapped] == [
        ("Task: FlyingCarpet", 2),
        ("Custom fields", 2),
    ]


def test_all_faults_are_reported_at_once_with_their_lines() -> None:
    report = read_plan((DATA / "faults.xml").read_bytes(), name="faults.xml")
    assert [(each.code, each.severity.word, each.place) for each in report.diagnostics] == [
        ("mspdi.bad-value", "warning", "line 54, Task UID 4"),
        ("mspdi.bad-value", "warning", "line 54, Task UID 4"),
        ("calendar.bad-shifts", "error", "line 24, Calendar UID 2"),
        ("task.duplicate", "error", "line 49, Task UID 3"),
        ("task.bad-duration", "error", "line 32, Task UID 1"),
        ("task.unknown-calendar", "warning", "line 54, Task UID 4"),
        ("task.bad-progress", "error", "line 54, Task UID 4"),
        ("link.self", "error", "line 41, PredecessorLink of Task UID 2"),
        ("link.dangling", "error", "line 47, PredecessorLink of Task UID 3"),
    ]
    assert report.plan is not None
    assert not report.accepted


def test_a_circle_is_read_and_reported_by_the_schedule() -> None:
    report = read_plan((DATA / "circle.xml").read_bytes())
    assert report.accepted
    assert report.plan is not None
    assert len(report.plan.links) == 4
    (found,) = schedule(report.plan).diagnostics
    assert (found.code, found.data["tasks"]) == ("link.cycle", [1, 2, 3])


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("PT0H0M0S", 0),
        ("PT8H", 480),
        ("PT1H30M0S", 90),
        ("P1DT1H", 1500),
        ("PT0H0M30S", 0),  # rounded to even, as everywhere
        ("PT0H0M31S", 1),
        ("PT0H0M29.99S", 0),
        ("PT24000H0M0S", 1_440_000),
        ("", 0),
    ],
)
def test_durations_are_minutes(text: str, minutes: int) -> None:
    assert only_task("", text).duration == minutes


@pytest.mark.parametrize(
    ("code", "elapsed"), [(7, False), (5, False), (39, False), (8, True), (6, True), (40, True), (10, True)]
)
def test_elapsed_durations_are_known_by_their_format(code: int, elapsed: bool) -> None:
    assert only_task(f"<DurationFormat>{code}</DurationFormat>").elapsed is elapsed


@pytest.mark.parametrize(
    ("code", "kind"), list(enumerate(["ASAP", "ALAP", "MSO", "MFO", "SNET", "SNLT", "FNET", "FNLT"]))
)
def test_constraints(code: int, kind: str) -> None:
    found = only_task(
        f"<ConstraintType>{code}</ConstraintType><ConstraintDate>2026-03-04T08:00:00</ConstraintDate>"
    )
    assert found.constraint is Constraint[kind]
    assert (found.constraint_date is None) == (code < 2)


@pytest.mark.parametrize(("code", "kind"), list(enumerate(["FF", "FS", "SF", "SS"])))
def test_link_kinds(code: int, kind: str) -> None:
    plan = plan_of(project(task(1) + task(2, more=link(1, kind=code))))
    assert plan.link_at(0).kind is LinkKind[kind]


@pytest.mark.parametrize(
    ("lag", "code", "minutes", "kind"),
    [
        (4800, 7, 480, "WORKING"),
        (-4800, 7, -480, "WORKING"),
        (-15, 7, -1, "WORKING"),
        (14400, 8, 1440, "ELAPSED"),
        (14400, 40, 1440, "ELAPSED"),
        (50, 19, 50, "PERCENT"),
        (50, 51, 50, "PERCENT"),
        (-50, 20, -50, "ELAPSED_PERCENT"),
        (25, 52, 25, "ELAPSED_PERCENT"),
    ],
)
def test_lags_are_tenths_of_a_minute_or_percent(lag: int, code: int, minutes: int, kind: str) -> None:
    found = plan_of(project(task(1) + task(2, more=link(1, lag=lag, lag_format=code)))).link_at(0)
    assert (found.lag, found.lag_kind.name) == (minutes, kind)


def test_a_lead_overlaps() -> None:
    plan = plan_of(project(task(1, "PT16H0M0S") + task(2, more=link(1, lag=-4800))))
    assert spell_instant(int(schedule(plan).start[1])) == "2026-03-03T08:00"


def test_progress_and_typed_dates() -> None:
    done = only_task(
        "<PercentComplete>100</PercentComplete><ActualStart>2026-03-03T08:00:00</ActualStart>"
        "<ActualFinish>2026-03-03T17:00:00</ActualFinish><RemainingDuration>PT0H0M0S</RemainingDuration>"
    )
    assert (done.percent_complete, done.remaining) == (100, 0)
    assert spell_instant(done.actual_finish or 0) == "2026-03-03T17:00"
    typed = only_task(
        "<Manual>1</Manual><ManualStart>2026-03-05T08:00:00</ManualStart><Finish>2026-03-06T17:00:00</Finish>"
        "<ManualDuration>PT16H0M0S</ManualDuration>"
    )
    assert (typed.manual, typed.duration) == (True, 960)
    assert (spell_instant(typed.start or 0), spell_instant(typed.finish or 0)) == (
        "2026-03-05T08:00",
        "2026-03-06T17:00",
    )


def test_other_fields_of_a_task() -> None:
    found = only_task(
        "<Active>0</Active><Priority>700</Priority><LevelingDelay>4800</LevelingDelay><Milestone>1</Milestone>"
        "<IgnoreResourceCalendar>1</IgnoreResourceCalendar><CalendarUID>1</CalendarUID>"
        "<Deadline>2026-04-01T17:00:00</Deadline><OutlineNumber>7.1</OutlineNumber>"
    )
    assert (found.active, found.priority, found.levelling_delay, found.milestone) == (False, 700, 480, True)
    assert (found.ignore_resource_calendars, found.calendar, found.wbs) == (True, 1, "7.1")
    assert spell_instant(found.deadline or 0) == "2026-04-01T17:00"


def test_rows_that_stand_for_nothing_are_left_out() -> None:
    text = project(
        "<Task><UID>5</UID><IsNull>1</IsNull></Task>" + task(1), resources="<Resource><UID>0</UID></Resource>"
    )
    plan = plan_of(text)
    assert (plan.tasks.uid.tolist(), plan.resources) == ([1], ())


def test_what_has_no_name_gets_its_number() -> None:
    text = project(
        task(1).replace("<Name>Task 1</Name>", ""),
        resources="<Resource><UID>4</UID><Type>1</Type></Resource>",
    )
    plan = plan_of(text)
    assert (plan.task(1).name, plan.resources[0].name) == ("Task 1", "Resource 4")


def test_the_project_s_settings() -> None:
    head = (
        "<Title>Named</Title><StatusDate>2026-03-04T17:00:00</StatusDate><MinutesPerDay>450</MinutesPerDay>"
        "<MinutesPerWeek>2250</MinutesPerWeek><DaysPerMonth>21</DaysPerMonth><HonorConstraints>0</HonorConstraints>"
        "<CriticalSlackLimit>2</CriticalSlackLimit>"
    )
    found = plan_of(project(task(1), head=head)).project
    assert (found.name, found.minutes_per_day, found.minutes_per_week, found.days_per_month) == (
        "Named",
        450,
        2250,
        21,
    )
    assert (found.honour_constraints, found.critical_limit) == (False, 900)
    assert spell_instant(found.status_date or 0) == "2026-03-04T17:00"


def test_the_start_is_that_of_the_first_task_where_the_project_states_none() -> None:
    text = project(
        task(1, more="<Start>2026-05-05T08:00:00</Start>")
        + task(2, more="<Start>2026-05-04T08:00:00</Start>")
    )
    plan = plan_of(text.replace("<StartDate>2026-03-02T08:00:00</StartDate>", ""))
    assert spell_instant(plan.project.start) == "2026-05-04T08:00"


@pytest.mark.parametrize(
    ("text", "code", "severity"),
    [
        (project(task(1), head="<ScheduleFromStart>0</ScheduleFromStart>"), "project.no-finish", "warning"),
        (project(task(1, more="<Type>7</Type>")), "mspdi.bad-value", "warning"),
        (project(task(1)).replace("<CalendarUID>1", "<CalendarUID>8"), "project.standard-calendar", "note"),
        (project(), "plan.no-tasks", "warning"),
        (project(task(1, more="<ConstraintType>9</ConstraintType>")), "mspdi.bad-value", "warning"),
        (project(task(1) + task(2, more=link(1, kind=8))), "mspdi.bad-value", "warning"),
        (project(task(1, more=link(9))), "link.dangling", "error"),
        (project(task(1, more=link(1))), "link.self", "error"),
        (project(task(1) + task(1)), "task.duplicate", "error"),
        (project(task(1) + task(2, more=link(1) + link(1, lag=10))), "link.duplicate", "warning"),
    ],
)
def test_one_oddity_is_one_diagnostic(text: str, code: str, severity: str) -> None:
    assert [(each.code, each.severity.word) for each in read_plan(text.encode()).diagnostics] == [
        (code, severity)
    ]

"""Files that are well-formed and far out: odd dates, codes, numbers and sizes. Never an exception, never a hang."""

import pytest

from tests.formats.mspdi import (
    assignment,
    calendar,
    exception,
    link,
    period,
    project,
    resource,
    task,
    week_day,
    work_week,
)
from triptych.engine import explain, schedule
from triptych.formats import ReadReport, read_plan
from triptych.plan import Plan, spell_instant

AGES = ("1900-01-01", "2200-12-31")


def read(text: str) -> ReadReport:
    report = read_plan(text.encode())
    assert report.plan is not None
    assert len(report.plan) > 0
    return report


def codes(report: ReadReport) -> set[str]:
    return {each.code for each in report.diagnostics}


def dated(report: ReadReport) -> Plan:
    """The plan, after it was scheduled and explained."""
    assert report.plan is not None
    result = schedule(report.plan)
    assert explain(result, int(report.plan.tasks.uid[0])).sentence
    return report.plan


@pytest.mark.parametrize("field", ["StartDate", "StatusDate", "FinishDate"])
@pytest.mark.parametrize("year", [1900, 1950, 1969, 1984, 2049, 2150, 2200])
def test_projects_of_any_year(field: str, year: int) -> None:
    start = project(task(1) + task(2, more=link(1))).replace("2026-03-02", f"{year}-03-02")
    text = start.replace("<CalendarUID>1", f"<{field}>{year}-06-02T08:00:00</{field}><CalendarUID>1")
    report = read(text)
    assert codes(report) == set()
    assert (spell_instant(dated(report).project.start) or "").startswith(f"{year}-03-02")


@pytest.mark.parametrize(
    "field", ["ConstraintDate", "Deadline", "ActualStart", "Resume", "ManualStart", "Start", "Finish"]
)
@pytest.mark.parametrize(
    "date", ["1950-06-01T08:00:00", "1984-01-01T00:00:00", "2049-12-31T23:59:00", "2150-06-01T08:00:00"]
)
@pytest.mark.parametrize("constraint", [0, 2, 4, 7])
def test_tasks_of_any_year(field: str, date: str, constraint: int) -> None:
    more = f"<Manual>{int(field == 'ManualStart')}</Manual><ConstraintType>{constraint}</ConstraintType>"
    dated(read(project(task(1, more=f"{more}<{field}>{date}</{field}>") + task(2, more=link(1)))))


def test_a_project_from_its_finish_keeps_the_finish_and_the_start() -> None:
    head = "<ScheduleFromStart>0</ScheduleFromStart><FinishDate>2026-04-30T17:00:00</FinishDate>"
    report = read(project(task(1), head=head))
    found = dated(report).project
    assert (found.from_finish, spell_instant(found.finish or 0)) == (True, "2026-04-30T17:00")
    assert (codes(report), spell_instant(found.start)) == (set(), "2026-03-02T08:00")
    late = read(
        project(task(1, more="<Finish>2026-05-05T17:00:00</Finish>"), head=head.replace("FinishDate", "None"))
    )
    assert late.plan is not None
    assert spell_instant(late.plan.project.finish or 0) == "2026-05-05T17:00"
    usual = read(project(task(1), head=head.replace(">0<", ">1<"))).plan
    assert usual is not None
    assert (usual.project.from_finish, usual.project.finish) == (False, None)


def test_several_critical_paths_are_an_option_of_the_project() -> None:
    plan = read(project(task(1), head="<MultipleCriticalPaths>1</MultipleCriticalPaths>")).plan
    assert plan is not None
    assert plan.project.open_ends_critical


CODES = {
    "ConstraintType": project(task(1, more="<ConstraintType>{}</ConstraintType>")),
    "Type of a task": project(task(1, more="<Type>{}</Type>")),
    "Type of a link": project(task(1) + task(2, more=link(1).replace("<Type>1", "<Type>{}"))),
    "Type of a resource": project(task(1), resources=resource(1, more="<Type>{}</Type>")),
    "DefaultTaskType": project(task(1), head="<DefaultTaskType>{}</DefaultTaskType>"),
    "LagFormat": project(task(1) + task(2, more=link(1).replace("<LagFormat>7", "<LagFormat>{}"))),
    "DurationFormat": project(task(1, more="<DurationFormat>{}</DurationFormat>")),
    "WorkContour": project(task(1), assignments=assignment(1, more="<WorkContour>{}</WorkContour>")),
    "Type of an exception": project(task(1), calendars=calendar(2, exceptions=exception("<Type>{}</Type>"))),
    "Units": project(task(1, "PT16H"), assignments=assignment(1, more="<Units>{}</Units>" + period("02T08:00", "02T17:00", 4)
                     + period("04T08:00", "04T17:00", 4))),
    "RemainingDuration": project(task(1, more="<ActualStart>2026-03-02T08:00:00</ActualStart><RemainingDuration>PT{}H</RemainingDuration>")),
    "Value": project(task(1), assignments=assignment(1, more=period("02T08:00", "03T08:00", 1).replace("PT60M0S", "PT{}M"))),
    "OutlineLevel": project(task(1) + task(2).replace("Level>1", "Level>{}") + task(3)),
}  # fmt: skip
NUMBERS = ["-1", "99", "1e400", "-1e400", "NaN", "7.5", "", "one", "9" * 400, "-9223372036854775808"]


@pytest.mark.parametrize("field", CODES)
@pytest.mark.parametrize("number", NUMBERS)
def test_no_code_or_number_stops_the_reader_the_schedule_or_the_explanation(field: str, number: str) -> None:
    report = read(CODES[field].replace("{}", number))
    assert codes(report) <= {"mspdi.bad-value", "task.bad-duration", "task.unplaced-splits"}
    dated(report)


@pytest.mark.parametrize(
    "field", ["ConstraintType", "Type of a task", "Type of a link", "Type of a resource", "DefaultTaskType"]
)
def test_an_unknown_code_is_reported_once_with_its_line(field: str) -> None:
    (found,) = read(CODES[field].replace("{}", "99")).diagnostics
    assert (found.code, found.place[:5]) == ("mspdi.bad-value", "line ")
    assert "99 does not exist" in found.message


@pytest.mark.parametrize(
    "duration", ["-PT8H0M0S", "-P1D", "PT87840000H0M0S", "PT-8H", "P1Y", "PT8H0M0S ", "pt8h"]
)
def test_durations_that_cannot_be(duration: str) -> None:
    report = read(project(task(1, duration) + task(2, more=link(1))))
    assert codes(report) <= {"mspdi.bad-value", "task.bad-duration"}
    assert len(dated(report)) == 2


def test_numbers_given_twice_are_errors_and_the_first_row_stands() -> None:
    text = project(
        task(1) + task(1, "PT16H0M0S", link(1)),
        calendars=calendar(2) + calendar(2),
        resources=resource(1) + resource(1, "Bo"),
        assignments=assignment(1, 1) + assignment(1, 1),
    )
    report = read(text)
    assert codes(report) == {
        "task.duplicate",
        "calendar.duplicate",
        "resource.duplicate",
        "link.self",
        "assignment.dangling",
    }
    plan = dated(report)
    assert (plan.task(1).duration, plan.resources[0].name) == (480, "Ana")


def test_dangling_rows_are_reported_and_left_out() -> None:
    text = project(
        task(1, more=f"{link(9)}<CalendarUID>9</CalendarUID>"),
        calendars=calendar(2, base=9),
        resources=resource(1, more="<CalendarUID>9</CalendarUID>"),
        assignments=assignment(9, 1) + assignment(1, 9),
    )
    report = read(text)
    assert codes(report) == {
        "link.dangling", "task.unknown-calendar", "calendar.unknown-base", "resource.unknown-calendar", "assignment.dangling",
    }  # fmt: skip
    dated(report)


def test_a_calendar_without_working_time_is_dated_round_the_clock() -> None:
    never = calendar(2, week=week_day(2))
    report = read(project(task(1, more="<CalendarUID>2</CalendarUID>"), calendars=never))
    assert codes(report) == set()
    assert report.plan is not None
    assert [each.code for each in schedule(report.plan).diagnostics] == ["calendar.no-working-time"]


def test_splits_on_a_calendar_without_working_time_do_no_harm() -> None:
    spread = period("02T08:00", "02T17:00", 8) + period("04T08:00", "04T17:00", 8)
    text = project(
        task(1, "PT16H", "<CalendarUID>2</CalendarUID>"), calendars=calendar(2, week=week_day(2)),
        assignments=assignment(1, more=spread),
    )  # fmt: skip
    plan = read(text).plan
    assert plan is not None
    assert plan.task(1).splits == ()


def test_a_hundred_thousand_exceptions_are_read() -> None:
    days = [(f"{1900 + at % 300}-{1 + at % 12:02}-{1 + at % 28:02}",) * 2 for at in range(100_000)]
    many = "".join(exception("<Type>1</Type>", span=day) for day in days)
    report = read(
        project(task(1, more="<CalendarUID>2</CalendarUID>"), calendars=calendar(2, exceptions=many))
    )
    assert codes(report) == set()
    assert len(dated(report).calendars[1].exceptions) == 100_000


@pytest.mark.parametrize(
    "more",
    [
        "<Type>1</Type><Period>2</Period>",
        "<Type>6</Type><DaysOfWeek>0</DaysOfWeek>",
        "<Type>4</Type><MonthDay>99</MonthDay>",
        "<Type>3</Type><Month>-1</Month>",
    ],
)
def test_thousands_of_exceptions_that_recur_for_ages_are_cut_with_one_warning(more: str) -> None:
    text = project(task(1), calendars=calendar(2, exceptions=exception(more, span=AGES) * 2000))
    report = read(text)
    assert [each.code for each in report.diagnostics] == ["calendar.too-many-exceptions"]
    assert report.accepted


def test_work_weeks_of_ages_are_cut_with_one_warning() -> None:
    weeks = work_week("".join(week_day(day, "08:00-12:00") for day in (2, 4, 6)), AGES)
    text = project(task(1), calendars="".join(calendar(uid, weeks=weeks) for uid in range(2, 12)))
    assert [each.code for each in read(text).diagnostics] == ["calendar.too-many-exceptions"]


def test_exceptions_that_many_calendars_inherit_are_cut_to_those_near_the_project() -> None:
    base = calendar(2, exceptions=exception("<Type>1</Type><Period>2</Period>", span=AGES))
    heirs = "".join(calendar(uid, base=2, week="") for uid in range(3, 203))
    report = read(project(task(1, more="<CalendarUID>99</CalendarUID>"), calendars=base + heirs))
    assert [each.code for each in report.diagnostics] == ["calendar.too-many-exceptions"]
    kept = dated(report).calendars[1].exceptions
    assert {each.first.year for each in kept} >= {2000, 2026, 2050}
    assert len(kept) < 10_000


def test_the_depth_of_a_field_does_not_matter() -> None:
    nested = "<Lamp>" * 200 + "</Lamp>" * 200
    assert codes(read(project(task(1, more=nested)))) == set()


@pytest.mark.parametrize(
    "namespace",
    ["", ' xmlns="http://schemas.microsoft.com/project/2010"', ' xmlns="urn:other" xmlns:a="urn:a"'],
)
def test_the_names_count_whatever_their_namespace(namespace: str) -> None:
    text = project(task(1) + task(2, more=link(1))).replace(
        ' xmlns="http://schemas.microsoft.com/project"', namespace
    )
    assert len(dated(read(text)).links) == 1


def test_a_prefix_is_read_too() -> None:
    text = project(task(1)).replace("<", "<p:").replace("<p:/", "</p:").replace("<p:?", "<?")
    report = read(text.replace("xmlns=", "xmlns:p="))
    assert (codes(report), len(dated(report))) == (set(), 1)

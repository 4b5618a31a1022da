"""Calendars of Primavera P6: weeks, exceptions, and what else stands in their brackets."""

from datetime import date
from typing import Any

import pytest

from tests.formats.xer import SHIFTS, Record, calendar, codes, file, hours, project, task
from triptych.engine import schedule
from triptych.formats import ReadReport, read_plan
from triptych.plan import STANDARD_DAY, STANDARD_WEEK, Calendar, CalendarException, parse_instant
from triptych.plan.model import ROUND_THE_CLOCK_WEEK, Shifts


def read(*calendars: Record, **fields: Any) -> ReadReport:
    """A file with calendar 1 as it is, and others."""
    rows = [calendar(**fields), *(calendar(2 + at, **each) for at, each in enumerate(calendars))]
    return read_plan(file([task(1)], calendars=rows).encode())


def first(report: ReadReport) -> Calendar:
    assert report.plan is not None
    return report.plan.calendars[0]


def test_the_week_starts_on_sunday_there_and_on_monday_here() -> None:
    report = read()
    assert report.diagnostics == ()
    assert first(report) == Calendar(1, "Calendar 1", STANDARD_WEEK)


@pytest.mark.parametrize(
    ("shifts", "expected"),
    [
        (SHIFTS, STANDARD_DAY),
        ("(0||0(f|12:00|s|08:00)())(0||1(f|17:00|s|13:00)())", STANDARD_DAY),
        ("(0||0(s|13:00|f|17:00)())(0||1(s|8:00|f|12:00)())", STANDARD_DAY),
        ("(0||0(s|08:00 AM|f|12:00 PM)())(0||1(s|1:00 PM|f|05:00 pm)())", STANDARD_DAY),
        ("\x7f\x7f  (0||0(s|08:00|f|12:00)())\x7f\x7f  (0||1(s|13:00|f|17:00)())", STANDARD_DAY),
        ("(0||0(s|00:00|f|00:00)())", ((0, 1440),)),
        ("(0||0(s|00:00|f|24:00)())", ((0, 1440),)),
        ("(0||0(s|16:00|f|0:00)())", ((960, 1440),)),
        ("(0||0(s|12:00 AM|f|6:00 AM)())", ((0, 360),)),
        ("", ()),
    ],
)  # fmt: skip
def test_shifts(shifts: str, expected: Shifts) -> None:
    report = read(clndr_data=hours(shifts=shifts))
    assert report.diagnostics == ()
    assert first(report).week == (expected,) * 5 + ((), ())


def test_round_the_clock() -> None:
    value = first(read(clndr_data=hours(days="1234567", shifts="(0||0(s|00:00|f|00:00)())")))
    assert value.week == ROUND_THE_CLOCK_WEEK


def test_exceptions_count_their_days_from_1899() -> None:
    exceptions = f"(0||0(d|43650)())(0||1(d|46082)({SHIFTS}))(0||2(d|2)())(0||3(d|109939)())"
    value = first(read(clndr_data=hours(exceptions=exceptions)))
    assert value.exceptions == (
        CalendarException(date(2019, 7, 4), date(2019, 7, 4)),
        CalendarException(date(2026, 3, 1), date(2026, 3, 1), STANDARD_DAY),
        CalendarException(date(1900, 1, 1), date(1900, 1, 1)),
        CalendarException(date(2200, 12, 31), date(2200, 12, 31)),
    )


@pytest.mark.parametrize("day", ["1", "109940", "9999999999", "-5", "soon", ""])
def test_an_exception_on_no_day_is_reported_and_left_out(day: str) -> None:
    report = read(clndr_data=hours(exceptions=f"(0||0(d|{day})())(0||1(d|43650)())"))
    assert codes(report) == ["xer.bad-value"]
    assert f"“{day}”" in report.diagnostics[0].message
    assert report.diagnostics[0].place == "line 7, CALENDAR clndr_id 1"
    assert [each.first for each in first(report).exceptions] == [date(2019, 7, 4)]


@pytest.mark.parametrize("times", ["s|08:00", "s|25:00|f|26:00", "s|eight|f|noon", "s|08:61|f|12:00", ""])
def test_a_shift_without_times_is_reported_and_left_out(times: str) -> None:
    report = read(clndr_data=hours(days="2", shifts=f"(0||0({times})())(0||1(s|13:00|f|17:00)())"))
    assert codes(report) == ["xer.bad-value"]
    assert first(report).week[0] == ((780, 1020),)


@pytest.mark.parametrize(
    "data", ["", "((((", "))))", "(0||CalendarData()())", "8 to 5", "(" * 100_000, "()" * 50_000]
)
def test_a_calendar_that_says_nothing_is_a_standard_week_or_its_base(data: str) -> None:
    report = read({"base_clndr_id": 1, "clndr_data": data}, clndr_data=data)
    assert codes(report) == ["xer.calendar-without-week"]
    assert report.plan is not None
    assert [each.week for each in report.plan.calendars] == [STANDARD_WEEK, (None,) * 7]
    assert report.plan.calendars[1].base == 1


def test_exceptions_come_from_the_base_and_hours_from_the_calendar_itself() -> None:
    base = {"clndr_data": hours(days="1", exceptions="(0||0(d|46083)())")}
    report = read_plan(file([task(1)], calendars=[calendar(base_clndr_id=2), calendar(2, **base)]).encode())
    assert report.plan is not None
    result = schedule(report.plan)  # 2026-03-02, the base's day off, is d|46083
    assert int(result.start[report.plan.index_of[1]]) == parse_instant("2026-03-03T08:00")


def test_brackets_left_open_are_taken_as_far_as_they_go() -> None:
    whole = hours(exceptions="(0||0(d|43650)())")
    report = read(clndr_data=whole[: whole.index("43650") + 5])
    assert first(report).week == STANDARD_WEEK
    assert [each.first for each in first(report).exceptions] == [date(2019, 7, 4)]


@pytest.mark.parametrize(
    ("own", "code", "used"),
    [
        ({"clndr_id": ""}, "xer.default-calendar", 3),
        ({"clndr_id": 77}, "xer.unknown-calendar", 3),
        ({"clndr_id": 2}, None, 2),
    ],
)
def test_the_calendar_of_the_project(own: Record, code: str | None, used: int) -> None:
    rows = [calendar(), calendar(2), calendar(3, default_flag="Y")]
    report = read_plan(file([task(1)], projects=[project(**own)], calendars=rows).encode())
    assert codes(report) == ([] if code is None else [code])
    assert report.plan is not None
    assert report.plan.project.calendar == used


def test_a_file_without_calendars_gets_a_standard_one() -> None:
    report = read_plan(file([task(1, clndr_id="")], projects=[project(clndr_id="")], calendars=[]).encode())
    assert codes(report) == ["xer.default-calendar"]
    assert first(report).week == STANDARD_WEEK


def test_calendars_without_working_time_are_reported_when_they_are_used() -> None:
    report = read(clndr_data=hours(shifts=""))
    assert report.plan is not None
    assert [each.code for each in schedule(report.plan).diagnostics] == ["calendar.no-working-time"]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([calendar(), calendar()], "calendar.duplicate"),
        ([calendar(), calendar("")], "xer.no-number"),
        ([calendar(base_clndr_id=9)], "calendar.unknown-base"),
        ([calendar(base_clndr_id=2), calendar(2, base_clndr_id=1)], "calendar.circular"),
        ([calendar(clndr_data=hours(shifts="(0||0(s|08:00|f|12:00)())(0||1(s|11:00|f|17:00)())"))], "calendar.bad-shifts"),
    ],
)  # fmt: skip
def test_calendars_that_cannot_stand(rows: list[Record], code: str) -> None:
    report = read_plan(file([task(1)], calendars=rows).encode())
    assert code in codes(report)
    assert report.plan is not None
    assert "CALENDAR" in next(each.place for each in report.diagnostics if each.code == code)

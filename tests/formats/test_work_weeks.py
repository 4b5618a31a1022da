"""Named work weeks of Microsoft Project XML, and how they stand with exceptions and with the calendars below."""

from datetime import date

import pytest

from tests.formats.mspdi import WEEK, calendar, exception, project, task, week_day, work_week
from triptych.formats import read_plan
from triptych.plan import STANDARD_DAY, Calendar, CalendarException, Plan
from triptych.plan.model import Shifts
from triptych.plan.quantities import day_number
from triptych.plan.worktime import Hours, Span

SUMMER = ("2026-06-01", "2026-06-30")  # from Monday to Tuesday
MORNINGS = week_day(2, "08:00-12:00") + week_day(3, "08:00-12:00")
MORNING: Shifts = ((480, 720),)
EARLY: Shifts = ((360, 840),)
WHOLE_WEEK = "".join(week_day(day, "06:00-14:00") for day in range(1, 8))


def plan_of(calendars: str) -> Plan:
    report = read_plan(project(task(1), calendars=calendars).encode())
    assert report.diagnostics == ()
    assert report.unmapped == ()
    assert report.plan is not None
    return report.plan


def read(calendars: str) -> Calendar:
    """The calendar 2 of a file."""
    return next(each for each in plan_of(calendars).calendars if each.uid == 2)


def hours(calendars: str, uid: int, day: str) -> Shifts:
    """The shifts of one day on a calendar of a file, by the plan's own arithmetic."""
    plan, number = plan_of(calendars), day_number(date.fromisoformat(day))
    by_uid = {each.uid: each for each in plan.calendars}
    unrolled = Hours(Span(number, number))
    unrolled.add(unrolled.days(by_uid[uid], by_uid))
    table, midnight = unrolled.columns(), number * 1440
    return tuple(zip((table.opens - midnight).tolist(), (table.closes - midnight).tolist(), strict=True))


def test_days_in_a_row_with_equal_hours_are_one_exception_a_week() -> None:
    found = read(calendar(2, weeks=work_week(MORNINGS, SUMMER))).exceptions
    assert [(each.first.day, each.last.day) for each in found] == [
        (1, 2),
        (8, 9),
        (15, 16),
        (22, 23),
        (29, 30),
    ]
    assert {(each.shifts, each.name) for each in found} == {(MORNING, "Summer")}


def test_days_apart_or_with_other_hours_are_exceptions_of_their_own() -> None:
    days = MORNINGS + week_day(4, "13:00-17:00") + week_day(6)
    found = read(calendar(2, weeks=work_week(days, ("2026-06-01", "2026-06-07")))).exceptions
    assert [(each.first.day, each.last.day, each.shifts) for each in found] == [
        (1, 2, MORNING),
        (3, 3, ((780, 1020),)),
        (5, 5, ()),
    ]


def test_a_week_is_cut_where_its_time_begins_and_ends() -> None:
    found = read(calendar(2, weeks=work_week(MORNINGS, ("2026-06-02", "2026-06-08")))).exceptions
    assert [(each.first.day, each.last.day) for each in found] == [(2, 2), (8, 8)]


def test_a_whole_week_alike_is_one_exception() -> None:
    found = read(calendar(2, weeks=work_week(WHOLE_WEEK, SUMMER))).exceptions
    assert found == (CalendarException(date(2026, 6, 1), date(2026, 6, 30), EARLY, "Summer"),)


def test_a_week_without_days_or_dates_says_nothing() -> None:
    empty = work_week("", SUMMER) + work_week(MORNINGS, SUMMER).replace("FromDate", "Since")
    assert read(calendar(2, weeks=empty)).exceptions == ()


def test_weeks_stand_also_without_their_container_as_one_version_saved_them() -> None:
    bare = (
        calendar(2, weeks=work_week(MORNINGS, SUMMER)).replace("<WorkWeeks>", "").replace("</WorkWeeks>", "")
    )
    assert len(read(bare).exceptions) == 5


HOLIDAY = exception("<Type>1</Type>", span=("2026-06-08", "2026-06-08"))


def test_exceptions_win_over_weeks() -> None:
    own = calendar(2, weeks=work_week(MORNINGS, SUMMER), exceptions=HOLIDAY)
    assert [hours(own, 2, f"2026-06-{day}") for day in ("08", "09", "10")] == [(), MORNING, STANDARD_DAY]


def test_exceptions_of_the_base_win_over_the_weeks_of_who_builds_on_it() -> None:
    text = calendar(2, exceptions=HOLIDAY) + calendar(3, base=2, week="", weeks=work_week(MORNINGS, SUMMER))
    assert [hours(text, 3, f"2026-06-{day}") for day in ("08", "09", "10")] == [(), MORNING, STANDARD_DAY]


def test_weeks_are_inherited_through_several_calendars() -> None:
    text = (
        calendar(4, base=3, week="")
        + calendar(3, base=2, week="")
        + calendar(2, weeks=work_week(MORNINGS, SUMMER))
    )
    assert hours(text, 4, "2026-06-09") == MORNING


@pytest.mark.parametrize(("day", "expected"), [("05", ()), ("04", EARLY), ("08", ())])
def test_own_days_win_over_the_weeks_of_the_base_and_its_exceptions_over_both(
    day: str, expected: Shifts
) -> None:
    base = calendar(2, exceptions=HOLIDAY, weeks=work_week(WHOLE_WEEK, SUMMER))
    assert hours(base + calendar(3, base=2, week=week_day(6)), 3, f"2026-06-{day}") == expected


def test_the_hours_of_the_week_are_untouched() -> None:
    assert read(calendar(2, week=WEEK, weeks=work_week(MORNINGS, SUMMER))).week[0] == STANDARD_DAY

"""Working time: bases, exceptions, absences, shared hours, shifts across midnight."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plans import CALENDARS, MORNINGS, SHIFTS, STANDARD
from triptych.plan import STANDARD_DAY, STANDARD_WEEK, Calendar, CalendarException, parse_instant
from triptych.plan.model import ROUND_THE_CLOCK_WEEK, Shifts
from triptych.plan.quantities import MINUTES_PER_DAY, day_number
from triptych.plan.worktime import (
    Hours,
    Span,
    calendar_faults,
    is_working_day,
    resolved_exceptions,
    resolved_week,
    working_minutes,
)

MONDAY = date(2026, 3, 2)
WEEK = Span(day_number(MONDAY), day_number(MONDAY) + 6)
HOLIDAY = CalendarException(date(2026, 3, 4), date(2026, 3, 4), (), "Holiday")


def intervals(calendar: Calendar, *others: Calendar, span: Span = WEEK) -> list[tuple[int, int]]:
    """The open intervals of a calendar, in minutes from the Monday."""
    hours = Hours(span)
    hours.add(hours.days(calendar, {each.uid: each for each in (calendar, *others)}))
    table = hours.columns()
    zero = span.first * MINUTES_PER_DAY
    return list(zip((table.opens - zero).tolist(), (table.closes - zero).tolist(), strict=True))


def worked(calendar: Calendar, start: str, finish: str) -> int:
    return working_minutes(calendar, CALENDARS, parse_instant(start), parse_instant(finish))


def test_a_week_begins_on_monday() -> None:
    found = intervals(STANDARD)
    assert found[:3] == [(480, 720), (780, 1020), (1920, 2160)]
    assert len(found) == 10


def test_days_that_a_calendar_leaves_open_come_from_its_base() -> None:
    week = resolved_week(MORNINGS, {each.uid: each for each in CALENDARS})
    assert week == (((480, 720),), STANDARD_DAY, STANDARD_DAY, (), STANDARD_DAY, (), ())


def test_the_own_exception_wins_over_the_base_s() -> None:
    base = Calendar(1, "Base", STANDARD_WEEK, (HOLIDAY,))
    own = Calendar(
        2, "Own", exceptions=(CalendarException(HOLIDAY.first, HOLIDAY.last, ((600, 660),)),), base=1
    )
    both = {1: base, 2: own}
    assert resolved_exceptions(own, both) == [HOLIDAY, *own.exceptions]
    assert (2880 + 600, 2880 + 660) in intervals(own, base)
    assert not any(2880 <= start < 4320 for start, _ in intervals(base))


def test_a_base_s_base_counts_and_a_missing_base_does_not() -> None:
    middle = Calendar(2, "Middle", base=1)
    top = Calendar(3, "Top", base=2)
    assert intervals(top, middle, STANDARD) == intervals(STANDARD)
    assert intervals(Calendar(3, "Top", base=99)) == []


def test_calendars_in_a_circle_are_reported_and_still_end() -> None:
    one, other = Calendar(1, "One", STANDARD_WEEK, base=2), Calendar(2, "Other", base=1)
    faults = calendar_faults([one, other])
    assert [(each.row, each.code) for each in faults] == [(0, "calendar.circular"), (1, "calendar.circular")]
    assert intervals(one, other) == intervals(STANDARD)


@pytest.mark.parametrize(
    "shifts",
    [
        ((720, 480),),
        ((480, 480),),
        ((480, 720), (700, 900)),
        ((780, 900), (480, 720)),
        ((-60, 60),),
        ((1380, 1500),),
    ],
)
def test_shifts_that_overlap_or_leave_the_day_are_faults(shifts: Shifts) -> None:
    week = Calendar(1, "Week", (shifts, *STANDARD_WEEK[1:]))
    day = Calendar(2, "Day", STANDARD_WEEK, (CalendarException(MONDAY, MONDAY, shifts),))
    assert [each.code for each in calendar_faults([week, day])] == ["calendar.bad-shifts"] * 2


def test_an_exception_that_ends_before_it_begins_is_a_fault() -> None:
    backwards = CalendarException(date(2026, 3, 5), date(2026, 3, 4))
    found = calendar_faults([Calendar(1, "Week", STANDARD_WEEK, (backwards,))])
    assert [each.code for each in found] == ["calendar.bad-exception"]
    assert intervals(Calendar(1, "Week", STANDARD_WEEK, (backwards,))) == intervals(STANDARD)


def test_exceptions_are_cut_to_the_span() -> None:
    long = CalendarException(date(2000, 1, 1), date(2026, 3, 5))
    assert intervals(Calendar(1, "Week", STANDARD_WEEK, (long,)))[0] == (4 * 1440 + 480, 4 * 1440 + 720)
    after = CalendarException(date(2030, 1, 1), date(2031, 1, 1))
    assert intervals(Calendar(1, "Week", STANDARD_WEEK, (after,))) == intervals(STANDARD)


def test_a_night_shift_does_not_stop_at_midnight() -> None:
    night: Shifts = ((0, 360), (1320, 1440))
    found = intervals(Calendar(1, "Nights", (night,) * 5 + ((), ())))
    assert found[0] == (0, 360)
    assert found[1] == (1320, 1440 + 360)
    assert found[-1] == (4 * 1440 + 1320, 5 * 1440)


def test_round_the_clock_is_one_interval() -> None:
    assert intervals(Calendar(1, "Always", ROUND_THE_CLOCK_WEEK)) == [(0, 7 * 1440)]


def test_no_working_time_is_no_interval() -> None:
    hours = Hours(WEEK)
    days = hours.days(Calendar(1, "Never", ((),) * 7), {})
    assert not hours.has_work(days)
    hours.add(days)
    table = hours.columns()
    assert (len(table.opens), table.ptr.tolist()) == (0, [0, 0])


def test_an_absence_takes_days_out_of_a_person_s_hours() -> None:
    hours = Hours(WEEK)
    days = hours.days(STANDARD, {1: STANDARD})
    part = CalendarException(date(2026, 3, 5), date(2026, 3, 5), ((480, 600),))
    hours.add(hours.without(days, [HOLIDAY, part]))
    hours.add(days)
    table = hours.columns()
    minutes = [
        int((table.closes - table.opens)[a:b].sum()) for a, b in zip(table.ptr, table.ptr[1:], strict=False)
    ]
    assert minutes == [3 * 480 + 120, 5 * 480]


def test_shared_hours_are_those_of_both() -> None:
    hours = Hours(WEEK)
    by_uid = {each.uid: each for each in CALENDARS}
    both = hours.both(hours.days(STANDARD, by_uid), hours.days(SHIFTS, by_uid))
    hours.add(both)
    zero = WEEK.first * MINUTES_PER_DAY
    table = hours.columns()
    assert (table.opens - zero).tolist()[:3] == [480, 780, 1920]
    assert (table.closes - zero).tolist()[:3] == [720, 840, 2160]


def test_columns_count_the_work_before_each_interval_row_by_row() -> None:
    hours = Hours(WEEK)
    hours.add(hours.days(STANDARD, {}))
    hours.add(hours.days(Calendar(9, "Always", ROUND_THE_CLOCK_WEEK), {}))
    table = hours.columns()
    assert table.before.tolist() == [*np.arange(10) * 240, 0]
    assert table.ptr.tolist() == [0, 10, 11]


@pytest.mark.parametrize(
    ("start", "finish", "minutes"),
    [
        ("2026-03-02T08:00", "2026-03-02T17:00", 480),
        ("2026-03-02T12:00", "2026-03-02T13:00", 0),
        ("2026-03-02T11:00", "2026-03-02T14:00", 120),
        ("2026-03-06T16:00", "2026-03-09T09:00", 120),
        ("2026-03-07T00:00", "2026-03-08T23:59", 0),
        ("2026-03-02T17:00", "2026-03-02T08:00", -480),
    ],
)
def test_working_minutes_between_two_instants(start: str, finish: str, minutes: int) -> None:
    assert worked(STANDARD, start, finish) == minutes


@given(st.lists(st.integers(0, 60_000), min_size=3, max_size=3).map(sorted), st.sampled_from(CALENDARS))
def test_working_minutes_add_up(offsets: list[int], calendar: Calendar) -> None:
    first, middle, last = (parse_instant("2026-02-20T00:00") + each for each in offsets)

    def between(start: int, finish: int) -> int:
        return working_minutes(calendar, CALENDARS, start, finish)

    assert between(first, middle) + between(middle, last) == between(first, last)
    assert 0 <= between(first, last) <= last - first


def test_a_working_day_is_one_with_any_hour() -> None:
    days = [is_working_day(SHIFTS, CALENDARS, day_number(date(2026, 3, day))) for day in (2, 7, 8, 11)]
    assert days == [True, True, False, False]

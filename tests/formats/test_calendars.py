"""Calendars of Microsoft Project XML: weeks, old and new exceptions, and every way in which they recur."""

from datetime import date

import pytest

from tests.formats.mspdi import calendar, exception, project, task, week_day
from triptych.formats import read_plan
from triptych.plan import STANDARD_DAY, STANDARD_WEEK, Calendar


def read(xml: str) -> Calendar:
    """The calendar 2 of a file."""
    report = read_plan(project(task(1), calendars=xml).encode())
    assert report.diagnostics == ()
    assert report.plan is not None
    return report.plan.calendars[1]


def days(more: str, *, span: tuple[str, str]) -> list[str]:
    """The days on which an exception falls."""
    found = read(calendar(2, exceptions=exception(more, span=span)))
    assert all(each.first == each.last for each in found.exceptions)
    return [each.first.isoformat() for each in found.exceptions]


def test_a_week_begins_on_sunday_in_the_file_and_on_monday_in_the_plan() -> None:
    assert read(calendar(2)).week == STANDARD_WEEK


def test_days_of_a_base_calendar_are_left_to_it() -> None:
    derived = read(
        calendar(2, week="<WeekDay><DayType>6</DayType><DayWorking>0</DayWorking></WeekDay>", base=1)
    )
    assert derived.base == 1
    assert derived.week == (None, None, None, None, (), None, None)


def test_a_shift_until_midnight_ends_the_day() -> None:
    assert read(calendar(2, week=week_day(2, "22:00-00:00"))).week[0] == ((1320, 1440),)


@pytest.mark.parametrize("end", ["00:00", "24:00"])
def test_round_the_clock(end: str) -> None:
    assert read(calendar(2, week=week_day(2, f"00:00-{end}"))).week[0] == ((0, 1440),)


def test_a_night_shift_in_one_piece_ends_on_the_morning_after() -> None:
    night = week_day(2, "22:00-06:00") + week_day(3, "08:00-12:00") + week_day(1, "23:00-01:00")
    week = read(calendar(2, week=night)).week
    assert (week[6], week[0], week[1]) == (((1380, 1440),), ((0, 60), (1320, 1440)), ((0, 360), (480, 720)))


def test_a_night_shift_of_one_day_is_read_until_midnight_and_reported() -> None:
    hours = "<DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>22:00:00</FromTime><ToTime>06:00:00</ToTime></WorkingTime></WorkingTimes>"
    text = project(
        task(1), calendars=calendar(2, exceptions=exception(span=("2026-03-07", "2026-03-07"), working=hours))
    )
    report = read_plan(text.encode())
    assert [each.code for each in report.diagnostics] == ["mspdi.bad-value"]
    assert report.plan is not None
    assert report.plan.calendars[1].exceptions[0].shifts == ((1320, 1440),)


def test_a_working_day_without_times_has_the_standard_ones() -> None:
    day = "<WeekDay><DayType>7</DayType><DayWorking>1</DayWorking></WeekDay>"
    assert read(calendar(2, week=day)).week[5] == STANDARD_DAY


def test_times_alone_make_a_working_day() -> None:
    day = week_day(7, "08:00-12:00").replace("<DayWorking>1</DayWorking>", "")
    assert read(calendar(2, week=day)).week[5] == ((480, 720),)


def test_a_calendar_without_hours_has_the_standard_week() -> None:
    report = read_plan(project(task(1), calendars=calendar(2, week="")).encode())
    assert [(each.code, each.severity.word) for each in report.diagnostics] == [
        ("calendar.standard-week", "note")
    ]
    assert report.plan is not None
    assert report.plan.calendars[1].week == STANDARD_WEEK


def test_number_zero_is_a_base_only_where_a_calendar_has_it() -> None:
    assert read(calendar(2, base=0)).base is None
    assert read(calendar(2, base=0, week="") + calendar(0)).base == 0
    main = calendar(2, base=0).replace("<BaseCal", "<IsBaseCalendar>1</IsBaseCalendar><BaseCal")
    assert read(main + calendar(0)).base is None


def test_shifts_are_put_in_order() -> None:
    assert read(calendar(2, week=week_day(2, "13:00-17:00", "08:00-12:00"))).week[0] == STANDARD_DAY


def test_an_exception_is_a_span_of_days() -> None:
    found = read(calendar(2, exceptions=exception("<Type>1</Type>", span=("2026-12-24", "2026-12-26"))))
    (away,) = found.exceptions
    assert (away.first, away.last, away.shifts, away.name) == (
        date(2026, 12, 24),
        date(2026, 12, 26),
        (),
        "Away",
    )


def test_an_exception_may_be_working_time() -> None:
    hours = (
        "<DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>09:00:00</FromTime>"
        "<ToTime>11:00:00</ToTime></WorkingTime></WorkingTimes>"
    )
    found = read(calendar(2, exceptions=exception(span=("2026-03-07", "2026-03-07"), working=hours)))
    assert found.exceptions[0].shifts == ((540, 660),)


def test_an_exception_among_the_days_of_the_week_is_the_old_form() -> None:
    old = (
        "<WeekDay><DayType>0</DayType><DayWorking>0</DayWorking><TimePeriod><FromDate>2026-01-01T00:00:00</FromDate>"
        "<ToDate>2026-01-02T23:59:00</ToDate></TimePeriod></WeekDay>"
    )
    (away,) = read(calendar(2, week=old)).exceptions
    assert (away.first, away.last) == (date(2026, 1, 1), date(2026, 1, 2))


MARCH = ("2026-03-01", "2026-03-31")


@pytest.mark.parametrize(
    ("more", "span", "expected"),
    [
        pytest.param(
            "<Type>1</Type><Period>10</Period>", MARCH,
            ["2026-03-01", "2026-03-11", "2026-03-21", "2026-03-31"], id="every ten days",
        ),
        pytest.param(
            "<Type>6</Type><Period>1</Period><DaysOfWeek>34</DaysOfWeek>", ("2026-03-02", "2026-03-13"),
            ["2026-03-02", "2026-03-06", "2026-03-09", "2026-03-13"], id="every week, Monday and Friday",
        ),
        pytest.param(
            "<Type>6</Type><Period>2</Period><DaysOfWeek>8</DaysOfWeek>", MARCH,
            ["2026-03-04", "2026-03-18"], id="every second week, Wednesday",
        ),
        pytest.param(
            "<Type>4</Type><Period>1</Period><MonthDay>31</MonthDay>", ("2026-01-01", "2026-06-30"),
            ["2026-01-31", "2026-03-31", "2026-05-31"], id="every month on the 31st, where there is one",
        ),
        pytest.param(
            "<Type>4</Type><Period>3</Period><MonthDay>15</MonthDay>", ("2026-02-20", "2027-01-01"),
            ["2026-05-15", "2026-08-15", "2026-11-15"], id="every third month on the 15th, from the first on",
        ),
        pytest.param(
            "<Type>5</Type><Period>1</Period><MonthItem>4</MonthItem><MonthPosition>0</MonthPosition>",
            ("2026-03-01", "2026-05-31"), ["2026-03-02", "2026-04-06", "2026-05-04"], id="first Monday of the month",
        ),
        pytest.param(
            "<Type>5</Type><Period>1</Period><MonthItem>8</MonthItem><MonthPosition>4</MonthPosition>",
            ("2026-03-01", "2026-05-31"), ["2026-03-27", "2026-04-24", "2026-05-29"], id="last Friday of the month",
        ),
        pytest.param(
            "<Type>5</Type><Period>2</Period><MonthItem>1</MonthItem><MonthPosition>3</MonthPosition>",
            ("2026-03-01", "2026-05-31"), ["2026-03-05", "2026-05-06"], id="fourth weekday of every second month",
        ),
        pytest.param(
            "<Type>5</Type><Period>1</Period><MonthItem>2</MonthItem><MonthPosition>1</MonthPosition>", MARCH,
            ["2026-03-07"], id="second weekend day of the month",
        ),
        pytest.param(
            "<Type>5</Type><Period>1</Period><MonthItem>0</MonthItem><MonthPosition>4</MonthPosition>",
            ("2028-02-01", "2028-02-29"), ["2028-02-29"], id="last day of the month, in a leap year",
        ),
        pytest.param(
            "<Type>2</Type><Month>11</Month><MonthDay>25</MonthDay>", ("2026-01-01", "2028-12-31"),
            ["2026-12-25", "2027-12-25", "2028-12-25"], id="every year on 25 December",
        ),
        pytest.param(
            "<Type>2</Type><Month>1</Month><MonthDay>29</MonthDay>", ("2026-01-01", "2032-12-31"),
            ["2028-02-29", "2032-02-29"], id="every year on 29 February, where there is one",
        ),
        pytest.param(
            "<Type>3</Type><Month>10</Month><MonthItem>7</MonthItem><MonthPosition>3</MonthPosition>",
            ("2026-01-01", "2027-12-31"), ["2026-11-26", "2027-11-25"], id="fourth Thursday of November",
        ),
    ],
)  # fmt: skip
def test_exceptions_recur(more: str, span: tuple[str, str], expected: list[str]) -> None:
    assert days(more, span=span) == expected


def test_a_recurrence_ends_after_its_occurrences() -> None:
    more = "<EnteredByOccurrences>1</EnteredByOccurrences><Occurrences>2</Occurrences><Type>1</Type><Period>7</Period>"
    assert days(more, span=("2026-03-01", "2026-12-31")) == ["2026-03-01", "2026-03-08"]


def test_a_recurrence_of_a_century_ends() -> None:
    assert len(days("<Type>1</Type><Period>2</Period>", span=("1900-01-01", "2200-12-31"))) == 36_600


def test_the_rarer_exception_wins_whatever_their_order() -> None:
    weekly = exception("<Type>6</Type><Period>1</Period><DaysOfWeek>2</DaysOfWeek>", span=MARCH)
    hours = (
        "<DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>09:00:00</FromTime>"
        "<ToTime>10:00:00</ToTime></WorkingTime></WorkingTimes>"
    )
    once = exception("<Type>1</Type>", span=("2026-03-09", "2026-03-09"), working=hours)
    for order in (weekly + once, once + weekly):
        assert read(calendar(2, exceptions=order)).exceptions[-1].shifts == ((540, 600),)


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (calendar(2, base=2), "calendar.unknown-base"),
        (calendar(2, base=7), "calendar.unknown-base"),
        (calendar(2, base=3) + calendar(3, base=2), "calendar.circular"),
        (calendar(1), "calendar.duplicate"),
        (calendar(2, exceptions=exception(span=("2026-03-02", "2026-03-01"))), "calendar.bad-exception"),
        (calendar(2).replace("08:00:00", "13:30:00"), "calendar.bad-shifts"),
        (calendar(2).replace("08:00:00", "late"), "mspdi.bad-value"),
    ],
)
def test_a_bad_calendar_is_reported_with_its_line(xml: str, code: str) -> None:
    found = read_plan(project(task(1), calendars=xml).encode()).diagnostics
    assert {each.code for each in found} == {code}
    assert all(each.place.startswith("line 3, ") for each in found)

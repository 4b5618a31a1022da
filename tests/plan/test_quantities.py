"""Instants and durations: what is written is read again, and what cannot be is refused."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triptych.plan import NO_INSTANT, instant, moment, parse_instant, spell_duration, spell_instant
from triptych.plan.quantities import day_number, day_of, optional_instant
from triptych.plan.spelling import count, day_in_words, in_words

moments = st.datetimes(datetime(1900, 1, 1), datetime(2200, 12, 31, 23, 59))  # noqa: DTZ001 - plans have no zone


@given(moments)
def test_an_instant_is_spelled_and_read_back_to_the_minute(when: datetime) -> None:
    at = instant(when)
    assert moment(at) == when.replace(second=0, microsecond=0)
    assert parse_instant(spell_instant(at) or "") == at


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_day_is_numbered_from_1970(day: date) -> None:
    assert day_of(day_number(day)) == day
    assert day_number(date(1970, 1, 1)) == 0


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("1970-01-01T00:00", 0),
        ("1969-12-31T23:59", -1),
        ("1970-01-02", 1440),
        ("1970-01-01T08:00:59", 480),
        ("1970-01-01T08:00+05:00", 480),  # wall-clock time: the zone is not counted
    ],
)
def test_iso_dates_are_read_as_wall_clock_time(text: str, at: int) -> None:
    assert parse_instant(text) == at


@pytest.mark.parametrize(
    "text", ["1899-12-31T23:59", "2201-01-01T00:00", "0001-01-01", "9999-12-31", "2026-02-30"]
)
def test_dates_outside_the_calendar_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"year|day"):
        parse_instant(text)


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-13-01", "2026-03-02T25:00", "NaN"])
def test_what_is_not_a_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_instant(text)


def test_no_date_is_none() -> None:
    assert spell_instant(NO_INSTANT) is None
    assert optional_instant(NO_INSTANT) is None
    assert optional_instant(0) == 0


@pytest.mark.parametrize(
    ("minutes", "spelled"),
    [(0, "0d"), (30, "30min"), (60, "1h"), (240, "4h"), (480, "1d"), (720, "1.5d"), (2400, "5d"), (-960, "-2d"),
     (-60, "-1h"), (-45, "-45min"), (640, "1.33d"), (48_000_000, "100000d")],
)  # fmt: skip
def test_a_duration_is_spelled_as_planners_write_it(minutes: int, spelled: str) -> None:
    assert spell_duration(minutes) == spelled


@pytest.mark.parametrize(
    ("minutes", "spelled"), [(0, "0ed"), (90, "90emin"), (1380, "23eh"), (1440, "1ed"), (2160, "1.5ed")]
)
def test_an_elapsed_duration_has_days_of_24_hours(minutes: int, spelled: str) -> None:
    assert spell_duration(minutes, elapsed=True) == spelled


def test_a_day_is_as_long_as_the_project_says() -> None:
    assert spell_duration(480, minutes_per_day=450) == "1.07d"
    assert spell_duration(450, minutes_per_day=450) == "1d"


def test_dates_and_counts_in_words() -> None:
    at = parse_instant("2026-03-02T08:05")
    assert in_words(at) == "Mon 2 Mar 2026, 08:05"
    assert day_in_words(at) == "Mon 2 Mar 2026"
    assert [count(number, "task") for number in (0, 1, 2)] == ["0 tasks", "1 task", "2 tasks"]

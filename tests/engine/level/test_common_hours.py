"""Calendars laid flat: instants as minutes of the common hours, and back."""

from dataclasses import replace

import numpy as np

from triptych.engine import schedule
from triptych.engine.level import Terms
from triptych.engine.level.common_hours import CommonHours
from triptych.engine.level.passes import interpreted
from triptych.engine.level.workbench import make_puzzle

from .small import ANA, D, at, plan, task

PUZZLE = make_puzzle(schedule(plan(task("A", 2), task("B", 1), by={1: "A B"})), Terms(), interpreted())
HOURS = CommonHours.of(PUZZLE)
(ROW,) = HOURS.same_as


def test_a_night_is_one_instant_of_working_time_and_its_first_is_a_finish() -> None:
    begin, evening, morning, noon = HOURS.position(
        np.array([at(f"2026-03-{each}") for each in ("02T08:00", "02T17:00", "03T08:00", "03T10:00")])
    ).tolist()
    assert (evening - begin, morning - begin, noon - begin) == (D, D, D + 120)
    assert HOURS.instant(np.array([evening, noon])).tolist() == [
        at("2026-03-02T17:00"),
        at("2026-03-03T10:00"),
    ]


def test_time_round_the_clock_may_hold_a_night_or_a_day() -> None:
    assert (HOURS.least_in(1440), HOURS.most_in(1440)) == (0, D), "a weekend, a day"
    assert (HOURS.least_in(3 * 1440), HOURS.most_in(15 * 60)) == (D, D)
    assert (HOURS.least_lag(1440, -1), HOURS.least_lag(-1440, -1)) == (0, -D)


def test_no_stretch_of_time_holds_less_than_the_least_or_more_than_the_most() -> None:
    """On hours that differ from day to day, read off every quarter of an hour of a month."""
    mornings = plan(task("A", 2), by={1: "A"}, people=(replace(ANA, calendar=3),))
    hours = CommonHours.of(make_puzzle(schedule(mornings), Terms(), interpreted()))
    begins = np.arange(hours.first, hours.first + 31 * 1440, 15)
    for minutes in range(60, 8 * 1440, 105):
        held = hours.position(begins + minutes) - hours.position(begins)
        assert (hours.least_in(minutes), hours.most_in(minutes)) == (held.min(), held.max()), minutes


def test_lags_in_the_hours_themselves_are_exact_and_leads_in_others_unknown() -> None:
    assert (HOURS.least_lag(90, ROW), HOURS.least_lag(-90, ROW)) == (90, -90)
    assert (HOURS.least_lag(90, 10_000), HOURS.least_lag(-90, 10_000)) == (0, None)

"""Earned value on columns, against figures worked out by hand.

Two tasks of two days, one after the other from Monday, worth 960.00 each; by Wednesday evening the first is done and a
quarter of the second, for 1,500.00.
"""

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tests.plans import MONDAY, STANDARD
from triptych.engine.earned import (
    BY_THE_CLOCK,
    Assessment,
    Clock,
    Curve,
    Kind,
    Reason,
    Rows,
    Snapshot,
    Status,
    assess,
    not_assessed,
    series_of,
)
from triptych.engine.earned.measure import Fault
from triptych.plan import Accrual, Calendar, CalendarException, Instant, parse_instant, spell_instant

DAY = 480
TUESDAY_EVENING, WEDNESDAY, THURSDAY_EVENING = (
    parse_instant(f"2026-03-{each}") for each in ("03T17:00", "04T17:00", "05T17:00")
)
ROUND_THE_CLOCK = Calendar(9, "Always", (((0, 1440),),) * 7)


def rows(*each: tuple[int, int, float], accrual: Accrual = Accrual.PRORATED, clock: int = 0) -> Rows:
    start, finish, value = (np.array(column) for column in zip(*each, strict=True))
    return replace(
        Rows.prorated(np.arange(len(each)), start, finish, value),
        accrual=np.full(len(each), accrual, np.int8),
        clock=np.full(len(each), clock, np.int32),
    )


def curve_of(rows: Rows, *others: Calendar, project: Calendar = STANDARD) -> Curve:
    first, last = int(rows.start.min()), int(rows.finish.max())
    calendars = (project, *others)
    return Curve.of(rows, [Clock.of(each, calendars, first, last) for each in calendars])


TWO = curve_of(rows((MONDAY, TUESDAY_EVENING, 96_000), (TUESDAY_EVENING + 900, THURSDAY_EVENING, 96_000)))


def at_wednesday(
    *, actual: float | None = 150_000, earned: tuple[float, float] = (96_000, 24_000)
) -> Assessment:
    return assess(TWO, Snapshot(WEDNESDAY, np.array(earned), actual))


def test_amounts_and_indices() -> None:
    found = {key: each.value for key, each in at_wednesday().measures.items()}
    assert {key: found[key] for key in ("bac", "pv", "ev", "ac", "sv", "cv")} == {
        "bac": 192_000, "pv": 144_000, "ev": 120_000, "ac": 150_000, "sv": -24_000, "cv": -30_000,
    }  # fmt: skip
    assert found["spi"] == pytest.approx(5 / 6)
    assert found["cpi"] == pytest.approx(0.8)
    assert found["tcpi_bac"] == pytest.approx(72 / 42)
    assert found["tcpi_eac"] == pytest.approx(0.8)
    assert [found["etc"], found["vac"]] == pytest.approx([90_000, -48_000])


@pytest.mark.parametrize(
    ("key", "amount"),
    [
        ("eac", 2_220),
        ("eac_cpi", 2_400),
        ("eac_spi", 1_500 + 720 * 6 / 5),
        ("eac_spi_t", 1_500 + 720 * 6 / 5),
        ("eac_sci", 1_500 + 720 * 1.5),
        ("eac_sci_t", 1_500 + 720 * 1.5),
        ("eac_weighted", 1_500 + 720 / (0.64 + 1 / 6)),
        ("eac_weighted_t", 1_500 + 720 / (0.64 + 1 / 6)),
    ],
)
def test_estimates_at_completion(key: str, amount: float) -> None:
    assert at_wednesday()[key].value == pytest.approx(100 * amount)


def test_earned_schedule_is_when_so_much_was_planned() -> None:
    found = at_wednesday()
    assert found["es"].value == pytest.approx(2.5 * DAY)
    assert spell_instant(found["es"].date or 0) == "2026-03-04T12:00"
    assert (found["at"].value, found["pd"].value) == (3 * DAY, 4 * DAY)
    assert found["sv_t"].value == pytest.approx(-DAY / 2)
    assert found["spi_t"].value == pytest.approx(2.5 / 3)
    assert found["p_factor"].value == pytest.approx(1)


@pytest.mark.parametrize(
    ("key", "days", "date"),
    [
        ("es", 4.5, "2026-03-06T12:00"),
        ("es_spi_t", 4.8, "2026-03-06T15:24"),
        ("es_sci_t", 5.25, "2026-03-09T10:00"),
        ("pv", 4.5, "2026-03-06T12:00"),
        ("pv_spi", 4.8, "2026-03-06T15:24"),
        ("pv_sci", 6.0, "2026-03-09T17:00"),
        ("ed", 4.5, "2026-03-06T12:00"),
        ("ed_spi", 4.8, "2026-03-06T15:24"),
        ("ed_sci", 5.25, "2026-03-09T10:00"),
    ],
)
def test_forecasts_of_the_finish(key: str, days: float, date: str) -> None:
    found = at_wednesday()[f"finish_{key}"]
    assert found.value == pytest.approx(days * DAY)
    assert spell_instant(found.date or 0) == date


def test_the_p_factor_is_what_is_earned_where_it_was_planned() -> None:
    """As much is earned, but half of it in the second task: of 960 planned in the first and 240 in the second by then,
    600 and 240."""
    assert at_wednesday(earned=(60_000, 60_000))["p_factor"].value == pytest.approx(84 / 120)


def test_sentences_hold_the_formula_and_its_numbers() -> None:
    found = at_wednesday()
    assert found["cpi"].sentence == "CPI = EV / AC = 1,200 / 1,500 = 0.800"
    assert found["sv_t"].sentence == "SV(t) = ES − AT = 2.5 d − 3 d = −0.5 d"
    assert found["eac"].sentence == "EAC = AC + (BAC − EV) = 1,500 + (1,920 − 1,200) = 2,220"
    assert found["finish_pv"].sentence == (
        "EAC(t) = PD − SV × PD / BAC = 4 d − (−240) × 4 d / 1,920 = 4.5 d, Fri 6 Mar 2026"
    )
    assert found["pd"].sentence == "PD = 4 d, Thu 5 Mar 2026"


def test_the_numbers_in_a_formula_come_to_its_value() -> None:
    """What is shown is what was computed, to the digits that are shown."""
    seen = 0
    for each in at_wednesday().measures.values():
        if not each.filled:
            continue
        seen += 1
        bare = re.sub(r"(?<=\d),(?=\d)| d\b", "", each.filled)
        shown = eval(bare.replace("−", "-").replace("×", "*"))  # noqa: S307 - our own
        per = {Kind.MONEY: 100, Kind.TIME: DAY}.get(each.kind, 1)
        assert each.value is not None
        assert shown == pytest.approx(each.value / per, rel=2e-3), each.sentence
    assert seen == 29


def test_hours_are_spelled_as_hours() -> None:
    found = assess(TWO, Snapshot(WEDNESDAY, np.array([960.0, 240.0]), 1_500.0), unit=Kind.WORK)
    assert found["ev"].spelled == "20 h"
    assert found["cpi"].sentence == "CPI = EV / AC = 20 h / 25 h = 0.800"


def reasons(found: Assessment) -> dict[str, Reason]:
    return {key: each.fault.reason for key, each in found.measures.items() if each.fault is not None}


def test_what_hangs_on_unknown_costs_is_not_computed_and_the_rest_is() -> None:
    found = at_wednesday(actual=None)
    assert set(reasons(found).values()) == {Reason.ACTUAL_UNKNOWN}
    known = {key for key, each in found.measures.items() if each.value is not None}
    assert known == {
        "bac", "pv", "ev", "sv", "spi", "pd", "at", "es", "sv_t", "spi_t", "p_factor",
        "finish_es", "finish_es_spi_t", "finish_pv", "finish_pv_spi", "finish_ed", "finish_ed_spi",
    }  # fmt: skip
    assert found["cpi"].sentence == "CPI cannot be computed: what was spent is not known."


def test_before_anything_was_planned_there_is_no_index() -> None:
    """A task that costs nothing comes first, and the project has not begun to earn."""
    late = curve_of(rows((MONDAY, TUESDAY_EVENING, 0), (TUESDAY_EVENING + 900, THURSDAY_EVENING, 96_000)))
    found = assess(late, Snapshot(Instant(MONDAY + DAY + 60), np.zeros(2), 0.0))
    assert reasons(found)["spi"] is Reason.NOTHING_PLANNED
    assert reasons(found)["cpi"] is Reason.NOTHING_SPENT
    assert reasons(found)["p_factor"] is Reason.NOTHING_EARNED
    assert found["spi_t"].value == pytest.approx(1), "nothing is earned, as nothing was planned"
    assert reasons(assess(late, Snapshot(MONDAY, np.zeros(2), 0.0)))["spi_t"] is Reason.NOT_STARTED


def test_without_anything_earned_no_pace_is_made_up() -> None:
    found = at_wednesday(earned=(0.0, 0.0))
    assert (found["spi"].value, found["cpi"].value, found["es"].value) == (0, 0, 0)
    assert reasons(found)["eac_cpi"] is Reason.NOTHING_EARNED
    assert reasons(found)["eac_weighted"] is Reason.NOTHING_EARNED
    assert reasons(found)["finish_es_spi_t"] is Reason.NOTHING_EARNED
    assert found["finish_es"].value == pytest.approx(7 * DAY)


def test_no_efficiency_leads_back_to_a_budget_that_is_spent() -> None:
    found = at_wednesday(actual=192_000)
    assert reasons(found)["tcpi_bac"] is Reason.BUDGET_SPENT
    assert found["tcpi_eac"].value == pytest.approx(120 / 192)


def test_finished_work_forecasts_nothing() -> None:
    late = Instant(THURSDAY_EVENING + 5 * 1440)
    done = Snapshot(
        late, np.array([96_000.0, 96_000.0]), 200_000.0, finished=Instant(THURSDAY_EVENING + 1440)
    )
    found = assess(TWO, done)
    assert {key for key, why in reasons(found).items() if why is Reason.FINISHED} == {
        "tcpi_bac", "tcpi_eac", *(key for key in found.measures if key.startswith("finish_")),
    }  # fmt: skip
    assert (found["at"].value, found["es"].value) == (5 * DAY, 4 * DAY), "time stops when all is done"
    assert found["spi"].value == 1
    assert found["eac_cpi"].value == pytest.approx(200_000)


def test_one_fault_is_the_fault_of_all() -> None:
    nothing = curve_of(rows((MONDAY, THURSDAY_EVENING, 0)))
    found = assess(nothing, Snapshot(WEDNESDAY, np.zeros(1), 0.0))
    assert set(reasons(found)) == set(found.measures) == set(at_wednesday().measures)
    assert set(reasons(found).values()) == {Reason.NO_VALUE}
    why = not_assessed(WEDNESDAY, Fault(Reason.NO_BASELINE, "none."))
    assert set(reasons(why)) == set(found.measures)


def test_a_calendar_without_working_time_has_no_clock() -> None:
    idle = curve_of(rows((MONDAY, THURSDAY_EVENING, 100)), project=Calendar(7, "Idle", ((),) * 7))
    assert set(reasons(assess(idle, Snapshot(WEDNESDAY, np.zeros(1), 0.0))).values()) == {Reason.NO_HOURS}


def test_costs_accrue_at_the_start_evenly_or_at_the_finish() -> None:
    span = (MONDAY, TUESDAY_EVENING, 1_000.0)
    noon = MONDAY + 240
    for accrual, values in (
        (Accrual.START, (0, 1_000, 1_000, 1_000)),
        (Accrual.PRORATED, (0, 250, 1_000, 1_000)),
        (Accrual.END, (0, 0, 1_000, 1_000)),
    ):
        curve = curve_of(rows(span, accrual=accrual))
        found = [curve.at(each) for each in (MONDAY, noon, TUESDAY_EVENING, TUESDAY_EVENING + 9_999)]
        assert found == pytest.approx(values)


def test_a_milestone_accrues_at_its_date() -> None:
    curve = curve_of(rows((MONDAY, TUESDAY_EVENING, 0), (TUESDAY_EVENING, TUESDAY_EVENING, 500)))
    assert (curve.at(TUESDAY_EVENING - 1), curve.at(TUESDAY_EVENING)) == (0, 500)


def test_value_accrues_on_the_hours_of_the_task() -> None:
    """Round the clock from Friday evening to Monday morning, while the project rests; and on a weekend by the project's
    calendar, which has no hours there, by the clock."""
    friday = parse_instant("2026-03-06T17:00")
    for clock in (1, BY_THE_CLOCK, 0):
        curve = curve_of(rows((friday, friday + 2_000, 1_000.0), clock=clock), ROUND_THE_CLOCK)
        assert curve.at(friday + 500) == pytest.approx(250), clock


def test_rest_earns_nothing() -> None:
    friday, tuesday = parse_instant("2026-03-06T08:00"), parse_instant("2026-03-10T17:00")
    holiday = replace(STANDARD, exceptions=(CalendarException(date(2026, 3, 9), date(2026, 3, 9)),))
    curve = curve_of(rows((friday, tuesday, 960.0)), project=holiday)
    assert curve.at(parse_instant("2026-03-09T17:00")) == pytest.approx(480)
    assert curve.duration == 2 * DAY


def test_where_nothing_was_planned_the_earned_schedule_is_the_nearest() -> None:
    """A week lies between two tasks. Who has earned the first is on time during all of that week."""
    week = 7 * 1440
    curve = curve_of(rows((MONDAY, MONDAY + 540, 100), (MONDAY + week, MONDAY + week + 540, 100)))
    assert curve.earned_schedule(100, MONDAY + 100).time == DAY
    assert curve.earned_schedule(100, MONDAY + 2 * 1440 + 540).time == 3 * DAY
    assert curve.earned_schedule(100, MONDAY + 3 * week).time == 5 * DAY


def test_a_clock_finds_the_end_of_a_shift() -> None:
    clock = Clock.of(STANDARD, [STANDARD], MONDAY, MONDAY)
    assert spell_instant(clock.after(MONDAY, DAY) or 0) == "2026-03-02T17:00"
    assert spell_instant(clock.after(MONDAY, DAY + 1) or 0) == "2026-03-03T08:01"
    assert spell_instant(clock.after(MONDAY, 261 * DAY) or 0) == "2027-03-01T17:00", "far beyond its days"
    assert clock.after(MONDAY, 0) == MONDAY
    assert clock.after(MONDAY, 1e9) is None, "no plan is dated so late"
    assert clock.between(WEDNESDAY + 30 * 1440, MONDAY) == -clock.between(MONDAY, WEDNESDAY + 30 * 1440) < 0


def test_series_have_one_status_for_a_date() -> None:
    statuses = [Status(WEDNESDAY, 2.0, None), Status(TUESDAY_EVENING, 1.0, 1.0), Status(WEDNESDAY, 3.0, 4.0)]
    found = series_of(TWO, statuses, points=10)
    assert [each.earned for each in found.statuses] == [1, 3]
    assert (found.at[0], found.at[-1]) == (TWO.start, TWO.finish)
    assert (found.planned[0], found.planned[-1]) == (0, 192_000)

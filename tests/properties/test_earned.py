"""Laws of earned value, for any baseline on any calendar."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plans import CALENDARS, MONDAY, plans
from triptych.engine import baseline_of, schedule
from triptych.engine.earned import BY_THE_CLOCK, Clock, Curve, Kind, Rows, Snapshot, assess, earned_value
from triptych.plan import Accrual, Instant, Plan

_LONGEST = 20 * 1440


@st.composite
def curves(draw: st.DrawFn, *, accruals: tuple[Accrual, ...] = tuple(Accrual)) -> Curve:
    """Up to eight rows of any length, each on some calendar or by the clock."""
    size = draw(st.integers(1, 8))
    start = MONDAY + np.array(draw(st.lists(st.integers(0, _LONGEST), min_size=size, max_size=size)))
    length = np.array(draw(st.lists(st.integers(0, _LONGEST), min_size=size, max_size=size)))
    value = np.array(draw(st.lists(st.integers(0, 10**7), min_size=size, max_size=size)), np.float64)
    kinds = draw(st.lists(st.sampled_from(accruals), min_size=size, max_size=size))
    numbers = [BY_THE_CLOCK, *range(len(CALENDARS))]
    clocks = draw(st.lists(st.sampled_from(numbers), min_size=size, max_size=size))
    rows = Rows(
        np.arange(size), start, start + length, value, np.array(kinds, np.int8), np.array(clocks, np.int32)
    )
    first, last = int(start.min()), int((start + length).max())
    return Curve.of(rows, [Clock.of(each, CALENDARS, first, last) for each in CALENDARS])


INSTANTS = st.integers(MONDAY - 1440, MONDAY + 3 * _LONGEST)


@given(curves(), INSTANTS, INSTANTS)
def test_planned_value_never_falls_and_ends_at_the_budget(curve: Curve, one: int, other: int) -> None:
    first, last = sorted((one, other))
    assert 0 <= curve.at(first) <= curve.at(last) + 1e-6 * curve.total
    assert curve.at(int(curve.start) - 1) == 0
    assert curve.at(curve.finish) == pytest.approx(curve.total)


@given(curves(), INSTANTS)
def test_who_has_earned_what_was_planned_is_on_time(curve: Curve, at: int) -> None:
    """The earned schedule of the planned value at an instant is that instant, up to the end of the plan."""
    reached = curve.earned_schedule(curve.at(at), at)
    assert reached.time == pytest.approx(curve.time(min(at, curve.finish)), abs=1)
    assert reached.by_row.sum() == pytest.approx(curve.at(at), rel=1e-6, abs=1e-3)


@given(curves(), st.floats(0, 1), st.floats(0, 1), INSTANTS)
def test_more_earned_is_never_an_earlier_earned_schedule(
    curve: Curve, one: float, other: float, at: int
) -> None:
    less, more = sorted((one, other))
    low, high = (curve.earned_schedule(each * curve.total, at).time for each in (less, more))
    assert 0 <= low <= high + 1e-6
    assert high <= curve.duration


@given(curves(accruals=(Accrual.PRORATED,)), INSTANTS, st.integers(1, 10**8))
def test_on_plan_every_index_is_one_and_nothing_varies(curve: Curve, at: int, spent: int) -> None:
    at = min(max(at, curve.start), curve.finish)
    earned = curve.by_row(at)
    found = assess(curve, Snapshot(Instant(at), earned, float(earned.sum())))
    for key in ("spi", "cpi", "spi_t", "p_factor"):
        value = found[key].value
        assert value is None or value == pytest.approx(1, abs=2 / max(curve.time(at), 1))
    for key in ("sv", "cv"):
        assert found[key].value is None or found[key].value == pytest.approx(0)
    estimate = found["eac_cpi"].value
    assert estimate is None or estimate == pytest.approx(curve.total)
    dearer = assess(curve, Snapshot(Instant(at), earned, float(spent)))
    assert dearer["spi_t"] == found["spi_t"], "time does not hang on money"


@given(curves(), st.integers(0, 1000), INSTANTS, st.none() | st.integers(0, 10**8))
def test_every_measure_is_a_number_or_has_a_reason(
    curve: Curve, thousandths: int, at: int, spent: int | None
) -> None:
    found = assess(curve, Snapshot(Instant(at), curve.rows.value * thousandths / 1000, spent))
    for each in found.measures.values():
        assert (each.value is None) == (each.fault is not None)
        assert each.value is None or np.isfinite(each.value)
        assert each.fault is None or each.fault.sentence.endswith(".")
    for key in ("spi", "cpi", "spi_t", "p_factor"):
        assert (found[key].value or 0) >= 0


@given(plans(), st.sampled_from([Kind.MONEY, Kind.WORK]), INSTANTS)
def test_a_plan_is_measured_against_itself(plan: Plan, unit: Kind, at: int) -> None:
    """Any plan, frozen as it is scheduled: nothing came or went, and the budget is its work or its cost."""
    baseline = baseline_of(schedule(plan))
    frozen = earned_value(replace(plan, baselines=(baseline,)), at=Instant(at), unit=unit)
    assert {each.code for each in frozen.diagnostics} <= {
        "earned.actual-unknown", "earned.other-date", "earned.summary-value", "earned.added-since",
    }  # fmt: skip
    total = frozen["bac"].value
    dated = baseline.tasks.start > 0
    column = baseline.tasks.work if unit is Kind.WORK else baseline.tasks.cost
    assert total is None or total == column[dated].sum()
    assert total is None or (frozen["ev"].value or 0) <= total

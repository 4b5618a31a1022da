"""Measures of time: earned schedule, and nine forecasts of the finish.

Earned schedule is Lipke's (Schedule is Different, 2003), the p-factor too (Connecting Earned Value to the Schedule,
2004); the planned value method is Anbari's (2003), the earned duration method Jacob's (2003), as Vanhoucke compares
them in Measuring Time (2009), chapter 2. All are in working minutes of the project since the start of the baseline.
"""

from dataclasses import replace

import numpy as np

from triptych.plan import Instant
from triptych.plan.spelling import day_in_words

from .amounts import FINISHED, NOTHING_EARNED
from .clock import F64
from .curve import Curve
from .measure import Fault, Kind, Measure, Reason, larger
from .sheet import Sheet

_KEPT = "share of it earned where it was planned"


def add_times(sheet: Sheet, curve: Curve, earned: F64, at: int) -> None:
    """PD, AT, ES, SV(t), SPI(t), SCI(t) and the p-factor; `earned` is by row of the curve, `at` the status date."""
    sheet.given("pd", "PD", "planned duration", Kind.TIME, curve.duration)
    sheet.given("at", "AT", "actual time", Kind.TIME, curve.time(at))
    reached = curve.earned_schedule(float(earned.sum()), at)
    sheet.given("es", "ES", "earned schedule", Kind.TIME, reached.time)
    _add_indices(sheet, int(curve.start))
    _add_p_factor(sheet, curve, earned, reached.by_row)
    for key, instant in (("pd", curve.finish), ("at", Instant(at)), ("es", _date(curve, reached.time))):
        sheet.measures[key] = replace(sheet.measures[key], date=instant)


def add_no_times(sheet: Sheet, fault: Fault) -> None:
    """The same measures where there is no curve, all for one reason."""
    for key, symbol, name in (
        ("pd", "PD", "planned duration"), ("at", "AT", "actual time"), ("es", "ES", "earned schedule"),
    ):  # fmt: skip
        sheet.given(key, symbol, name, Kind.TIME, 0.0, fault)
    _add_indices(sheet, 0)
    sheet.given("p_factor", "p", _KEPT, Kind.INDEX, 0.0, fault)


def _add_indices(sheet: Sheet, start: int) -> None:
    early = Fault(
        Reason.NOT_STARTED, f"no working time has gone by since the baseline’s start, {day_in_words(start)}."
    )
    es, at = sheet.term("es"), sheet.term("at", early)
    sheet.work_out("sv_t", "SV(t)", "schedule variance, by time", Kind.TIME, es - at)
    sheet.work_out("spi_t", "SPI(t)", "schedule performance index, by time", Kind.INDEX, es / at)
    sci = sheet.term("spi_t") * sheet.term("cpi")
    sheet.work_out("sci_t", "SCI(t)", "schedule cost index, by time", Kind.INDEX, sci)


def _add_p_factor(sheet: Sheet, curve: Curve, earned: F64, planned: F64) -> None:
    """Of what was to be earned by the earned schedule, the share that is earned in the tasks that it was planned in."""
    if planned.sum() <= 0:
        sheet.given("p_factor", "p", _KEPT, Kind.INDEX, 0.0, NOTHING_EARNED)
        return
    both = np.minimum(curve.rows.by_task(planned), curve.rows.by_task(earned))
    sheet.given("p_factor", "p", _KEPT, Kind.INDEX, float(both.sum() / planned.sum()))


def add_finishes(sheet: Sheet, curve: Curve | None) -> None:
    """The forecasts of the finish, each as the time that it all takes and the date at which that has gone by."""
    zero = NOTHING_EARNED
    pd, at, es, sv, bac = (sheet.term(key) for key in ("pd", "at", "es", "sv", "bac"))
    spi, sci, spi_t, sci_t = (sheet.term(key, zero) for key in ("spi", "sci", "spi_t", "sci_t"))
    duration = larger(pd, at) - at * spi
    for key, name, term in (
        ("es", "earned schedule, the rest as planned", at + (pd - es)),
        ("es_spi_t", "earned schedule, the rest at the pace so far", at + (pd - es) / spi_t),
        ("es_sci_t", "earned schedule, the rest at pace and cost efficiency", at + (pd - es) / sci_t),
        ("pv", "planned value, the rest as planned", pd - sv * pd / bac),
        ("pv_spi", "planned value, the rest at the pace so far", pd / spi),
        ("pv_sci", "planned value, the rest at pace and cost efficiency", pd / sci),
        ("ed", "earned duration, the rest as planned", at + duration),
        ("ed_spi", "earned duration, the rest at the pace so far", at + duration / spi),
        ("ed_sci", "earned duration, the rest at pace and cost efficiency", at + duration / sci),
    ):
        sheet.work_out(f"finish_{key}", "EAC(t)", name, Kind.TIME, term.unless(sheet.is_done, FINISHED))
        if curve is not None:
            sheet.measures[f"finish_{key}"] = _dated(sheet.measures[f"finish_{key}"], curve)


def _dated(measure: Measure, curve: Curve) -> Measure:
    return measure if measure.value is None else replace(measure, date=_date(curve, measure.value))


def _date(curve: Curve, minutes: float) -> Instant | None:
    return curve.clocks[0].after(int(curve.start), minutes)

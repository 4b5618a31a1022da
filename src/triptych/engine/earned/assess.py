"""Everything that earned value says of one status date, from a curve and what is earned and spent by then."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from triptych.plan import Instant

from .amounts import FINISHED, add_estimates, add_variances
from .clock import F64
from .curve import Curve
from .measure import Fault, Kind, Measure, Reason, Speller
from .sheet import Sheet
from .times import add_finishes, add_no_times, add_times

ACTUAL_UNKNOWN = {
    Kind.MONEY: Fault(Reason.ACTUAL_UNKNOWN, "what was spent is not known."),
    Kind.WORK: Fault(Reason.ACTUAL_UNKNOWN, "how long was worked is not known."),
}
_SPENT = {Kind.MONEY: "actual cost", Kind.WORK: "actual work"}
NO_VALUE = {
    Kind.MONEY: Fault(
        Reason.NO_VALUE, "the baseline has no costs. Measure in hours, or give the work a price."
    ),
    Kind.WORK: Fault(
        Reason.NO_VALUE, "the baseline has no work. Give its tasks durations, or measure in money."
    ),
}
_NO_HOURS = Fault(Reason.NO_HOURS, "the calendar of the project has no working time during the baseline.")


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """What is known at a status date: what is earned of each row of the curve, and what was spent in all, None where
    that is not known. `finished` is when the last work was done, if all is."""

    at: Instant
    earned: F64
    actual: float | None
    finished: Instant | None = None

    @property
    def counted(self) -> Instant:
        """The instant up to which time counts: the status date, or when all was done."""
        return self.at if self.finished is None else min(self.at, self.finished)


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """The measures of one status date, by key. Amounts are hundredths of the currency, or minutes of work where `unit`
    is `WORK`; times are working minutes of the project since the start of the baseline.

    Keys: `bac`, `pv`, `ev`, `ac`; `sv`, `spi`, `cv`, `cpi`, `sci`; `pd`, `at`, `es`, `sv_t`, `spi_t`, `sci_t`,
    `p_factor`; `eac` (the rest as budgeted) and `eac_` with the performance factors `cpi`, `spi`, `spi_t`, `sci`,
    `sci_t`, `weighted`, `weighted_t`; `etc`, `vac`, `tcpi_bac`, `tcpi_eac`; and `finish_` with `es`, `es_spi_t`,
    `es_sci_t`, `pv`, `pv_spi`, `pv_sci`, `ed`, `ed_spi`, `ed_sci`.
    """

    at: Instant
    unit: Kind
    measures: Mapping[str, Measure]

    def __getitem__(self, key: str) -> Measure:
        return self.measures[key]


def assess(
    curve: Curve, snapshot: Snapshot, *, unit: Kind = Kind.MONEY, speller: Speller | None = None
) -> Assessment:
    """Every measure at the snapshot's date; those that cannot be computed say why."""
    sheet, at = Sheet(unit, speller or Speller()), snapshot.at
    fault = _of_curve(curve, unit)
    if fault is not None:
        return _nothing(sheet, at, fault)
    earned = np.minimum(snapshot.earned, curve.rows.value)
    sheet.given("bac", "BAC", "budget at completion", unit, curve.total)
    sheet.given("pv", "PV", "planned value", unit, curve.at(at))
    sheet.given("ev", "EV", "earned value", unit, float(earned.sum()))
    unknown = ACTUAL_UNKNOWN[unit] if snapshot.actual is None else None
    sheet.given("ac", "AC", _SPENT[unit], unit, snapshot.actual or 0.0, unknown)
    add_variances(sheet, at)
    add_times(sheet, curve, earned, snapshot.counted)
    add_estimates(sheet)
    add_finishes(sheet, curve)
    return Assessment(at, unit, sheet.measures)


def not_assessed(at: Instant, fault: Fault, *, unit: Kind = Kind.MONEY) -> Assessment:
    """The same measures where none of them can be computed, and why."""
    return _nothing(Sheet(unit, Speller()), at, fault)


def _nothing(sheet: Sheet, at: Instant, fault: Fault) -> Assessment:
    for key, symbol, name in (
        ("bac", "BAC", "budget at completion"), ("pv", "PV", "planned value"), ("ev", "EV", "earned value"),
        ("ac", "AC", _SPENT[sheet.amount]),
    ):  # fmt: skip
        sheet.given(key, symbol, name, sheet.amount, 0.0, fault)
    add_variances(sheet, at)
    add_no_times(sheet, fault)
    add_estimates(sheet)
    add_finishes(sheet, None)
    return Assessment(at, sheet.amount, sheet.measures)


def _of_curve(curve: Curve, unit: Kind) -> Fault | None:
    if curve.total <= 0:
        return NO_VALUE[unit]
    return None if curve.duration > 0 else _NO_HOURS


__all__ = ["FINISHED", "Assessment", "Snapshot", "assess", "not_assessed"]

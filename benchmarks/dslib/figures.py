"""The workbooks' tracked figures beside ours: which agree, and why the others do not."""

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from triptych.engine.earned import Assessment, Curve, Reason, Snapshot, assess
from triptych.plan import instant

from .overview import COLUMNS, Overview, Row
from .records import Tracked
from .value import curve_of, snapshot_of

_CENT = 0.0051
_HOUR = 60
#: Indices are compared to six places.
_INDEX = 1e-6
_MONEY = ("pv", "ev", "ac", "sv", "cv")
_INDICES = ("spi", "cpi", "spi_t", "p_factor")


class Verdict(enum.StrEnum):
    """How a figure of the sheet and ours are to each other."""

    AGREES = "agrees"
    WHOLE_HOURS = "the sheet takes its earned schedule in whole hours, and goes on with that"
    FINISHED = "all is done: the sheet goes on forecasting by formula, we do not"
    AFTER = "all was done before the status date: the sheet counts time up to that, we to the finish"
    NOTHING = "nothing is earned or spent yet: the sheet puts 0 or 1 for an index that is not defined"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one period."""

    code: str
    period: str
    key: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class _Case:
    """One period, in the sheet and with us."""

    row: Row
    curve: Curve
    snapshot: Snapshot
    ours: Assessment
    hours: dict[str, int]

    @property
    def status(self) -> float:
        """Working minutes from the start of the baseline to the status date."""
        return self.curve.time(self.row.at)


def compare(tracked: Tracked, overview: Overview) -> Iterator[Figure]:
    """Every figure of a workbook whose period the project has."""
    curve, known = curve_of(tracked), {each.at: each for each in tracked.periods}
    project = tracked.plan.project
    hours = {"h": 60, "d": project.minutes_per_day, "w": project.minutes_per_week}
    for row in overview.rows:
        if row.at in known:
            snapshot = snapshot_of(tracked, known[row.at])
            case = _Case(row, curve, snapshot, assess(curve, snapshot), hours)
            yield from (
                Figure(tracked.code, row.name, key, _verdict(case, key))
                for key in COLUMNS
                if key in row.figures
            )


def _verdict(case: _Case, key: str) -> Verdict:
    measure = case.ours[key]
    if measure.fault is None and _same(case, key, _ours(case, key)):
        return Verdict.AGREES
    if measure.fault is not None:
        done = measure.fault.reason is Reason.FINISHED
        return Verdict.FINISHED if done else Verdict.NOTHING
    for time, verdict in ((case.ours["at"].value, Verdict.WHOLE_HOURS), (case.status, Verdict.AFTER)):
        again = _with_the_sheets_hours(case, key, time or 0.0)
        if again is not None and _same(case, key, again):
            return verdict
    return Verdict.UNEXPLAINED


def _ours(case: _Case, key: str) -> float:
    """As the sheet counts: money whole, times in minutes."""
    value = case.ours[key].value
    assert value is not None, "it has no fault"
    return value / 100 if key in _MONEY or key.startswith("eac") else value


def _same(case: _Case, key: str, ours: float) -> bool:
    theirs = case.row.figures[key]
    if isinstance(theirs, datetime):
        return abs(_time(case, theirs) - ours) <= _HOUR
    if isinstance(theirs, str):
        return abs(_minutes(case, theirs) - ours) <= _HOUR
    return abs(theirs - ours) <= (_INDEX if key in _INDICES else _CENT)


def _time(case: _Case, at: datetime) -> float:
    """Working minutes since the start of the baseline."""
    return case.curve.clocks[0].between(case.curve.start, instant(at))


def _minutes(case: _Case, spelled: str) -> float:
    """`-1w 2d 3h` in minutes."""
    parts = re.findall(r"(\d+(?:\.\d+)?)([wdh])", spelled)
    found = sum(float(count) * case.hours[unit] for count, unit in parts)
    return -found if spelled.strip().startswith("-") else found


def _with_the_sheets_hours(case: _Case, key: str, time: float) -> float | None:
    """The figure by our formulas with the sheet's earned schedule after so much `time`; None for those that have none in them."""
    at_es = case.row.figures["es"]
    assert isinstance(at_es, datetime)
    value = {each: case.ours[each].value or 0.0 for each in ("bac", "ev", "ac", "pd", "cpi")}
    es, left = _time(case, at_es), (value["bac"] - value["ev"]) / 100
    pace, cpi = (es / time if time else 0.0), value["cpi"]
    if key == "spi_t":
        return pace
    if key == "p_factor":
        return _kept(case, instant(at_es))
    if key == "sv_t":
        return es - time
    factors = {
        "spi_t": pace,
        "sci_t": pace * cpi,
        "weighted_t": 0.8 * cpi + 0.2 * pace,
        "es_spi_t": pace,
        "es_sci_t": pace * cpi,
    }
    factor = factors.get(key.partition("_")[2], 0.0)
    if factor == 0:
        return None
    if key.startswith("finish"):
        return time + (value["pd"] - es) / factor
    return value["ac"] / 100 + left / factor


def _kept(case: _Case, at: int) -> float | None:
    """The p-factor with what was planned by an instant."""
    rows = case.curve.rows
    planned, earned = rows.by_task(case.curve.by_row(at)), rows.by_task(case.snapshot.earned)
    return float(np.minimum(planned, earned).sum() / planned.sum()) if planned.sum() else None

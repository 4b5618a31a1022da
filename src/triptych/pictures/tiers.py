"""The header of a time scale: two tiers, from quarters of an hour to decades, whose labels never overlap."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from triptych.plan.quantities import MINUTES_PER_DAY, instant, moment

from .scale import Scale
from .text import width_of

SIZE = 10.5
_PAD = 3.0
_BOLD = 1.1
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

Form = Callable[[datetime], str]


@dataclass(frozen=True, slots=True)
class Tier:
    """A row of the header. A unit is so many minutes (weeks begin on Monday) or so many months; `forms` are the
    ways to label a cell, longest first."""

    forms: tuple[Form, ...]
    minutes: int = 0
    months: int = 0
    centred: bool = False
    bold: bool = False

    def floor(self, at: float) -> datetime:
        """The boundary at or before an instant."""
        if self.minutes:
            monday = 4 * MINUTES_PER_DAY if self.minutes == _WEEK else 0  # the epoch was a Thursday
            return moment(int((at - monday) // self.minutes * self.minutes + monday))
        when = moment(int(at))
        return _month(_months_of(when) // self.months * self.months)

    def width(self, label: str) -> float:
        """How wide a label is, on the generous side."""
        return width_of(label, SIZE) * (_BOLD if self.bold else 1)

    def after(self, boundary: datetime) -> datetime:
        """The next boundary."""
        if self.minutes:
            return boundary + timedelta(minutes=self.minutes)
        return _month(_months_of(boundary) + self.months)


@dataclass(frozen=True, slots=True)
class Cell:
    """What is seen of one unit: `left` to `right` in pixels, and its label, empty where none fits."""

    left: float
    right: float
    label: str
    label_x: float
    centred: bool
    label_width: float

    @property
    def label_left(self) -> float:
        return self.label_x - (self.label_width / 2 if self.centred else 0)

    @property
    def label_right(self) -> float:
        return self.label_left + self.label_width


def _months_of(when: datetime) -> int:
    return when.year * 12 + when.month - 1


def _month(number: int) -> datetime:
    return datetime(number // 12, number % 12 + 1, 1)  # noqa: DTZ001 - plans are in local wall-clock time


def _year(at: datetime) -> str:
    return f"{at.year}"


def _short_month(at: datetime) -> str:
    return _MONTHS[at.month - 1][:3]


def _day(at: datetime) -> str:
    return f"{at.day}"


def short_day(at: datetime) -> str:
    """`2 Mar`."""
    return f"{at.day} {_short_month(at)}"


def time_of_day(at: datetime) -> str:
    """`08:15`."""
    return f"{at.hour:02}:{at.minute:02}"


_WEEK = 7 * MINUTES_PER_DAY
_DECADES = Tier((lambda at: f"{at.year} – {at.year + 9}", _year), months=120, bold=True)
_YEARS = Tier((_year,), months=12, bold=True)
_MONTHS_AND_YEARS = Tier(
    (
        lambda at: f"{_MONTHS[at.month - 1]} {at.year}",
        lambda at: f"{_short_month(at)} {at.year}",
        _short_month,
    ),
    months=1,
    bold=True,
)
_FULL_DAYS = Tier(
    (
        lambda at: f"{_DAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]} {at.year}",
        lambda at: f"{_DAYS[at.weekday()]} {at.day} {_short_month(at)}",
        _day,
    ),
    minutes=MINUTES_PER_DAY,
    bold=True,
)
_YEARS_BELOW = Tier((_year, lambda at: f"’{at.year % 100:02}"), months=12, centred=True)
_FIVE_YEARS = Tier((_year,), months=60)
_QUARTERS = Tier((lambda at: f"Q{at.month // 3 + 1}",), months=3, centred=True)
_MONTHS_BELOW = Tier((_short_month, lambda at: _short_month(at)[0]), months=1, centred=True)
_WEEKS = Tier((short_day, _day), minutes=_WEEK)
_DAYS_BELOW = Tier(
    (lambda at: f"{_DAYS[at.weekday()]} {at.day}", _day), minutes=MINUTES_PER_DAY, centred=True
)
_QUARTER_DAYS = Tier((time_of_day,), minutes=360)
_HOURS = Tier((time_of_day,), minutes=60)
_QUARTER_HOURS = Tier((time_of_day,), minutes=15)

#: From how many pixels per day on each pair is used, finest first: as many as its shortest labels need.
PAIRS: tuple[tuple[float, Tier, Tier], ...] = (
    (96 * 42, _FULL_DAYS, _QUARTER_HOURS),
    (24 * 42, _FULL_DAYS, _HOURS),
    (4 * 42, _FULL_DAYS, _QUARTER_DAYS),
    (19.5, _MONTHS_AND_YEARS, _DAYS_BELOW),
    (2.9, _MONTHS_AND_YEARS, _WEEKS),
    (0.6, _YEARS, _MONTHS_BELOW),
    (0.26, _YEARS, _QUARTERS),
    (0.075, _DECADES, _YEARS_BELOW),
    (0.0, _DECADES, _FIVE_YEARS),
)


def tiers_for(scale: Scale) -> tuple[list[Cell], list[Cell]]:
    """The upper and the lower row of the header."""
    upper, lower = next((upper, lower) for least, upper, lower in PAIRS if scale.per_day >= least)
    return cells(upper, scale), cells(lower, scale)


def cells(tier: Tier, scale: Scale) -> list[Cell]:
    """The cells of a tier from edge to edge, all labelled in the longest form that fits in every whole cell."""
    bounds = [tier.floor(scale.origin)]
    while instant(bounds[-1]) < scale.end:
        bounds.append(tier.after(bounds[-1]))
    edges = [scale.clock_x(instant(each)) for each in bounds]
    spans = list(zip(bounds[:-1], edges[:-1], edges[1:], strict=True))
    whole = spans[1:-1] or spans
    forms = tier.forms
    while len(forms) > 1 and not all(
        tier.width(forms[0](at)) <= right - left - 2 * _PAD for at, left, right in whole
    ):
        forms = forms[1:]
    return [_cell(tier, forms, at, max(x, scale.left), min(y, scale.right)) for at, x, y in spans]


def _cell(tier: Tier, forms: tuple[Form, ...], at: datetime, left: float, right: float) -> Cell:
    room = right - left - 2 * _PAD
    label = next((text for form in forms if tier.width(text := form(at)) <= room), "")
    label_x = (left + right) / 2 if tier.centred else left + _PAD
    return Cell(left, right, label, label_x, tier.centred, tier.width(label))

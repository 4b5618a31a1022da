"""Earned value and earned schedule: how much of a baseline is done, what that cost, and where it leads.

The core works on columns alone: `Rows` of a baseline make a `Curve` of planned value, and `assess` says everything of
one `Snapshot` of what is earned and spent. `earned_value` does so of a plan. Every answer is a `Measure`, a number with
its formula or the reason why there is none.
"""

from .assess import Assessment, Snapshot, assess, not_assessed
from .blend import blended_finish
from .clock import Clock
from .curve import BY_THE_CLOCK, Curve, Rows
from .measure import Fault, Kind, Measure, Reason, Speller
from .project import EarnedValue, earned_value
from .series import Series, Status, series_of

__all__ = [
    "BY_THE_CLOCK",
    "Assessment",
    "Clock",
    "Curve",
    "EarnedValue",
    "Fault",
    "Kind",
    "Measure",
    "Reason",
    "Rows",
    "Series",
    "Snapshot",
    "Speller",
    "Status",
    "assess",
    "blended_finish",
    "earned_value",
    "not_assessed",
    "series_of",
]

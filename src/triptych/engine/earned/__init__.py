"""Earned value and earned schedule: how much of a baseline is done, what that cost, and where it leads.

The core works on columns alone: `Rows` of a baseline make a `Curve` of planned value, and `assess` says everything of one
`Snapshot` of what is earned and spent. Every answer is a `Measure`, a number with its formula or the reason why there is none.
"""

from .assess import Assessment, Snapshot, assess, not_assessed
from .clock import Clock
from .curve import BY_THE_CLOCK, Curve, Rows
from .measure import Fault, Kind, Measure, Reason, Speller

__all__ = [
    "BY_THE_CLOCK",
    "Assessment",
    "Clock",
    "Curve",
    "Fault",
    "Kind",
    "Measure",
    "Reason",
    "Rows",
    "Snapshot",
    "Speller",
    "assess",
    "not_assessed",
]

"""Triptych's own reading, the sanest we know: see `docs/rules/dialects.md`."""

from .base import LagHours
from .p6 import PrimaveraP6


class Triptych(PrimaveraP6):
    """A date pinned by "must" stands; "no later than" never moves a task against logic but shows as negative
    float; work that has not been done lies after the status date, where there is one. So far as in P6; but a lag
    runs on the successor's hours, as a person reads "two days later"."""

    name = "triptych"
    label = "Triptych"
    lag_hours = LagHours.SUCCESSOR

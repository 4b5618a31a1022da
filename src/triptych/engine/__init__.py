"""Plan → result: pure functions over columns. No Django, no sockets, no clock."""

from .agreement import Agreement, agreement
from .dialects import DIALECTS
from .explain import Explanation, Step, explain
from .ripple import Moved, Ripple, compare
from .schedule import Schedule, schedule

__all__ = [
    "DIALECTS",
    "Agreement",
    "Explanation",
    "Moved",
    "Ripple",
    "Schedule",
    "Step",
    "agreement",
    "compare",
    "explain",
    "schedule",
]

"""Plan → result: pure functions over columns. No Django, no sockets, no clock."""

from .agreement import Agreement, agreement
from .dialects import DIALECTS
from .explain import Explanation, Step, explain
from .live import LivePlan, Reach
from .ripple import Moved, Ripple, compare
from .schedule import Schedule, schedule

__all__ = [
    "DIALECTS",
    "Agreement",
    "Explanation",
    "LivePlan",
    "Moved",
    "Reach",
    "Ripple",
    "Schedule",
    "Step",
    "agreement",
    "compare",
    "explain",
    "schedule",
]

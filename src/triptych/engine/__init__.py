"""Plan → result: pure functions over columns. No Django, no sockets, no clock."""

from .agreement import Agreement, agreement
from .baseline import baseline_of
from .costs import NOT_KNOWN, Costs, costs_of
from .dialects import DIALECTS
from .drag import drag_of, drags
from .explain import Explanation, Step, explain
from .live import LivePlan, Reach
from .pull_in import Obstacle, Option, PullIn, pull_in
from .ripple import Moved, Ripple, compare
from .schedule import Schedule, schedule

__all__ = [
    "DIALECTS",
    "NOT_KNOWN",
    "Agreement",
    "Costs",
    "Explanation",
    "LivePlan",
    "Moved",
    "Obstacle",
    "Option",
    "PullIn",
    "Reach",
    "Ripple",
    "Schedule",
    "Step",
    "agreement",
    "baseline_of",
    "compare",
    "costs_of",
    "drag_of",
    "drags",
    "explain",
    "pull_in",
    "schedule",
]

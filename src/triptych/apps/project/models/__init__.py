"""The tree and what hangs on it, a file a subject. People type what is here; computed dates are in `Dates` alone."""

from .baselines import Baseline, BaselineRow
from .grants import Grant
from .plan import Absence, Assignment, Calendar, Dates, Link, Resource
from .tree import ELAPSED_PER_WORKED, UPPER, Kind, Node, ProjectSettings

__all__ = [
    "ELAPSED_PER_WORKED", "UPPER", "Absence", "Assignment", "Baseline", "BaselineRow", "Calendar", "Dates", "Grant",
    "Kind", "Link", "Node", "ProjectSettings", "Resource",
]  # fmt: skip

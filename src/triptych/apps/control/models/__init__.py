"""What every level of the tree is controlled by, a file a subject."""

from .issues import Assumption, Issue
from .risks import AffectedTask, Risk, RiskResponse

__all__ = ["AffectedTask", "Assumption", "Issue", "Risk", "RiskResponse"]

"""What every level of the tree is controlled by, a file a subject."""

from .decisions import Decision
from .issues import Assumption, Issue
from .risks import AffectedTask, Risk, RiskResponse
from .stakeholders import Stakeholder

__all__ = ["AffectedTask", "Assumption", "Decision", "Issue", "Risk", "RiskResponse", "Stakeholder"]

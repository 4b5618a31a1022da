"""What every level of the tree is controlled by, a file a subject."""

from .decisions import Decision
from .issues import Assumption, Issue
from .money import Benefit, BenefitValue, Budget, Cost, Purchase
from .risks import AffectedTask, Risk, RiskResponse
from .stakeholders import Stakeholder

__all__ = [
    "AffectedTask", "Assumption", "Benefit", "BenefitValue", "Budget", "Cost", "Decision", "Issue", "Purchase", "Risk",
    "RiskResponse", "Stakeholder",
]  # fmt: skip

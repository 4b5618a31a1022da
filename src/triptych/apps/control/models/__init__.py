"""What every level of the tree is controlled by, a file a subject."""

from .decisions import Decision
from .issues import Assumption, Issue
from .money import Benefit, BenefitValue, Budget, Cost, Purchase
from .risks import AffectedTask, Risk, RiskResponse
from .scenarios import ChangeRequest, Scenario
from .stakeholders import Stakeholder

__all__ = [
    "AffectedTask", "Assumption", "Benefit", "BenefitValue", "Budget", "ChangeRequest", "Cost", "Decision", "Issue",
    "Purchase", "Risk", "RiskResponse", "Scenario", "Stakeholder",
]  # fmt: skip

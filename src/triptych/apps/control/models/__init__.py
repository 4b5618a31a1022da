"""What every level of the tree is controlled by, a file a subject."""

from .acceptance import Acceptance
from .decisions import Decision
from .issues import Assumption, Issue
from .meetings import ActionItem, Attendee, Meeting
from .money import Benefit, BenefitValue, Budget, Cost, Purchase
from .reports import StatusReport
from .risks import AffectedTask, Risk, RiskResponse
from .scenarios import ChangeRequest, Scenario
from .stakeholders import Stakeholder

__all__ = [
    "Acceptance", "ActionItem", "AffectedTask", "Assumption", "Attendee", "Benefit", "BenefitValue", "Budget",
    "ChangeRequest", "Cost", "Decision", "Issue", "Meeting", "Purchase", "Risk", "RiskResponse", "Scenario", "Stakeholder",
    "StatusReport",
]  # fmt: skip

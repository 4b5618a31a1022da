"""The verbs of control that are more than to add, change, move on and remove. One call is one transaction."""

from .acceptance import accept_deliverable, propose_again, reject_deliverable
from .decisions import decide
from .reports import draft_report, send_report
from .risks import Occurred, occur_risk

__all__ = [
    "Occurred", "accept_deliverable", "decide", "draft_report", "occur_risk", "propose_again", "reject_deliverable",
    "send_report",
]  # fmt: skip

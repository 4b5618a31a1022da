"""Reading what a node is controlled by. Each query costs a constant number of statements, whatever the rows."""

from .below import below
from .issues import decisions_wanted, open_issues, open_items
from .money import Figures, Line, Money, Realised, benefits_of, money_of
from .reports import Told, reports_of
from .risks import Drawn, Exposed, exposure, register, risks_of
from .waiting import Waiting, waiting_for

__all__ = [
    "Drawn", "Exposed", "Figures", "Line", "Money", "Realised", "Told", "Waiting", "below", "benefits_of",
    "decisions_wanted", "exposure", "money_of", "open_issues", "open_items", "register", "reports_of", "risks_of",
    "waiting_for",
]  # fmt: skip

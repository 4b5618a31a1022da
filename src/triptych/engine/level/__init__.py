"""Levelling: a schedule that nobody is overloaded by, as a proposal with reasons.

Resource-constrained scheduling of one project, or of many that share their people, on the rules of the engine itself: links, calendars, leave,
constraints, progress and dialects count as they do in `schedule`, which dates the proposal.
"""

from .answer import Answer, Levelled, Progress, levelled
from .blame import Busy
from .level import Solver, level
from .proposal import Figures, Left, Line, Proposal
from .terms import Objective, Terms

__all__ = [
    "Answer", "Busy", "Figures", "Left", "Levelled", "Line", "Objective", "Progress", "Proposal", "Solver", "Terms", "level", "levelled",
]  # fmt: skip

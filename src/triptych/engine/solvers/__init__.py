"""Solvers that may be passed to levelling: each takes a plan's relaxation to whole numbers and gives starts and a bound."""

from .base import Answer, Ask, Goal, Progress, Relaxation, Solver, Status, broken_by, never, value_of

__all__ = [
    "Answer",
    "Ask",
    "Goal",
    "Progress",
    "Relaxation",
    "Solver",
    "Status",
    "broken_by",
    "never",
    "value_of",
]

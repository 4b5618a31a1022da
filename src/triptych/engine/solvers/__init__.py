"""Solvers that may be passed to levelling: each takes a puzzle of whole numbers and gives starts and a bound."""

from .base import Answer, Ask, Goal, Progress, Puzzle, Solver, Status, broken_by, never, value_of

__all__ = [
    "Answer",
    "Ask",
    "Goal",
    "Progress",
    "Puzzle",
    "Solver",
    "Status",
    "broken_by",
    "never",
    "value_of",
]

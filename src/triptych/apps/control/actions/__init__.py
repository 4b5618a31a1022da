"""The verbs of control that are more than to add, change, move on and remove. One call is one transaction."""

from .decisions import decide
from .risks import Occurred, occur_risk

__all__ = ["Occurred", "decide", "occur_risk"]

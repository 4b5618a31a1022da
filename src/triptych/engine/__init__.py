"""Plan → result: pure functions over columns. No Django, no sockets, no clock."""

from .dialects import DIALECTS
from .schedule import Schedule, schedule

__all__ = ["DIALECTS", "Schedule", "schedule"]

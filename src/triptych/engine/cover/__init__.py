"""Who does it instead: stand-ins for a person on a task, what an absence does, and how many of which role are missing."""

from .absence import Away, Finish, Slip, away
from .answer import Cover, Known, StandIn
from .bench import Bench, cover, covers
from .roles import Peak, RoleMonth, Roles, roles_by_month

__all__ = [
    "Away",
    "Bench",
    "Cover",
    "Finish",
    "Known",
    "Peak",
    "RoleMonth",
    "Roles",
    "Slip",
    "StandIn",
    "away",
    "cover",
    "covers",
    "roles_by_month",
]

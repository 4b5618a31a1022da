"""The plan as a value: immutable, validated, in columns. stdlib and numpy only."""

from .builder import PlanBuilder
from .diagnostics import Diagnostic, PlanError, Severity, worst
from .kinds import Constraint, FloatBasis, LagHours, LagKind, LinkKind, ProgressLogic, ResourceKind, TaskType
from .model import (
    STANDARD_DAY,
    STANDARD_WEEK,
    Assignment,
    Calendar,
    CalendarException,
    Link,
    Plan,
    Project,
    Resource,
    Splits,
    Task,
)
from .quantities import (
    NO_INSTANT,
    Instant,
    Minutes,
    instant,
    moment,
    parse_instant,
    spell_duration,
    spell_instant,
)

__all__ = [
    "NO_INSTANT",
    "STANDARD_DAY",
    "STANDARD_WEEK",
    "Assignment",
    "Calendar",
    "CalendarException",
    "Constraint",
    "Diagnostic",
    "FloatBasis",
    "Instant",
    "LagHours",
    "LagKind",
    "Link",
    "LinkKind",
    "Minutes",
    "Plan",
    "PlanBuilder",
    "PlanError",
    "ProgressLogic",
    "Project",
    "Resource",
    "ResourceKind",
    "Severity",
    "Splits",
    "Task",
    "TaskType",
    "instant",
    "moment",
    "parse_instant",
    "spell_duration",
    "spell_instant",
    "worst",
]

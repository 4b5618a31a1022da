"""A change is a value: typed data with `apply(plan)` and an inverse.

Preview, undo, scenarios, change requests and the time machine are all this one mechanism. A change that cannot
be done raises `CannotApply`, with a code and a sentence. `op` is the name on the wire, so that the API reads and
writes these classes themselves.
"""

from collections.abc import Sequence

from triptych.plan.model import Plan

from .applying import CannotApply
from .baselines import SetBaseline
from .durations import RestoreDuration, SetDuration
from .links import AddLink, RemoveLink, SetLag
from .modes import RestoreActive, SetActive, SetMode
from .outline import AddTasks, MoveTask, RemoveTask
from .people import AddAbsence, Assign, RemoveAbsence, Unassign
from .settings import SetCalendar, SetProject, SetResource
from .splits import JoinTask, RestoreSplits, SetLevellingDelay, SplitTask
from .tasks import SetConstraint, SetDeadline, SetName, SetProgress, SetSecondaryConstraint
from .work import SetTaskType, SetUnits, SetWork

Change = (
    SetName
    | SetDuration
    | RestoreDuration
    | SplitTask
    | JoinTask
    | RestoreSplits
    | SetLevellingDelay
    | SetConstraint
    | SetSecondaryConstraint
    | SetDeadline
    | SetProgress
    | SetMode
    | SetActive
    | RestoreActive
    | SetTaskType
    | AddLink
    | RemoveLink
    | SetLag
    | AddTasks
    | RemoveTask
    | MoveTask
    | Assign
    | Unassign
    | SetWork
    | SetUnits
    | AddAbsence
    | RemoveAbsence
    | SetBaseline
    | SetProject
    | SetResource
    | SetCalendar
)


def apply_all(plan: Plan, changes: Sequence[Change]) -> tuple[Plan, list[Change]]:
    """Apply changes in order; also the changes that undo them, in the order to apply them.

    Raises CannotApply at the first that cannot be done; the plan given is untouched, being a value.
    """
    inverses: list[Change] = []
    for change in changes:
        inverses.append(change.inverse(plan))
        plan = change.apply(plan)
    return plan, inverses[::-1]


__all__ = [
    "AddAbsence", "AddLink", "AddTasks", "Assign", "CannotApply", "Change", "JoinTask", "MoveTask", "RemoveAbsence",
    "RemoveLink", "RemoveTask", "RestoreActive", "RestoreDuration", "RestoreSplits", "SetActive", "SetBaseline",
    "SetCalendar", "SetConstraint", "SetDeadline", "SetDuration", "SetLag", "SetLevellingDelay", "SetMode", "SetName",
    "SetProgress", "SetProject", "SetResource", "SetSecondaryConstraint", "SetTaskType", "SetUnits", "SetWork",
    "SplitTask", "Unassign", "apply_all",
]  # fmt: skip

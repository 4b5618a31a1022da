"""The tree and what hangs on it, a file a subject. People type what is here; computed dates are in `Dates` alone."""

from .baselines import Baseline, BaselineRow
from .grants import Grant
from .items import Category, CustomField, FieldKind, ItemType, Transition, WorkflowState
from .plan import Absence, Assignment, Calendar, Dates, Link, Resource
from .talk import Comment, Mention, Notice, Reason, Watch
from .tree import ELAPSED_PER_WORKED, UPPER, Kind, Node, ProjectSettings

__all__ = [
    "ELAPSED_PER_WORKED", "UPPER", "Absence", "Assignment", "Baseline", "BaselineRow", "Calendar", "Category", "Comment", "CustomField", "Dates", "FieldKind", "Grant", "ItemType", "Kind", "Link", "Mention", "Node", "Notice", "ProjectSettings", "Reason", "Resource", "Transition", "Watch", "WorkflowState",
]  # fmt: skip

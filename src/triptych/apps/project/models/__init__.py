"""The tree and what hangs on it, a file a subject. People type what is here; computed dates are in `Dates` alone."""

from .attachments import Attachment
from .baselines import Baseline, BaselineRow
from .checklists import ChecklistItem
from .grants import Grant
from .involvement import Involvement, Part
from .items import Category, CustomField, FieldKind, ItemType, Transition, WorkflowState
from .labels import Colour, Label, Labelled
from .plan import Absence, Assignment, Calendar, Dates, Link, Resource
from .recurrences import Recurrence
from .talk import Comment, Mention, Notice, Reason, Watch
from .templates import Template
from .timesheets import TimeEntry, TimeState
from .tree import ELAPSED_PER_WORKED, UPPER, Kind, Node, ProjectSettings

__all__ = [
    "ELAPSED_PER_WORKED", "UPPER", "Absence", "Assignment", "Attachment", "Baseline", "BaselineRow", "Calendar",
    "Category", "ChecklistItem", "Colour", "Comment", "CustomField", "Dates", "FieldKind", "Grant", "Involvement",
    "ItemType", "Kind", "Label", "Labelled", "Link", "Mention", "Node", "Notice", "Part", "ProjectSettings", "Reason",
    "Recurrence", "Resource", "Template", "TimeEntry", "TimeState", "Transition", "Watch", "WorkflowState",
]  # fmt: skip

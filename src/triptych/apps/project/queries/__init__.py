"""Reading the tree and what hangs on it. Each query costs a constant number of statements, whatever there is."""

from .attachments import attachments, open_attachment
from .items import Item, checklist, involved, item_values, labels_of
from .plans import (
    Branch,
    Figures,
    Ghost,
    any_project,
    baselined_tasks,
    calendars,
    ghosts,
    link_numbers,
    next_position,
    people,
    project_head,
    project_of_task,
    projects_of_calendar,
    projects_of_resource,
    resource,
    tree,
    upper_node,
)
from .talk import comments, inbox, watches
from .timesheets import Worked, actual_work, week_sheet

__all__ = [
    "Branch", "Figures", "Ghost", "Item", "Worked", "actual_work", "any_project", "attachments", "baselined_tasks",
    "calendars", "checklist", "comments", "ghosts", "inbox", "involved", "item_values", "labels_of", "link_numbers",
    "next_position", "open_attachment", "people", "project_head", "project_of_task", "projects_of_calendar",
    "projects_of_resource", "resource", "tree", "upper_node", "watches", "week_sheet",
]  # fmt: skip

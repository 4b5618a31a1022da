"""Reading the tree and what hangs on it. Each query costs a constant number of statements, whatever there is."""

from .items import Item, item_values
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

__all__ = [
    "Branch", "Figures", "Ghost", "Item", "any_project", "baselined_tasks", "calendars", "comments", "ghosts", "inbox",
    "item_values", "link_numbers", "next_position", "people", "project_head", "project_of_task", "projects_of_calendar",
    "projects_of_resource", "resource", "tree", "upper_node", "watches",
]  # fmt: skip

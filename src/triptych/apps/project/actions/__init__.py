"""Every write to the tree. One call is one transaction: the change, its dates, its entry in the log."""

from .answer import impact_between
from .baselining import clear_baseline, freeze_baseline
from .editing import change_plan
from .granting import add_person, close_account, found_workspace, grant_role, withdraw_role
from .growing import create_calendar, create_node, create_project, mark_deliverable, remove_node
from .importing import Imported, ImportReport, Recorded, import_plan, record_plan
from .items import Edited, edit_items
from .keeping import Written, add, change, move, remove
from .noticing import mark_read
from .perform import Outcome
from .staffing import add_absence, create_resource, remove_absence, set_resource
from .steering import hand_over, move_node, rename_node, set_calendar, set_project
from .trash import restore
from .undoing import Undone, redo, undo, undo_run

__all__ = [
    "Edited", "ImportReport", "Imported", "Outcome", "Recorded", "Undone", "Written", "add", "add_absence", "add_person", "change",
    "change_plan", "clear_baseline", "close_account", "create_calendar", "create_node", "create_project",
    "create_resource", "edit_items", "found_workspace", "freeze_baseline", "grant_role", "hand_over", "impact_between",
    "import_plan", "mark_deliverable", "mark_read", "move", "move_node", "record_plan", "redo", "remove",
    "remove_absence", "remove_node", "rename_node", "restore", "set_calendar", "set_project", "set_resource", "undo",
    "undo_run", "withdraw_role",
]  # fmt: skip

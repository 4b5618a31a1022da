"""Every write to the tree. One call is one transaction: the change, its dates, its entry in the log."""

from .answer import impact_between
from .attachments import attach, tidy_files
from .baselining import clear_baseline, freeze_baseline
from .checklists import tick_item
from .editing import change_plan
from .granting import add_person, close_account, found_workspace, grant_role, withdraw_role
from .growing import create_calendar, create_node, create_project, mark_deliverable, remove_node
from .importing import Imported, ImportReport, Recorded, import_plan, record_plan
from .items import Edited, edit_items
from .keeping import Written, add, change, move, remove
from .noticing import mark_read
from .perform import Outcome
from .placeholders import fill_placeholder
from .recurrences import repeat_due
from .staffing import add_absence, create_resource, remove_absence, set_resource
from .steering import hand_over, move_node, rename_node, set_calendar, set_project
from .templates import plant_template, save_template
from .timesheets import approve_time, enter_time, reject_time, submit_week
from .trash import restore
from .undoing import Undone, redo, undo, undo_run

__all__ = [
    "Edited", "ImportReport", "Imported", "Outcome", "Recorded", "Undone", "Written", "add", "add_absence",
    "add_person", "approve_time", "attach", "change", "change_plan", "clear_baseline", "close_account",
    "create_calendar", "create_node", "create_project", "create_resource", "edit_items", "enter_time",
    "fill_placeholder", "found_workspace", "freeze_baseline", "grant_role", "hand_over", "impact_between", "import_plan",
    "mark_deliverable", "mark_read", "move", "move_node", "plant_template", "record_plan", "redo", "reject_time",
    "remove", "remove_absence", "remove_node", "rename_node", "repeat_due", "restore", "save_template", "set_calendar",
    "set_project", "set_resource", "submit_week", "tick_item", "tidy_files", "undo", "undo_run", "withdraw_role",
]  # fmt: skip

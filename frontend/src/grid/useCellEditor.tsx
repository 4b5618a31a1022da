import type { ReactNode } from "react";
import { editChanges, type EditFault } from "../kernel/changes";
import type { Change } from "../kernel/plan";
import { CellEditor, type Leave } from "./CellEditor";
import { editText, mayEdit, type Column } from "./columns";
import type { PlanIndex } from "./plan_index";
import type { CellFocus } from "./useActiveCell";

/** The field in the active cell while it is edited; what is typed becomes changes. */
export function useCellEditor(
  index: PlanIndex,
  cells: CellFocus,
  shown: readonly Column[],
  onEdit: (changes: Change[]) => void,
): ReactNode {
  const { active, editing } = cells;
  const task = active && editing ? index.tasks.get(active.task) : undefined;
  const column = shown.find(({ key }) => key === active?.column);
  const field = column?.edits;
  if (!task || !field) return null;
  const units = index.plan.project;
  const worktime = index.worktimeFor(task);

  function commit(text: string, leave: Leave): EditFault | null {
    if (!task || !field) return null;
    const edit = editChanges(task, field, text, { units, today: index.today, worktime });
    if ("fault" in edit) return edit.fault;
    if (edit.changes.length > 0) onEdit(edit.changes);
    go(leave);
    return null;
  }
  function go(leave: Leave): void {
    const editable = task ? shown.filter((other) => mayEdit(other, task)) : [];
    const at = editable.findIndex(({ key }) => key === active?.column);
    const to = { next: editable[at + 1], previous: editable[at - 1] }[leave as string];
    if (task && to) cells.edit({ task: task.id, column: to.key });
    else cells.stopEditing(leave !== "away");
  }
  return (
    <CellEditor
      key={`${task.id} ${field}`}
      label={`${column.label}: ${task.name}`}
      initial={editText(field, task, units, worktime)}
      onCommit={commit}
      onCancel={() => cells.stopEditing(true)}
    />
  );
}

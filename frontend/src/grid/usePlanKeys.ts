import type { KeyboardEvent, RefObject } from "react";
import type { Gantt } from "../gantt/gantt";
import type { TaskRow } from "../kernel/plan";
import type { Column } from "./columns";
import { cellCommand, viewCommand, type Command } from "./keys";
import type { PlanIndex } from "./plan_index";
import type { CellFocus } from "./useActiveCell";
import type { Tree } from "./useTree";
import { ZOOM_STEP } from "./ZoomBar";

interface Setting {
  index: PlanIndex;
  tree: Tree;
  cells: CellFocus;
  shown: readonly Column[];
  gantt: RefObject<Gantt | null>;
  /** Rows in a page. */
  page: number;
  /** Whether there is a preview that Esc gives up. */
  previewing: boolean;
  choose(task: number): void;
  showRow(row: number): void;
  nudge(task: TaskRow, days: 1 | -1, lengthens: boolean): void;
  cancel(): void;
  onWhy(task: number, field: "start" | "finish"): void;
}

function within(count: number, at: number): number {
  return Math.min(count - 1, Math.max(0, at));
}

/** The keyboard of table and chart. */
export function usePlanKeys(setting: Setting): (event: KeyboardEvent) => void {
  const { index, tree, cells, shown, gantt } = setting;
  const { active } = cells;
  const task = active ? index.tasks.get(active.task) : undefined;
  const at = active ? tree.rowOf.get(active.task) : undefined;

  function goToRow(row: number): void {
    const to = tree.rows[within(tree.rows.length, row)]?.task.id;
    if (to === undefined) return;
    setting.showRow(within(tree.rows.length, row));
    setting.choose(to);
  }
  function goToColumn(by: number): void {
    const from = shown.findIndex(({ key }) => key === active?.column);
    const to = shown[within(shown.length, from + by)];
    if (active && to) cells.go({ task: active.task, column: to.key }, true);
  }
  function run(command: Command): void {
    if (command.do === "zoom") gantt.current?.zoomBy(command.closer ? ZOOM_STEP : 1 / ZOOM_STEP);
    else if (command.do === "cancel") setting.cancel();
    else if (task && active && at !== undefined) runOn(task, at, command);
  }
  function runOn(on: TaskRow, row: number, command: Command): void {
    switch (command.do) {
      case "rows":
        return goToRow(row + command.by);
      case "columns":
        return goToColumn(command.by);
      case "expand":
      case "collapse":
        return tree.setOpen(on.id, command.do === "expand");
      case "parent":
        return goToRow(tree.rowOf.get(on.parent ?? on.id) ?? row);
      case "edit":
        return active ? cells.edit(active) : undefined;
      case "why":
        return setting.onWhy(on.id, active?.column === "finish" ? "finish" : "start");
      case "nudge":
        return setting.nudge(on, command.days, command.lengthens);
    }
  }
  function commandOf(event: KeyboardEvent): Command | null {
    const inTable = event.target instanceof Element && event.target.closest("[role=treegrid]");
    const row = at === undefined ? undefined : tree.rows[at];
    const column = shown.find(({ key }) => key === active?.column);
    const editable = index.plan.project.may_edit;
    const place = inTable && row && column && { row, column, editable, page: setting.page };
    return (place ? cellCommand(event, place) : null) ?? viewCommand(event);
  }
  return (event) => {
    if (event.defaultPrevented || event.target instanceof HTMLInputElement) return;
    const command = commandOf(event);
    if (!command || (command.do === "cancel" && !setting.previewing)) return;
    event.preventDefault();
    run(command);
  };
}

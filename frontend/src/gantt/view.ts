import type { Change, ProjectPlan, Ripple } from "../kernel/plan";
import type { VisibleRow } from "../kernel/rows";

/** What the Gantt shows. It draws anew whenever it is given another view. */
export interface GanttView {
  plan: ProjectPlan;
  rows: readonly VisibleRow[];
  selected: number | null;
  preview: Ripple | null;
  /** The tasks of a Why chain. */
  highlight: readonly number[];
}

export interface GanttCallbacks {
  onSelect(task: number | null): void;
  /** A double click on a summary. */
  onToggle(task: number): void;
  /** While dragging: the changes that dropping here would make. */
  onPropose(changes: Change[]): void;
  onDrop(changes: Change[]): void;
  onCancel(): void;
  /** The chart wants a row to be in view. */
  onShowRow(row: number): void;
  /** The chart wants to scroll its rows by some pixels: it shares its scroll position with the grid. */
  onScrollRows(pixels: number): void;
}

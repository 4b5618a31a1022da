import type { TaskRow } from "./plan";

export interface VisibleRow {
  task: TaskRow;
  /** 1 directly under the project. */
  level: number;
  expandable: boolean;
  expanded: boolean;
}

function parentsOf(tasks: readonly TaskRow[]): Set<number> {
  const parents = new Set<number>();
  for (const task of tasks) if (task.parent !== null) parents.add(task.parent);
  return parents;
}

/** The rows of the tree that are seen, in outline order (`tasks` are in preorder). */
export function visibleRows(
  tasks: readonly TaskRow[],
  collapsed: ReadonlySet<number>,
): VisibleRow[] {
  const parents = parentsOf(tasks);
  const levels = new Map<number, number>();
  const hidden = new Set<number>();
  const rows: VisibleRow[] = [];
  for (const task of tasks) {
    const above = task.parent;
    const level = above === null ? 1 : (levels.get(above) ?? 0) + 1;
    levels.set(task.id, level);
    if (above !== null && (collapsed.has(above) || hidden.has(above))) {
      hidden.add(task.id);
      continue;
    }
    const expandable = parents.has(task.id);
    rows.push({ task, level, expandable, expanded: expandable && !collapsed.has(task.id) });
  }
  return rows;
}

/** The row on which each task is seen: its own, or that of the nearest summary above it that is seen. */
export function rowOfTask(
  tasks: readonly TaskRow[],
  rows: readonly VisibleRow[],
): Map<number, number> {
  const places = new Map<number, number>();
  rows.forEach((row, index) => places.set(row.task.id, index));
  for (const task of tasks) {
    if (places.has(task.id) || task.parent === null) continue;
    const above = places.get(task.parent);
    if (above !== undefined) places.set(task.id, above);
  }
  return places;
}

/** The summaries above a task, which must be open for it to be seen. */
export function ancestors(tasks: readonly TaskRow[], id: number): number[] {
  const parents = new Map(tasks.map((task) => [task.id, task.parent]));
  const above: number[] = [];
  for (let at = parents.get(id); at != null; at = parents.get(at)) above.push(at);
  return above;
}

import { useCallback, useMemo, useState } from "react";
import type { ProjectPlan } from "../kernel/plan";
import { ancestors, visibleRows, type VisibleRow } from "../kernel/rows";

export interface Tree {
  rows: readonly VisibleRow[];
  /** The row of each task that is seen. */
  rowOf: ReadonlyMap<number, number>;
  setOpen(task: number, open: boolean): void;
  toggle(task: number): void;
  /** Opens whatever hides a task. */
  uncover(task: number): void;
}

export function useTree(plan: ProjectPlan): Tree {
  const [closed, setClosed] = useState<ReadonlySet<number>>(new Set());
  const rows = useMemo(() => visibleRows(plan.tasks, closed), [plan.tasks, closed]);
  const rowOf = useMemo(() => new Map(rows.map((row, at) => [row.task.id, at])), [rows]);

  const setOpen = useCallback((task: number, open: boolean) => {
    setClosed((before) => {
      const after = new Set(before);
      if (open) after.delete(task);
      else after.add(task);
      return after;
    });
  }, []);
  const toggle = useCallback(
    (task: number) => {
      const row = rows[rowOf.get(task) ?? -1];
      if (row?.expandable) setOpen(task, !row.expanded);
    },
    [rows, rowOf, setOpen],
  );
  const uncover = useCallback(
    (task: number) => ancestors(plan.tasks, task).forEach((above) => setOpen(above, true)),
    [plan.tasks, setOpen],
  );
  return { rows, rowOf, setOpen, toggle, uncover };
}

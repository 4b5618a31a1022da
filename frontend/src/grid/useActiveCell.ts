import { useLayoutEffect, useRef, useState, type RefObject } from "react";
import type { ColumnKey } from "./columns";

export interface ActiveCell {
  task: number;
  column: ColumnKey;
}

/** Which cell Tab reaches and the arrows move from; the focus follows when asked to. */
export function useActiveCell(root: RefObject<HTMLElement | null>) {
  const [active, setActive] = useState<ActiveCell | null>(null);
  const [editing, setEditing] = useState(false);
  const wanted = useRef(false);
  const inside = useRef(false);

  useLayoutEffect(() => {
    const lost = inside.current && document.activeElement === document.body;
    if (!active || editing) return;
    if (!wanted.current && !lost && !strayed(root.current, active)) return;
    const row = root.current?.querySelector(`[data-task="${active.task}"]`);
    const cell = row?.querySelector<HTMLElement>(`[data-column="${active.column}"]`);
    if (!cell) return;
    cell.focus({ preventScroll: true });
    if (wanted.current) showSideways(cell);
    wanted.current = false;
  });

  function go(cell: ActiveCell, focus: boolean): void {
    wanted.current = focus;
    setEditing(false);
    setActive(cell);
  }
  function edit(cell: ActiveCell): void {
    setActive(cell);
    setEditing(true);
  }
  function stopEditing(focus: boolean): void {
    wanted.current = focus;
    setEditing(false);
  }
  /** The cell that was given the focus, by whatever means, is the active one. */
  function focused(target: Element): void {
    const cell = target.closest<HTMLElement>("[data-column]");
    const row = cell?.closest<HTMLElement>("[data-task]");
    if (!cell || !row) return;
    inside.current = true;
    const to = { task: Number(row.dataset.task), column: cell.dataset.column as ColumnKey };
    if (!editing && (to.task !== active?.task || to.column !== active.column)) go(to, false);
  }
  /** An element that loses the focus because it is gone has not been left: its row still has the focus. */
  function blurred(cell: Element): void {
    queueMicrotask(() => {
      if (cell.isConnected) inside.current = document.activeElement?.closest("[data-task]") != null;
    });
  }
  return { active, editing, go, edit, stopEditing, focused, blurred };
}

export type CellFocus = ReturnType<typeof useActiveCell>;

/** The element with the focus was given to another row, as rows scrolled by. */
function strayed(root: HTMLElement | null, active: ActiveCell): boolean {
  const row = document.activeElement?.closest<HTMLElement>("[data-task]");
  return row != null && root?.contains(row) === true && Number(row.dataset.task) !== active.task;
}

/**
 * Brings a cell into view within the table's width. Not by scrollIntoView: that would scroll the table up and
 * down too, past the chart beside it, whose rows move by arithmetic.
 */
function showSideways(cell: HTMLElement): void {
  const grid = cell.closest<HTMLElement>(".grid");
  if (!grid) return;
  const [inner, outer] = [cell.getBoundingClientRect(), grid.getBoundingClientRect()];
  if (inner.left < outer.left) grid.scrollLeft += inner.left - outer.left;
  else if (inner.right > outer.right) grid.scrollLeft += inner.right - outer.right;
}

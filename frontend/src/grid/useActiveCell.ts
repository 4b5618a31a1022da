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

  useLayoutEffect(() => {
    if (!wanted.current || !active || editing) return;
    const row = root.current?.querySelector(`[data-task="${active.task}"]`);
    const cell = row?.querySelector<HTMLElement>(`[data-column="${active.column}"]`);
    if (!cell) return;
    wanted.current = false;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
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
  return { active, editing, go, edit, stopEditing };
}

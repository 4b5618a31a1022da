import { useEffect, useRef, type RefObject } from "react";
import type { Gantt } from "../gantt/gantt";
import type { PlanIndex } from "./plan_index";
import type { Tree } from "./useTree";

/**
 * Brings a task that was selected elsewhere (by the palette, by a Why chain) into view, opening what hides it.
 * Returns how to tell that a task is selected here, which is not to be answered by scrolling there.
 */
export function useSelection(
  selected: number | null,
  index: PlanIndex,
  tree: Tree,
  gantt: RefObject<Gantt | null>,
): (task: number | null) => void {
  const seen = useRef(selected);
  useEffect(() => {
    if (selected === seen.current) return;
    const hidden = selected !== null && !tree.rowOf.has(selected);
    if (hidden && index.tasks.has(selected)) tree.uncover(selected);
    if (hidden) return;
    seen.current = selected;
    if (selected !== null) gantt.current?.scrollToTask(selected);
  });
  return (task) => {
    seen.current = task;
  };
}

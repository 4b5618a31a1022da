import { useLayoutEffect, useRef, type RefObject } from "react";
import { Gantt } from "../gantt/gantt";
import type { GanttCallbacks, GanttView } from "../gantt/view";

/** A Gantt in an element, told of each new view; its callbacks may change without it being made anew. */
export function useGantt(
  host: RefObject<HTMLElement | null>,
  view: GanttView,
  callbacks: GanttCallbacks,
): RefObject<Gantt | null> {
  const gantt = useRef<Gantt>(null);
  const latest = useRef(callbacks);
  useLayoutEffect(() => {
    latest.current = callbacks;
  });
  useLayoutEffect(() => {
    if (!host.current) return;
    const made = new Gantt(host.current, forwarding(latest));
    gantt.current = made;
    return () => made.destroy();
  }, [host]);
  const { plan, rows, selected, preview, highlight } = view;
  useLayoutEffect(() => {
    gantt.current?.update({ plan, rows, selected, preview, highlight });
  }, [plan, rows, selected, preview, highlight]);
  return gantt;
}

function forwarding(latest: RefObject<GanttCallbacks>): GanttCallbacks {
  return {
    onSelect: (task) => latest.current.onSelect(task),
    onToggle: (task) => latest.current.onToggle(task),
    onPropose: (changes) => latest.current.onPropose(changes),
    onDrop: (changes) => latest.current.onDrop(changes),
    onCancel: () => latest.current.onCancel(),
    onShowRow: (row) => latest.current.onShowRow(row),
    onScrollRows: (pixels) => latest.current.onScrollRows(pixels),
  };
}

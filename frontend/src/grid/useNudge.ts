import { useEffect, useRef } from "react";
import type { Change, MovedTask, TaskRow } from "../kernel/plan";
import { beginNudge, nudge, nudgeChanges, type Nudge } from "./nudge";
import type { PlanIndex } from "./plan_index";

interface Callbacks {
  onPropose(changes: Change[]): void;
  onDrop(changes: Change[]): void;
  onCancel(): void;
}

/** Moves a task by the keys: each press proposes, and letting go of Alt drops, as with a pointer. */
export function useNudge(
  index: PlanIndex,
  moves: ReadonlyMap<number, MovedTask>,
  callbacks: Callbacks,
) {
  const state = useRef<Nudge>(null);
  const latest = useRef(callbacks);
  useEffect(() => {
    latest.current = callbacks;
  });

  useEffect(() => {
    const drop = () => {
      const changes = state.current && nudgeChanges(state.current);
      state.current = null;
      if (changes && changes.length > 0) latest.current.onDrop(changes);
    };
    const onKeyUp = (event: KeyboardEvent) => event.key === "Alt" && drop();
    window.addEventListener("keyup", onKeyUp);
    window.addEventListener("blur", drop);
    return () => {
      window.removeEventListener("keyup", onKeyUp);
      window.removeEventListener("blur", drop);
    };
  }, []);

  function press(task: TaskRow, days: 1 | -1, lengthens: boolean): void {
    if (state.current?.task.id !== task.id)
      state.current = beginNudge(task, index.worktimeFor(task), moves.get(task.id));
    state.current = nudge(state.current, days, lengthens, index.plan.project.minutes_per_day);
    const changes = nudgeChanges(state.current);
    if (changes.length > 0) latest.current.onPropose(changes);
    else latest.current.onCancel();
  }
  function abandon(): void {
    state.current = null;
  }
  return { press, abandon };
}

import { placementChanges } from "../kernel/changes";
import { gripOf, lengthened, mayMove, mayResize, nudged, type Grip } from "../kernel/drag";
import type { Change, MovedTask, TaskRow } from "../kernel/plan";
import type { Worktime } from "../kernel/worktime";

/** A task being moved by the keys: a drag without a pointer, that lasts while Alt is held. */
export interface Nudge {
  task: TaskRow;
  from: Grip;
  to: Grip;
}

/** Begins where a waiting preview has put the task, so that a second nudge adds to the first. */
export function beginNudge(task: TaskRow, worktime: Worktime, move?: MovedTask): Nudge {
  const from = gripOf(task, worktime);
  if (!move) return { task, from, to: from };
  const to = gripOf({ ...task, start: move.start_after, finish: move.finish_after }, worktime);
  return { task, from, to };
}

export function nudge(
  state: Nudge,
  days: 1 | -1,
  lengthens: boolean,
  minutesPerDay: number,
): Nudge {
  const allowed = lengthens ? mayResize(state.task) && !state.task.milestone : mayMove(state.task);
  if (!allowed) return state;
  const placed = lengthens ? lengthened(state.to, days, minutesPerDay) : nudged(state.to, days);
  return { ...state, to: { ...state.to, ...placed } };
}

export function nudgeChanges({ task, from, to }: Nudge): Change[] {
  return placementChanges(task, from, to);
}

import * as api from "../api/calls";
import type { PullIn, PullInOption, RemoveAbsence } from "../api/types";
import type { Change } from "../kernel/plan";
import { get, set, type PullingIn } from "./state";
import { tell } from "./toasts";

let asking = new AbortController();

/** Ask what would have a task finish so many working days earlier; the last question is answered. */
export async function askPullIn(task: number, days: number): Promise<void> {
  const seq = get().plan?.seq;
  if (seq === undefined) return;
  asking.abort();
  asking = new AbortController();
  const asked: PullingIn = { task, days, seq, answer: null };
  set({ pullIn: asked });
  try {
    const answer = await api.readPullIn(task, days, asking.signal);
    if (get().pullIn === asked) set({ pullIn: { ...asked, answer } });
  } catch (error) {
    if (get().pullIn !== asked) return;
    set({ pullIn: null });
    tell(error);
  }
}

/** Ask no further. */
export function forgetPullIn(): void {
  asking.abort();
  set({ pullIn: null });
}

function isOfPlan(change: Change | RemoveAbsence): change is Change {
  return change.op !== "remove_absence";
}

/** The changes of an option as the plan's preview takes them; none where some are made elsewhere. */
export function previewable({ changes }: PullInOption): Change[] | null {
  return changes.every(isOfPlan) ? changes.filter(isOfPlan) : null;
}

/** What is told first, the combination or how far it goes, and the single options beside it. */
export function ranked(answer: PullIn): { first: PullInOption | null; others: PullInOption[] } {
  const first = answer.combination ?? answer.furthest;
  const told = JSON.stringify(first?.changes);
  return {
    first,
    others: answer.options.filter(({ changes }) => JSON.stringify(changes) !== told),
  };
}

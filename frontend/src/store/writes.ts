import * as api from "../api/calls";
import { ApiProblem } from "../api/problem";
import type { ChangeAnswer } from "../api/types";
import type { Change, ProjectPlan } from "../kernel/plan";
import { say } from "../ui/strings";
import { optimistic, removed, still } from "./changes";
import { merge } from "./merge";
import { reloadPlan } from "./plan";
import { describe } from "./sentences";
import { get, set } from "./state";
import { tell, toast } from "./toasts";
import { refreshTree } from "./tree";
import { undo } from "./undo";

const OWN_KEPT = 100;

/** Run a write; its echo on the live stream is held back until its number is known. */
export async function writing<T extends { entry: number | null }>(
  deed: () => Promise<T>,
): Promise<T> {
  set({ writing: get().writing + 1 });
  try {
    const answer = await deed();
    if (answer.entry !== null) set({ own: [...get().own, answer.entry].slice(-OWN_KEPT) });
    return answer;
  } finally {
    set({ writing: get().writing - 1 });
  }
}

function settle(plan: ProjectPlan, changes: Change[], answer: ChangeAnswer): void {
  const gone = removed(plan, changes);
  const open = get().plan;
  if (open?.project.id === plan.project.id) set({ plan: merge(open, answer, gone) });
  if (gone.has(get().selected ?? -1)) set({ selected: null, panel: null });
  refreshTree();
}

function announce(plan: ProjectPlan, changes: Change[], answer: ChangeAnswer): void {
  const spread = answer.ripple.moved.length > 1 ? [answer.ripple.sentence] : [];
  const action = { label: say("undo"), run: () => void undo() };
  toast(describe(plan, changes), { details: spread, action });
}

async function refused(plan: ProjectPlan, error: unknown): Promise<void> {
  if (error instanceof ApiProblem && error.code === "plan.moved") {
    toast(say("plan.moved"), { tone: "problem" });
    await reloadPlan(plan.project.id);
    return;
  }
  if (get().plan?.project.id === plan.project.id) await reloadPlan(plan.project.id);
  tell(error);
}

/** Write changes to the open plan. True when they were written. */
export async function commit(plan: ProjectPlan, changes: Change[]): Promise<boolean> {
  if (still(changes)) set({ plan: optimistic(plan, changes) });
  try {
    const answer = await writing(() => api.commitChanges(plan.project.id, changes, plan.seq));
    settle(plan, changes, answer);
    announce(plan, changes, answer);
    return true;
  } catch (error) {
    await refused(plan, error);
    return false;
  }
}

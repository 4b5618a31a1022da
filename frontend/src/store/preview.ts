import * as api from "../api/calls";
import { aborted, ApiProblem } from "../api/problem";
import type { ChangeAnswer } from "../api/types";
import type { Change } from "../kernel/plan";
import { movesOthers, still } from "./changes";
import { get, set, type Preview } from "./state";
import { tell } from "./toasts";
import { commit } from "./writes";

const DEBOUNCE_MS = 80;
let waiting: ReturnType<typeof setTimeout> | undefined;
let asking = new AbortController();

function renew(): AbortSignal {
  clearTimeout(waiting);
  asking.abort();
  asking = new AbortController();
  return asking.signal;
}

function change(more: Partial<Preview>): void {
  const preview = get().preview;
  if (preview) set({ preview: { ...preview, ...more } });
}

/** Ask what the changes would do; the answer counts only while nothing newer was asked. */
async function ask(changes: Change[], signal: AbortSignal): Promise<ChangeAnswer | null> {
  const plan = get().plan;
  if (!plan) return null;
  try {
    const answer = await api.previewChanges(plan.project.id, changes, signal);
    change({ answer, problem: null });
    return answer;
  } catch (error) {
    if (aborted(error)) return null;
    if (!(error instanceof ApiProblem)) throw error;
    change({ answer: null, problem: error });
    return null;
  }
}

/** Under the pointer: show the ripple of what would be dropped here. The last word wins. */
export function propose(changes: Change[]): void {
  if (!changes.length) return cancel();
  const signal = renew();
  const answer = get().preview?.answer ?? null;
  set({ preview: { changes, phase: "proposed", answer, problem: null } });
  waiting = setTimeout(() => void ask(changes, signal), DEBOUNCE_MS);
}

/** Dropped or typed: write at once what moves nothing else, else wait for Apply. */
export async function decide(changes: Change[]): Promise<void> {
  const plan = get().plan;
  if (!plan || !changes.length) return cancel();
  if (still(changes)) return void (await commit(plan, changes));
  const final = await considered(changes);
  if (!final) return;
  if (!movesOthers(plan, changes, final.ripple)) return apply();
  change({ phase: "ready" });
}

/** Thought of, not done: show what the changes would do, and wait for Apply whatever they move. */
export async function weigh(changes: Change[]): Promise<void> {
  if (await considered(changes)) change({ phase: "ready" });
}

async function considered(changes: Change[]): Promise<ChangeAnswer | null> {
  const signal = renew();
  const answer = get().preview?.answer ?? null;
  set({ preview: { changes, phase: "proposed", answer, problem: null } });
  const final = await ask(changes, signal);
  if (signal.aborted) return null;
  if (!final) giveUp();
  return final;
}

// A refused change leaves the plan as it was, and says why.
function giveUp(): void {
  const problem = get().preview?.problem;
  cancel();
  if (problem) tell(problem);
}

export async function apply(): Promise<void> {
  const { plan, preview } = get();
  if (!plan || !preview || preview.phase === "applying") return;
  change({ phase: "applying" });
  await commit(plan, preview.changes);
  set({ preview: null });
}

export function cancel(): void {
  renew();
  set({ preview: null });
}

/** The plan under a waiting preview has moved: ask again. */
export async function again(): Promise<void> {
  const preview = get().preview;
  if (preview?.phase === "ready") await ask(preview.changes, renew());
}

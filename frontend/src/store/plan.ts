import * as api from "../api/calls";
import { aborted, ApiProblem } from "../api/problem";
import type { Why } from "../api/types";
import type { Panel } from "./state";
import { get, set } from "./state";
import { rows } from "./rows";
import { tell } from "./toasts";

let reading = new AbortController();

function fresh(): AbortSignal {
  reading.abort();
  reading = new AbortController();
  return reading.signal;
}

const CLOSED = {
  selected: null,

  panel: null,
  why: null,
  pullIn: null,
  preview: null,
  planProblem: null,
};

/** Open a project; the one that was open leaves nothing behind. */
export async function openPlan(id: number): Promise<void> {
  if (get().plan?.project.id !== id) set({ plan: null, ...CLOSED });
  await reloadPlan(id);
}

/** Read the plan again, keeping selection and panels where their task still exists. */
export async function reloadPlan(id: number): Promise<void> {
  try {
    const plan = await api.readProject(id, fresh());
    const selected = get().selected;
    const kept = selected !== null && rows(plan).task.has(selected);
    set({ plan, planProblem: null, selected: kept ? selected : null });
  } catch (error) {
    if (aborted(error)) return;
    if (!(error instanceof ApiProblem)) throw error;
    // Taken back, as an import that is undone: what is not there is not to be looked at as if it were.
    if (error.status === 404) set({ plan: null, planProblem: error });
    else if (get().plan?.project.id === id) tell(error);
    else set({ planProblem: error });
  }
}

export function closePlan(): void {
  reading.abort();
  set({ plan: null, ...CLOSED });
}

export function select(task: number | null): void {
  const panel = get().panel;
  set({ selected: task, panel: task === null && panel === "task" ? null : panel });
}

export function show(panel: Panel | null): void {
  set({ panel, why: panel === "why" ? get().why : null });
}

let asking = new AbortController();

/** Ask why a task is where it is; the panel opens at once and fills when the answer comes. */
export async function askWhy(task: number, field: Why["field"] = "start"): Promise<void> {
  asking.abort();
  asking = new AbortController();
  set({ selected: task, panel: "why", why: null, pullIn: null });
  try {
    set({ why: await api.readWhy(task, field, asking.signal) });
  } catch (error) {
    if (!aborted(error)) set({ panel: null });
    tell(error);
  }
}

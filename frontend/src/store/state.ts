import { create } from "zustand";
import type { ApiProblem } from "../api/problem";
import type { ChangeAnswer, LiveEvent, PullIn, Session, Tree, Why } from "../api/types";
import type { Change, ProjectPlan } from "../kernel/plan";

export interface Toast {
  id: number;
  text: string;
  tone: "plain" | "quiet" | "problem";
  details: string[];
  action: { label: string; run: () => void } | null;
}

/** A change that is being considered: under the pointer, or waiting for Apply. */
export interface Preview {
  changes: Change[];
  phase: "proposed" | "ready" | "applying";
  answer: ChangeAnswer | null;
  problem: ApiProblem | null;
}

/** What would pull a task in, of a plan as it was at `seq`; no answer while it is being found. */
export interface PullingIn {
  task: number;
  days: number;
  seq: number;
  answer: PullIn | null;
}

export type Overlay = "palette" | "keys" | "import" | "nav" | "link" | "add";
export type Outline = "nav" | "portfolio";

export type Panel = "task" | "why" | "history";

export interface State {
  /** undefined until asked, null for a stranger. */
  session: Session | null | undefined;
  outage: ApiProblem | null;
  overlay: Overlay | null;
  folded: Record<Outline, ReadonlySet<number>>;
  tree: Tree | null;
  treeProblem: ApiProblem | null;
  plan: ProjectPlan | null;
  planProblem: ApiProblem | null;
  selected: number | null;
  critical: boolean;
  panel: Panel | null;
  why: Why | null;
  pullIn: PullingIn | null;
  preview: Preview | null;
  toasts: Toast[];
  /** Live events that wait until a write or a drag is over. */
  heard: LiveEvent[];
  /** Log entries that this tab wrote, so that their echo is not news. */
  own: number[];
  writing: number;
}

export const BLANK: State = {
  session: undefined,
  outage: null,
  overlay: null,
  folded: { nav: new Set(), portfolio: new Set() },
  tree: null,
  treeProblem: null,
  plan: null,
  planProblem: null,
  selected: null,
  critical: true,
  panel: null,
  why: null,
  pullIn: null,
  preview: null,
  toasts: [],
  heard: [],
  own: [],
  writing: 0,
};

export const useStore = create<State>()(() => BLANK);

export const get = useStore.getState;
export const set = useStore.setState;

export const overlay = (shown: Overlay | null): void => set({ overlay: shown });

export function fold(where: Outline, id: number): void {
  const folded = get().folded;
  const next = new Set(folded[where]);
  if (!next.delete(id)) next.add(id);
  set({ folded: { ...folded, [where]: next } });
}

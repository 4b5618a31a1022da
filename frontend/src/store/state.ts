import { create } from "zustand";
import type { ApiProblem } from "../api/problem";
import type { ChangeAnswer, LiveEvent, Session, Tree, Why } from "../api/types";
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

export type Panel = "task" | "why" | "history";

export interface State {
  /** undefined until asked, null for a stranger. */
  session: Session | null | undefined;
  tree: Tree | null;
  treeProblem: ApiProblem | null;
  plan: ProjectPlan | null;
  planProblem: ApiProblem | null;
  selected: number | null;
  panel: Panel | null;
  why: Why | null;
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
  tree: null,
  treeProblem: null,
  plan: null,
  planProblem: null,
  selected: null,
  panel: null,
  why: null,
  preview: null,
  toasts: [],
  heard: [],
  own: [],
  writing: 0,
};

export const useStore = create<State>()(() => BLANK);

export const get = useStore.getState;
export const set = useStore.setState;

import type { LiveEvent } from "../api/types";
import { follow } from "./live";
import { news } from "./news";
import { reloadPlan } from "./plan";
import { again } from "./preview";
import { get, set, useStore, type State } from "./state";
import { toast } from "./toasts";
import { refreshTree } from "./tree";
import { browserWires } from "./wires";

/** Nothing changes under an active drag, nor before our own write is known by its number. */
export function busy({ writing, preview }: Pick<State, "writing" | "preview">): boolean {
  return writing > 0 || (preview !== null && preview.phase !== "ready");
}

function drain(): void {
  const { heard, session, own, plan } = get();
  if (!heard.length || !session || busy(get())) return;
  set({ heard: [] });
  const found = news(heard, { me: session.user.id, own, plan });
  if (found.tree) refreshTree();
  if (found.toast) toast(found.toast, { tone: "quiet" });
  if (found.plan && plan) void reloadPlan(plan.project.id).then(again);
}

function hear(event: LiveEvent): void {
  set({ heard: [...get().heard, event] });
}

/** Follow the company's log from what the pages have read; call the result to stop. */
export function listen(after: number): () => void {
  const unsubscribe = useStore.subscribe(drain);
  const stop = follow(after, hear, browserWires);
  return () => {
    stop();
    unsubscribe();
  };
}

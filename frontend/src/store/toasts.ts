import { aborted, ApiProblem } from "../api/problem";
import { get, set, type Toast } from "./state";

const SHOWN = 3;
let last = 0;

// Undo takes back the latest change: an older toast that still offers it would take back another one.
function standing(action: Toast["action"]): Toast[] {
  return action ? get().toasts.filter((shown) => !shown.action) : get().toasts;
}

export function toast(text: string, more: Partial<Omit<Toast, "id" | "text">> = {}): number {
  const made: Toast = { id: ++last, text, tone: "plain", details: [], action: null, ...more };
  set({ toasts: [...standing(made.action), made].slice(-SHOWN) });
  return made.id;
}

export function dismiss(id: number): void {
  set({ toasts: get().toasts.filter((shown) => shown.id !== id) });
}

/** Show what the server refused. Anything else is a fault of ours and goes on up. */
export function tell(error: unknown): void {
  if (aborted(error)) return;
  if (!(error instanceof ApiProblem)) throw error;
  const details = error.errors.map((each) => each.message).filter((text) => text !== error.message);
  toast(error.message, { tone: "problem", details });
}

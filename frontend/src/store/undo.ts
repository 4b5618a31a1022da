import * as api from "../api/calls";
import type { UndoAnswer } from "../api/types";
import { say } from "../ui/strings";
import { reloadPlan } from "./plan";
import { get, set } from "./state";
import { tell, toast } from "./toasts";
import { refreshTree } from "./tree";

async function reverse(deed: () => Promise<UndoAnswer>): Promise<UndoAnswer | null> {
  set({ writing: get().writing + 1, preview: null });
  try {
    const answer = await deed();
    set({ own: [...get().own, answer.entry] });
    return answer;
  } catch (error) {
    tell(error);
    return null;
  } finally {
    set({ writing: get().writing - 1 });
  }
}

async function follow(answer: UndoAnswer): Promise<void> {
  const open = get().plan?.project.id;
  refreshTree();
  if (open !== undefined && answer.projects.includes(open)) await reloadPlan(open);
}

export async function undo(): Promise<void> {
  const answer = await reverse(api.undo);
  if (!answer) return;
  const action = { label: say("redo"), run: () => void redo() };
  toast(say("undone", { deed: answer.undone?.sentence ?? "" }), { action });
  await follow(answer);
}

export async function redo(): Promise<void> {
  const answer = await reverse(api.redo);
  if (!answer) return;
  const action = { label: say("undo"), run: () => void undo() };
  toast(say("redone", { deed: answer.redone?.sentence ?? "" }), { action });
  await follow(answer);
}

import type { Session } from "../api/types";
import type { ProjectPlan } from "../kernel/plan";
import { show } from "../store/plan";
import { leave } from "../store/session";
import { get, overlay, set, type Overlay } from "../store/state";
import { redo, undo } from "../store/undo";
import { say, type Key } from "../ui/strings";
import { nextTheme } from "../ui/theme";
import { PLACES } from "./places";

interface Around {
  session: Session | null | undefined;
  plan: ProjectPlan | null;
  go: (path: string) => void;
}

export interface VerbEntry {
  key: string;
  text: string;
  run: () => void;
}

function verb(text: Key, run: () => void): VerbEntry {
  return { key: text, text: say(text), run };
}

const opens = (shown: Overlay) => () => overlay(shown);

function onPlan(plan: ProjectPlan): VerbEntry[] {
  const edits = [verb("task.add", opens("add")), verb("link.add", opens("link"))];
  return [
    ...(plan.project.may_edit ? edits : []),
    verb("critical.show", () => set({ critical: !get().critical })),
    verb("history.title", () => show("history")),
  ];
}

/** What can be done here and now. */
export function verbs({ session, plan, go }: Around): VerbEntry[] {
  return [
    ...PLACES.map(({ path, title }) => verb(title, () => go(path))),
    ...(plan ? onPlan(plan) : []),
    ...(session?.may.import ? [verb("nav.import", opens("import"))] : []),
    verb("undo", () => void undo()),
    verb("redo", () => void redo()),
    verb("palette.keys", opens("keys")),
    { ...verb("theme.system", nextTheme), text: say("theme.change") },
    verb("enter.leave", () => void leave()),
  ];
}

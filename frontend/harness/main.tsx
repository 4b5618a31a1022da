import { useState } from "react";
import { createRoot } from "react-dom/client";
import { PlanView } from "../src/grid/PlanView";
import type { Change, MovedTask, Ripple } from "../src/kernel/plan";
import { DAY, parseInstant, spellInstant } from "../src/kernel/time";
import "../src/ui/tokens.css";
import { generate } from "./generate";

const asked = new URLSearchParams(location.search);
const plan = generate(Number(asked.get("rows") ?? 200));
if (asked.has("theme")) document.documentElement.dataset.theme = asked.get("theme")!;
document.body.style.cssText = "margin:0;height:100dvh";
document.getElementById("root")!.style.cssText = "height:100%";

const log: unknown[] = [];
Object.assign(window, { log, plan });

/** Stands in for the server: whatever is proposed moves a few tasks by two days. */
function rippleOf(changes: Change[]): Ripple | null {
  const first = changes[0];
  if (!first || !("task" in first)) return null;
  const at = plan.tasks.findIndex((task) => task.id === first.task);
  const later = (text: string) => spellInstant(parseInstant(text) + 2 * DAY);
  const moved: MovedTask[] = plan.tasks.slice(at, at + 4).map((task) => ({
    id: task.id,
    name: task.name,
    project: 1,
    milestone: task.milestone,
    start_before: task.start,
    finish_before: task.finish,
    start_after: later(task.start),
    finish_after: later(task.finish),
  }));
  return {
    sentence: "",
    tasks: 4,
    milestones: 0,
    finish_before: plan.project.finish,
    finish_after: plan.project.finish,
    finish_delta_minutes: 0,
    moved,
  };
}

function Harness() {
  const [selected, setSelected] = useState<number | null>(null);
  const [ripple, setRipple] = useState<Ripple | null>(null);
  Object.assign(window, { select: setSelected });
  const note = (what: string) => (value: unknown, more?: unknown) => {
    log.push([what, value, more]);
    if (what === "propose" || what === "drop") setRipple(rippleOf(value as Change[]));
    if (what === "cancel") setRipple(null);
  };
  return (
    <PlanView
      plan={plan}
      selected={selected}
      onSelect={setSelected}
      preview={ripple && { ripple }}
      highlight={(asked.get("chain") ?? "").split(",").filter(Boolean).map(Number)}
      onPropose={note("propose")}
      onDrop={note("drop")}
      onCancel={() => note("cancel")(null)}
      onEdit={note("edit")}
      onWhy={note("why")}
    />
  );
}

createRoot(document.getElementById("root")!).render(<Harness />);

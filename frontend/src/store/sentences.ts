import { spellDuration } from "../kernel/duration";
import type { Change, ProjectPlan } from "../kernel/plan";
import { date } from "../ui/dates";

import { count, say } from "../ui/strings";
import { rows } from "./rows";

function named(plan: ProjectPlan, id: number): string {
  return rows(plan).task.get(id)?.name ?? say("deed.unnamed");
}

function ends(plan: ProjectPlan, link: { pred: number; succ: number }) {
  return { from: named(plan, link.pred), to: named(plan, link.succ) };
}

/** What was done, in one sentence; what it moved is the ripple's to say. */
function deed(plan: ProjectPlan, change: Change, duration: (minutes: number) => string): string {
  const task = "task" in change ? named(plan, change.task) : "";
  switch (change.op) {
    case "set_name":
    case "add_task":
      return say(`deed.${change.op}`, { name: change.name });
    case "set_duration":
      return say("deed.set_duration", { task, duration: duration(change.minutes) });
    case "set_constraint": {
      const constraint = say(`constraint.${change.constraint}`);
      if (change.date === null) return say("deed.unpin", { task, constraint });
      return say("deed.pin", { task, constraint, date: date(change.date) });
    }
    case "set_deadline":
      if (change.date === null) return say("deed.deadline-off", { task });
      return say("deed.deadline", { task, date: date(change.date) });
    case "set_progress":
      return say("deed.set_progress", { task, n: change.percent_complete });
    case "set_levelling_delay":
      return say(change.minutes ? "deed.set_levelling_delay" : "deed.levelling-off", { task });
    case "set_lag":
      return say("deed.set_lag", { ...ends(plan, change), lag: duration(change.lag) });
    case "add_link":
    case "remove_link":
      return say(`deed.${change.op}`, ends(plan, change));
    default:
      return say(`deed.${change.op}`, { task });
  }
}

export function describe(plan: ProjectPlan, changes: Change[]): string {
  const [first, ...others] = changes;
  if (!first || others.length) return count("deed.many", changes.length);
  return deed(plan, first, (minutes) => spellDuration(minutes, plan.project));
}

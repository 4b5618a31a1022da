import type { Change, ProjectPlan, Ripple, TaskRow } from "../kernel/plan";
import { ancestors } from "../kernel/rows";
import { rows, under } from "./rows";

/** The tasks that a person named in the changes; what else moves is the ripple. */
export function subjects(changes: Change[]): Set<number> {
  return new Set(
    changes.flatMap((change) => {
      if ("task" in change) return [change.task];
      return "succ" in change ? [change.succ] : [];
    }),
  );
}

/** True of changes that can move no date, and so need no preview. */
export function still(changes: Change[]): boolean {
  return changes.every((change) => change.op === "set_name" || change.op === "set_deadline");
}

/** Does anything move besides what was named, the new tasks, and the summaries above them? */
export function movesOthers(plan: ProjectPlan, changes: Change[], ripple: Ripple): boolean {
  const named = subjects(changes);
  const expected = new Set([...named].flatMap((id) => [id, ...ancestors(plan.tasks, id)]));
  const known = rows(plan).task;
  return ripple.moved.some((moved) => {
    const fresh = moved.project === plan.project.id && !known.has(moved.id);
    const roll = moved.id === plan.project.id || known.get(moved.id)?.summary;
    return !fresh && !roll && !expected.has(moved.id);
  });
}

export function removed(plan: ProjectPlan, changes: Change[]): Set<number> {
  const roots = changes.filter((change) => change.op === "remove_task").map(({ task }) => task);
  return new Set(roots.flatMap((root) => [...under(plan, root)]));
}

function patched(row: TaskRow, change: Change): TaskRow {
  if (change.op === "set_name") return { ...row, name: change.name };
  if (change.op === "set_deadline") return { ...row, deadline: change.date };
  return row;
}

/** The plan as it will be after changes that move nothing, before the server has said so. */
export function optimistic(plan: ProjectPlan, changes: Change[]): ProjectPlan {
  const byTask = Map.groupBy(changes, (change) => ("task" in change ? change.task : null));
  const tasks = plan.tasks.map((row) => (byTask.get(row.id) ?? []).reduce(patched, row));
  return { ...plan, tasks };
}

import type { LinkRow, ProjectPlan, TaskRow } from "../kernel/plan";

/** A plan's rows by id and by end, made once for each plan value. */
export interface Rows {
  task: Map<number, TaskRow>;
  into: Map<number, LinkRow[]>;
  outOf: Map<number, LinkRow[]>;
}

const made = new WeakMap<ProjectPlan, Rows>();

export function rows(plan: ProjectPlan): Rows {
  const known = made.get(plan);
  if (known) return known;
  const fresh = {
    task: new Map(plan.tasks.map((task) => [task.id, task])),
    into: Map.groupBy(plan.links, (link) => link.succ),
    outOf: Map.groupBy(plan.links, (link) => link.pred),
  };
  made.set(plan, fresh);
  return fresh;
}

/** A task and everything under it. */
export function under(plan: ProjectPlan, id: number): Set<number> {
  const found = new Set([id]);
  for (const task of plan.tasks) {
    if (task.parent !== null && found.has(task.parent)) found.add(task.id);
  }
  return found;
}

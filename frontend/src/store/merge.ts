import type { ChangeAnswer } from "../api/types";
import type { ProjectPlan, TaskRow } from "../kernel/plan";

function places(wbs: string): number[] {
  return wbs.split(".").map(Number);
}

/** Outline order of two rows by their numbers: 1.2 before 1.10, a summary before its parts. */
export function byOutline(a: TaskRow, b: TaskRow): number {
  const [left, right] = [places(a.wbs), places(b.wbs)];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const difference = left[at]! - right[at]!;
    if (difference) return difference;
  }
  return left.length - right.length;
}

function mergedTasks(tasks: TaskRow[], changed: TaskRow[], gone: Set<number>): TaskRow[] {
  const fresh = new Map(changed.map((row) => [row.id, row]));
  const kept = tasks.filter((row) => !gone.has(row.id)).map((row) => fresh.get(row.id) ?? row);
  const known = new Set(tasks.map((row) => row.id));
  const added = changed.filter((row) => !known.has(row.id));
  return added.length ? [...kept, ...added].sort(byOutline) : kept;
}

function criticalPath(tasks: TaskRow[]): number[] {
  return tasks
    .filter((row) => row.critical && !row.summary)
    .sort((a, b) => a.start.localeCompare(b.start) || a.finish.localeCompare(b.finish))
    .map((row) => row.id);
}

/** The plan with the answer's rows in it; rows that the answer leaves out stay as they are. */
export function merge(plan: ProjectPlan, answer: ChangeAnswer, gone: Set<number>): ProjectPlan {
  const tasks = mergedTasks(plan.tasks, answer.tasks, gone);
  const links = answer.links ?? plan.links;
  return {
    ...plan,
    seq: answer.seq,
    project: { ...plan.project, ...answer.project },
    tasks,
    links: links.filter((link) => !gone.has(link.pred) && !gone.has(link.succ)),
    critical_path: criticalPath(tasks),
  };
}

import { expect, it } from "vitest";
import type { ProjectPlan, TaskRow } from "../kernel/plan";
import { late } from "./ProjectHeader";

const base = { active: true, summary: false, percent_complete: 0, deadline: null };
const task = (more: Partial<TaskRow>) => ({ ...base, ...more }) as TaskRow;
const counted = (...tasks: TaskRow[]) =>
  late({ today: "2026-11-23T09:00", tasks } as unknown as ProjectPlan);

it("counts what should be done by now and is not", () => {
  expect(counted(task({ finish: "2026-11-20T17:00" }))).toBe(1);
  expect(counted(task({ finish: "2026-12-20T17:00", deadline: "2026-11-01T17:00" }))).toBe(1);
});

it("does not count the done, the coming, summaries or the inactive", () => {
  const finish = "2026-11-20T17:00";
  expect(counted(task({ finish, percent_complete: 100 }))).toBe(0);
  expect(counted(task({ finish: "2026-11-24T17:00" }))).toBe(0);
  expect(counted(task({ finish, summary: true }))).toBe(0);
  expect(counted(task({ finish, active: false }))).toBe(0);
});

import { expect, it } from "vitest";
import type { ProjectPlan, TaskRow } from "../kernel/plan";
import { placeAfter } from "./AddTaskDialog";

const row = (id: number, parent: number | null, summary = false) =>
  ({ id, parent, summary }) as TaskRow;
const tasks = [row(1, null, true), row(2, 1), row(3, 1), row(4, null)];
const plan = { tasks } as ProjectPlan;

it("puts a task where the reader is looking", () => {
  expect(placeAfter(plan, undefined)).toEqual({ parent: null, before: null });
  expect(placeAfter(plan, tasks[0])).toEqual({ parent: 1, before: null });
  expect(placeAfter(plan, tasks[1])).toEqual({ parent: 1, before: 3 });
  expect(placeAfter(plan, tasks[2])).toEqual({ parent: 1, before: null });
});

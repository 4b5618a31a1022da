import { expect, it } from "vitest";
import type { ProjectPlan, Shift, TaskRow } from "../kernel/plan";
import { dayTime } from "./dayTimes";

const shifts: Shift[] = [
  [480, 720],
  [780, 1020],
];
const week: Shift[][] = [shifts, shifts, shifts, shifts, shifts, [], []];
const half = { first: "2026-12-24", last: "2026-12-24", shifts: [shifts[0]!], name: "Eve" };
const calendar = { id: 1, name: "Standard", week, exceptions: [half] };
const plan = { project: { calendar: 1 }, calendars: [calendar] } as unknown as ProjectPlan;
const task = { calendar: null } as TaskRow;

it("opens and closes with the shifts of the day", () => {
  expect(dayTime(plan, task, "2026-03-02", "start")).toBe("2026-03-02T08:00");
  expect(dayTime(plan, task, "2026-03-02", "finish")).toBe("2026-03-02T17:00");
});

it("closes early on a half day, and takes an idle day whole", () => {
  expect(dayTime(plan, task, "2026-12-24", "finish")).toBe("2026-12-24T12:00");
  expect(dayTime(plan, task, "2026-03-07", "start")).toBe("2026-03-07T00:00");
  expect(dayTime(plan, task, "2026-03-07", "finish")).toBe("2026-03-07T23:59");
});

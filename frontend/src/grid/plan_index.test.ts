import { beforeAll, expect, test } from "vitest";
import type { ProjectPlan } from "../kernel/plan";
import { sampleCalendar, sampleLink, sampleTask } from "../kernel/sample";
import { setDateLocale } from "../kernel/time";
import { PlanIndex } from "./plan_index";

beforeAll(() => setDateLocale("en-GB"));

const plan: ProjectPlan = {
  seq: 1,
  today: "2026-03-02T09:00",
  project: {
    id: 1,
    name: "House",
    kind: "project",
    parent: null,
    start: "2026-03-02T08:00",
    finish: "2026-03-03T17:00",
    status_date: null,
    calendar: 1,
    minutes_per_day: 480,
    minutes_per_week: 2400,
    manager: null,
    dialect: "msproject",
    may_edit: true,
  },
  tasks: [sampleTask({ id: 1, name: "Dig" }), sampleTask({ id: 2, name: "Pour", calendar: 2 })],
  links: [sampleLink({ pred: 1, succ: 2 }), sampleLink({ id: 2, pred: 99, succ: 2 })],
  ghosts: [
    {
      id: 99,
      name: null,
      project: null,
      project_id: null,
      start: "2026-03-02",
      finish: "2026-03-02",
    },
  ],
  calendars: [sampleCalendar(), { ...sampleCalendar(), id: 2, week: [[], [], [], [], [], [], []] }],
  critical_path: [],
};

test("a row is described by its bar and the links into it, naming nobody who may not be named", () => {
  const said = new PlanIndex(plan).describe(2);
  expect(said).toContain("Pour, task: Mon, 2 Mar 2026");
  expect(said).toContain("Pour starts after the finish of Dig.");
  expect(said).toContain("Pour starts after the finish of a task in another project.");
});

test("a task works by its own calendar where it has one", () => {
  const index = new PlanIndex(plan);
  expect(index.worktimeFor(plan.tasks[0]!).week[0]).toHaveLength(2);
  expect(index.worktimeFor(plan.tasks[1]!).week[0]).toHaveLength(0);
});

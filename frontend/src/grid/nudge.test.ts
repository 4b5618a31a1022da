import { expect, test } from "vitest";
import { sampleCalendar, sampleTask } from "../kernel/sample";
import { worktimeOf } from "../kernel/worktime";
import { beginNudge, nudge, nudgeChanges } from "./nudge";

const standard = worktimeOf(sampleCalendar());
const task = sampleTask({ id: 3 });

test("nudges add up to one change", () => {
  let state = beginNudge(task, standard);
  state = nudge(state, 1, false, 480);
  state = nudge(state, 1, false, 480);
  expect(nudgeChanges(state)).toEqual([
    { op: "set_constraint", task: 3, constraint: "SNET", date: "2026-03-04T08:00" },
  ]);
});

test("there and back is no change", () => {
  const there = nudge(beginNudge(task, standard), 1, false, 480);
  expect(nudgeChanges(nudge(there, -1, false, 480))).toEqual([]);
});

test("a nudge goes on from where a waiting preview has put the task", () => {
  const move = {
    id: 3,
    name: "",
    project: 1,
    milestone: false,
    start_before: task.start,
    finish_before: task.finish,
    start_after: "2026-03-06T08:00",
    finish_after: "2026-03-06T17:00",
  };
  const state = nudge(beginNudge(task, standard, move), 1, false, 480);
  expect(nudgeChanges(state)).toMatchObject([{ date: "2026-03-09T08:00" }]);
});

test("lengthening changes the duration alone, and a milestone has none", () => {
  const longer = nudge(beginNudge(task, standard), 1, true, 480);
  expect(nudgeChanges(longer)).toEqual([
    { op: "set_duration", task: 3, minutes: 960, elapsed: false },
  ]);
  const milestone = sampleTask({ id: 4, milestone: true, duration_minutes: 0 });
  expect(nudgeChanges(nudge(beginNudge(milestone, standard), 1, true, 480))).toEqual([]);
});

test("a task that has begun does not move", () => {
  const begun = sampleTask({ id: 5, actual_start: "2026-03-02T08:00" });
  expect(nudgeChanges(nudge(beginNudge(begun, standard), 1, false, 480))).toEqual([]);
});

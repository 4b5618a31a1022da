import { expect, test } from "vitest";
import { editChanges, linkChanges, placementChanges, type EditField } from "./changes";
import { gripOf } from "./drag";
import { sampleCalendar, sampleTask } from "./sample";
import { parseInstant } from "./time";
import { worktimeOf } from "./worktime";

const task = sampleTask({ id: 7, name: "Dig" });
const context = {
  units: { minutes_per_day: 480, minutes_per_week: 2400 },
  today: parseInstant("2026-03-02T09:00"),
  worktime: worktimeOf(sampleCalendar()),
};
const edit = (field: EditField, text: string, of = task) => editChanges(of, field, text, context);

test("a moved bar is pinned not to start earlier, a resized one lasts longer", () => {
  const grip = gripOf(task, context.worktime);
  const later = parseInstant("2026-03-04T08:00");
  expect(placementChanges(task, grip, { ...grip })).toEqual([]);
  expect(placementChanges(task, grip, { ...grip, start: later, duration: 960 })).toEqual([
    { op: "set_constraint", task: 7, constraint: "SNET", date: "2026-03-04T08:00" },
    { op: "set_duration", task: 7, minutes: 960, elapsed: false },
  ]);
});

test("a line drawn from bar to bar is finish to start", () => {
  expect(linkChanges(1, 2)).toEqual([{ op: "add_link", pred: 1, succ: 2, kind: "FS" }]);
});

test("a typed value that says what was there changes nothing", () => {
  expect(edit("name", " Dig ")).toEqual({ changes: [] });
  expect(edit("duration", "8h")).toEqual({ changes: [] });
  expect(edit("start", "today")).toEqual({ changes: [] });
  expect(edit("percent", "0%")).toEqual({ changes: [] });
  expect(edit("start", "")).toEqual({ changes: [] });
});

test("a typed duration and a typed day", () => {
  expect(edit("duration", "2ed")).toEqual({
    changes: [{ op: "set_duration", task: 7, minutes: 2880, elapsed: true }],
  });
  expect(edit("start", "thu")).toEqual({
    changes: [{ op: "set_constraint", task: 7, constraint: "SNET", date: "2026-03-05T08:00" }],
  });
});

test("clearing the start takes the pin out", () => {
  const pinned = sampleTask({ id: 7, constraint: "SNET", constraint_date: "2026-03-02T08:00" });
  expect(edit("start", " ", pinned)).toEqual({
    changes: [{ op: "set_constraint", task: 7, constraint: "ASAP", date: null }],
  });
});

test("progress brings the actual dates it needs, and keeps those that are known", () => {
  expect(edit("percent", "40")).toMatchObject({
    changes: [{ percent_complete: 40, actual_start: "2026-03-02T08:00", actual_finish: null }],
  });
  const begun = sampleTask({ id: 7, percent_complete: 40, actual_start: "2026-03-01T08:00" });
  expect(edit("percent", "100", begun)).toMatchObject({
    changes: [{ actual_start: "2026-03-01T08:00", actual_finish: "2026-03-02T17:00" }],
  });
  expect(edit("percent", "0", begun)).toMatchObject({ changes: [{ actual_start: null }] });
});

test("what cannot be read is refused, each in its own way", () => {
  expect(edit("name", " ")).toEqual({ fault: "empty-name" });
  expect(edit("duration", "soon")).toEqual({ fault: "bad-duration" });
  expect(edit("start", "soon")).toEqual({ fault: "bad-date" });
  for (const text of ["", "101", "-1", "4.5", "half"])
    expect(edit("percent", text)).toEqual({ fault: "bad-percent" });
});

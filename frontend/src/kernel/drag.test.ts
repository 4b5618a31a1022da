import { expect, test } from "vitest";
import {
  gripOf,
  lengthened,
  mayMove,
  mayResize,
  moved,
  nudged,
  resized,
  snapStep,
  startMoved,
} from "./drag";
import { sampleCalendar, sampleTask } from "./sample";
import type { Scale } from "./scale";
import { DAY, parseInstant, spellInstant } from "./time";
import { worktimeOf } from "./worktime";

const standard = worktimeOf(sampleCalendar());
const monday = parseInstant("2026-03-02");
const days: Scale = { origin: monday, pixelsPerDay: 20, dayStart: 480, dayFinish: 1020 };
const hours: Scale = { ...days, pixelsPerDay: 480 };
const oneDay = gripOf(sampleTask({ id: 1 }), standard);
const start = (placement: { start: number }) => spellInstant(placement.start);

test("the step follows the zoom", () => {
  expect([5, 119, 120, 480, 2000].map(snapStep)).toEqual([DAY, DAY, 60, 60, 15]);
});

test("a bar moves by whole days, and over a weekend to Monday", () => {
  expect(start(moved(oneDay, 38, days))).toBe("2026-03-04T08:00");
  expect(start(moved(oneDay, 100, days))).toBe("2026-03-09T08:00");
  expect(start(moved(oneDay, -21, days))).toBe("2026-03-02T08:00");
});

test("a small tremble moves nothing", () => {
  expect(moved(oneDay, 9, days)).toMatchObject({ start: oneDay.start, duration: 480 });
});

test("zoomed in, a bar moves by hours and keeps its duration", () => {
  expect(start(moved(oneDay, 41, hours))).toBe("2026-03-02T10:00");
  expect(moved(oneDay, 41, hours).duration).toBe(480);
});

test("a dragged finish is the work up to it", () => {
  expect(resized(oneDay, 20, days).duration).toBe(960);
  expect(resized(oneDay, 140, days).duration).toBe(6 * 480);
  expect(resized(oneDay, -60, days).duration).toBe(480);
  expect(resized(oneDay, -40, hours).duration).toBe(360);
});

test("a dragged start keeps the finish", () => {
  const long = gripOf(
    sampleTask({ id: 1, finish: "2026-03-06T17:00", duration_minutes: 2400 }),
    standard,
  );
  const later = startMoved(long, 40, days);
  expect([start(later), later.duration]).toEqual(["2026-03-04T08:00", 1440]);
  expect(startMoved(long, 400, days).duration).toBe(2400);
});

test("round the clock counts every minute", () => {
  const elapsed = gripOf(
    sampleTask({ id: 1, elapsed: true, finish: "2026-03-03T08:00" }),
    standard,
  );
  expect(resized(elapsed, 480, hours).duration).toBe(2 * DAY);
  expect(start(moved(elapsed, 100, days))).toBe("2026-03-07T08:00");
});

test("the keys move by working days and lengthen by a day's work", () => {
  const friday = gripOf(
    sampleTask({ id: 1, start: "2026-03-06T08:00", finish: "2026-03-06T17:00" }),
    standard,
  );
  expect(start(nudged(friday, 1))).toBe("2026-03-09T08:00");
  expect(start(nudged(oneDay, -1))).toBe("2026-02-27T08:00");
  expect(lengthened(oneDay, 1, 480).duration).toBe(960);
  expect(lengthened(oneDay, -1, 480).duration).toBe(480);
});

test("what has begun may get longer but not move; what is done, and a summary, neither", () => {
  const may = (task: Parameters<typeof sampleTask>[0]) => {
    const row = sampleTask(task);
    return [mayMove(row), mayResize(row)];
  };
  expect(may({ id: 1 })).toEqual([true, true]);
  expect(may({ id: 1, actual_start: "2026-03-02T08:00" })).toEqual([false, true]);
  expect(may({ id: 1, actual_finish: "2026-03-02T17:00" })).toEqual([false, false]);
  expect(may({ id: 1, summary: true })).toEqual([false, false]);
});

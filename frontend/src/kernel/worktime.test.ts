import { expect, test } from "vitest";
import { sampleCalendar } from "./sample";
import { parseInstant, spellInstant, type Span } from "./time";
import * as work from "./worktime";

const holiday = { first: "2026-03-04", last: "2026-03-05", shifts: [], name: "Holiday" };
const standard = work.worktimeOf(sampleCalendar());
const festive = work.worktimeOf(sampleCalendar([holiday]));
const at = parseInstant;
const spelled = (spans: Span[]) =>
  spans.map((span) => `${spellInstant(span.start)} ${spellInstant(span.finish)}`);

test("a weekend and the nights beside it are one span", () => {
  const spans = work.nonworkingSpans(standard, at("2026-03-06T08:00"), at("2026-03-09T12:00"));
  expect(spelled(spans)).toEqual([
    "2026-03-06T12:00 2026-03-06T13:00",
    "2026-03-06T17:00 2026-03-09T08:00",
  ]);
});

test("zoomed out, only whole days without work remain", () => {
  const spans = work.nonworkingSpans(festive, at("2026-03-01T00:00"), at("2026-03-09T00:00"));
  expect(spelled(work.wholeDays(spans))).toEqual([
    "2026-03-01T00:00 2026-03-02T00:00",
    "2026-03-04T00:00 2026-03-06T00:00",
    "2026-03-07T00:00 2026-03-09T00:00",
  ]);
});

test("a calendar without work is one span", () => {
  const idle = work.worktimeOf({ ...sampleCalendar(), week: [[], [], [], [], [], [], []] });
  expect(work.nonworkingSpans(idle, 0, 5000)).toEqual([{ start: 0, finish: 5000 }]);
  expect(work.nextWorking(idle, 77)).toBe(77);
});

test("working minutes leave out lunch, weekends and holidays", () => {
  const from = at("2026-03-02T08:00");
  expect(work.workingMinutes(standard, from, at("2026-03-02T17:00"))).toBe(480);
  expect(work.workingMinutes(standard, from, at("2026-03-10T00:00"))).toBe(6 * 480);
  expect(work.workingMinutes(festive, from, at("2026-03-10T00:00"))).toBe(4 * 480);
  expect(work.workingMinutes(standard, at("2026-03-02T11:30"), at("2026-03-02T13:30"))).toBe(60);
  expect(work.workingMinutes(standard, at("2026-03-07"), at("2026-03-08"))).toBe(0);
});

test("the next work after a Saturday is Monday morning", () => {
  expect(spellInstant(work.nextWorking(standard, at("2026-03-07T10:00")))).toBe("2026-03-09T08:00");
  expect(spellInstant(work.nextWorking(standard, at("2026-03-03T09:10")))).toBe("2026-03-03T09:10");
  expect(spellInstant(work.previousWorkingDay(standard, at("2026-03-09T08:00")))).toBe(
    "2026-03-06T08:00",
  );
});

test("a day opens with its first shift", () => {
  expect(spellInstant(work.dayOpening(standard, at("2026-03-03T15:00")))).toBe("2026-03-03T08:00");
  expect(spellInstant(work.dayOpening(standard, at("2026-03-07T15:00")))).toBe("2026-03-07T00:00");
  expect(work.usualDay(sampleCalendar())).toEqual([480, 1020]);
  expect(work.isWorking(standard, at("2026-03-02T12:30"))).toBe(false);
  expect(work.isWorking(standard, at("2026-03-02T13:00"))).toBe(true);
});

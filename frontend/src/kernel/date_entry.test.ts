import { expect, test } from "vitest";
import { parseDateEntry, spellDateEntry } from "./date_entry";
import { parseInstant, spellInstant } from "./time";

const today = parseInstant("2026-11-23T09:00"); // a Monday
const base = parseInstant("2026-03-02T08:00");

function read(text: string): string | null {
  const entry = parseDateEntry(text, today, base);
  return entry && `${spellInstant(entry.at)}${entry.timed ? " timed" : ""}`;
}

test("reads dates as people type them", () => {
  expect(read("2026-03-02")).toBe("2026-03-02T00:00");
  expect(read("2026-3-2 13:30")).toBe("2026-03-02T13:30 timed");
  expect(read("2026-03-02T13:30")).toBe("2026-03-02T13:30 timed");
  expect(read("2 mar")).toBe("2026-03-02T00:00");
  expect(read("March 2, 2027")).toBe("2027-03-02T00:00");
  expect(read("Oct 9")).toBe("2026-10-09T00:00");
});

test("reads days by name, today being a Monday", () => {
  expect(read("today")).toBe("2026-11-23T00:00");
  expect(read("tomorrow")).toBe("2026-11-24T00:00");
  expect(read("mon")).toBe("2026-11-23T00:00");
  expect(read("Friday")).toBe("2026-11-27T00:00");
  expect(read("fri 13:00")).toBe("2026-11-27T13:00 timed");
});

test("moves from where the task is", () => {
  expect(read("+2d")).toBe("2026-03-04T08:00 timed");
  expect(read("-1w")).toBe("2026-02-23T08:00 timed");
});

test("refuses what is no date", () => {
  for (const text of ["", "soon", "2026-02-30", "30 feb", "fri 25:00", "+soon", "12"])
    expect(read(text)).toBeNull();
});

test("a date offered for editing reads back to the same day", () => {
  expect(spellDateEntry(base, base)).toBe("2026-03-02");
  expect(spellDateEntry(base + 90, base)).toBe("2026-03-02 09:30");
  expect(read(spellDateEntry(base + 90, base))).toBe("2026-03-02T09:30 timed");
});

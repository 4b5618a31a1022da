import { afterEach, expect, test } from "vitest";
import {
  civil,
  DAY,
  formatInstant,
  minuteOfDay,
  parseInstant,
  setDateLocale,
  spellInstant,
  startOfDay,
  weekday,
} from "./time";

afterEach(() => setDateLocale(undefined));

test("an instant reads and spells to the same text", () => {
  for (const text of ["1970-01-01T00:00", "2026-03-02T08:00", "2028-02-29T23:59"])
    expect(spellInstant(parseInstant(text))).toBe(text);
});

test("a date alone is its midnight, and a text that is no date is not a number", () => {
  expect(spellInstant(parseInstant("2026-03-02"))).toBe("2026-03-02T00:00");
  expect(parseInstant("next week")).toBeNaN();
});

test("the epoch counts minutes", () => {
  expect(parseInstant("1970-01-02T00:01")).toBe(DAY + 1);
});

test("weekdays count from Monday, also before 1970", () => {
  expect(weekday(parseInstant("2026-03-02"))).toBe(0);
  expect(weekday(parseInstant("2026-03-08T23:59"))).toBe(6);
  expect(weekday(parseInstant("1969-12-29"))).toBe(0);
});

test("a day divides into its midnight and its minutes", () => {
  const at = parseInstant("2026-03-02T08:30");
  expect(spellInstant(startOfDay(at))).toBe("2026-03-02T00:00");
  expect(minuteOfDay(at)).toBe(510);
  expect(civil(at)).toEqual({ year: 2026, month: 3, day: 2, minute: 510 });
});

test("dates are written in the language asked for", () => {
  const at = parseInstant("2026-03-02T08:00");
  setDateLocale("en-GB");
  expect(formatInstant(at, "date")).toBe("02 Mar 2026");
  expect(formatInstant(at, "time")).toBe("08:00");
  setDateLocale("de-DE");
  expect(formatInstant(at, "monthAndYear")).toBe("März 2026");
});

import { expect, test } from "vitest";
import { exactDuration, parseDuration, spellDuration } from "./duration";

const office = { minutes_per_day: 480, minutes_per_week: 2400 };
const short = { minutes_per_day: 420, minutes_per_week: 2100 };
const minutes = (text: string) => parseDuration(text, office)?.minutes;

test("reads each unit", () => {
  expect(minutes("3d")).toBe(1440);
  expect(minutes("4h")).toBe(240);
  expect(minutes("1.5w")).toBe(3600);
  expect(minutes("1,5 weeks")).toBe(3600);
  expect(minutes("90min")).toBe(90);
  expect(minutes("1 mo")).toBe(9600);
  expect(minutes("2")).toBe(960);
});

test("a day is as long as the project says", () => {
  expect(parseDuration("2d", short)).toEqual({ minutes: 840, elapsed: false });
});

test("elapsed time runs round the clock", () => {
  expect(parseDuration("2ed", office)).toEqual({ minutes: 2880, elapsed: true });
  expect(parseDuration("1ew", short)).toEqual({ minutes: 10080, elapsed: true });
});

test("what is no duration is refused", () => {
  for (const text of ["", "soon", "3 parsecs", "-2d", "1.2.3d"])
    expect(parseDuration(text, office)).toBeNull();
});

test("spells for reading", () => {
  expect(spellDuration(960, office)).toBe("2d");
  expect(spellDuration(240, office)).toBe("4h");
  expect(spellDuration(45, office)).toBe("45min");
  expect(spellDuration(500, office)).toBe("1.04d");
  expect(spellDuration(-480, office)).toBe("−1d");
  expect(spellDuration(0, office)).toBe("0d");
  expect(spellDuration(2880, office, true)).toBe("2ed");
});

test("what is spelled for editing reads back unchanged", () => {
  for (const value of [0, 1, 59, 60, 61, 240, 479, 480, 481, 500, 720, 2400, 12345])
    for (const elapsed of [false, true])
      expect(parseDuration(exactDuration(value, office, elapsed), office)).toEqual({
        minutes: value,
        elapsed,
      });
});

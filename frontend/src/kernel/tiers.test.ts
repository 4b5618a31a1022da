import { beforeAll, expect, test } from "vitest";
import { MAX_PIXELS_PER_DAY, MIN_PIXELS_PER_DAY, type Scale } from "./scale";
import { floorTo, nextOf, tierCells, tiersFor } from "./tiers";
import { DAY, parseInstant, setDateLocale, spellInstant } from "./time";

beforeAll(() => setDateLocale("en-GB"));

const measure = (text: string) => text.length * 7;
const at = (pixelsPerDay: number): Scale => ({
  origin: parseInstant("2026-03-04T11:00"),
  pixelsPerDay,
  dayStart: 480,
  dayFinish: 1020,
});

test("units begin and end on their own boundaries", () => {
  const day = parseInstant("2026-11-23T09:30");
  expect(spellInstant(floorTo("quarter-day", day))).toBe("2026-11-23T06:00");
  expect(spellInstant(floorTo("week", day))).toBe("2026-11-23T00:00");
  expect(spellInstant(floorTo("quarter", day))).toBe("2026-10-01T00:00");
  expect(spellInstant(nextOf("quarter", floorTo("quarter", day)))).toBe("2027-01-01T00:00");
  expect(spellInstant(floorTo("decade", day))).toBe("2020-01-01T00:00");
});

test("the tiers grow coarser as one zooms out", () => {
  const lower = [2000, 240, 30, 8, 2, 0.5, 0.1].map((zoom) => tiersFor(zoom)[1].unit);
  expect(lower).toEqual(["hour", "quarter-day", "day", "week", "month", "quarter", "year"]);
});

test("labels never overlap, at any zoom, in either tier", () => {
  for (let zoom = MIN_PIXELS_PER_DAY; zoom < MAX_PIXELS_PER_DAY; zoom *= 1.13) {
    for (const tier of tiersFor(zoom)) {
      const shown = tierCells(tier, at(zoom), 1400, measure).filter((cell) => cell.label);
      shown.slice(1).forEach((cell, i) => {
        const before = shown[i]!;
        expect(before.labelX + measure(before.label)).toBeLessThan(cell.labelX);
      });
    }
  }
});

test("the lower tier is labelled at every zoom but where a cell is cut off", () => {
  for (let zoom = MIN_PIXELS_PER_DAY; zoom < MAX_PIXELS_PER_DAY; zoom *= 1.13) {
    const whole = tierCells(tiersFor(zoom)[1], at(zoom), 1400, (text) => text.length * 6.2);
    expect(whole.slice(1, -1).every((cell) => cell.label !== "")).toBe(true);
  }
});

test("the label of a cell that began before the view stays in view", () => {
  const [month] = tierCells(tiersFor(30)[0], at(30), 1400, measure);
  expect(month).toMatchObject({ label: "March 2026", labelX: 6 });
  expect(month!.x).toBeLessThan(-3 * 30);
  expect(month!.start % DAY).toBe(0);
});

test("cells that are seen whole are labelled in one form", () => {
  const proportional = (text: string) => text.length * 6 - (text.includes("Fri") ? 8 : 0);
  for (let zoom = 20; zoom < 60; zoom += 0.5) {
    const whole = tierCells(tiersFor(zoom)[1], at(zoom), 1400, proportional).slice(1, -1);
    expect(new Set(whole.map((cell) => cell.label.includes(" "))).size).toBe(1);
  }
});

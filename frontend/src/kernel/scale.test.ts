import { expect, test } from "vitest";
import { clockX, fitTo, MAX_PIXELS_PER_DAY, timeAt, workX, zoomAt, type Scale } from "./scale";
import { DAY, parseInstant } from "./time";

const monday = parseInstant("2026-03-02");
const scale: Scale = { origin: monday, pixelsPerDay: 20, dayStart: 480, dayFinish: 1020 };

test("x and time are each other's inverse", () => {
  expect(clockX(scale, monday + DAY)).toBe(20);
  expect(timeAt(scale, clockX(scale, monday + 777))).toBeCloseTo(monday + 777);
});

test("zoomed out, a working day fills its column", () => {
  expect(workX(scale, monday + 480)).toBe(0);
  expect(workX(scale, monday + 1020)).toBe(20);
  expect(workX(scale, monday + 750)).toBe(10);
});

test("zoomed in, bars lie at their hours", () => {
  const hours = { ...scale, pixelsPerDay: 240 };
  expect(workX(hours, monday + 480)).toBe(80);
});

test("zooming keeps the instant under the pointer", () => {
  const zoomed = zoomAt(scale, 3, 150);
  expect(timeAt(zoomed, 150)).toBeCloseTo(timeAt(scale, 150));
  expect(zoomed.pixelsPerDay).toBe(60);
  expect(zoomAt(scale, 1e9, 0).pixelsPerDay).toBe(MAX_PIXELS_PER_DAY);
});

test("fitting shows the whole span inside the margins", () => {
  const span = { start: monday, finish: monday + 40 * DAY };
  const fitted = fitTo(scale, span, 1000, 20);
  expect(clockX(fitted, span.start)).toBeCloseTo(20);
  expect(clockX(fitted, span.finish)).toBeCloseTo(980);
});

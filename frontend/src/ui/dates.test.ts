import { expect, it } from "vitest";
import { date, day, days } from "./dates";

it("shows the same wall clock in every zone", () => {
  expect(day("2026-03-29T02:30")).toContain("29");
  expect(date("2026-12-31T23:59")).toContain("2026");
  expect(date("2026-03-02")).toBe(date("2026-03-02T08:00"));
});

it("says that there is no date, and names a lone day once", () => {
  expect(day(null)).toBe("—");
  expect(days("2026-03-02", "2026-03-02")).toBe(date("2026-03-02"));
});

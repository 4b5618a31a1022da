import { expect, test } from "vitest";
import { dotX, partAt, rowAt, type BarBox } from "./hit";

const bar: BarBox = { startX: 100, finishX: 180, middle: 50, milestone: false };

test("the parts of a bar from left to right", () => {
  const parts = [94, 102, 140, 178, 183, 191, 200].map((x) => partAt(bar, x, 50));
  expect(parts).toEqual([null, "start", "body", "finish", "finish", "dot", null]);
});

test("above and below a bar is nothing", () => {
  expect(partAt(bar, 140, 38)).toBeNull();
  expect(partAt(bar, 140, 62)).toBeNull();
});

test("a narrow bar still has a body", () => {
  const narrow = { ...bar, finishX: 106 };
  expect(partAt(narrow, 103, 50)).toBe("body");
  expect(partAt(narrow, 97, 50)).toBe("start");
});

test("a milestone is grabbed anywhere on its diamond, and has a dot", () => {
  const milestone = { ...bar, finishX: 100, milestone: true };
  expect(partAt(milestone, 95, 52)).toBe("milestone");
  expect(partAt(milestone, dotX(milestone), 50)).toBe("dot");
  expect(partAt(milestone, 80, 50)).toBeNull();
});

test("the header belongs to no row", () => {
  expect(rowAt(20, 0, 48, 28)).toBe(-1);
  expect(rowAt(48, 0, 48, 28)).toBe(0);
  expect(rowAt(60, 280, 48, 28)).toBe(10);
});

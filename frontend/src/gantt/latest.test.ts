import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { latestWins } from "./latest";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the first value passes at once, then only the newest after a pause", () => {
  const used: number[][] = [];
  const latest = latestWins<number[]>((value) => used.push(value), 100);
  [1, 2, 3, 4].forEach((value) => latest.offer([value]));
  expect(used).toEqual([[1]]);
  vi.advanceTimersByTime(100);
  expect(used).toEqual([[1], [4]]);
});

test("the same value is not passed twice in a row, and nothing at first passes nothing", () => {
  const used: number[][] = [];
  const latest = latestWins<number[]>((value) => used.push(value), 100);
  latest.offer([]);
  latest.offer([7]);
  vi.advanceTimersByTime(100);
  latest.offer([7]);
  vi.advanceTimersByTime(100);
  latest.offer([]);
  expect(used).toEqual([[7], []]);
});

test("what was forgotten never passes", () => {
  const used: number[][] = [];
  const latest = latestWins<number[]>((value) => used.push(value), 100);
  latest.offer([1]);
  latest.offer([2]);
  latest.forget();
  vi.advanceTimersByTime(500);
  expect(used).toEqual([[1]]);
});

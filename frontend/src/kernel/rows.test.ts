import { expect, test } from "vitest";
import { ancestors, rowOfTask, visibleRows } from "./rows";
import { sampleTask } from "./sample";

// 1 ( 2 ( 3 4 ) 5 ) 6
const tasks = [
  sampleTask({ id: 1, summary: true }),
  sampleTask({ id: 2, summary: true, parent: 1 }),
  sampleTask({ id: 3, parent: 2 }),
  sampleTask({ id: 4, parent: 2 }),
  sampleTask({ id: 5, parent: 1 }),
  sampleTask({ id: 6 }),
];

const seen = (collapsed: number[]) =>
  visibleRows(tasks, new Set(collapsed)).map((row) => row.task.id);

test("everything open shows everything, with levels", () => {
  const rows = visibleRows(tasks, new Set());
  expect(rows.map((row) => row.level)).toEqual([1, 2, 3, 3, 2, 1]);
  expect(rows.map((row) => row.expandable)).toEqual([true, true, false, false, false, false]);
});

test("a collapsed summary hides all below it, whatever is open inside", () => {
  expect(seen([2])).toEqual([1, 2, 5, 6]);
  expect(seen([1])).toEqual([1, 6]);
  expect(seen([1, 2])).toEqual([1, 6]);
});

test("a hidden task is seen on the row of its nearest visible summary", () => {
  const rows = visibleRows(tasks, new Set([2]));
  const places = rowOfTask(tasks, rows);
  expect([3, 4, 5].map((id) => places.get(id))).toEqual([1, 1, 2]);
});

test("the summaries above a task, nearest first", () => {
  expect(ancestors(tasks, 3)).toEqual([2, 1]);
  expect(ancestors(tasks, 6)).toEqual([]);
});

import { expect, test } from "vitest";
import { sampleTask } from "../kernel/sample";
import { COLUMNS, type ColumnKey } from "./columns";
import { cellCommand, viewCommand, type Place, type Press } from "./keys";

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  altKey: false,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  ...more,
});

function place(column: ColumnKey, more: Partial<Place["row"]> = {}, editable = true): Place {
  const row = {
    task: sampleTask({ id: 1 }),
    level: 1,
    expandable: false,
    expanded: false,
    ...more,
  };
  return { row, column: COLUMNS.find(({ key }) => key === column)!, editable, page: 20 };
}

test("on the name, right opens a closed summary and left closes an open one", () => {
  const closed = place("name", { expandable: true });
  const open = place("name", { expandable: true, expanded: true });
  expect(cellCommand(press("ArrowRight"), closed)).toEqual({ do: "expand" });
  expect(cellCommand(press("ArrowLeft"), open)).toEqual({ do: "collapse" });
  expect(cellCommand(press("ArrowRight"), open)).toEqual({ do: "columns", by: 1 });
  expect(cellCommand(press("ArrowLeft"), place("name", { level: 2 }))).toEqual({ do: "parent" });
});

test("elsewhere the arrows walk over cells", () => {
  const cell = place("start", { expandable: true });
  expect(cellCommand(press("ArrowRight"), cell)).toEqual({ do: "columns", by: 1 });
  expect(cellCommand(press("ArrowLeft"), cell)).toEqual({ do: "columns", by: -1 });
  expect(cellCommand(press("PageUp"), cell)).toEqual({ do: "rows", by: -20 });
});

test("Enter edits what may be edited, and asks why of a date that may not", () => {
  expect(cellCommand(press("Enter"), place("duration"))).toEqual({ do: "edit" });
  expect(cellCommand(press("Enter"), place("finish"))).toEqual({ do: "why" });
  expect(cellCommand(press("Enter"), place("start", {}, false))).toEqual({ do: "why" });
  expect(cellCommand(press("Enter"), place("wbs"))).toBeNull();
  const summary = place("duration", { task: sampleTask({ id: 1, summary: true }) });
  expect(cellCommand(press("F2"), summary)).toBeNull();
});

test("Alt moves a task, with shift it lengthens it, and a reader moves nothing", () => {
  const alt = press("ArrowRight", { altKey: true });
  expect(cellCommand(alt, place("name"))).toEqual({ do: "nudge", days: 1, lengthens: false });
  expect(cellCommand({ ...alt, shiftKey: true, key: "ArrowLeft" }, place("name"))).toEqual({
    do: "nudge",
    days: -1,
    lengthens: true,
  });
  expect(cellCommand(alt, place("name", {}, false))).toBeNull();
});

test("plus and minus zoom, but the browser's own zoom is left alone", () => {
  expect(viewCommand(press("+"))).toEqual({ do: "zoom", closer: true });
  expect(viewCommand(press("-"))).toEqual({ do: "zoom", closer: false });
  expect(viewCommand(press("-", { ctrlKey: true }))).toBeNull();
  expect(cellCommand(press("w"), place("name"))).toEqual({ do: "why" });
  expect(cellCommand(press("w", { ctrlKey: true }), place("name"))).toBeNull();
});

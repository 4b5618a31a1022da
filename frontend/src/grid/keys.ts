import type { VisibleRow } from "../kernel/rows";
import { mayEdit, type Column } from "./columns";

export type Command =
  | { do: "rows"; by: number }
  | { do: "columns"; by: number }
  | { do: "expand" | "collapse" | "parent" | "edit" | "why" | "cancel" }
  | { do: "nudge"; days: 1 | -1; lengthens: boolean }
  | { do: "zoom"; closer: boolean };

export interface Press {
  key: string;
  altKey: boolean;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
}

/** The cell that has the focus. */
export interface Place {
  row: VisibleRow;
  column: Column;
  editable: boolean;
  /** Rows in a page. */
  page: number;
}

const ALL = Number.MAX_SAFE_INTEGER;

/** What a key means on the whole view. */
export function viewCommand({ key, ctrlKey, metaKey, altKey }: Press): Command | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (key === "+" || key === "=") return { do: "zoom", closer: true };
  if (key === "-" || key === "_") return { do: "zoom", closer: false };
  return key === "Escape" ? { do: "cancel" } : null;
}

/** What a key means on a cell. */
export function cellCommand(press: Press, place: Place): Command | null {
  if (press.altKey) return nudgeCommand(press, place);
  if (press.ctrlKey || press.metaKey) return jumpCommand(press.key);
  return moveCommand(press.key, place) ?? deedCommand(press.key, place);
}

function nudgeCommand({ key, shiftKey }: Press, { editable }: Place): Command | null {
  if (!editable || (key !== "ArrowRight" && key !== "ArrowLeft")) return null;
  return { do: "nudge", days: key === "ArrowRight" ? 1 : -1, lengthens: shiftKey };
}

function jumpCommand(key: string): Command | null {
  if (key === "Home") return { do: "rows", by: -ALL };
  return key === "End" ? { do: "rows", by: ALL } : null;
}

function moveCommand(key: string, place: Place): Command | null {
  switch (key) {
    case "ArrowDown":
      return { do: "rows", by: 1 };
    case "ArrowUp":
      return { do: "rows", by: -1 };
    case "PageDown":
      return { do: "rows", by: place.page };
    case "PageUp":
      return { do: "rows", by: -place.page };
    case "Home":
      return { do: "columns", by: -ALL };
    case "End":
      return { do: "columns", by: ALL };
    case "ArrowRight":
      return rightCommand(place);
    case "ArrowLeft":
      return leftCommand(place);
    default:
      return null;
  }
}

/** On the name, which holds the tree, left and right first close and open. */
function rightCommand({ row, column }: Place): Command {
  const opens = column.key === "name" && row.expandable && !row.expanded;
  return opens ? { do: "expand" } : { do: "columns", by: 1 };
}

function leftCommand({ row, column }: Place): Command {
  if (column.key === "name" && row.expanded) return { do: "collapse" };
  if (column.key === "name" && row.level > 1) return { do: "parent" };
  return { do: "columns", by: -1 };
}

function deedCommand(key: string, { row, column, editable }: Place): Command | null {
  const edits = editable && mayEdit(column, row.task);
  if (key === "F2") return edits ? { do: "edit" } : null;
  if (key === "Enter") {
    if (edits) return { do: "edit" };
    return column.why ? { do: "why" } : null;
  }
  return key === "w" ? { do: "why" } : null;
}

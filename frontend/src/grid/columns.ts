import type { EditField } from "../kernel/changes";
import { spellDateEntry } from "../kernel/date_entry";
import { exactDuration, spellDuration, type WorkUnits } from "../kernel/duration";
import type { MovedTask, TaskRow } from "../kernel/plan";
import { formatInstant, parseInstant } from "../kernel/time";
import { dayOpening, type Worktime } from "../kernel/worktime";
import { words } from "./words";

export type ColumnKey =
  "wbs" | "name" | "duration" | "start" | "finish" | "float" | "percent" | "people";

export interface Column {
  key: ColumnKey;
  label: string;
  width: number;
  numeric: boolean;
  edits: EditField | null;
  why: "start" | "finish" | null;
  /** The least width of the whole view at which the column is shown. */
  from: number;
}

export const MIN_COLUMN = 44;

function column(key: ColumnKey, width: number, from: number, more: Partial<Column> = {}): Column {
  return { key, label: words[key], width, from, numeric: false, edits: null, why: null, ...more };
}

export const COLUMNS: readonly Column[] = [
  column("wbs", 60, 1000),
  column("name", 216, 0, { edits: "name" }),
  column("duration", 72, 700, { numeric: true, edits: "duration" }),
  column("start", 108, 700, { numeric: true, edits: "start", why: "start" }),
  column("finish", 108, 700, { numeric: true, why: "finish" }),
  column("float", 82, 1200, { numeric: true }),
  column("percent", 64, 1200, { numeric: true, edits: "percent" }),
  column("people", 150, 1200),
];

/** What a cell shows; while a change is previewed, the dates that it would bring. */
export function cellText(
  key: ColumnKey,
  task: TaskRow,
  units: WorkUnits,
  move?: MovedTask,
): string {
  switch (key) {
    case "wbs":
      return task.wbs;
    case "name":
      return task.name;
    case "duration":
      return spellDuration(task.duration_minutes, units, task.elapsed);
    case "start":
      return formatInstant(parseInstant(move?.start_after ?? task.start), "date");
    case "finish":
      return formatInstant(parseInstant(move?.finish_after ?? task.finish), "date");
    case "float":
      return task.summary ? "" : spellDuration(task.total_float_minutes, units);
    case "percent":
      return `${task.percent_complete}%`;
    case "people":
      return task.people.map((person) => person.name).join(", ");
  }
}

/** What an editor opens with: it reads back to exactly what the task has. */
export function editText(
  field: EditField,
  task: TaskRow,
  units: WorkUnits,
  worktime: Worktime,
): string {
  switch (field) {
    case "name":
      return task.name;
    case "duration":
      return exactDuration(task.duration_minutes, units, task.elapsed);
    case "start": {
      const start = parseInstant(task.start);
      return spellDateEntry(start, dayOpening(worktime, start));
    }
    case "percent":
      return String(task.percent_complete);
  }
}

/** Whether typing in a column can change a task: a summary's dates are computed from its tasks. */
export function mayEdit(column: Column, task: TaskRow): boolean {
  if (column.edits === null) return false;
  return column.edits === "name" || !task.summary;
}

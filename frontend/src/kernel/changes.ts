import { parseDateEntry } from "./date_entry";
import type { Grip, Placement } from "./drag";
import { parseDuration, type WorkUnits } from "./duration";
import type { Change, TaskRow } from "./plan";
import { parseInstant, spellInstant, startOfDay, type Minutes } from "./time";
import { dayOpening, type Worktime } from "./worktime";

/** The column of the grid in which something was typed. */
export type EditField = "name" | "duration" | "start" | "percent";

/** What reading a typed value needs to know. */
export interface EditContext {
  units: WorkUnits;
  today: Minutes;
  worktime: Worktime;
}

export type Edit = { changes: Change[] } | { fault: EditFault };
export type EditFault = "empty-name" | "bad-duration" | "bad-date" | "bad-percent";

/** A bar that was dragged, as changes: none where it came back to its place. */
export function placementChanges(task: TaskRow, from: Grip, to: Placement): Change[] {
  const changes: Change[] = [];
  if (to.start !== from.start) changes.push(notBefore(task.id, to.start));
  if (to.duration !== from.duration) changes.push(lasts(task, to.duration));
  return changes;
}

export function linkChanges(pred: number, succ: number): Change[] {
  return [{ op: "add_link", pred, succ, kind: "FS" }];
}

function notBefore(task: number, start: Minutes): Change {
  return { op: "set_constraint", task, constraint: "SNET", date: spellInstant(start) };
}

function lasts(task: TaskRow, minutes: number): Change {
  return { op: "set_duration", task: task.id, minutes, elapsed: task.elapsed };
}

/** A typed value, as changes (none where it says what was there) or as what is wrong with it. */
export function editChanges(
  task: TaskRow,
  field: EditField,
  text: string,
  context: EditContext,
): Edit {
  switch (field) {
    case "name":
      return renamed(task, text.trim());
    case "duration":
      return lasting(task, text, context);
    case "start":
      return text.trim() === "" ? unpinned(task) : starting(task, text, context);
    case "percent":
      return progressed(task, text);
  }
}

function renamed(task: TaskRow, name: string): Edit {
  if (name === "") return { fault: "empty-name" };
  return { changes: name === task.name ? [] : [{ op: "set_name", task: task.id, name }] };
}

function lasting(task: TaskRow, text: string, { units }: EditContext): Edit {
  const duration = parseDuration(text, units);
  if (!duration) return { fault: "bad-duration" };
  const { minutes, elapsed } = duration;
  const same = minutes === task.duration_minutes && elapsed === task.elapsed;
  return { changes: same ? [] : [{ op: "set_duration", task: task.id, minutes, elapsed }] };
}

function unpinned(task: TaskRow): Edit {
  if (task.constraint === "ASAP") return { changes: [] };
  return { changes: [{ op: "set_constraint", task: task.id, constraint: "ASAP", date: null }] };
}

function starting(task: TaskRow, text: string, { today, worktime }: EditContext): Edit {
  const old = parseInstant(task.start);
  const entry = parseDateEntry(text, today, old);
  if (!entry) return { fault: "bad-date" };
  const start = entry.timed ? entry.at : dayOpening(worktime, entry.at);
  const same = start === old || (!entry.timed && startOfDay(old) === startOfDay(entry.at));
  return { changes: same ? [] : [notBefore(task.id, start)] };
}

function progressed(task: TaskRow, text: string): Edit {
  const percent = Number(text.trim().replace(/%$/, ""));
  const known = text.trim() !== "" && Number.isInteger(percent) && percent >= 0 && percent <= 100;
  if (!known) return { fault: "bad-percent" };
  return { changes: percent === task.percent_complete ? [] : [progress(task, percent)] };
}

/** Work that has begun has an actual start, and work that is done an actual finish: the planned ones if none is known. */
function progress(task: TaskRow, percent: number): Change {
  return {
    op: "set_progress",
    task: task.id,
    percent_complete: percent,
    actual_start: percent > 0 ? (task.actual_start ?? task.start) : null,
    actual_finish: percent === 100 ? (task.actual_finish ?? task.finish) : null,
  };
}

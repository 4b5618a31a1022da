import type { CalendarRow, LinkRow, TaskRow } from "./plan";

/** A task for tests: one working day on Monday 2 March 2026 unless told otherwise. */
export function sampleTask(given: Partial<TaskRow> & { id: number }): TaskRow {
  const start = given.start ?? "2026-03-02T08:00";
  const finish = given.finish ?? "2026-03-02T17:00";
  return {
    parent: null,
    wbs: String(given.id),
    name: `Task ${given.id}`,
    kind: "task",
    summary: false,
    milestone: false,
    duration_minutes: 480,
    elapsed: false,
    start,
    finish,
    early_start: start,
    early_finish: finish,
    late_start: start,
    late_finish: finish,
    total_float_minutes: 0,
    free_float_minutes: 0,
    critical: false,
    percent_complete: 0,
    constraint: "ASAP",
    constraint_date: null,
    deadline: null,
    actual_start: null,
    actual_finish: null,
    calendar: null,
    manual: false,
    active: true,
    people: [],
    ...given,
  };
}

export function sampleLink(given: Partial<LinkRow> & { pred: number; succ: number }): LinkRow {
  return { id: 1, kind: "FS", lag_minutes: 0, lag_kind: "WORKING", driving: false, ...given };
}

const office: [number, number][] = [
  [480, 720],
  [780, 1020],
];

/** Monday to Friday, 8 to 12 and 13 to 17. */
export function sampleCalendar(exceptions: CalendarRow["exceptions"] = []): CalendarRow {
  const week = [office, office, office, office, office, [], []];
  return { id: 1, name: "Standard", week, exceptions };
}

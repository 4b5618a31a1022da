/** Small plans for the tests of this folder. */
import type { ChangeAnswer, LiveEvent } from "../api/types";
import type { LinkRow, MovedTask, ProjectPlan, TaskRow } from "../kernel/plan";

export function row(id: number, wbs: string, more: Partial<TaskRow> = {}): TaskRow {
  const dates = { start: "2026-03-02T08:00", finish: "2026-03-02T17:00" };
  return {
    id,
    wbs,
    parent: null,
    name: `Task ${id}`,
    kind: "task",
    summary: false,
    milestone: false,
    duration_minutes: 480,
    elapsed: false,
    ...dates,
    early_start: dates.start,
    early_finish: dates.finish,
    late_start: dates.start,
    late_finish: dates.finish,
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
    ...more,
  };
}

export function link(pred: number, succ: number): LinkRow {
  const id = pred * 100 + succ;
  return { id, pred, succ, kind: "FS", lag_minutes: 0, lag_kind: "WORKING", driving: true };
}

/** 1 holds 2 and 3; 4 stands alone; 2 → 3 → 4. */
export function plan(more: Partial<ProjectPlan> = {}): ProjectPlan {
  return {
    seq: 10,
    today: "2026-03-02T09:00",
    project: {
      id: 7,
      name: "Bridge",
      kind: "project",
      parent: null,
      start: "2026-03-02T08:00",
      finish: "2026-03-04T17:00",
      status_date: null,
      calendar: 1,
      minutes_per_day: 480,
      minutes_per_week: 2400,
      manager: null,
      dialect: "msproject",
      may_edit: true,
    },
    tasks: [
      row(1, "1", { summary: true }),
      row(2, "1.1", { parent: 1 }),
      row(3, "1.2", { parent: 1 }),
      row(4, "2"),
    ],
    links: [link(2, 3), link(3, 4)],
    ghosts: [],
    calendars: [],
    critical_path: [],
    ...more,
  };
}

export function moved(id: number, project = 7): MovedTask {
  const before = { start_before: "2026-03-02T08:00", finish_before: "2026-03-02T17:00" };
  const after = { start_after: "2026-03-03T08:00", finish_after: "2026-03-03T17:00" };
  return { id, name: `Task ${id}`, project, milestone: false, ...before, ...after };
}

export function answer(more: Partial<ChangeAnswer> = {}, tasks: MovedTask[] = []): ChangeAnswer {
  const finish = "2026-03-04T17:00";
  return {
    seq: 11,
    entry: 11,
    ripple: {
      sentence: `moves ${tasks.length} tasks`,
      tasks: tasks.length,
      milestones: 0,
      finish_before: finish,
      finish_after: finish,
      finish_delta_minutes: 0,
      moved: tasks,
    },
    tasks: [],
    links: null,
    project: { start: "2026-03-02T08:00", finish },
    diagnostics: [],
    ...more,
  };
}

export function event(seq: number, more: Partial<LiveEvent> = {}): LiveEvent {
  const actor = { id: 2, name: "Bob" };
  return { seq, project: 7, verb: "change_plan", sentence: "Moved “Roof”", actor, ...more };
}

/** The rows of a project as the API sends them. Times are ISO 8601 local to the minute. */

export type LinkKind = "FS" | "SS" | "FF" | "SF";
export type LagKind = "WORKING" | "ELAPSED" | "PERCENT" | "ELAPSED_PERCENT";
export type ConstraintKind =
  "ASAP" | "ALAP" | "SNET" | "SNLT" | "FNET" | "FNLT" | "MSO" | "MFO" | "START_ON" | "FINISH_ON";
export type TaskKind = "phase" | "deliverable" | "milestone" | "task";

export interface Person {
  id: number;
  name: string;
}

export interface TaskRow {
  id: number;
  parent: number | null;
  wbs: string;
  name: string;
  kind: TaskKind;
  summary: boolean;
  milestone: boolean;
  duration_minutes: number;
  elapsed: boolean;
  start: string;
  finish: string;
  early_start: string;
  early_finish: string;
  late_start: string;
  late_finish: string;
  total_float_minutes: number;
  free_float_minutes: number;
  critical: boolean;
  percent_complete: number;
  constraint: ConstraintKind;
  constraint_date: string | null;
  deadline: string | null;
  actual_start: string | null;
  actual_finish: string | null;
  calendar: number | null;
  manual: boolean;
  active: boolean;
  people: (Person & { units: number })[];
}

export interface LinkRow {
  id: number;
  pred: number;
  succ: number;
  kind: LinkKind;
  lag_minutes: number;
  lag_kind: LagKind;
  driving: boolean;
}

/** The other end of a link that leaves the project; nameless where the reader may not see it. */
export interface Ghost {
  id: number;
  name: string | null;
  project: string | null;
  project_id: number | null;
  start: string;
  finish: string;
}

export type Shift = [number, number];

export interface CalendarRow {
  id: number;
  name: string;
  /** Seven days, Monday first; each a list of shifts in minutes after midnight. */
  week: Shift[][];
  exceptions: { first: string; last: string; shifts: Shift[]; name: string }[];
}

export interface ProjectHead {
  id: number;
  name: string;
  kind: "project";
  parent: Person | null;
  start: string;
  finish: string;
  status_date: string | null;
  calendar: number;
  minutes_per_day: number;
  minutes_per_week: number;
  manager: Person | null;
  dialect: string;
  may_edit: boolean;
}

export interface ProjectPlan {
  seq: number;
  today: string;
  project: ProjectHead;
  tasks: TaskRow[];
  links: LinkRow[];
  ghosts: Ghost[];
  calendars: CalendarRow[];
  critical_path: number[];
}

export interface MovedTask {
  id: number;
  name: string | null;
  project: number;
  milestone: boolean;
  start_before: string;
  finish_before: string;
  start_after: string;
  finish_after: string;
}

export interface Ripple {
  sentence: string;
  tasks: number;
  milestones: number;
  finish_before: string;
  finish_after: string;
  finish_delta_minutes: number;
  moved: MovedTask[];
}

/** Typed changes, spelled as the server's own change classes. */
export type Change =
  | { op: "set_name"; task: number; name: string }
  | {
      op: "set_duration";
      task: number;
      minutes: number;
      elapsed?: boolean;
      milestone?: boolean | null;
    }
  | { op: "set_constraint"; task: number; constraint: ConstraintKind; date: string | null }
  | {
      op: "set_secondary_constraint";
      task: number;
      constraint: ConstraintKind;
      date: string | null;
    }
  | { op: "set_mode"; task: number; manual: boolean; start: string | null; finish: string | null }
  | { op: "set_deadline"; task: number; date: string | null }
  | { op: "set_levelling_delay"; task: number; minutes: number }
  | {
      op: "set_progress";
      task: number;
      percent_complete: number;
      actual_start?: string | null;
      actual_finish?: string | null;
      remaining?: number | null;
    }
  | { op: "add_link"; pred: number; succ: number; kind: LinkKind; lag?: number; lag_kind?: LagKind }
  | { op: "remove_link"; pred: number; succ: number; kind: LinkKind }
  | {
      op: "set_lag";
      pred: number;
      succ: number;
      kind: LinkKind;
      lag: number;
      lag_kind?: LagKind;
    }
  | {
      op: "add_task";
      name: string;
      parent: number | null;
      before: number | null;
      minutes: number;
      milestone?: boolean;
    }
  | { op: "remove_task"; task: number }
  | { op: "assign"; task: number; resource: number; units?: number }
  | { op: "unassign"; task: number; resource: number };

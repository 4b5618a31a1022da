/** The wire rows that are not the plan's own; those are in kernel/plan.ts. */
import type { Change, LinkRow, Person, ProjectHead, Ripple, TaskRow } from "../kernel/plan";

export type Severity = "error" | "warning" | "note";

export interface Diagnostic {
  code: string;
  severity: Severity;
  message: string;
  place: string | null;
}

export interface Session {
  user: Person & { email: string; initials: string };
  workspace: Person;
  role: string;
  may: { import: boolean; administer: boolean };
}

export type NodeKind = "portfolio" | "program" | "project";

export interface TreeNode {
  id: number;
  parent: number | null;
  kind: NodeKind;
  name: string;
  manager: Person | null;
  start: string | null;
  finish: string | null;
  percent_complete: number;
  tasks: number;
  milestones: number;
  critical: number;
  late: number;
  may_edit: boolean;
}

export interface Tree {
  seq: number;
  today: string;
  nodes: TreeNode[];
}

export interface ChangeAnswer {
  seq: number;
  entry: number | null;
  ripple: Ripple;
  tasks: TaskRow[];
  links: LinkRow[] | null;
  project: Pick<ProjectHead, "start" | "finish">;
  diagnostics: Diagnostic[];
}

export type Reason =
  | "link"
  | "constraint"
  | "project-start"
  | "calendar"
  | "absence"
  | "progress"
  | "manual"
  | "summary"
  | "levelling"
  | "duration"
  | "status-date";

export interface WhyStep {
  task: number | null;
  name: string | null;
  reason: Reason;
  sentence: string;
  at: string;
  link: Pick<LinkRow, "pred" | "succ" | "kind" | "lag_minutes"> | null;
}

export interface Why {
  task: number;
  field: "start" | "finish";
  sentence: string;
  steps: WhyStep[];
}

/** A change of someone's leave: it is made where people are, and not in the plan. */
export interface RemoveAbsence {
  op: "remove_absence";
  resource: number;
  first: string;
  last: string;
  name: string;
}

export interface PullInOption {
  changes: (Change | RemoveAbsence)[];
  deeds: string[];
  gain_minutes: number;
  finish: string;
  cost_minutes: number;
  decision: boolean;
  meets: boolean;
  sentence: string;
  then: string | null;
}

export interface PullIn {
  task: number;
  goal_minutes: number;
  finish: string;
  sentence: string;
  options: PullInOption[];
  combination: PullInOption | null;
  furthest: PullInOption | null;
  in_the_way: { task: number | null; reason: string; sentence: string }[];
}

export interface Deed {
  entry: number;
  sentence: string;
}

export interface UndoAnswer {
  entry: number;
  undone?: Deed;
  redone?: Deed;
  projects: number[];
  ripple: Ripple;
}

export interface HistoryEntry {
  seq: number;
  at: string;
  actor: Person | null;
  door: string;
  verb: string;
  sentence: string;
  project: number | null;
  undone: boolean;
  undoes: number | null;
}

export interface History {
  entries: HistoryEntry[];
}

export interface ImportReport {
  format: string;
  application: string | null;
  name: string;
  start: string | null;
  finish: string | null;
  counts: Record<
    "tasks" | "summaries" | "milestones" | "links" | "resources" | "assignments" | "calendars",
    number
  >;
  saved_dates: { compared: number; equal: number };
  unmapped: { what: string; count: number; why: string }[];
  diagnostics: Diagnostic[];
}

export interface ImportAnswer {
  accepted: boolean;
  project: number | null;
  entry: number | null;
  report: ImportReport;
}

export interface Absence {
  first: string;
  last: string;
  name: string;
}

export interface TeamMember extends Person {
  role: string;
  skills: string[];
  calendar: string;
  absences: Absence[];
  assignments: number;
}

/** Nameless where it is in a project that the reader may not see. */
export interface Deliverable {
  id: number;
  name: string | null;
  project: number | null;
  project_name: string | null;
  finish: string | null;
  critical: boolean;
}

export interface Feature extends Person {
  state: string;
  deliverable: Deliverable | null;
}

export interface Product extends Person {
  vision: string;
  manager: Person | null;
  features: Feature[];
}

export interface LiveEvent {
  seq: number;
  project: number | null;
  verb: string;
  sentence: string;
  actor: Person | null;
}

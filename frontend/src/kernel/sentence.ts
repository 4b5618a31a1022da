import { spellDuration, type WorkUnits } from "./duration";
import type { ConstraintKind, LinkKind, LinkRow, TaskRow } from "./plan";
import { formatInstant, parseInstant } from "./time";

const KINDS: Record<LinkKind, string> = {
  FS: "starts after the finish of",
  SS: "starts with the start of",
  FF: "finishes with the finish of",
  SF: "finishes after the start of",
};

const CONSTRAINTS: Record<ConstraintKind, string> = {
  ASAP: "",
  ALAP: "as late as possible",
  SNET: "pinned to start no earlier than",
  SNLT: "pinned to start no later than",
  FNET: "pinned to finish no earlier than",
  FNLT: "pinned to finish no later than",
  MSO: "pinned to start on",
  MFO: "pinned to finish on",
  START_ON: "pinned to start on",
  FINISH_ON: "pinned to finish on",
};

const when = (text: string) => formatInstant(parseInstant(text), "full");

/** A bar in words: what a sighted reader takes from its place, length, colour and marks. */
export function taskSentence(task: TaskRow, units: WorkUnits): string {
  const facts = [
    dates(task, units),
    task.percent_complete > 0 && `${task.percent_complete}% complete`,
    task.critical ? "critical" : floating(task, units),
    pinned(task),
    late(task),
    task.people.length > 0 && `by ${task.people.map((person) => person.name).join(", ")}`,
    !task.active && "inactive",
  ];
  return `${title(task)}: ${facts.filter(Boolean).join(", ")}.`;
}

function title(task: TaskRow): string {
  const kind = task.milestone ? "milestone" : task.kind;
  return `${task.name}, ${task.summary && kind === "task" ? "summary" : kind}`;
}

function dates(task: TaskRow, units: WorkUnits): string {
  if (task.milestone) return when(task.start);
  const length = spellDuration(task.duration_minutes, units, task.elapsed);
  return `${when(task.start)} to ${when(task.finish)}, ${length}`;
}

function floating(task: TaskRow, units: WorkUnits): string | false {
  return !task.summary && `${spellDuration(task.total_float_minutes, units)} of float`;
}

function pinned(task: TaskRow): string {
  const words = CONSTRAINTS[task.constraint];
  return task.constraint_date ? `${words} ${when(task.constraint_date)}` : words;
}

function late(task: TaskRow): string | false {
  if (!task.deadline) return false;
  const missed = parseInstant(task.finish) > parseInstant(task.deadline);
  return `${missed ? "misses its deadline" : "deadline"} ${when(task.deadline)}`;
}

/** A link in words, told from its successor: "Pour starts after the finish of Dig, 2d later". */
export function linkSentence(
  link: LinkRow,
  nameOf: (task: number) => string,
  units: WorkUnits,
): string {
  const words = `${nameOf(link.succ)} ${KINDS[link.kind]} ${nameOf(link.pred)}`;
  return `${words}${lag(link, units)}${link.driving ? ", which sets its date" : ""}.`;
}

function lag(link: LinkRow, units: WorkUnits): string {
  if (link.lag_minutes === 0) return "";
  const size = Math.abs(link.lag_minutes);
  const side = link.lag_minutes > 0 ? "later" : "earlier";
  if (link.lag_kind === "PERCENT") return `, ${size}% of its duration ${side}`;
  if (link.lag_kind === "ELAPSED_PERCENT") return `, ${size}% of its duration ${side} by the clock`;
  return `, ${spellDuration(size, units, link.lag_kind === "ELAPSED")} ${side}`;
}

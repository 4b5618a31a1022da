import { spellDuration, type WorkUnits } from "../kernel/duration";
import { showsHours, type Scale } from "../kernel/scale";
import { formatInstant, type Minutes } from "../kernel/time";
import type { Placement } from "../kernel/drag";
import type { Bar } from "./model";

function when(at: Minutes, hours: boolean): string {
  return formatInstant(at, hours ? "dayAndTime" : "full");
}

function range(start: Minutes, finish: Minutes, milestone: boolean, hours: boolean): string {
  return milestone ? when(start, hours) : `${when(start, hours)} → ${when(finish, hours)}`;
}

/** What the pointer over a bar is told. */
export function barLines(bar: Bar, units: WorkUnits, scale: Scale): string[] {
  const { task } = bar;
  const facts = [
    !task.milestone && spellDuration(task.duration_minutes, units, task.elapsed),
    task.percent_complete > 0 && `${task.percent_complete}%`,
    task.critical && "critical",
    !task.critical && !task.summary && `float ${spellDuration(task.total_float_minutes, units)}`,
    bar.deadline !== null && `deadline ${formatInstant(bar.deadline, "full")}`,
  ].filter((fact) => typeof fact === "string");
  const dates = range(bar.start, bar.finish, task.milestone, showsHours(scale));
  return [task.name, dates, facts.join(" · "), bar.people].filter(Boolean);
}

/** What the pointer that drags a bar is told. */
export function placementLines(
  bar: Bar,
  to: Placement,
  resizing: boolean,
  units: WorkUnits,
  scale: Scale,
): string[] {
  const { milestone, elapsed } = bar.task;
  const dates = range(to.start, to.finish, milestone, showsHours(scale));
  return resizing ? [spellDuration(to.duration, units, elapsed), dates] : [dates];
}

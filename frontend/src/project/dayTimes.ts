import type { CalendarRow, ProjectPlan, TaskRow } from "../kernel/plan";
import { dayOpening, shiftsOn, worktimeOf } from "../kernel/worktime";
import { DAY, parseInstant, spellInstant } from "../kernel/time";

export type Edge = "start" | "finish";

function calendarOf(plan: ProjectPlan, task: TaskRow): CalendarRow | undefined {
  const wanted = task.calendar ?? plan.project.calendar;
  return plan.calendars.find((calendar) => calendar.id === wanted);
}

/** The instant that a day means for a task: when its work begins on that day, or when it ends. */
export function dayTime(plan: ProjectPlan, task: TaskRow, day: string, edge: Edge): string {
  const midnight = parseInstant(day);
  const calendar = calendarOf(plan, task);
  if (!calendar) return spellInstant(midnight);
  const worktime = worktimeOf(calendar);
  if (edge === "start") return spellInstant(dayOpening(worktime, midnight));
  return spellInstant(midnight + (shiftsOn(worktime, midnight).at(-1)?.[1] ?? DAY - 1));
}

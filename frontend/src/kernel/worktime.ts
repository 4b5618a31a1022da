import type { CalendarRow, Shift } from "./plan";
import {
  DAY,
  minuteOfDay,
  parseInstant,
  startOfDay,
  weekday,
  type Minutes,
  type Span,
} from "./time";

interface Exception {
  first: Minutes;
  /** Midnight after its last day. */
  end: Minutes;
  shifts: Shift[];
}

/** A calendar made ready to be asked about many days. */
export interface Worktime {
  week: Shift[][];
  exceptions: Exception[];
}

/** How far to look for work before taking a calendar to have none. */
const HORIZON_DAYS = 3660;

export function worktimeOf(calendar: CalendarRow): Worktime {
  const exceptions = calendar.exceptions.map((day) => ({
    first: parseInstant(day.first),
    end: parseInstant(day.last) + DAY,
    shifts: day.shifts,
  }));
  return { week: calendar.week, exceptions };
}

export function shiftsOn(worktime: Worktime, at: Minutes): Shift[] {
  const exception = worktime.exceptions.find((day) => at >= day.first && at < day.end);
  return exception ? exception.shifts : (worktime.week[weekday(at)] ?? []);
}

/** The time without work between two instants; adjoining pieces are one span. */
export function nonworkingSpans(worktime: Worktime, from: Minutes, to: Minutes): Span[] {
  const spans: Span[] = [];
  let idleFrom = from;
  for (let day = startOfDay(from); day < to; day += DAY)
    for (const [opens, closes] of shiftsOn(worktime, day)) {
      if (day + opens > idleFrom)
        spans.push({ start: idleFrom, finish: Math.min(day + opens, to) });
      idleFrom = Math.max(idleFrom, day + closes);
      if (idleFrom >= to) return spans;
    }
  spans.push({ start: idleFrom, finish: to });
  return spans;
}

/** The whole days inside spans, for a scale on which nights would be noise. */
export function wholeDays(spans: readonly Span[]): Span[] {
  return spans
    .map(({ start, finish }) => ({ start: -startOfDay(-start), finish: startOfDay(finish) }))
    .filter(({ start, finish }) => finish > start);
}

export function workingMinutes(worktime: Worktime, from: Minutes, to: Minutes): number {
  let minutes = 0;
  for (let day = startOfDay(from); day < to; day += DAY)
    for (const [opens, closes] of shiftsOn(worktime, day))
      minutes += Math.max(0, Math.min(to, day + closes) - Math.max(from, day + opens));
  return minutes;
}

/** The first instant of work at or after one; the instant itself where no work is in sight. */
export function nextWorking(worktime: Worktime, at: Minutes): Minutes {
  for (let day = startOfDay(at); day < at + HORIZON_DAYS * DAY; day += DAY)
    for (const [opens, closes] of shiftsOn(worktime, day))
      if (day + closes > at) return Math.max(at, day + opens);
  return at;
}

/** The same time on the nearest working day before. */
export function previousWorkingDay(worktime: Worktime, at: Minutes): Minutes {
  for (let days = 1; days < HORIZON_DAYS; days++)
    if (shiftsOn(worktime, at - days * DAY).length > 0) return at - days * DAY;
  return at;
}

/** When work begins on the day of an instant; its midnight on a day without work. */
export function dayOpening(worktime: Worktime, at: Minutes): Minutes {
  return startOfDay(at) + (shiftsOn(worktime, at)[0]?.[0] ?? 0);
}

/** When a usual working day begins and ends, in minutes after midnight. */
export function usualDay(calendar: CalendarRow): readonly [start: number, finish: number] {
  const shifts = calendar.week.flat();
  if (shifts.length === 0) return [0, DAY];
  return [
    Math.min(...shifts.map(([opens]) => opens)),
    Math.max(...shifts.map(([, closes]) => closes)),
  ];
}

export function isWorking(worktime: Worktime, at: Minutes): boolean {
  const minute = minuteOfDay(at);
  return shiftsOn(worktime, at).some(([opens, closes]) => minute >= opens && minute < closes);
}

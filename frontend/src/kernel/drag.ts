import { HOUR_ZOOM, showsHours, timeAt, workX, type Scale } from "./scale";
import type { TaskRow } from "./plan";
import { DAY, parseInstant, startOfDay, type Minutes } from "./time";
import {
  dayOpening,
  nextWorking,
  previousWorkingDay,
  workingMinutes,
  type Worktime,
} from "./worktime";

/** What is dragged, with what the arithmetic needs to know of it. */
export interface Grip {
  start: Minutes;
  finish: Minutes;
  duration: number;
  elapsed: boolean;
  worktime: Worktime;
}

/** Where a drag would put a task. */
export interface Placement {
  start: Minutes;
  finish: Minutes;
  duration: number;
}

const FINE_ZOOM = 24 * 60;

export function gripOf(task: TaskRow, worktime: Worktime): Grip {
  return {
    start: parseInstant(task.start),
    finish: parseInstant(task.finish),
    duration: task.duration_minutes,
    elapsed: task.elapsed,
    worktime,
  };
}

/** What has begun stays where it began, what is done stays as it was, and a summary follows its tasks. */
export function mayMove(task: TaskRow): boolean {
  return mayResize(task) && task.actual_start === null;
}

export function mayResize(task: TaskRow): boolean {
  return !task.summary && task.actual_finish === null;
}

/** What a drag snaps to: days when zoomed out, hours when zoomed in, quarters of an hour very near. */
export function snapStep(pixelsPerDay: number): number {
  if (pixelsPerDay < HOUR_ZOOM) return DAY;
  return pixelsPerDay < FINE_ZOOM ? 60 : 15;
}

function snapped(minutes: number, scale: Scale): number {
  const step = snapStep(scale.pixelsPerDay);
  return Math.round(minutes / step) * step;
}

/** The bar moved by some pixels; where that is no working time, on to when work begins. */
export function moved(grip: Grip, dx: number, scale: Scale): Placement {
  const delta = snapped((dx / scale.pixelsPerDay) * DAY, scale);
  if (delta === 0) return { ...grip };
  const wanted = grip.start + delta;
  const start = grip.elapsed ? wanted : nextWorking(grip.worktime, wanted);
  return { start, finish: grip.finish + start - grip.start, duration: grip.duration };
}

/** The right edge dragged by some pixels: the work between the start and the new finish. */
export function resized(grip: Grip, dx: number, scale: Scale): Placement {
  const edge = snapped(edgeTime(grip.finish, dx, scale), scale);
  return stretched(grip, edge, scale);
}

function stretched(grip: Grip, wanted: Minutes, scale: Scale): Placement {
  const step = snapStep(scale.pixelsPerDay);
  const least = step === DAY ? startOfDay(grip.start) + DAY : grip.start + step;
  const finish = Math.max(least, wanted);
  return { start: grip.start, finish, duration: workBetween(grip, grip.start, finish) };
}

/** The left edge dragged by some pixels; the finish stays. */
export function startMoved(grip: Grip, dx: number, scale: Scale): Placement {
  const edge = snapped(edgeTime(grip.start, dx, scale), scale);
  const opening = showsHours(scale) ? edge : dayOpening(grip.worktime, edge);
  const start = grip.elapsed ? edge : nextWorking(grip.worktime, opening);
  const duration = workBetween(grip, start, grip.finish);
  return duration > 0 ? { start, finish: grip.finish, duration } : { ...grip };
}

/** The instant under an edge that was drawn at its stretched place and moved by some pixels. */
function edgeTime(at: Minutes, dx: number, scale: Scale): Minutes {
  return timeAt(scale, workX(scale, at) + dx);
}

function workBetween(grip: Grip, from: Minutes, to: Minutes): number {
  return grip.elapsed ? to - from : workingMinutes(grip.worktime, from, to);
}

/** A working day later or earlier, as the arrow keys move a task. */
export function nudged(grip: Grip, days: 1 | -1): Placement {
  const start =
    days > 0
      ? nextWorking(grip.worktime, grip.start + DAY)
      : previousWorkingDay(grip.worktime, grip.start);
  return { start, finish: grip.finish + start - grip.start, duration: grip.duration };
}

/** Longer or shorter by a day's work, but never without any. */
export function lengthened(grip: Grip, days: 1 | -1, minutesPerDay: number): Placement {
  const step = grip.elapsed ? DAY : minutesPerDay;
  const duration = grip.duration + days * step;
  return {
    start: grip.start,
    finish: grip.finish,
    duration: duration > 0 ? duration : grip.duration,
  };
}

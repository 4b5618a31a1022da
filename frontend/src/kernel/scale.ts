import { DAY, minuteOfDay, startOfDay, type Minutes, type Span } from "./time";

/** From hours to decades: a decade is 365 px at the least, an hour 200 px at the most. */
export const MIN_PIXELS_PER_DAY = 0.1;
export const MAX_PIXELS_PER_DAY = 4800;
/** From here on hours are told apart; below it a working day fills its whole column. */
export const HOUR_ZOOM = 120;

export interface Scale {
  /** The instant at x = 0. */
  origin: Minutes;
  pixelsPerDay: number;
  /** When a usual working day begins and ends, in minutes after midnight. */
  dayStart: number;
  dayFinish: number;
}

export function showsHours(scale: Scale): boolean {
  return scale.pixelsPerDay >= HOUR_ZOOM;
}

export function clampZoom(pixelsPerDay: number): number {
  return Math.min(MAX_PIXELS_PER_DAY, Math.max(MIN_PIXELS_PER_DAY, pixelsPerDay));
}

/** Where an instant lies, by the clock. */
export function clockX(scale: Scale, at: Minutes): number {
  return ((at - scale.origin) * scale.pixelsPerDay) / DAY;
}

/**
 * Where a bar's end lies. Zoomed out, the hours of work are stretched over the day's whole column: eight
 * hours on a Monday then look like a day, and the next day's task begins where they end.
 */
export function workX(scale: Scale, at: Minutes): number {
  if (showsHours(scale) || scale.dayFinish <= scale.dayStart) return clockX(scale, at);
  const worked = (minuteOfDay(at) - scale.dayStart) / (scale.dayFinish - scale.dayStart);
  return clockX(scale, startOfDay(at) + DAY * Math.min(1, Math.max(0, worked)));
}

export function timeAt(scale: Scale, x: number): Minutes {
  return scale.origin + (x / scale.pixelsPerDay) * DAY;
}

/** Zooms so that the instant under x stays under x. */
export function zoomAt(scale: Scale, factor: number, x: number): Scale {
  const pixelsPerDay = clampZoom(scale.pixelsPerDay * factor);
  return { ...scale, pixelsPerDay, origin: timeAt(scale, x) - (x / pixelsPerDay) * DAY };
}

/** The scale that shows a span in a width, with a margin on both sides. */
export function fitTo(scale: Scale, span: Span, width: number, margin: number): Scale {
  const room = Math.max(1, width - 2 * margin);
  const days = Math.max(1, (span.finish - span.start) / DAY);
  const pixelsPerDay = clampZoom(room / days);
  return { ...scale, pixelsPerDay, origin: span.start - (margin / pixelsPerDay) * DAY };
}

/** A bar in pixels; `middle` is the height of its centre line. */
export interface BarBox {
  startX: number;
  finishX: number;
  middle: number;
  milestone: boolean;
}

export type Part = "body" | "start" | "finish" | "dot" | "milestone";

export const BAR_HALF = 7;
export const MILESTONE_HALF = 7;
export const DOT_GAP = 11;
const EDGE = 5;
const DOT_RADIUS = 6;
const NARROW = 14;

/** Where the dot lies from which a link is drawn. */
export function dotX(bar: BarBox): number {
  return bar.milestone ? bar.startX + MILESTONE_HALF + DOT_GAP : bar.finishX + DOT_GAP;
}

/** What of a bar lies under a pointer, if anything. */
export function partAt(bar: BarBox, x: number, y: number): Part | null {
  const dy = Math.abs(y - bar.middle);
  if (Math.hypot(x - dotX(bar), dy) <= DOT_RADIUS) return "dot";
  if (dy > BAR_HALF + 2) return null;
  if (bar.milestone) return Math.abs(x - bar.startX) <= MILESTONE_HALF + 2 ? "milestone" : null;
  return spanPart(bar, x);
}

function spanPart(bar: BarBox, x: number): Part | null {
  // A bar of a few pixels keeps a body to grab: its edges lie outside it.
  const inside = bar.finishX - bar.startX < NARROW ? 0 : EDGE;
  if (x < bar.startX - EDGE + inside || x > bar.finishX + EDGE - 1) return null;
  if (x > bar.finishX - inside) return "finish";
  if (x < bar.startX + inside) return "start";
  return "body";
}

/** The row under a pointer; -1 above the rows or below them. */
export function rowAt(
  y: number,
  scrollTop: number,
  headerHeight: number,
  rowHeight: number,
): number {
  if (y < headerHeight) return -1;
  return Math.floor((y - headerHeight + scrollTop) / rowHeight);
}

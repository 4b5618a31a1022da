import type { LinkKind } from "./plan";

/** A bar as a link sees it. */
export interface Anchor {
  startX: number;
  finishX: number;
  /** Middle of the bar. */
  y: number;
  /** Half of the bar's height. */
  half: number;
}

export type Heading = "right" | "left" | "up" | "down";

export interface Route {
  /** x0, y0, x1, y1, … : every piece is horizontal or vertical. */
  points: number[];
  /** Which way the arrow at the last point looks. */
  heading: Heading;
}

const STUB = 7;
const DROP = 4;

/** The line of a link between two bars. */
export function route(kind: LinkKind, from: Anchor, to: Anchor, rowHeight: number): Route {
  switch (kind) {
    case "FS":
      return across(from.finishX, from.y, to.startX, to, rowHeight, 1);
    case "SF":
      return across(from.startX, from.y, to.finishX, to, rowHeight, -1);
    case "SS":
      return around(Math.min(from.startX, to.startX) - STUB, from.startX, from.y, to.startX, to.y);
    case "FF":
      return around(
        Math.max(from.finishX, to.finishX) + STUB,
        from.finishX,
        from.y,
        to.finishX,
        to.y,
      );
  }
}

/** Both ends on the same side: out, along the outside of both bars, and back in. */
function around(outside: number, x1: number, y1: number, x2: number, y2: number): Route {
  return {
    points: [x1, y1, outside, y1, outside, y2, x2, y2],
    heading: outside < x2 ? "right" : "left",
  };
}

/** Ends on opposite sides; `ahead` is 1 where the line runs with time and -1 where it runs against it. */
function across(
  x1: number,
  y1: number,
  x2: number,
  to: Anchor,
  rowHeight: number,
  ahead: 1 | -1,
): Route {
  const gap = (x2 - x1) * ahead;
  if (gap >= 2 * STUB) return elbow(x1, y1, x2, to.y, ahead);
  if (gap >= -1 && to.y !== y1) return drop(x1, y1, x2, to, ahead);
  return detour(x1, y1, x2, to.y, rowHeight, ahead);
}

function elbow(x1: number, y1: number, x2: number, y2: number, ahead: number): Route {
  const turn = x1 + STUB * ahead;
  const points = y1 === y2 ? [x1, y1, x2, y2] : [x1, y1, turn, y1, turn, y2, x2, y2];
  return { points, heading: ahead > 0 ? "right" : "left" };
}

/** Too tight for an elbow: over the successor's corner, and down (or up) onto its bar. */
function drop(x1: number, y1: number, x2: number, to: Anchor, ahead: number): Route {
  const down = to.y > y1;
  const middle = (to.startX + to.finishX) / 2;
  const corner = x2 + DROP * ahead;
  const x = ahead > 0 ? Math.min(corner, Math.max(middle, x1)) : Math.max(corner, middle);
  const y = down ? to.y - to.half : to.y + to.half;
  return { points: [x1, y1, x, y1, x, y], heading: down ? "down" : "up" };
}

/** The successor begins before its predecessor ends: back between the rows, then in from its own side. */
function detour(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  rowHeight: number,
  ahead: number,
): Route {
  const out = x1 + STUB * ahead;
  const back = x2 - STUB * ahead;
  const between = y2 > y1 ? y2 - rowHeight / 2 : y2 + rowHeight / 2;
  return {
    points: [x1, y1, out, y1, out, between, back, between, back, y2, x2, y2],
    heading: ahead > 0 ? "right" : "left",
  };
}

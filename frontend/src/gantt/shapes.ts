import { BAR_HALF, MILESTONE_HALF, type BarBox } from "../kernel/hit";

type Ctx = CanvasRenderingContext2D;

export const BAR_RADIUS = 3;
const BRACKET_HEIGHT = 5;
const BRACKET_LEG = 4;

export function barPath(ctx: Ctx, box: BarBox, inset = 0): void {
  const width = Math.max(1, box.finishX - box.startX - 2 * inset);
  const radius = Math.min(BAR_RADIUS, width / 2);
  ctx.beginPath();
  ctx.roundRect(
    box.startX + inset,
    box.middle - BAR_HALF + inset,
    width,
    2 * (BAR_HALF - inset),
    radius,
  );
}

export function diamondPath(ctx: Ctx, x: number, y: number, half: number): void {
  ctx.beginPath();
  ctx.moveTo(x, y - half);
  ctx.lineTo(x + half, y);
  ctx.lineTo(x, y + half);
  ctx.lineTo(x - half, y);
  ctx.closePath();
}

/** A summary: a beam over its tasks, with legs at both ends. */
export function bracketPath(ctx: Ctx, box: BarBox): void {
  const { startX, finishX } = box;
  const top = box.middle - BRACKET_HEIGHT;
  const beam = top + BRACKET_HEIGHT;
  const leg = Math.min(BRACKET_LEG, (finishX - startX) / 2);
  ctx.beginPath();
  ctx.moveTo(startX, top);
  ctx.lineTo(finishX, top);
  ctx.lineTo(finishX, beam + BRACKET_LEG);
  ctx.lineTo(finishX - leg, beam);
  ctx.lineTo(startX + leg, beam);
  ctx.lineTo(startX, beam + BRACKET_LEG);
  ctx.closePath();
}

/** The outline of whatever stands for a task. */
export function taskPath(ctx: Ctx, box: BarBox, summary: boolean): void {
  if (box.milestone) diamondPath(ctx, box.startX, box.middle, MILESTONE_HALF);
  else if (summary) bracketPath(ctx, box);
  else barPath(ctx, box);
}

const ARROW_LENGTH = 5;
const ARROW_HALF = 3;
const HEADINGS = { right: [1, 0], left: [-1, 0], down: [0, 1], up: [0, -1] } as const;

/** Adds an arrow head with its tip at x, y to the path. */
export function arrowHead(
  ctx: CanvasPath,
  x: number,
  y: number,
  heading: keyof typeof HEADINGS,
): void {
  const [dx, dy] = HEADINGS[heading];
  const [backX, backY] = [x - dx * ARROW_LENGTH, y - dy * ARROW_LENGTH];
  ctx.moveTo(x, y);
  ctx.lineTo(backX - dy * ARROW_HALF, backY - dx * ARROW_HALF);
  ctx.lineTo(backX + dy * ARROW_HALF, backY + dx * ARROW_HALF);
  ctx.closePath();
}

/** Diagonal lines inside the current clip. */
export function hatch(ctx: Ctx, box: BarBox, from: number, to: number): void {
  const height = 2 * BAR_HALF;
  const bottom = box.middle + BAR_HALF;
  ctx.beginPath();
  const first = Math.floor((from - height) / 6) * 6;
  for (let x = first; x < to; x += 6) {
    ctx.moveTo(x, bottom);
    ctx.lineTo(x + height, bottom - height);
  }
  ctx.stroke();
}

import type { BarBox, Part } from "../kernel/hit";
import { workX, type Scale } from "../kernel/scale";
import type { Span } from "../kernel/time";
import type { Bar, Move, PlanModel, RowModel } from "./model";
import type { Theme } from "./theme";

/** What the pointer is doing, as far as it is drawn. */
export interface Pointing {
  row: number;
  task: number | null;
  part: Part | null;
}

/** A bar held by the pointer, at the place to which it would go. */
export interface Held {
  task: number;
  span: Span;
}

/** A line drawn from a bar's dot, in search of a successor. */
export interface LinkPull {
  from: number;
  x: number;
  y: number;
  to: number | null;
}

/** Everything that one frame is painted from. */
export interface Frame {
  ctx: CanvasRenderingContext2D;
  theme: Theme;
  scale: Scale;
  width: number;
  height: number;
  scrollTop: number;
  first: number;
  last: number;
  plan: PlanModel;
  rows: RowModel;
  moves: ReadonlyMap<number, Move>;
  selected: number | null;
  highlight: ReadonlySet<number>;
  editable: boolean;
  pointing: Pointing;
  held: Held | null;
  pull: LinkPull | null;
  measure(text: string): number;
}

export function rowTop(frame: Frame, row: number): number {
  return frame.theme.headerHeight + row * frame.theme.rowHeight - frame.scrollTop;
}

export function rowMiddle(frame: Frame, row: number): number {
  return rowTop(frame, row) + frame.theme.rowHeight / 2;
}

export const MIN_BAR_WIDTH = 3;

export function spanBox(scale: Scale, span: Span, middle: number, milestone: boolean): BarBox {
  const startX = workX(scale, span.start);
  const least = milestone ? 0 : MIN_BAR_WIDTH;
  const finishX = milestone ? startX : Math.max(startX + least, workX(scale, span.finish));
  return { startX, finishX, middle, milestone };
}

export function barBox(frame: Frame, bar: Bar, row: number): BarBox {
  return spanBox(frame.scale, bar, rowMiddle(frame, row), bar.task.milestone);
}

/** The bars of the rows in view. */
export function visitBars(frame: Frame, call: (bar: Bar, box: BarBox, row: number) => void): void {
  for (let row = frame.first; row <= frame.last; row++) {
    const task = frame.rows.rows[row]?.task;
    const bar = task && frame.plan.bars.get(task.id);
    if (bar) call(bar, barBox(frame, bar, row), row);
  }
}

/** One device-independent pixel, crisp. */
export function crisp(value: number): number {
  return Math.round(value) + 0.5;
}

import { dotX, type BarBox } from "../kernel/hit";
import { workX } from "../kernel/scale";
import { barBox, rowMiddle, spanBox, visitBars, type Frame } from "./frame";
import type { Bar } from "./model";

const AFTER_BAR = 8;
const GAP = 6;

/** Name and people to the right of each bar; within it where there is no room beside. */
export function paintLabels(frame: Frame): void {
  const { ctx, theme } = frame;
  ctx.font = `11px ${theme.family}`;
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  visitBars(frame, (bar, _, row) => paintLabel(frame, bar, row));
}

function paintLabel(frame: Frame, bar: Bar, row: number): void {
  const box = labelBox(frame, bar, row);
  if (box.finishX < 0 || box.startX > frame.width) return;
  const x = labelX(frame, bar, box, row);
  const { name } = bar.task;
  const width = frame.measure(name);
  if (x + width <= frame.width - 4) paintBeside(frame, bar, x, box.middle, width);
  else paintWithin(frame, bar, box, width);
}

/** Beside where the bar is now or will be, whichever is later. */
function labelBox(frame: Frame, bar: Bar, row: number): BarBox {
  const box = barBox(frame, bar, row);
  const span =
    frame.held?.task === bar.task.id ? frame.held.span : frame.moves.get(bar.task.id)?.after;
  if (!span) return box;
  const other = spanBox(frame.scale, span, rowMiddle(frame, row), bar.task.milestone);
  return { ...box, finishX: Math.max(box.finishX, other.finishX) };
}

function labelX(frame: Frame, bar: Bar, box: BarBox, row: number): number {
  const { pointing, selected, editable } = frame;
  const dotted =
    editable && !bar.task.summary && (pointing.row === row || selected === bar.task.id);
  const after = box.milestone ? box.finishX + 4 : box.finishX;
  const deliverable = bar.task.kind === "deliverable" ? 4 : 0;
  const clear = dotted ? dotX(box) + 2 : after + deliverable;
  return afterDeadline(frame, bar, Math.max(clear, after + deliverable) + AFTER_BAR);
}

/** A label steps aside for a deadline that stands right after the bar. */
function afterDeadline(frame: Frame, bar: Bar, x: number): number {
  if (bar.deadline === null) return x;
  const mark = workX(frame.scale, bar.deadline);
  return mark > x - 8 && mark < x + 30 ? mark + 10 : x;
}

function paintBeside(frame: Frame, bar: Bar, x: number, y: number, width: number): void {
  const { ctx, theme } = frame;
  paintHalo(frame, bar.task.name, x, y);
  ctx.fillStyle = theme.colours.text;
  ctx.globalAlpha = bar.task.summary ? 0.9 : 0.78;
  ctx.fillText(bar.task.name, x, y + 0.5);
  ctx.globalAlpha = 1;
  if (bar.people === "" || x + width + GAP > frame.width) return;
  paintHalo(frame, bar.people, x + width + GAP, y);
  ctx.fillStyle = theme.colours.muted;
  ctx.fillText(bar.people, x + width + GAP, y + 0.5);
}

/** Links may pass behind a label: a halo keeps it readable. */
function paintHalo(frame: Frame, text: string, x: number, y: number): void {
  const { ctx, theme } = frame;
  ctx.strokeStyle = theme.colours.surface;
  ctx.lineWidth = 3;
  ctx.strokeText(text, x, y + 0.5);
}

function paintWithin(frame: Frame, bar: Bar, box: BarBox, width: number): void {
  const { ctx, theme } = frame;
  const { critical, summary, id } = bar.task;
  if (summary || box.milestone || frame.moves.has(id) || frame.held?.task === id) return;
  const x = Math.max(box.startX, 0) + 7;
  if (x + width > Math.min(box.finishX, frame.width) - 7) return;
  ctx.fillStyle = critical ? theme.colours.text : theme.colours.barText;
  ctx.fillText(bar.task.name, x, box.middle + 0.5);
}

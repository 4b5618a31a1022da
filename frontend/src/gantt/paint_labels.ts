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
  else paintElsewhere(frame, bar, box, width);
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

/** A label steps aside for a deadline that it would cover. */
function afterDeadline(frame: Frame, bar: Bar, x: number): number {
  if (bar.deadline === null) return x;
  const mark = workX(frame.scale, bar.deadline);
  const width = frame.measure(bar.task.name) + GAP + frame.measure(bar.people);
  return mark > x - 8 && mark < x + width + 6 ? mark + 10 : x;
}

function paintBeside(frame: Frame, bar: Bar, x: number, y: number, width: number): void {
  const people = bar.people !== "" && x + width + GAP < frame.width;
  paintGround(frame, bar, x, y, width + (people ? GAP + frame.measure(bar.people) : 0));
  paintName(frame, bar, x, y);
  if (!people) return;
  frame.ctx.fillStyle = frame.theme.colours.muted;
  frame.ctx.fillText(bar.people, x + width + GAP, y + 0.5);
}

function paintName(frame: Frame, bar: Bar, x: number, y: number): void {
  const { ctx, theme } = frame;
  ctx.fillStyle = theme.colours.text;
  ctx.globalAlpha = bar.task.summary ? 0.9 : 0.78;
  ctx.fillText(bar.task.name, x, y + 0.5);
  ctx.globalAlpha = 1;
}

/** Links may pass behind a label: a ground in the row's own colour keeps it readable. */
function paintGround(frame: Frame, bar: Bar, x: number, y: number, width: number): void {
  const { ctx, theme } = frame;
  const { selection, accentSoft, surface } = theme.colours;
  const emphasised = frame.highlight.has(bar.task.id) ? accentSoft : surface;
  ctx.fillStyle = frame.selected === bar.task.id ? selection : emphasised;
  ctx.globalAlpha = 0.86;
  ctx.beginPath();
  ctx.roundRect(x - 3, y - 6, width + 6, 12, 3);
  ctx.fill();
  ctx.globalAlpha = 1;
}

/** No room to the right: inside the bar, or before it. */
function paintElsewhere(frame: Frame, bar: Bar, box: BarBox, width: number): void {
  const { ctx, theme } = frame;
  const x = Math.max(box.startX, 0) + 7;
  if (holdsText(frame, bar) && x + width < Math.min(box.finishX, frame.width) - 7) {
    // A hatch is no ground to read on.
    if (bar.task.critical) paintGround(frame, bar, x, box.middle, width);
    ctx.fillStyle = bar.task.critical ? theme.colours.text : theme.colours.barText;
    ctx.fillText(bar.task.name, x, box.middle + 0.5);
  } else if (box.startX > width + 2 * AFTER_BAR) {
    const left = box.startX - width - 2 * AFTER_BAR;
    paintGround(frame, bar, left, box.middle, width);
    paintName(frame, bar, left, box.middle);
  }
}

function holdsText(frame: Frame, { task }: Bar): boolean {
  const drawn = !frame.moves.has(task.id) && frame.held?.task !== task.id;
  return drawn && !task.summary && !task.milestone;
}

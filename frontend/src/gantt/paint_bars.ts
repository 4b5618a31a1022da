import { BAR_HALF, MILESTONE_HALF, type BarBox } from "../kernel/hit";
import { workX } from "../kernel/scale";
import { visitBars, type Frame } from "./frame";
import type { Bar } from "./model";
import { barPath, bracketPath, diamondPath, hatch } from "./shapes";

export function paintBars(frame: Frame): void {
  visitBars(frame, (bar, box) => {
    if (box.finishX < -20 && workX(frame.scale, bar.floatEnd) < -20) return;
    if (box.startX > frame.width + 20) return;
    paintFloat(frame, bar, box);
    if (frame.moves.has(bar.task.id) || frame.held?.task === bar.task.id) return;
    paintBar(frame, bar, box);
  });
}

function paintBar(frame: Frame, bar: Bar, box: BarBox): void {
  const { ctx } = frame;
  ctx.globalAlpha = bar.task.active ? 1 : 0.4;
  if (box.milestone) paintMilestone(frame, bar, box);
  else if (bar.task.summary) paintSummary(frame, bar, box);
  else paintWork(frame, bar, box);
  if (bar.task.kind === "deliverable" && !box.milestone) paintDelivery(frame, box);
  ctx.globalAlpha = 1;
}

function paintMilestone(frame: Frame, bar: Bar, box: BarBox): void {
  const { ctx, theme } = frame;
  const { critical, kind } = bar.task;
  const colour = critical ? theme.colours.critical : theme.colours.milestone;
  diamondPath(ctx, box.startX, box.middle, MILESTONE_HALF);
  ctx.fillStyle = colour;
  ctx.fill();
  if (kind !== "deliverable" && !critical) return;
  diamondPath(ctx, box.startX, box.middle, MILESTONE_HALF - 3);
  ctx.strokeStyle = theme.colours.surface;
  ctx.lineWidth = 1.5;
  ctx.stroke();
}

/** The part that is done is solid. */
function paintSummary(frame: Frame, bar: Bar, box: BarBox): void {
  const { ctx, theme } = frame;
  const done = ((box.finishX - box.startX) * bar.task.percent_complete) / 100;
  bracketPath(ctx, box);
  ctx.fillStyle = bar.task.critical ? theme.colours.critical : theme.colours.summary;
  ctx.globalAlpha *= 0.5;
  ctx.fill();
  ctx.save();
  ctx.clip();
  ctx.globalAlpha = bar.task.active ? 1 : 0.4;
  ctx.fillRect(box.startX, box.middle - BAR_HALF, done, 2 * BAR_HALF);
  ctx.restore();
}

/** Critical work has its own colour, and also an outline and a hatch, for those who cannot tell colours. */
function paintWork(frame: Frame, bar: Bar, box: BarBox): void {
  const { ctx, theme } = frame;
  const { critical, percent_complete: percent } = bar.task;
  const doneX = box.startX + ((box.finishX - box.startX) * percent) / 100;
  const alpha = ctx.globalAlpha;
  ctx.save();
  barPath(ctx, box);
  ctx.globalAlpha = critical ? alpha * 0.5 : alpha;
  ctx.fillStyle = critical ? theme.colours.critical : theme.colours.bar;
  ctx.fill();
  ctx.clip();
  if (critical) paintHatch(frame, box, doneX, box.finishX, theme.colours.critical);
  ctx.globalAlpha = alpha;
  ctx.fillStyle = critical ? theme.colours.critical : theme.colours.barProgress;
  ctx.fillRect(box.startX, box.middle - BAR_HALF, doneX - box.startX, 2 * BAR_HALF);
  ctx.globalAlpha = alpha * 0.3;
  if (critical && percent > 0) paintHatch(frame, box, box.startX, doneX, theme.colours.surface);
  ctx.restore();
  if (critical) outline(frame, box);
}

function paintHatch(frame: Frame, box: BarBox, from: number, to: number, colour: string): void {
  const { ctx, width } = frame;
  ctx.save();
  ctx.beginPath();
  ctx.rect(from, box.middle - BAR_HALF, to - from, 2 * BAR_HALF);
  ctx.clip();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.5;
  hatch(ctx, box, Math.max(from, 0), Math.min(to, width));
  ctx.restore();
}

function outline(frame: Frame, box: BarBox): void {
  const { ctx, theme } = frame;
  barPath(ctx, box, 0.75);
  ctx.strokeStyle = theme.colours.critical;
  ctx.lineWidth = 1.5;
  ctx.stroke();
}

/** Something is handed over at the end of this bar. */
function paintDelivery(frame: Frame, box: BarBox): void {
  const { ctx, theme } = frame;
  diamondPath(ctx, box.finishX, box.middle, 6);
  ctx.fillStyle = theme.colours.surface;
  ctx.fill();
  ctx.strokeStyle = theme.colours.milestone;
  ctx.lineWidth = 1.75;
  ctx.stroke();
}

/** How far the finish may slip without moving the project's: a thin line with an end. */
function paintFloat(frame: Frame, bar: Bar, box: BarBox): void {
  if (bar.floatEnd <= bar.finish) return;
  const { ctx, theme } = frame;
  const end = Math.round(workX(frame.scale, bar.floatEnd)) + 0.5;
  const y = Math.round(box.middle + BAR_HALF) + 1.5;
  if (end - box.finishX < 3) return;
  ctx.strokeStyle = theme.colours.lineStrong;
  ctx.lineWidth = 1;
  ctx.globalAlpha = 0.8;
  ctx.beginPath();
  ctx.moveTo(Math.max(0, box.finishX), y);
  ctx.lineTo(end, y);
  ctx.moveTo(end, y - 3);
  ctx.lineTo(end, y + 1);
  ctx.stroke();
  ctx.globalAlpha = 1;
}

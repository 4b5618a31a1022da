import { clockX, showsHours, timeAt } from "../kernel/scale";
import { floorTo, nextOf, tiersFor } from "../kernel/tiers";
import { nonworkingSpans, wholeDays } from "../kernel/worktime";
import { crisp, rowTop, type Frame } from "./frame";

/** Below this zoom a weekend is a stripe of a few pixels, and a screen of them is noise. */
const SHADING_FROM = 5;

export function paintBackdrop(frame: Frame): void {
  const { ctx, theme, width, height } = frame;
  ctx.fillStyle = theme.colours.surface;
  ctx.fillRect(0, 0, width, height);
  paintShading(frame);
  paintRow(frame, frame.pointing.row, theme.colours.sunken, 0.7);
  paintRow(frame, rowOf(frame, frame.selected), theme.colours.selection, 0.75);
  for (const task of frame.highlight)
    paintRow(frame, rowOf(frame, task), theme.colours.accentSoft, 0.5);
  paintRules(frame);
}

function rowOf(frame: Frame, task: number | null): number {
  return task === null ? -1 : (frame.rows.rowOf.get(task) ?? -1);
}

function paintRow(frame: Frame, row: number, colour: string, alpha: number): void {
  if (row < frame.first || row > frame.last) return;
  const { ctx } = frame;
  ctx.globalAlpha = alpha;
  ctx.fillStyle = colour;
  ctx.fillRect(0, rowTop(frame, row), frame.width, frame.theme.rowHeight);
  ctx.globalAlpha = 1;
}

function paintShading(frame: Frame): void {
  const { ctx, scale, theme, width, height } = frame;
  if (scale.pixelsPerDay < SHADING_FROM) return;
  const spans = nonworkingSpans(
    frame.plan.projectTime,
    timeAt(scale, 0) - 2880,
    timeAt(scale, width) + 2880,
  );
  ctx.fillStyle = theme.colours.weekend;
  for (const span of showsHours(scale) ? spans : wholeDays(spans)) {
    const x = Math.round(clockX(scale, span.start));
    ctx.fillRect(x, theme.headerHeight, Math.round(clockX(scale, span.finish)) - x, height);
  }
}

/** A line under each row, and one at each boundary of the header's upper tier. */
function paintRules(frame: Frame): void {
  const { ctx, scale, theme, width, height } = frame;
  ctx.strokeStyle = theme.colours.line;
  ctx.lineWidth = 1;
  ctx.beginPath();
  const [upper] = tiersFor(scale.pixelsPerDay);
  const end = timeAt(scale, width);
  for (let at = floorTo(upper.unit, timeAt(scale, 0)); at < end; at = nextOf(upper.unit, at)) {
    const x = crisp(clockX(scale, at));
    ctx.moveTo(x, theme.headerHeight);
    ctx.lineTo(x, height);
  }
  ctx.stroke();
  paintRowRules(frame);
}

function paintRowRules(frame: Frame): void {
  const { ctx } = frame;
  ctx.globalAlpha = 0.55;
  ctx.beginPath();
  for (let row = frame.first; row <= frame.last; row++) {
    const y = crisp(rowTop(frame, row + 1)) - 1;
    ctx.moveTo(0, y);
    ctx.lineTo(frame.width, y);
  }
  ctx.stroke();
  ctx.globalAlpha = 1;
}

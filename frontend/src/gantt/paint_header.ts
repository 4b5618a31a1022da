import { clockX } from "../kernel/scale";
import { tierCells, tiersFor, type Cell, type Tier } from "../kernel/tiers";
import { crisp, type Frame } from "./frame";

const TODAY = "Today";
const PILL_PADDING = 6;
const PILL_HEIGHT = 16;
const LABEL_PX = 11;

interface Band {
  left: number;
  right: number;
}

/** The two tiers, and today, whose mark displaces the labels that it would cover. */
export function paintHeader(frame: Frame): void {
  const { ctx, theme, width } = frame;
  const tierHeight = theme.headerHeight / 2;
  ctx.fillStyle = theme.colours.sunken;
  ctx.fillRect(0, 0, width, theme.headerHeight);
  const [upper, lower] = tiersFor(frame.scale.pixelsPerDay);
  const today = todayBand(frame);
  paintTier(frame, upper, 0, theme.colours.text, null);
  paintTier(frame, lower, tierHeight, theme.colours.muted, today);
  rule(frame, theme.headerHeight - 0.5);
  if (today) paintPill(frame, today, tierHeight);
}

export function paintTodayLine(frame: Frame): void {
  const { ctx, theme, height } = frame;
  const x = Math.round(clockX(frame.scale, frame.plan.today));
  if (x < 0 || x > frame.width) return;
  ctx.strokeStyle = theme.colours.accent;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(x + 0.5, theme.headerHeight);
  ctx.lineTo(x + 0.5, height);
  ctx.stroke();
}

function todayBand(frame: Frame): Band | null {
  const x = clockX(frame.scale, frame.plan.today);
  const half = frame.measure(TODAY) / 2 + PILL_PADDING;
  return x + half < 0 || x - half > frame.width ? null : { left: x - half, right: x + half };
}

function paintPill(frame: Frame, band: Band, tierTop: number): void {
  const { ctx, theme } = frame;
  const top = tierTop + (theme.headerHeight / 2 - PILL_HEIGHT) / 2;
  ctx.fillStyle = theme.colours.accent;
  ctx.beginPath();
  ctx.roundRect(band.left, top, band.right - band.left, PILL_HEIGHT, PILL_HEIGHT / 2);
  ctx.fill();
  ctx.fillStyle = theme.colours.surface;
  ctx.fillText(TODAY, band.left + PILL_PADDING, top + PILL_HEIGHT / 2 + 0.5);
}

function rule(frame: Frame, y: number): void {
  const { ctx } = frame;
  ctx.strokeStyle = frame.theme.colours.line;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(0, y);
  ctx.lineTo(frame.width, y);
  ctx.stroke();
}

function paintTier(
  frame: Frame,
  tier: Tier,
  top: number,
  colour: string,
  taken: Band | null,
): void {
  const { ctx, theme } = frame;
  const height = theme.headerHeight / 2;
  ctx.font = `${LABEL_PX}px ${theme.family}`;
  ctx.textBaseline = "middle";
  const cells = tierCells(tier, frame.scale, frame.width, frame.measure);
  ctx.fillStyle = colour;
  for (const cell of cells)
    if (!covered(frame, cell, taken)) ctx.fillText(cell.label, cell.labelX, top + height / 2 + 0.5);
  paintTicks(frame, cells, top, height);
}

function covered(frame: Frame, cell: Cell, taken: Band | null): boolean {
  if (!taken) return false;
  const right = cell.labelX + frame.measure(cell.label);
  return cell.labelX < taken.right + 2 && right > taken.left - 2;
}

function paintTicks(frame: Frame, cells: Cell[], top: number, height: number): void {
  const { ctx, theme } = frame;
  ctx.strokeStyle = theme.colours.line;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (const cell of cells) {
    ctx.moveTo(crisp(cell.x), top + (top === 0 ? 0 : 6));
    ctx.lineTo(crisp(cell.x), top + height);
  }
  ctx.stroke();
}

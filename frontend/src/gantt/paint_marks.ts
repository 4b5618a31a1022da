import { BAR_HALF, dotX, MILESTONE_HALF, type BarBox } from "../kernel/hit";
import type { ConstraintKind } from "../kernel/plan";
import { workX } from "../kernel/scale";
import { barBox, rowTop, spanBox, visitBars, type Frame } from "./frame";
import type { Bar, GhostMark } from "./model";

const PINNED_FINISH: ReadonlySet<ConstraintKind> = new Set(["FNET", "FNLT", "MFO", "FINISH_ON"]);
const GHOST_HALF = 3;
const DOT = 3.5;

/** Pins, deadlines, the ends of links in other projects, and pointers to bars that are out of view. */
export function paintMarks(frame: Frame): void {
  visitBars(frame, (bar, box, row) => {
    if (bar.task.constraint_date !== null) paintPin(frame, bar, box);
    if (bar.deadline !== null) paintDeadline(frame, bar, box);
    for (const mark of frame.plan.ghostsOf(bar.task.id)) paintGhost(frame, mark, row);
    paintPointer(frame, box);
  });
  paintDot(frame);
}

function paintPin(frame: Frame, bar: Bar, box: BarBox): void {
  const { ctx, theme } = frame;
  const x = PINNED_FINISH.has(bar.task.constraint) ? box.finishX : box.startX;
  const top = box.middle - (box.milestone ? MILESTONE_HALF : BAR_HALF) - 4;
  ctx.fillStyle = theme.colours.text;
  ctx.beginPath();
  ctx.arc(x, top, 2.25, 0, 2 * Math.PI);
  ctx.fill();
  ctx.fillRect(x - 0.5, top, 1, 5);
}

/** An open arrow head where the deadline is; filled, in the critical colour, once it is missed. */
function paintDeadline(frame: Frame, bar: Bar, box: BarBox): void {
  const { ctx, theme } = frame;
  if (bar.deadline === null) return;
  const x = workX(frame.scale, bar.deadline);
  const missed = bar.finish > bar.deadline;
  const top = box.middle - 5;
  ctx.beginPath();
  ctx.moveTo(x - 4.5, top);
  ctx.lineTo(x + 4.5, top);
  ctx.lineTo(x, top + 9);
  ctx.closePath();
  ctx.fillStyle = missed ? theme.colours.critical : theme.colours.surface;
  ctx.strokeStyle = missed ? theme.colours.critical : theme.colours.warning;
  ctx.lineWidth = 1.5;
  ctx.fill();
  ctx.stroke();
}

/** The other project's task: dashed, at the upper edge of the row if it comes before, else the lower. */
function paintGhost(frame: Frame, mark: GhostMark, row: number): void {
  const { ctx, theme } = frame;
  const top = rowTop(frame, row);
  const middle = mark.before ? top + GHOST_HALF + 1 : top + theme.rowHeight - GHOST_HALF - 2;
  const box = spanBox(frame.scale, mark, middle, false);
  if (box.finishX < 0 || box.startX > frame.width) return;
  const width = Math.max(6, box.finishX - box.startX);
  ctx.strokeStyle = theme.colours.ghost;
  ctx.lineWidth = 1;
  ctx.setLineDash([3, 2]);
  ctx.beginPath();
  ctx.roundRect(box.startX + 0.5, middle - GHOST_HALF + 0.5, width - 1, 2 * GHOST_HALF - 1, 2);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** A small arrow at the edge towards a bar that lies outside the view. */
function paintPointer(frame: Frame, box: BarBox): void {
  const { ctx, width } = frame;
  const before = box.finishX < 0;
  if (!before && box.startX <= width) return;
  const [x, side] = before ? [5, 1] : [width - 5, -1];
  ctx.fillStyle = frame.theme.colours.ghost;
  ctx.beginPath();
  ctx.moveTo(x, box.middle);
  ctx.lineTo(x + side * 4, box.middle - 4);
  ctx.lineTo(x + side * 4, box.middle + 4);
  ctx.fill();
}

/** The dot from which a link is drawn, on the bar under the pointer or the one selected. */
function paintDot(frame: Frame): void {
  const { ctx, theme, pointing, rows } = frame;
  const task = frame.pull?.from ?? pointing.task ?? frame.selected;
  const bar = task === null ? undefined : frame.plan.bars.get(task);
  const row = task === null ? undefined : rows.rowOf.get(task);
  if (!bar || row === undefined || !frame.editable || bar.task.summary) return;
  if (rows.rows[row]?.task.id !== task || frame.moves.has(bar.task.id) || frame.held) return;
  const box = barBox(frame, bar, row);
  ctx.beginPath();
  ctx.arc(dotX(box), box.middle, DOT, 0, 2 * Math.PI);
  ctx.fillStyle = pointing.part === "dot" ? theme.colours.accent : theme.colours.surface;
  ctx.fill();
  ctx.strokeStyle = theme.colours.accent;
  ctx.lineWidth = 1.5;
  ctx.stroke();
}

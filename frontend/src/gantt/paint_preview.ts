import type { BarBox } from "../kernel/hit";
import type { Span } from "../kernel/time";
import { rowMiddle, spanBox, visitBars, type Frame } from "./frame";
import type { Bar } from "./model";
import { taskPath } from "./shapes";

/** Where tasks would go: what is now as an outline, what would be in the colour of the bar, translucent. */
export function paintPreview(frame: Frame): void {
  if (frame.moves.size === 0 && !frame.held) return;
  visitBars(frame, (bar, box, row) => {
    const held = frame.held?.task === bar.task.id ? frame.held.span : null;
    const after = held ?? frame.moves.get(bar.task.id)?.after;
    if (!after) return;
    paintBefore(frame, bar, box);
    paintAfter(frame, bar, after, row, held !== null);
  });
}

function paintBefore(frame: Frame, bar: Bar, box: BarBox): void {
  const { ctx, theme } = frame;
  ctx.strokeStyle = theme.colours.ghost;
  ctx.lineWidth = 1;
  ctx.setLineDash([3, 3]);
  taskPath(ctx, inset(box), bar.task.summary);
  ctx.stroke();
  ctx.setLineDash([]);
}

function paintAfter(frame: Frame, bar: Bar, span: Span, row: number, held: boolean): void {
  const { ctx, theme } = frame;
  const box = spanBox(frame.scale, span, rowMiddle(frame, row), bar.task.milestone);
  const colour = bar.task.summary ? theme.colours.summary : theme.colours.accent;
  taskPath(ctx, box, bar.task.summary);
  ctx.fillStyle = colour;
  ctx.globalAlpha = held ? 0.6 : 0.4;
  ctx.fill();
  ctx.globalAlpha = 1;
  ctx.strokeStyle = colour;
  ctx.lineWidth = held ? 1.5 : 1;
  taskPath(ctx, inset(box), bar.task.summary);
  ctx.stroke();
}

function inset(box: BarBox): BarBox {
  return { ...box, startX: box.startX + 0.5, finishX: box.finishX - 0.5 };
}

import { BAR_HALF, MILESTONE_HALF } from "../kernel/hit";
import type { LinkRow } from "../kernel/plan";
import { route, type Anchor } from "../kernel/routing";
import { barBox, crisp, rowTop, type Frame } from "./frame";
import { arrowHead } from "./shapes";

interface Stroke {
  colour: string;
  width: number;
  alpha: number;
}

type Weight = "faded" | "critical" | "strong" | "chain";

const WEIGHTS: readonly Weight[] = ["faded", "critical", "strong", "chain"];
/** Below this zoom the links fade towards nothing, as bars shrink to dots. */
const FADING_BELOW = 8;

export function paintLinks(frame: Frame): void {
  const sorted = sortByWeight(frame);
  for (const weight of WEIGHTS) {
    const links = sorted[weight];
    if (links.length > 0) strokeLinks(frame, links, strokeOf(frame, weight));
  }
}

function sortByWeight(frame: Frame): Record<Weight, LinkRow[]> {
  const sorted: Record<Weight, LinkRow[]> = { faded: [], critical: [], strong: [], chain: [] };
  frame.rows.index.visit(frame.first, frame.last, (i) => {
    const link = frame.rows.links[i]!;
    const weight = weightOf(frame, link);
    if (weight === "chain" || weight === "strong" || endsInView(frame, link))
      sorted[weight].push(link);
  });
  return sorted;
}

function weightOf(frame: Frame, link: LinkRow): Weight {
  const { highlight, selected, plan } = frame;
  if (highlight.has(link.pred) && highlight.has(link.succ)) return "chain";
  if (selected !== null && (link.pred === selected || link.succ === selected)) return "strong";
  const critical = (task: number) => plan.bars.get(task)?.task.critical;
  return link.driving && critical(link.pred) && critical(link.succ) ? "critical" : "faded";
}

/** A line that only passes by tells nothing: both its bars are out of sight. */
function endsInView(frame: Frame, link: LinkRow): boolean {
  const inView = (task: number) => {
    const row = frame.rows.rowOf.get(task)!;
    return row >= frame.first && row <= frame.last;
  };
  return inView(link.pred) || inView(link.succ);
}

function strokeOf(frame: Frame, weight: Weight): Stroke {
  const { colours } = frame.theme;
  const faded = Math.max(0.3, Math.min(1, frame.scale.pixelsPerDay / FADING_BELOW));
  const strokes: Record<Weight, Stroke> = {
    faded: { colour: colours.link, width: 1, alpha: faded },
    critical: { colour: colours.critical, width: 1, alpha: Math.max(0.45, faded * 0.85) },
    strong: { colour: colours.linkStrong, width: 1.5, alpha: 1 },
    chain: { colour: colours.accent, width: 2, alpha: 1 },
  };
  return strokes[weight];
}

/** All links of one weight are one path: a stroke a link would cost a third of the frame. */
function strokeLinks(frame: Frame, links: LinkRow[], stroke: Stroke): void {
  const { ctx } = frame;
  const heads = new Path2D();
  ctx.strokeStyle = ctx.fillStyle = stroke.colour;
  ctx.lineWidth = stroke.width;
  ctx.globalAlpha = stroke.alpha;
  ctx.lineJoin = "round";
  ctx.beginPath();
  for (const link of links) traceLink(frame, link, heads);
  ctx.stroke();
  ctx.fill(heads);
  ctx.globalAlpha = 1;
}

function traceLink(frame: Frame, link: LinkRow, heads: Path2D): void {
  const from = anchorOf(frame, link.pred);
  const to = anchorOf(frame, link.succ);
  if (!from || !to || outside(frame, from, to)) return;
  const { points, heading } = route(link.kind, from, to, frame.theme.rowHeight);
  const { ctx } = frame;
  ctx.moveTo(crisp(points[0]!), crisp(points[1]!));
  for (let i = 2; i < points.length; i += 2) ctx.lineTo(crisp(points[i]!), crisp(points[i + 1]!));
  const end = points.length - 2;
  arrowHead(heads, crisp(points[end]!), crisp(points[end + 1]!), heading);
}

function outside(frame: Frame, from: Anchor, to: Anchor): boolean {
  const right = Math.max(from.finishX, to.finishX);
  const left = Math.min(from.startX, to.startX);
  return right < -30 || left > frame.width + 30;
}

/** A task below a closed summary is linked on the summary's row, at its own dates. */
function anchorOf(frame: Frame, task: number): Anchor | null {
  const bar = frame.plan.bars.get(task);
  const row = frame.rows.rowOf.get(task);
  if (!bar || row === undefined) return null;
  const box = barBox(frame, bar, row);
  const wide = box.milestone ? MILESTONE_HALF : 0;
  const half = box.milestone ? MILESTONE_HALF : bar.task.summary ? 5 : BAR_HALF;
  return { startX: box.startX - wide, finishX: box.finishX + wide, y: box.middle, half };
}

export function paintPull(frame: Frame): void {
  const { ctx, theme, pull } = frame;
  const from = pull && anchorOf(frame, pull.from);
  if (!pull || !from) return;
  ctx.strokeStyle = ctx.fillStyle = theme.colours.accent;
  ctx.lineWidth = 1.5;
  ctx.setLineDash([4, 3]);
  ctx.beginPath();
  ctx.moveTo(from.finishX, from.y);
  ctx.lineTo(pull.x, pull.y);
  ctx.stroke();
  ctx.setLineDash([]);
  if (pull.to !== null) paintTarget(frame, pull.to);
}

function paintTarget(frame: Frame, task: number): void {
  const { ctx, theme } = frame;
  const to = anchorOf(frame, task);
  const row = frame.rows.rowOf.get(task);
  if (!to || row === undefined) return;
  const top = rowTop(frame, row) + 3;
  ctx.beginPath();
  ctx.roundRect(to.startX - 4, top, to.finishX - to.startX + 8, theme.rowHeight - 6, 5);
  ctx.stroke();
}

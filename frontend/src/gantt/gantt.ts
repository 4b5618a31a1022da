import { dotX, partAt, rowAt } from "../kernel/hit";
import type { Change } from "../kernel/plan";
import { clampZoom } from "../kernel/scale";
import { listen } from "./canvas_events";
import { barBox, type Frame, type Held, type LinkPull, type Pointing } from "./frame";
import { movesOf, PlanModel, RowModel, type Move } from "./model";
import { paint } from "./paint";
import { Gesture, mayPlace, type Chart } from "./pointer";
import { readTheme, watchTheme, type Theme } from "./theme";
import { Tip } from "./tip";
import { barLines } from "./tip_lines";
import type { GanttCallbacks, GanttView } from "./view";
import { Viewport } from "./viewport";

const NOWHERE: Pointing = { row: -1, task: null, part: null };
const NO_MOVES: ReadonlyMap<number, Move> = new Map();
const TIP_DELAY_MS = 350;
/** A click this near an edge means the arrow that points to a bar out of view. */
const EDGE = 14;

/** A Gantt chart on a canvas. It paints only what is in view, and only when something changed. */
export class Gantt {
  private readonly canvas = document.createElement("canvas");
  private readonly ctx: CanvasRenderingContext2D;
  private readonly tip: Tip;
  private readonly viewport: Viewport;
  private readonly gesture: Gesture;
  private readonly stops: (() => void)[] = [];
  private readonly widths = new Map<string, number>();
  private theme: Theme;
  private view: GanttView | null = null;
  private plan: PlanModel | null = null;
  private rows: RowModel | null = null;
  private moves = NO_MOVES;
  private highlight: ReadonlySet<number> = new Set();
  private pointing = NOWHERE;
  private held: Held | null = null;
  private pull: LinkPull | null = null;
  private width = 0;
  private height = 0;
  private scrollTop = 0;
  private frameId = 0;
  private tipTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: HTMLElement,
    private readonly callbacks: GanttCallbacks,
  ) {
    const ctx = this.canvas.getContext("2d", { alpha: false });
    if (!ctx) throw new Error("This browser has no 2D canvas.");
    this.ctx = ctx;
    this.canvas.className = "gantt-canvas";
    this.canvas.setAttribute("role", "img");
    host.classList.add("gantt");
    host.append(this.canvas);
    this.tip = new Tip(host);
    this.theme = readTheme(host);
    this.viewport = new Viewport(
      host,
      () => this.theme.still,
      () => {
        this.hideTip();
        this.invalidate();
      },
    );
    this.gesture = new Gesture(this.chart());
    this.listen();
  }

  update(view: GanttView): void {
    const before = this.view;
    this.view = view;
    if (view.plan !== before?.plan) this.readPlan(view);
    if (view.plan !== before?.plan || view.rows !== before.rows)
      this.rows = new RowModel(view.plan, view.rows);
    if (view.preview !== before?.preview)
      this.moves = view.preview ? movesOf(view.preview.moved) : NO_MOVES;
    if (view.highlight !== before?.highlight) this.highlight = new Set(view.highlight);
    if (!this.gesture.busy && (view.plan !== before?.plan || view.preview !== before?.preview))
      this.held = null;
    this.invalidate();
  }

  destroy(): void {
    this.stops.forEach((stop) => stop());
    cancelAnimationFrame(this.frameId);
    this.viewport.stop();
    clearTimeout(this.tipTimer);
    this.host.replaceChildren();
  }

  /** The rows scroll with the grid beside them: this is where they stand. */
  setScrollTop(pixels: number): void {
    if (pixels === this.scrollTop) return;
    this.scrollTop = pixels;
    this.hideTip();
    this.invalidate();
  }

  fit(): void {
    this.viewport.fit();
  }

  zoomBy(factor: number, atX?: number): void {
    this.viewport.zoomBy(factor, atX);
  }

  setPixelsPerDay(pixelsPerDay: number): void {
    this.zoomBy(clampZoom(pixelsPerDay) / this.viewport.scale.pixelsPerDay);
  }

  scrollToToday(): void {
    if (this.plan) this.viewport.bring(this.plan.today, this.width / 3);
  }

  /** Brings a task's bar into view, sideways and up or down. */
  scrollToTask(id: number): void {
    const row = this.rows?.rowOf.get(id);
    const bar = this.plan?.bars.get(id);
    if (row === undefined || !bar) return;
    this.callbacks.onShowRow(row);
    const frame = this.frame();
    const box = frame && barBox(frame, bar, row);
    if (box && (box.startX < 0 || box.startX > this.width - 40))
      this.viewport.bring(bar.start, Math.min(120, this.width / 4));
  }

  private readPlan(view: GanttView): void {
    this.plan = new PlanModel(view.plan);
    this.viewport.show(this.plan);
    this.canvas.ariaLabel = `${view.plan.project.name}: Gantt chart. The table beside it says the same in words.`;
  }

  private panBy(dx: number, dy: number): void {
    if (dx !== 0) this.viewport.panBy(dx);
    if (dy !== 0) this.callbacks.onScrollRows(dy);
  }

  private listen(): void {
    const sizes = new ResizeObserver(() => this.resize());
    sizes.observe(this.host);
    this.stops.push(
      () => sizes.disconnect(),
      watchTheme(() => this.restyle()),
      listen(this.canvas, {
        gesture: this.gesture,
        hover: (x, y) => this.hover(x, y),
        leave: () => this.point(NOWHERE),
        doubleClick: (x, y) => this.toggle(x, y),
        zoomBy: (factor, atX) => this.zoomBy(factor, atX),
        panBy: (dx, dy) => this.panBy(dx, dy),
      }),
    );
  }

  private resize(): void {
    const ratio = devicePixelRatio;
    this.width = this.host.clientWidth;
    this.height = this.host.clientHeight;
    this.canvas.width = Math.round(this.width * ratio);
    this.canvas.height = Math.round(this.height * ratio);
    this.viewport.resize(this.width);
    // A canvas is blank once it is resized: waiting for the next frame would flicker.
    this.paintNow();
  }

  private restyle(): void {
    this.theme = readTheme(this.host);
    this.widths.clear();
    this.invalidate();
  }

  private invalidate(): void {
    if (this.frameId === 0) this.frameId = requestAnimationFrame(() => this.paintNow());
  }

  private paintNow(): void {
    cancelAnimationFrame(this.frameId);
    this.frameId = 0;
    const frame = this.frame();
    if (!frame || this.width === 0) return;
    const ratio = this.canvas.width / this.width;
    this.ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(frame);
  }

  private frame(): Frame | null {
    const { plan, rows, theme, height } = this;
    if (!plan || !rows) return null;
    const scrollTop = Math.round(this.scrollTop);
    const first = Math.max(0, Math.floor(scrollTop / theme.rowHeight));
    const shown = Math.ceil((height - theme.headerHeight) / theme.rowHeight) + 1;
    return {
      ctx: this.ctx,
      theme,
      scale: this.viewport.scale,
      width: this.width,
      height,
      scrollTop,
      first,
      last: Math.min(rows.rows.length - 1, first + shown),
      plan,
      rows,
      moves: this.moves,
      selected: this.view?.selected ?? null,
      highlight: this.highlight,
      editable: plan.plan.project.may_edit,
      pointing: this.pointing,
      held: this.held,
      pull: this.pull,
      measure: (text) => this.measure(text),
    };
  }

  // Measuring text costs more than painting it, and names and labels recur every frame.
  private measure(text: string): number {
    let width = this.widths.get(text);
    if (width === undefined) {
      width = this.ctx.measureText(text).width;
      if (this.widths.size > 20_000) this.widths.clear();
      this.widths.set(text, width);
    }
    return width;
  }

  private pointingAt(x: number, y: number): Pointing {
    const frame = this.frame();
    if (!frame) return NOWHERE;
    const row = rowAt(y, frame.scrollTop, frame.theme.headerHeight, frame.theme.rowHeight);
    const task = frame.rows.rows[row]?.task;
    const bar = task && frame.plan.bars.get(task.id);
    if (!bar) return NOWHERE;
    const box = barBox(frame, bar, row);
    const part = partAt(box, x, y);
    if (part) return { row, task: bar.task.id, part };
    const away =
      (x < EDGE && box.finishX < 0) || (x > this.width - EDGE && box.startX > this.width);
    return { row, task: away ? bar.task.id : null, part: null };
  }

  private linkTarget(x: number, y: number): number | null {
    const frame = this.frame();
    if (!frame) return null;
    const row = rowAt(y, frame.scrollTop, frame.theme.headerHeight, frame.theme.rowHeight);
    const task = frame.rows.rows[row]?.task;
    const bar = task && frame.plan.bars.get(task.id);
    if (!bar) return null;
    const box = barBox(frame, bar, row);
    return x > box.startX - 16 && x < dotX(box) + 12 ? bar.task.id : null;
  }

  private point(to: Pointing): void {
    const { row, task, part } = this.pointing;
    if (row === to.row && task === to.task && part === to.part) return;
    this.pointing = to;
    this.canvas.style.cursor = this.cursorFor(to);
    this.invalidate();
  }

  private cursorFor({ task, part }: Pointing): string {
    const bar = task === null ? undefined : this.plan?.bars.get(task);
    if (!bar) return "";
    if (part === null) return "pointer";
    if (!this.plan?.plan.project.may_edit || bar.task.summary) return "pointer";
    if (part === "dot") return "crosshair";
    if (!mayPlace(bar.task, part)) return "pointer";
    return part === "finish" || part === "start" ? "ew-resize" : "grab";
  }

  private hover(x: number, y: number): void {
    const to = this.pointingAt(x, y);
    this.point(to);
    this.hideTip();
    const bar = to.task === null ? undefined : this.plan?.bars.get(to.task);
    if (!bar || !this.plan) return;
    const lines = barLines(bar, this.plan.plan.project, this.viewport.scale);
    this.tipTimer = setTimeout(() => this.tip.show(x, y, lines), TIP_DELAY_MS);
  }

  private hideTip(): void {
    clearTimeout(this.tipTimer);
    if (!this.gesture.busy) this.tip.hide();
  }

  private toggle(x: number, y: number): void {
    const { task } = this.pointingAt(x, y);
    if (task !== null) this.callbacks.onToggle(task);
  }

  private chart(): Chart {
    return {
      scale: () => this.viewport.scale,
      plan: () => this.plan,
      selected: () => this.view?.selected ?? null,
      pointingAt: (x, y) => this.pointingAt(x, y),
      linkTarget: (x, y) => this.linkTarget(x, y),
      panBy: (dx, dy) => this.panBy(dx, dy),
      zoomBy: (factor, atX) => this.zoomBy(factor, atX),
      select: (task) => this.callbacks.onSelect(task),
      reveal: (task) => this.scrollToTask(task),
      draw: (held, pull) => {
        this.held = held;
        this.pull = pull;
        this.invalidate();
      },
      tell: (x, y, lines) => {
        clearTimeout(this.tipTimer);
        if (lines) this.tip.show(x, y, lines);
        else this.tip.hide();
      },
      propose: (changes: Change[]) => this.callbacks.onPropose(changes),
      drop: (changes: Change[]) => this.callbacks.onDrop(changes),
      cancel: () => this.callbacks.onCancel(),
    };
  }
}

import { placementChanges, linkChanges } from "../kernel/changes";
import {
  gripOf,
  mayMove,
  mayResize,
  moved,
  resized,
  startMoved,
  type Grip,
  type Placement,
} from "../kernel/drag";
import type { Part } from "../kernel/hit";
import type { Change, TaskRow } from "../kernel/plan";
import type { Scale } from "../kernel/scale";
import type { Held, LinkPull, Pointing } from "./frame";
import type { Bar, PlanModel } from "./model";
import { placementLines } from "./tip_lines";
import { latestWins, type Latest } from "./latest";

/** What a gesture needs of the chart. */
export interface Chart {
  scale(): Scale;
  plan(): PlanModel | null;
  selected(): number | null;
  pointingAt(x: number, y: number): Pointing;
  /** The task whose bar a link may be dropped on. */
  linkTarget(x: number, y: number): number | null;
  panBy(dx: number, dy: number): void;
  zoomBy(factor: number, atX: number): void;
  select(task: number | null): void;
  reveal(task: number): void;
  draw(held: Held | null, pull: LinkPull | null): void;
  tell(x: number, y: number, lines: readonly string[] | null): void;
  propose(changes: Change[]): void;
  drop(changes: Change[]): void;
  cancel(): void;
}

interface Point {
  x: number;
  y: number;
}

type Deed =
  | { kind: "press"; on: Pointing }
  | { kind: "pan" }
  | { kind: "place"; bar: Bar; grip: Grip; part: Part; to: Placement }
  | { kind: "link"; from: number; to: number | null };

const SLOP = 4;
const TOUCH_SLOP = 8;

/** One pointer's way from press to release; two fingers zoom. */
export class Gesture {
  private deed: Deed | null = null;
  private origin: Point = { x: 0, y: 0 };
  private latest: Point = { x: 0, y: 0 };
  private touch = false;
  private readonly fingers = new Map<number, Point>();
  private readonly proposals: Latest<Change[]>;

  constructor(private readonly chart: Chart) {
    this.proposals = latestWins((changes) => {
      if (changes.length > 0) chart.propose(changes);
      else chart.cancel();
    });
  }

  /** A deed that the pointer is committed to, so that hovering means nothing. */
  get busy(): boolean {
    return this.deed !== null && this.deed.kind !== "press";
  }

  press(pointer: number, at: Point, touch: boolean): void {
    this.fingers.set(pointer, at);
    if (this.fingers.size > 1) return this.abandon();
    this.chart.tell(0, 0, null);
    this.touch = touch;
    this.origin = this.latest = at;
    this.deed = { kind: "press", on: this.chart.pointingAt(at.x, at.y) };
  }

  move(pointer: number, at: Point): void {
    const before = this.fingers.get(pointer);
    if (!before) return;
    if (this.fingers.size === 2) this.pinch(pointer, before, at);
    this.fingers.set(pointer, at);
    if (!this.deed || this.fingers.size > 1) return;
    if (this.deed.kind === "press" && this.strayed(at)) this.begin(this.deed.on);
    this.carry(at);
    this.latest = at;
  }

  release(pointer: number): void {
    this.fingers.delete(pointer);
    const { deed } = this;
    this.deed = null;
    this.chart.tell(0, 0, null);
    if (deed?.kind === "press") this.click(deed.on);
    if (deed?.kind === "place") this.dropPlaced(deed);
    if (deed?.kind === "link") this.dropLink(deed);
  }

  /** Esc, or the browser took the pointer for itself. */
  abandon(pointer?: number): void {
    if (pointer !== undefined) this.fingers.delete(pointer);
    const proposing = this.deed?.kind === "place" || this.deed?.kind === "link";
    this.deed = null;
    if (!proposing) return;
    this.proposals.forget();
    this.chart.tell(0, 0, null);
    this.chart.draw(null, null);
    this.chart.cancel();
  }

  private strayed(at: Point): boolean {
    const slop = this.touch ? TOUCH_SLOP : SLOP;
    return Math.hypot(at.x - this.origin.x, at.y - this.origin.y) > slop;
  }

  private pinch(pointer: number, before: Point, at: Point): void {
    const other = [...this.fingers].find(([id]) => id !== pointer)?.[1];
    if (!other) return;
    const apart = (point: Point) => Math.max(20, Math.abs(point.x - other.x));
    this.chart.zoomBy(apart(at) / apart(before), (at.x + other.x) / 2);
  }

  private begin(on: Pointing): void {
    const plan = this.chart.plan();
    const bar = on.task === null ? undefined : plan?.bars.get(on.task);
    this.deed = { kind: "pan" };
    if (!plan || !bar || on.part === null || !this.mayDrag(plan, bar, on.part)) return;
    if (on.part === "dot") this.deed = { kind: "link", from: bar.task.id, to: null };
    else {
      const grip = gripOf(bar.task, plan.worktimeFor(bar.task));
      this.deed = { kind: "place", bar, grip, part: on.part, to: { ...grip } };
    }
    this.chart.select(bar.task.id);
  }

  /** A finger pans over bars that are not selected, else a phone could not be scrolled. */
  private mayDrag(plan: PlanModel, bar: Bar, part: Part): boolean {
    if (!plan.plan.project.may_edit || bar.task.summary) return false;
    if (this.touch && this.chart.selected() !== bar.task.id) return false;
    return part === "dot" || mayPlace(bar.task, part);
  }

  private carry(at: Point): void {
    const { deed, chart } = this;
    if (deed?.kind === "pan")
      chart.panBy(this.latest.x - at.x, this.touch ? 0 : this.latest.y - at.y);
    if (deed?.kind === "place") this.place(deed, at);
    if (deed?.kind === "link") this.pull(deed, at);
  }

  private place(deed: Deed & { kind: "place" }, at: Point): void {
    const { chart } = this;
    const plan = chart.plan();
    const arithmetic = { finish: resized, start: startMoved }[deed.part as string] ?? moved;
    deed.to = arithmetic(deed.grip, at.x - this.origin.x, chart.scale());
    chart.draw({ task: deed.bar.task.id, span: deed.to }, null);
    const resizing = deed.part === "finish" || deed.part === "start";
    if (plan)
      chart.tell(
        at.x,
        at.y,
        placementLines(deed.bar, deed.to, resizing, plan.plan.project, chart.scale()),
      );
    this.proposals.offer(placementChanges(deed.bar.task, deed.grip, deed.to));
  }

  private pull(deed: Deed & { kind: "link" }, at: Point): void {
    const target = this.chart.linkTarget(at.x, at.y);
    deed.to = target === deed.from ? null : target;
    this.chart.draw(null, { from: deed.from, x: at.x, y: at.y, to: deed.to });
    this.proposals.offer(deed.to === null ? [] : linkChanges(deed.from, deed.to));
  }

  private click(on: Pointing): void {
    if (on.task !== null && on.part === null) this.chart.reveal(on.task);
    else this.chart.select(on.task);
  }

  private dropPlaced(deed: Deed & { kind: "place" }): void {
    this.drop(placementChanges(deed.bar.task, deed.grip, deed.to), {
      task: deed.bar.task.id,
      span: deed.to,
    });
  }

  private dropLink(deed: Deed & { kind: "link" }): void {
    this.drop(deed.to === null ? [] : linkChanges(deed.from, deed.to), null);
  }

  private drop(changes: Change[], held: Held | null): void {
    this.proposals.forget();
    this.chart.draw(changes.length > 0 ? held : null, null);
    if (changes.length > 0) this.chart.drop(changes);
    else this.chart.cancel();
  }
}

export function mayPlace(task: TaskRow, part: Part): boolean {
  return part === "finish" && !task.milestone ? mayResize(task) : mayMove(task);
}

import { clampZoom, clockX, fitTo, timeAt, zoomAt, type Scale } from "../kernel/scale";
import { DAY, type Minutes, type Span } from "../kernel/time";
import type { PlanModel } from "./model";
import { SidewaysBar } from "./sideways";

const MARGIN = 28;
/** The pixels per day between which a plan is first shown. */
const FIRST = { least: 10, most: 48 };
const GLIDE_MS = 180;

/** Which time is seen, and how large: zoomed, panned, and held near the plan. */
export class Viewport {
  scale: Scale = { origin: 0, pixelsPerDay: 20, dayStart: 480, dayFinish: 1020 };
  private readonly bar: SidewaysBar;
  private plan: PlanModel | null = null;
  private width = 0;
  private placed = false;
  private glide = 0;

  constructor(
    host: HTMLElement,
    private readonly still: () => boolean,
    private readonly changed: () => void,
  ) {
    this.bar = new SidewaysBar(host, (left) => this.panTo(left));
  }

  show(plan: PlanModel): void {
    this.plan = plan;
    const [dayStart, dayFinish] = plan.usualDay;
    this.scale = { ...this.scale, dayStart, dayFinish };
    this.place();
  }

  resize(width: number): void {
    this.width = width;
    this.place();
    this.keepNear();
  }

  stop(): void {
    cancelAnimationFrame(this.glide);
  }

  fit(): void {
    if (this.plan) this.set(fitTo(this.scale, this.plan.span, this.width, MARGIN));
  }

  zoomBy(factor: number, atX = this.width / 2): void {
    this.stop();
    this.set(zoomAt(this.scale, factor, atX));
  }

  panBy(dx: number): void {
    this.stop();
    this.set({ ...this.scale, origin: timeAt(this.scale, dx) });
  }

  /** Moves until an instant is seen at x: in a short glide, unless motion is unwanted. */
  bring(at: Minutes, x: number): void {
    this.stop();
    const origin = this.originFor(at, x);
    if (this.still()) return this.set({ ...this.scale, origin });
    const from = this.scale.origin;
    const begun = performance.now();
    const step = (now: number) => {
      const part = Math.min(1, Math.max(0, (now - begun) / GLIDE_MS));
      const eased = 1 - (1 - part) ** 3;
      this.set({ ...this.scale, origin: from + (origin - from) * eased });
      if (part < 1) this.glide = requestAnimationFrame(step);
    };
    this.glide = requestAnimationFrame(step);
  }

  private originFor(at: Minutes, x: number): Minutes {
    return at - (x / this.scale.pixelsPerDay) * DAY;
  }

  /** At first the whole plan where it is legible that way, else its beginning. */
  private place(): void {
    if (this.placed || !this.plan || this.width === 0) return;
    this.placed = true;
    const { pixelsPerDay } = fitTo(this.scale, this.plan.span, this.width * 0.92, MARGIN);
    const zoom = clampZoom(Math.min(FIRST.most, Math.max(FIRST.least, pixelsPerDay)));
    this.scale = { ...this.scale, pixelsPerDay: zoom };
    this.set({ ...this.scale, origin: this.originFor(this.plan.span.start, MARGIN) });
  }

  private set(scale: Scale): void {
    this.scale = scale;
    this.keepNear();
    this.changed();
  }

  /** One may pan until only half of the view is empty. */
  private keepNear(): void {
    const bounds = this.bounds();
    const origin = Math.min(bounds.finish, Math.max(bounds.start, this.scale.origin));
    this.scale = { ...this.scale, origin };
    const ends = { ...this.scale, origin: bounds.start };
    this.bar.set({ left: clockX(ends, origin), range: clockX(ends, bounds.finish) + this.width });
  }

  private bounds(): Span {
    const half = (this.width / 2 / this.scale.pixelsPerDay) * DAY;
    const { span, today } = this.plan ?? { span: { start: 0, finish: 0 }, today: 0 };
    const start = Math.min(span.start, today) - half;
    return { start, finish: Math.max(span.finish, today) - half };
  }

  /** The scroll bar was moved: it is where it is, and must not be set again. */
  private panTo(left: number): void {
    this.stop();
    const origin = timeAt({ ...this.scale, origin: this.bounds().start }, left);
    this.scale = { ...this.scale, origin };
    this.changed();
  }
}

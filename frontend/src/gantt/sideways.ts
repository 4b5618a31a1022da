export interface Extent {
  left: number;
  range: number;
}

/** A native scroll bar for a canvas, which has none. */
export class SidewaysBar {
  private readonly bar = document.createElement("div");
  private readonly filler = document.createElement("div");
  private left = 0;

  constructor(host: HTMLElement, onScroll: (left: number) => void) {
    this.bar.className = "gantt-sideways";
    this.bar.tabIndex = -1;
    this.bar.append(this.filler);
    host.append(this.bar);
    this.bar.addEventListener("scroll", () => {
      // The browser rounds what we set, and reports our own setting back to us.
      if (Math.abs(this.bar.scrollLeft - this.left) < 1.5) return;
      this.left = this.bar.scrollLeft;
      onScroll(this.left);
    });
  }

  set({ left, range }: Extent): void {
    this.filler.style.width = `${Math.round(range)}px`;
    this.left = left;
    this.bar.scrollLeft = left;
  }
}

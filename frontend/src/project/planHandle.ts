export interface PlanHandle {
  zoomBy(factor: number): void;
  fit(): void;
  scrollToTask(task: number): void;
}

const STEP = 1.5;
let shown: PlanHandle | null = null;

/** The plan on the screen, for what stands outside it: the toolbar and the palette. */
export function hold(handle: PlanHandle | null): void {
  shown = handle;
}

export function zoom(how: "in" | "out" | "fit"): void {
  if (how === "fit") shown?.fit();
  else shown?.zoomBy(how === "in" ? STEP : 1 / STEP);
}

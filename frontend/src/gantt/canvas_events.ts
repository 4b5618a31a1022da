import type { Gesture } from "./pointer";

export interface CanvasEvents {
  gesture: Gesture;
  hover(x: number, y: number): void;
  leave(): void;
  doubleClick(x: number, y: number): void;
  zoomBy(factor: number, atX: number): void;
  panBy(dx: number, dy: number): void;
}

const WHEEL_ZOOM = 0.0022;
const LINE_PIXELS = 28;

/** Tells a canvas's pointer, wheel and Esc to whom they concern; returns how to stop. */
export function listen(canvas: HTMLCanvasElement, events: CanvasEvents): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const { gesture } = events;
  const at = (event: MouseEvent) => ({ x: event.offsetX, y: event.offsetY });

  canvas.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0) return;
      canvas.setPointerCapture(event.pointerId);
      gesture.press(event.pointerId, at(event), event.pointerType === "touch");
    },
    { signal },
  );
  canvas.addEventListener(
    "pointermove",
    (event) => {
      gesture.move(event.pointerId, at(event));
      if (!gesture.busy) events.hover(event.offsetX, event.offsetY);
    },
    { signal },
  );
  canvas.addEventListener("pointerup", (event) => gesture.release(event.pointerId), { signal });
  canvas.addEventListener("pointercancel", (event) => gesture.abandon(event.pointerId), { signal });
  canvas.addEventListener("pointerleave", () => events.leave(), { signal });
  canvas.addEventListener("dblclick", (event) => events.doubleClick(event.offsetX, event.offsetY), {
    signal,
  });
  canvas.addEventListener("wheel", (event) => onWheel(event, events), { signal, passive: false });
  window.addEventListener("keydown", (event) => onEscape(event, gesture), {
    signal,
    capture: true,
  });
  return () => stop.abort();
}

/** Ctrl zooms, shift and sideways wheels pan; the rest is left to scroll the rows. */
function onWheel(event: WheelEvent, events: CanvasEvents): void {
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1;
  const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    events.zoomBy(Math.exp(-dy * WHEEL_ZOOM), event.offsetX);
    return;
  }
  const sideways = event.shiftKey ? dx || dy : dx;
  if (Math.abs(sideways) <= Math.abs(event.shiftKey ? 0 : dy)) return;
  event.preventDefault();
  events.panBy(sideways, 0);
}

/** Esc belongs to a drag in progress before it belongs to anything else on the page. */
function onEscape(event: KeyboardEvent, gesture: Gesture): void {
  if (event.key !== "Escape" || !gesture.busy) return;
  event.preventDefault();
  event.stopPropagation();
  gesture.abandon();
}

import type { PointerEvent } from "react";

/** Follows a pressed pointer sideways until it is released. */
export function dragX(event: PointerEvent<HTMLElement>, moved: (dx: number) => void): void {
  if (event.button !== 0) return;
  event.preventDefault();
  event.stopPropagation();
  const handle: HTMLElement = event.currentTarget;
  const from = event.clientX;
  const stop = new AbortController();
  const { signal } = stop;
  handle.setPointerCapture(event.pointerId);
  handle.addEventListener("pointermove", (move) => moved(move.clientX - from), { signal });
  const end = () => stop.abort();
  handle.addEventListener("pointerup", end, { signal });
  handle.addEventListener("lostpointercapture", end, { signal });
}

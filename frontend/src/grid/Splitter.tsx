import type { KeyboardEvent, PointerEvent } from "react";
import { dragX } from "./drag_x";
import { words } from "./words";

interface Props {
  width: number;
  least: number;
  most: number;
  onResize(width: number): void;
  onReset(): void;
}

const STEP = 24;

/** Divides table and chart; moved by pointer or by the arrow keys. */
export function Splitter({ width, least, most, onResize, onReset }: Props) {
  const resize = (to: number) => onResize(Math.min(most, Math.max(least, to)));
  const onPointerDown = (event: PointerEvent<HTMLElement>) =>
    dragX(event, (dx) => resize(width + dx));
  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (step === undefined || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    resize(width + step);
  }
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={words.splitter}
      aria-valuenow={Math.round(width)}
      aria-valuemin={least}
      aria-valuemax={Math.round(most)}
      tabIndex={0}
      className="plan-splitter"
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      onDoubleClick={onReset}
    />
  );
}

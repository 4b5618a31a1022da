import { CalendarCheck, MoveHorizontal, ZoomIn, ZoomOut } from "lucide-react";
import type { ComponentType } from "react";
import { words } from "./words";

export interface Zoom {
  by(factor: number): void;
  fit(): void;
  today(): void;
}

export const ZOOM_STEP = 1.5;

function Button({
  label,
  icon: Icon,
  press,
}: {
  label: string;
  icon: ComponentType;
  press(): void;
}) {
  return (
    <button type="button" aria-label={label} title={label} onClick={press}>
      <Icon />
    </button>
  );
}

export function ZoomBar({ zoom }: { zoom: Zoom }) {
  return (
    <div className="plan-zoom">
      <Button label={words.zoomOut} icon={ZoomOut} press={() => zoom.by(1 / ZOOM_STEP)} />
      <Button label={words.zoomIn} icon={ZoomIn} press={() => zoom.by(ZOOM_STEP)} />
      <Button label={words.fit} icon={MoveHorizontal} press={() => zoom.fit()} />
      <Button label={words.today} icon={CalendarCheck} press={() => zoom.today()} />
    </div>
  );
}

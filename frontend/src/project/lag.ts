import { exactDuration, parseDuration, spellDuration, type WorkUnits } from "../kernel/duration";
import type { LagKind, LinkRow } from "../kernel/plan";

export interface Lag {
  lag: number;
  lag_kind: LagKind;
}

/** Reads +2d, -1d, 3eh, 50% or 50e%: a lag may be a lead, elapsed, or part of the predecessor. */
export function readLag(text: string, units: WorkUnits): Lag | null {
  const [, sign, size] = /^\s*([+\-−]?)\s*(.*)$/.exec(text)!;
  const turn = (amount: number) => (sign === "-" || sign === "−" ? -amount || 0 : amount);
  const part = /^(\d+)\s*(e?)%$/.exec(size!.trim());
  if (part)
    return { lag: turn(Number(part[1])), lag_kind: part[2] ? "ELAPSED_PERCENT" : "PERCENT" };
  const read = size ? parseDuration(size, units) : { minutes: 0, elapsed: false };
  return read && { lag: turn(read.minutes), lag_kind: read.elapsed ? "ELAPSED" : "WORKING" };
}

type Lagging = Pick<LinkRow, "lag_minutes" | "lag_kind">;

export function writeLag({ lag_minutes, lag_kind }: Lagging, units: WorkUnits): string {
  if (lag_kind === "PERCENT") return `${lag_minutes}%`;
  if (lag_kind === "ELAPSED_PERCENT") return `${lag_minutes}e%`;
  const size = exactDuration(Math.abs(lag_minutes), units, lag_kind === "ELAPSED");
  return lag_minutes < 0 ? `-${size}` : size;
}

export function spellLag(minutes: number, units: WorkUnits): string {
  return minutes > 0 ? `+${spellDuration(minutes, units)}` : spellDuration(minutes, units);
}

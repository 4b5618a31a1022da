import type { LiveEvent } from "../api/types";

const KEPT = 200;

/** How far a tab has heard the log, and the last events, for a tab that has just come. */
export interface Tail {
  last: number;
  recent: LiveEvent[];
}

export function tail(last: number): Tail {
  return { last, recent: [] };
}

/** The tail after an event; null when it was heard before. */
export function taken(known: Tail, event: LiveEvent): Tail | null {
  if (event.seq <= known.last) return null;
  return { last: event.seq, recent: [...known.recent, event].slice(-KEPT) };
}

/** What a newcomer that has read up to `after` has missed. */
export function missed(known: Tail, after: number): LiveEvent[] {
  return known.recent.filter((event) => event.seq > after);
}

// The leader before us may have gone between an event and its passing on: hence `after`.
export function streamAddress(known: Tail): string {
  return `/api/v1/live?after=${known.last}`;
}

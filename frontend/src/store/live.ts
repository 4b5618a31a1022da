import type { LiveEvent } from "../api/types";
import { missed, streamAddress, tail, taken } from "./tail";

type Word = { kind: "event"; event: LiveEvent } | { kind: "hello"; after: number };

export interface Stream {
  close(): void;
}

/** What the browser lends: one lock and one channel for all tabs, one stream for the leader. */
export interface Wires {
  lead(whileLeading: (over: Promise<void>) => Promise<void>): () => void;
  channel(hear: (word: Word) => void): { say(word: Word): void; close(): void };
  stream(address: string, hear: (event: LiveEvent) => void, lost: () => void): Stream;
  later(run: () => void): void;
}

/** Follow the log from `after`: by the one stream of this browser, whichever tab holds it. */
export function follow(after: number, hear: (event: LiveEvent) => void, wires: Wires): () => void {
  let known = tail(after);
  let leading = false;
  let stream: Stream | null = null;

  function take(event: LiveEvent): boolean {
    const next = taken(known, event);
    if (next) {
      known = next;
      hear(event);
    }
    return next !== null;
  }

  const channel = wires.channel((word) => {
    if (word.kind === "event") take(word.event);
    else if (leading)
      missed(known, word.after).forEach((event) => channel.say({ kind: "event", event }));
  });

  function open(): void {
    if (!leading) return;
    const tell = (event: LiveEvent) => void (take(event) && channel.say({ kind: "event", event }));
    stream = wires.stream(streamAddress(known), tell, () => wires.later(open));
  }

  const resign = wires.lead(async (over) => {
    leading = true;
    open();
    await over;
    leading = false;
    stream?.close();
  });

  channel.say({ kind: "hello", after });
  return () => {
    resign();
    channel.close();
  };
}

import type { LiveEvent } from "../api/types";
import { aborted } from "../api/problem";
import type { Stream, Wires } from "./live";

const NAME = "triptych-live";
const RETRY_MS = 5000;

function lead(whileLeading: (over: Promise<void>) => Promise<void>): () => void {
  const left = Promise.withResolvers<void>();
  const waiting = new AbortController();
  navigator.locks
    .request(NAME, { signal: waiting.signal }, () => whileLeading(left.promise))
    .catch((error: unknown) => {
      if (!aborted(error)) throw error;
    });
  return () => {
    left.resolve();
    waiting.abort();
  };
}

function stream(address: string, hear: (event: LiveEvent) => void, lost: () => void): Stream {
  const source = new EventSource(address);
  source.addEventListener("change", (message) => hear(JSON.parse(message.data) as LiveEvent));
  source.addEventListener("error", () => {
    // While CONNECTING the browser tries again by itself; CLOSED means that it gave up.
    if (source.readyState === EventSource.CLOSED) lost();
  });
  return source;
}

export const browserWires: Wires = {
  lead,
  stream,
  channel(hear) {
    const channel = new BroadcastChannel(NAME);
    channel.onmessage = (message) => hear(message.data);
    return { say: (word) => channel.postMessage(word), close: () => channel.close() };
  },
  later: (run) => void setTimeout(run, RETRY_MS),
};

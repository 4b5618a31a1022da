import { beforeEach, describe, expect, it } from "vitest";
import type { LiveEvent } from "../api/types";
import { follow, type Wires } from "./live";
import { event } from "./samples";

/** One browser: a lock with its queue, a channel between tabs, and the server's log. */
class Browser {
  readonly queue: (() => void)[] = [];
  readonly tabs = new Set<(word: never) => void>();
  readonly addresses: string[] = [];
  open = 0;
  emit: (event: LiveEvent) => void = () => undefined;
  lose: () => void = () => undefined;

  wires(): Wires {
    return {
      lead: (whileLeading) => this.lead(whileLeading),
      channel: (hear) => this.channel(hear as (word: never) => void),
      stream: (address, hear, lost) => this.stream(address, hear, lost),
      later: (run) => run(),
    };
  }

  private lead(whileLeading: (over: Promise<void>) => Promise<void>): () => void {
    const over = Promise.withResolvers<void>();
    const start = () => void whileLeading(over.promise).then(() => this.pass());
    this.queue.push(start);
    if (this.queue.length === 1) start();
    return () => over.resolve();
  }

  private pass(): void {
    this.queue.shift();
    this.queue[0]?.();
  }

  private channel(hear: (word: never) => void) {
    this.tabs.add(hear);
    return {
      say: (word: unknown) =>
        this.tabs.forEach((tab) => tab !== hear && tab(structuredClone(word) as never)),
      close: () => void this.tabs.delete(hear),
    };
  }

  private stream(address: string, hear: (event: LiveEvent) => void, lost: () => void) {
    this.addresses.push(address);
    this.open += 1;
    this.emit = hear;
    this.lose = lost;
    return { close: () => void (this.open -= 1) };
  }
}

describe("follow", () => {
  let browser: Browser;
  beforeEach(() => {
    browser = new Browser();
  });

  function tab(after: number) {
    const seqs: number[] = [];
    const stop = follow(after, ({ seq }) => seqs.push(seq), browser.wires());
    return { seqs, stop };
  }

  it("opens one stream for all tabs, and all hear each event once", () => {
    const [one, two] = [tab(5), tab(5)];
    browser.emit(event(6));
    browser.emit(event(6));
    expect(browser.addresses).toEqual(["/api/v1/live?after=5"]);
    expect([one.seqs, two.seqs]).toEqual([[6], [6]]);
  });

  it("hands over without losing what came between the leaders", async () => {
    const [one, two] = [tab(5), tab(5)];
    browser.emit(event(6));
    one.stop();
    await Promise.resolve().then(() => undefined);
    await Promise.resolve();
    expect(browser.addresses.at(-1)).toBe("/api/v1/live?after=6");
    expect(browser.open).toBe(1);
    browser.emit(event(7));
    expect(two.seqs).toEqual([6, 7]);
    expect(one.seqs).toEqual([6]);
  });

  it("tells a newcomer what was emitted while it was reading its first page", () => {
    tab(5);
    browser.emit(event(6));
    browser.emit(event(7));
    expect(tab(6).seqs).toEqual([7]);
  });

  it("asks again from where it was when the server closed the stream", () => {
    const one = tab(5);
    browser.emit(event(6));
    browser.lose();
    expect(browser.addresses.at(-1)).toBe("/api/v1/live?after=6");
    browser.emit(event(7));
    expect(one.seqs).toEqual([6, 7]);
  });
});

/** Values that come faster than they can be used: each is used at most so often, and only the newest. */
export interface Latest<T> {
  offer(value: T): void;
  forget(): void;
}

const PAUSE_MS = 120;

/** Passes on the newest value, at once when it has been quiet, and never the same value twice in a row. */
export function latestWins<T>(use: (value: T) => void, pause = PAUSE_MS): Latest<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: { value: T } | null = null;
  // A drag begins at its own place, which proposes nothing.
  let used = JSON.stringify([]);

  const pass = () => {
    timer = undefined;
    if (!waiting) return;
    const { value } = waiting;
    waiting = null;
    const spelled = JSON.stringify(value);
    if (spelled === used) return;
    used = spelled;
    timer = setTimeout(pass, pause);
    use(value);
  };

  return {
    offer(value) {
      waiting = { value };
      if (timer === undefined) pass();
    },
    forget() {
      clearTimeout(timer);
      timer = undefined;
      waiting = null;
      used = JSON.stringify([]);
    },
  };
}

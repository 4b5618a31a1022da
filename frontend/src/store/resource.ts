import { useCallback, useEffect, useRef, useState } from "react";
import { ApiProblem } from "../api/problem";
import { useStore } from "./state";

/** What a page reads and nothing else shares: read when the page opens and whenever the plan moves. */
export function useResource<T>(read: () => Promise<T>): {
  value: T | null;
  problem: ApiProblem | null;
  reload: () => void;
} {
  const [value, setValue] = useState<T | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const seq = useStore((state) => state.tree?.seq ?? null);
  const known = useRef<number | null>(null);
  const reload = useCallback(() => {
    read().then(
      (fresh) => {
        setValue(fresh);
        setProblem(null);
      },
      (error: unknown) => {
        if (!(error instanceof ApiProblem)) throw error;
        setProblem(error);
      },
    );
  }, [read]);
  useEffect(reload, [reload]);
  // The first tree arrives after the page has asked by itself; only later ones are news.
  useEffect(() => {
    if (known.current !== null && known.current !== seq) reload();
    known.current = seq;
  }, [reload, seq]);
  return { value, problem, reload };
}

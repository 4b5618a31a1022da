import { useCallback, useEffect, useState } from "react";
import { readHistory } from "../api/calls";
import { ApiProblem } from "../api/problem";
import type { HistoryEntry } from "../api/types";
import type { ProjectPlan } from "../kernel/plan";
import { tell } from "../store/toasts";
import { Button } from "../ui/Button";
import { at } from "../ui/dates";
import { Spinner } from "../ui/Empty";
import { say } from "../ui/strings";
import { Panel } from "./Panel";

function Entry({ entry }: { entry: HistoryEntry }) {
  return (
    <li className={entry.undone ? "deed deed-undone" : "deed"}>
      <p>
        {entry.sentence} {entry.undone && <span className="chip">{say("history.undone")}</span>}
      </p>
      <p className="faint">
        {entry.actor?.name} · <time dateTime={entry.at}>{at(entry.at)}</time>
      </p>
    </li>
  );
}

function useHistory(project: number, seq: number) {
  const [entries, setEntries] = useState<HistoryEntry[] | null>(null);
  const [over, setOver] = useState(false);
  const read = useCallback(
    async (known: HistoryEntry[]) => {
      try {
        const answer = await readHistory(project, known.at(-1)?.seq ?? null);
        setEntries([...known, ...answer.entries]);
        setOver(answer.entries.length === 0);
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error;
        tell(error);
      }
    },
    [project],
  );
  useEffect(() => void read([]), [read, seq]);
  return { entries, over, more: () => void read(entries ?? []) };
}

export function HistoryPanel({ plan }: { plan: ProjectPlan }) {
  const { entries, over, more } = useHistory(plan.project.id, plan.seq);
  return (
    <Panel title={say("history.title")}>
      {!entries && <Spinner />}
      {entries?.length === 0 && <p className="faint">{say("history.empty")}</p>}
      <ol className="deeds">
        {entries?.map((entry) => (
          <Entry key={entry.seq} entry={entry} />
        ))}
      </ol>
      {entries && entries.length > 0 && !over && <Button onClick={more}>{say("more")}</Button>}
    </Panel>
  );
}

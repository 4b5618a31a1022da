import { Command } from "cmdk";
import { Dialog } from "radix-ui";
import { useMemo, useState } from "react";
import { useLocation } from "wouter";
import { select } from "../store/plan";
import { search } from "../store/search";
import { useStore } from "../store/state";
import { Shade } from "../ui/Dialog";
import { count, say } from "../ui/strings";
import { projectPath } from "./places";
import { verbs } from "./verbs";

interface Entry {
  key: string;
  text: string;
  note?: string;
  run: () => void;
}

function usePlaces(go: (path: string) => void): Entry[] {
  const tree = useStore((state) => state.tree);
  return (tree?.nodes ?? []).map((node) => ({
    key: `node-${node.id}`,
    text: node.name,
    note: say(`kind.${node.kind}`),
    run: () => go(node.kind === "project" ? projectPath(node.id) : "/"),
  }));
}

function useTasks(): Entry[] {
  const plan = useStore((state) => state.plan);
  return useMemo(
    () =>
      (plan?.tasks ?? []).map((task) => ({
        key: `task-${task.id}`,
        text: task.name,
        note: task.wbs,
        run: () => select(task.id),
      })),
    [plan],
  );
}

function Group({ heading, entries, onRun }: GroupProps) {
  if (!entries.length) return null;
  return (
    <Command.Group heading={heading}>
      {entries.map((entry) => (
        <Command.Item key={entry.key} value={entry.key} onSelect={() => onRun(entry)}>
          <span className="palette-text">{entry.text}</span>
          {entry.note && <span className="palette-note">{entry.note}</span>}
        </Command.Item>
      ))}
    </Command.Group>
  );
}

interface GroupProps {
  heading: string;
  entries: Entry[];
  onRun: (entry: Entry) => void;
}

interface Found {
  places: Entry[];
  actions: Entry[];
  tasks: Entry[];
}

/** Tasks are too many to be shown before something is asked for. */
function useFound(query: string): Found {
  const [, go] = useLocation();
  const session = useStore((state) => state.session);
  const plan = useStore((state) => state.plan);
  const find = (entries: Entry[]) => search(entries, (entry) => entry.text, query);
  const [places, tasks] = [usePlaces(go), useTasks()];
  const actions = verbs({ session, plan, go });
  return { places: find(places), actions: find(actions), tasks: query ? find(tasks) : [] };
}

function Results({ query, onRun }: { query: string; onRun: (entry: Entry) => void }) {
  const { places, actions, tasks } = useFound(query);
  const total = places.length + actions.length + tasks.length;
  return (
    <>
      <Command.List label={say("palette.title")}>
        <Group heading={say("palette.places")} entries={places} onRun={onRun} />
        <Group heading={say("palette.verbs")} entries={actions} onRun={onRun} />
        <Group heading={say("palette.tasks")} entries={tasks} onRun={onRun} />
      </Command.List>
      <p className={total ? "sr-only" : "palette-none"} role="status">
        {total ? count("palette.found", total) : say("palette.none", { query })}
      </p>
    </>
  );
}

export function Palette({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState("");
  const run = (entry: Entry) => {
    onClose();
    entry.run();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Shade />
        <Dialog.Content className="palette" aria-describedby={undefined}>
          <Dialog.Title className="sr-only">{say("palette.title")}</Dialog.Title>
          <Command shouldFilter={false} loop label={say("palette.title")}>
            <Command.Input
              value={query}
              onValueChange={setQuery}
              placeholder={say("palette.hint")}
            />
            <Results query={query} onRun={run} />
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

import { Command } from "cmdk";
import { useState } from "react";
import type { ProjectPlan } from "../kernel/plan";
import { search } from "../store/search";

const SHOWN = 8;

interface TaskPickerProps {
  plan: ProjectPlan;
  without: number | null;
  label: string;
  onPick: (task: number) => void;
}

/** Finds a task by its name or number, by keyboard alone. */
export function TaskPicker({ plan, without, label, onPick }: TaskPickerProps) {
  const [query, setQuery] = useState("");
  const others = query ? plan.tasks.filter((task) => task.id !== without) : [];
  const found = query ? search(others, (task) => `${task.name} ${task.wbs}`, query) : [];
  const pick = (task: number) => {
    setQuery("");
    onPick(task);
  };
  return (
    <Command shouldFilter={false} label={label} className="picker">
      <Command.Input value={query} onValueChange={setQuery} placeholder={label} />
      <Command.List className="picker-list" label={label} hidden={found.length === 0}>
        {found.slice(0, SHOWN).map((task) => (
          <Command.Item key={task.id} value={String(task.id)} onSelect={() => pick(task.id)}>
            <span className="palette-text">{task.name}</span>
            <span className="palette-note">{task.wbs}</span>
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}

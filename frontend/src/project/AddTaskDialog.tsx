import { useState, type FormEvent } from "react";
import { parseDuration } from "../kernel/duration";
import type { ProjectPlan, TaskRow } from "../kernel/plan";
import { decide } from "../store/preview";
import { rows } from "../store/rows";
import { useStore } from "../store/state";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { TextField } from "../ui/Field";
import { say } from "../ui/strings";

interface Place {
  parent: number | null;
  before: number | null;
}

/** Into the selected summary, or after the selected task among its like; else at the end. */
export function placeAfter(plan: ProjectPlan, selected: TaskRow | undefined): Place {
  if (!selected) return { parent: null, before: null };
  if (selected.summary) return { parent: selected.id, before: null };
  const like = plan.tasks.filter((task) => task.parent === selected.parent);
  const next = like[like.findIndex((task) => task.id === selected.id) + 1];
  return { parent: selected.parent, before: next?.id ?? null };
}

export function AddTaskDialog({ plan, onClose }: { plan: ProjectPlan; onClose: () => void }) {
  const selected = useStore((state) => state.selected);
  const [milestone, setMilestone] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const place = placeAfter(plan, selected === null ? undefined : rows(plan).task.get(selected));

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const name = String(form.get("name")).trim();
    const read = milestone
      ? { minutes: 0 }
      : parseDuration(String(form.get("duration")), plan.project);
    if (!read) return setProblem(say("task.duration-bad"));
    onClose();
    void decide([{ op: "add_task", name, ...place, minutes: read.minutes, milestone }]);
  }

  return (
    <Dialog title={say("task.add")} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <TextField label={say("task.name")} name="name" required autoFocus autoComplete="off" />
        <label className="check">
          <input
            type="checkbox"
            checked={milestone}
            onChange={({ target }) => setMilestone(target.checked)}
          />
          {say("task.milestone")}
        </label>
        {!milestone && (
          <TextField
            label={say("task.duration")}
            name="duration"
            defaultValue="1d"
            hint={say("task.duration-hint")}
            problem={problem}
          />
        )}
        <footer className="dialog-foot">
          <Button onClick={onClose}>{say("cancel")}</Button>
          <Button tone="main" type="submit">
            {say("add")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

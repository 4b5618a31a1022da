import { useState, type FormEvent } from "react";
import type { LinkKind, ProjectPlan } from "../kernel/plan";
import { decide } from "../store/preview";
import { rows } from "../store/rows";
import { useStore } from "../store/state";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { SelectField, TextField } from "../ui/Field";
import { say } from "../ui/strings";
import { readLag } from "./lag";
import { TaskPicker } from "./TaskPicker";

const KINDS: LinkKind[] = ["FS", "SS", "FF", "SF"];

interface EndProps {
  plan: ProjectPlan;
  label: string;
  task: number | null;
  without: number | null;
  onPick: (task: number | null) => void;
}

function End({ plan, label, task, without, onPick }: EndProps) {
  const name = task === null ? null : rows(plan).task.get(task)?.name;
  return (
    <div className="field">
      <span className="field-label">{label}</span>
      {name ? (
        <button type="button" className="picked" onClick={() => onPick(null)}>
          {name}
        </button>
      ) : (
        <TaskPicker plan={plan} without={without} label={say("link.find")} onPick={onPick} />
      )}
    </div>
  );
}

/** The keyboard's form of drawing a link on the Gantt. */
export function LinkDialog({ plan, onClose }: { plan: ProjectPlan; onClose: () => void }) {
  const [pred, setPred] = useState(useStore((state) => state.selected));
  const [succ, setSucc] = useState<number | null>(null);
  const [kind, setKind] = useState<LinkKind>("FS");
  const [lag, setLag] = useState("0d");
  const [problem, setProblem] = useState<string | null>(null);

  function submit(event: FormEvent) {
    event.preventDefault();
    const read = readLag(lag, plan.project);
    if (!read) return setProblem(say("task.duration-bad"));
    if (pred === null || succ === null) return;
    onClose();
    void decide([{ op: "add_link", pred, succ, kind, ...read }]);
  }

  return (
    <Dialog title={say("link.title")} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <End plan={plan} label={say("link.from")} task={pred} without={succ} onPick={setPred} />
        <End plan={plan} label={say("link.to")} task={succ} without={pred} onPick={setSucc} />
        <div className="form-pair">
          <SelectField
            label={say("link.kind")}
            value={kind}
            onChange={({ target }) => setKind(target.value as LinkKind)}
          >
            {KINDS.map((each) => (
              <option key={each} value={each}>
                {say(`link.${each}`)}
              </option>
            ))}
          </SelectField>
          <TextField
            label={say("link.lag")}
            value={lag}
            problem={problem}
            onChange={({ target }) => setLag(target.value)}
          />
        </div>
        <footer className="dialog-foot">
          <Button onClick={onClose}>{say("cancel")}</Button>
          <Button tone="main" type="submit" disabled={pred === null || succ === null}>
            {say("add")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

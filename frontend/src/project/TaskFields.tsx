import { Pin } from "lucide-react";
import { exactDuration, parseDuration } from "../kernel/duration";
import type { Change, ConstraintKind, ProjectPlan, TaskRow } from "../kernel/plan";
import { decide } from "../store/preview";
import { Button } from "../ui/Button";
import { date } from "../ui/dates";
import { Draft } from "../ui/Draft";
import { SelectField } from "../ui/Field";
import { say } from "../ui/strings";
import { dayTime, type Edge } from "./dayTimes";

interface TaskProps {
  plan: ProjectPlan;
  task: TaskRow;
}

const OFFERED: ConstraintKind[] = ["ASAP", "ALAP", "SNET", "SNLT", "FNET", "FNLT", "MSO", "MFO"];
const FREE: ConstraintKind[] = ["ASAP", "ALAP"];
const ON_FINISH: ConstraintKind[] = ["FNET", "FNLT", "MFO", "FINISH_ON"];

const edgeOf = (kind: ConstraintKind): Edge => (ON_FINISH.includes(kind) ? "finish" : "start");

function edit(change: Change): null {
  void decide([change]);
  return null;
}

function Name({ task }: TaskProps) {
  const rename = (name: string) => edit({ op: "set_name", task: task.id, name: name.trim() });
  return <Draft label={say("task.name")} value={task.name} required onCommit={rename} />;
}

function DurationField({ plan, task }: TaskProps) {
  const set = (text: string) => {
    const read = parseDuration(text, plan.project);
    return read ? edit({ op: "set_duration", task: task.id, ...read }) : say("task.duration-bad");
  };
  return (
    <Draft
      label={say("task.duration")}
      value={exactDuration(task.duration_minutes, plan.project, task.elapsed)}
      disabled={task.summary}
      hint={say(task.summary ? "task.computed" : "task.duration-hint")}
      onCommit={set}
    />
  );
}

function ProgressField({ task }: TaskProps) {
  const set = (text: string) => {
    const percent = Math.min(100, Math.max(0, Math.round(Number(text))));
    const kept = percent === 0 ? null : task.actual_start;
    return edit({
      op: "set_progress",
      task: task.id,
      percent_complete: percent,
      actual_start: kept,
      actual_finish: percent === 100 ? task.actual_finish : null,
    });
  };
  return (
    <Draft
      label={say("task.progress")}
      type="number"
      min={0}
      max={100}
      value={String(Math.round(task.percent_complete))}
      disabled={task.summary}
      onCommit={set}
    />
  );
}

function Deadline({ plan, task }: TaskProps) {
  const late = task.deadline !== null && task.finish > task.deadline;
  const set = (day: string) => {
    const at = day ? dayTime(plan, task, day, "finish") : null;
    return edit({ op: "set_deadline", task: task.id, date: at });
  };
  return (
    <Draft
      label={say("task.deadline")}
      type="date"
      value={task.deadline?.slice(0, 10) ?? ""}
      {...(late ? { hint: say("task.deadline-late") } : {})}
      onCommit={set}
    />
  );
}

function pin({ plan, task }: TaskProps, constraint: ConstraintKind, day: string | null): null {
  const edge = edgeOf(constraint);
  const wanted = day ?? task[edge].slice(0, 10);
  const at = FREE.includes(constraint) ? null : dayTime(plan, task, wanted, edge);
  return edit({ op: "set_constraint", task: task.id, constraint, date: at });
}

function Pinned({ task }: TaskProps) {
  if (task.constraint_date === null) return null;
  const where = {
    constraint: say(`constraint.${task.constraint}`).toLocaleLowerCase(),
    date: date(task.constraint_date),
  };
  return (
    <p className="pinned">
      <Pin aria-hidden="true" />
      <span>{say("task.pinned", where)}</span>
      <Button
        onClick={() =>
          edit({ op: "set_constraint", task: task.id, constraint: "ASAP", date: null })
        }
      >
        {say("task.unpin")}
      </Button>
    </p>
  );
}

function Constraint(props: TaskProps) {
  const { task } = props;
  const offered = OFFERED.includes(task.constraint) ? OFFERED : [...OFFERED, task.constraint];
  return (
    <>
      <SelectField
        label={say("task.constraint")}
        value={task.constraint}
        onChange={({ target }) => pin(props, target.value as ConstraintKind, null)}
      >
        {offered.map((kind) => (
          <option key={kind} value={kind}>
            {say(`constraint.${kind}`)}
          </option>
        ))}
      </SelectField>
      {task.constraint_date !== null && (
        <Draft
          label={say("task.constraint-date")}
          type="date"
          required
          value={task.constraint_date.slice(0, 10)}
          onCommit={(day) => pin(props, task.constraint, day || null)}
        />
      )}
    </>
  );
}

/** What a person types about a task; its dates follow. */
export function TaskFields(props: TaskProps) {
  return (
    <div className="form">
      <Pinned {...props} />
      <Name {...props} />
      <div className="form-pair">
        <DurationField {...props} />
        <ProgressField {...props} />
      </div>
      <Deadline {...props} />
      <Constraint {...props} />
    </div>
  );
}

import { Trash2 } from "lucide-react";
import type { ProjectPlan, TaskRow } from "../kernel/plan";
import { spellDuration } from "../kernel/duration";
import { askWhy } from "../store/plan";
import { decide } from "../store/preview";
import { rows } from "../store/rows";
import { useStore } from "../store/state";
import { Button } from "../ui/Button";
import { fullDate } from "../ui/dates";
import { say } from "../ui/strings";
import { Panel } from "./Panel";
import { TaskFields } from "./TaskFields";
import { TaskLinks } from "./TaskLinks";
import { TaskPeople } from "./TaskPeople";

interface TaskProps {
  plan: ProjectPlan;
  task: TaskRow;
}

function Computed({ plan, task }: TaskProps) {
  const facts = [
    [say("task.start"), fullDate(task.start)],
    [say("task.finish"), fullDate(task.finish)],
    [say("task.float"), spellDuration(task.total_float_minutes, plan.project)],
    [say("task.free-float"), spellDuration(task.free_float_minutes, plan.project)],
  ];
  return (
    <>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="task-marks">
        {task.critical && <span className="chip chip-critical">{say("task.critical")}</span>}
        {task.manual && <span className="chip">{say("task.manual")}</span>}
        <Button onClick={() => void askWhy(task.id)}>{say("why.ask")}</Button>
      </p>
    </>
  );
}

export function TaskPanel({ plan }: { plan: ProjectPlan }) {
  const selected = useStore((state) => state.selected);
  const task = selected === null ? undefined : rows(plan).task.get(selected);
  if (!task) return null;
  const may = plan.project.may_edit;
  return (
    <Panel title={`${task.wbs} ${task.name}`}>
      <Computed plan={plan} task={task} />
      <fieldset className="task-edit" disabled={!may} key={task.id}>
        <TaskFields plan={plan} task={task} />
        <TaskLinks plan={plan} task={task} end="pred" />
        <TaskLinks plan={plan} task={task} end="succ" />
        <TaskPeople task={task} />
        {may && (
          <Button tone="danger" onClick={() => void decide([{ op: "remove_task", task: task.id }])}>
            <Trash2 aria-hidden="true" />
            {say("task.remove")}
          </Button>
        )}
      </fieldset>
    </Panel>
  );
}

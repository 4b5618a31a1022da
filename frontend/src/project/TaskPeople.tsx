import { X } from "lucide-react";
import { readPeople } from "../api/calls";
import type { TaskRow } from "../kernel/plan";
import { decide } from "../store/preview";
import { useResource } from "../store/resource";
import { Avatar } from "../ui/Avatar";
import { IconButton } from "../ui/Button";
import { say } from "../ui/strings";

const FULL_TIME = 100;

export function TaskPeople({ task }: { task: TaskRow }) {
  const { value } = useResource(readPeople);
  const busy = new Set(task.people.map((person) => person.id));
  const free = value?.people.filter((person) => !busy.has(person.id)) ?? [];
  const assign = (resource: number) =>
    void decide([{ op: "assign", task: task.id, resource, units: FULL_TIME }]);
  return (
    <section className="task-people">
      <h3>{say("task.people")}</h3>
      <ul>
        {task.people.map((person) => (
          <li key={person.id}>
            <Avatar name={person.name} label />
            <span className="faint">{person.units} %</span>
            <IconButton
              label={say("task.person-remove", { name: person.name })}
              onClick={() => void decide([{ op: "unassign", task: task.id, resource: person.id }])}
            >
              <X />
            </IconButton>
          </li>
        ))}
      </ul>
      {free.length > 0 && (
        <select
          aria-label={say("task.person-add")}
          value=""
          onChange={({ target }) => assign(Number(target.value))}
        >
          <option value="">{say("task.person-add")}</option>
          {free.map((person) => (
            <option key={person.id} value={person.id}>
              {person.name}
            </option>
          ))}
        </select>
      )}
    </section>
  );
}

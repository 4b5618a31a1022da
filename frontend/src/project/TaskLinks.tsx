import { X } from "lucide-react";
import type { LinkKind, LinkRow, ProjectPlan, TaskRow } from "../kernel/plan";
import { select } from "../store/plan";
import { decide } from "../store/preview";
import { rows } from "../store/rows";
import { IconButton } from "../ui/Button";
import { say } from "../ui/strings";
import { readLag, writeLag } from "./lag";
import { TaskPicker } from "./TaskPicker";

type End = "pred" | "succ";

interface LinksProps {
  plan: ProjectPlan;
  task: TaskRow;
  end: End;
}

const KINDS: LinkKind[] = ["FS", "SS", "FF", "SF"];

/** What the other end of a link is called here, and whether one can go there. */
function farEnd(plan: ProjectPlan, id: number): { name: string; here: boolean } {
  const known = rows(plan).task.get(id);
  if (known) return { name: known.name, here: true };
  const ghost = plan.ghosts.find((each) => each.id === id);
  return { name: ghost?.name ?? say("why.hidden"), here: false };
}

function relink({ pred, succ, kind, lag_minutes, lag_kind }: LinkRow, to: LinkKind): void {
  void decide([
    { op: "remove_link", pred, succ, kind },
    { op: "add_link", pred, succ, kind: to, lag: lag_minutes, lag_kind },
  ]);
}

function relag(plan: ProjectPlan, { pred, succ, kind }: LinkRow, text: string): boolean {
  const read = readLag(text, plan.project);
  if (read) void decide([{ op: "set_lag", pred, succ, kind, ...read }]);
  return read !== null;
}

function LagInput({ plan, link }: { plan: ProjectPlan; link: LinkRow }) {
  const written = writeLag(link, plan.project);
  return (
    <input
      key={written}
      className="lag"
      aria-label={say("link.lag")}
      defaultValue={written}
      onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
      onBlur={({ target }) => {
        if (target.value === written) return;
        target.setAttribute("aria-invalid", String(!relag(plan, link, target.value)));
      }}
    />
  );
}

function OneLink({ plan, link, end }: { plan: ProjectPlan; link: LinkRow; end: End }) {
  const { name, here } = farEnd(plan, link[end]);
  const { pred, succ, kind } = link;
  return (
    <li className="link-row">
      <button
        type="button"
        className="text-button"
        disabled={!here}
        title={link.driving ? say("link.driving") : undefined}
        onClick={() => select(link[end])}
      >
        {link.driving && <span aria-label={say("link.driving")}>● </span>}
        {name}
      </button>
      <select
        aria-label={say("link.kind")}
        value={kind}
        onChange={({ target }) => relink(link, target.value as LinkKind)}
      >
        {KINDS.map((each) => (
          <option key={each} value={each} title={say(`link.${each}`)}>
            {each}
          </option>
        ))}
      </select>
      <LagInput plan={plan} link={link} />
      <IconButton
        label={say("link.remove", { name })}
        onClick={() => void decide([{ op: "remove_link", pred, succ, kind }])}
      >
        <X />
      </IconButton>
    </li>
  );
}

/** The links into a task (`end` is the predecessor) or out of it. */
export function TaskLinks({ plan, task, end }: LinksProps) {
  const found = (end === "pred" ? rows(plan).into : rows(plan).outOf).get(task.id) ?? [];
  const add = (other: number) => {
    const ends = end === "pred" ? { pred: other, succ: task.id } : { pred: task.id, succ: other };
    void decide([{ op: "add_link", ...ends, kind: "FS" }]);
  };
  return (
    <section className="task-links">
      <h3>{say(end === "pred" ? "task.predecessors" : "task.successors")}</h3>
      <ul>
        {found.map((link) => (
          <OneLink key={link.id} plan={plan} link={link} end={end} />
        ))}
      </ul>
      <TaskPicker plan={plan} without={task.id} label={say("link.find")} onPick={add} />
    </section>
  );
}

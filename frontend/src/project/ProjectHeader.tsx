import type { ProjectPlan } from "../kernel/plan";
import { Avatar } from "../ui/Avatar";
import { fullDate } from "../ui/dates";
import { Health } from "../ui/Status";
import { count, say } from "../ui/strings";

/** Unfinished tasks whose finish or deadline has passed; the tree counts them the same way. */
export function late(plan: ProjectPlan): number {
  const passed = (at: string | null) => at !== null && at < plan.today;
  return plan.tasks.filter(
    (task) =>
      task.active &&
      !task.summary &&
      task.percent_complete < 100 &&
      (passed(task.finish) || passed(task.deadline)),
  ).length;
}

function critical(plan: ProjectPlan): number {
  return plan.tasks.filter((task) => task.critical && !task.summary).length;
}

export function ProjectHeader({ plan }: { plan: ProjectPlan }) {
  const { name, manager, finish } = plan.project;
  const leaves = plan.tasks.filter((task) => !task.summary && !task.milestone).length;
  return (
    <header className="project-head">
      <h1>{name}</h1>
      {manager && <Avatar name={manager.name} label />}
      <span className="project-fact">
        <span className="faint">{say("project.finish")}</span>{" "}
        <time dateTime={finish}>{fullDate(finish)}</time>
      </span>
      <span className="project-fact project-tasks faint">{count("project.tasks", leaves)}</span>
      <Health critical={critical(plan)} late={late(plan)} />
    </header>
  );
}

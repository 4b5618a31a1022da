import type { LinkRow, ProjectPlan, TaskRow } from "../kernel/plan";
import { linkSentence, taskSentence } from "../kernel/sentence";
import { parseInstant, type Minutes } from "../kernel/time";
import { worktimeOf, type Worktime } from "../kernel/worktime";

const ALWAYS: Worktime = { week: Array.from({ length: 7 }, () => [[0, 1440]]), exceptions: [] };

/** A plan by ids, with its sentences and calendars made when they are first asked for. */
export class PlanIndex {
  readonly tasks = new Map<number, TaskRow>();
  readonly today: Minutes;
  private readonly drivers = new Map<number, LinkRow[]>();
  private readonly worktimes = new Map<number, Worktime>();
  private readonly sentences = new Map<number, string>();

  constructor(readonly plan: ProjectPlan) {
    this.today = parseInstant(plan.today);
    for (const task of plan.tasks) this.tasks.set(task.id, task);
    for (const link of plan.links) {
      const links = this.drivers.get(link.succ);
      if (links) links.push(link);
      else this.drivers.set(link.succ, [link]);
    }
    for (const calendar of plan.calendars) this.worktimes.set(calendar.id, worktimeOf(calendar));
  }

  worktimeFor(task: TaskRow): Worktime {
    const own = task.calendar === null ? undefined : this.worktimes.get(task.calendar);
    return own ?? this.worktimes.get(this.plan.project.calendar) ?? ALWAYS;
  }

  /** The bar and the links into it, in words. */
  describe = (id: number): string => {
    let said = this.sentences.get(id);
    if (said === undefined) {
      said = this.say(id);
      this.sentences.set(id, said);
    }
    return said;
  };

  private say(id: number): string {
    const task = this.tasks.get(id);
    if (!task) return "";
    const units = this.plan.project;
    const links = this.drivers.get(id) ?? [];
    const said = links.map((link) => linkSentence(link, (end) => this.nameOf(end), units));
    return [taskSentence(task, units), ...said].join(" ");
  }

  private nameOf(id: number): string {
    const ghost = () => this.plan.ghosts.find((other) => other.id === id)?.name;
    return this.tasks.get(id)?.name ?? ghost() ?? "a task in another project";
  }
}

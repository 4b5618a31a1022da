import { LinkIndex } from "../kernel/link_index";
import type { CalendarRow, Ghost, LinkRow, MovedTask, ProjectPlan, TaskRow } from "../kernel/plan";
import { rowOfTask, type VisibleRow } from "../kernel/rows";
import { parseInstant, type Minutes, type Span } from "../kernel/time";
import { usualDay, worktimeOf, type Worktime } from "../kernel/worktime";

export interface Bar extends Span {
  task: TaskRow;
  /** Where its total float ends. */
  floatEnd: Minutes;
  deadline: Minutes | null;
  people: string;
}

/** The other project's end of a link, drawn on the row of the task it is linked to. */
export interface GhostMark extends Span {
  ghost: Ghost;
  link: LinkRow;
  before: boolean;
}

const NO_BARS: readonly GhostMark[] = [];

/** The times of a plan as numbers, read once a plan and not once a frame. */
export class PlanModel {
  readonly bars = new Map<number, Bar>();
  readonly span: Span;
  readonly today: Minutes;
  readonly usualDay: readonly [start: number, finish: number];
  readonly projectTime: Worktime;
  private readonly worktimes = new Map<number, Worktime>();
  private readonly ghosts = new Map<number, GhostMark[]>();

  constructor(readonly plan: ProjectPlan) {
    for (const calendar of plan.calendars) this.worktimes.set(calendar.id, worktimeOf(calendar));
    const calendar = projectCalendar(plan);
    this.projectTime = worktimeOf(calendar);
    this.usualDay = usualDay(calendar);
    this.today = parseInstant(plan.today);
    for (const task of plan.tasks) this.bars.set(task.id, barOf(task));
    this.span = spanOf(plan, this.bars.values());
    this.placeGhosts();
  }

  worktimeFor(task: TaskRow): Worktime {
    return this.worktimes.get(task.calendar ?? -1) ?? this.projectTime;
  }

  ghostsOf(task: number): readonly GhostMark[] {
    return this.ghosts.get(task) ?? NO_BARS;
  }

  private placeGhosts(): void {
    const known = new Map(this.plan.ghosts.map((ghost) => [ghost.id, ghost]));
    if (known.size === 0) return;
    for (const link of this.plan.links) {
      this.placeGhost(known.get(link.pred), link, link.succ, true);
      this.placeGhost(known.get(link.succ), link, link.pred, false);
    }
  }

  private placeGhost(ghost: Ghost | undefined, link: LinkRow, task: number, before: boolean): void {
    if (!ghost || !this.bars.has(task)) return;
    const mark = { ghost, link, before, start: at(ghost.start), finish: at(ghost.finish) };
    const marks = this.ghosts.get(task);
    if (marks) marks.push(mark);
    else this.ghosts.set(task, [mark]);
  }
}

const at = parseInstant;

// A plan without calendars can still be drawn: every hour is then work.
const ALWAYS: CalendarRow = {
  id: -1,
  name: "",
  week: Array.from({ length: 7 }, () => [[0, 1440]]),
  exceptions: [],
};

function projectCalendar(plan: ProjectPlan): CalendarRow {
  return plan.calendars.find((calendar) => calendar.id === plan.project.calendar) ?? ALWAYS;
}

function barOf(task: TaskRow): Bar {
  const finish = at(task.finish);
  const floats = task.total_float_minutes > 0 && !task.summary;
  return {
    task,
    start: at(task.start),
    finish,
    floatEnd: floats ? Math.max(finish, at(task.late_finish)) : finish,
    deadline: task.deadline === null ? null : at(task.deadline),
    people: task.people.map((person) => person.name).join(", "),
  };
}

function spanOf(plan: ProjectPlan, bars: Iterable<Span>): Span {
  let start = at(plan.project.start);
  let finish = at(plan.project.finish);
  for (const bar of bars) {
    start = Math.min(start, bar.start);
    finish = Math.max(finish, bar.finish);
  }
  return { start, finish };
}

/** Which row shows what: made anew when summaries open and close. */
export class RowModel {
  readonly rowOf: ReadonlyMap<number, number>;
  readonly links: readonly LinkRow[];
  readonly index: LinkIndex;

  constructor(
    plan: ProjectPlan,
    readonly rows: readonly VisibleRow[],
  ) {
    this.rowOf = rowOfTask(plan.tasks, rows);
    this.links = plan.links.filter((link) => this.crossesRows(link));
    const row = (task: number) => this.rowOf.get(task) ?? -1;
    this.index = new LinkIndex(
      Int32Array.from(this.links, (link) => row(link.pred)),
      Int32Array.from(this.links, (link) => row(link.succ)),
    );
  }

  private crossesRows(link: LinkRow): boolean {
    const from = this.rowOf.get(link.pred);
    const to = this.rowOf.get(link.succ);
    return from !== undefined && to !== undefined && from !== to;
  }
}

/** Where a previewed change puts the tasks it moves. */
export interface Move {
  before: Span;
  after: Span;
}

export function movesOf(moved: readonly MovedTask[]): Map<number, Move> {
  const moves = new Map<number, Move>();
  for (const task of moved)
    moves.set(task.id, {
      before: { start: at(task.start_before), finish: at(task.finish_before) },
      after: { start: at(task.start_after), finish: at(task.finish_after) },
    });
  return moves;
}

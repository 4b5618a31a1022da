import type { Ghost, LinkKind, LinkRow, ProjectPlan, TaskRow } from "../src/kernel/plan";
import { sampleCalendar, sampleTask } from "../src/kernel/sample";
import { DAY, parseInstant, spellInstant, startOfDay } from "../src/kernel/time";
import { nextWorking, worktimeOf } from "../src/kernel/worktime";

const holidays = [{ first: "2026-12-24", last: "2027-01-01", shifts: [], name: "Closed" }];
const calendar = sampleCalendar(holidays);
const worktime = worktimeOf(calendar);
const VERBS = ["Survey", "Design", "Review", "Order", "Build", "Fit out", "Test", "Commission"];
const THINGS = ["foundation", "north wing", "roof trusses", "boiler house", "switch gear", "lift"];
const PEOPLE = ["Ada Byron", "Ben Okri", "Chen Wei", "Dana Scott"];
const KINDS: LinkKind[] = ["FS", "FS", "FS", "SS", "FF"];

/** The same numbers every time, so that pictures can be compared. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** The finish of some whole days of work. */
function finishOf(start: number, days: number): number {
  let at = start;
  for (let i = 1; i < days; i++) at = nextWorking(worktime, at + DAY);
  return startOfDay(at) + 1020;
}

const GROUP = 12;
const BEGIN = parseInstant("2026-09-07T08:00");

export function generate(count: number): ProjectPlan {
  const roll = dice(7);
  const tasks: TaskRow[] = [];
  let at = BEGIN;
  for (let id = 1; id <= count; id++) {
    const place = (id - 1) % GROUP;
    if (place === 0) at = nextWorking(worktime, at - roll(8) * DAY);
    // Many stages run at once: the bars of a large plan stay in view as its rows scroll by.
    if (place === 0 && count > 1000) at = nextWorking(worktime, BEGIN + roll(30) * DAY);
    const head = place === 0;
    const days = 1 + roll(9);
    const milestone = place === GROUP - 1;
    const start = at;
    const finish = milestone ? start : finishOf(start, days);
    const critical = roll(5) === 0 || milestone;
    const float = critical ? 0 : roll(8);
    const done = start < parseInstant("2026-11-23T09:00") && !milestone ? roll(5) * 25 : 0;
    tasks.push(
      sampleTask({
        id,
        parent: head ? null : id - place,
        wbs: head ? `${Math.ceil(id / GROUP)}` : `${Math.ceil(id / GROUP)}.${place}`,
        name: head
          ? `Stage ${Math.ceil(id / GROUP)}`
          : milestone
            ? "Stage accepted"
            : `${VERBS[roll(8)]} ${THINGS[roll(6)]}`,
        kind: head ? "phase" : milestone ? "milestone" : roll(9) === 0 ? "deliverable" : "task",
        summary: head,
        milestone,
        duration_minutes: milestone ? 0 : days * 480,
        start: spellInstant(start),
        finish: spellInstant(finish),
        late_finish: spellInstant(finish + float * DAY),
        total_float_minutes: float * 480,
        critical,
        percent_complete: done,
        constraint: roll(15) === 0 ? "SNET" : "ASAP",
        constraint_date: null,
        deadline: roll(14) === 0 ? spellInstant(finish + (roll(9) - 3) * DAY) : null,
        people: head || milestone ? [] : [{ id: 1, name: PEOPLE[roll(4)]!, units: 1 }],
      }),
    );
    const task = tasks[id - 1]!;
    if (task.constraint === "SNET") task.constraint_date = task.start;
    if (!head && roll(3) > 0) at = nextWorking(worktime, milestone ? at : finish);
  }
  sumUp(tasks);
  const ghosts: Ghost[] = [
    {
      id: 900001,
      name: "Steel delivered",
      project: "Supply",
      project_id: 9,
      start: "2026-09-10T08:00",
      finish: "2026-09-15T17:00",
    },
    {
      id: 900002,
      name: null,
      project: null,
      project_id: null,
      start: "2026-10-01T08:00",
      finish: "2026-10-09T17:00",
    },
  ];
  const links = linked(tasks, roll);
  links.push(
    {
      id: 900001,
      pred: 900001,
      succ: 5,
      kind: "FS",
      lag_minutes: 0,
      lag_kind: "WORKING",
      driving: true,
    },
    {
      id: 900002,
      pred: 8,
      succ: 900002,
      kind: "FS",
      lag_minutes: 0,
      lag_kind: "WORKING",
      driving: false,
    },
  );
  const start = tasks[0]!.start;
  const finish = tasks.reduce((last, task) => (task.finish > last ? task.finish : last), start);
  return {
    seq: 1,
    today: "2026-11-23T09:00",
    project: {
      id: count,
      name: "New terminal",
      kind: "project",
      parent: null,
      start,
      finish,
      status_date: null,
      calendar: 1,
      minutes_per_day: 480,
      minutes_per_week: 2400,
      manager: null,
      dialect: "msproject",
      may_edit: true,
    },
    tasks,
    links,
    ghosts,
    calendars: [calendar],
    critical_path: [],
  };
}

function sumUp(tasks: TaskRow[]): void {
  for (const head of tasks.filter((task) => task.summary)) {
    const below = tasks.slice(head.id, head.id + GROUP - 1).filter((t) => t.parent === head.id);
    for (const task of below) {
      if (task.start < head.start) head.start = task.start;
      if (task.finish > head.finish) head.finish = task.finish;
    }
    head.critical = false;
    head.deadline = head.constraint_date = null;
    head.duration_minutes = below.reduce((sum, task) => sum + task.duration_minutes, 0);
  }
}

function linked(tasks: TaskRow[], roll: (sides: number) => number): LinkRow[] {
  const links: LinkRow[] = [];
  const add = (pred: TaskRow | undefined, succ: TaskRow | undefined, kind: LinkKind) => {
    if (!pred || !succ || pred === succ || pred.summary || succ.summary) return;
    links.push({
      id: links.length + 1,
      pred: pred.id,
      succ: succ.id,
      kind,
      lag_minutes: 0,
      lag_kind: "WORKING",
      driving: roll(3) > 0,
    });
  };
  for (let i = 1; i < tasks.length; i++) {
    add(tasks[i - 1], tasks[i], KINDS[roll(3)]!);
    if (roll(2) === 0) add(tasks[i - 1 - roll(6)], tasks[i], KINDS[roll(5)]!);
    if (roll(6) === 0) add(tasks[i], tasks[i + 4 + roll(20)], "FS");
    if (tasks.length > 1000 && roll(3) === 0) add(tasks[i], tasks[i + roll(60)], "FS");
  }
  return links;
}

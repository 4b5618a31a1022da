"""Schedule → puzzle: who is needed for what, what may be moved and how far, and what a good answer is."""

from dataclasses import dataclass, replace

import numpy as np

from triptych.engine.bounds import Records, typed
from triptych.engine.columns import FAR, NONE, table
from triptych.engine.compiled import Passes
from triptych.engine.dialects import DIALECTS
from triptych.engine.schedule import Schedule, schedule_by
from triptych.engine.workload import Workload, rates
from triptych.plan import Constraint, Instant, Plan, ResourceKind
from triptych.plan.quantities import NO_INSTANT
from triptych.plan.tables import I32, I64, Flags
from triptych.plan.worktime import Span

from .limits import limits_of
from .records import CUT, FIX, GOAL, PLACE, USE, WHOLE
from .terms import Terms

#: Tasks of this priority are never levelled, as in Microsoft Project.
NEVER = 1_000
#: What a rank counts for beside keys, which are instants.
ABOVE = 2**34
#: What a project's finish counts for beside one task's wait.
_FINISH = 100
#: What a minute's wait of a task of the middle priority, 500, counts for.
_MIDDLE = 32
#: What overload counts for beside the finish where it should not be: it is there only if it must be.
_SHAME = 100


@dataclass(frozen=True, eq=False)
class Puzzle:
    """What is to be levelled.

    `plan` is the plan without the delays that are to be found; `ground` is it dated as if nobody were short, with what is to be as
    late as possible held where it is then; `today` the plan as it is. By row of the plan: `node` (-1: none), `movable` (may be held up), `pinned`. By assignment: `units`, what it takes of its resource (10,000
    is one full-time person); by resource: `capacity` in the same, and `hours`, the row in which its overload is measured. `place`,
    `use`, `fix`, `cut` and `goal` are the tables of `records`; `prices` are those of movement and overload, `rank` what is added to
    each node's key.
    """

    plan: Plan
    ground: Schedule
    today: Schedule
    terms: Terms
    node: I32
    movable: Flags
    units: I64
    capacity: I64
    place: Records
    use: Records
    fix: Records
    cut: Records
    pinned: Flags
    goal: Records
    rank: I64
    hours: I64
    prices: I64

    @property
    def least(self) -> int:
        """What a schedule would weigh that nobody waits in: none weighs less."""
        after = self.ground.project_finish.astype(np.int64) - self.goal["due"]
        return int((self.goal["weight"] * after + self.goal["late"] * np.maximum(after, 0)).sum())

    def soonest(self, bound: int | None) -> dict[int, Instant]:
        """By project (uid), before when no schedule finishes if none weighs less than `bound` for its finishes: of several
        projects, only when nobody is short."""
        uids = [each.uid for each in self.plan.projects]
        if len(uids) == 1 and bound is not None:
            weight = int(self.goal["weight"][0]) + (int(self.goal["late"][0]) if bound > 0 else 0)
            return {uids[0]: Instant(int(self.goal["due"][0]) - -bound // weight)}
        finishes = self.ground.project_finish.tolist() if bound == self.least else []
        return {uid: Instant(at) for uid, at in zip(uids, finishes, strict=False)}

    @property
    def length(self) -> int:
        """Minutes from the first start to the last finish, with nobody short."""
        return max(int(self.ground.project_finish.max() - self.ground.project_start.min()), 1)

    @property
    def stride(self) -> int:
        """Minutes from start to finish of the movable tasks, on average."""
        if not self.movable.any():
            return 1
        return max(int((self.ground.finish - self.ground.start)[self.movable].mean()), 1)


def puzzle_of(
    today: Schedule, terms: Terms, passes: Passes, span: Span, levelled: Schedule | None = None
) -> Puzzle:
    """The puzzle that the terms make of a plan as it is scheduled today, over the days of a span. What is to be as late as
    possible is where it is in a `levelled` schedule, or else when nobody is short; work asks for no less at a time than there."""
    plan = today.plan
    free = _may_wait(plan, terms)
    pinned = np.isin(plan.tasks.uid, np.array([*terms.pinned], np.int64))
    delay = np.where(free | pinned, 0, plan.tasks.levelling_delay)
    for uid, minutes in terms.kept_waits.items():
        delay[plan.index_of[uid]] = minutes
    clear = replace(plan, tasks=plan.tasks.with_columns(levelling_delay=delay))
    readers = [DIALECTS[name] for name in today.dialects]
    ground = schedule_by(clear, readers, passes, span=span)
    late = as_late(ground)
    if late.any():
        ground = schedule_by(_held(clear, late, levelled or ground), readers, passes, span=span)
    units = asked_of(plan, levelled)
    movable = free & ~late & _moved_by_logic(ground) & _is_needed(plan, units)
    node = ground.run.compiled.node
    place, use = _places(ground, today, terms, movable, units)
    fix = _fixed(ground, today, place, movable, pinned)
    cut = _interrupted(plan, node, place)
    tasks = _tasks_waiting(place)
    return Puzzle(
        plan=clear,
        ground=ground,
        today=today,
        terms=terms,
        node=node,
        movable=movable,
        units=units,
        capacity=_capacity(plan, terms),
        place=place,
        use=use,
        fix=fix,
        cut=cut,
        pinned=pinned,
        goal=_goals(ground, terms, tasks),
        hours=_hours(ground, use, place),
        prices=_prices(terms, tasks),
        rank=_ranks(plan, node, place, terms),
    )


def _may_wait(plan: Plan, terms: Terms) -> Flags:
    """Tasks that are still to be scheduled and that nobody wants where they are."""
    tasks = plan.tasks
    kept = np.isin(tasks.uid, np.array([*terms.pinned, *terms.refused, *terms.kept_waits], np.int64))
    backwards = np.array([each.from_finish for each in plan.projects], np.bool_)
    open_work = (
        tasks.active & ~plan.is_summary & (tasks.actual_start == NO_INSTANT) & (tasks.percent_complete < 100)
    )
    free: Flags = open_work & ~tasks.hammock & ~typed(plan) & ~backwards[tasks.project]
    return free & (tasks.priority < NEVER) & ~kept


def asked_of(plan: Plan, levelled: Schedule | None = None) -> I64:
    """By assignment, what it takes of its resource, and no less than in a schedule of the plan: what stated work asks for on
    elapsed tasks, and of a team that works as one in different hours, goes by the hours between the dates."""
    lasts = plan.tasks.duration[plan.assignments.task] > 0
    rate = np.where(lasts, rates(plan), 0.0)
    if levelled is not None:
        pieces = Workload.of(levelled).pieces
        np.maximum.at(rate, pieces.assignment, pieces.rate)
    return np.round(rate * WHOLE).astype(np.int64)


def as_late(found: Schedule) -> Flags:
    """Tasks that are to be as late as possible."""
    return _bounded(found, "as_late")


def _held(plan: Plan, late: Flags, found: Schedule) -> Plan:
    """The plan in which some tasks are no sooner than in a schedule of it, instead of as late as possible: generating goes
    forwards, and knows no late dates."""
    tasks = plan.tasks
    columns = {
        "levelling_delay": np.where(late, 0, tasks.levelling_delay)
    }  # it lies before that date already
    for kind, date in (("constraint", "constraint_date"), ("secondary", "secondary_date")):
        here = late & (getattr(tasks, kind) == Constraint.ALAP)
        columns[kind] = np.where(here, Constraint.SNET, getattr(tasks, kind)).astype(np.int8)
        columns[date] = np.where(here, found.start, getattr(tasks, date))
    return replace(plan, tasks=tasks.with_columns(**columns))


def _moved_by_logic(ground: Schedule) -> Flags:
    """Tasks that no constraint holds against logic."""
    return (ground.run.compiled.node >= 0) & ~_bounded(ground, "capped")


def _bounded(found: Schedule, name: str) -> Flags:
    """Tasks that have such a bound of their own."""
    network, node = found.run.compiled.network, found.run.compiled.node
    special = np.where(node >= 0, network.node["special"][np.maximum(node, 0)], -1)
    flags = np.zeros(len(node), np.bool_)
    flags[special >= 0] = network.bounds[name][special[special >= 0]] > 0
    return flags


def _is_needed(plan: Plan, units: I64) -> Flags:
    """Tasks that somebody is needed for."""
    flags = np.zeros(len(plan), np.bool_)
    flags[plan.assignments.task[units > 0]] = True
    return flags


def _capacity(plan: Plan, terms: Terms) -> I64:
    """What there is of each resource; of materials and costs there is always enough."""
    limited = [each.kind is ResourceKind.WORK for each in plan.resources]
    units = np.array([each.units for each in plan.resources], np.int64)
    return np.where(limited, units * (WHOLE // 100) * (100 + terms.overbooking) // 100, np.int64(FAR))


def _places(
    ground: Schedule, today: Schedule, terms: Terms, movable: Flags, units: I64
) -> tuple[Records, Records]:
    """The record of every node, and of everything that nodes use."""
    plan, node = ground.plan, ground.run.compiled.node
    tasks, nodes = plan.tasks, len(ground.run.compiled.network.dates)
    counts = (units > 0) & (node[plan.assignments.task] >= 0)
    counts &= tasks.active[plan.assignments.task] & (tasks.percent_complete[plan.assignments.task] < 100)
    at = np.flatnonzero(counts)
    at = at[np.argsort(node[plan.assignments.task[at]], kind="stable")]
    use = table(USE, len(at), resource=plan.assignments.resource[at], units=units[at])
    first = np.searchsorted(node[plan.assignments.task[at]], np.arange(nodes + 1))
    place = table(PLACE, nodes + 1, use=first, latest=FAR, limit=FAR)
    rows = np.flatnonzero(node >= 0)
    where = node[rows]
    place["movable"][where] = movable[rows]
    place["first"][where] = ground.run.dates("early_start")[where]
    place["today"][where] = today.start[rows]
    place["hold"] = NONE
    place["start"][where], place["finish"][where] = ground.start[rows], ground.finish[rows]
    place["weight"][where] = _patience(tasks.priority[rows])
    for name, limits in zip(("latest", "limit"), limits_of(ground, today, terms), strict=True):
        place[name][where] = limits[rows]
    if terms.interrupt is not None:
        row = ground.run.compiled.network.node["row"][where]
        whole = (row >= 0) & ~tasks.elapsed[rows] & (tasks.duration[rows] >= 2 * terms.interrupt)
        whole &= ~np.isin(rows, plan.splits.task)
        place["least"][where] = np.where(whole & movable[rows], terms.interrupt, 0)
    return place, use


def _fixed(ground: Schedule, today: Schedule, place: Records, movable: Flags, pinned: Flags) -> Records:
    """The stretches of people's time that are taken before anything is placed: for what may not be moved, where it is when
    nobody is short, or today, when it is pinned there. What may not be held up but is pushed by what may takes its people
    when it comes."""
    node = ground.run.compiled.node
    rows = np.flatnonzero(pinned & (node >= 0))
    for name, dates in (("start", today.start), ("finish", today.finish), ("hold", today.start)):
        place[name][node[rows]] = dates[rows]
    pushed = _pushed(ground, place, pinned)
    place["movable"][node[pushed]] = place["pressed"][node[pushed]] = 1
    there = ~movable & ~pinned & ~pushed & (node >= 0)
    loads = [Workload.of(today, pinned).pieces, Workload.of(ground, there).pieces]
    who, task, start, finish, rate = (
        np.concatenate([getattr(each, name) for each in loads])
        for name in ("resource", "task", "start", "finish", "rate")
    )
    order = np.argsort(node[task], kind="stable") if len(task) else np.empty(0, np.int64)
    units = np.round(rate * WHOLE).astype(np.int64)[order]
    place["fix"] = np.searchsorted(node[task[order]], np.arange(len(place)))
    return table(FIX, len(order), resource=who[order], units=units, start=start[order], finish=finish[order])


def _pushed(ground: Schedule, place: Records, pinned: Flags) -> Flags:
    """Rows that may not be held up, on dates that are neither facts nor typed nor pinned, with something before them that may."""
    network, node, plan = ground.run.compiled.network, ground.run.compiled.node, ground.plan
    needs = place["use"][1:] > place["use"][:-1]
    rows: Flags = (node >= 0) & ~pinned & ~typed(plan) & (plan.tasks.actual_start == NO_INSTANT)
    rows &= needs[np.maximum(node, 0)] & (place["movable"][np.maximum(node, 0)] == 0)
    if not rows.any():
        return rows
    moves = (place["movable"][:-1] == 1).tolist()
    pred, first = network.pred["node"].tolist(), network.node["pred"].tolist()
    behind = [False] * len(moves)
    for each in range(len(moves)):  # in topological order
        behind[each] = any(moves[at] or behind[at] for at in pred[first[each] : first[each + 1]])
    rows &= np.array(behind, np.bool_)[np.maximum(node, 0)]
    return rows


def _interrupted(plan: Plan, node: I32, place: Records) -> Records:
    """The interruptions that tasks have already."""
    order = np.argsort(node[plan.splits.task], kind="stable")
    order = order[node[plan.splits.task[order]] >= 0]
    place["cut"] = np.searchsorted(node[plan.splits.task[order]], np.arange(len(place)))
    return table(CUT, len(order), after=plan.splits.after[order], gap=plan.splits.gap[order])


def _patience(priority: I32) -> I64:
    """What a minute's wait counts for: twice as much for every 100 of priority, from 1 at 0 to 1,024 at 1,000."""
    return (2 ** (np.clip(priority, 0, 1_000) // 100)).astype(np.int64)


def _tasks_waiting(place: Records) -> int:
    """How many tasks of no more than the middle priority weigh as much as all that may wait, one at least."""
    moves = place["movable"] == 1
    return max(int(moves.sum()), -(-int(place["weight"][moves].sum()) // _MIDDLE), 1)


def _goals(ground: Schedule, terms: Terms, tasks: int) -> Records:
    """What each project's finish counts for. A minute of it weighs more than a minute's wait of every task."""
    plan = ground.plan
    own = np.array([terms.project_weights.get(each.uid, 1) for each in plan.projects], np.int64)
    much = own * _FINISH * tasks
    due = np.array(
        [
            int(at) if each.finish is None else each.finish
            for each, at in zip(plan.projects, ground.project_finish, strict=True)
        ],
        np.int64,
    )
    some = np.ones(len(plan.projects), np.int64)
    return table(
        GOAL,
        len(plan.projects),
        due=due,
        weight=much if terms.objective in ("finish", "overload") else some,
        late=much if terms.objective == "lateness" else 0,
    )


def _prices(terms: Terms, tasks: int) -> I64:
    """What a minute's movement and a minute of overload count for. With the objective `overload` a working
    day of it is worth `overload_days` of a project's delay; a day is three working ones by the clock."""
    much = _FINISH * tasks
    stays = round(3 * much * terms.overload_days) if terms.objective == "overload" else _SHAME * much
    return np.array([_FINISH if terms.objective == "movement" else 0, stays], np.int64)


def _hours(ground: Schedule, use: Records, place: Records) -> I64:
    """The row of hours in which the overload of each resource is measured: one that a task of its runs on."""
    network, plan = ground.run.compiled.network, ground.plan
    rows = np.full(len(plan.resources), int(ground.run.compiled.own_hours[0]), np.int64)
    node = np.repeat(np.arange(len(place) - 1), np.diff(place["use"]))
    row = network.node["row"][node]
    rows[use["resource"][row >= 0]] = row[row >= 0]
    return rows


def _ranks(plan: Plan, node: I32, place: Records, terms: Terms) -> I64:
    """What is added to keys so that some nodes go before others whatever those are: by priority, where that decides, and
    what may not wait before all."""
    ranks = np.zeros(len(place) - 1, np.int64)
    if terms.by_priority:
        rows = np.flatnonzero(node >= 0)
        ranks[node[rows]] = (NEVER - plan.tasks.priority[rows].astype(np.int64)) * ABOVE
    return np.where(place["pressed"][:-1] == 1, -ABOVE, ranks)

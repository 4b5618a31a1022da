"""Schedule → puzzle: who is needed for what, what may be moved and how far, and what a good answer is."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from triptych.engine.bounds import typed
from triptych.engine.columns import DATES, FAR, NONE, Network, as_objects, column, put, table
from triptych.engine.compiled import Passes
from triptych.engine.dialects import DIALECTS
from triptych.engine.schedule import Schedule, is_widest, schedule_by, wider
from triptych.engine.workload import rates
from triptych.plan import Instant, Plan, ResourceKind
from triptych.plan.quantities import MINUTES_PER_DAY, NO_INSTANT
from triptych.plan.tables import I32, I64, Flags
from triptych.plan.worktime import Span

from .records import GOAL, MOST_PIECES, PIECE, PLACE, PROFILE, USE, WHOLE, Bench
from .terms import Terms

#: Tasks of this priority are never levelled, as in Microsoft Project.
NEVER = 1_000
#: What a project's finish counts for beside one task's wait.
_FINISH = 100
#: What a rank counts for beside a key: keys are instants.
_ABOVE = 2**34
#: Days that there are after the last finish at least: long leave, and worse schedules on the way to better ones.
_DAYS_TO_SPARE = 60


@dataclass(frozen=True, eq=False)
class Puzzle:
    """What is to be levelled. `ground` is the plan without the delays that are to be found, `today` the plan as it is;
    `node` is the node of each row (-1: none), `movable` the rows that may be held up, `needs` the assignments that count and
    `units` what they take, by assignment. `rank` orders nodes by priority, all alike unless that decides."""

    ground: Schedule
    today: Schedule
    terms: Terms
    node: I32
    movable: Flags
    units: I64
    capacity: I64
    place: np.ndarray[tuple[int], np.dtype[np.void]]
    use: np.ndarray[tuple[int], np.dtype[np.void]]
    goal: np.ndarray[tuple[int], np.dtype[np.void]]
    rank: I64
    movement: int

    @property
    def plan(self) -> Plan:
        """The plan without the delays that are to be found."""
        return self.ground.plan

    @property
    def least(self) -> int:
        """What a schedule would weigh that nobody waits in: none weighs less."""
        after = self.ground.project_finish.astype(np.int64) - self.goal["due"]
        return int((self.goal["weight"] * after + self.goal["late"] * np.maximum(after, 0)).sum())

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


def make_puzzle(today: Schedule, terms: Terms, passes: Passes) -> Puzzle:
    """The puzzle that the terms make of a plan as it is scheduled today, over days enough for any answer worth having."""
    known = today.run.compiled.network.open
    span = Span(known.first_day, known.first_day + known.days - 1)
    while True:
        puzzle = _puzzle(today, terms, passes, span)
        room = _room_after(puzzle, passes)
        if room > 0 or is_widest(span):
            return puzzle
        span = wider(span)


def _room_after(puzzle: Puzzle, passes: Passes) -> int:
    """Days after the finish of a first schedule beyond what worse ones may take; 0 and less are too few."""
    work = Workbench(puzzle, passes)
    work.generate(puzzle.ground.run.dates("late_finish").astype(np.int64))
    if work.short:
        return 0
    hours = puzzle.ground.run.compiled.network.open
    first, last = int(puzzle.ground.project_start.min()), int(work.ends.max())
    needed = (last + (last - first) // 4) // MINUTES_PER_DAY + _DAYS_TO_SPARE
    return hours.first_day + hours.days - needed


def _puzzle(today: Schedule, terms: Terms, passes: Passes, span: Span) -> Puzzle:
    plan = today.plan
    free = _may_wait(plan, terms)
    delay = np.where(free, 0, plan.tasks.levelling_delay)
    for uid, minutes in terms.accepted.items():
        delay[plan.index_of[uid]] = minutes
    clear = replace(plan, tasks=plan.tasks.with_columns(levelling_delay=delay))
    ground = schedule_by(clear, [DIALECTS[name] for name in today.dialects], passes, span=span)
    lasts = plan.tasks.duration[plan.assignments.task] > 0
    units = np.round(np.where(lasts, rates(plan), 0.0) * WHOLE).astype(np.int64)
    movable = free & _moved_by_logic(ground) & _is_needed(plan, units)
    node = ground.run.compiled.node
    place, use = _places(ground, today, terms, movable, units)
    return Puzzle(
        ground=ground,
        today=today,
        terms=terms,
        node=node,
        movable=movable,
        units=units,
        capacity=_capacity(plan, terms),
        place=place,
        use=use,
        goal=_goals(ground, terms, int(movable.sum())),
        movement=_FINISH if terms.objective == "movement" else 0,
        rank=_ranks(plan, node, len(ground.run.compiled.network.dates), terms),
    )


def _may_wait(plan: Plan, terms: Terms) -> Flags:
    """Tasks that are still to be scheduled and that nobody wants where they are."""
    tasks = plan.tasks
    kept = np.isin(tasks.uid, np.array([*terms.pinned, *terms.refused, *terms.accepted], np.int64))
    backwards = np.array([each.from_finish for each in plan.projects], np.bool_)
    open_work = (
        tasks.active & ~plan.is_summary & (tasks.actual_start == NO_INSTANT) & (tasks.percent_complete < 100)
    )
    free: Flags = open_work & ~tasks.hammock & ~typed(plan) & ~backwards[tasks.project]
    return free & (tasks.priority < NEVER) & ~kept


def _moved_by_logic(ground: Schedule) -> Flags:
    """Tasks that no constraint holds against logic, and that do not wait for what follows them."""
    network, node = ground.run.compiled.network, ground.run.compiled.node
    held = (network.bounds["capped"] == 1) | (network.bounds["as_late"] > 0)
    special = network.node["special"][:-1]
    by_node = (special >= 0) & held[np.maximum(special, 0)] if len(held) else np.zeros(len(special), np.bool_)
    found: Flags = (node >= 0) & ~by_node[np.maximum(node, 0)]
    return found


def _is_needed(plan: Plan, units: I64) -> Flags:
    """Tasks that somebody is needed for."""
    flags = np.zeros(len(plan), np.bool_)
    flags[plan.assignments.task[units > 0]] = True
    return flags


def _capacity(plan: Plan, terms: Terms) -> I64:
    """What there is of each resource; of what has no units, of materials and costs, there is always enough."""
    limited = [each.kind is ResourceKind.WORK and each.units > 0 for each in plan.resources]
    units = np.array([each.units for each in plan.resources], np.int64)
    return np.where(limited, units * (WHOLE // 100) * (100 + terms.overbooking) // 100, np.int64(FAR))


def _places(
    ground: Schedule, today: Schedule, terms: Terms, movable: Flags, units: I64
) -> tuple[np.ndarray[tuple[int], np.dtype[np.void]], np.ndarray[tuple[int], np.dtype[np.void]]]:
    """The record of every node, and of everything that nodes use."""
    plan, node = ground.plan, ground.run.compiled.node
    tasks, nodes = plan.tasks, len(ground.run.compiled.network.dates)
    counts = (units > 0) & (node[plan.assignments.task] >= 0)
    counts &= tasks.active[plan.assignments.task] & (tasks.percent_complete[plan.assignments.task] < 100)
    at = np.flatnonzero(counts)
    at = at[np.argsort(node[plan.assignments.task[at]], kind="stable")]
    use = table(USE, len(at), resource=plan.assignments.resource[at], units=units[at])
    first = np.searchsorted(node[plan.assignments.task[at]], np.arange(nodes + 1))
    place = table(PLACE, nodes + 1, use=first, limit=FAR)
    rows = np.flatnonzero(node >= 0)
    where = node[rows]
    place["movable"][where] = movable[rows]
    place["first"][where] = ground.run.dates("early_start")[where]
    place["today"][where] = today.start[rows]
    place["start"][where], place["finish"][where] = today.start[rows], today.finish[rows]
    place["weight"][where] = _patience(tasks.priority[rows])
    place["limit"][where] = _limits(ground, today, terms)[rows]
    if terms.interrupt is not None:
        row = ground.run.compiled.network.node["row"][where]
        whole = (row >= 0) & ~tasks.elapsed[rows] & (tasks.duration[rows] >= 2 * terms.interrupt)
        whole &= ~np.isin(rows, plan.splits.task)
        place["least"][where] = np.where(whole & movable[rows], terms.interrupt, 0)
    return place, use


def _patience(priority: I32) -> I64:
    """What a minute's wait counts for: twice as much for every 100 of priority, from 1 at 0 to 1,024 at 1,000."""
    return (2 ** (np.clip(priority, 0, 1_000) // 100)).astype(np.int64)


def _limits(ground: Schedule, today: Schedule, terms: Terms) -> I64:
    """The latest finish of each row: its late finish within float, what keeps the pinned tasks where they are, or none."""
    limits = np.full(len(ground.plan), FAR, np.int64)
    if terms.within_float:
        limits = np.maximum(ground.late_finish, ground.finish).astype(np.int64)
    if terms.pinned:
        limits = np.minimum(limits, np.maximum(_before_pins(ground, today, terms), ground.finish))
    return limits


def _before_pins(ground: Schedule, today: Schedule, terms: Terms) -> I64:
    """The latest finish of each row with which no pinned task is pushed: late dates of a plan in which only those are due."""
    plan = ground.plan
    last = int(ground.run.compiled.network.open.interval["closes"][0]) - MINUTES_PER_DAY
    due = np.full(len(plan), NO_INSTANT, np.int64)
    rows = [plan.index_of[uid] for uid in terms.pinned]
    due[rows] = today.finish[rows]
    projects = tuple(replace(each, finish=Instant(last)) for each in plan.projects)
    only = replace(plan, projects=projects, tasks=plan.tasks.with_columns(deadline=due))
    readers = [DIALECTS[name] for name in ground.dialects]
    found = schedule_by(only, readers, ground.run.passes, like=ground.run)
    return found.late_finish.astype(np.int64)


def _goals(ground: Schedule, terms: Terms, movable: int) -> np.ndarray[tuple[int], np.dtype[np.void]]:
    """What each project's finish counts for. A minute of it weighs more than a minute's wait of every task."""
    plan = ground.plan
    own = np.array([terms.project_weights.get(each.uid, 1) for each in plan.projects], np.int64)
    much = own * _FINISH * max(movable, 1)
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


def _ranks(plan: Plan, node: I32, nodes: int, terms: Terms) -> I64:
    """Which nodes go before which others whatever their keys: by priority, where that decides."""
    ranks = np.zeros(nodes, np.int64)
    if terms.by_priority:
        rows = np.flatnonzero(node >= 0)
        ranks[node[rows]] = NEVER - plan.tasks.priority[rows]
    return ranks


class Workbench:
    """Where one thread generates schedules of a puzzle: the network with dates of its own, and the bench."""

    def __init__(self, puzzle: Puzzle, passes: Passes) -> None:
        """`short` tells whether the span of days was too short for anything generated so far."""
        self.puzzle, self.passes = puzzle, passes
        run = puzzle.ground.run
        net = run.compiled.network
        bounds = run.scheduled.bounds if not run.passes.interpreted else net.bounds
        self.net: Network = net._replace(
            dates=np.zeros(len(net.dates), DATES), settings=net.settings.copy(), bounds=bounds.copy()
        )
        self.bench = _bench(puzzle)
        if passes.interpreted:
            self.net = self.net._replace(
                **{name: as_objects(getattr(self.net, name)) for name in self.net._fields if name != "open"},
                open=run.hours,
            )
            self.bench = as_objects(self.bench)
        self.short = False
        self._set_people(puzzle)

    def _set_people(self, puzzle: Puzzle) -> None:
        """Give what is not movable its people beforehand."""
        bench, place = self.bench, puzzle.place
        has = place["use"][1:] > place["use"][:-1]
        for node in np.flatnonzero(has & (place["movable"][:-1] == 0)).tolist():
            self.passes.take_all(bench, node, int(place["start"][node]), int(place["finish"][node]), 1)
        bench.set_count[:] = column(bench.profile, "count").tolist()
        bench.set_at[:], bench.set_taken[:] = bench.at, bench.taken

    def generate(self, keys: I64) -> int:
        """Generate serially by these keys, smaller ones first among nodes of one rank; what it weighs."""
        order = self._as_kept(self.puzzle.rank * _ABOVE + keys)
        self.short |= bool(self.passes.generate_serially(self.net, self.bench, order))
        return self.weigh()

    def generate_in_parallel(self, keys: I64) -> int:
        """Generate in parallel by these keys; what it weighs."""
        order = np.lexsort((keys, self.puzzle.rank))
        ranks = np.empty(len(order), np.int64)
        ranks[order] = np.arange(len(order))
        self.short |= bool(self.passes.generate_in_parallel(self.net, self.bench, self._as_kept(ranks)))
        return self.weigh()

    def generate_backwards(self, keys: I64, horizon: I64) -> I64:
        """Generate backwards from each project's horizon, the largest keys first; the starts that come of it."""
        for project, at in enumerate(horizon.tolist()):
            put(self.net.settings, project, "horizon", at)
        self.passes.generate_backwards(self.net, self.bench, self._as_kept(keys))
        return column(self.net.dates, "late_start").astype(np.int64)

    def weigh(self) -> int:
        """What the generated schedule weighs."""
        return int(self.passes.weigh(self.net, self.bench, self.puzzle.movement))

    def _as_kept(self, values: I64) -> Any:
        return values.tolist() if self.passes.interpreted else values

    @property
    def starts(self) -> I64:
        """When every node starts."""
        return column(self.net.dates, "early_start").astype(np.int64)

    @property
    def finishes(self) -> I64:
        """When every node finishes."""
        return column(self.net.dates, "early_finish").astype(np.int64)

    @property
    def ends(self) -> I64:
        """When every project finishes in the schedule that was weighed last."""
        return np.array(
            [each.finish for each in self.bench.goal]
            if self.passes.interpreted
            else self.bench.goal["finish"],
            np.int64,
        )

    def delays(self) -> I64:
        """How many minutes round the clock every node is held up."""
        found = self._as_kept(np.zeros(len(self.puzzle.place) - 1, np.int64))
        self.passes.measure_delays(self.net, found)
        return np.asarray(found, np.int64)

    def pieces(self) -> list[tuple[int, int, int]]:
        """The stretches of interrupted nodes, in their order: node, start and finish."""
        size = int(self.bench.tally[0])
        rows = (column(self.bench.piece, name)[:size].tolist() for name in ("node", "start", "finish"))
        return list(zip(*rows, strict=True))

    def worked(self, row: int, at: int) -> int:
        """Working minutes of a row of hours up to an instant."""
        return int(self.passes.worked_at(self.net.open, row, at))


def _bench(puzzle: Puzzle) -> Bench:
    """Room for one thread. Every use cuts a profile at two instants, and what is not movable may be taken back once; what is
    interrupted does so in every piece."""
    nodes, place, use = len(puzzle.place) - 1, puzzle.place, puzzle.use
    pieces = np.where(place["least"][:-1] > 0, MOST_PIECES, 1)
    cuts = np.repeat(np.where(place["movable"][:-1] == 1, 2 * pieces, 4), np.diff(place["use"]))
    slots = np.full(len(puzzle.capacity), 2, np.int64)
    np.add.at(slots, use["resource"], cuts)
    ends = np.concatenate([[0], np.cumsum(slots)]).astype(np.int64)
    at = np.zeros(int(ends[-1]), np.int64)
    at[ends[:-1]] = NONE

    def room(size: int) -> I64:
        return np.zeros(size, np.int64)

    return Bench(
        place=place.copy(),
        use=use,
        profile=table(
            PROFILE, len(puzzle.capacity), first=ends[:-1], count=1, capacity=np.minimum(puzzle.capacity, FAR)
        ),
        at=at,
        taken=room(len(at)),
        set_at=room(len(at)),
        set_taken=room(len(at)),
        set_count=room(len(puzzle.capacity)),
        waiting=room(nodes),
        heap_key=room(nodes + 1),
        heap_node=room(nodes + 1),
        piece=table(PIECE, int(pieces[place["least"][:-1] > 0].sum()) + 1),
        goal=puzzle.goal.copy(),
        tally=room(2),
    )

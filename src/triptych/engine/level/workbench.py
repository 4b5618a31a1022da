"""Where schedules of a puzzle are generated."""

from typing import Any

import numpy as np

from triptych.engine.columns import DATES, FAR, NONE, Network, as_objects, column, put, table
from triptych.engine.compiled import Passes
from triptych.engine.schedule import Schedule, wider
from triptych.plan.quantities import MINUTES_PER_DAY
from triptych.plan.tables import I64
from triptych.plan.worktime import Span

from .puzzle import Puzzle, puzzle_of
from .records import MOST_PIECES, PIECE, PROFILE, Bench
from .terms import Terms

#: Days that there are after the last finish at least: long leave, and worse schedules on the way to better ones.
_DAYS_TO_SPARE = 60


def make_puzzle(today: Schedule, terms: Terms, passes: Passes, levelled: Schedule | None = None) -> Puzzle:
    """The puzzle that the terms make of a plan as it is scheduled today, over days enough for any answer worth having;
    `levelled` as in `puzzle_of`."""
    known = today.run.compiled.network.open
    span = Span(known.first_day, known.first_day + known.days - 1)
    while True:
        puzzle = puzzle_of(today, terms, passes, span, levelled)
        later = min(span.last + span.days, wider(span).last)
        if later == span.last or _room_after(puzzle, passes) > 0:
            return puzzle
        span = Span(span.first, later)


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
        bench = self.bench
        for taken in puzzle.fix.tolist():
            self.passes.take(bench, *taken)
        bench.set_count[:] = column(bench.profile, "count").tolist()
        bench.set_at[:], bench.set_taken[:] = bench.at, bench.taken

    def generate(self, keys: I64) -> int:
        """Generate serially by these keys, smaller ones first among nodes of one rank; what it weighs."""
        order = self._as_kept(self.puzzle.rank + keys)
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
        return int(self.passes.weigh(self.net, self.bench, self._as_kept(self.puzzle.prices)))

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


def waits_of(found: Schedule, passes: Passes) -> I64:
    """By row of a schedule, how many minutes round the clock a task starts later than what precedes it asks for: what its
    levelling delay holds it up by, which may end between two shifts."""
    run, network = found.run, found.run.compiled.network
    dates, bounds = np.zeros(len(network.dates), DATES), network.bounds.copy()
    for name in ("early_start", "early_finish"):
        dates[name] = run.dates(name)
    bounds["delay"] = 0
    net = network._replace(dates=dates, bounds=bounds)
    waits: Any = np.zeros(len(dates), np.int64)
    if passes.interpreted:
        tables = {name: as_objects(getattr(net, name)) for name in net._fields if name != "open"}
        net, waits = net._replace(**tables, open=run.hours), waits.tolist()
    passes.measure_delays(net, waits)
    node = run.compiled.node
    return np.where(node >= 0, np.asarray(waits, np.int64)[np.maximum(node, 0)], 0)


def _bench(puzzle: Puzzle) -> Bench:
    """Room for one thread. Every use cuts a profile at two instants, and what is not movable may be taken back once; what is
    interrupted does so in every piece."""
    nodes, place, use = len(puzzle.place) - 1, puzzle.place, puzzle.use
    pieces = np.where(place["least"][:-1] > 0, MOST_PIECES, 1 + np.diff(place["cut"]))
    slots = np.full(len(puzzle.capacity), 2, np.int64)
    np.add.at(slots, use["resource"], np.repeat(2 * pieces, np.diff(place["use"])))
    np.add.at(slots, puzzle.fix["resource"], 2)
    ends = np.concatenate([[0], np.cumsum(slots)]).astype(np.int64)
    at = np.zeros(int(ends[-1]), np.int64)
    at[ends[:-1]] = NONE

    def room(size: int) -> I64:
        return np.zeros(size, np.int64)

    return Bench(
        place=place.copy(),
        use=use,
        fix=puzzle.fix,
        cut=puzzle.cut,
        profile=table(
            PROFILE,
            len(puzzle.capacity),
            first=ends[:-1],
            count=1,
            row=puzzle.hours,
            capacity=np.minimum(puzzle.capacity, FAR),
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

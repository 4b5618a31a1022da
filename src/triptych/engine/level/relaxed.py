"""Puzzle → relaxation: calendars laid flat, for solvers that know nothing of them.

Time is counted in the minutes of *common hours*: whenever anybody may work or a lag may run. A task lasts no less in those
than in its own hours, which lie in them; whatever cannot be said for certain is left out. So whatever may be generated keeps the
relaxation, and its bound is a bound of the puzzle.
"""

from dataclasses import dataclass, replace
from math import gcd

import numpy as np

from triptych.engine.columns import FAR, FF, FS, NONE, SF, SS, as_objects
from triptych.engine.compiled import Passes
from triptych.engine.solvers import Goal, Relaxation
from triptych.plan.tables import I64, Flags

from .common_hours import CommonHours
from .puzzle import Puzzle
from .workbench import Workbench


@dataclass(frozen=True, slots=True, eq=False)
class Relaxed:
    """A puzzle's relaxation. `nodes` are the nodes of its first tasks; the others stand for what is taken beforehand.
    A step is so many minutes of the common hours, after `origin` of them. `binding` tells whether everything that may be
    generated keeps it, so that its bound holds."""

    puzzle: Puzzle
    relaxation: Relaxation
    nodes: I64
    hours: CommonHours
    origin: int
    step: int
    binding: bool

    def steps_of(self, starts: I64) -> I64:
        """The starts of all its tasks, by the starts of every node."""
        flat = (self.hours.position(starts[self.nodes]) - self.origin) // self.step
        return np.concatenate([flat, self.relaxation.fixed[len(self.nodes) :]])

    def keys_of(self, steps: I64, starts: I64) -> I64:
        """Keys by node: where the solver wants its tasks to start; the others where `starts` has them."""
        keys = starts.copy()
        keys[self.nodes] = self.hours.instant(self.origin + steps[: len(self.nodes)] * self.step)
        return keys

    def from_hint(self, starts: I64) -> Relaxation:
        """The relaxation with these starts to begin from."""
        return replace(self.relaxation, hint=self.steps_of(starts))

    def score_of(self, bound: int) -> int | None:
        """The least that any schedule of the puzzle weighs, by the bound of the relaxation; None where that says nothing of
        it."""
        if not self.binding or len(self.relaxation.goals) != 1 or self.relaxation.goals[0].weight < 1:
            return None
        goal = self.puzzle.goal[0]
        steps = -(-bound // self.relaxation.goals[0].weight)
        if self.origin + steps * self.step <= 0:
            return None
        least = int(self.hours.instant(np.array([self.origin + steps * self.step]))[0])
        return int(goal["weight"]) * (least - int(goal["due"]))


def relaxed(puzzle: Puzzle, passes: Passes, horizon: int) -> Relaxed:
    """The relaxation in which all is finished by the instant `horizon`."""
    work = Workbench(puzzle, passes)
    passes.forward(work.net)
    hours = CommonHours.of(puzzle)
    nodes = np.flatnonzero(_may_move(puzzle))
    first = hours.position(work.starts[nodes])
    pred, succ, distance = _links(puzzle, hours, nodes)
    lasts = _lasts(puzzle, hours)[nodes]
    user, used, amount = _uses(puzzle, nodes)
    taken = _taken(puzzle, hours, set(used.tolist()))
    origin = int(first.min(initial=FAR))
    end = int(hours.position(np.array([horizon]))[0]) - origin
    taken = [each for each in taken if origin < each[2] <= origin + end]
    begins, ends = (np.maximum(np.array([each[at] for each in taken], np.int64) - origin, 0) for at in (1, 2))
    step = (
        gcd(*lasts.tolist(), *distance.tolist(), *(first - origin).tolist(), *begins.tolist(), *ends.tolist())
        or 1
    )
    rows = np.arange(len(taken)) + len(nodes)
    relaxation = Relaxation(
        duration=np.concatenate([lasts, ends - begins]) // step,
        release=np.concatenate([first - origin, begins]) // step,
        fixed=np.concatenate([np.full(len(nodes), -1, np.int64), begins // step]),
        pred=pred,
        succ=succ,
        distance=distance // step,
        user=np.concatenate([user, rows]),
        used=np.concatenate([used, np.array([each[0] for each in taken], np.int64)]),
        amount=np.concatenate([amount, np.array([each[3] for each in taken], np.int64)]),
        capacity=puzzle.capacity,
        goals=_goals(puzzle, nodes),
        horizon=end // step,
    )
    return Relaxed(puzzle, relaxation, nodes, hours, origin, step, _is_binding(puzzle))


def _is_binding(puzzle: Puzzle) -> bool:
    """Whether nothing is interrupted or placed where its people are not free, which the relaxation does not know of, and the
    finish is what counts."""
    place = puzzle.place[:-1]
    moves = (place["movable"] == 1) & (place["pressed"] == 0)
    bound_to = (place["limit"] < FAR) | (place["latest"] < FAR)
    return puzzle.terms.objective == "finish" and not (moves & ((place["least"] > 0) | bound_to)).any()


def _facts(puzzle: Puzzle) -> Flags:
    """Nodes whose dates are said, whatever precedes them."""
    return _has(puzzle, "fixed_start") & ~_has(puzzle, "retained", 0)


def _has(puzzle: Puzzle, name: str, more_than: int = NONE) -> Flags:
    """Nodes that have such a bound of their own."""
    network = puzzle.ground.run.compiled.network
    special = network.node["special"][:-1]
    found = np.zeros(len(special), np.bool_)
    own = special >= 0
    found[own] = network.bounds[name][special[own]] > more_than
    return found


def _may_move(puzzle: Puzzle) -> Flags:
    """Nodes that levelling moves, or that come after such ones."""
    network = puzzle.ground.run.compiled.network
    moves = (puzzle.place["movable"][:-1] == 1).tolist()
    facts = _facts(puzzle).tolist()
    pred, first = network.pred["node"].tolist(), network.node["pred"].tolist()
    for node, said in enumerate(facts):  # in topological order
        if not said and not moves[node]:
            moves[node] = any(moves[each] for each in pred[first[node] : first[node + 1]])
    return np.array(moves, np.bool_)


def _lasts(puzzle: Puzzle, hours: CommonHours) -> I64:
    """The least of the common hours that every node lasts."""
    node = puzzle.ground.run.compiled.network.node[:-1]
    inside = np.array([hours.holds(row) for row in node["row"].tolist()], np.bool_)
    lasts = node["duration"].astype(np.int64)
    for each in np.flatnonzero(~inside & (lasts > 0)).tolist():
        lasts[each] = hours.least_in(int(lasts[each]))
    return np.where(_has(puzzle, "fixed_start") | _of_summary(puzzle), 0, lasts)


def _of_summary(puzzle: Puzzle) -> Flags:
    return _has(puzzle, "earliest", 0) | _has(puzzle, "closing", 0)


def _links(puzzle: Puzzle, hours: CommonHours, nodes: I64) -> tuple[I64, I64, I64]:
    """What links between those nodes ask for certain, as tasks of the relaxation: predecessor, successor, and distance between
    their starts."""
    network = puzzle.ground.run.compiled.network
    task = np.full(len(network.dates), -1, np.int64)
    task[nodes] = np.arange(len(nodes))
    deaf = _has(puzzle, "capped", 0) | _has(puzzle, "fixed_start") | _has(puzzle, "earliest", 0)
    closing, lasts = _has(puzzle, "closing", 0), _lasts(puzzle, hours)
    exact = (lasts == 0) & (network.node["duration"][:-1] == 0)
    exact |= np.isin(network.node["row"][:-1], hours.same_as)
    lags = as_objects(network.lag)
    found = []
    for succ in nodes[~deaf[nodes]].tolist():
        for edge in network.pred[network.node["pred"][succ] : network.node["pred"][succ + 1]]:
            pred, kind, lag = int(edge["node"]), int(edge["how"]) & 3, lags[int(edge["how"]) >> 3]
            if task[pred] < 0:
                continue  # the release knows
            gap = hours.least_lag(lag.minutes, lag.row) if int(edge["how"]) >> 3 else 0
            kind, gap = (FS, 0) if closing[succ] else (kind, gap)
            if gap is None or kind == SF or (kind == FF and not exact[succ]):
                continue
            gap += 0 if kind == SS else int(lasts[pred])
            gap -= int(lasts[succ]) if kind == FF else 0
            found.append((int(task[pred]), int(task[succ]), gap))
    made = np.array(found, np.int64).reshape(-1, 3)
    return made[:, 0], made[:, 1], made[:, 2]


def _uses(puzzle: Puzzle, nodes: I64) -> tuple[I64, I64, I64]:
    """Whom those nodes need for certain, as tasks of the relaxation: task, resource and units, no more than there is. What is
    interrupted, or takes its people whether they are free or not, needs nobody for certain."""
    place, use = puzzle.place, puzzle.use
    sure = (place["movable"][:-1] == 1) & (place["pressed"][:-1] == 0) & (place["least"][:-1] == 0)
    sure &= np.diff(place["cut"]) == 0
    found: dict[tuple[int, int], int] = {}
    for task, node in enumerate(nodes.tolist()):
        for each in use[place["use"][node] : place["use"][node + 1]] if sure[node] else ():
            who, units = int(each["resource"]), int(each["units"])
            units = min(units, int(puzzle.capacity[who]))
            if units < FAR and puzzle.capacity[who] < FAR:
                found[task, who] = max(found.get((task, who), 0), units)
    made = np.array([(*pair, units) for pair, units in found.items()], np.int64).reshape(-1, 3)
    return made[:, 0], made[:, 1], made[:, 2]


def _taken(puzzle: Puzzle, hours: CommonHours, needed: set[int]) -> list[tuple[int, int, int, int]]:
    """What is taken for certain beforehand of the people that are needed: resource, first and last minute of the common hours, and
    units, no more than there is."""
    place, may_move = puzzle.place, _may_move(puzzle)
    changes: dict[int, dict[int, int]] = {}
    for node in np.flatnonzero(~may_move).tolist():
        for each in puzzle.fix[place["fix"][node] : place["fix"][node + 1]].tolist():
            who, units, start, finish = each
            if who in needed:
                own = changes.setdefault(who, {})
                own[start], own[finish] = own.get(start, 0) + units, own.get(finish, 0) - units
    found = []
    for who, own in changes.items():
        at = np.array(sorted(own), np.int64)
        level = np.cumsum([own[each] for each in at.tolist()])
        flat = hours.position(at).tolist()
        for start, finish, units in zip(flat[:-1], flat[1:], level.tolist(), strict=False):
            if units > 0 and finish > start:
                found.append((who, start, finish, min(units, int(puzzle.capacity[who]))))
    return found


def _goals(puzzle: Puzzle, nodes: I64) -> tuple[Goal, ...]:
    """The finish of each project by its weight; with one project that is the least number that says the same."""
    project = puzzle.ground.run.compiled.network.node["project"][nodes]
    weights = [max(int(each["weight"]), int(each["late"])) for each in puzzle.goal]
    most = gcd(*weights) or 1
    return tuple(
        Goal(weight // most, tuple(np.flatnonzero(project == number).tolist()))
        for number, weight in enumerate(weights)
    )

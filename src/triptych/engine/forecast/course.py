"""A scheduled plan's network as the passes over lanes read it; see `lanes` for the words."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from triptych.engine.columns import BY_CONSTRAINT, BY_PROJECT_START, NONE, Network
from triptych.engine.compiled import compiled_passes
from triptych.engine.lanes import (
    ACROSS,
    ENDING,
    FIXED,
    JOINT,
    ONWARD,
    PACED,
    POINT,
    STEP,
    WALKED,
    WITHIN,
    Course,
)
from triptych.engine.run import Run
from triptych.engine.schedule import Schedule
from triptych.plan import LinkKind, Plan
from triptych.plan.tables import I32, I64, Flags

from .grids import lay_grids

F64 = NDArray[np.float64]
Records = NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Chart:
    """A course and the network that it goes through, with how many lines of bank and of gap one block needs; `goals`
    are the rows of the plan's projects that have one, or -1 for a task's own."""

    net: Network
    course: Course
    lines: int
    gaps: int
    goals: tuple[int, ...]


def chart_course(found: Schedule, least: I32, price: F64, target: int | None) -> Chart:
    """The course of a plan scheduled with compiled passes. `least` is the least that each node may take, `price` its
    hundredths a minute; `target` the row of the task whose finish is the goal, instead of every project's."""
    net = _holding_late_work(found.run)
    node = net.node[:-1]
    kind = _kinds(net, least)
    step = np.zeros(len(node) + 1, STEP)
    step["kind"][:-1], step["pred"], step["succ"] = kind, net.node["pred"], net.node["succ"]
    step["row"][:-1] = np.where(kind == PACED, node["row"], 0)
    _set_floors(net, step[:-1])
    joint, gaps = _joints(net, kind)
    onward = _onward(net)
    goals, goal_of, candidates = _goals(found, net, kind, target)
    lines = _lay_lines(net, step[:-1], joint, candidates)
    ending = _endings(net, step[:-1], goal_of, candidates)
    own = _own_rows(found, goals, target)
    course = Course(
        grid=lay_grids(net.open), step=step, joint=joint, onward=onward, ending=ending, last=np.flatnonzero(candidates).astype(np.int32),
        own=own, price=price, account=node["project"].astype(np.int32),
    )  # fmt: skip
    return Chart(net, course, lines, gaps, goals)


def _holding_late_work(run: Run) -> Network:
    """The network with floors under tasks that are as late as possible: they wait for the dates they are planned on."""
    net: Network = run.net
    late = net.bounds["as_late"] > 0
    late &= net.bounds["started"] == 0
    if not late.any():
        return net
    bounds = net.bounds.copy()
    special = net.node["special"][:-1]
    planned = np.zeros(len(bounds), np.int32)
    planned[special[special >= 0]] = run.start[special >= 0]
    bounds["floor"][late] = np.maximum(bounds["floor"], planned)[late]
    bounds["floor_reason"][late] = BY_CONSTRAINT
    bounds["delay"][late] = 0
    return net._replace(bounds=bounds)


def _kinds(net: Network, least: I32) -> I32:
    """How each node is dated."""
    node = net.node[:-1]
    plain = node["special"] < 0
    kept = net.bounds
    held = np.zeros(len(kept), np.bool_)
    for name in ("capped", "earliest", "closing", "opening", "started", "delay"):
        held |= kept[name] != 0
    held |= kept["fixed_start"] > NONE
    loose = plain | ~held[node["special"]] if len(kept) else plain
    kind = np.full(len(node), WALKED, np.int32)
    kind[loose & (node["row"] >= 0) & (least > 0)] = PACED
    if len(kept):
        known = (kept["fixed_start"] > NONE) & (kept["fixed_finish"] > NONE) & (kept["retained"] == 0)
        kind[~plain & known[node["special"]]] = FIXED
    kind[plain & (node["row"] >= 0) & (node["duration"] == 0) & (least == 0)] = POINT
    return kind


def _set_floors(net: Network, step: Records) -> None:
    """The first dates that projects and constraints allow, in each node's own reckoning."""
    node, settings = net.node[:-1], net.settings
    floor, reason = settings["floor"][node["project"]], settings["reason"][node["project"]]
    finish_floor = np.full(len(node), NONE, np.int32)
    special = node["special"] >= 0
    bounds = net.bounds[node["special"][special]]
    floor[special], reason[special] = bounds["floor"], bounds["floor_reason"]
    finish_floor[special] = bounds["finish_floor"]
    freed = (reason == BY_PROJECT_START) & (settings["frees_linked"][node["project"]] == 1) & _led(net)
    floor[freed] = NONE
    paced = step["kind"] == PACED
    step["floor"], step["finish_floor"] = floor, finish_floor
    step["floor"][paced] = _reckoned(net, node["row"][paced], floor[paced], 0)
    step["finish_floor"][paced] = _reckoned(net, node["row"][paced], finish_floor[paced], NONE)


def _led(net: Network) -> Flags:
    """The nodes to whose start a link leads."""
    to_start = np.isin(net.pred["how"] & 3, (LinkKind.FS, LinkKind.SS))
    led = np.zeros(len(net.node) - 1, np.bool_)
    led[_successors(net)[to_start]] = True
    return led


def _successors(net: Network) -> I64:
    """The successor of every edge in their order."""
    return np.repeat(np.arange(len(net.node) - 1), np.diff(net.node["pred"]))


def _reckoned(net: Network, rows: I32, instants: I32, nothing: int) -> I32:
    """Instants in working minutes of rows, each pair once: most share the project's start."""
    if len(rows) == 0:
        return instants
    pairs, which = np.unique(np.stack([rows, instants]), axis=1, return_inverse=True)
    worked_at = compiled_passes().worked_at
    found = [nothing if at <= NONE else int(worked_at(net.open, row, at)) for row, at in pairs.T.tolist()]
    return np.array(found, np.int32)[which.reshape(-1)]


def _joints(net: Network, kind: I32) -> tuple[Records, int]:
    """Every edge by its successor, and how many of them cross from one reckoning to another."""
    pred, succ = net.pred["node"], _successors(net)
    how, lag = net.pred["how"], net.lag[net.pred["how"] >> 3]
    row = net.node["row"][:-1]
    made = np.zeros(len(pred), JOINT)
    made["node"], made["kind"], made["lag"] = pred, how & 3, lag["minutes"]
    paced = kind[succ] == PACED
    own_lag = (lag["minutes"] == 0) | (lag["row"] == row[succ])
    within = paced & (kind[pred] == PACED) & (row[pred] == row[succ]) & own_lag
    made["how"] = np.where(within, WITHIN, ACROSS)
    made["row"] = np.where(paced & own_lag, -2, lag["row"])
    made["line"] = np.where(within, -1, np.cumsum(~within) - 1)
    return made, int((~within).sum())


def _onward(net: Network) -> Records:
    """Every edge by its predecessor, with its place by successor."""
    pred, succ = net.pred["node"], _successors(net)
    order = np.argsort(pred, kind="stable")
    made = np.zeros(len(pred), ONWARD)
    made["node"], made["joint"] = succ[order], order
    return made


def _goals(
    found: Schedule, net: Network, kind: I32, target: int | None
) -> tuple[tuple[int, ...], I32, Flags]:
    """The goals, each node's, and the nodes with which one may end."""
    plan, node = found.plan, found.run.compiled.node
    counted = found.run.counted
    if target is not None:
        rows = np.flatnonzero(counted & below(plan, target))
        candidates = np.zeros(len(kind), np.bool_)
        candidates[node[rows if len(rows) else np.array([target])]] = True
        return (-1,), np.zeros(len(kind), np.int32), candidates & ~_followed_within(net, kind, candidates)
    rows = np.flatnonzero(counted)
    projects = np.unique(plan.tasks.project[rows])
    number = np.full(len(plan.projects), -1, np.int32)
    number[projects] = np.arange(len(projects))
    candidates = np.zeros(len(kind), np.bool_)
    candidates[node[rows]] = True
    goal_of = number[net.node["project"][:-1]]
    return tuple(projects.tolist()), goal_of, candidates & ~_followed_within(net, kind, candidates)


def below(plan: Plan, row: int) -> Flags:
    """The row itself and all below it."""
    parents, inside = plan.tasks.parent, np.zeros(len(plan), np.bool_)
    inside[row] = True
    for each in range(row + 1, len(inside)):
        if parents[each] < row:
            break
        inside[each] = inside[parents[each]]
    return inside


def _followed_within(net: Network, kind: I32, members: Flags) -> Flags:
    """The members that another member of their project is sure to outlast, for a link to it holds whatever happens."""
    pred, succ, how = net.pred["node"], _successors(net), net.pred["how"]
    project = net.node["project"][:-1]
    sure = np.isin(how & 3, (LinkKind.FS, LinkKind.FF)) & (net.lag["minutes"][how >> 3] >= 0)
    sure &= np.isin(kind[succ], (PACED, POINT)) & members[succ] & (project[succ] == project[pred])
    followed = np.zeros(len(project), np.bool_)
    followed[pred[sure]] = True
    return followed


def _lay_lines(
    net: Network,
    step: Records,
    joint: Records,
    candidates: Flags,
) -> int:
    """Give lines of the bank to every end that is needed as an instant; returns how many."""
    kind = step["kind"]
    across = joint["how"] == ACROSS
    from_finish = np.isin(joint["kind"], (LinkKind.FS, LinkKind.FF))
    walked = kind[_successors(net)] == WALKED
    start, finish = (kind == WALKED) | (kind == FIXED), (kind != PACED) | candidates
    start[joint["node"][across & (~from_finish | walked)]] = True
    finish[joint["node"][across & (from_finish | walked)]] = True
    points = kind == POINT
    start &= ~points
    step["finish_line"] = np.where(finish, np.cumsum(finish) - 1, -1)
    step["start_line"] = np.where(start, int(finish.sum()) + np.cumsum(start) - 1, -1)
    step["start_line"][points] = step["finish_line"][points]
    return int(finish.sum() + start.sum())


def _endings(net: Network, step: Records, goal_of: I32, candidates: Flags) -> Records:
    """The goals as seen from the rows of hours of the nodes that may end them."""
    step["goal"], step["ending"] = goal_of, -1
    last = np.flatnonzero(candidates)
    rows = np.where(step["kind"] == PACED, net.node["row"][:-1], net.node["gauge"][:-1])[last]
    pairs, which = np.unique(np.stack([goal_of[last], rows]), axis=1, return_inverse=True)
    step["ending"][last] = which.reshape(-1)
    made = np.zeros(pairs.shape[1], ENDING)
    made["goal"], made["row"] = pairs
    return made


def _own_rows(found: Schedule, goals: tuple[int, ...], target: int | None) -> I32:
    """The hours in which each goal's finish is reckoned: those of its project."""
    owner = [found.plan.tasks.project[target]] if target is not None else list(goals)
    return found.run.compiled.own_hours[np.array(owner, np.int64)].astype(np.int32)


def planned_finishes(chart: Chart, found: Schedule) -> I32:
    """The reckoned finish of every goal as the plan has it."""
    finish = found.run.finish
    result = np.zeros(len(chart.course.own), np.int32)
    worked_at = compiled_passes().worked_at
    for node in chart.course.last.tolist():
        goal = int(chart.course.step["goal"][node])
        at = int(worked_at(chart.net.open, int(chart.course.own[goal]), int(finish[node])))
        result[goal] = max(result[goal], at)
    return result

"""The passes over many iterations abreast: the same network, another duration of every node in every lane. See `early`
for the style; here the inner loop runs over lanes, so that what a node and its edges are is looked up once for all.

Most nodes are dated by one row of hours and by links alone. In working minutes of that row their arithmetic is plain:
starts and finishes are maxima and sums, and a link within the row needs no calendar. Such a node is `PACED`. Nodes that
need instants are a `POINT` (a milestone without bounds) or `WALKED`: handed lane by lane to the functions of the passes,
with whatever bounds, facts and crews they have. Where a link leaves a row, the instant goes through the *bank*, which
holds a line of instants for every end of a node that is needed as such. What is done is `FIXED`: its lines are written once.
"""

from typing import Any, NamedTuple

import numpy as np

from .columns import BY_CONSTRAINT, FF, FS, NONE, SS, Network
from .draws import Luck, draw_minutes
from .early import date_early
from .grid import Grid, add_lag, to_instants, to_worked
from .hours import lagged, slack_on
from .nodes import node_latest_start

PACED, POINT, WALKED, FIXED = 0, 1, 2, 3
#: How a link is followed: within a row of hours, or through an instant.
WITHIN, ACROSS = 0, 1
#: More slack than any link has.
AMPLE = 2**28

#: `floor` and `finish_floor` are in the node's own reckoning: working minutes of its row, or instants. `pred` and `succ` are
#: its first joint by successor and by predecessor. `start_line` and `finish_line` are its lines of the bank, or -1. `ending`
#: is the place of its row and goal among the ends, -1 for a node with which no goal ends; `goal` the goal it is measured by.
STEP = np.dtype(
    [
        (name, np.int32)
        for name in "kind row floor finish_floor pred succ start_line finish_line ending goal".split()  # noqa: SIM905
    ],
    align=True,
)
#: A link by its successor: the other end, its kind, how it is followed, its lag in minutes and the lag's row (-2: the
#: successor's own, counted after the conversion), and the line of slack that the forward pass leaves (-1: none).
JOINT = np.dtype(
    [(name, np.int32) for name in "node kind how lag row line".split()],  # noqa: SIM905
    align=True,
)
#: The same by its predecessor: the successor, and the joint.
ONWARD = np.dtype([("node", np.int32), ("joint", np.int32)], align=True)
#: A goal seen from a row of hours.
ENDING = np.dtype([("goal", np.int32), ("row", np.int32)], align=True)


class Course(NamedTuple):
    """What the passes over lanes read. `price` is hundredths of the currency a drawn minute, by node; `last` lists
    the nodes with which a goal may end; `own` is the row of hours in which each goal's finish is reckoned; `account` is the
    project whose cost a node is."""

    grid: Grid
    step: Any
    joint: Any
    onward: Any
    ending: Any
    last: Any
    own: Any
    price: Any
    account: Any


class Room(NamedTuple):
    """Where one thread works: a line of `lanes` numbers for every node or end."""

    counters: Any
    felt: Any
    part: Any
    asked: Any
    lagged: Any
    worked: Any
    opened: Any
    start: Any
    finish: Any
    late: Any
    nil: Any
    bank: Any
    gap: Any
    end: Any
    goal: Any
    reckoned: Any
    aim: Any
    cost: Any


class Sums(NamedTuple):
    """What one block of iterations adds up to, by node: in how many it was critical, and its minutes (alone, squared,
    times the reckoned finish of its goal, both less what they are planned to be) for the correlation with it."""

    critical: Any
    minutes: Any
    squares: Any
    products: Any
    weight: Any
    weighted: Any


class Planned(NamedTuple):
    """The finish of every goal and the minutes of every node as planned: what the sums are taken less of."""

    goal: Any
    minutes: Any


def run_forward(net: Network, course: Course, luck: Luck, room: Room) -> None:
    """Dates of every node and the finish of every goal, in every lane."""
    for goal in range(len(room.goal)):
        room.goal[goal][:] = NONE
    for account in range(len(room.cost)):
        room.cost[account][:] = 0
    for node in range(len(course.step) - 1):
        here = course.step[node]
        draw_minutes(luck, node, room.counters, room.felt, room.part, room.finish[node])
        if course.price[node] > 0:
            add_cost(
                course.price[node], luck.draw[node].pause, room.finish[node], room.cost[course.account[node]]
            )
        if here.kind == PACED:
            pace(net, course, room, node)
        elif here.kind == POINT:
            point(net, course, room, node)
        elif here.kind == WALKED:
            walk(net, course, room, node)
    for at in range(len(course.last)):
        step = course.step[course.last[at]]
        keep_later(room.goal[step.goal], room.bank[step.finish_line])


def add_cost(price: float, pause: int, minutes: Any, cost: Any) -> None:
    """What the drawn minutes cost."""
    for lane in range(len(minutes)):
        cost[lane] += price * (minutes[lane] - pause)


def keep_later(kept: Any, found: Any) -> None:
    """The later of both, lane by lane."""
    for lane in range(len(kept)):
        kept[lane] = found[lane] if found[lane] > kept[lane] else kept[lane]


def set_later(kept: Any, floor: int, found: Any, lag: int) -> None:
    """The later of a floor and of a line plus a lag."""
    for lane in range(len(kept)):
        late = found[lane] + lag
        kept[lane] = late if late > floor else floor


def keep_later_and(kept: Any, found: Any, lag: int) -> None:
    """The later of one and of the other plus a lag."""
    for lane in range(len(kept)):
        late = found[lane] + lag
        kept[lane] = late if late > kept[lane] else kept[lane]


def pace(net: Network, course: Course, room: Room, node: int) -> None:
    """Date a node in working minutes of its row. Its duration stands in its finish."""
    here, start, finish = course.step[node], room.start[node], room.finish[node]
    led, held = 0, 0
    if here.finish_floor > NONE:
        held = 1
        room.asked[:] = here.finish_floor
    for at in range(here.pred, course.step[node + 1].pred):
        if course.joint[at].kind == FS or course.joint[at].kind == SS:
            ask_start(net, course, room, node, at, led)
            led = 1
        else:
            ask_finish(net, course, room, node, at, held)
            held = 1
    if led == 0:
        start[:] = here.floor
    if held == 1:
        for lane in range(len(start)):
            needed = room.asked[lane] - finish[lane]
            start[lane] = needed if needed > start[lane] else start[lane]
    for lane in range(len(start)):
        finish[lane] += start[lane]
    settle_gaps(course, room, node)
    bank_ends(net, course, room, node)


def ask_start(net: Network, course: Course, room: Room, node: int, at: int, led: int) -> None:
    """No earlier start than a link asks; the first one (not yet `led`) looks at the floor too."""
    joint, start = course.joint[at], room.start[node]
    if joint.how == WITHIN:
        found = room.finish[joint.node] if joint.kind == FS else room.start[joint.node]
        if led == 0:
            set_later(start, course.step[node].floor, found, joint.lag)
        else:
            keep_later_and(start, found, joint.lag)
        return
    cross(net, course, room, node, at)
    if led == 0:
        start[:] = course.step[node].floor
    keep_later(start, room.gap[joint.line])


def ask_finish(net: Network, course: Course, room: Room, node: int, at: int, held: int) -> None:
    """No earlier finish than a link asks."""
    joint = course.joint[at]
    if held == 0:
        room.asked[:] = NONE
    if joint.how == WITHIN:
        found = room.finish[joint.node] if joint.kind == FF else room.start[joint.node]
        keep_later_and(room.asked, found, joint.lag)
    else:
        cross(net, course, room, node, at)
        keep_later(room.asked, room.gap[joint.line])


def cross(net: Network, course: Course, room: Room, node: int, at: int) -> None:
    """What a link from elsewhere asks of a node, in working minutes of the node's row; kept in the link's gap."""
    joint, row = course.joint[at], course.step[node].row
    pred = course.step[joint.node]
    found = room.bank[pred.finish_line if joint.kind == FS or joint.kind == FF else pred.start_line]
    out = room.gap[joint.line]
    if joint.row == -2:
        to_worked(net, course.grid, row, found, joint.lag, out)
    else:
        add_lag(net, course.grid, joint.row, joint.lag, found, room.lagged)
        to_worked(net, course.grid, row, room.lagged, 0, out)


def settle_gaps(course: Course, room: Room, node: int) -> None:
    """Turn what each crossing link asked into its slack, the node being dated."""
    here, start, finish = course.step[node], room.start[node], room.finish[node]
    for at in range(here.pred, course.step[node + 1].pred):
        joint = course.joint[at]
        if joint.how != ACROSS:
            continue
        got = start if joint.kind == FS or joint.kind == SS else finish
        gap = room.gap[joint.line]
        for lane in range(len(gap)):
            gap[lane] = got[lane] - gap[lane]


def bank_ends(net: Network, course: Course, room: Room, node: int) -> None:
    """The instants of a paced node's ends, where they are asked for: a start at the beginning of open hours, a finish
    at an end of them."""
    here = course.step[node]
    if here.start_line >= 0:
        to_instants(net, course.grid, here.row, room.start[node], 0, room.bank[here.start_line])
    if here.finish_line >= 0:
        to_instants(net, course.grid, here.row, room.finish[node], 1, room.bank[here.finish_line])


def point(net: Network, course: Course, room: Room, node: int) -> None:
    """Date a milestone without bounds, by instants."""
    here = course.step[node]
    out = room.bank[here.finish_line]
    out[:] = here.floor
    room.asked[:] = NONE
    for at in range(here.pred, course.step[node + 1].pred):
        joint = course.joint[at]
        pred = course.step[joint.node]
        found = room.bank[pred.finish_line if joint.kind == FS or joint.kind == FF else pred.start_line]
        kept = out if joint.kind == FS or joint.kind == SS else room.asked
        if joint.lag != 0:
            add_lag(net, course.grid, joint.row, joint.lag, found, room.lagged)
            found = room.lagged
        keep_later(kept, found)
    to_worked(net, course.grid, net.node[node].row, out, 0, room.worked)
    to_instants(net, course.grid, net.node[node].row, room.worked, 0, room.lagged)
    to_instants(net, course.grid, net.node[node].row, room.worked, 1, room.opened)
    for lane in range(
        len(out)
    ):  # a point in time stays at a shift's end; between shifts it waits for the next one
        start = out[lane] if room.opened[lane] == out[lane] and room.worked[lane] > 0 else room.lagged[lane]
        out[lane] = room.asked[lane] if room.asked[lane] > start else start
    row = net.node[node].gauge
    if here.pred < course.step[node + 1].pred:
        to_worked(net, course.grid, row, out, 0, room.opened)
    for at in range(here.pred, course.step[node + 1].pred):
        point_gap(net, course, room, row, at)


def point_gap(net: Network, course: Course, room: Room, row: int, at: int) -> None:
    """The working time between what a link asks of a milestone and when it is, worked up to where `opened` says."""
    joint = course.joint[at]
    pred = course.step[joint.node]
    found = room.bank[pred.finish_line if joint.kind == FS or joint.kind == FF else pred.start_line]
    if joint.lag != 0:
        add_lag(net, course.grid, joint.row, joint.lag, found, room.lagged)
        found = room.lagged
    gap = room.gap[joint.line]
    to_worked(net, course.grid, row, found, 0, gap)
    for lane in range(len(gap)):
        left = room.opened[lane] - gap[lane]
        gap[lane] = left if left > 0 else 0


def walk(net: Network, course: Course, room: Room, node: int) -> None:
    """Date a node with bounds, facts or a crew lane by lane, with the functions of the passes."""
    here, special = course.step[node], net.node[node].special
    minutes, starts, finishes = room.finish[node], room.bank[here.start_line], room.bank[here.finish_line]
    done, running = 0, 0
    if special >= 0 and net.bounds[special].started == 1:
        running = 1
        done = net.node[node].duration - net.bounds[special].remaining
    for lane in range(len(minutes)):
        for at in range(here.pred, course.step[node + 1].pred):
            pred = course.joint[at].node
            net.dates[pred].early_start = room.bank[course.step[pred].start_line][lane]
            net.dates[pred].early_finish = room.bank[course.step[pred].finish_line][lane]
        net.node[node].duration = done + minutes[lane]
        if running == 1:
            net.bounds[special].remaining = minutes[lane]
        date_early(net, node)
        starts[lane] = net.dates[node].early_start
        finishes[lane] = net.dates[node].early_finish
        for at in range(here.pred, course.step[node + 1].pred):
            room.gap[course.joint[at].line][lane] = walked_gap(net, node, at)


def walked_gap(net: Network, node: int, edge: int) -> int:
    """The working time between what a link asks of a node and what the node got; ample where it asks nothing, or where
    a date holds the node whatever precedes it."""
    special, dates = net.node[node].special, net.dates[node]
    pred, kind, lag = net.dates[net.pred[edge].node], net.pred[edge].how & 3, net.pred[edge].how >> 3
    asked = pred.early_finish if kind == FS or kind == FF else pred.early_start
    got = dates.early_start if kind == FS or kind == SS else dates.early_finish
    if lag > 0:
        asked = lagged(net.open, net.lag[lag].row, asked, net.lag[lag].minutes)
    if special >= 0:
        here = net.bounds[special]
        if here.closing == 1:
            asked, got = pred.early_finish, dates.early_finish
        if here.earliest == 1:
            return 0 if pred.early_start <= dates.early_start else AMPLE
        if here.fixed_start > NONE:
            if here.retained == 0 or here.complete == 1:
                return AMPLE
            if kind == FS or kind == SS:
                got = node_latest_start(net, node, dates.early_finish, here.remaining)
        elif dates.driver == BY_CONSTRAINT and here.capped == 1:
            return AMPLE
        elif here.delay > 0 and (kind == FS or kind == SS):
            asked = asked + here.delay
    return slack_on(net.open, net.node[node].gauge, asked, got) if asked < got else 0

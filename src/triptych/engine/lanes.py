"""The passes over many iterations abreast: the same network, another duration of every node in every lane. See `early`
for the style; here the inner loop runs over lanes, so that what a node and its edges are is looked up once for all.

Most nodes are dated by one row of hours and by links alone. In working minutes of that row their arithmetic is plain:
starts and finishes are maxima and sums, and a link within the row needs no calendar. Such a node is `PACED`. Nodes that
need instants are a `POINT` (a milestone without bounds) or `WALKED`: handed lane by lane to the functions of the passes,
with whatever bounds, facts and crews they have. Where a link leaves a row, the instant goes through the *bank*, which
holds a line of instants for every end of a node that is needed as such. What is done is `FIXED`: its lines are written once.

Between minutes worked and instants a *grid* leads: a row of hours cut into steps so short that each is open or closed as a
whole. Then both ways are one look-up and no search, for many lanes at once.

The backward pass carries the *slack along links*: how much later a node may finish without moving the goal, by the
working time between what each link asks and what its successor got. It is nil on the chains of driving links that end
at the goal, whatever calendars and constraints do to the float.
"""

from typing import Any, NamedTuple

import numpy as np

from .columns import BY_CONSTRAINT, FF, FS, NONE, SS, Network
from .draws import Luck, draw_minutes
from .early import date_early
from .hours import holding, lagged, slack_on, worked_at
from .nodes import node_latest_start

PACED, POINT, WALKED, FIXED = 0, 1, 2, 3
#: How a link is followed: within a row of hours, through an instant, or not at all (its successor stands anyway).
WITHIN, ACROSS, MUTE = 0, 1, 2
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


#: A row's grid: minutes a step (0: too fine to be kept), what to multiply by and shift by MAGIC to divide by them, where the
#: row's steps begin in `Grid.worked` and how many there are, and the same of its open steps in `Grid.opens`.
GRID = np.dtype(
    [("magic", np.int64)] + [(name, np.int32) for name in ("step", "first", "steps", "open", "opens")],
    align=True,
)
MAGIC = 40


class Grid(NamedTuple):
    """Every row of hours as steps: `worked` minutes before each step from instant `base` on, and the instant at which each
    open one `opens`."""

    row: Any
    worked: Any
    opens: Any
    base: int


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
    slack: Any
    bank: Any
    gap: Any
    end: Any
    goal: Any
    reckoned: Any
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


def keep_later_and(kept: Any, found: Any, lag: int) -> None:
    """The later of one and of the other plus a lag."""
    for lane in range(len(kept)):
        late = found[lane] + lag
        kept[lane] = late if late > kept[lane] else kept[lane]


def pace(net: Network, course: Course, room: Room, node: int) -> None:
    """Date a node in working minutes of its row. Its duration stands in its finish."""
    here, start, finish = course.step[node], room.start[node], room.finish[node]
    start[:] = here.floor
    by_finish = 0
    if here.finish_floor > NONE:
        by_finish = 1
        room.asked[:] = here.finish_floor
    for at in range(here.pred, course.step[node + 1].pred):
        joint = course.joint[at]
        if joint.how == ACROSS:
            cross(net, course, room, node, at)
        if joint.kind == FS or joint.kind == SS:
            if joint.how == ACROSS:
                keep_later(start, room.gap[joint.line])
            else:
                found = room.finish[joint.node] if joint.kind == FS else room.start[joint.node]
                keep_later_and(start, found, joint.lag)
            continue
        if by_finish == 0:
            by_finish = 1
            room.asked[:] = NONE
        if joint.how == ACROSS:
            keep_later(room.asked, room.gap[joint.line])
        else:
            found = room.finish[joint.node] if joint.kind == FF else room.start[joint.node]
            keep_later_and(room.asked, found, joint.lag)
    if by_finish == 1:
        for lane in range(len(start)):
            needed = room.asked[lane] - finish[lane]
            start[lane] = needed if needed > start[lane] else start[lane]
    for lane in range(len(start)):
        finish[lane] += start[lane]
    settle_gaps(course, room, node)
    bank_ends(net, course, room, node)


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


def add_lag(net: Network, grid: Grid, row: int, lag: int, found: Any, out: Any) -> None:
    """Instants and then a lag, in working minutes of a row; see `hours.lagged`."""
    if row < 0 or lag == 0:
        for lane in range(len(out)):
            out[lane] = found[lane] + lag
    elif grid.row[row].step > 0:
        to_worked(net, grid, row, found, lag, out)
        to_instants(net, grid, row, out, 1 if lag > 0 else 0, out)
    else:
        for lane in range(len(out)):
            out[lane] = lagged(net.open, row, found[lane], lag)


def to_worked(net: Network, grid: Grid, row: int, found: Any, more: int, out: Any) -> None:
    """Working minutes of a row up to instants, and so many more."""
    here, base = grid.row[row], np.int32(grid.base)
    step, magic, first, most = here.step, here.magic, here.first, here.steps - 1
    if step == 0:
        for lane in range(len(out)):
            out[lane] = worked_at(net.open, row, found[lane]) + more
        return
    for lane in range(len(out)):
        since = np.int32(found[lane] - base)
        since = since if since > 0 else np.int32(0)
        at = np.int32((np.int64(since) * magic) >> MAGIC)
        at = at if at < most else most
        before = grid.worked[first + at]
        whole = np.int32(grid.worked[first + at + 1] - before)
        part = np.int32(since - np.int32(at * step))
        out[lane] = before + (part if part < whole else whole) + more


def to_instants(net: Network, grid: Grid, row: int, found: Any, closing: int, out: Any) -> None:
    """The instants at which so many minutes of a row are worked: where the next one begins or, `closing`, where the last
    one ended."""
    here = grid.row[row]
    step, magic, first, most = here.step, here.magic, here.open, here.opens - 1
    if step == 0:
        for lane in range(len(out)):
            interval = net.open.interval[holding(net.open, row, found[lane] - closing)]
            out[lane] = interval.opens + found[lane] - interval.before
        return
    for lane in range(len(out)):
        worked = np.int32(found[lane] - closing)
        worked = worked if worked > 0 else np.int32(0)
        at = np.int32((np.int64(worked) * magic) >> MAGIC)
        at = at if at < most else most
        out[lane] = grid.opens[first + at] + np.int32(worked - np.int32(at * step)) + closing


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


def reckon_ends(net: Network, course: Course, room: Room) -> None:
    """The finish of every goal in working minutes, of its own row and of each row that it is measured in."""
    for at in range(len(course.ending)):
        ending = course.ending[at]
        to_worked(net, course.grid, ending.row, room.goal[ending.goal], 0, room.end[at])
    for goal in range(len(course.own)):
        to_worked(net, course.grid, course.own[goal], room.goal[goal], 0, room.reckoned[goal])


def run_backward(net: Network, course: Course, room: Room, planned: Planned, sums: Sums) -> None:
    """Slack along links of every node in every lane, and what it and the drawn minutes add up to. `planned` holds the
    planned finish of every goal, reckoned, and the planned minutes of every node."""
    reckon_ends(net, course, room)
    for node in range(len(course.step) - 2, -1, -1):
        here, slack = course.step[node], room.slack[node]
        to_goal(net, course, room, node)
        for at in range(here.succ, course.step[node + 1].succ):
            onward = course.onward[at]
            joint, after = course.joint[onward.joint], room.slack[onward.node]
            if joint.how == ACROSS:
                keep_less(slack, after, room.gap[joint.line])
            elif joint.how == WITHIN:
                got = (
                    room.start[onward.node]
                    if joint.kind == FS or joint.kind == SS
                    else room.finish[onward.node]
                )
                asked = room.finish[node] if joint.kind == FS or joint.kind == FF else room.start[node]
                keep_less_by(slack, after, got, asked, joint.lag)
        sums.critical[node] += count_nil(slack)
        if here.goal >= 0:
            minutes = room.finish[node]
            if here.kind == PACED:
                for lane in range(len(minutes)):
                    room.part[lane] = np.float32(minutes[lane] - room.start[node][lane])
            else:
                for lane in range(len(minutes)):
                    room.part[lane] = np.float32(minutes[lane])
            sum_up(sums, room, node, room.reckoned[here.goal], planned.goal[here.goal], planned.minutes[node])


def to_goal(net: Network, course: Course, room: Room, node: int) -> None:
    """What lies between a node that may end its goal and that goal; ample for all others."""
    here, slack = course.step[node], room.slack[node]
    if here.ending < 0:
        slack[:] = AMPLE
        return
    if here.kind == PACED:
        for lane in range(len(slack)):
            slack[lane] = room.end[here.ending][lane] - room.finish[node][lane]
        return
    to_worked(net, course.grid, course.ending[here.ending].row, room.bank[here.finish_line], 0, slack)
    for lane in range(len(slack)):
        slack[lane] = room.end[here.ending][lane] - slack[lane]


def keep_less(slack: Any, after: Any, gap: Any) -> None:
    """The slack by a link whose own is known."""
    for lane in range(len(slack)):
        found = after[lane] + gap[lane]
        slack[lane] = found if found < slack[lane] else slack[lane]


def keep_less_by(slack: Any, after: Any, got: Any, asked: Any, lag: int) -> None:
    """The slack by a link within a row of hours."""
    for lane in range(len(slack)):
        found = after[lane] + got[lane] - asked[lane] - lag
        slack[lane] = found if found < slack[lane] else slack[lane]


def count_nil(slack: Any) -> Any:
    """In how many lanes there is none."""
    found = np.int32(0)
    for lane in range(len(slack)):
        found += np.int32(slack[lane] <= 0)
    return found


def sum_up(sums: Sums, room: Room, node: int, reckoned: Any, goal: int, minutes: float) -> None:
    """Add one node's lanes up; the significance of Williams (1992) beside: minutes as part of minutes and slack."""
    alone, squares, products = np.float32(0), np.float32(0), np.float32(0)
    part = room.part
    for lane in range(len(part)):
        less = part[lane] - minutes
        alone += less
        squares += less * less
        products += less * np.float32(reckoned[lane] - goal)
    sums.minutes[node] += alone
    sums.squares[node] += squares
    sums.products[node] += products
    if len(sums.weight) > 0:
        weigh(sums, room, node, reckoned, goal)


def weigh(sums: Sums, room: Room, node: int, reckoned: Any, goal: int) -> None:
    """The significance of one node in every lane, alone and times the finish (less what is planned)."""
    alone, products = np.float32(0), np.float32(0)
    part, slack = room.part, room.slack[node]
    for lane in range(len(part)):
        whole = part[lane] + np.float32(slack[lane])
        share = part[lane] / whole if whole > 0 else np.float32(1)
        alone += share
        products += share * np.float32(reckoned[lane] - goal)
    sums.weight[node] += alone
    sums.weighted[node] += products

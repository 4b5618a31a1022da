"""The backward pass over many iterations abreast. See `lanes` for the words.

It carries the *slack along links*: how much later a node may finish without moving the goal, by the
working time between what each link asks and what its successor got. It is nil on the chains of driving links that end
at the goal, whatever calendars and constraints do to the float.
"""

from typing import Any

import numpy as np

from .columns import FF, FS, SS, Network
from .draws import Luck, count_iterations, draw_drivers
from .grid import to_worked
from .lanes import AMPLE, PACED, WITHIN, Course, Planned, Room, Sums, run_forward


def reckon_ends(net: Network, course: Course, room: Room, planned: Planned) -> None:
    """The finish of every goal in working minutes, of its own row and of each row that it is measured in; and how far it is
    off the plan."""
    for at in range(len(course.ending)):
        ending = course.ending[at]
        to_worked(net, course.grid, ending.row, room.goal[ending.goal], 0, room.end[at])
    for goal in range(len(course.own)):
        reckoned, aim = room.reckoned[goal], room.aim[goal]
        to_worked(net, course.grid, course.own[goal], room.goal[goal], 0, reckoned)
        for lane in range(len(aim)):
            aim[lane] = np.float32(reckoned[lane] - planned.goal[goal])


def run_lanes(
    net: Network, course: Course, luck: Luck, room: Room, planned: Planned, sums: Sums, first: int, seed: int
) -> None:
    """The iterations from number `first` on, as many as there are lanes: draws, dates and slack. One call, for handing all of
    this over takes as long as some thousand nodes."""
    count_iterations(first, seed, room.counters)
    draw_drivers(luck, room.counters, room.felt)
    run_forward(net, course, luck, room)
    run_backward(net, course, room, planned, sums)


def run_backward(net: Network, course: Course, room: Room, planned: Planned, sums: Sums) -> None:
    """Slack along links of every node in every lane, and what it and the drawn minutes add up to.

    Kept are the latest starts that it leaves (of nodes that are not paced, the slack itself): of most links those are all
    that is asked. `planned` holds the planned finish of every goal, reckoned, and the planned minutes of every node."""
    reckon_ends(net, course, room, planned)
    for node in range(len(course.step) - 2, -1, -1):
        here, late = course.step[node], room.late[node]
        measure_to_goal(net, course, room, node)
        for at in range(here.succ, course.step[node + 1].succ):
            allow(course, room, node, at)
        goal = here.goal if here.goal >= 0 else 0
        aim, minutes = room.aim[goal], planned.minutes[node]
        if here.kind == PACED:
            sum_paced(sums, node, room.start[node], room.finish[node], late, aim, minutes)
        else:
            sum_others(sums, node, room.finish[node], late, aim, minutes)
        if len(sums.weight) > 0:
            weigh(sums, room, node, 1 if here.kind == PACED else 0, aim)


def measure_to_goal(net: Network, course: Course, room: Room, node: int) -> None:
    """The latest finish of a node that may end its goal; of all others an ample one."""
    here, late = course.step[node], room.late[node]
    if here.ending < 0:
        late[:] = AMPLE
    elif here.kind == PACED:
        copy_line(late, room.end[here.ending])
    else:
        to_worked(net, course.grid, course.ending[here.ending].row, room.bank[here.finish_line], 0, late)
        take_from(late, room.end[here.ending])


def allow(course: Course, room: Room, node: int, at: int) -> None:
    """The latest finish that one link onward allows."""
    onward = course.onward[at]
    joint, late, after = course.joint[onward.joint], room.late[node], room.late[onward.node]
    if joint.how == WITHIN and joint.kind == FS:
        keep_less(late, after, joint.lag)
    elif joint.how == WITHIN:
        keep_less_of_kind(late, after, room, node, onward.node, joint)
    else:
        begun = room.start[onward.node] if course.step[onward.node].kind == PACED else room.nil
        finish = room.finish[node] if course.step[node].kind == PACED else room.nil
        keep_less_across(late, after, begun, room.gap[joint.line], finish)


def copy_line(out: Any, found: Any) -> None:
    """The one as the other."""
    for lane in range(len(out)):
        out[lane] = found[lane]


def take_from(late: Any, end: Any) -> None:
    """What lies between a finish and the end."""
    for lane in range(len(late)):
        late[lane] = end[lane] - late[lane]


def keep_less(late: Any, after: Any, lag: int) -> None:
    """The latest finish that a plain link within a row allows."""
    for lane in range(len(late)):
        found = after[lane] - lag
        late[lane] = found if found < late[lane] else late[lane]


def keep_less_of_kind(late: Any, after: Any, room: Room, node: int, succ: int, joint: Any) -> None:
    """The same of a link of another kind within a row."""
    start, finish, begun, done = room.start[node], room.finish[node], room.start[succ], room.finish[succ]
    for lane in range(len(late)):
        found = after[lane] - joint.lag
        if joint.kind != SS:  # it is the successor's finish that is asked for
            found += done[lane] - begun[lane]
        if joint.kind != FF:  # and this node's start that leads to it
            found += finish[lane] - start[lane]
        late[lane] = found if found < late[lane] else late[lane]


def keep_less_across(late: Any, after: Any, begun: Any, gap: Any, finish: Any) -> None:
    """The same of a link whose own slack is known."""
    for lane in range(len(late)):
        found = after[lane] - begun[lane] + gap[lane] + finish[lane]
        late[lane] = found if found < late[lane] else late[lane]


def sum_paced(sums: Sums, node: int, start: Any, finish: Any, late: Any, aim: Any, planned: float) -> None:
    """Add a paced node's lanes up, and turn its latest finishes into latest starts."""
    critical = np.int32(0)
    alone, squares, products = np.float32(0), np.float32(0), np.float32(0)
    for lane in range(len(late)):
        slack, minutes = late[lane] - finish[lane], finish[lane] - start[lane]
        late[lane] = slack + start[lane]
        critical += np.int32(slack <= 0)
        less = np.float32(minutes) - planned
        alone += less
        squares += less * less
        products += less * aim[lane]
    sums.critical[node] += critical
    sums.minutes[node] += alone
    sums.squares[node] += squares
    sums.products[node] += products


def sum_others(sums: Sums, node: int, minutes: Any, slack: Any, aim: Any, planned: float) -> None:
    """Add another node's lanes up."""
    critical = np.int32(0)
    alone, squares, products = np.float32(0), np.float32(0), np.float32(0)
    for lane in range(len(slack)):
        critical += np.int32(slack[lane] <= 0)
        less = np.float32(minutes[lane]) - planned
        alone += less
        squares += less * less
        products += less * aim[lane]
    sums.critical[node] += critical
    sums.minutes[node] += alone
    sums.squares[node] += squares
    sums.products[node] += products


def weigh(sums: Sums, room: Room, node: int, paced: int, aim: Any) -> None:
    """The significance of one node in every lane: its minutes as part of them and its slack together (Williams, 1992), alone
    and times the finish (less what is planned)."""
    alone, products = np.float32(0), np.float32(0)
    start, finish, late = room.start[node], room.finish[node], room.late[node]
    for lane in range(len(late)):
        minutes = np.float32(finish[lane] - start[lane] if paced == 1 else finish[lane])
        whole = minutes + np.float32(late[lane] - start[lane] if paced == 1 else late[lane])
        share = minutes / whole if whole > 0 else np.float32(1)
        alone += share
        products += share * aim[lane]
    sums.weight[node] += alone
    sums.weighted[node] += products

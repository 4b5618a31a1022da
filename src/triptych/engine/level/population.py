"""A population of schedules that improve one another, in the plain style of the passes (see `engine.early`).

Schedules that begin as early as they can and schedules that end as late as they can, each kind the parents of the other
(the bi-population genetic algorithm of Debels and Vanhoucke, 2005): a child's tasks are generated in the order of one parent's
dates, from the other side. So every generation also squeezes the schedule, which forward-backward improvement (Li and Willis,
1992) does with twice the work. The order of a child is its first parent's, but in a window of time, in which it is the second's.
"""

from triptych.engine.columns import FAR, NONE, Network

from .generation import generate_backwards, generate_serially, weigh
from .records import (
    BEST,
    BOTH,
    FILLED,
    GENERATED,
    LUCK,
    NEXT,
    SIDE,
    SINCE,
    SIZE,
    SWING,
    Bench,
    Crowd,
)

#: A part of all keys, for what comes before and after a window: more than any plan lasts.
_APART = 2**31
#: Of a thousand tasks so many get a key somewhat beside their parents'.
_CHANGED = 50
#: Of a thousand children so many have the window of the first parent and all else of the second.
_TURNED = 250
#: The least and the most that a window takes of a schedule, in thousandths.
_NARROW, _WIDE = 200, 700
_32_BITS = 0xFFFFFFFF


def draw(crowd: Crowd, below: int) -> int:
    """A number from 0 to one less than `below` (Marsaglia's xorshift, 2003, of 32 bits: alike interpreted and compiled)."""
    luck = crowd.state[LUCK]
    luck ^= (luck << 13) & _32_BITS
    luck ^= luck >> 17
    luck ^= (luck << 5) & _32_BITS
    crowd.state[LUCK] = luck
    return (luck * below) >> 32


def improve(net: Network, bench: Bench, crowd: Crowd, budget: int) -> None:
    """Generate so many schedules: first the parents from keys of their own, then children. `state` says where the last call left off."""
    state = crowd.state
    for _ in range(budget):
        if state[FILLED] < state[SIZE]:
            found(net, bench, crowd)
        elif state[BOTH] == 1 and state[FILLED] < 2 * state[SIZE]:
            mirror(net, bench, crowd)
        else:
            breed(net, bench, crowd)


def found(net: Network, bench: Bench, crowd: Crowd) -> None:
    """One schedule of the first side, from the keys that stand there; its dates take their place."""
    nodes, at = len(net.dates), crowd.state[FILLED]
    for node in range(nodes):
        crowd.child[node] = crowd.key[at * nodes + node]
    crowd.score[at] = generated_forwards(net, bench, crowd)
    remember(net, crowd, at, 0)
    crowd.state[FILLED] += 1


def mirror(net: Network, bench: Bench, crowd: Crowd) -> None:
    """One schedule of the second side, from its counterpart of the first."""
    nodes, at = len(net.dates), crowd.state[FILLED]
    other = (at - crowd.state[SIZE]) * nodes
    for node in range(nodes):
        crowd.child[node] = crowd.key[other + node]
    crowd.score[at] = generated_backwards(net, bench, crowd)
    remember(net, crowd, at, 1)
    crowd.state[FILLED] += 1


def breed(net: Network, bench: Bench, crowd: Crowd) -> None:
    """One child, which takes the place of its counterpart of the other side unless it is worse."""
    state, size = crowd.state, crowd.state[SIZE]
    side, each = state[SIDE], state[NEXT]
    to = 1 - side if state[BOTH] == 1 else 0
    one = side * size + each
    other = side * size + chosen(crowd, side * size, each)
    cross(net, bench, crowd, one, other)
    score = generated_forwards(net, bench, crowd) if to == 0 else generated_backwards(net, bench, crowd)
    place = to * size + each
    if score <= crowd.score[place]:
        crowd.score[place] = score
        remember(net, crowd, place, to)
    state[NEXT] += 1
    if state[NEXT] == size:
        state[NEXT] = 0
        state[SIDE] = to


def chosen(crowd: Crowd, first: int, but: int) -> int:
    """The better of two of one side, any but one."""
    size = crowd.state[SIZE]
    one, other = draw(crowd, size), draw(crowd, size)
    better = one if crowd.score[first + one] <= crowd.score[first + other] else other
    return better if better != but else (better + 1) % size


def cross(net: Network, bench: Bench, crowd: Crowd, one: int, other: int) -> None:
    """The child's keys: those of one parent before and after a window of time (the first's), those of the other within,
    and some changed."""
    nodes = len(net.dates)
    mine, theirs = one * nodes, other * nodes
    first, last = FAR, NONE
    for node in range(nodes):
        if bench.place[node].movable == 1:
            at = crowd.key[mine + node]
            first = at if at < first else first
            last = at if at > last else last
    whole = last - first + 1
    length = whole * (_NARROW + draw(crowd, _WIDE - _NARROW + 1)) // 1000
    begin = first + draw(crowd, whole - length + 1)
    end, swing = begin + length, crowd.state[SWING]
    if draw(crowd, 1000) < _TURNED:
        mine, theirs = theirs, mine
    for node in range(nodes):
        key = crowd.key[mine + node]
        if key < begin:
            key -= _APART
        elif key > end:
            key += _APART
        else:
            key = crowd.key[theirs + node]
        if draw(crowd, 1000) < _CHANGED:
            key += draw(crowd, 2 * swing + 1) - swing
        crowd.child[node] = key


def generated_forwards(net: Network, bench: Bench, crowd: Crowd) -> int:
    """What the schedule weighs that the child's keys give; the best of all is kept."""
    for node in range(len(net.dates)):
        crowd.child[node] += crowd.rank[node]
    short = generate_serially(net, bench, crowd.child)
    crowd.state[GENERATED] += 1
    crowd.state[SINCE] += 1
    score = weigh(net, bench, crowd.prices)
    if short == 1:
        return crowd.worst[0]
    if score < crowd.state[BEST]:
        crowd.state[BEST] = score
        crowd.state[SINCE] = 0
        for node in range(len(net.dates)):
            crowd.best[node] = crowd.child[node] - crowd.rank[node]
        for project in range(len(bench.goal)):
            net.settings[project].horizon = bench.goal[project].finish
    return score


def generated_backwards(net: Network, bench: Bench, crowd: Crowd) -> int:
    """What a schedule would weigh that were as much earlier as this one, which ends where the best one does, could begin later."""
    generate_backwards(net, bench, crowd.child)
    crowd.state[GENERATED] += 1
    crowd.state[SINCE] += 1
    for project in range(len(bench.goal)):
        bench.goal[project].finish = FAR
    for node in range(len(net.dates)):
        if bench.place[node].movable == 1:
            goal = bench.goal[net.node[node].project]
            spare = net.dates[node].late_start - bench.place[node].first
            goal.finish = spare if spare < goal.finish else goal.finish
    score = 0
    for project in range(len(bench.goal)):
        goal = bench.goal[project]
        if goal.finish < FAR:
            after = net.settings[project].horizon - goal.finish - goal.due
            score += goal.weight * after + (goal.late * after if after > 0 else 0)
    return score


def remember(net: Network, crowd: Crowd, place: int, side: int) -> None:
    """Keep the dates that the next side goes by: the finishes of what begins early (its starts, where there is one side), the starts of what ends late."""
    nodes, both = len(net.dates), crowd.state[BOTH]
    for node in range(nodes):
        dates = net.dates[node]
        early = dates.early_finish if both == 1 else dates.early_start
        crowd.key[place * nodes + node] = early if side == 0 else dates.late_start

"""Generating a schedule from priorities, forwards and backwards, in the plain style of the passes (see `engine.early`).

Serial generation (Kelley, 1963): of the nodes whose predecessors stand, the one with the smallest key is placed at the
first instant at which everybody whom it needs is free. Parallel generation instead takes whatever can start first.
Every node gets the dates that the forward pass gives it (`date_early`), or later ones as if levelling held it up by so much: a generated schedule is therefore what `schedule` makes of the plan with these delays, whatever its
links, calendars and constraints.
"""

from triptych.engine.columns import FAR, NONE, Network
from triptych.engine.early import date_early, keep_early
from triptych.engine.hours import worked_at
from triptych.engine.late import fit_late, over_other_links, over_plain_links
from triptych.engine.nodes import node_finish, node_latest_finish, node_latest_start, node_start

from .profile import all_busy_from, all_busy_until, clear_profiles, take, take_all
from .records import MOST_PIECES, MOVEMENT, OVERLOAD, WHOLE, Bench


def enqueue(bench: Bench, size: int, key: int, node: int) -> None:
    """Put a node into the queue of `size`; nodes of one key stand in their own order."""
    at = size
    while at > 0:
        above = (at - 1) // 2
        if bench.heap_key[above] < key or (bench.heap_key[above] == key and bench.heap_node[above] < node):
            break
        bench.heap_key[at] = bench.heap_key[above]
        bench.heap_node[at] = bench.heap_node[above]
        at = above
    bench.heap_key[at] = key
    bench.heap_node[at] = node


def dequeue(bench: Bench, size: int) -> int:
    """Take the first node out of the queue of `size`, which is one shorter then."""
    found: int = bench.heap_node[0]
    size -= 1
    key, node = bench.heap_key[size], bench.heap_node[size]
    at, below = 0, 1
    while below < size:
        if below + 1 < size and comes_before(bench, below + 1, below):
            below += 1
        if bench.heap_key[below] > key or (bench.heap_key[below] == key and bench.heap_node[below] > node):
            break
        bench.heap_key[at] = bench.heap_key[below]
        bench.heap_node[at] = bench.heap_node[below]
        at = below
        below = 2 * at + 1
    bench.heap_key[at] = key
    bench.heap_node[at] = node
    return found


def comes_before(bench: Bench, one: int, other: int) -> bool:
    """Whether one place of the queue is before another."""
    if bench.heap_key[one] != bench.heap_key[other]:
        return bench.heap_key[one] < bench.heap_key[other]
    return bench.heap_node[one] < bench.heap_node[other]


def generate_serially(net: Network, bench: Bench, keys: "list[int]") -> int:
    """Date every node, the smallest key first. Returns 1 when the span of days was too short, else 0."""
    clear_profiles(bench)
    short = size = 0
    for node in range(len(net.dates)):
        bench.waiting[node] = net.node[node + 1].pred - net.node[node].pred
        if bench.waiting[node] == 0:
            enqueue(bench, size, keys[node], node)
            size += 1
    while size > 0:
        node = dequeue(bench, size)
        size -= 1
        short |= place_early(net, bench, node)
        for edge in range(net.node[node].succ, net.node[node + 1].succ):
            succ = net.succ[edge].node
            bench.waiting[succ] -= 1
            if bench.waiting[succ] == 0:
                enqueue(bench, size, keys[succ], succ)
                size += 1
    return short


def generate_in_parallel(net: Network, bench: Bench, ranks: "list[int]") -> int:
    """Date every node, always one that can start first, of several the one of the smallest rank (0 to one less than
    there are nodes). Returns 1 when the span of days was too short, else 0."""
    clear_profiles(bench)
    nodes = len(net.dates)
    short = size = 0
    for node in range(nodes):
        bench.waiting[node] = net.node[node + 1].pred - net.node[node].pred
        if bench.waiting[node] == 0:
            enqueue(bench, size, ready(net, bench, node) * nodes + ranks[node], node)
            size += 1
    while size > 0:
        expected = bench.heap_key[0] // nodes
        node = dequeue(bench, size)
        size -= 1
        now = ready(net, bench, node)
        if now > expected:  # somebody took its people since
            enqueue(bench, size, now * nodes + ranks[node], node)
            size += 1
            continue
        short |= place_early(net, bench, node)
        for edge in range(net.node[node].succ, net.node[node + 1].succ):
            succ = net.succ[edge].node
            bench.waiting[succ] -= 1
            if bench.waiting[succ] == 0:
                enqueue(bench, size, ready(net, bench, succ) * nodes + ranks[succ], succ)
                size += 1
    return short


def ready(net: Network, bench: Bench, node: int) -> int:
    """When the node can start as things stand; nodes that nobody works on come before everything."""
    here = bench.place[node]
    if here.movable == 0:
        return NONE
    date_early(net, node)
    early = net.dates[node].early_start
    start, _ = free_place(net, bench, node, early, net.dates[node].early_finish)
    return start if start < FAR else early


def place_early(net: Network, bench: Bench, node: int) -> int:
    """Date one node, and take its people; 1 when the span of days was too short."""
    short = date_early(net, node)
    here, dates = bench.place[node], net.dates[node]
    if here.movable == 0:
        if here.use < bench.place[node + 1].use or here.hold > NONE:
            settle(net, bench, node)
        return short
    start, finish = dates.early_start, dates.early_finish
    if here.pressed == 0:
        if here.least > 0 and place_in_pieces(net, bench, node) == 1:
            return short
        free, done = free_place(net, bench, node, start, finish)
        if free >= FAR:
            short = 1
        elif done > here.limit or free > here.latest:
            bench.tally[1] += 1
        elif free > start:
            start, finish = free, done
            short |= keep_early(net, node, start, finish, dates.driver)
    take_parts(net, bench, node, start, finish)
    return short


def free_place(net: Network, bench: Bench, node: int, start: int, finish: int) -> tuple[int, int]:
    """The first start from `start` on, which leads to `finish`, with everybody free to the end; FAR beyond the span."""
    minutes = net.node[node].duration
    while True:
        busy = all_busy_until(bench, node, start, finish)
        if busy <= NONE:
            return start, finish
        start = node_start(net, node, busy, minutes)
        if start >= FAR:
            return FAR, FAR
        finish = node_finish(net, node, start, minutes)
        if finish >= FAR:
            return FAR, FAR


def settle(net: Network, bench: Bench, node: int) -> None:
    """A node that levelling does not move took its people beforehand: where it starts no sooner than it is held to, and
    where its predecessors moved it, they follow."""
    here, dates = bench.place[node], net.dates[node]
    if dates.early_start < here.hold:
        start = node_start(net, node, here.hold, net.node[node].duration)
        finish = node_finish(net, node, start, net.node[node].duration)
        keep_early(net, node, start, finish, dates.driver)
    if dates.early_start == here.start and dates.early_finish == here.finish:
        return
    for each in range(here.fix, bench.place[node + 1].fix):
        taken = bench.fix[each]
        take(bench, taken.resource, -taken.units, taken.start, taken.finish)
    take_parts(net, bench, node, dates.early_start, dates.early_finish)


def take_parts(net: Network, bench: Bench, node: int, start: int, finish: int) -> None:
    """Take everybody whom a node needs for all of its time but the interruptions that it has already."""
    here, row, done = bench.place[node], net.node[node].row, 0
    if row >= 0:
        for each in range(here.cut, bench.place[node + 1].cut):
            cut = bench.cut[each]
            stop = node_finish(net, node, start, cut.after - done)
            take_all(bench, node, start, stop)
            start = node_start(net, node, node_finish(net, node, stop, cut.gap), 1)
            done = cut.after
    take_all(bench, node, start, finish)


def place_in_pieces(net: Network, bench: Bench, node: int) -> int:
    """Date a node that may be interrupted: it works whenever everybody is free for its `least` minutes, or for all that
    is left of it. 1 when that was possible, within its limit and the span of days."""
    here, dates, row = bench.place[node], net.dates[node], net.node[node].row
    left, at, first = net.node[node].duration, dates.early_start, bench.tally[0]
    while left > 0:
        done = node_finish(net, node, at, left)
        if done > here.limit or done >= FAR or bench.tally[0] == first + MOST_PIECES:
            bench.tally[0] = first
            return 0
        busy = all_busy_from(bench, node, at, done)
        minutes = left
        if busy < done:
            minutes = worked_at(net.open, row, busy) - worked_at(net.open, row, at) if busy > at else 0
        if minutes == left or (minutes >= here.least and left - minutes >= here.least):
            add_piece(bench, node, at, node_finish(net, node, at, minutes))
            left -= minutes
        if left > 0:
            at = node_start(net, node, free_again(bench, node, busy), left)
    last = bench.tally[0]
    if bench.piece[first].start > here.latest:
        bench.tally[0] = first
        return 0
    for piece in range(first, last):
        take_all(bench, node, bench.piece[piece].start, bench.piece[piece].finish)
    start, finish = bench.piece[first].start, bench.piece[last - 1].finish
    if last - first == 1:
        bench.tally[0] = first  # not interrupted
    keep_early(net, node, start, finish, dates.driver)
    return 1


def add_piece(bench: Bench, node: int, start: int, finish: int) -> None:
    """Note a stretch of a node's work."""
    here = bench.piece[bench.tally[0]]
    here.node = node
    here.start = start
    here.finish = finish
    bench.tally[0] += 1


def free_again(bench: Bench, node: int, busy: int) -> int:
    """The first instant after `busy`, when somebody is, at which everybody is free."""
    at = busy
    while True:
        until = all_busy_until(bench, node, at, at + 1)
        if until <= NONE:
            return at
        at = until


def generate_backwards(net: Network, bench: Bench, keys: "list[int]") -> None:
    """Latest dates of every node with its people free, the largest key first: the mirror of serial generation, before each project's
    `horizon`. Calendars, links and people count as they do forwards; what is not movable stays."""
    clear_profiles(bench)
    size = 0
    for node in range(len(net.dates) - 1, -1, -1):
        bench.waiting[node] = net.node[node + 1].succ - net.node[node].succ
        if bench.waiting[node] == 0:
            enqueue(bench, size, -keys[node], -node)
            size += 1
    while size > 0:
        node = -dequeue(bench, size)
        size -= 1
        place_late(net, bench, node)
        for edge in range(net.node[node].pred, net.node[node + 1].pred):
            pred = net.pred[edge].node
            bench.waiting[pred] -= 1
            if bench.waiting[pred] == 0:
                enqueue(bench, size, -keys[pred], -pred)
                size += 1


def place_late(net: Network, bench: Bench, node: int) -> None:
    """Latest dates of one node with its people free."""
    here, dates, minutes = bench.place[node], net.dates[node], net.node[node].duration
    if here.movable == 0 and here.use < bench.place[node + 1].use:
        dates.late_start, dates.late_finish = dates.early_start, dates.early_finish
        return
    finish, _, others = over_plain_links(net, node)
    start = FAR
    if others > 0:
        finish, start = over_other_links(net, node, 0, finish)
    if fit_late(net, node, start, finish) == 1 or here.use == bench.place[node + 1].use:
        return
    start, finish = dates.late_start, dates.late_finish
    while here.pressed == 0:
        busy = all_busy_from(bench, node, start, finish)
        if busy >= FAR:
            break
        finish = node_latest_finish(net, node, busy)
        start = node_latest_start(net, node, finish, minutes) if finish > NONE else NONE
        if start <= NONE:
            return
    dates.late_start, dates.late_finish = start, finish
    take_all(bench, node, start, finish)


def weigh(net: Network, bench: Bench, prices: "list[int]") -> int:
    """What a generated schedule costs: each project's finish and its lateness, the waiting of what starts later than it
    could, and by their prices every minute that a task moves from where it is today, and every minute of overload. `goal`
    gets the finishes."""
    for project in range(len(bench.goal)):
        bench.goal[project].finish = NONE
    total = 0
    for node in range(len(net.dates)):
        here, dates = bench.place[node], net.dates[node]
        goal = bench.goal[net.node[node].project]
        if dates.early_finish > goal.finish:
            goal.finish = dates.early_finish
        if here.movable == 1:
            total += here.weight * (dates.early_start - here.first)
            apart = dates.early_start - here.today
            total += prices[MOVEMENT] * (apart if apart > 0 else -apart)
    for project in range(len(bench.goal)):
        goal = bench.goal[project]
        if goal.finish > NONE:
            total += goal.weight * (goal.finish - goal.due)
            total += goal.late * (goal.finish - goal.due) if goal.finish > goal.due else 0
    if prices[OVERLOAD] > 0:
        total += prices[OVERLOAD] * overload(net, bench)
    return total


def overload(net: Network, bench: Bench) -> int:
    """Minutes of work that are asked beyond what there is, in the hours of each resource."""
    total = 0
    for resource in range(len(bench.profile)):
        here = bench.profile[resource]
        for slot in range(here.first, here.first + here.count - 1):
            over = bench.taken[slot] - here.capacity
            if over > 0:
                first, last = bench.at[slot], bench.at[slot + 1]
                total += over * (worked_at(net.open, here.row, last) - worked_at(net.open, here.row, first))
    return total // WHOLE


def measure_delays(net: Network, delay: "list[int]") -> None:
    """For every node of a generated schedule, how many minutes round the clock later it starts than what precedes it asks for."""
    for node in range(len(net.dates)):
        here = net.dates[node]
        start, finish, driver = here.early_start, here.early_finish, here.driver
        date_early(net, node)
        delay[node] = start - here.early_start
        keep_early(net, node, start, finish, driver)

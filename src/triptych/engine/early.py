"""The forward pass of the critical path method, as plain loops over records.

The source of every rule is the classic method (Kelley and Walker, 1959) with calendars on every activity: an
instant is a wall-clock minute, each node works on its own hours, and a start is spelled at the beginning of an open
interval, a finish at its end. The functions use nothing but indexing, attributes and whole numbers, so the same
source runs interpreted over lists (small plans: no compiler to wait for) and compiled over arrays; see `compiled`.

A *node* is a task without children, or one of the helper nodes of a summary that carries links, constraints or a
deadline: its *gate*, before which nothing below it starts, its *close*, at which everything below it has finished,
and its *first*, at which something below it has started. Nodes are numbered in topological order.
"""

from .columns import BY_CONSTRAINT, BY_PROJECT_START, FAR, FF, FS, NONE, SS, Network
from .hours import at_start, lagged, work_from, work_until
from .nodes import (
    first_instant,
    node_finish,
    node_latest_finish,
    node_latest_start,
    node_start,
    start_to_finish_at,
)


def forward(net: Network) -> int:
    """Earliest dates of every node. Returns 1 when the span of days was too short, else 0."""
    short = 0
    for node in range(len(net.dates)):
        short |= date_early(net, node)
    return short


def date_early(net: Network, node: int) -> int:
    """Earliest dates of one node, all that precedes it being dated; 1 when the span of days was too short."""
    if net.node[node].special >= 0:
        return date_special(net, node)
    project = net.settings[net.node[node].project]
    at, reason, finish_at, finish_reason = asked(net, node, project.floor, project.reason, NONE)
    start, finish, worked, reason = placed(net, node, at, reason, finish_at, finish_reason)
    net.dates[node].worked = worked
    return keep_early(net, node, start, finish, reason)


def placed(
    net: Network, node: int, at: int, reason: int, finish_at: int, finish_reason: int
) -> tuple[int, int, int, int]:
    """Start and finish of the node that is not before `at` nor finishes before `finish_at`, its row's working minutes
    up to the finish (where one row dates it), and what decides."""
    here = net.node[node]
    if here.row < 0 or here.duration == 0 or at <= NONE:
        start, reason = started_by(net, node, here.duration, at, reason, finish_at, finish_reason)
        return start, node_finish(net, node, start, here.duration) if start < FAR else FAR, 0, reason
    start, finish, worked = work_from(net.open, here.row, at, here.duration)  # as most are
    if finish_at > NONE and start < FAR:
        needed, done, by_then = work_until(net.open, here.row, finish_at, here.duration)
        if needed > start:
            return needed, done, by_then, finish_reason
    return start, finish, worked, reason


def keep_early(net: Network, node: int, start: int, finish: int, reason: int) -> int:
    """Write the dates down; 1 when they lie beyond the span of days."""
    here = net.dates[node]
    short = 0
    if start >= FAR or start <= NONE:
        short = 1
        start = first_instant(net)
    if finish >= FAR or finish <= NONE:
        short = 1
        finish = start
    here.early_start = start
    here.early_finish = finish
    here.driver = reason
    return short


def asked(
    net: Network, node: int, floor: int, floor_reason: int, finish_at: int
) -> tuple[int, int, int, int]:
    """What the floor and the predecessors ask: no start before this and no finish before that, and why. A lead that
    reaches back before the span makes the start NONE."""
    here = net.node[node]
    at, reason, finish_reason = NONE, floor_reason, BY_CONSTRAINT
    led = 0
    end = net.node[node + 1].pred
    for edge in range(here.pred, end):
        kind, lag = net.pred[edge].how & 3, net.pred[edge].how >> 3
        pred = net.dates[net.pred[edge].node]
        found = pred.early_finish if kind == FS or kind == FF else pred.early_start
        if lag > 0:
            found = lagged(net.open, net.lag[lag].row, found, net.lag[lag].minutes)
        if kind == FS or kind == SS:
            led = 1
            if found > at:
                at, reason = found, edge
        elif found > finish_at:
            finish_at, finish_reason = found, edge
    if led == 1 and floor_reason == BY_PROJECT_START and net.settings[here.project].frees_linked == 1:
        floor = NONE
    if floor >= at:
        at, reason = floor, floor_reason
    if here.pred < end and at < first_instant(net):
        at = NONE
    return at, reason, finish_at, finish_reason


def started_by(
    net: Network, node: int, minutes: int, at: int, reason: int, finish_at: int, finish_reason: int
) -> tuple[int, int]:
    """The start of `minutes` of the node that is not before `at` nor finishes before `finish_at`, and why."""
    if at <= NONE:
        return NONE, reason
    start = node_start(net, node, at, minutes)
    if finish_at > NONE and start < FAR:
        needed = start_to_finish_at(net, node, finish_at, minutes)
        if needed > start:
            return needed, finish_reason
    return start, reason


def date_special(net: Network, node: int) -> int:
    """Earliest dates of a node with bounds of its own."""
    here = net.bounds[net.node[node].special]
    minutes = net.node[node].duration
    if here.earliest == 1 or here.closing == 1:
        return date_end_of_summary(net, node)
    if here.fixed_start > NONE:
        return date_fact(net, node)
    at, reason, finish_at, finish_reason = asked(net, node, here.floor, here.floor_reason, here.finish_floor)
    start, finish, _, reason = placed(net, node, at, reason, finish_at, finish_reason)
    if start <= NONE or start >= FAR:
        return keep_early(net, node, start, start, reason)
    opening = here.opening == 1 and minutes == 0
    if opening or here.delay > 0:
        start = node_start(net, node, start + here.delay, minutes)
        start = at_start(net.open, net.node[node].gauge, start) if opening else start
        finish = node_finish(net, node, start, minutes)
    here.wanted = start
    if here.capped == 0:
        return keep_early(net, node, start, finish, reason)
    if here.pinned_finish > NONE:
        finish = node_latest_finish(net, node, here.pinned_finish)
        return keep_early(net, node, node_latest_start(net, node, finish, minutes), finish, BY_CONSTRAINT)
    if here.pinned_start > NONE:
        start, reason = node_start(net, node, here.pinned_start, minutes), BY_CONSTRAINT
    elif NONE < here.start_cap < start:
        start, reason = node_start(net, node, here.start_cap, minutes), BY_CONSTRAINT
    if here.finish_cap > NONE:
        finish = node_latest_finish(net, node, here.finish_cap)
        capped = node_latest_start(net, node, finish, minutes)
        if start > capped:
            start, reason = capped, BY_CONSTRAINT
    return keep_early(net, node, start, node_finish(net, node, start, minutes), reason)


def date_end_of_summary(net: Network, node: int) -> int:
    """A summary's helper for links from its start or its finish: the earliest start or the last finish below it,
    whatever the project's start."""
    first = net.bounds[net.node[node].special].earliest == 1
    best, reason = NONE, BY_PROJECT_START
    for edge in range(net.node[node].pred, net.node[node + 1].pred):
        below = net.dates[net.pred[edge].node]
        found = below.early_start if first else below.early_finish
        if best == NONE or (found < best if first else found > best):
            best, reason = found, edge
    return keep_early(net, node, best, best, reason)


def date_fact(net: Network, node: int) -> int:
    """Dates of a node whose start is a fact: its finish is one too, or what remains is done from where work
    resumes, after its predecessors where the project retains their logic."""
    here = net.bounds[net.node[node].special]
    start, finish, reason = here.fixed_start, here.fixed_finish, here.fixed_reason
    if here.retained == 1:
        floor = resuming_at(net, node)
        at, why, finish_at, finish_why = asked(net, node, floor, reason, NONE)
        again, why = started_by(net, node, here.remaining, at, why, finish_at, finish_why)
        if here.complete == 0:
            finish = node_finish(net, node, again, here.remaining)
            restarts = net.settings[net.node[node].project].restarts
            return keep_early(net, node, again if restarts == 1 else start, finish, why)
        if finish <= NONE:
            finish = node_finish(net, node, start, net.node[node].duration)
        if why >= 0 and finish < again < FAR:
            finish = again  # what precedes it is open still, and what follows it waits for that
    elif finish <= NONE:
        if here.resume > start:
            again = node_start(net, node, here.resume, here.remaining)
            finish = node_finish(net, node, again, here.remaining)
            start = again if net.settings[net.node[node].project].restarts == 1 else start
        else:
            minutes = here.remaining if here.resume > NONE else net.node[node].duration
            finish = node_finish(net, node, start, minutes)
    return keep_early(net, node, start, finish if finish > NONE else start, reason)


def resuming_at(net: Network, node: int) -> int:
    """Where the rest of running work goes on: where that is said, else when what is done of it was done."""
    here = net.bounds[net.node[node].special]
    if here.resume > NONE:
        return here.resume if here.resume > here.fixed_start else here.fixed_start
    return node_finish(net, node, here.fixed_start, net.node[node].duration - here.remaining)


def mark_driving(net: Network, marks: "list[int]") -> None:
    """Mark every edge (by successor) that holds its successor where it is: no working minute lies between what it
    asks and what the successor got. Facts and pins are held by nothing else."""
    for node in range(len(net.dates)):
        special, driver = net.node[node].special, net.dates[node].driver
        if driver >= 0:
            marks[driver] = 1
        if special >= 0 and (net.bounds[special].fixed_start > NONE or driver == BY_CONSTRAINT):
            continue
        for edge in range(net.node[node].pred, net.node[node + 1].pred):
            if holds(net, node, edge) == 1:
                marks[edge] = 1


def holds(net: Network, node: int, edge: int) -> int:
    """1 for an edge whose successor starts (or finishes) at the very instant that the edge asks for."""
    pred, kind = net.pred[edge].node, net.pred[edge].how & 3
    lag = net.pred[edge].how >> 3
    found = net.dates[pred].early_finish if kind == FS or kind == FF else net.dates[pred].early_start
    if lag > 0:
        found = lagged(net.open, net.lag[lag].row, found, net.lag[lag].minutes)
    if found <= NONE or found >= FAR:
        return 0
    minutes = net.node[node].duration
    if kind == FS or kind == SS:
        return 1 if node_start(net, node, found, minutes) == net.dates[node].early_start else 0
    return 1 if start_to_finish_at(net, node, found, minutes) == net.dates[node].early_start else 0

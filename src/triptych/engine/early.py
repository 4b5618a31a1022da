"""The forward pass of the critical path method, as plain loops over columns.

The source of every rule is the classic method (Kelley and Walker, 1959) with calendars on every activity: an
instant is a wall-clock minute, each node works on its own hours, and a start is spelled at the beginning of an open
interval, a finish at its end. The functions use nothing but indexing and whole numbers, so the same source runs
interpreted over lists (small plans: no compiler to wait for) and compiled over arrays; see `compiled`.

A *node* is a task without children, or one of the helper nodes of a summary that carries links, constraints or a
deadline: its *gate*, before which nothing below it starts, its *close*, at which everything below it has finished,
and its *first*, at which something below it has started. Nodes are numbered in topological order.
"""

from typing import Any

from .columns import BY_CONSTRAINT, BY_PROJECT_START, FAR, FF, FS, NONE, SS, Network
from .hours import lagged
from .nodes import (
    first_instant,
    node_finish,
    node_latest_finish,
    node_latest_start,
    node_start,
    start_to_finish_at,
)


def forward(net: Network, early_start: Any, early_finish: Any, driver: Any) -> int:
    """Earliest dates of every node. `driver` gets the edge that holds its start, or a BY_… reason. Returns 1 when
    the span of days was too short, else 0."""
    short = 0
    for node in range(len(net.duration)):
        short |= date_early(net, node, early_start, early_finish, driver)
    return short


def date_early(net: Network, node: int, early_start: Any, early_finish: Any, driver: Any) -> int:
    """Earliest dates of one node, all that precedes it being dated; 1 when the span of days was too short."""
    special, project, minutes = net.special[node], net.project[node], net.duration[node]
    floor, floor_reason, finish_at = net.settings.floor[project], net.settings.reason[project], NONE
    if special >= 0:
        if net.bounds.earliest[special] == 1:
            return date_first(net, node, early_start, early_finish, driver)
        if net.bounds.fixed_start[special] > NONE:
            return date_fact(net, node, special, early_start, early_finish, driver)
        floor, floor_reason = net.bounds.floor[special], net.bounds.floor_reason[special]
        finish_at = net.bounds.finish_floor[special]
    start, reason = logical_start(
        net, node, minutes, floor, floor_reason, finish_at, early_start, early_finish
    )
    finish = NONE
    if special >= 0:
        start, finish, reason = bounded(net, node, special, start, reason)
    short = 0
    if start >= FAR or start <= NONE:
        short = 1
        start = floor if floor > NONE else first_instant(net)
    if finish <= NONE:
        finish = node_finish(net, node, start, minutes)
    if finish >= FAR:
        short = 1
        finish = start
    early_start[node], early_finish[node], driver[node] = start, finish, reason
    return short


def logical_start(
    net: Network,
    node: int,
    minutes: int,
    floor: int,
    floor_reason: int,
    finish_at: int,
    early_start: Any,
    early_finish: Any,
) -> tuple[int, int]:
    """The start that the floor and the predecessors allow to `minutes` of the node, and what decides it."""
    at, reason, finish_reason = NONE, floor_reason, BY_CONSTRAINT
    led = 0
    first, last = net.pred_ptr[node], net.pred_ptr[node + 1]
    for edge in range(first, last):
        how = net.pred_how[edge]
        kind, lag = how & 3, how >> 2
        pred = net.pred_node[edge]
        found = early_finish[pred] if kind in (FS, FF) else early_start[pred]
        if lag > 0:
            found = lagged(net.open, net.lag_row[lag], found, net.lag[lag])
        if kind in (FS, SS):
            led = 1
            if found > at:
                at, reason = found, edge
        elif found > finish_at:
            finish_at, finish_reason = found, edge
    if led == 1 and floor_reason == BY_PROJECT_START and net.settings.frees_linked[net.project[node]] == 1:
        floor = NONE
    if floor >= at:
        at, reason = floor, floor_reason
    if at < first_instant(net) and first < last:
        return NONE, reason  # a lead reaches back before the span
    start = node_start(net, node, at, minutes)
    if finish_at > NONE and start < FAR:
        needed = start_to_finish_at(net, node, finish_at, minutes)
        if needed > start:
            start, reason = needed, finish_reason
    return start, reason


def bounded(net: Network, node: int, special: int, start: int, reason: int) -> tuple[int, int, int]:
    """What a node's own bounds make of its logical start: the start, the finish where a bound sets it (else NONE),
    and what decides."""
    bounds, minutes = net.bounds, net.duration[node]
    if bounds.delay[special] > 0:
        start = node_start(net, node, start + bounds.delay[special], minutes)
    bounds.wanted[special] = start
    if bounds.pinned_start[special] > NONE:
        return node_start(net, node, bounds.pinned_start[special], minutes), NONE, BY_CONSTRAINT
    if bounds.pinned_finish[special] > NONE:
        finish = node_latest_finish(net, node, bounds.pinned_finish[special])
        return node_latest_start(net, node, finish, minutes), finish, BY_CONSTRAINT
    if bounds.start_cap[special] > NONE and start > bounds.start_cap[special]:
        start, reason = node_start(net, node, bounds.start_cap[special], minutes), BY_CONSTRAINT
    if bounds.finish_cap[special] > NONE:
        finish = node_latest_finish(net, node, bounds.finish_cap[special])
        capped = node_latest_start(net, node, finish, minutes)
        if start > capped:
            start, reason = capped, BY_CONSTRAINT
    return start, NONE, reason


def date_fact(net: Network, node: int, special: int, early_start: Any, early_finish: Any, driver: Any) -> int:
    """Dates of a node whose start is a fact: its finish is one too, or what remains is done from where work
    resumes, after its predecessors where the project retains their logic."""
    bounds = net.bounds
    start, finish, reason = (
        bounds.fixed_start[special],
        bounds.fixed_finish[special],
        bounds.fixed_reason[special],
    )
    remaining = bounds.remaining[special]
    short = 0
    if bounds.retained[special] == 1:
        floor = resuming_at(net, node, special, start)
        again, why = logical_start(
            net, node, remaining, floor, reason, NONE, early_start, early_finish
        )  # fmt: skip
        if bounds.complete[special] == 1:
            finish = again if why >= 0 and again > finish else finish
        elif again < FAR:
            finish = node_finish(net, node, again, remaining)
            reason = why
        else:
            short = 1
    elif finish <= NONE:
        if bounds.resume[special] > start:
            again = node_start(net, node, bounds.resume[special], remaining)
            finish = node_finish(net, node, again, remaining)
        elif bounds.resume[special] > NONE:
            finish = node_finish(net, node, start, remaining)
        else:
            finish = node_finish(net, node, start, net.duration[node])
    if finish >= FAR or finish <= NONE:
        short = 1
        finish = start
    early_start[node], early_finish[node], driver[node] = start, finish, reason
    return short


def resuming_at(net: Network, node: int, special: int, start: int) -> int:
    """Where the rest of running work goes on: where that is said, else when what is done of it was done."""
    resume = net.bounds.resume[special]
    if resume > NONE:
        return resume if resume > start else start
    return node_finish(net, node, start, net.duration[node] - net.bounds.remaining[special])


def date_first(net: Network, node: int, early_start: Any, early_finish: Any, driver: Any) -> int:
    """A summary's helper for links from its start: the earliest start below it."""
    least, reason = FAR, BY_PROJECT_START
    for edge in range(net.pred_ptr[node], net.pred_ptr[node + 1]):
        found = early_start[net.pred_node[edge]]
        if found < least:
            least, reason = found, edge
    if least == FAR:  # nothing below it is active
        least = net.settings.floor[net.project[node]]
    early_start[node], early_finish[node], driver[node] = least, least, reason
    return 0


def mark_driving(net: Network, early_start: Any, early_finish: Any, driver: Any, marks: Any) -> None:
    """Mark every edge (by successor) that holds its successor where it is: no working minute lies between what it
    asks and what the successor got. Facts and pins are held by nothing else."""
    for node in range(len(net.duration)):
        special = net.special[node]
        if special >= 0 and (net.bounds.fixed_start[special] > NONE or driver[node] == BY_CONSTRAINT):
            if driver[node] >= 0:
                marks[driver[node]] = 1
            continue
        for edge in range(net.pred_ptr[node], net.pred_ptr[node + 1]):
            marks[edge] = holds(net, node, edge, early_start, early_finish)
        if driver[node] >= 0:
            marks[driver[node]] = 1


def holds(net: Network, node: int, edge: int, early_start: Any, early_finish: Any) -> int:
    """1 for an edge whose successor starts (or finishes) at the very instant that the edge asks for."""
    how = net.pred_how[edge]
    kind, lag = how & 3, how >> 2
    pred = net.pred_node[edge]
    found = early_finish[pred] if kind in (FS, FF) else early_start[pred]
    if lag > 0:
        found = lagged(net.open, net.lag_row[lag], found, net.lag[lag])
    if found <= NONE or found >= FAR:
        return 0
    if kind in (FS, SS):
        return 1 if node_start(net, node, found, net.duration[node]) == early_start[node] else 0
    return 1 if start_to_finish_at(net, node, found, net.duration[node]) == early_start[node] else 0

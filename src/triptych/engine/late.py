"""The backward pass: the latest dates that successors, deadlines and constraints allow. See `early` for the style."""

from typing import Any

from .columns import FAR, FF, FS, NONE, SS, Network
from .hours import unlagged
from .nodes import node_finish, node_latest_finish, node_latest_start, node_start


def backward(
    net: Network, early_start: Any, early_finish: Any, horizon: Any, late_start: Any, late_finish: Any
) -> int:
    """Latest dates of every node; `horizon` is the late finish of each project's open ends. Returns 1 when the
    span of days was too short, else 0."""
    short = 0
    for node in range(len(net.duration) - 1, -1, -1):
        short |= date_late(net, node, early_start, early_finish, horizon, late_start, late_finish)
    return short


def date_late(
    net: Network,
    node: int,
    early_start: Any,
    early_finish: Any,
    horizon: Any,
    late_start: Any,
    late_finish: Any,
) -> int:
    """Latest dates of one node, all that follows it being dated; 1 when the span of days was too short."""
    special, minutes = net.special[node], net.duration[node]
    started = 0
    if special >= 0:
        if net.bounds.complete[special] == 1:
            late_start[node], late_finish[node] = early_start[node], early_finish[node]
            return 0
        started = net.bounds.started[special]
    finish, start = allowed_late(
        net, node, started, horizon, late_start, late_finish, early_start, early_finish
    )
    if special >= 0:
        finish, start = bounded_late(net, node, special, finish, start)
    finish = node_latest_finish(net, node, finish)
    found = node_latest_start(net, node, finish, minutes)
    if start < found:
        found = node_start(net, node, start, minutes) if minutes > 0 else start
        finish = node_finish(net, node, found, minutes)
    short = 0
    if found <= NONE or finish <= NONE or finish >= FAR:
        short = 1
        found, finish = early_start[node], early_finish[node]
    # A start that has happened is as late as it is early.
    late_start[node] = early_start[node] if started == 1 else found
    late_finish[node] = finish
    return short


def allowed_late(
    net: Network,
    node: int,
    started: int,
    horizon: Any,
    late_start: Any,
    late_finish: Any,
    early_start: Any,
    early_finish: Any,
) -> tuple[int, int]:
    """The latest finish and the latest start that successors and the project's end allow."""
    project = net.project[node]
    finish, start = horizon[project], FAR
    first, last = net.succ_ptr[node], net.succ_ptr[node + 1]
    if first == last and net.settings.open_ends[project] == 1:
        finish = early_finish[node]
    for edge in range(first, last):
        how = net.succ_how[edge]
        kind, lag = how & 3, how >> 2
        succ = net.succ_node[edge]
        special = net.special[succ]
        if special >= 0 and asks_nothing(net, special) == 1:
            continue
        if kind in (FS, SS):
            allowed = late_start[succ]
            if special >= 0 and net.bounds.started[special] == 1:
                allowed = resuming_start(net, succ, special, late_finish, early_start)
        else:  # nobody works between a shift's end and the next one's start: the later spelling allows as much
            allowed = node_start(net, succ, late_finish[succ], net.duration[succ])
        if lag > 0:
            allowed = unlagged(net.open, net.lag_row[lag], allowed, net.lag[lag])
        if kind in (FS, FF):
            finish = allowed if allowed < finish else finish
        elif started == 0:
            start = allowed if allowed < start else start
    return finish, start


def asks_nothing(net: Network, special: int) -> int:
    """1 for a successor that binds its predecessors no more."""
    if net.bounds.complete[special] == 1:
        return 1
    return net.bounds.unbinding[special] if net.bounds.started[special] == 1 else 0


def resuming_start(net: Network, succ: int, special: int, late_finish: Any, early_start: Any) -> int:
    """The start with which a successor that has started binds its predecessors: where its work goes on."""
    bounds = net.bounds
    if net.duration[succ] == 0:
        return late_finish[succ]
    if bounds.retained[special] == 1:
        return node_latest_start(net, succ, late_finish[succ], bounds.remaining[special])
    if bounds.resume[special] > NONE:
        return bounds.resume[special]
    return node_finish(net, succ, early_start[succ], net.duration[succ] - bounds.remaining[special])


def bounded_late(net: Network, node: int, special: int, finish: int, start: int) -> tuple[int, int]:
    """What a node's deadline and constraints make of its latest finish and start."""
    bounds = net.bounds
    if NONE < bounds.late_finish_cap[special] < finish:
        finish = bounds.late_finish_cap[special]
    if NONE < bounds.late_start_cap[special] < start:
        start = bounds.late_start_cap[special]
    if bounds.pinned_start[special] > NONE:
        start = bounds.pinned_start[special]
        finish = node_finish(net, node, start, net.duration[node])
    if bounds.pinned_finish[special] > NONE:
        finish = bounds.pinned_finish[special]
    return finish, start


def as_late_as_no_one_minds(net: Network, start: Any, finish: Any, horizon: Any) -> None:
    """Move every node that is to be late without moving a successor (P6's reading) towards its successors; `start`
    and `finish` are changed in place, last node first."""
    for node in range(len(net.duration) - 1, -1, -1):
        special = net.special[node]
        if special < 0 or net.bounds.as_late[special] != 2 or net.bounds.started[special] == 1:
            continue
        latest, begin = allowed_late(net, node, 0, horizon, start, finish, start, finish)
        latest, begin = bounded_late(net, node, special, latest, begin)
        latest = node_latest_finish(net, node, latest)
        found = node_latest_start(net, node, latest, net.duration[node])
        found = begin if begin < found else found
        if start[node] < found < FAR:
            start[node] = node_start(net, node, found, net.duration[node])
            finish[node] = node_finish(net, node, start[node], net.duration[node])

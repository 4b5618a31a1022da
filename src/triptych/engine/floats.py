"""Total and free float of nodes, in working minutes. See `early` for the style."""

from typing import Any

from .columns import FAR, FF, FS, NONE, OF_FINISH, OF_START, SS, Network
from .hours import lagged, slack_on
from .nodes import gauge


def floats(
    net: Network,
    early_start: Any,
    early_finish: Any,
    late_start: Any,
    late_finish: Any,
    horizon: Any,
    total: Any,
    free: Any,
) -> None:
    """Total and free float of every node, in working minutes of its gauge."""
    for node in range(len(net.duration)):
        total[node] = total_float(net, node, early_start, early_finish, late_start, late_finish)
        free[node] = free_float(net, node, early_start, early_finish, horizon, total[node])


def total_float(
    net: Network, node: int, early_start: Any, early_finish: Any, late_start: Any, late_finish: Any
) -> int:
    """The float of the start, of the finish, or the smaller one, as the project says; of the finish alone once
    started, none when complete."""
    row, special, basis = net.row[node], net.special[node], net.settings.basis[net.project[node]]
    if row >= 0 and special < 0 and net.duration[node] > 0:  # the same hours lie between both pairs of dates
        return slack_on(net.open, row, early_finish[node], late_finish[node])
    row = gauge(net, node)
    if special >= 0:
        if net.bounds.complete[special] == 1:
            return 0
        if net.bounds.started[special] == 1:
            basis = OF_FINISH
    by_finish = slack_on(net.open, row, early_finish[node], late_finish[node])
    by_start = slack_on(net.open, row, early_start[node], late_start[node])
    if special >= 0:
        pinned = net.bounds.pinned_start[special] > NONE or net.bounds.pinned_finish[special] > NONE
        if pinned and net.bounds.wanted[special] > early_start[node]:
            return -slack_on(net.open, row, early_start[node], net.bounds.wanted[special])
    if basis == OF_FINISH or (basis != OF_START and by_finish < by_start):
        return by_finish
    return by_start


def free_float(net: Network, node: int, early_start: Any, early_finish: Any, horizon: Any, total: int) -> int:
    """How far the node may slip before any successor's early date moves: at most its float to the project's end."""
    row, special = gauge(net, node), net.special[node]
    if special >= 0 and net.bounds.complete[special] == 1:
        return 0
    least = FAR
    for edge in range(net.succ_ptr[node], net.succ_ptr[node + 1]):
        how = net.succ_how[edge]
        kind, lag = how & 3, how >> 2
        succ = net.succ_node[edge]
        special = net.special[succ]
        if special >= 0 and net.bounds.complete[special] == 1:
            continue
        reached = early_finish[node] if kind in (FS, FF) else early_start[node]
        target = early_start[succ] if kind in (FS, SS) else early_finish[succ]
        if reached == target and lag == 0:
            return 0
        measure = row
        if lag > 0:
            reached = lagged(net.open, net.lag_row[lag], reached, net.lag[lag])
            measure = gauge(net, succ)
        gap = slack_on(net.open, measure, reached, target)
        if gap <= 0:
            return 0
        least = gap if gap < least else least
    if least == FAR:
        least = slack_on(net.open, row, early_finish[node], horizon[net.project[node]])
        return total if total < least else least
    return least

"""The passes of the critical path method, as plain loops over columns.

The source of every rule is the classic method (Kelley and Walker, 1959) with calendars on every activity: an
instant is a wall-clock minute, each node works on its own hours, and a start is spelled at the beginning of an open
interval, a finish at its end. The functions use nothing but indexing and whole numbers, so the same source runs
interpreted over lists (small plans: no compiler to wait for) and compiled over arrays; see `compiled`.

Nodes are numbered in topological order. A *node* is a task without children, or one of the two helper nodes of a
summary that carries links, constraints or a deadline: its *gate*, before which nothing below it starts, and its
*close*, at which everything below it has finished.
"""

from typing import Any

from .columns import BY_CONSTRAINT, FAR, FF, FS, NONE, SS, Network, OpenHours


def first_closing_after(closes: Any, low: int, high: int, at: int) -> int:
    """The first interval in low..high that closes after `at`; `high` if none does."""
    while low < high:
        middle = (low + high) // 2
        if closes[middle] > at:
            high = middle
        else:
            low = middle + 1
    return low


def first_reaching(before: Any, low: int, high: int, worked: int) -> int:
    """The first interval in low..high with more than `worked` minutes before it; `high` if none has."""
    while low < high:
        middle = (low + high) // 2
        if before[middle] > worked:
            high = middle
        else:
            low = middle + 1
    return low


def worked_at(hours: OpenHours, row: int, at: int) -> int:
    """Working minutes on that row from the beginning of the span to `at`."""
    low, high = hours.ptr[row], hours.ptr[row + 1]
    found = first_closing_after(hours.closes, low, high, at)
    if found == high:
        return hours.before[high - 1] + hours.closes[high - 1] - hours.opens[high - 1]
    into = at - hours.opens[found]
    return hours.before[found] + (into if into > 0 else 0)


def at_start(hours: OpenHours, row: int, at: int) -> int:
    """The first instant from `at` on at which work can start; FAR beyond the span."""
    low, high = hours.ptr[row], hours.ptr[row + 1]
    found = first_closing_after(hours.closes, low, high, at)
    if found == high:
        return FAR
    return at if at > hours.opens[found] else hours.opens[found]


def at_finish(hours: OpenHours, row: int, at: int) -> int:
    """The last instant up to `at` at which work can finish; NONE before the span."""
    low, high = hours.ptr[row], hours.ptr[row + 1]
    found = first_closing_after(hours.closes, low, high, at - 1)
    if found < high and hours.opens[found] < at:
        return at
    return NONE if found == low else hours.closes[found - 1]


def after_work(hours: OpenHours, row: int, at: int, minutes: int) -> int:
    """The instant at which `minutes` > 0 of work begun at `at` are done, at a shift's end; FAR beyond the span."""
    low, high = hours.ptr[row], hours.ptr[row + 1]
    target = worked_at(hours, row, at) + minutes
    found = first_reaching(hours.before, low, high, target - 1) - 1
    into = target - hours.before[found]
    if into > hours.closes[found] - hours.opens[found]:
        return FAR
    return hours.opens[found] + into


def before_work(hours: OpenHours, row: int, at: int, minutes: int) -> int:
    """The instant at which `minutes` > 0 of work must begin to be done by `at`, at a shift's start; NONE before
    the span."""
    low, high = hours.ptr[row], hours.ptr[row + 1]
    target = worked_at(hours, row, at) - minutes
    if target < 0:
        return NONE
    found = first_reaching(hours.before, low, high, target) - 1
    return hours.opens[found] + target - hours.before[found]


def node_start(net: Network, node: int, at: int) -> int:
    """When the node can start if logic lets it at `at`: with the first of its people who can."""
    if net.raw[node]:
        row = net.hours[net.hours_ptr[node]]
        return at if at_finish(net.open, row, at) == at else at_start(net.open, row, at)
    best = FAR
    for slot in range(net.hours_ptr[node], net.hours_ptr[node + 1]):
        found = at_start(net.open, net.hours[slot], at)
        best = found if found < best else best
    return best


def node_finish(net: Network, node: int, start: int, minutes: int) -> int:
    """When `minutes` of the node are done from `start`: with the last of its people."""
    if minutes <= 0:
        return start
    best = NONE
    for slot in range(net.hours_ptr[node], net.hours_ptr[node + 1]):
        found = after_work(net.open, net.hours[slot], start, minutes)
        best = found if found > best else best
    return best


def node_latest_start(net: Network, node: int, finish: int, minutes: int) -> int:
    """When `minutes` of the node must start to be done by `finish`."""
    if minutes <= 0:
        return finish
    best = FAR
    for slot in range(net.hours_ptr[node], net.hours_ptr[node + 1]):
        found = before_work(net.open, net.hours[slot], finish, minutes)
        best = found if found < best else best
    return best


def start_to_finish_at(net: Network, node: int, finish: int) -> int:
    """The start with which the node is not finished before `finish`: that of the last of its people."""
    minutes = net.duration[node]
    if minutes <= 0:
        return finish
    best = NONE
    for slot in range(net.hours_ptr[node], net.hours_ptr[node + 1]):
        found = before_work(net.open, net.hours[slot], finish, minutes)
        best = found if found > best else best
    return best


def node_latest_finish(net: Network, node: int, at: int) -> int:
    """`at` spelled as a finish."""
    if net.raw[node] or net.duration[node] == 0:
        return at
    best = NONE
    for slot in range(net.hours_ptr[node], net.hours_ptr[node + 1]):
        found = at_finish(net.open, net.hours[slot], at)
        best = found if found > best else best
    return best


def lagged(hours: OpenHours, row: int, at: int, lag: int) -> int:
    """`at` and then `lag` working minutes of that row (before it, for a lead); row -1 counts round the clock."""
    if lag == 0 or at <= NONE or at >= FAR:
        return at
    if row < 0:
        return at + lag
    return after_work(hours, row, at, lag) if lag > 0 else before_work(hours, row, at, -lag)


def unlagged(hours: OpenHours, row: int, at: int, lag: int) -> int:
    """The latest instant whose lagged one is `at`: at the next shift's start rather than at a shift's end."""
    found = lagged(hours, row, at, -lag)
    if lag >= 0 or row < 0 or found >= FAR:
        return found
    later = at_start(hours, row, found)
    return later if later < FAR else found


def slack_on(hours: OpenHours, row: int, early: int, late: int) -> int:
    """Working minutes of that row from `early` to `late`; negative when late comes first."""
    return worked_at(hours, row, late) - worked_at(hours, row, early)


def first_instant(net: Network) -> int:
    """The beginning of the span, on the row of hours that never close."""
    return net.open.opens[net.open.ptr[0]]


def forward(net: Network, early_start: Any, early_finish: Any, driver: Any, wanted: Any) -> int:
    """Earliest dates of every node. `driver` gets the edge that holds its start, or a BY_… reason; `wanted` the
    start that logic alone would give. Returns 1 when the span of days was too short, else 0."""
    short = 0
    for node in range(len(net.duration)):
        start, reason = logical_start(net, node, early_start, early_finish)
        wanted[node] = start
        finish = NONE
        if net.fixed_start[node] > NONE:
            start, reason = net.fixed_start[node], net.fixed_reason[node]
            finish = finish_of_fact(net, node, start)
        elif net.pinned_start[node] > NONE:
            start, reason = node_start(net, node, net.pinned_start[node]), BY_CONSTRAINT
        elif net.pinned_finish[node] > NONE:
            finish, reason = node_latest_finish(net, node, net.pinned_finish[node]), BY_CONSTRAINT
            start = node_latest_start(net, node, finish, net.duration[node])
        else:
            start, reason = capped_start(net, node, start, reason)
        if start >= FAR or start <= NONE:
            short = 1
            start = net.floor[node] if net.floor[node] > NONE else first_instant(net)
        if finish <= NONE:
            finish = node_finish(net, node, start, net.duration[node])
        if finish >= FAR:
            short = 1
            finish = start
        early_start[node], early_finish[node], driver[node] = start, finish, reason
    return short


def logical_start(net: Network, node: int, early_start: Any, early_finish: Any) -> tuple[int, int]:
    """The start that the floor and the predecessors allow, and what decides it."""
    at, reason = net.floor[node], net.floor_reason[node]
    finish_at, finish_reason = net.finish_floor[node], BY_CONSTRAINT
    least = FAR
    for edge in range(net.pred_ptr[node], net.pred_ptr[node + 1]):
        pred, kind = net.pred_node[edge], net.kind[edge]
        anchor = early_finish[pred] if kind in (FS, FF) else early_start[pred]
        found = lagged(net.open, net.lag_hours[edge], anchor, net.lag[edge])
        if net.earliest[node]:
            if found < least:
                least, reason = found, edge
        elif kind in (FS, SS):
            if found > at:
                at, reason = found, edge
        elif found > finish_at:
            finish_at, finish_reason = found, edge
    if net.earliest[node] and least < FAR:
        return least, reason
    if at < first_instant(net) and net.pred_ptr[node] < net.pred_ptr[node + 1]:
        return NONE, reason  # a lead reaches back before the span
    start = node_start(net, node, at)
    if finish_at > NONE and start < FAR:
        needed = start_to_finish_at(net, node, finish_at)
        if needed > start:
            start, reason = needed, finish_reason
    if net.delay[node] > 0:
        start = node_start(net, node, start + net.delay[node])
    return start, reason


def capped_start(net: Network, node: int, start: int, reason: int) -> tuple[int, int]:
    """The start after "no later than" constraints that are honoured against logic."""
    if net.start_cap[node] > NONE and start > net.start_cap[node]:
        start, reason = node_start(net, node, net.start_cap[node]), BY_CONSTRAINT
    if net.finish_cap[node] > NONE:
        finish = node_latest_finish(net, node, net.finish_cap[node])
        latest = node_latest_start(net, node, finish, net.duration[node])
        if start > latest:
            start, reason = latest, BY_CONSTRAINT
    return start, reason


def finish_of_fact(net: Network, node: int, start: int) -> int:
    """The finish of a node whose start is a fact: a fact too, or what remains from where work resumes."""
    if net.fixed_finish[node] > NONE:
        return net.fixed_finish[node]
    if net.resume[node] > NONE:
        again = node_start(net, node, net.resume[node])
        return node_finish(net, node, again if net.resume[node] > start else start, net.remaining[node])
    return node_finish(net, node, start, net.duration[node])


def backward(
    net: Network, early_start: Any, early_finish: Any, horizon: Any, late_start: Any, late_finish: Any
) -> int:
    """Latest dates of every node; `horizon` is the late finish of each project's open ends. Returns 1 when the
    span of days was too short, else 0."""
    short = 0
    for node in range(len(net.duration) - 1, -1, -1):
        if net.complete[node]:
            late_start[node], late_finish[node] = early_start[node], early_finish[node]
            continue
        finish, start = allowed_late(net, node, horizon, late_start, late_finish, early_start)
        finish = node_latest_finish(net, node, finish)
        latest = node_latest_start(net, node, finish, net.duration[node])
        if start < latest:
            latest = node_start(net, node, start) if not net.raw[node] else start
            finish = node_finish(net, node, latest, net.duration[node])
        if latest <= NONE or finish <= NONE or finish >= FAR:
            short = 1
            latest, finish = early_start[node], early_finish[node]
        # A start that has happened is as late as it is early.
        late_start[node] = early_start[node] if net.started[node] else latest
        late_finish[node] = finish
    return short


def allowed_late(
    net: Network, node: int, horizon: Any, late_start: Any, late_finish: Any, early_start: Any
) -> tuple[int, int]:
    """The latest finish and the latest start that successors, deadlines and constraints allow."""
    finish, start = horizon[net.project[node]], FAR
    for slot in range(net.succ_ptr[node], net.succ_ptr[node + 1]):
        edge = net.succ_edge[slot]
        succ, kind = net.edge_succ[edge], net.kind[edge]
        if net.complete[succ]:
            continue
        if kind in (FS, SS):
            bound = binding_start(net, succ, late_start, late_finish, early_start)
        else:  # nobody works between a shift's end and the next one's start: the later spelling allows as much
            bound = node_start(net, succ, late_finish[succ])
        allowed = unlagged(net.open, net.lag_hours[edge], bound, net.lag[edge])
        if kind in (FS, FF):
            finish = allowed if allowed < finish else finish
        elif not net.started[node]:
            start = allowed if allowed < start else start
    if NONE < net.late_finish_cap[node] < finish:
        finish = net.late_finish_cap[node]
    if NONE < net.late_start_cap[node] < start:
        start = net.late_start_cap[node]
    if net.pinned_start[node] > NONE:
        start = net.pinned_start[node]
        finish = node_finish(net, node, start, net.duration[node])
    if net.pinned_finish[node] > NONE:
        finish = net.pinned_finish[node]
    return finish, start


def binding_start(net: Network, succ: int, late_start: Any, late_finish: Any, early_start: Any) -> int:
    """The start with which a successor binds its predecessors: for one that has started, where it resumes."""
    if not net.started[succ]:
        return late_start[succ]
    if net.duration[succ] == 0:
        return late_finish[succ]
    if net.resume[succ] > NONE:
        return net.resume[succ]
    return node_finish(net, succ, early_start[succ], net.duration[succ] - net.remaining[succ])


def floats(
    net: Network,
    early_start: Any,
    early_finish: Any,
    late_start: Any,
    late_finish: Any,
    wanted: Any,
    horizon: Any,
    total: Any,
    free: Any,
) -> None:
    """Total float (the smaller of start and finish float) and free float, in working minutes of the gauge."""
    for node in range(len(net.duration)):
        row = net.gauge[node]
        if net.complete[node]:
            total[node], free[node] = 0, 0
            continue
        total[node] = slack_on(net.open, row, early_finish[node], late_finish[node])
        if not net.started[node]:
            by_start = slack_on(net.open, row, early_start[node], late_start[node])
            total[node] = by_start if by_start < total[node] else total[node]
        pinned = net.pinned_start[node] > NONE or net.pinned_finish[node] > NONE
        if pinned and wanted[node] > early_start[node]:
            total[node] = -slack_on(net.open, row, early_start[node], wanted[node])
        free[node] = free_float(net, node, early_start, early_finish, horizon, total[node])


def free_float(net: Network, node: int, early_start: Any, early_finish: Any, horizon: Any, total: int) -> int:
    """How far the node may slip before any successor's early date moves: at most its float to the project's end."""
    row = net.gauge[node]
    least = FAR
    for slot in range(net.succ_ptr[node], net.succ_ptr[node + 1]):
        edge = net.succ_edge[slot]
        succ, kind = net.edge_succ[edge], net.kind[edge]
        if net.complete[succ]:
            continue
        anchor = early_finish[node] if kind in (FS, FF) else early_start[node]
        target = early_start[succ] if kind in (FS, SS) else early_finish[succ]
        reached = lagged(net.open, net.lag_hours[edge], anchor, net.lag[edge])
        gap = slack_on(net.open, net.gauge[succ] if net.lag[edge] else row, reached, target)
        least = gap if gap < least else least
    if least == FAR:
        least = slack_on(net.open, row, early_finish[node], horizon[net.project[node]])
        return total if total < least else least
    return least if least > 0 else 0


def topological_order(succ_ptr: Any, succ_node: Any, waiting: Any, order: Any) -> int:
    """Kahn's algorithm: fills `order`, using up `waiting` (the number of predecessors of each node). Returns how
    many nodes could be ordered; the others stand in or behind a cycle."""
    filled = 0
    for node in range(len(waiting)):
        if waiting[node] == 0:
            order[filled] = node
            filled += 1
    read = 0
    while read < filled:
        node = order[read]
        read += 1
        for slot in range(succ_ptr[node], succ_ptr[node + 1]):
            succ = succ_node[slot]
            waiting[succ] -= 1
            if waiting[succ] == 0:
                order[filled] = succ
                filled += 1
    return filled

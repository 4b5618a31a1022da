"""The backward pass: the latest dates that successors, deadlines and constraints allow, and the float. See `early` for the style."""

from .columns import FAR, FF, FS, NONE, SS, Network
from .floats import asks_nothing, free_float, total_float
from .hours import lagged, unlagged, work_from, work_until
from .nodes import node_finish, node_latest_finish, node_latest_start, node_start


def backward(net: Network) -> int:
    """Latest dates and float of every node. Returns 1 when the span of days was too short, else 0."""
    short = 0
    for node in range(len(net.dates) - 1, -1, -1):
        short |= date_late(net, node)
    return short


def date_late(net: Network, node: int) -> int:
    """Latest dates and float of one node, all that follows it being dated; 1 when the span of days was too short."""
    here, dates = net.node[node], net.dates[node]
    if here.special >= 0:
        return date_special_late(net, node)
    finish, next_start, others = over_plain_links(net, node)
    start = FAR
    if others > 0:
        finish, start = over_other_links(net, node, 0, finish)
    if here.row == here.gauge and here.duration > 0:  # as most are
        latest, done, worked = work_until(net.open, here.row, finish, here.duration)
        if start < latest:
            latest, done, worked = work_from(net.open, here.row, start, here.duration)
        short = keep_late(net, node, latest, done)
        dates.total_float = worked - dates.worked if short == 0 else 0
    else:
        short = fit_late(net, node, start, finish)
        dates.total_float = total_float(net, node)
    dates.free_float = free_float(net, node, next_start, others)
    return short


def over_plain_links(net: Network, node: int) -> tuple[int, int, int]:
    """What successors ask that a plain link leads to (finish to start, without lag, to a node without bounds), as most
    do, and the project's end: the latest finish, the first of their early starts (FAR without any), and how many other
    links there are."""
    project, early = net.settings[net.node[node].project], net.dates[node].early_finish
    finish, next_start, others = project.horizon, FAR, 0
    first, end = net.node[node].succ, net.node[node + 1].succ
    if first == end and project.open_ends == 1:
        return early, FAR, 0
    for edge in range(first, end):
        if net.succ[edge].how != FS:
            others += 1
            continue
        succ = net.dates[net.succ[edge].node]
        allowed = succ.late_start
        if early > allowed:
            allowed = between_shifts(net, edge, allowed, allowed, early)
        finish = allowed if allowed < finish else finish
        next_start = succ.early_start if succ.early_start < next_start else next_start
    return finish, next_start, others


def over_other_links(net: Network, node: int, started: int, finish: int) -> tuple[int, int]:
    """The latest finish, from the one given, and the latest start that the links of other kinds allow."""
    start = FAR
    for edge in range(net.node[node].succ, net.node[node + 1].succ):
        how = net.succ[edge].how
        if how == FS:
            continue
        allowed = latest_allowed(net, node, edge)
        if how & 3 == FS or how & 3 == FF:
            finish = allowed if allowed < finish else finish
        elif started == 0:
            start = allowed if allowed < start else start
    return finish, start


def fit_late(net: Network, node: int, start: int, finish: int) -> int:
    """The node done by `finish` and started by `start`, on its own hours."""
    minutes, allowed = net.node[node].duration, finish
    finish = node_latest_finish(net, node, finish)
    if minutes == 0 and finish < net.dates[node].early_finish <= allowed:
        finish = net.dates[node].early_finish  # no working time in between
    found = node_latest_start(net, node, finish, minutes)
    if start < found:
        found = node_start(net, node, start, minutes) if minutes > 0 else start
        finish = node_finish(net, node, found, minutes)
    return keep_late(net, node, found, finish)


def keep_late(net: Network, node: int, start: int, finish: int) -> int:
    """Write the dates down; 1 when they lie beyond the span of days."""
    here = net.dates[node]
    if start <= NONE or finish <= NONE or finish >= FAR:
        here.late_start = here.early_start
        here.late_finish = here.early_finish
        return 1
    here.late_start = start
    here.late_finish = finish
    return 0


def date_special_late(net: Network, node: int) -> int:
    """Latest dates and float of a node with bounds of its own. A start that has happened is as late as it is early,
    and what is done has no float."""
    here, dates = net.bounds[net.node[node].special], net.dates[node]
    if here.complete == 1:
        dates.total_float = dates.free_float = 0
        return keep_late(net, node, dates.early_start, dates.early_finish)
    finish, next_start, others = over_plain_links(net, node)
    finish, start = over_other_links(net, node, here.started, finish)
    finish, start = bounded_late(net, node, finish, start)
    short = fit_late(net, node, start, finish)
    if here.started == 1:
        dates.late_start = dates.early_start
        if net.settings[net.node[node].project].restarts == 1:
            dates.late_start = node_latest_start(net, node, dates.late_finish, here.remaining)
    dates.total_float = total_float(net, node)
    dates.free_float = free_float(net, node, next_start, others)
    return short


def latest_allowed(net: Network, node: int, edge: int) -> int:
    """The latest finish (of an FS or FF link) or start of the node that one of its links allows."""
    succ, how = net.succ[edge].node, net.succ[edge].how
    kind, lag = how & 3, how >> 3
    asked = net.dates[succ].late_start if kind == FS or kind == SS else net.dates[succ].late_finish
    if how & 4:
        special = net.node[succ].special
        if asks_nothing(net, node, succ, special) == 1:
            return FAR
        if net.bounds[special].started == 1:
            if net.bounds[special].unbinding == 1:
                return FAR
            asked = resuming_start(net, succ) if kind == FS or kind == SS else asked
        elif kind == FS or kind == SS:  # levelling holds it up by so much after its predecessors let it go
            asked -= net.bounds[special].delay
    allowed = asked
    if lag > 0:
        allowed = unlagged(net.open, net.lag[lag].row, asked, net.lag[lag].minutes)
    dates = net.dates[node]
    early = dates.early_finish if kind == FS or kind == FF else dates.early_start
    return between_shifts(net, edge, asked, allowed, early) if early > allowed else allowed


def between_shifts(net: Network, edge: int, asked: int, allowed: int, early: int) -> int:
    """What a link allows that is asked for something by a certain date, spelled at a shift's end: nobody works between
    that shift and the next one, so an early date that leads to in between is as good."""
    succ, lag = net.succ[edge].node, net.succ[edge].how >> 3
    reached = early
    if lag > 0:
        reached = lagged(net.open, net.lag[lag].row, early, net.lag[lag].minutes)
    return early if reached <= node_start(net, succ, asked, net.node[succ].duration) else allowed


def resuming_start(net: Network, succ: int) -> int:
    """The start with which a successor that has started binds its predecessors: where its work goes on."""
    here, minutes = net.bounds[net.node[succ].special], net.node[succ].duration
    if minutes == 0:
        return net.dates[succ].late_finish
    if here.retained == 1:
        return node_latest_start(net, succ, net.dates[succ].late_finish, here.remaining)
    if here.resume > NONE:
        return here.resume
    return node_finish(net, succ, net.dates[succ].early_start, minutes - here.remaining)


def bounded_late(net: Network, node: int, finish: int, start: int) -> tuple[int, int]:
    """What a node's deadline and constraints make of its latest finish and start."""
    here = net.bounds[net.node[node].special]
    if NONE < here.late_finish_cap < finish:
        finish = here.late_finish_cap
    if NONE < here.late_start_cap < start:
        start = here.late_start_cap
    if here.pinned_start > NONE:
        start = here.pinned_start
        finish = node_finish(net, node, start, net.node[node].duration)
    if here.pinned_finish > NONE:
        finish = here.pinned_finish
    return finish, start


def as_late_as_no_one_minds(net: Network) -> None:
    """Move every node that is to be late without moving a successor (P6's reading) towards its successors, last node
    first. The late dates of `net` are the scheduled dates here, its early ones are left alone."""
    for node in range(len(net.dates) - 1, -1, -1):
        special = net.node[node].special
        if special < 0 or net.bounds[special].as_late != 2 or net.bounds[special].started == 1:
            continue
        dates = net.dates[node]
        start, finish = dates.late_start, dates.late_finish
        allowed, _, _ = over_plain_links(net, node)
        allowed, begin = over_other_links(net, node, 0, allowed)
        allowed, begin = bounded_late(net, node, allowed, begin)
        short = fit_late(net, node, begin, allowed)
        if short == 1 or dates.late_start < start:
            dates.late_start = start
            dates.late_finish = finish

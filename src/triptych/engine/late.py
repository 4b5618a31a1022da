"""The backward pass: the latest dates that successors, deadlines and constraints allow, and the float. See `early` for the style."""

from .columns import FAR, FF, FS, NONE, SF, SS, Network
from .floats import free_to_end, total_float
from .hours import lagged, slack_on, unlagged, work_from, work_until, worked_at
from .nodes import gauge, node_finish, node_latest_finish, node_latest_start, node_start


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
    finish, start, slip = allowed_late(net, node, 0)
    if here.row == here.gauge and here.duration > 0:  # as most are
        latest, done, worked = work_until(net.open, here.row, finish, here.duration)
        if start < latest:
            latest, done, worked = work_from(net.open, here.row, start, here.duration)
        short = keep_late(net, node, latest, done)
        dates.total_float = worked - dates.worked if short == 0 else 0
    else:
        short = fit_late(net, node, start, finish)
        dates.total_float = total_float(net, node)
    dates.free_float = slip if slip < FAR else free_to_end(net, node)
    return short


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
    finish, start, slip = allowed_late(net, node, here.started)
    finish, start = bounded_late(net, node, finish, start)
    short = fit_late(net, node, start, finish)
    if here.started == 1:
        dates.late_start = dates.early_start
    dates.total_float = total_float(net, node)
    dates.free_float = slip if slip < FAR else free_to_end(net, node)
    return short


def allowed_late(net: Network, node: int, started: int) -> tuple[int, int, int]:
    """The latest finish and the latest start that successors and the project's end allow; and the free float, by
    which the node may slip before any successor's early date moves (FAR where it has no successor)."""
    here, dates = net.node[node], net.dates[node]
    project = net.settings[here.project]
    finish, start, slip = project.horizon, FAR, FAR
    first_after_finish, first_after_start = FAR, FAR
    end = net.node[node + 1].succ
    if here.succ == end and project.open_ends == 1:
        finish = dates.early_finish
    for edge in range(here.succ, end):
        succ, kind = net.succ[edge].node, net.succ[edge].how & 3
        lag = net.succ[edge].how >> 3
        special = net.node[succ].special if net.succ[edge].how & 4 else -1
        if special >= 0 and asks_nothing(net, node, succ, special) == 1:
            continue
        target = net.dates[succ].early_start if kind == FS or kind == SS else net.dates[succ].early_finish
        if lag > 0 and slip > 0:
            gap = lagged_slack(net, node, succ, kind, lag, target)
            slip = gap if gap < slip else slip
        elif lag == 0 and (kind == FS or kind == FF):
            first_after_finish = target if target < first_after_finish else first_after_finish
        elif lag == 0:
            first_after_start = target if target < first_after_start else first_after_start
        if special >= 0 and net.bounds[special].started == 1 and net.bounds[special].unbinding == 1:
            continue
        if special < 0 and (kind == FS or kind == SS):  # as most are
            allowed = net.dates[succ].late_start
        else:
            allowed = latest_asked(net, succ, special, kind)
        asked_by = allowed
        if lag > 0:
            allowed = unlagged(net.open, net.lag[lag].row, allowed, net.lag[lag].minutes)
        early = dates.early_finish if kind == FS or kind == FF else dates.early_start
        if early > allowed:
            allowed = between_shifts(net, succ, lag, asked_by, allowed, early)
        if kind == FS or kind == FF:
            finish = allowed if allowed < finish else finish
        elif started == 0:
            start = allowed if allowed < start else start
    if first_after_finish < FAR and slip > 0:
        if here.special < 0 and here.row == here.gauge and here.duration > 0:
            gap = worked_at(net.open, here.row, first_after_finish) - dates.worked
        else:
            gap = slack_on(net.open, here.gauge, dates.early_finish, first_after_finish)
        slip = gap if gap < slip else slip
    if first_after_start < FAR and slip > 0:
        gap = slack_on(net.open, here.gauge, dates.early_start, first_after_start)
        slip = gap if gap < slip else slip
    return finish, start, slip if slip > 0 else 0


def asks_nothing(net: Network, node: int, succ: int, special: int) -> int:
    """1 for a successor that is done, and for a summary's first start, which another task below it makes."""
    if net.bounds[special].earliest == 1 and net.dates[node].early_start > net.dates[succ].early_start:
        return 1
    return net.bounds[special].complete


def latest_asked(net: Network, succ: int, special: int, kind: int) -> int:
    """By when a successor asks for its start (of one that has started: where it goes on) or its finish."""
    if kind == FF or kind == SF:
        return net.dates[succ].late_finish
    if special >= 0 and net.bounds[special].started == 1:
        return resuming_start(net, succ)
    return net.dates[succ].late_start


def between_shifts(net: Network, succ: int, lag: int, asked: int, allowed: int, early: int) -> int:
    """What a link allows that is asked for something by a certain date, spelled at a shift's end: nobody works between
    that shift and the next one, so an early date that leads to in between is as good."""
    reached = early
    if lag > 0:
        reached = lagged(net.open, net.lag[lag].row, early, net.lag[lag].minutes)
    return early if reached <= node_start(net, succ, asked, net.node[succ].duration) else allowed


def lagged_slack(net: Network, node: int, succ: int, kind: int, lag: int, target: int) -> int:
    """Working minutes of the successor between what a lagged link asks and what the successor got."""
    dates = net.dates[node]
    reached = dates.early_finish if kind == FS or kind == FF else dates.early_start
    reached = lagged(net.open, net.lag[lag].row, reached, net.lag[lag].minutes)
    return slack_on(net.open, gauge(net, succ), reached, target)


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
        allowed, begin, _ = allowed_late(net, node, 0)
        allowed, begin = bounded_late(net, node, allowed, begin)
        short = fit_late(net, node, begin, allowed)
        if short == 1 or dates.late_start < start:
            dates.late_start = start
            dates.late_finish = finish

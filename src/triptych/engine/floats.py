"""Float of one node, in working minutes of its gauge. See `early` for the style."""

from .columns import FAR, FF, FS, NONE, OF_FINISH, OF_START, SS, Network
from .hours import lagged, slack_on, worked_at


def total_float(net: Network, node: int) -> int:
    """The float of the start, of the finish, or the smaller one, as the project says; of the finish alone once
    started."""
    here, dates = net.node[node], net.dates[node]
    row, basis = here.gauge, net.settings[here.project].basis
    by_finish = slack_on(net.open, row, dates.early_finish, dates.late_finish)
    by_start = slack_on(net.open, row, dates.early_start, dates.late_start)
    if here.special >= 0:
        bounds = net.bounds[here.special]
        if bounds.started == 1:
            basis = OF_FINISH
        pinned = bounds.pinned_start > NONE or bounds.pinned_finish > NONE
        if pinned and bounds.wanted > dates.early_start and net.settings[here.project].forgives == 0:
            return -slack_on(net.open, row, dates.early_start, bounds.wanted)
    if basis == OF_FINISH or (basis != OF_START and by_finish < by_start):
        return by_finish
    return by_start


def free_float(net: Network, node: int, next_start: int, others: int) -> int:
    """How far the node may slip before any successor's early date moves; of a node that nothing follows what it has to
    the project's end; at most its total float, and never below nothing. `next_start` is the first early start that a plain link leads to (FAR
    without one), `others` the number of its other links."""
    here, dates = net.node[node], net.dates[node]
    slip = FAR if next_start == FAR else worked_before(net, node, next_start)
    if others > 0 and slip > 0:
        found = slip_of_others(net, node)
        slip = found if found < slip else slip
    if slip == FAR:
        slip = slack_on(net.open, here.gauge, dates.early_finish, net.settings[here.project].horizon)
    slip = dates.total_float if dates.total_float < slip else slip
    return slip if slip > 0 else 0


def slip_of_others(net: Network, node: int) -> int:
    """The same by the links that are not plain; FAR where they lead to nothing that is still to come."""
    dates, slip = net.dates[node], FAR
    for edge in range(net.node[node].succ, net.node[node + 1].succ):
        succ, how = net.succ[edge].node, net.succ[edge].how
        if how == FS or (how & 4 and asks_nothing(net, node, succ, net.node[succ].special) == 1):
            continue
        kind = how & 3
        target = net.dates[succ].early_start if kind == FS or kind == SS else net.dates[succ].early_finish
        if how & 4 and (kind == FS or kind == SS) and net.bounds[net.node[succ].special].started == 0:
            target -= net.bounds[net.node[succ].special].delay
        if how > 7:
            gap = lagged_slack(net, node, edge, target)
        elif kind == FS or kind == FF:
            gap = worked_before(net, node, target)
        else:
            gap = slack_on(net.open, net.node[node].gauge, dates.early_start, target)
        slip = gap if gap < slip else slip
    return slip


def worked_before(net: Network, node: int, at: int) -> int:
    """Working minutes from the node's early finish to `at`."""
    here, dates = net.node[node], net.dates[node]
    if (
        here.special < 0 and here.row == here.gauge and here.duration > 0
    ):  # the forward pass has counted up to there
        return worked_at(net.open, here.row, at) - dates.worked
    return slack_on(net.open, here.gauge, dates.early_finish, at)


def lagged_slack(net: Network, node: int, edge: int, target: int) -> int:
    """Working minutes of the successor between what a lagged link asks and what the successor got."""
    dates, lag, kind = net.dates[node], net.lag[net.succ[edge].how >> 3], net.succ[edge].how & 3
    reached = dates.early_finish if kind == FS or kind == FF else dates.early_start
    reached = lagged(net.open, lag.row, reached, lag.minutes)
    return slack_on(net.open, net.node[net.succ[edge].node].gauge, reached, target)


def asks_nothing(net: Network, node: int, succ: int, special: int) -> int:
    """1 for a successor that is done, and for a summary's first start, which another task below it makes."""
    if net.bounds[special].earliest == 1 and net.dates[node].early_start > net.dates[succ].early_start:
        return 1
    return net.bounds[special].complete

"""Float of one node, in working minutes of its gauge. See `early` for the style."""

from .columns import NONE, OF_FINISH, OF_START, Network
from .hours import slack_on
from .nodes import gauge


def total_float(net: Network, node: int) -> int:
    """The float of the start, of the finish, or the smaller one, as the project says; of the finish alone once
    started."""
    here, dates = net.node[node], net.dates[node]
    row, basis = gauge(net, node), net.settings[here.project].basis
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


def free_to_end(net: Network, node: int) -> int:
    """Free float of a node that nothing follows: what it has to the project's end, at most its total float."""
    dates = net.dates[node]
    least = slack_on(
        net.open, gauge(net, node), dates.early_finish, net.settings[net.node[node].project].horizon
    )
    return dates.total_float if dates.total_float < least else least

"""One node's own dates: its hours, or those of the several people on it. See `early` for the passes' style."""

from .columns import FAR, NONE, Network
from .hours import after_work, at_finish, at_start, before_work


def node_start(net: Network, node: int, at: int, minutes: int) -> int:
    """When the node can start if logic lets it at `at`: with the first of its people who can. A point in time is
    not moved to a shift's start."""
    row = net.node[node].row
    if row >= 0:
        if minutes == 0 and at_finish(net.open, row, at) == at:
            return at
        return at_start(net.open, row, at)
    best = FAR
    for slot in range(net.crew[-1 - row].first, net.crew[-row].first):
        found = at_start(net.open, net.member[slot], at)
        best = found if found < best else best
    return best


def node_finish(net: Network, node: int, start: int, minutes: int) -> int:
    """When `minutes` of the node are done from `start`: with the last of its people."""
    if minutes <= 0:
        return start
    row = net.node[node].row
    if row >= 0:
        return after_work(net.open, row, start, minutes)
    best = NONE
    for slot in range(net.crew[-1 - row].first, net.crew[-row].first):
        found = after_work(net.open, net.member[slot], start, minutes)
        best = found if found > best else best
    return best


def node_latest_start(net: Network, node: int, finish: int, minutes: int) -> int:
    """When `minutes` of the node must start to be done by `finish`: with the first of its people."""
    if minutes <= 0:
        return finish
    row = net.node[node].row
    if row >= 0:
        return before_work(net.open, row, finish, minutes)
    best = FAR
    for slot in range(net.crew[-1 - row].first, net.crew[-row].first):
        found = before_work(net.open, net.member[slot], finish, minutes)
        best = found if found < best else best
    return best


def start_to_finish_at(net: Network, node: int, finish: int, minutes: int) -> int:
    """The start with which the node is not finished before `finish`: that of the last of its people."""
    row = net.node[node].row
    if minutes <= 0 or row >= 0:
        return node_latest_start(net, node, finish, minutes)
    best = NONE
    for slot in range(net.crew[-1 - row].first, net.crew[-row].first):
        found = before_work(net.open, net.member[slot], finish, minutes)
        best = found if found > best else best
    return best


def node_latest_finish(net: Network, node: int, at: int) -> int:
    """`at` spelled as a finish."""
    here = net.node[node]
    row = here.row
    if here.duration == 0 and (
        net.settings[here.project].spelled == 0
        or (here.special >= 0 and net.bounds[here.special].opening == 1)
    ):
        return at
    if row >= 0:
        return at_finish(net.open, row, at)
    best = NONE
    for slot in range(net.crew[-1 - row].first, net.crew[-row].first):
        found = at_finish(net.open, net.member[slot], at)
        best = found if found > best else best
    return best


def first_instant(net: Network) -> int:
    """The beginning of the span, on the row of hours that never close."""
    return net.open.interval[0].opens

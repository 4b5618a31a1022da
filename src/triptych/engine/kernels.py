"""Plain loops over edges and rows that numpy cannot do in one sweep. See `early` for the style."""

from typing import Any

from .columns import Network, OpenHours
from .hours import slack_on


def fill_slots(owner: Any, cursor: Any, slots: Any) -> None:
    """A counting sort: the numbers of edges, by owner and then in their order. `cursor` is where each owner's slots
    begin, and is used up."""
    for edge in range(len(owner)):
        slots[cursor[owner[edge]]] = edge
        cursor[owner[edge]] += 1


def topological_order(succ_ptr: Any, succ_node: Any, waiting: Any, order: Any) -> int:
    """Kahn's algorithm (1962): fills `order`, using up `waiting` (the number of predecessors of each node). Returns
    how many nodes could be ordered; the others stand in or behind a circle."""
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


def through_gates(net: Network, link: Any, held: Any) -> None:
    """For each node the plan's link that holds it, looking through the helpers of summaries, or its BY_… reason.
    `link` is the plan's link of each edge by successor, or less than 0."""
    for node in range(len(net.dates)):
        edge = net.dates[node].driver
        while edge >= 0 and link[edge] < 0:
            edge = net.dates[net.pred[edge].node].driver
        held[node] = link[edge] if edge >= 0 else edge


def roll_up(parent: Any, counted: Any, first: Any, last: Any) -> None:
    """The least of `first` and the greatest of `last` below every summary, whose own values are FAR and NONE before.
    Children stand after their parents, so one walk backwards reaches every level."""
    for row in range(len(parent) - 1, -1, -1):
        above = parent[row]
        if above >= 0 and counted[row]:
            if first[row] < first[above]:
                first[above] = first[row]
            if last[row] > last[above]:
                last[above] = last[row]


def mark_above(parent: Any, flags: Any) -> None:
    """Raise the flag of every row that has one below it."""
    for row in range(len(parent) - 1, -1, -1):
        if parent[row] >= 0 and flags[row]:
            flags[parent[row]] = 1


def summary_floats(
    hours: OpenHours,
    summaries: Any,
    gauge: Any,
    horizon: Any,
    started: Any,
    early_start: Any,
    early_finish: Any,
    late_start: Any,
    late_finish: Any,
    total: Any,
    free: Any,
) -> None:
    """Float of the summaries at rows `summaries`: the working time of their project between their early and late
    dates (the smaller of both, of the finish alone once started), and to the project's end."""
    for place in range(len(summaries)):
        row = summaries[place]
        by_finish = slack_on(hours, gauge[place], early_finish[row], late_finish[row])
        by_start = slack_on(hours, gauge[place], early_start[row], late_start[row])
        total[row] = by_finish if started[row] or by_finish < by_start else by_start
        to_end = slack_on(hours, gauge[place], early_finish[row], horizon[place])
        least = to_end if to_end < by_finish else by_finish
        free[row] = least if least > 0 else 0

"""What a change reaches: dates found anew from the nodes it touches onwards, and no others. See `early` for the style.

Nodes wait in a heap by their number, which is topological: each is dated once, after all that leads to it. Those that
get the dates they had pass nothing on.
"""

from typing import Any

from .columns import Network
from .early import date_early
from .late import date_late


def push(heap: Any, size: int, value: int) -> int:
    """Add a value to a heap of `size` whose least stands first; the new size."""
    at = size
    while at > 0 and heap[(at - 1) // 2] > value:
        heap[at] = heap[(at - 1) // 2]
        at = (at - 1) // 2
    heap[at] = value
    return size + 1


def pop(heap: Any, size: int) -> int:
    """The least value of a heap of `size`, taken out; the caller counts down."""
    least, last = heap[0], heap[size - 1]
    at = 0
    while 2 * at + 1 < size - 1:
        child = 2 * at + 1
        if child + 1 < size - 1 and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= last:
            break
        heap[at] = heap[child]
        at = child
    heap[at] = last
    return least


def reach_early(
    net: Network, heap: Any, size: int, waiting: Any, touched: Any, was_start: Any, was_finish: Any
) -> int:
    """Date early the nodes in the heap and what follows from those that change; how many were dated, each in `touched`
    with the dates it had. Less than 0 when the span of days was too short."""
    count, short = 0, 0
    while size > 0:
        node = pop(heap, size)
        size -= 1
        waiting[node] = 0
        dates = net.dates[node]
        start, finish = dates.early_start, dates.early_finish
        short |= date_early(net, node)
        touched[count] = node  # though its dates are the same, its float may not be: what logic wanted counts
        was_start[count] = start
        was_finish[count] = finish
        count += 1
        if dates.early_start == start and dates.early_finish == finish:
            continue
        for edge in range(net.node[node].succ, net.node[node + 1].succ):
            succ = net.succ[edge].node
            if waiting[succ] == 0:
                waiting[succ] = 1
                size = push(heap, size, succ)
    return -1 if short == 1 else count


def wait_for_late(net: Network, heap: Any, size: int, waiting: Any, touched: Any, count: int) -> int:
    """Put into the heap of the backward way the nodes that were touched and those before them, whose free float may
    have changed; its size. The heap holds numbers less than 0, for the last node comes first."""
    for place in range(count):
        node = touched[place]
        if waiting[node] == 0:
            waiting[node] = 1
            size = push(heap, size, -node - 1)
        for edge in range(net.node[node].pred, net.node[node + 1].pred):
            pred = net.pred[edge].node
            if waiting[pred] == 0:
                waiting[pred] = 1
                size = push(heap, size, -pred - 1)
    return size


def reach_late(net: Network, heap: Any, size: int, waiting: Any) -> int:
    """Date late the nodes in the heap and what leads to them, with their float; how many were looked at. Less than
    0 when the span of days was too short."""
    count, short = 0, 0
    while size > 0:
        node = -pop(heap, size) - 1
        size -= 1
        waiting[node] = 0
        dates = net.dates[node]
        start, finish = dates.late_start, dates.late_finish
        short |= date_late(net, node)
        count += 1
        if dates.late_start == start and dates.late_finish == finish:
            continue
        for edge in range(net.node[node].pred, net.node[node + 1].pred):
            pred = net.pred[edge].node
            if waiting[pred] == 0:
                waiting[pred] = 1
                size = push(heap, size, -pred - 1)
    return -1 if short == 1 else count

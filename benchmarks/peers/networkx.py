"""Forward and backward pass over a NetworkX graph, as its users write them. There are no calendars: the least work."""

import importlib.util
import time
from collections.abc import Callable
from typing import Any

from triptych.plan.tables import I32, I64

from . import Measured

Dates = dict[int, int]


def time_critical_path(pred: I32, succ: I32, duration: I64, *, runs: int = 3) -> Measured:
    """The best of `runs`: early and late finish of every task over finish-to-start links, in minutes.

    Only the passes are timed: the graph is built before, and the topological order is known.
    """
    if importlib.util.find_spec("networkx") is None:
        return Measured(None, "networkx is not installed")
    import networkx  # noqa: PLC0415 - a peer, not a requirement

    graph = networkx.DiGraph()
    graph.add_nodes_from(range(len(duration)))
    graph.add_edges_from(zip(pred.tolist(), succ.tolist(), strict=True))
    order = list(networkx.topological_sort(graph))
    lasts = duration.tolist()
    best = min(_timed(lambda: passes(graph, order, lasts)) for _ in range(runs))
    return Measured(best, f"networkx {networkx.__version__}")


def passes(graph: Any, order: list[int], lasts: list[int]) -> tuple[Dates, Dates]:
    """Early and late finish by node."""
    early: Dates = {}
    for node in order:
        early[node] = max([early[each] for each in graph.predecessors(node)], default=0) + lasts[node]
    end = max(early.values(), default=0)
    late: Dates = {}
    for node in reversed(order):
        late[node] = min([late[each] - lasts[each] for each in graph.successors(node)], default=end)
    return early, late


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start

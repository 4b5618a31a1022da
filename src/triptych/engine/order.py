"""Edges sorted by their ends, and nodes in topological order."""

import numpy as np

from triptych.plan.tables import I32, I64

from .compiled import Passes
from .graph import Edges


def sorted_by(owner: I32, size: int, passes: Passes) -> tuple[I32, I32]:
    """Where each owner's edges begin among the edges sorted by owner, and the numbers of the edges so sorted."""
    ptr = np.zeros(size + 1, np.int32)
    np.cumsum(np.bincount(owner, minlength=size), out=ptr[1:])
    if passes.interpreted:
        return ptr, np.argsort(owner, kind="stable").astype(np.int32)
    slots = np.empty(len(owner), np.int32)
    passes.fill_slots(owner, ptr[:-1].copy(), slots)
    return ptr, slots


def order_nodes(size: int, edges: Edges, passes: Passes) -> tuple[I32, I64]:
    """A topological order of all nodes that can be ordered, and those that cannot."""
    ptr, slots = sorted_by(edges.pred, size, passes)
    waiting = np.bincount(edges.succ, minlength=size).astype(np.int32)
    columns = (ptr, edges.succ[slots], waiting, np.zeros(size, np.int32))
    if passes.interpreted:
        lists = [each.tolist() for each in columns]
        filled = passes.topological_order(*lists)
        return np.array(lists[3][:filled], np.int32), np.flatnonzero(np.array(lists[2]) > 0)
    filled = passes.topological_order(*columns)
    return columns[3][:filled], np.flatnonzero(waiting > 0)

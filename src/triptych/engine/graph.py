"""The graph of a plan: which nodes there are and which edges join them."""

from dataclasses import dataclass

import numpy as np

from triptych.plan import LinkKind, Plan
from triptych.plan.quantities import NO_INSTANT
from triptych.plan.tables import I8, I32, Flags

NO_LINK = -1


@dataclass(frozen=True, slots=True)
class Nodes:
    """Which node stands for which row of the plan; -1 where there is none. See `early` for gate, close and first."""

    size: int
    leaf: I32
    gate: I32
    close: I32
    first: I32

    @property
    def helpers(self) -> tuple[I32, I32, I32]:
        return self.gate, self.close, self.first

    def owners(self) -> I32:
        """The row of the plan that each node stands for."""
        owner = np.zeros(self.size, np.int32)
        for column in (self.leaf, *self.helpers):
            rows = np.flatnonzero(column >= 0)
            owner[column[rows]] = rows
        return owner


@dataclass(slots=True)
class Edges:
    """Edges as parallel columns; `link` is the row of the plan's link, or NO_LINK inside a summary."""

    pred: I32
    succ: I32
    kind: I32
    link: I32

    def __len__(self) -> int:
        return len(self.pred)

    def keep(self, mask: Flags) -> "Edges":
        return Edges(self.pred[mask], self.succ[mask], self.kind[mask], self.link[mask])

    def and_also(self, other: "Edges") -> "Edges":
        if len(other) == 0:
            return self
        pairs = ((getattr(self, name), getattr(other, name)) for name in self.__slots__)
        return Edges(*(np.concatenate(pair) for pair in pairs))


def make_nodes(plan: Plan) -> Nodes:
    """A node for each task without children, and helper nodes for the summaries that need them."""
    summary, tasks = plan.is_summary, plan.tasks
    held = summary & _active_below(plan) if summary.any() else summary
    columns = [np.full(len(plan), -1, np.int32) for _ in range(4)]
    size = len(plan) - int(summary.sum())
    columns[0][~summary] = np.arange(size)
    if summary.any():
        gated, closed, opened = _ends_of_summaries(plan)
        dated = tasks.constraint > 1
        wanted = (gated | dated, closed | dated | (tasks.deadline != NO_INSTANT), opened)
        for column, mask in zip(columns[1:], wanted, strict=True):
            count = int((held & mask).sum())
            column[held & mask] = np.arange(size, size + count)
            size += count
    return Nodes(size, *columns)


def _active_below(plan: Plan) -> Flags:
    """The rows with something below them that counts: nothing waits for others, and they hold nothing."""
    counts: Flags = ~plan.is_summary & plan.tasks.active & ~plan.tasks.hammock
    above = plan.tasks.parent
    found = np.zeros(len(plan), np.bool_)
    rows = np.flatnonzero(counts)
    step = above[rows]
    while len(step := step[step >= 0]):
        found[step] = True
        step = above[np.unique(step)]
    return found


def _ends_of_summaries(plan: Plan) -> tuple[Flags, Flags, Flags]:
    """The rows that links lead to the start of, from the finish of and from the start of."""
    links = plan.links
    to_start = np.isin(links.kind, (LinkKind.FS, LinkKind.SS))
    from_finish = np.isin(links.kind, (LinkKind.FS, LinkKind.FF))
    found = []
    for rows in (links.succ[to_start], links.pred[from_finish], links.pred[~from_finish]):
        flags = np.zeros(len(plan), np.bool_)
        flags[rows] = True
        found.append(flags)
    return found[0], found[1], found[2]


def make_edges(plan: Plan, nodes: Nodes) -> Edges:
    """The plan's links as edges between nodes, and the edges that tie a summary's helpers to what is below it.

    A link on a summary binds every task below it: through its gate, its close or its first; only a link to a
    summary's *finish* is spread over the tasks below, for no helper can bound a finish without moving starts. Links
    of inactive tasks and of hammocks bind nothing.
    """
    bare = plan.tasks.active & ~plan.tasks.hammock
    links = plan.links
    live = bare[links.pred] & bare[links.succ]
    if live.all():
        pred, succ, kind, link = links.pred, links.succ, links.kind, np.arange(len(links), dtype=np.int32)
    else:
        link = np.flatnonzero(live).astype(np.int32)
        pred, succ, kind = links.pred[live], links.succ[live], links.kind[live]
    if not plan.is_summary.any():  # every row is a node, of the same number
        return Edges(pred, succ, kind.astype(np.int32), link)
    from_finish = np.isin(kind, (LinkKind.FS, LinkKind.FF))
    to_start = np.isin(kind, (LinkKind.FS, LinkKind.SS))
    live_below = _active_below(plan)
    source = np.where(from_finish, nodes.close[pred], nodes.first[pred])
    source = np.where(nodes.leaf[pred] >= 0, nodes.leaf[pred], source)
    target = np.where(to_start, nodes.gate[succ], -1)
    target = np.where(nodes.leaf[succ] >= 0, nodes.leaf[succ], target)
    binds = ~(plan.is_summary[pred] & (source < 0)) & ~(plan.is_summary[succ] & ~live_below[succ])
    source, target, succ = source[binds], target[binds], succ[binds]
    kind, link = kind[binds], link[binds]
    whole = target >= 0
    found = Edges(*(each[whole].astype(np.int32) for each in (source, target, kind, link)))
    spread = np.flatnonzero(~whole)
    if len(spread):
        found = found.and_also(_spread(plan, nodes, source[spread], succ[spread], kind[spread], link[spread]))
    for column, outward in zip(nodes.helpers, (True, False, False), strict=True):
        if (column >= 0).any():
            found = found.and_also(_inside(plan, nodes, column, outward=outward))
    return found


def _spread(plan: Plan, nodes: Nodes, source: I32, succ: I32, kind: I8, link: I32) -> Edges:
    """Links to a summary's finish, one for each task below it."""
    below = leaves_below(plan, nodes, set(succ.tolist()))
    rows = [
        (*ends, int(nodes.leaf[leaf]))
        for ends in zip(source.tolist(), kind.tolist(), link.tolist(), succ.tolist(), strict=True)
        for leaf in below[ends[3]]
    ]
    table = np.array(rows, np.int32).reshape(-1, 5)
    return Edges(table[:, 0], table[:, 4], table[:, 1], table[:, 2])


def leaves_below(plan: Plan, nodes: Nodes, summaries: set[int]) -> dict[int, list[int]]:
    """The rows of the active tasks below each of these rows."""
    parents = plan.tasks.parent.tolist()
    below: dict[int, list[int]] = {row: [] for row in summaries}
    for row in np.flatnonzero((nodes.leaf >= 0) & plan.tasks.active).tolist():
        step = parents[row]
        while step >= 0:
            if step in below:
                below[step].append(row)
            step = parents[step]
    return below


def _inside(plan: Plan, nodes: Nodes, helper: I32, *, outward: bool) -> Edges:
    """Edges between one kind of helper and what is below it: `outward` from the helper, which holds all starts
    below; else to it. Helpers of summaries within summaries hang on one another."""
    parents = plan.tasks.parent
    above = _nearest_above(helper, parents, plan.level)
    inner = np.where(nodes.leaf >= 0, nodes.leaf, helper)
    rows = np.flatnonzero((above >= 0) & (inner >= 0) & plan.tasks.active & ~plan.tasks.hammock)
    ends = (above[rows], inner[rows]) if outward else (inner[rows], above[rows])
    kind = LinkKind.FF if helper is nodes.close else LinkKind.SS
    return Edges(
        ends[0].astype(np.int32),
        ends[1].astype(np.int32),
        np.full(len(rows), kind, np.int32),
        np.full(len(rows), NO_LINK, np.int32),
    )


def _nearest_above(helper: I32, parents: I32, level: I32) -> I32:
    """For each row the helper of the nearest summary above it, -1 without one; level by level, downwards."""
    own_or_above = helper.copy()
    above = np.full(len(helper), -1, np.int32)
    for depth in range(1, int(level.max(initial=0)) + 1):
        rows = np.flatnonzero(level == depth)
        above[rows] = own_or_above[parents[rows]]
        own_or_above[rows] = np.where(helper[rows] >= 0, helper[rows], above[rows])
    return above

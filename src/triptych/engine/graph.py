"""The graph of a plan: which nodes there are, which edges join them, in what order they can be dated, and where
they go in circles."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from triptych.plan import Diagnostic, LagKind, LinkKind, Plan
from triptych.plan.diagnostics import error
from triptych.plan.quantities import NO_INSTANT
from triptych.plan.tables import I64

from .compiled import passes_for

NO_LINK = -1


@dataclass(frozen=True, slots=True)
class Nodes:
    """Which node stands for which row of the plan; -1 where there is none. See `passes` for gate and close;
    `first` is the earliest start below a summary, for links from its start."""

    size: int
    leaf: I64
    gate: I64
    close: I64
    first: I64


@dataclass(slots=True)
class Edges:
    """Edges as parallel columns; `link` is the row of the plan's link, or NO_LINK inside a summary."""

    pred: I64
    succ: I64
    kind: I64
    link: I64

    def keep(self, mask: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> "Edges":
        return Edges(self.pred[mask], self.succ[mask], self.kind[mask], self.link[mask])


def make_nodes(plan: Plan) -> Nodes:
    """A node for each task without children, and helper nodes for the summaries that need them."""
    rows = len(plan)
    summary = plan.is_summary
    tasks, links = plan.tasks, plan.links
    kinds = links.kind
    from_finish = np.isin(kinds, (LinkKind.FS, LinkKind.FF))
    gated = np.zeros(rows, np.bool_)
    gated[links.succ[np.isin(kinds, (LinkKind.FS, LinkKind.SS))]] = True
    closed = np.zeros(rows, np.bool_)
    closed[links.pred[from_finish]] = True
    opened = np.zeros(rows, np.bool_)
    opened[links.pred[~from_finish]] = True
    dated = tasks.constraint > 1
    wanted = {
        "leaf": ~summary,
        "gate": summary & (gated | dated),
        "close": summary & (closed | dated | (tasks.deadline != NO_INSTANT)),
        "first": summary & opened,
    }
    size = 0
    numbers = {}
    for name, mask in wanted.items():
        column = np.full(rows, -1, np.int64)
        column[mask] = np.arange(size, size + int(mask.sum()))
        size += int(mask.sum())
        numbers[name] = column
    return Nodes(size, **numbers)


def make_edges(plan: Plan, nodes: Nodes) -> Edges:
    """The plan's links as edges between nodes, and the edges that tie a summary's helpers to what is below it.

    A link on a summary binds every task below it: through its gate, its close or its first; only a link to a
    summary's *finish* is spread over the tasks below, for no helper can bound a finish without moving starts.
    """
    found = list(_link_edges(plan, nodes))
    if (nodes.gate >= 0).any() or (nodes.close >= 0).any() or (nodes.first >= 0).any():
        found += _summary_edges(plan, nodes)
    table = np.array(found, np.int64).reshape(-1, 4)
    return Edges(*(np.ascontiguousarray(column) for column in table.T))


def _link_edges(plan: Plan, nodes: Nodes) -> Iterator[tuple[int, int, int, int]]:
    active = plan.tasks.active
    below = _leaves_below(plan, nodes) if plan.is_summary[plan.links.succ].any() else {}
    columns = (plan.links.pred.tolist(), plan.links.succ.tolist(), plan.links.kind.tolist())
    for row, (pred, succ, kind) in enumerate(zip(*columns, strict=True)):
        if not (active[pred] and active[succ]):
            continue
        source = int(nodes.leaf[pred])
        if source < 0:
            source = int((nodes.close if kind in (LinkKind.FS, LinkKind.FF) else nodes.first)[pred])
        if nodes.leaf[succ] >= 0:
            yield source, int(nodes.leaf[succ]), kind, row
        elif nodes.gate[succ] >= 0 and kind in (LinkKind.FS, LinkKind.SS):
            yield source, int(nodes.gate[succ]), kind, row
        else:
            for leaf in below.get(succ, []):
                yield source, int(nodes.leaf[leaf]), kind, row


def _leaves_below(plan: Plan, nodes: Nodes) -> dict[int, list[int]]:
    parents = plan.tasks.parent.tolist()
    below = defaultdict(list)
    for row in np.flatnonzero((nodes.leaf >= 0) & plan.tasks.active).tolist():
        step = parents[row]
        while step >= 0:
            below[step].append(row)
            step = parents[step]
    return below


def _summary_edges(plan: Plan, nodes: Nodes) -> list[tuple[int, int, int, int]]:
    found = []
    parents, active = plan.tasks.parent.tolist(), plan.tasks.active.tolist()
    helpers = ((nodes.gate, LinkKind.SS), (nodes.close, LinkKind.FF), (nodes.first, LinkKind.SS))
    for helper, kind in helpers:
        nearest = [-1] * len(parents)  # the helper of the nearest summary at or above each row
        for row, parent in enumerate(parents):
            above = nearest[parent] if parent >= 0 else -1
            own = int(helper[row])
            nearest[row] = own if own >= 0 else above
            inner = int(nodes.leaf[row]) if nodes.leaf[row] >= 0 else own
            if above < 0 or inner < 0 or not active[row]:
                continue
            ends = (above, inner) if helper is nodes.gate else (inner, above)
            found.append((*ends, int(kind), NO_LINK))
    return found


def order_nodes(size: int, edges: Edges) -> tuple[I64, I64]:
    """A topological order of all nodes that can be ordered, and those that cannot."""
    by_pred = np.argsort(edges.pred, kind="stable")
    ptr = np.concatenate([[0], np.cumsum(np.bincount(edges.pred, minlength=size))]).astype(np.int64)
    waiting = np.bincount(edges.succ, minlength=size).astype(np.int64)
    order = np.zeros(size, np.int64)
    module = passes_for(size)
    filled = module.topological_order(ptr, edges.succ[by_pred], waiting, order)
    return order[:filled], np.flatnonzero(waiting > 0)


def cycles(edges: Edges, suspects: I64) -> list[list[int]]:
    """The groups of nodes that stand on circles (strongly connected components of two or more), by Tarjan's
    algorithm (1972) without recursion, over the nodes that could not be ordered."""
    allowed = set(suspects.tolist())
    after: defaultdict[int, list[int]] = defaultdict(list)
    for pred, succ in zip(edges.pred.tolist(), edges.succ.tolist(), strict=True):
        if pred in allowed and succ in allowed:
            after[pred].append(succ)
    return _Tarjan(after).run(sorted(allowed))


class _Tarjan:
    def __init__(self, after: dict[int, list[int]]) -> None:
        self.after = after
        self.number: dict[int, int] = {}
        self.low: dict[int, int] = {}
        self.stack: list[int] = []
        self.on_stack: set[int] = set()
        self.groups: list[list[int]] = []

    def run(self, nodes: list[int]) -> list[list[int]]:
        for node in nodes:
            if node not in self.number:
                self._visit(node)
        return self.groups

    def _enter(self, node: int) -> tuple[int, Iterator[int]]:
        self.number[node] = self.low[node] = len(self.number)
        self.stack.append(node)
        self.on_stack.add(node)
        return node, iter(self.after.get(node, ()))

    def _visit(self, root: int) -> None:
        work = [self._enter(root)]
        while work:
            node, rest = work[-1]
            succ = next(rest, None)
            if succ is None:
                work.pop()
                if work:
                    self.low[work[-1][0]] = min(self.low[work[-1][0]], self.low[node])
                self._leave(node)
            elif succ not in self.number:
                work.append(self._enter(succ))
            elif succ in self.on_stack:
                self.low[node] = min(self.low[node], self.number[succ])

    def _leave(self, node: int) -> None:
        if self.low[node] != self.number[node]:
            return
        group = []
        while True:
            member = self.stack.pop()
            self.on_stack.discard(member)
            group.append(member)
            if member == node:
                break
        if len(group) > 1:
            self.groups.append(sorted(group))


def break_cycles(plan: Plan, nodes: Nodes, edges: Edges) -> tuple[Edges, I64, list[Diagnostic]]:
    """Edges without circles and the order of all nodes; every circle is reported with its members and the link
    that was left out to date the rest."""
    found: list[Diagnostic] = []
    owner = _owners(nodes)
    while True:
        order, suspects = order_nodes(nodes.size, edges)
        if len(suspects) == 0:
            return edges, order, found
        dropped = np.zeros(len(edges.pred), np.bool_)
        for group in cycles(edges, suspects):
            edge = _closing_edge(plan, edges, group)
            dropped[edge] = True
            found.append(_cycle_diagnostic(plan, owner, group, int(edges.link[edge])))
        edges = edges.keep(~dropped)


def _closing_edge(plan: Plan, edges: Edges, group: list[int]) -> int:
    """The link of the circle that runs furthest up the outline: most likely the one drawn by mistake."""
    members = np.array(group, np.int64)
    inside = np.isin(edges.pred, members) & np.isin(edges.succ, members)
    candidates = np.flatnonzero(inside & (edges.link != NO_LINK))
    links = edges.link[candidates]
    return int(candidates[np.argmax(plan.links.pred[links] - plan.links.succ[links])])


def _owners(nodes: Nodes) -> I64:
    owner = np.zeros(nodes.size, np.int64)
    for column in (nodes.leaf, nodes.gate, nodes.close, nodes.first):
        rows = np.flatnonzero(column >= 0)
        owner[column[rows]] = rows
    return owner


def _cycle_diagnostic(plan: Plan, owner: I64, group: list[int], link: int) -> Diagnostic:
    rows = sorted({int(owner[node]) for node in group})
    names = [f"“{plan.tasks.name[row]}”" for row in rows]
    shown = ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
    best = plan.link_at(link)
    ends = f"“{plan.task(best.pred).name}” → “{plan.task(best.succ).name}”"
    return error(
        "link.cycle",
        f"These tasks wait for one another in a circle: {shown}. Remove one of the links, for instance {ends}.",
        f"task {int(plan.tasks.uid[rows[0]])}",
        tasks=[int(plan.tasks.uid[row]) for row in rows],
        link=[best.pred, best.succ, best.kind.name],
    )


def lag_minutes(plan: Plan) -> I64:
    """Every link's lag in minutes: percent taken of the predecessor's duration, rounded to the minute."""
    lag = plan.links.lag.copy()
    percent = plan.links.lag_kind == LagKind.PERCENT
    duration = plan.tasks.duration[plan.links.pred[percent]]
    lag[percent] = np.rint(duration * lag[percent] / 100).astype(np.int64)
    return lag

"""Circles: tasks that wait for one another. Every one is reported, with its members in order and the link that
would best break it."""

from collections import defaultdict, deque
from collections.abc import Iterator

import numpy as np

from triptych.plan import Diagnostic, Plan
from triptych.plan.diagnostics import error
from triptych.plan.tables import I32

from .compiled import Passes
from .graph import NO_LINK, Edges, Nodes
from .order import order_nodes

#: So many links of a knot of circles are tried in turn as the one to break; of a larger knot, those that run
#: furthest up the outline.
_MOST_TRIED = 60
#: So many names are spelled out in a sentence.
_MOST_NAMED = 8

_Graph = dict[int, list[tuple[int, int]]]  # node → (successor, edge)


def break_circles(
    plan: Plan, nodes: Nodes, edges: Edges, passes: Passes
) -> tuple[Edges, I32, list[Diagnostic]]:
    """Edges without circles and the order of all nodes; every circle is reported with its members and the link
    that was left out to date the rest."""
    order, suspects = order_nodes(nodes.size, edges, passes)
    if len(suspects) == 0:
        return edges, order, []
    owner = nodes.owners()
    found: list[Diagnostic] = []
    dropped = np.zeros(len(edges), np.bool_)
    after = _graph(edges, set(suspects.tolist()))
    knots = deque(knots_of(after))
    while knots:
        inside = _within(after, knots.popleft())
        edge = _best_to_break(plan, edges, inside)
        found.append(_circle_diagnostic(plan, owner, edges, _circle(inside, edges, edge), edge))
        link = int(edges.link[edge])
        dropped |= edges.link == link  # a link to a summary's finish is several edges
        rest = {
            node: [(succ, each) for succ, each in ends if int(edges.link[each]) != link]
            for node, ends in inside.items()
        }
        after |= rest
        knots.extend(knots_of(rest))
    kept = edges.keep(~dropped)
    order, _ = order_nodes(nodes.size, kept, passes)
    return kept, order, found


def _graph(edges: Edges, allowed: set[int]) -> _Graph:
    after: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for edge, (pred, succ) in enumerate(zip(edges.pred.tolist(), edges.succ.tolist(), strict=True)):
        if pred in allowed and succ in allowed:
            after[pred].append((succ, edge))
    return dict(after)


def _within(after: _Graph, knot: set[int]) -> _Graph:
    return {node: [end for end in after.get(node, ()) if end[0] in knot] for node in sorted(knot)}


def knots_of(after: _Graph) -> list[set[int]]:
    """The groups of nodes that stand on circles: the strongly connected components of two or more, by Tarjan's
    algorithm (1972) without recursion."""
    return _Tarjan(after).run()


class _Tarjan:
    def __init__(self, after: _Graph) -> None:
        self.after = after
        self.number: dict[int, int] = {}
        self.low: dict[int, int] = {}
        self.stack: list[int] = []
        self.on_stack: set[int] = set()
        self.groups: list[set[int]] = []

    def run(self) -> list[set[int]]:
        for node in sorted(self.after):
            if node not in self.number:
                self._visit(node)
        return self.groups

    def _enter(self, node: int) -> tuple[int, Iterator[tuple[int, int]]]:
        self.number[node] = self.low[node] = len(self.number)
        self.stack.append(node)
        self.on_stack.add(node)
        return node, iter(self.after.get(node, ()))

    def _visit(self, root: int) -> None:
        work = [self._enter(root)]
        while work:
            node, rest = work[-1]
            end = next(rest, None)
            if end is None:
                work.pop()
                if work:
                    self.low[work[-1][0]] = min(self.low[work[-1][0]], self.low[node])
                self._leave(node)
            elif end[0] not in self.number:
                work.append(self._enter(end[0]))
            elif end[0] in self.on_stack:
                self.low[node] = min(self.low[node], self.number[end[0]])

    def _leave(self, node: int) -> None:
        if self.low[node] != self.number[node]:
            return
        group: set[int] = set()
        while node not in group:
            member = self.stack.pop()
            self.on_stack.discard(member)
            group.add(member)
        if len(group) > 1:
            self.groups.append(group)


def _best_to_break(plan: Plan, edges: Edges, inside: _Graph) -> int:
    """The link without which the fewest tasks still stand in circles; of equals the one that runs furthest up the
    outline, most likely drawn by mistake."""
    candidates = {int(edges.link[edge]): edge for ends in inside.values() for _, edge in ends}
    candidates.pop(NO_LINK, None)
    links = plan.links
    by_climb = sorted(candidates, key=lambda each: (int(links.succ[each]) - int(links.pred[each]), each))[
        :_MOST_TRIED
    ]
    best = (
        by_climb[0]
        if len(inside) == 2
        else min(by_climb, key=lambda each: _still_inside(inside, edges, each))
    )
    return candidates[best]


def _still_inside(inside: _Graph, edges: Edges, link: int) -> int:
    rest = {node: [end for end in ends if int(edges.link[end[1]]) != link] for node, ends in inside.items()}
    return sum(len(group) for group in knots_of(rest))


def _circle(inside: _Graph, edges: Edges, edge: int) -> list[int]:
    """The shortest circle through the edge: its nodes, from the edge's successor round to its predecessor."""
    first, last = int(edges.succ[edge]), int(edges.pred[edge])
    came: dict[int, int | None] = {first: None}
    queue = deque([first])
    while last not in came:
        node = queue.popleft()
        for succ, _ in inside[node]:
            if succ not in came:
                came[succ] = node
                queue.append(succ)
    path: list[int] = []
    step: int | None = last
    while step is not None:
        path.append(step)
        step = came[step]
    return path[::-1]


def _circle_diagnostic(plan: Plan, owner: I32, edges: Edges, circle: list[int], edge: int) -> Diagnostic:
    rows = list(dict.fromkeys(int(owner[node]) for node in circle))
    first = rows.index(min(rows))
    rows = rows[first:] + rows[:first]
    names = [f"“{plan.tasks.name[row]}”" for row in rows]
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    best = plan.link_at(int(edges.link[edge]))
    ends = f"“{plan.task(best.pred).name}” → “{plan.task(best.succ).name}”"
    return error(
        "link.cycle",
        f"These tasks wait for one another in a circle: {', '.join(names[:_MOST_NAMED])}{more}. Remove one of the "
        f"links, for instance {ends}.",
        f"task {int(plan.tasks.uid[rows[0]])}",
        tasks=[int(plan.tasks.uid[row]) for row in rows],
        link=[best.pred, best.succ, best.kind.name],
    )

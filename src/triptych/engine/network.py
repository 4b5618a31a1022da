"""Plan → network: hours, bounds and edges as columns, numbered in topological order, ready for the passes."""

from dataclasses import dataclass

import numpy as np

from triptych.plan import Diagnostic, LagHours, LagKind, Plan
from triptych.plan.tables import I32, I64
from triptych.plan.worktime import Span

from .bounds import draft_bounds, find_special, settings_of, spans, useless_constraints
from .circles import break_circles
from .columns import FAR, ROUND_THE_CLOCK, Network
from .compiled import Passes
from .dialects import Dialect
from .graph import NO_LINK, Edges, Nodes, make_edges, make_nodes
from .order import sorted_by
from .staffing import Staffing, staff


@dataclass(frozen=True, slots=True)
class Compiled:
    """A network and what it stands for: `node` is the number of each row of the plan (-1: a summary), `link` the
    plan's link of each edge by successor (-1: inside a summary), `gauge` each row's own hours, `own_hours` each
    project's."""

    network: Network
    node: I32
    link: I32
    gauge: I64
    own_hours: I64
    diagnostics: tuple[Diagnostic, ...]


def compile_network(plan: Plan, dialects: list[Dialect], span: Span, passes: Passes) -> Compiled:
    """The network of `plan`, with each project read by its dialect, over working time in `span`."""
    nodes = make_nodes(plan)
    edges, order, found = break_circles(plan, nodes, make_edges(plan, nodes), passes)
    staffing = staff(plan, span)
    settings = settings_of(plan, dialects)
    places = find_special(plan, nodes)
    minutes = spans(plan)
    draft = draft_bounds(plan, nodes, places, settings, dialects, minutes)
    number = np.empty(nodes.size, np.int32)
    number[order] = np.arange(nodes.size, dtype=np.int32)
    node = np.where(nodes.leaf >= 0, number[nodes.leaf], np.int32(-1)).astype(np.int32)
    lag_columns, how = _lags(plan, edges, dialects, staffing)
    edge_columns, link = _edge_columns(edges, how, number, nodes.size, passes)
    network = Network(
        **_node_columns(plan, nodes, order, staffing, minutes),
        special=places.of_node[order],
        **edge_columns,
        **lag_columns,
        crew_ptr=staffing.crew_ptr.astype(np.int32),
        crew=staffing.crew.astype(np.int32),
        crew_gauge=staffing.crew_gauge.astype(np.int32),
        settings=settings,
        bounds=draft.bounds(),
        open=staffing.open,
    )
    found += [*staffing.found, *useless_constraints(plan)]
    return Compiled(network, node, link, staffing.gauge, staffing.project, tuple(found))


def _node_columns(plan: Plan, nodes: Nodes, order: I32, staffing: Staffing, minutes: I64) -> dict[str, I32]:
    rows = np.flatnonzero(nodes.leaf >= 0)
    duration = np.zeros(nodes.size, np.int32)
    row = np.full(nodes.size, ROUND_THE_CLOCK, np.int32)
    duration[nodes.leaf[rows]] = minutes[rows]
    row[nodes.leaf[rows]] = staffing.row[rows]
    project = plan.tasks.project[nodes.owners()]
    return {"duration": duration[order], "row": row[order], "project": project[order]}


def _edge_columns(
    edges: Edges, how: I32, number: I32, size: int, passes: Passes
) -> tuple[dict[str, I32], I32]:
    """The edges by successor and by predecessor, as the passes walk them; the plan's link of each of the former."""
    pred, succ = number[edges.pred], number[edges.succ]
    pred_ptr, slots = sorted_by(succ, size, passes)
    columns = {"pred_ptr": pred_ptr, "pred_node": pred[slots], "pred_how": how[slots]}
    link = edges.link[slots]
    succ_ptr, slots = sorted_by(pred, size, passes)
    columns |= {"succ_ptr": succ_ptr, "succ_node": succ[slots], "succ_how": how[slots]}
    return columns, link


def _lags(
    plan: Plan, edges: Edges, dialects: list[Dialect], staffing: Staffing
) -> tuple[dict[str, I32], I32]:
    """The different lags, each once, after "none"; and for each edge its lag and kind in one number."""
    minutes = lag_minutes(plan)
    lagging = np.flatnonzero((edges.link != NO_LINK) & (minutes[edges.link] != 0)) if len(minutes) else []
    which = np.zeros(len(edges), np.int32)
    lag, row = np.zeros(1, np.int32), np.full(1, -1, np.int32)
    if len(lagging):
        links = edges.link[lagging]
        pairs = np.stack([minutes[links], _lag_rows(plan, links, dialects, staffing)])
        found, inverse = np.unique(pairs, axis=1, return_inverse=True)
        which[lagging] = inverse.reshape(-1) + 1
        lag = np.concatenate([lag, found[0].astype(np.int32)])
        row = np.concatenate([row, found[1].astype(np.int32)])
    return {"lag": lag, "lag_row": row}, which * 4 + edges.kind


def _lag_rows(plan: Plan, links: I32, dialects: list[Dialect], staffing: Staffing) -> I64:
    """The row of hours that each of these links' lags runs on; -1 is round the clock."""
    table, tasks = plan.links, plan.tasks
    pred, succ = table.pred[links], table.succ[links]
    project = tasks.project[succ]
    rows = {
        LagHours.SUCCESSOR: staffing.gauge[succ],
        LagHours.PREDECESSOR: staffing.gauge[pred],
        LagHours.PROJECT: staffing.project[project],
        LagHours.ROUND_THE_CLOCK: np.full(len(links), -1, np.int64),
    }
    choice = [
        each.lag_hours or dialect.lag_hours for each, dialect in zip(plan.projects, dialects, strict=True)
    ]
    result = np.full(len(links), -1, np.int64)
    working = np.isin(table.lag_kind[links], [kind for kind in LagKind if not kind.elapsed])
    for hours, found in rows.items():
        mine = working & np.array([each is hours for each in choice], np.bool_)[project]
        result[mine] = found[mine]
    return result


def lag_minutes(plan: Plan) -> I64:
    """Every link's lag in minutes: percent taken of the predecessor's duration, rounded to the minute."""
    links = plan.links
    percent = np.isin(links.lag_kind, [kind for kind in LagKind if kind.percent])
    if not percent.any():
        return np.clip(links.lag, 1 - FAR, FAR - 1)
    lag = links.lag.copy()
    lag[percent] = np.rint(plan.tasks.duration[links.pred[percent]] * lag[percent] / 100).astype(np.int64)
    return np.clip(lag, 1 - FAR, FAR - 1)

"""Plan → network: hours, bounds and edges as columns, numbered in topological order, ready for the passes."""

from dataclasses import dataclass

import numpy as np

from triptych.plan import Diagnostic, LagHours, LagKind, Plan
from triptych.plan.tables import I32, I64
from triptych.plan.worktime import Span

from .bounds import Places, Records, draft_bounds, find_special, settings_of, spans, useless_constraints
from .circles import break_circles
from .columns import CREW, DATES, EDGE, FAR, LAG, NODE, ROUND_THE_CLOCK, Network, table
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
    staffing = staff(plan, span, [each.crew_as_one for each in dialects])
    settings = settings_of(plan, dialects)
    places = find_special(plan, nodes)
    minutes = spans(plan)
    draft = draft_bounds(plan, nodes, places, settings, dialects, minutes)
    number = np.empty(nodes.size, np.int32)
    number[order] = np.arange(nodes.size, dtype=np.int32)
    node = np.where(nodes.leaf >= 0, number[nodes.leaf], np.int32(-1)).astype(np.int32)
    lag, how = _lags(plan, edges, dialects, staffing)
    pred, succ = number[edges.pred], number[edges.succ]
    pred_ptr, by_succ = sorted_by(succ, nodes.size, passes)
    succ_ptr, by_pred = sorted_by(pred, nodes.size, passes)
    network = Network(
        node=_node_records(plan, nodes, order, staffing, minutes, places, pred_ptr, succ_ptr),
        pred=_edge_records(edges.pred, pred, how, places, by_succ),
        succ=_edge_records(edges.succ, succ, how, places, by_pred),
        lag=lag,
        crew=table(CREW, len(staffing.crew_ptr), first=staffing.crew_ptr),
        member=staffing.crew.astype(np.int32),
        settings=settings,
        bounds=draft.bounds(),
        dates=table(DATES, nodes.size),
        open=staffing.open,
    )
    found += [*staffing.found, *useless_constraints(plan)]
    return Compiled(network, node, edges.link[by_succ], staffing.gauge, staffing.project, tuple(found))


def _node_records(
    plan: Plan,
    nodes: Nodes,
    order: I32,
    staffing: Staffing,
    minutes: I64,
    places: Places,
    pred_ptr: I32,
    succ_ptr: I32,
) -> Records:
    """One record a node, in order, and one more that ends the edges of the last."""
    rows = np.flatnonzero(nodes.leaf >= 0)
    leaf = nodes.leaf[rows]
    unordered = table(NODE, nodes.size, special=places.of_node, project=plan.tasks.project[nodes.owners()])
    unordered["row"] = unordered["gauge"] = ROUND_THE_CLOCK
    unordered["duration"][leaf] = minutes[rows]
    unordered["row"][leaf] = staffing.row[rows]
    unordered["gauge"][leaf] = staffing.gauge[rows]
    made = np.append(np.take(unordered, order), table(NODE, 1))
    made["pred"], made["succ"] = pred_ptr, succ_ptr
    return made


def _edge_records(node: I32, number: I32, how: I32, places: Places, slots: I32) -> Records:
    """The edges with one of their ends, `node` of the graph and `number` in order, in the order of the other's."""
    special = 4 * (places.of_node[node] >= 0)
    return np.take(table(EDGE, len(slots), node=number, how=how + special), slots)


def _lags(plan: Plan, edges: Edges, dialects: list[Dialect], staffing: Staffing) -> tuple[Records, I32]:
    """The different lags, each once, after "none"; and for each edge its lag and kind in one number."""
    minutes = lag_minutes(plan)
    if len(minutes) == 0 or not (lagged := (edges.link != NO_LINK) & (minutes[edges.link] != 0)).any():
        return table(LAG, 1), edges.kind
    lagging = np.flatnonzero(lagged)
    links = edges.link[lagging]
    hours = lag_rows(plan, links, dialects, staffing.gauge, staffing.project)
    rows = int(hours.max()) + 2  # -1 among them
    found, inverse = np.unique(minutes[links] * rows + hours + 1, return_inverse=True)
    how = edges.kind.copy()
    how[lagging] += 8 * (inverse + 1).astype(np.int32)
    return table(LAG, len(found) + 1, minutes=[0, *(found // rows)], row=[-1, *(found % rows - 1)]), how


def lag_rows(plan: Plan, links: I32, dialects: list[Dialect], gauge: I64, own_hours: I64) -> I64:
    """The row of hours that each of these links' lags runs on, by the rows of every task and project; -1 is round the
    clock."""
    table, tasks = plan.links, plan.tasks
    pred, succ = table.pred[links], table.succ[links]
    project = tasks.project[succ]
    rows = {
        LagHours.SUCCESSOR: gauge[succ],
        LagHours.PREDECESSOR: gauge[pred],
        LagHours.PROJECT: own_hours[project],
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

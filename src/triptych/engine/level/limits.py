"""How late tasks may be that are bound: within float, and before what is pinned."""

from dataclasses import replace

import numpy as np

from triptych.engine.columns import FAR, NONE, SF, SS
from triptych.engine.dialects import DIALECTS
from triptych.engine.schedule import Schedule, schedule_by
from triptych.plan import Constraint, Instant
from triptych.plan.quantities import MINUTES_PER_DAY, NO_INSTANT
from triptych.plan.tables import I64

from .terms import Terms


def limits_of(ground: Schedule, today: Schedule, terms: Terms) -> list[I64]:
    """The latest start and finish of each row: its late dates within float, what keeps the pinned tasks where they are, or
    none."""
    dates = (ground.start, ground.finish)
    limits = [np.full(len(ground.plan), FAR, np.int64) for _ in dates]
    late = [(ground.late_start, ground.late_finish)] if terms.within_float else []
    if terms.pinned:
        found = _before_pins(ground, today, terms)
        late.append((found.late_start, found.late_finish))
    for pair in late:
        limits = [
            np.minimum(limit, np.maximum(each, now))
            for limit, each, now in zip(limits, pair, dates, strict=True)
        ]
    return limits


def _before_pins(ground: Schedule, today: Schedule, terms: Terms) -> Schedule:
    """A schedule whose late dates push no pinned task: nothing but those is due, or held."""
    plan = ground.plan
    last = int(ground.run.compiled.network.open.interval["closes"][0]) - MINUTES_PER_DAY
    due = np.full(len(plan), NO_INSTANT, np.int64)
    rows = [plan.index_of[uid] for uid in terms.pinned]
    due[rows] = today.finish[rows]
    projects = tuple(replace(each, finish=Instant(last), open_ends_critical=False) for each in plan.projects)
    free = np.full(len(plan), Constraint.ASAP)
    readers = [DIALECTS[name] for name in ground.dialects]
    while True:
        tasks = plan.tasks.with_columns(deadline=due, constraint=free, secondary=free)
        only = replace(plan, projects=projects, tasks=tasks)
        found = schedule_by(only, readers, ground.run.passes, like=ground.run)
        sooner = _due_before_nights(found, due)
        if np.array_equal(sooner, due):
            return found
        due = sooner


def _due_before_nights(found: Schedule, due: I64) -> I64:
    """When tasks are due that must start by an instant between two shifts. A late start is spelled at the next shift, where
    for their own work it is the same; but what their start pushes, after a lag on other hours, is later by the night."""
    run, node = found.run, found.run.compiled.node
    succ, first = run.compiled.network.succ, run.compiled.network.node["succ"]
    by_start = np.isin(succ["how"] & 3, (SS, SF))
    sure = due.copy()
    for row in np.flatnonzero((node >= 0) & (found.plan.tasks.duration > 0)).tolist():
        at, minutes = int(node[row]), int(found.plan.tasks.duration[row])
        if not by_start[first[at] : first[at + 1]].any():
            continue
        _, latest = run.passes.over_other_links(run.net, at, 0, FAR)
        if not NONE < latest < found.late_start[row]:
            continue
        shift = run.passes.node_latest_finish(run.net, at, latest)
        start = run.passes.node_latest_start(run.net, at, shift, 1)
        done = run.passes.node_finish(run.net, at, start, minutes)
        sure[row] = done if due[row] == NO_INSTANT else min(done, int(due[row]))
    return sure

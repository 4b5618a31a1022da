"""Driving links and the longest path."""

import numpy as np

from triptych.plan import Plan
from triptych.plan.tables import I32, Flags

from .columns import NONE
from .run import Run


def driving_links(run: Run) -> Flags:
    """Which links of the plan hold their successor where it is: what they ask lies no working time before what it
    got. Links inside a circle, from inactive tasks or to facts drive nothing."""
    plan, compiled = run.plan, run.compiled
    size = len(compiled.link)
    marks = [0] * size if run.passes.interpreted else np.zeros(size, np.int32)
    run.passes.mark_driving(run.net, marks)
    flags = np.zeros(len(plan.links), np.bool_)
    flags[compiled.link[(np.array(marks) == 1) & (compiled.link >= 0)]] = True
    return flags


def longest_path(plan: Plan, finish: I32, driving: Flags) -> Flags:
    """Which tasks lie on a chain of driving links that ends with the last finish of their project."""
    on_path = _last_of_projects(plan, finish)
    pred, succ = plan.links.pred[driving], plan.links.succ[driving]
    links_to: dict[int, list[int]] = {}
    for before, after in zip(pred.tolist(), succ.tolist(), strict=True):
        links_to.setdefault(after, []).append(before)
    below: dict[int, list[int]] = {}
    parents = plan.tasks.parent.tolist()
    for row in np.flatnonzero(plan.tasks.parent >= 0).tolist():
        below.setdefault(parents[row], []).append(row)
    waiting = np.flatnonzero(on_path).tolist()
    while waiting:
        row = waiting.pop()
        for before in _with_above(links_to, parents, row):
            for leaf in _latest_leaves(plan, below, finish, before):
                if not on_path[leaf]:
                    on_path[leaf] = True
                    waiting.append(leaf)
    for row in range(len(plan) - 1, -1, -1):
        if on_path[row] and parents[row] >= 0:
            on_path[parents[row]] = True
    return on_path


def _last_of_projects(plan: Plan, finish: I32) -> Flags:
    counted: Flags = plan.tasks.active & ~plan.is_summary & ~plan.tasks.hammock
    last = np.full(len(plan.projects), NONE, np.int32)
    np.maximum.at(last, plan.tasks.project[counted], finish[counted])
    counted &= finish == last[plan.tasks.project]
    return counted


def _with_above(links_to: dict[int, list[int]], parents: list[int], row: int) -> list[int]:
    """What drives the row, or a summary that holds it."""
    found = []
    while row >= 0:
        found += links_to.get(row, [])
        row = parents[row]
    return found


def _latest_leaves(plan: Plan, below: dict[int, list[int]], finish: I32, row: int) -> list[int]:
    """The row itself, or the tasks that give a summary its finish."""
    if not plan.is_summary[row]:
        return [row]
    inner = [each for each in below.get(row, []) if plan.tasks.active[each]]
    last = max((int(finish[each]) for each in inner), default=NONE)
    return [
        leaf for each in inner if finish[each] == last for leaf in _latest_leaves(plan, below, finish, each)
    ]

"""Hammocks (levels of effort): they have no duration of their own, but run between what their links tie them to."""

from collections.abc import Sequence

import numpy as np

from triptych.plan import LinkKind
from triptych.plan.quantities import NO_INSTANT
from triptych.plan.tables import I64

from .columns import BY_ACTUAL, BY_LINKS, FAR, NONE
from .dialects import Dialect
from .hours import lagged, slack_on
from .network import lag_minutes, lag_rows
from .rollup import PAIRS, Columns, roll_up_dates
from .run import Run


def span_hammocks(run: Run, columns: Columns, dialects: Sequence[Dialect]) -> bool:
    """Date every hammock from the earliest to the latest of the dates that its links tie it to: the ends of its
    predecessors that lead to it and of the successors that it leads to, less or plus the lag. One without links spans
    the tasks beside it, in its summary and below. Facts stand. Whether a date fell beyond the days that are known.

    Links between hammocks, and to what is inactive, tie nothing.
    """
    plan = run.plan
    rows = np.flatnonzero(plan.tasks.hammock & ~plan.is_summary & plan.tasks.active)
    if len(rows) == 0:
        return False
    if plan.is_summary.any():  # hammocks may be tied to summaries
        roll_up_dates(plan, columns, plan.tasks.active & ~plan.tasks.hammock, run.passes)
    ties = _Ties(run, dialects)
    for row in rows.tolist():
        _span(ties, columns, row)
    return ties.beyond


class _Ties:
    """What hammocks are tied to."""

    def __init__(self, run: Run, dialects: Sequence[Dialect]) -> None:
        plan, compiled = run.plan, run.compiled
        self.plan, self.compiled, self.hours = plan, compiled, run.hours
        tasks, links = plan.tasks, plan.links
        holds = tasks.active & ~tasks.hammock
        self.inward = tasks.hammock[links.succ] & holds[links.pred]
        self.outward = tasks.hammock[links.pred] & holds[links.succ]
        self.minutes = lag_minutes(plan)
        every = np.arange(len(links), dtype=np.int32)
        self.lag_row = lag_rows(plan, every, list(dialects), compiled.gauge, compiled.own_hours)
        self.beyond = False

    def dates(self, columns: Columns, row: int, first: str, last: str) -> list[int]:
        """Of one pair of columns, the dates that the hammock at `row` is tied to; those beside it without any."""
        links, found = self.plan.links, []
        for link in np.flatnonzero(self.inward & (links.succ == row)).tolist():
            name = first if links.kind[link] in (LinkKind.SS, LinkKind.SF) else last
            found.append(self._lagged(link, int(columns[name][links.pred[link]]), 1))
        for link in np.flatnonzero(self.outward & (links.pred == row)).tolist():
            name = first if links.kind[link] in (LinkKind.FS, LinkKind.SS) else last
            found.append(self._lagged(link, int(columns[name][links.succ[link]]), -1))
        beside = self._beside(row) if not found else np.empty(0, np.int64)
        return [*found, *columns[first][beside].tolist(), *columns[last][beside].tolist()]

    def _lagged(self, link: int, at: int, sign: int) -> int:
        found = lagged(self.hours, int(self.lag_row[link]), at, sign * int(self.minutes[link]))
        if NONE < found < FAR:
            return found
        self.beyond = True
        return at

    def _beside(self, row: int) -> I64:
        """The tasks in the hammock's summary, and below."""
        plan, level = self.plan, self.plan.level
        parent = int(plan.tasks.parent[row])
        end = parent + 1
        while end < len(plan) and (parent < 0 or level[end] > level[parent]):
            end += 1
        inside = np.arange(parent + 1, end)
        return inside[~plan.is_summary[inside] & ~plan.tasks.hammock[inside] & plan.tasks.active[inside]]


def _span(ties: _Ties, columns: Columns, row: int) -> None:
    """Write the dates and the float of the hammock at `row`."""
    for first, last in PAIRS:
        tied = ties.dates(columns, row, first, last)
        if tied:
            columns[first][row], columns[last][row] = min(tied), max(tied)
    ends = int(columns["early_finish"][row]), int(columns["late_finish"][row])
    spare = slack_on(ties.hours, int(ties.compiled.gauge[row]), *ends)
    columns["total_float"][row] = columns["free_float"][row] = max(0, spare)
    columns["driver"][row] = BY_LINKS
    began, ended = int(ties.plan.tasks.actual_start[row]), int(ties.plan.tasks.actual_finish[row])
    if began != NO_INSTANT:
        columns["start"][row], columns["driver"][row] = began, BY_ACTUAL
        columns["finish"][row] = ended if ended != NO_INSTANT else max(began, int(columns["finish"][row]))

"""Plan → schedule: the critical path method over calendars, for one project or a company of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from triptych.plan import Diagnostic, Plan
from triptych.plan.diagnostics import error
from triptych.plan.quantities import (
    FIRST_YEAR,
    LAST_YEAR,
    MINUTES_PER_DAY,
    NO_INSTANT,
    day_number,
)
from triptych.plan.tables import I64, Flags
from triptych.plan.worktime import Span

from . import passes
from .columns import BY_CONSTRAINT, NONE, Network, OpenHours
from .compiled import passes_for
from .dialects import DIALECTS, Dialect
from .network import Compiled, compile_network
from .rollup import roll_up


@dataclass(frozen=True, eq=False)
class Schedule:
    """The dates of a plan. Columns are aligned with the rows of `plan.tasks`, in instants and working minutes.

    `driver` is the row of the link that holds a task's start, or -1; `reason` says what holds it (`columns.BY_…`
    or, from 0 on, a link). `project_start` and `project_finish` are by row of `plan.projects`.
    """

    plan: Plan
    dialects: tuple[str, ...]
    start: I64
    finish: I64
    early_start: I64
    early_finish: I64
    late_start: I64
    late_finish: I64
    total_float: I64
    free_float: I64
    critical: Flags
    driver: I64
    reason: I64
    wanted: I64
    project_start: I64
    project_finish: I64
    diagnostics: tuple[Diagnostic, ...] = ()

    @cached_property
    def driving_links(self) -> Flags:
        """Which links hold the start of the task they lead to."""
        flags = np.zeros(len(self.plan.links), np.bool_)
        flags[self.driver[self.driver >= 0]] = True
        return flags

    def critical_path(self, project: int = 0) -> list[int]:
        """Uids of the chain of driving links that ends in the project's last critical task, first to last.

        `project` is a row of `plan.projects`. Empty for a project without tasks.
        """
        mine = (self.plan.tasks.project == project) & ~self.plan.is_summary & self.plan.tasks.active
        rows = np.flatnonzero(mine & self.critical)
        if len(rows) == 0:
            rows = np.flatnonzero(mine)
        if len(rows) == 0:
            return []
        last = rows[self.finish[rows] == self.finish[rows].max()]
        chain = [int(last[-1])]  # of several, the furthest down: a closing milestone, not what it closes
        while (link := int(self.driver[chain[-1]])) >= 0:
            chain.append(_leaf_end(self, int(self.plan.links.pred[link])))
        return [int(self.plan.tasks.uid[row]) for row in reversed(chain)]


def _leaf_end(schedule: Schedule, row: int) -> int:
    """The task that gives a summary its finish: the latest below it."""
    plan = schedule.plan
    while plan.is_summary[row]:
        below = np.flatnonzero((plan.tasks.parent == row) & plan.tasks.active)
        if len(below) == 0:
            return row
        row = int(below[np.argmax(schedule.finish[below])])
    return row


def schedule(plan: Plan, *, dialect: str | None = None) -> Schedule:
    """Date every task of `plan`.

    `dialect` names the rules for all projects (`triptych`, `msproject`, `p6`); without it each project keeps its
    own. A plan with faults is scheduled as far as it makes sense, and `diagnostics` says what was left out: a
    circle of links loses the link that closes it. Raises ValueError for an unknown dialect.

    The passes are those of the critical path method (Kelley and Walker, 1959; calendars and link types as in the
    practice standard of the PMI), with the differences between dialects that `docs/rules/` describes.
    """
    readers = [_dialect(dialect or each.dialect) for each in plan.projects]
    span = _first_guess(plan)
    while True:
        compiled = compile_network(plan, readers, span)
        run = _Run(plan, compiled)
        if not run.short or _is_widest(span):
            return run.result(readers)
        span = _wider(span)


def _dialect(name: str) -> Dialect:
    if name not in DIALECTS:
        raise ValueError(f"unknown dialect {name!r}; there are {', '.join(DIALECTS)}")
    return DIALECTS[name]


_WIDEST = Span(
    day_number(date(FIRST_YEAR, 1, 1)),
    day_number(date(LAST_YEAR, 12, 31)),
)


def _first_guess(plan: Plan) -> Span:
    """Days around every date of the plan, with room for a plan of two years: short plans stay quick."""
    tasks = plan.tasks
    dates = [np.array([each.start for each in plan.projects], np.int64)]
    dates += [tasks.constraint_date, tasks.actual_start, tasks.actual_finish, tasks.start, tasks.finish]
    known = np.concatenate(dates)
    known = known[known != NO_INSTANT]
    longest = int(tasks.duration.max(initial=0)) // 240
    first = int(known.min()) // MINUTES_PER_DAY - 60
    last = int(known.max()) // MINUTES_PER_DAY + 400 + longest
    return Span(max(first, _WIDEST.first), min(last, _WIDEST.last))


def _wider(span: Span) -> Span:
    return Span(
        max(span.first - span.days, _WIDEST.first),
        min(span.last + 3 * span.days, _WIDEST.last),
    )


def _is_widest(span: Span) -> bool:
    return span.first <= _WIDEST.first and span.last >= _WIDEST.last


def _as_lists(net: Network) -> Network:
    """For the interpreter, which reads lists three times faster than arrays."""
    open_hours = OpenHours(*(column.tolist() for column in net.open))
    return Network._make([*(column.tolist() for column in net[:-1]), open_hours])


class _Run:
    """One forward and one backward pass, a second forward pass where tasks are as late as possible."""

    def __init__(self, plan: Plan, compiled: Compiled) -> None:
        self.plan, self.compiled = plan, compiled
        size = compiled.nodes.size
        self.module = passes_for(size)
        interpreted = self.module is passes
        columns = compiled.network
        self.net = _as_lists(columns) if interpreted else columns
        self.early_start, self.early_finish, self.driver, self.wanted = (self._empty(size) for _ in range(4))
        self.late_start, self.late_finish, self.total, self.free = (self._empty(size) for _ in range(4))
        self.short = bool(self._forward())
        self.horizon = self._horizon()
        self.short |= bool(self._backward())
        self.start, self.finish = self.early_start, self.early_finish
        if columns.as_late.any():
            self._as_late_as_possible()
        self.module.floats(
            self.net, self.start, self.finish, self.late_start, self.late_finish,
            self.wanted, self.horizon, self.total, self.free,
        )  # fmt: skip

    def _empty(self, size: int) -> I64 | list[int]:
        return [0] * size if self.module is passes else np.zeros(size, np.int64)

    def _forward(self) -> int:
        return int(
            self.module.forward(self.net, self.early_start, self.early_finish, self.driver, self.wanted)
        )

    def _backward(self) -> int:
        return int(
            self.module.backward(
                self.net, self.early_start, self.early_finish, self.horizon, self.late_start, self.late_finish
            )
        )

    def _as_late_as_possible(self) -> None:
        """Start such tasks at their late start and let what follows move with them."""
        early = (np.array(self.early_start), np.array(self.early_finish))
        columns = self.compiled.network
        late = np.array(self.late_start)
        waiting = (columns.as_late == 1) & (columns.started == 0)
        floor = np.where(waiting, np.maximum(columns.floor, late), columns.floor)
        reason = np.where(waiting, BY_CONSTRAINT, columns.floor_reason)
        lists = self.module is passes
        self.net = self.net._replace(
            floor=floor.tolist() if lists else floor, floor_reason=reason.tolist() if lists else reason
        )
        self._forward()
        self.start, self.finish = self.early_start, self.early_finish
        self.early_start, self.early_finish = early

    def _horizon(self) -> I64 | list[int]:
        """The late finish of each project's open ends: its own last early finish."""
        columns = self.compiled.network
        finish = np.array(self.early_finish, np.int64)
        result = np.full(len(self.plan.projects), NONE, np.int64)
        leaf = self.compiled.nodes.leaf
        idle = leaf[(leaf >= 0) & ~self.plan.tasks.active]
        finish[self.compiled.number[idle]] = NONE
        np.maximum.at(result, columns.project, finish)
        for row, project in enumerate(self.plan.projects):
            result[row] = project.start if result[row] == NONE else result[row]
            if project.finish is not None:
                result[row] = project.finish
        return result.tolist() if self.module is passes else result

    def result(self, readers: Sequence[Dialect]) -> Schedule:
        by_node = {
            "start": self.start, "finish": self.finish,
            "early_start": self.early_start, "early_finish": self.early_finish,
            "late_start": self.late_start, "late_finish": self.late_finish,
            "total_float": self.total, "free_float": self.free, "wanted": self.wanted,
        }  # fmt: skip
        number, leaf = self.compiled.number, self.compiled.nodes.leaf
        rows = np.flatnonzero(leaf >= 0)
        columns = {}
        for name, values in by_node.items():
            column = np.full(len(self.plan), NO_INSTANT, np.int64)
            column[rows] = np.array(values, np.int64)[number[leaf[rows]]]
            columns[name] = column
        link, reason = self._drivers(number[leaf[rows]])
        driver, reasons = np.full(len(self.plan), -1, np.int64), np.full(len(self.plan), -1, np.int64)
        driver[rows], reasons[rows] = link, reason
        late = rows[self.compiled.network.as_late[number[leaf[rows]]] == 1]
        columns["total_float"][late] = np.minimum(columns["total_float"][late], 0)
        critical, ends = roll_up(self.plan, columns, np.array(self.horizon, np.int64))
        return Schedule(
            plan=self.plan,
            dialects=tuple(each.name for each in readers),
            driver=driver,
            reason=reasons,
            critical=critical,
            project_start=ends[0],
            project_finish=ends[1],
            diagnostics=self._diagnostics(),
            **columns,
        )

    def _drivers(self, nodes: I64) -> tuple[I64, I64]:
        """For each node the plan's link that holds it, looking through the gates of summaries, and the reason."""
        driver = np.array(self.driver, np.int64)
        edge_link, source = self.compiled.edge_link, self.compiled.network.pred_node
        links, reasons = [], []
        for node in nodes.tolist():
            edge = int(driver[node])
            while edge >= 0 and edge_link[edge] < 0:
                edge = int(driver[source[edge]])
            links.append(int(edge_link[edge]) if edge >= 0 else -1)
            reasons.append(min(edge, 0))
        return np.array(links, np.int64), np.array(reasons, np.int64)

    def _diagnostics(self) -> tuple[Diagnostic, ...]:
        found = list(self.compiled.diagnostics)
        if self.short:
            found.append(_beyond())
        return tuple(found)


def _beyond() -> Diagnostic:
    return error(
        "plan.beyond-calendar",
        f"Some tasks would be dated before {FIRST_YEAR} or after {LAST_YEAR}; their dates are not to be trusted. "
        "Check durations, lags and calendars with very little working time.",
    )

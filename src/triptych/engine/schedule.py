"""Plan → schedule: the critical path method over calendars, for one project or a company of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
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
from triptych.plan.tables import I32, Flags
from triptych.plan.worktime import Span

from .compiled import Passes, passes_for
from .dialects import DIALECTS, Dialect
from .hammocks import span_hammocks
from .network import compile_network
from .paths import driving_links, longest_path
from .rollup import complete, project_ends, roll_up, to_rows
from .run import Run


@dataclass(frozen=True, eq=False)
class Schedule:
    """The dates of a plan. Columns are aligned with the rows of `plan.tasks`, in instants and working minutes.

    `driver` is the row of the link that holds a task's start, or says otherwise what does (`columns.BY_…`, all below
    zero). `project_start` and `project_finish` are by row of `plan.projects`. `run` is the computation itself, for
    questions that go deeper than the columns.
    """

    plan: Plan
    dialects: tuple[str, ...]
    start: I32
    finish: I32
    early_start: I32
    early_finish: I32
    late_start: I32
    late_finish: I32
    total_float: I32
    free_float: I32
    critical: Flags
    driver: I32
    project_start: I32
    project_finish: I32
    run: Run = field(repr=False)
    diagnostics: tuple[Diagnostic, ...] = ()

    @cached_property
    def interfering_float(self) -> I32:
        """The part of the total float whose use delays a successor: total less free float, in working minutes."""
        return self.total_float - self.free_float

    @cached_property
    def driving_links(self) -> Flags:
        """Which links drive: without them their successor could start (or finish) earlier, as far as they say."""
        return driving_links(self.run)

    @cached_property
    def longest_path(self) -> Flags:
        """Which tasks lie on a chain of driving links that ends with the last finish of their project: Primavera's
        longest path, which is right even where calendars, constraints and deadlines distort the float."""
        return longest_path(self.plan, self.finish, self.driving_links)

    def near_critical(self, minutes: int) -> Flags:
        """Which tasks are not critical but have at most so many working minutes of total float."""
        return ~self.critical & (self.total_float <= minutes) & ~complete(self.plan, self.run.passes)

    def critical_path(self, project: int = 0) -> list[int]:
        """Uids of the chain of driving links that ends with the project's last finish, first to last: a critical task,
        where one finishes last; of several, the furthest down, a closing milestone and not what it closes.

        `project` is a row of `plan.projects`. Empty for a project without tasks.
        """
        mine = self.run.counted & (self.plan.tasks.project == project)
        rows = np.flatnonzero(mine)
        if len(rows) == 0:
            return []
        last = rows[self.finish[rows] == self.finish[rows].max()]
        critical = last[self.critical[last]]
        chain = [int(critical[-1] if len(critical) else last[-1])]
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
    return schedule_by(plan, readers, passes_for(len(plan)))


def schedule_by(
    plan: Plan,
    readers: Sequence[Dialect],
    passes: Passes,
    *,
    span: Span | None = None,
    like: Run | None = None,
) -> Schedule:
    """Date every task of `plan`, each project by its dialect, with the passes given; over the days of `span` at least.
    What is the same as for a plan `like` it, which has been scheduled before, is not found out again."""
    run = _run(plan, readers, passes, span or _guess(plan, like), like)
    columns = to_rows(plan, run.compiled.node, run.by_node())
    beyond = span_hammocks(run, columns, readers)
    roll_up(run, columns)
    starts, finishes = project_ends(plan, columns)
    return Schedule(
        plan=plan,
        dialects=tuple(each.name for each in readers),
        critical=_critical(plan, columns, run, passes),
        project_start=starts,
        project_finish=finishes,
        run=run,
        diagnostics=run.compiled.diagnostics + ((_beyond(),) if run.short or beyond else ()),
        **columns,
    )


def _run(plan: Plan, readers: Sequence[Dialect], passes: Passes, span: Span, like: Run | None = None) -> Run:
    """The passes over as many days as they turn out to need."""
    while True:
        run = Run(plan, compile_network(plan, list(readers), span, passes), passes, like)
        if not run.short or _is_widest(span):
            return run
        span = wider(span)


def _critical(plan: Plan, columns: dict[str, I32], run: Run, passes: Passes) -> Flags:
    """Unfinished active tasks with at most the project's limit of total float, or on its longest path."""
    limits = np.array([each.critical_limit for each in plan.projects], np.int64)
    tight: Flags = columns["total_float"] <= limits[plan.tasks.project]
    by_path = np.array([each.critical_by_path for each in plan.projects], np.bool_)
    if by_path.any():
        on_path = longest_path(plan, columns["finish"], driving_links(run))
        tight = np.where(by_path[plan.tasks.project], on_path, tight)
    return tight & ~complete(plan, passes) & plan.tasks.active


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
    dates += [np.array([each.finish for each in plan.projects if each.finish is not None], np.int64)]
    dates += [tasks.constraint_date, tasks.actual_start, tasks.actual_finish, tasks.start, tasks.finish]
    found = [(d.min(), d.max()) for each in dates if len(d := each[each != NO_INSTANT])]
    known = np.array(found or [(0, 0)], np.int64)
    longest = int(tasks.duration.max(initial=0)) // 240
    first = int(known.min()) // MINUTES_PER_DAY - 60
    last = int(known.max()) // MINUTES_PER_DAY + 400 + longest
    return Span(min(max(first, _WIDEST.first), _WIDEST.last), max(min(last, _WIDEST.last), _WIDEST.first))


def _guess(plan: Plan, like: Run | None) -> Span:
    """The days that a plan like this one turned out to need, and those around every date of this one."""
    guess = _first_guess(plan)
    if like is None:
        return guess
    hours = like.compiled.network.open
    return Span(min(guess.first, hours.first_day), max(guess.last, hours.first_day + hours.days - 1))


def wider(span: Span) -> Span:
    """Twice as many days before, four times as many in all, as far as there are any."""
    return Span(
        max(span.first - span.days, _WIDEST.first),
        min(span.last + 3 * span.days, _WIDEST.last),
    )


def _is_widest(span: Span) -> bool:
    return span.first <= _WIDEST.first and span.last >= _WIDEST.last


def _beyond() -> Diagnostic:
    return error(
        "plan.beyond-calendar",
        f"Some tasks would be dated before {FIRST_YEAR} or after {LAST_YEAR}; their dates are not to be trusted. "
        "Check durations, lags and calendars with very little working time.",
    )

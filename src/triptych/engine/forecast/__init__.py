"""What the dates and the money will be, with their chances: the real schedule simulated many times.

`forecast` draws every duration, lets risks strike and branches be chosen, and dates the whole plan by all its rules,
some thousand times (Monte Carlo; Van Slyke, 1963, for schedules). What comes out is a distribution of every date, and
how often each task was what the finish hung on. See `lanes` for how it is computed and docs/guide/forecast.md for what
it says.
"""

from dataclasses import replace

import numpy as np

from triptych.engine.compiled import compiled_lanes
from triptych.engine.costs import NOT_KNOWN, Costs, costs_of
from triptych.engine.dialects import DIALECTS, Dialect
from triptych.engine.lanes import Planned
from triptych.engine.schedule import Schedule, schedule_by
from triptych.plan import Diagnostic, Plan
from triptych.plan.quantities import NO_INSTANT
from triptych.plan.tables import I32, I64
from triptych.plan.uncertainty import Uncertainty
from triptych.plan.worktime import Span

from .collect import Collected, Stopped, Watch, collect
from .course import Chart, chart_course, planned_finishes
from .dates import from_status_on, let_go, tell_of_typed
from .luck import SPENDS, Fortune, rows_named, tell_fortune
from .result import F64, Forecast, Goal
from .run import Threads, Trial, Workers


def forecast(
    plan: Plan,
    what: Uncertainty,
    *,
    seed: int = 1,
    iterations: int = 10_000,
    tolerance: float = 0.005,
    target: int | None = None,
    dialect: str | None = None,
    workers: Workers | None = None,
    watch: Watch | None = None,
    weigh: bool = False,
    as_scheduled: bool = False,
) -> Forecast:
    """Simulate `plan` with `what` is not certain about it.

    The same `seed` gives the same answer, whatever the number of threads or machines. It stops when the 80th percentile
    of every goal is known to within `tolerance` of the time to it (with 95 % confidence; 0 asks for all), at the latest
    after `iterations` (rounded up to whole blocks of 128). A goal is the finish of each project, or that of the task or
    summary of the uid `target`. `dialect` is as in `schedule`, `workers` whoever runs the blocks (by default a thread
    for each processor), `watch` is told the progress and may end it. `weigh` also adds up the significance index.
    Raises KeyError for an unknown target, ValueError for an unknown dialect.

    A date that holds a task against its predecessors (must start or finish on, no later than, where such dates beat
    logic) makes no work quicker, and what is open is not done before the status date: unless it is to be simulated
    `as_scheduled`, such dates are let go in the simulation, "on" becoming "no earlier than", and open work waits for
    the status date. Diagnostics say where. Percent lags keep their planned length, tasks as late as possible wait for
    their planned start, and hammocks are left where they are. Work whose rate changes with time is paid by the average of
    its planned dates.
    """
    as_planned = schedule_by(plan, _readers(plan, dialect), compiled_lanes())
    real, told = (plan, ()) if as_scheduled else _in_earnest(plan, as_planned)
    found, fortune = _over_enough_days(real, what, seed, dialect)
    row = None if target is None else plan.index_of[target]
    costs = costs_of(plan, as_planned)
    price = _by_node(found, np.where(fortune.minutes > 0, costs.per_minute, 0.0))
    chart = chart_course(found, fortune.least, price, row)
    planned = Planned(planned_finishes(chart, as_planned), fortune.planned)
    trial = Trial(chart.net, chart.course, fortune.luck, planned, chart.lines, chart.gaps, seed, weigh)
    collected = collect(
        trial, workers or Threads(), iterations=iterations, tolerance=tolerance, since=_since(found, chart, row), watch=watch,
    )  # fmt: skip
    goals = _goals(
        as_planned,
        chart,
        planned,
        _costs(found, chart, fortune, collected, _expected(plan, costs), what),
        costs.planned,
        collected,
        row,
    )
    return Forecast(
        schedule=found, planned=as_planned, what=what, seed=seed, goals=goals, stopped=collected.stopped, fortune=fortune, chart=chart,
        trial=trial, collected=collected, diagnostics=(*found.diagnostics, *told, *tell_of_typed(plan)),
    )  # fmt: skip


def again(found: Forecast, what: Uncertainty) -> Forecast:
    """The same plan with other uncertainty, as many iterations with the same luck."""
    rules = set(found.planned.dialects)
    return forecast(
        found.planned.plan, what, seed=found.seed, iterations=found.iterations, tolerance=0.0, target=found.goal.task,
        as_scheduled=found.schedule.plan is found.planned.plan, dialect=rules.pop() if len(rules) == 1 else None,
    )  # fmt: skip


def _in_earnest(plan: Plan, planned: Schedule) -> tuple[Plan, tuple[Diagnostic, ...]]:
    freed, told = let_go(plan)
    real, also = from_status_on(freed, planned)
    return real, told + also


def _over_enough_days(
    plan: Plan, what: Uncertainty, seed: int, dialect: str | None
) -> tuple[Schedule, Fortune]:
    """The plan scheduled over as many days as the worst case needs, and what chance does to it."""
    readers, passes = _readers(plan, dialect), compiled_lanes()
    found = schedule_by(plan, readers, passes)
    fortune = tell_fortune(found, what, seed)
    worst = schedule_by(with_minutes(plan, fortune.minutes, fortune.most), readers, passes).run
    span = _span(worst.compiled.network.open)
    if span != _span(found.run.compiled.network.open):
        found = schedule_by(plan, readers, passes, span=span)
        fortune = tell_fortune(found, what, seed)
    return found, fortune


def _readers(plan: Plan, dialect: str | None) -> list[Dialect]:
    for name in {dialect} - {None, *DIALECTS}:
        raise ValueError(f"unknown dialect {name!r}; there are {', '.join(DIALECTS)}")
    return [DIALECTS[dialect or each.dialect] for each in plan.projects]


def _span(hours: "object") -> Span:
    return Span(hours.first_day, hours.first_day + hours.days - 1)  # type: ignore[attr-defined]


def with_minutes(plan: Plan, planned: I64, minutes: I64) -> Plan:
    """The plan whose rows take other minutes than the `planned` that are still to come of them; what is done is
    done."""
    tasks = plan.tasks
    running = (planned > 0) & (tasks.actual_start != NO_INSTANT)
    duration = np.where(minutes > 0, tasks.duration - planned + minutes, tasks.duration)
    return replace(
        plan,
        tasks=tasks.with_columns(duration=duration, remaining=np.where(running, minutes, tasks.remaining)),
    )


def _by_node(found: Schedule, by_row: F64) -> F64:
    result = np.zeros(len(found.run.net.dates))
    rows = np.flatnonzero(found.run.compiled.node >= 0)
    result[found.run.compiled.node[rows]] = by_row[rows]
    return result


def _since(found: Schedule, chart: Chart, target: int | None) -> I32:
    """Where each goal's time to come begins, in its working minutes: at its project's status date, else at its
    start."""
    worked_at = compiled_lanes().worked_at
    projects = chart.goals if target is None else (int(found.plan.tasks.project[target]),)
    result = []
    for project, row in zip(projects, chart.course.own.tolist(), strict=True):
        status = found.plan.projects[project].status_date
        at = int(found.project_start[project]) if status is None else status
        result.append(worked_at(chart.net.open, row, at))
    return np.array(result, np.int32)


def _goals(
    as_planned: Schedule, chart: Chart, planned: Planned, cost: F64, planned_cost: F64, collected: Collected, row: int | None,
) -> tuple[Goal, ...]:  # fmt: skip
    plan = as_planned.plan
    goals = []
    for number, goal in enumerate(chart.goals):
        project = int(plan.tasks.project[row]) if row is not None else goal
        goals.append(
            Goal(
                name=plan.tasks.name[row] if row is not None else plan.projects[project].name,
                project=project,
                task=None if row is None else int(plan.tasks.uid[row]),
                finish=collected.goal[number],
                worked=collected.reckoned[number],
                cost=cost[project] if cost[project].any() else np.zeros(0),
                planned=int(
                    as_planned.finish[row] if row is not None else as_planned.project_finish[project]
                ),
                planned_worked=int(planned.goal[number]),
                planned_cost=float(planned_cost[plan.tasks.project == project].sum()),
            )
        )
    return tuple(goals)


def _expected(plan: Plan, costs: Costs) -> F64:
    """What each task costs if the rest goes as planned: what is done, what it has cost, where that is known."""
    tasks = plan.tasks
    done = (tasks.actual_finish != NO_INSTANT) | (tasks.percent_complete == 100)
    known = done & (costs.actual != NOT_KNOWN) & tasks.active & ~tasks.external
    return np.where(known, costs.actual, costs.planned)


def _costs(
    found: Schedule, chart: Chart, fortune: Fortune, collected: Collected, expected: F64, what: Uncertainty
) -> F64:
    """The cost of every project in every iteration: what is expected, less what the drawn minutes would cost as planned,
    and what they cost as drawn; what risks cost that strike, and what was paid for answering them."""
    plan, node = found.plan, found.run.compiled.node
    cost = collected.cost.copy()
    usual = expected - np.where(node >= 0, chart.course.price[node] * fortune.minutes, 0.0)
    for project in range(len(plan.projects)):
        cost[project] += usual[plan.tasks.project == project].sum()
    for risk in what.risks:
        if risk.response is None and risk.price:
            cost[_payer(found, tuple(rows_named(found, risk.tasks)))] += risk.price
    for number, driver in enumerate(fortune.drivers):
        if driver.how == SPENDS:
            cost[_payer(found, driver.rows)] += collected.felt[number]
    return cost


def _payer(found: Schedule, rows: tuple[int, ...]) -> int:
    """The project that pays for a risk: that of its first task, else the first of the plan."""
    return int(found.plan.tasks.project[rows[0]]) if rows else 0


__all__ = ["Forecast", "Goal", "Stopped", "Threads", "Uncertainty", "Watch", "Workers", "again", "forecast"]

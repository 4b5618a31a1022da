"""`triptych forecast`."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from triptych.engine.compiled import are_lanes_warm
from triptych.engine.forecast import Forecast, Goal, Stopped, Threads, Workers
from triptych.engine.forecast import forecast as simulate
from triptych.engine.forecast.merges import merges
from triptych.engine.forecast.tornado import Bar, tornado
from triptych.engine.forecast.usual import usual
from triptych.engine.forecast.words import chances, money, sentences
from triptych.engine.forecast.worth import Worth, worths
from triptych.engine.warm import warm
from triptych.formats.risks import read_risks
from triptych.plan import Diagnostic, Plan, parse_instant, spell_instant
from triptych.plan.diagnostics import error
from triptych.plan.spelling import count, in_words
from triptych.plan.uncertainty import Uncertainty

from .plan_file import (
    all_diagnostics,
    exit_code,
    find_task,
    print_diagnostics,
    print_json,
    read,
    refuse_unknown,
)
from .table import Column, print_table
from .watch import Watch

CONFIDENCES = (0.1, 0.5, 0.8, 0.9)
_OF_TASKS = (0.1, 0.5, 0.8, 0.9)
#: Tasks told of in the table; the JSON object has all.
_MOST = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of the command."""

    risks: Path | None = None
    task: str | None = None
    by: str | None = None
    budget: float | None = None
    confidence: int = 80
    after_response: bool = False
    worth: bool = False
    iterations: int = 10_000
    seed: int = 1
    threads: int | None = None
    cluster: str | None = None
    as_scheduled: bool = False
    dialect: str | None = None
    svg: Path | None = None
    tornado: Path | None = None


def run(file: Path, asked: Asked, *, as_json: bool) -> int:
    """Simulate the plan and print what comes out; 2 when the file, the risks or an option is not one."""
    refuse_unknown(asked.dialect)
    report = read(file)
    if report.plan is None:
        print_diagnostics(report.diagnostics)
        return exit_code(report.diagnostics)
    what, found = _uncertainty(asked, report.plan)
    target = None if asked.task is None else find_task(report.plan, asked.task, file)
    by = _instant(asked.by, found)
    print_diagnostics(tuple(found))
    if what is None or found or (asked.task is not None and target is None):
        return 2
    result = _simulate(report.plan, what, asked, target)
    if as_json:
        print_json(_as_object(result, asked, by))
    else:
        _print(result, asked, by)
        print_diagnostics((*all_diagnostics(report, None), *result.diagnostics))
    return 0 if _draw(result, asked, by) else 2


def _uncertainty(asked: Asked, plan: Plan) -> tuple[Uncertainty | None, list[Diagnostic]]:
    if asked.risks is None:
        return usual(), []
    try:
        told = read_risks(asked.risks.read_bytes(), plan)
    except OSError as fault:
        return None, [
            error("file.unreadable", f"{fault.strerror or fault}. Check the path.", str(asked.risks))
        ]
    what = told.what
    return what.after_response() if what and asked.after_response else what, list(told.diagnostics)


def _instant(text: str | None, found: list[Diagnostic]) -> int | None:
    """A date given on the command line: the end of that day, or the minute."""
    if text is None:
        return None
    try:
        at = parse_instant(text)
    except ValueError as fault:
        found.append(error("option.by", f"--by: {fault}; write 2027-05-14 or 2027-05-14T12:00."))
        return None
    return at if ":" in text else at + 1439


def _simulate(plan: Plan, what: Uncertainty, asked: Asked, target: int | None) -> Forecast:
    if not are_lanes_warm():
        print("triptych: compiling the simulation, this once (about half a minute) …", file=sys.stderr)
        warm()
    workers = _workers(asked)
    try:
        with Watch() as watch:
            return simulate(
                plan, what, seed=asked.seed, iterations=asked.iterations, target=target, dialect=asked.dialect,
                workers=workers, as_scheduled=asked.as_scheduled,
                watch=lambda done, most: watch.goes_on(f"simulated {done:,} times of at most {most:,}"),
            )  # fmt: skip
    finally:
        workers.close()


def _workers(asked: Asked) -> Workers:
    """Threads of this process, or the cluster asked for. Exits with 2 where there is none."""
    if asked.cluster is None:
        return Threads(asked.threads)
    try:
        from .cluster import Cluster  # noqa: PLC0415 - an extra, and slow to load

        return Cluster(asked.cluster)
    except ImportError:
        print("triptych: a cluster needs an extra: pip install 'triptych[cluster]'", file=sys.stderr)
    except (OSError, ValueError) as fault:
        print(f"triptych: --cluster {asked.cluster}: {fault}", file=sys.stderr)
    raise SystemExit(2)


def _print(found: Forecast, asked: Asked, by: int | None) -> None:
    for number, goal in enumerate(found.goals):
        if number:
            print()
        _print_goal(found, number, goal, asked, by)
    _print_tasks(found)
    if asked.worth:
        _print_worths(found, worths(found, confidence=asked.confidence / 100))
    print(f"\nSimulated {found.iterations:,} times with seed {found.seed}: {_why(found.stopped)}.")
    if asked.risks is None:
        print(
            "No --risks were given: every task varies as tasks usually do. See docs/guide/forecast.md for how to say what you know."
        )


def _print_goal(found: Forecast, number: int, goal: Goal, asked: Asked, by: int | None) -> None:
    print(goal.name)
    budget = None if asked.budget is None else asked.budget * 100
    for sentence in sentences(found, number, confidence=asked.confidence / 100, by=by, budget=budget):
        print(f"  {sentence}")
    sign = found.schedule.plan.projects[goal.project].currency
    columns = [Column("Confidence"), Column("Finished by"), Column("Contingency", right=True)]
    columns += [Column("Costs no more than", right=True)] if len(goal.cost) else []
    rows = [
        (
            f"{chances(each)}",
            in_words(goal.finish_at(each)),
            _spelled(found, goal, goal.contingency(each)),
            *([money(goal.cost_at(each), sign)] if len(goal.cost) else []),
        )
        for each in sorted({*CONFIDENCES, asked.confidence / 100})
    ]
    print()
    print_table(columns, rows, [each[0] == chances(asked.confidence / 100) for each in rows])
    bars = tornado(found, number, most=8)
    if bars:
        print("\nWhat the finish leans on most (average finish when it turns out low, and high):")
        _print_bars(found, goal, bars)


def _print_bars(found: Forecast, goal: Goal, bars: tuple[Bar, ...]) -> None:
    columns = (Column("What", cut=True), Column("Low"), Column("High"), Column("Swing", right=True))
    rows = [
        (each.name, in_words(each.low), in_words(each.high), _spelled(found, goal, each.swing))
        for each in bars
    ]
    print_table(columns, rows, [False] * len(rows))


def _print_tasks(found: Forecast) -> None:
    plan = found.schedule.plan
    open_rows = np.flatnonzero(~plan.is_summary & (found.criticality > 0))
    rows = open_rows[np.lexsort((open_rows, -found.sensitivity[open_rows]))][:_MOST]
    if len(rows) == 0:
        return
    late = found.percentile(0.8)
    columns = (
        Column("WBS"), Column("Task", cut=True), Column("Critical", right=True), Column("Cruciality", right=True),
        Column("Sensitivity", right=True), Column("8 in 10 by"),
    )  # fmt: skip
    cells = [
        (
            plan.tasks.wbs[row], plan.tasks.name[row], f"{found.criticality[row]:.0%}", f"{found.cruciality[row]:.2f}",
            f"{found.sensitivity[row]:.2f}", in_words(int(late[row])),
        )
        for row in rows.tolist()
    ]  # fmt: skip
    print(f"\nTasks that decide ({count(len(open_rows), 'task')} critical at least once):")
    print_table(columns, cells, [found.criticality[row] > 0.5 for row in rows.tolist()])
    met = merges(found, most=3)
    for each in met:
        print(
            f"  “{each.name}” waits for the last of {each.predecessors}: {each.bias / 1440:.1f} days later than the latest of them is alone."
        )


def _print_worths(found: Forecast, told: tuple[Worth, ...]) -> None:
    if not told:
        return
    goal = found.goals[0]
    sign = found.schedule.plan.projects[goal.project].currency
    if len(found.goals) > 1:
        print(f"\nOf “{goal.name}” alone:", end="")
    print("\nWhat each is worth (gained if it were not there; of a response, if it were made):")
    columns = (Column("What", cut=True), Column(""), Column("At that confidence", right=True), Column("On average", right=True), Column("Money", right=True))  # fmt: skip
    rows = [
        (each.name, each.kind, _spelled(found, goal, each.minutes), _spelled(found, goal, round(each.mean_minutes)), money(each.cost, sign))
        for each in told
    ]  # fmt: skip
    print_table(columns, rows, [False] * len(rows))


def _why(stopped: Stopped) -> str:
    return {
        Stopped.STABLE: "by then P80 stood still to half a per cent of the time to it",
        Stopped.LIMIT: "that was the limit, before P80 stood still to half a per cent",
        Stopped.CANCELLED: "then it was cancelled",
    }[stopped]


def _spelled(found: Forecast, goal: Goal, minutes: int) -> str:
    """Working days with their sign, all to the same tenth so that a column of them can be compared."""
    days = (
        round(minutes / found.schedule.plan.projects[goal.project].minutes_per_day, 1) + 0.0
    )  # no negative nought
    return f"{days:+.1f} d".replace("-", "−")


def _draw(found: Forecast, asked: Asked, by: int | None) -> bool:
    """Write the pictures asked for; whether they could be."""
    if asked.svg is None and asked.tornado is None:
        return True
    from triptych.pictures.forecast import forecast_svg, tornado_svg  # noqa: PLC0415 - asked for seldom

    goal = found.goals[0]
    per_day = found.schedule.plan.projects[goal.project].minutes_per_day
    budget, confidence = None if asked.budget is None else asked.budget * 100, asked.confidence / 100
    drawn: list[tuple[Path | None, Callable[[], str]]] = [
        (asked.svg, lambda: forecast_svg(found, by=by, budget=budget, confidence=confidence)),
        (asked.tornado, lambda: tornado_svg(tornado(found), goal, minutes_per_day=per_day)),
    ]
    try:
        for path, draw in drawn:
            if path is not None:
                path.write_text(draw(), encoding="utf-8")
    except OSError as fault:
        print(f"triptych: {fault.filename}: {fault.strerror}", file=sys.stderr)
        return False
    return True


def _as_object(found: Forecast, asked: Asked, by: int | None) -> dict[str, Any]:
    return {
        "iterations": found.iterations,
        "seed": found.seed,
        "stopped": found.stopped.value,
        "goals": [_goal(found, number, asked, by) for number in range(len(found.goals))],
        "tasks": _tasks(found),
        "merges": [
            {"task": each.task, "predecessors": each.predecessors, "bias_minutes": round(each.bias), "critical": each.critical}
            for each in merges(found)
        ],
        **({"worth": [_worth(each) for each in worths(found, confidence=asked.confidence / 100)]} if asked.worth else {}),
        "diagnostics": [each.as_json() for each in found.diagnostics],
    }  # fmt: skip


def _goal(found: Forecast, number: int, asked: Asked, by: int | None) -> dict[str, Any]:
    goal = found.goals[number]
    budget = None if asked.budget is None else asked.budget * 100
    steps = [each / 100 for each in range(5, 100, 5)]
    return {
        "name": goal.name,
        "task": goal.task,
        "planned_finish": spell_instant(goal.planned),
        "chance_of_planned_finish": goal.chance_by(goal.planned),
        "finish": {f"P{each * 100:.0f}": spell_instant(goal.finish_at(each)) for each in steps},
        "mean_delay_minutes": goal.bias,
        "contingency_minutes": {f"P{each * 100:.0f}": goal.contingency(each) for each in steps},
        **(_cost(goal, steps) if len(goal.cost) else {}),
        **({"chance_by": goal.chance_by(by)} if by is not None else {}),
        **({"chance_within_budget": goal.chance_within(budget)} if budget is not None and len(goal.cost) else {}),
        "sentences": sentences(found, number, confidence=asked.confidence / 100, by=by, budget=budget),
        "tornado": [
            {"name": each.name, "task": each.task, "low": spell_instant(each.low), "high": spell_instant(each.high), "swing_minutes": each.swing, "correlation": each.correlation}
            for each in tornado(found, number)
        ],
    }  # fmt: skip


def _cost(goal: Goal, steps: list[float]) -> dict[str, Any]:
    """What a goal with costs may cost, in whole units of the currency."""
    return {
        "planned_cost": goal.planned_cost / 100,
        "cost": {f"P{each * 100:.0f}": goal.cost_at(each) / 100 for each in steps},
        "cost_contingency": {f"P{each * 100:.0f}": goal.cost_contingency(each) / 100 for each in steps},
    }


def _worth(each: Worth) -> dict[str, Any]:
    return {
        "name": each.name, "kind": each.kind, "minutes": each.minutes, "mean_minutes": each.mean_minutes, "cost": each.cost / 100,
    }  # fmt: skip


def _tasks(found: Forecast) -> list[dict[str, Any]]:
    plan = found.schedule.plan
    dates = {f"P{each * 100:.0f}": found.percentile(each) for each in _OF_TASKS}
    return [
        {
            "uid": int(plan.tasks.uid[row]),
            "wbs": plan.tasks.wbs[row],
            "name": plan.tasks.name[row],
            "planned_finish": spell_instant(int(found.planned.finish[row])),
            "finish": {name: spell_instant(int(values[row])) for name, values in dates.items()},
            "criticality": float(found.criticality[row]),
            "cruciality": float(found.cruciality[row]),
            "sensitivity": float(found.sensitivity[row]),
        }
        for row in range(len(plan))
    ]

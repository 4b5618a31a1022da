"""`triptych pull-in`."""

import sys
from pathlib import Path
from typing import Any

from triptych.engine import Schedule
from triptych.engine.pull_in import Option, PullIn
from triptych.engine.pull_in import pull_in as find_ways
from triptych.plan import spell_duration, spell_instant
from triptych.plan.quantities import parse_duration

from .plan_file import all_diagnostics, date, exit_code, find_task, print_diagnostics, print_json, read
from .table import Column, print_table

_COLUMNS = (Column("Gains", right=True), Column("Costs", right=True), Column("What to do", cut=True))


def run(file: Path, task: str, *, by: str, as_json: bool, dialect: str | None) -> int:
    """Print the cheapest ways to have the task finish earlier; 2 when the file, the task or the duration is not one."""
    report = read(file)
    result = date(report, dialect)
    if result is None:
        diagnostics = all_diagnostics(report, result)
        print_diagnostics(diagnostics)
        return exit_code(diagnostics)
    uid, minutes = find_task(result.plan, task, file), _minutes(by, result)
    if uid is None or minutes is None:
        return 2
    found = find_ways(result, uid, minutes)
    if as_json:
        print_json(_as_object(found))
    else:
        _print(found, result)
    return 0


def _minutes(by: str, result: Schedule) -> int | None:
    project = result.plan.project
    try:
        minutes = parse_duration(
            by, minutes_per_day=project.minutes_per_day, minutes_per_week=project.minutes_per_week
        )
    except ValueError as fault:
        print(f"triptych: --by: {fault}", file=sys.stderr)
        return None
    if minutes == 0:
        print("triptych: --by: a date is pulled in by more than nothing", file=sys.stderr)
        return None
    return minutes


def _print(found: PullIn, result: Schedule) -> None:
    per_day = result.plan.project.minutes_per_day

    def spelled(minutes: int) -> str:
        return spell_duration(minutes, minutes_per_day=per_day)

    print(found.sentence)
    best = found.combination or found.furthest
    if best is not None:
        for deed in best.deeds:
            print(f"  - {deed}")
    if found.options:
        print("\nOne at a time, the cheapest for what it gains first:")
        rows = [
            (
                spelled(each.gain),
                "a decision" if each.decision and not each.cost else spelled(each.cost),
                each.deeds[0],
            )
            for each in found.options
        ]
        print_table(_COLUMNS, rows, [each.meets for each in found.options])


def _as_object(found: PullIn) -> dict[str, Any]:
    return {
        "task": found.task,
        "goal_minutes": found.goal,
        "finish": spell_instant(found.finish),
        "sentence": found.sentence,
        "combination": None if found.combination is None else _option(found.combination),
        "furthest": None if found.furthest is None else _option(found.furthest),
        "options": [_option(each) for each in found.options],
        "in_the_way": [
            {"task": each.task, "reason": each.reason, "sentence": each.sentence} for each in found.in_the_way
        ],
    }


def _option(option: Option) -> dict[str, Any]:
    return {
        "gain_minutes": option.gain,
        "cost_minutes": option.cost,
        "needs_decision": option.decision,
        "meets": option.meets,
        "finish": spell_instant(option.finish),
        "deeds": list(option.deeds),
        "sentence": option.sentence,
        "then": option.then,
    }

"""A file on the command line: read it, schedule it, and say what is wrong in one way."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from triptych.engine import DIALECTS, Schedule
from triptych.engine import schedule as schedule_plan
from triptych.formats import ReadReport, read_plan
from triptych.plan import Diagnostic, Plan, Severity, worst
from triptych.plan.diagnostics import error

EXIT = {Severity.NOTE: 0, Severity.WARNING: 1, Severity.ERROR: 2}


def read(file: Path) -> ReadReport:
    """The file's report; a file that cannot be opened is an error like any other."""
    try:
        return read_plan(file.read_bytes(), name=file.name)
    except OSError as fault:
        reason = fault.strerror or str(fault)
        found = error("file.unreadable", f"{reason}. Check the path and that you may read it.", str(file))
        return ReadReport(plan=None, diagnostics=(found,))


def with_team(report: ReadReport, team: Path | None) -> ReadReport:
    """The report with what the team's file says of the people; with faults of it there is no plan, and they are told with the plan's."""
    if team is None or report.plan is None:
        return report
    from triptych.formats.team import read_team  # noqa: PLC0415 - most calls have no such file

    try:
        told = read_team(team.read_bytes(), report.plan)
    except OSError as fault:
        found = error("file.unreadable", f"{fault.strerror or fault}. Check the path.", str(team))
        return replace(report, plan=None, diagnostics=(*report.diagnostics, found))
    if told.plan is None:
        return replace(report, plan=None, diagnostics=(*report.diagnostics, *told.diagnostics))
    return replace(report, plan=told.plan)


def date(report: ReadReport, dialect: str | None) -> Schedule | None:
    """The schedule of the file's plan; None when there is no plan. Exits with 2 for an unknown dialect."""
    refuse_unknown(dialect)
    return None if report.plan is None else schedule_plan(report.plan, dialect=dialect)


def refuse_unknown(dialect: str | None) -> None:
    """Exit with 2 for a dialect that there is not."""
    if dialect is not None and dialect not in DIALECTS:
        print(f"triptych: unknown dialect “{dialect}”; there are {', '.join(DIALECTS)}", file=sys.stderr)
        raise SystemExit(2)


def all_diagnostics(report: ReadReport, result: Schedule | None) -> tuple[Diagnostic, ...]:
    """What reading and scheduling found, in that order."""
    return (*report.diagnostics, *(result.diagnostics if result else ()))


def exit_code(diagnostics: tuple[Diagnostic, ...]) -> int:
    """0 clean, 1 warnings, 2 errors."""
    return EXIT[worst(diagnostics)]


def print_diagnostics(diagnostics: tuple[Diagnostic, ...]) -> None:
    """To standard error, one a line: severity, code, place, message."""
    for each in diagnostics:
        place = f" {each.place}:" if each.place else ""
        print(f"{each.severity.word} {each.code}:{place} {each.message}", file=sys.stderr)


def print_json(value: Any) -> None:
    """One JSON object on one line."""
    print(json.dumps(value, ensure_ascii=False))


def find_task(plan: Plan, task: str, file: Path) -> int | None:
    """The uid of the task with that WBS code, or of `uid:NUMBER`; one that is not there is told with the way out."""
    if task in plan.tasks.wbs:
        return int(plan.tasks.uid[plan.tasks.wbs.index(task)])
    number = task.removeprefix("uid:")
    if task != number and number.isdecimal() and int(number) in plan.index_of:
        return int(number)
    print(
        f"triptych: there is no task {task} in {file}; `triptych schedule {file}` prints the WBS codes",
        file=sys.stderr,
    )
    return None

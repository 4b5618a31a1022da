"""`triptych staffing`."""

import sys
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from triptych.engine import Schedule
from triptych.engine.cover import away, covers, roles_by_month
from triptych.plan import Plan, Severity
from triptych.plan.changes import CannotApply
from triptych.plan.diagnostics import error

from .plan_file import all_diagnostics, exit_code, find_task, print_diagnostics, print_json, read, with_team
from .plan_file import date as dated
from .staffing_report import away_object, cover_object, print_away, print_covers, print_roles, roles_object


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of the command."""

    who_for: str | None = None
    away: str | None = None
    start: str | None = None
    finish: str | None = None
    team: Path | None = None
    dialect: str | None = None


def run(file: Path, asked: Asked, *, as_json: bool) -> int:
    """Print how many of which role are missing, who could take a task over, or what an absence does; 2 when a file or an
    option is not one."""
    if not _agree(asked):
        return 2
    report = read(file)
    report = with_team(report, asked.team)
    schedule = dated(report, asked.dialect)
    diagnostics = all_diagnostics(report, schedule)
    if schedule is None:
        print_diagnostics(diagnostics)
        return exit_code(diagnostics)
    print_diagnostics(tuple(each for each in diagnostics if each.severity is Severity.ERROR))
    if asked.who_for is not None:
        return _who(schedule, asked.who_for, file, as_json=as_json)
    if asked.away is not None:
        return _away(schedule, asked, as_json=as_json)
    found = roles_by_month(schedule)
    if as_json:
        print_json(roles_object(found))
    else:
        print_roles(found)
    return 0


def _agree(asked: Asked) -> bool:
    """Whether the options go together; what does not is told."""
    faults = []
    if asked.who_for is not None and asked.away is not None:
        faults.append("--who-for and --away are two questions; ask one at a time")
    if asked.away is not None and asked.start is None:
        faults.append("--away needs --from: the first day, 2027-03-01")
    if asked.away is None and (asked.start or asked.finish):
        faults.append("--from and --to go with --away: who is away?")
    for fault in faults:
        print(f"triptych: {fault}", file=sys.stderr)
    return not faults


def _who(schedule: Schedule, task: str, file: Path, *, as_json: bool) -> int:
    uid = find_task(schedule.plan, task, file)
    if uid is None:
        return 2
    found = covers(schedule, uid)
    if as_json:
        print_json({"task": uid, "people": [cover_object(each) for each in found]})
        return 0
    print_covers(found, uid, schedule.plan)
    return 0


def _away(schedule: Schedule, asked: Asked, *, as_json: bool) -> int:
    person, days = _person(schedule.plan, asked.away or ""), _period(asked.start or "", asked.finish)
    if person is None or days is None:
        return 2
    try:
        found = away(schedule, person, *days)
    except CannotApply as fault:
        print(f"triptych: {fault}", file=sys.stderr)
        return 2
    if as_json:
        print_json(away_object(found))
    else:
        print_away(found, schedule.plan)
    return 0


def _person(plan: Plan, name: str) -> int | None:
    """The uid of a person by name; one that is not there is told with the names that are near."""
    exact = [each for each in plan.resources if each.name == name]
    found = exact or [each for each in plan.resources if each.name.casefold() == name.strip().casefold()]
    if len(found) == 1:
        return found[0].uid
    near = get_close_matches(name, [each.name for each in plan.resources], 3, 0.5)
    way = f"; did you mean {' or '.join(f'“{each}”' for each in near)}?" if near else ""
    what = f"{len(found)} people are" if found else "nobody is"
    told = f"{what[:1].upper()}{what[1:]} called “{name}” in the plan{'' if found else way}"
    print_diagnostics((error("staffing.person", told if told.endswith("?") else f"{told}.", "--away"),))
    return None


def _period(start: str, finish: str | None) -> tuple[date, date] | None:
    """The first and the last day; without a last one it is one day. All that is wrong is told."""
    days: list[date] = []
    for option, text in (("--from", start), ("--to", finish or start)):
        try:
            days.append(date.fromisoformat(text))
        except ValueError:
            print(f"triptych: {option}: “{text}” is not a day such as 2027-03-01", file=sys.stderr)
    return (days[0], days[1]) if len(days) == 2 else None

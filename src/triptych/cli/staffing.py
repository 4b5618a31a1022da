"""`triptych staffing`."""

import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np

from triptych.engine import Schedule
from triptych.engine.cover import Away, Cover, RoleMonth, Roles, StandIn, away, covers, roles_by_month
from triptych.engine.cover.absence import Outcome
from triptych.engine.cover.words import listed
from triptych.engine.forecast.words import money
from triptych.plan import Plan, Severity, spell_duration, spell_instant
from triptych.plan.changes import CannotApply
from triptych.plan.diagnostics import error
from triptych.plan.spelling import day_in_words, hours, month_in_words

from .plan_file import all_diagnostics, exit_code, find_task, print_diagnostics, print_json, read, with_team
from .plan_file import date as dated
from .table import Column, print_table

_MONTHS = (
    Column("Month"),
    Column("Role", cut=True),
    Column("Work", right=True),
    Column("There", right=True),
    Column("By skill", right=True),
    Column("Lacking", right=True),
    Column("People lacking", right=True),
)
_PEAKS = (
    Column("Role", cut=True),
    Column("Most at one time", right=True),
    Column("There", right=True),
    Column("First on"),
)
_STAND_INS = (
    Column("Stand-in", cut=True),
    Column("Able by"),
    Column("Free", right=True),
    Column("Hours alike", right=True),
    Column("Costs", right=True),
    Column("Task", right=True),
    Column("Project", right=True),
    Column("Too much", right=True),
)
_SLIPS = (Column("Slips", cut=True), Column("By", right=True), Column("Now finishes"), Column("Deadline"))
#: So many slips are told; --json has all.
_MOST = 10


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
        print_json(_roles_object(found))
    else:
        _print_roles(found)
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


def _print_roles(found: Roles) -> None:
    print(found.sentence)
    if found.rows:
        print()
        print_table(_MONTHS, list(map(_month, found.rows)), [each.lack > 0 for each in found.rows])
    if found.peaks:
        print()
        rows = [
            (each.role, f"{each.people:.1f}", f"{each.there:.1f}", day_in_words(each.at))
            for each in found.peaks
        ]
        print_table(_PEAKS, rows, [each.people > each.there for each in found.peaks])


def _month(row: RoleMonth) -> tuple[str, ...]:
    few = "<0.1" if row.lacking_people < 0.05 else f"{row.lacking_people:.1f}"
    lack = (_hours(row.lack), few) if row.lack else ("", "")
    helped = _hours(row.helped) if row.helped else ""
    role = row.role or "(no role on record)"
    return month_in_words(row.month), role, _hours(row.demand), _hours(row.capacity), helped, *lack


def _hours(minutes: float) -> str:
    return f"{minutes / 60:,.0f} h"


def _roles_object(found: Roles) -> dict[str, Any]:
    return {
        "sentence": found.sentence,
        "months": [
            {
                "month": each.month.isoformat()[:7],
                "role": each.role or None,
                "demand_minutes": round(each.demand, 1),
                "capacity_minutes": round(each.capacity, 1),
                "helped_minutes": round(each.helped, 1),
                "lack_minutes": round(each.lack, 1),
                "needed_people": round(each.needed_people, 3),
                "lacking_people": round(each.lacking_people, 3),
            }
            for each in found.rows
        ],
        "peaks": [
            {"role": each.role, "people": each.people, "there": each.there, "at": spell_instant(each.at)}
            for each in found.peaks
        ],
        "alone": [{"name": name, "lack_minutes": round(lack, 1)} for name, lack in found.alone],
    }


# Who could take a task over.


def _who(schedule: Schedule, task: str, file: Path, *, as_json: bool) -> int:
    uid = find_task(schedule.plan, task, file)
    if uid is None:
        return 2
    found = covers(schedule, uid)
    if as_json:
        print_json({"task": uid, "people": [_cover_object(each) for each in found]})
        return 0
    if not found:
        print(_nobody(schedule.plan, uid))
    for number, each in enumerate(found):
        print("\n" * bool(number) + each.sentence)
        _print_stand_ins(each, schedule.plan)
    return 0


def _nobody(plan: Plan, uid: int) -> str:
    """That nobody works on a task; of a summary, the tasks below it to ask about."""
    row, name = plan.index_of[uid], plan.task(uid).name
    below = [f"“{plan.tasks.name[each]}”" for each in np.flatnonzero(plan.tasks.parent == row).tolist()]
    if not below:
        return f"Nobody works on “{name}”."
    return f"“{name}” is a summary; ask about a task below it: {listed(below)}."


def _print_stand_ins(found: Cover, plan: Plan) -> None:
    if not found.stand_ins:
        return
    task = plan.task(found.task)
    owner = plan.projects[plan.project_index[task.project]]
    rows = [_stand_in(each, owner.minutes_per_day, owner.currency) for each in found.stand_ins]
    print()
    print_table(_STAND_INS, rows, [each is found.best for each in found.stand_ins])
    if found.left_out:
        print(f"… and {found.left_out} more with less time to spare")


def _stand_in(found: StandIn, per_day: int, currency: str) -> tuple[str, ...]:
    return (
        found.name,
        found.known.value,
        hours(found.free),
        f"{100 * found.overlap:.0f} %",
        "" if found.cost is None else f"{'−' if found.cost < 0 else ''}{money(abs(found.cost), currency)}",
        _moved(found.task_delay, per_day),
        _moved(found.project_delay, per_day),
        _hours(found.overload) if found.overload else "",
    )


def _moved(minutes: int, per_day: int) -> str:
    if minutes == 0:
        return "as planned"
    return f"{'+' if minutes > 0 else '−'}{spell_duration(abs(minutes), minutes_per_day=per_day)}"


def _cover_object(found: Cover) -> dict[str, Any]:
    return {
        "task": found.task,
        "person": found.person,
        "role": found.role or None,
        "needed_minutes": round(found.needed, 1),
        "finish": spell_instant(found.finish),
        "sentence": found.sentence,
        "left_out": found.left_out,
        "stand_ins": [_stand_in_object(each) for each in found.stand_ins],
    }


def _stand_in_object(found: StandIn) -> dict[str, Any]:
    return {
        "person": found.resource,
        "name": found.name,
        "known": found.known.value,
        "free_minutes": round(found.free, 1),
        "overlap": round(found.overlap, 4),
        "cost": None if found.cost is None else found.cost / 100,
        "task_finish": spell_instant(found.task_finish),
        "task_delay_minutes": found.task_delay,
        "project_finish": spell_instant(found.project_finish),
        "project_delay_minutes": found.project_delay,
        "overload_minutes": round(found.overload, 1),
        "changes": [asdict(each) for each in found.changes],
        "sentence": found.sentence,
    }


# What an absence does.


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
        print_json(_away_object(found))
    else:
        _print_away(found, schedule.plan)
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


def _print_away(found: Away, plan: Plan) -> None:
    print(found.sentence)
    if found.choice:
        print(found.choice)
    if found.waiting.slips:
        print()
        _print_slips(found.waiting, plan)
    for each in found.covers:
        print(f"\n{each.sentence}")


def _print_slips(outcome: Outcome, plan: Plan) -> None:
    slips = outcome.slips[:_MOST]
    rows = []
    for each in slips:
        row = plan.index_of[each.task]
        per_day = plan.projects[int(plan.tasks.project[row])].minutes_per_day
        broken = "" if each.broken is None else f"breaks {day_in_words(each.broken)}"
        size = spell_duration(each.minutes, minutes_per_day=per_day)
        rows.append((each.name, size, day_in_words(each.after), broken))
    print_table(_SLIPS, rows, [each.milestone or each.broken is not None for each in slips])
    if len(outcome.slips) > len(slips):
        print(f"… and {len(outcome.slips) - len(slips)} more")


def _away_object(found: Away) -> dict[str, Any]:
    return {
        "person": found.person,
        "name": found.name,
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "sentence": found.sentence,
        "choice": found.choice,
        "overload_minutes": round(found.overload, 1),
        "waiting": _outcome_object(found.waiting),
        "standing_in": _outcome_object(found.standing_in),
        "covers": [_cover_object(each) for each in found.covers],
        "chosen": [None if each is None else each.resource for each in found.chosen],
        "changes": _changes(found),
    }


def _changes(found: Away) -> list[dict[str, Any]]:
    """The changes as the API takes them; days as text."""
    listed = [asdict(each) for each in found.changes]
    return [
        {name: value.isoformat() if isinstance(value, date) else value for name, value in each.items()}
        for each in listed
    ]


def _outcome_object(outcome: Outcome) -> dict[str, Any]:
    return {
        "slips": [
            {
                "task": each.task,
                "name": each.name,
                "milestone": each.milestone,
                "before": spell_instant(each.before),
                "after": spell_instant(each.after),
                "minutes": each.minutes,
                "breaks_deadline": None if each.broken is None else spell_instant(each.broken),
            }
            for each in outcome.slips
        ],
        "finishes": _finishes(outcome),
        "overload_minutes": round(outcome.overload, 1),
    }


def _finishes(outcome: Outcome) -> Sequence[dict[str, Any]]:
    return [
        {
            "project": each.project,
            "name": each.name,
            "before": spell_instant(each.before),
            "after": spell_instant(each.after),
            "minutes": each.minutes,
        }
        for each in outcome.finishes
    ]

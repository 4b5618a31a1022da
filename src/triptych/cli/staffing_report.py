"""What `triptych staffing` prints: for people, and as JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import numpy as np

from triptych.engine.cover import Away, Cover, RoleMonth, Roles, StandIn
from triptych.engine.cover.absence import Outcome
from triptych.engine.cover.words import listed
from triptych.engine.forecast.words import money
from triptych.plan import Plan, spell_duration, spell_instant
from triptych.plan.spelling import day_in_words, hours, month_in_words

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


def print_roles(found: Roles) -> None:
    """How many of which role are missing, and the most that are needed at one time."""
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


def roles_object(found: Roles) -> dict[str, Any]:
    """The same as the JSON object that `--json` prints; times are minutes."""
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


def print_covers(found: Sequence[Cover], uid: int, plan: Plan) -> None:
    """Who could do the work of each of a task's people."""
    if not found:
        print(_nobody(plan, uid))
    for number, each in enumerate(found):
        print("\n" * bool(number) + each.sentence)
        _print_stand_ins(each, plan)


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


def cover_object(found: Cover) -> dict[str, Any]:
    """Who could do one person's work on a task, for `--json`."""
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


def print_away(found: Away, plan: Plan) -> None:
    """What an absence does, and who stands in."""
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


def away_object(found: Away) -> dict[str, Any]:
    """The same for `--json`."""
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
        "covers": [cover_object(each) for each in found.covers],
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

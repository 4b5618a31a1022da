"""Earned value of a project, from a baseline in its plan."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from triptych.engine.costs import NOT_KNOWN, Costs, costs_of
from triptych.engine.schedule import Schedule
from triptych.plan import NO_INSTANT, Baseline, Diagnostic, Instant, Plan, Project, ResourceKind
from triptych.plan.diagnostics import note, warning
from triptych.plan.spelling import day_in_words
from triptych.plan.tables import Flags

from .assess import Assessment, Snapshot, assess, not_assessed
from .curve import Curve
from .measure import Fault, Kind, Measure, Reason, Speller
from .scope import Scope, clocks_of, names, scope_of
from .series import Status


@dataclass(frozen=True, slots=True, eq=False)
class EarnedValue:
    """What earned value says of a project at one date. `curve` and `snapshot` are None where nothing can be said; the
    measures then say why. `history` is what was known of earlier dates, for pictures."""

    plan: Plan
    project: Project
    baseline: Baseline | None
    assessment: Assessment
    curve: Curve | None = None
    snapshot: Snapshot | None = None
    history: tuple[Status, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def __getitem__(self, key: str) -> Measure:
        return self.assessment[key]

    @property
    def at(self) -> Instant:
        return self.assessment.at

    @property
    def unit(self) -> Kind:
        return self.assessment.unit


def earned_value(
    plan: Plan,
    *,
    baseline: int = 0,
    at: Instant | None = None,
    unit: Kind = Kind.MONEY,
    project: int | None = None,
    history: Sequence[Status] = (),
    schedule: Schedule | None = None,
) -> EarnedValue:
    """The earned value of `plan` against its baseline of that number, at the instant `at` (by default the status date).

    Value is that of the baseline alone, in money or in work: what was agreed, never what the plan has become. Earned
    is, of each task, its baseline's value by the percent complete that is now recorded, the physical one where it is
    stated; spent is what `costs_of` knows, of work whose rate changes with time by the dates of `schedule`. `project` is
    the uid of one project of a plan of several. `history` is what was kept of earlier dates. Raises KeyError for an
    unknown project.
    """
    number = 0 if project is None else plan.project_index[project]
    here = plan.projects[number]
    agreed = next((each for each in plan.baselines if each.number == baseline), None)
    when = here.status_date if at is None else at
    fault = _nothing_to_say(plan, agreed, baseline, when)
    if agreed is None or when is None or fault is not None:
        said = not_assessed(when or here.start, fault or _NO_DATE, unit=unit)
        return EarnedValue(plan, here, agreed, said)
    within = np.full(len(plan), True) if project is None else plan.tasks.project == number
    costs = costs_of(plan, schedule)
    scope = scope_of(plan, agreed, costs, unit=unit, within=within)
    if len(scope.rows) == 0:
        return EarnedValue(plan, here, agreed, not_assessed(when, _NO_TASKS, unit=unit))
    curve = Curve.of(scope.rows, clocks_of(plan, number, scope.rows))
    spent, found = _spent(plan, costs, unit, within)
    snapshot = Snapshot(when, scope.rows.value * scope.share, spent, _finished(plan, scope))
    return EarnedValue(
        plan, here, agreed,
        assess(curve, snapshot, unit=unit, speller=Speller(here.minutes_per_day)),
        curve, snapshot, tuple(history), (*scope.found, *found, *_other_date(here, when)),
    )  # fmt: skip


_NO_DATE = Fault(
    Reason.NO_DATE, "the project has no status date. Say at which date its progress was recorded."
)
_NO_TASKS = Fault(Reason.NO_BASELINE, "the baseline holds none of the project’s tasks. Freeze it anew.")


def _nothing_to_say(plan: Plan, agreed: Baseline | None, number: int, when: Instant | None) -> Fault | None:
    if agreed is not None:
        return _NO_DATE if when is None else None
    others = ", ".join(str(each.number) for each in plan.baselines)
    way = f"It has baseline {others}" if others else "Freeze one first"
    return Fault(Reason.NO_BASELINE, f"the plan has no baseline {number or ''}".rstrip() + f". {way}.")


def _spent(plan: Plan, costs: Costs, unit: Kind, within: Flags) -> tuple[float | None, list[Diagnostic]]:
    """What was spent or worked in all; None where that of some task is not known, and which."""
    counts = within & ~plan.tasks.external
    column = costs.actual if unit is Kind.MONEY else costs.actual_work
    unknown = costs.actual == NOT_KNOWN if unit is Kind.MONEY else _hours_unknown(plan, costs)
    rows = np.flatnonzero(counts & unknown)
    if len(rows) == 0:
        return float(column[counts].sum()), []
    what, way = _UNKNOWN[unit]
    told = f"{what} on {names(plan, rows)} is not known. {way}"
    return None, [note("earned.actual-unknown", told, uids=plan.tasks.uid[rows].tolist())]


_UNKNOWN = {
    Kind.MONEY: (
        "What was spent",
        "Somebody with a price has worked on it: record the actual work, or the actual cost.",
    ),
    Kind.WORK: ("How long was worked", "Record the actual work of those who did it."),
}


def _hours_unknown(plan: Plan, costs: Costs) -> Flags:
    """Which tasks have begun, and nobody said how long was worked on them: progress is no record of hours."""
    tasks, team = plan.tasks, plan.assignments
    begun = (tasks.actual_start != NO_INSTANT) | (tasks.percent_complete > 0)
    people = np.array([each.kind == ResourceKind.WORK for each in plan.resources], np.bool_)[team.resource]
    stated, silent = np.zeros(len(plan), np.bool_), np.zeros(len(plan), np.bool_)
    stated[team.task[people & (team.actual_work >= 0)]] = True
    silent[team.task[people & (team.actual_work < 0)]] = True
    unknown: Flags = begun & ~plan.is_summary & (costs.work > 0) & (silent | ~stated)
    return unknown


def _finished(plan: Plan, scope: Scope) -> Instant | None:
    """When the last of it was done, if all is and that is recorded."""
    rows = scope.row[scope.row >= 0]
    rows = rows[~plan.is_summary[rows]]
    dates = plan.tasks.actual_finish[rows]
    done = bool((scope.share >= 1).all()) and len(dates) > 0 and bool((dates != NO_INSTANT).all())
    return Instant(int(dates.max())) if done else None


def _other_date(project: Project, when: Instant) -> list[Diagnostic]:
    """Progress is known of one date alone; at any other the measures compare what belongs to two."""
    if project.status_date == when:
        return []
    known = "as the plan has them, whenever that was"
    if project.status_date is not None:
        known = f"those recorded by {day_in_words(project.status_date)}"
    told = f"Progress and costs are {known}; only what was planned is that of {day_in_words(when)}."
    return [warning("earned.other-date", told)]

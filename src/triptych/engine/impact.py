"""What a change does beside moving dates: the cost, who has too much to do, and why what moved stands where it does."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from triptych.plan.tables import Flags

from .costs import costs_of
from .explain import explain
from .ripple import Moved, compare
from .schedule import Schedule
from .workload import Workload

#: Less than this is rounding: minutes of work.
_ROUNDING = 1.0


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money, or minutes, before and after."""

    before: int
    after: int

    @property
    def delta(self) -> int:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Reason:
    """A task that moved, and why it now starts when it does."""

    moved: Moved
    sentence: str


@dataclass(frozen=True, slots=True)
class Impact:
    """The difference that a change makes to some projects.

    `cost` is hundredths by currency, for there is no exchange rate. `overload` is the minutes of work that are too much
    for each person (by uid) for whom that differs, over the whole plan; `overload_total` of everybody. `milestones` are
    those that moved; `reasons` tell of what moved most, milestones first.
    """

    cost: dict[str, Amount]
    overload: dict[int, Amount]
    overload_total: Amount
    milestones: tuple[Moved, ...]
    reasons: tuple[Reason, ...]


def impact(
    before: Schedule,
    after: Schedule,
    *,
    projects: Collection[int],
    priced: Collection[int] | None = None,
    hidden: Collection[int] = (),
    most: int = 5,
) -> Impact:
    """What differs between two schedules of a plan, for the projects with these uids; at most so many `reasons`.

    `priced` are the projects whose cost is told, all of them without it. `hidden` are tasks of which nothing may be told by name, as in `explain`. Costs are those of `costs_of` at the
    plan's durations.
    """
    moved = [each for each in compare(before, after).moved if each.task not in hidden]
    mine = {
        int(uid)
        for uid, at in zip(after.plan.tasks.uid, after.plan.tasks.project, strict=True)
        if after.plan.projects[int(at)].uid in projects
    }
    moved = [each for each in moved if each.task in mine]
    overload, total = _overload(before, after)
    return Impact(
        cost=_cost(before, after, projects if priced is None else priced),
        overload=overload,
        overload_total=total,
        milestones=tuple(each for each in moved if each.milestone),
        reasons=tuple(
            Reason(each, explain(after, each.task, "start", hidden=hidden).sentence)
            for each in sorted(moved, key=_weight)[:most]
        ),
    )


def _weight(each: Moved) -> tuple[bool, int, int]:
    return not each.milestone, -abs(each.finish_after - each.finish_before), each.task


def _cost(before: Schedule, after: Schedule, projects: Collection[int]) -> dict[str, Amount]:
    old, new = _by_currency(before, projects), _by_currency(after, projects)
    return {each: Amount(old.get(each, 0), new.get(each, 0)) for each in sorted(old.keys() | new.keys())}


def _by_currency(dated: Schedule, projects: Collection[int]) -> dict[str, int]:
    planned, found = costs_of(dated.plan, dated).planned, dict[str, float]()
    for at, project in enumerate(dated.plan.projects):
        if project.uid in projects:
            rows: Flags = dated.plan.tasks.project == at
            found[project.currency] = found.get(project.currency, 0.0) + float(planned[rows].sum())
    return {currency: round(amount) for currency, amount in found.items()}


def _overload(before: Schedule, after: Schedule) -> tuple[dict[int, Amount], Amount]:
    old, new = _excess(before), _excess(after)
    found = {
        uid: Amount(round(old.get(uid, 0.0)), round(new.get(uid, 0.0))) for uid in old.keys() | new.keys()
    }
    differing = {uid: found[uid] for uid in sorted(found) if abs(found[uid].delta) >= _ROUNDING}
    return differing, Amount(round(sum(old.values())), round(sum(new.values())))


def _excess(found: Schedule) -> dict[int, float]:
    excess = Workload.of(found).excess
    rows = np.flatnonzero(excess >= _ROUNDING).tolist()
    return {found.plan.resources[row].uid: float(excess[row]) for row in rows}

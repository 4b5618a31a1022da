"""Planners hold activities back: a baseline starts many of them later than their links ask.

ProTrack keeps the start that was typed so long as it lies behind what links allow; the file says nothing else of it. Here it
becomes a “start no earlier than”, so that the plan's own dates are those of its baseline.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from triptych.plan import NO_INSTANT, Constraint, Instant, Link, LinkKind, Plan

from .records import Tracked
from .value import clock_of


@dataclass(frozen=True, slots=True)
class Starts:
    """Working minutes since the start of the project: where the baseline starts each activity, and the earliest that its links
    allow, given the baseline's dates of its predecessors; by uid."""

    planned: Mapping[int, int]
    allowed: Mapping[int, int]


def starts(tracked: Tracked) -> Starts:
    """Of every activity that has a date."""
    table, clock = tracked.baseline.tasks, clock_of(tracked)
    kept = table.start != NO_INSTANT
    begin = clock.worked(np.array(tracked.plan.project.start))
    planned = (clock.worked(table.start[kept]) - begin).round().astype(np.int64)
    by_uid = dict(zip(table.uid[kept].tolist(), planned.tolist(), strict=True))
    durations = dict(zip(table.uid.tolist(), table.duration.tolist(), strict=True))
    allowed: defaultdict[int, int] = defaultdict(int)
    for link in tracked.plan.each_link():
        if link.pred in by_uid and link.succ in by_uid:
            allowed[link.succ] = max(allowed[link.succ], _earliest(link, by_uid[link.pred], durations))
    return Starts(by_uid, {uid: allowed[uid] for uid in by_uid})


def _earliest(link: Link, start: int, durations: Mapping[int, int]) -> int:
    """When a link lets its successor start, the predecessor starting then. Lags are working time."""
    end = start + durations[link.pred] * link.kind.from_finish
    return end + link.lag - durations[link.succ] * (link.kind in (LinkKind.FF, LinkKind.SF))


def held(tracked: Tracked) -> dict[int, Instant]:
    """The baseline's start of each activity that it starts later than its links ask."""
    found, table = starts(tracked), tracked.baseline.tasks
    by_uid = dict(zip(table.uid.tolist(), table.start.tolist(), strict=True))
    return {uid: Instant(by_uid[uid]) for uid, at in found.planned.items() if at > found.allowed[uid]}


def as_planned(tracked: Tracked) -> Plan:
    """The plan with these holds: scheduled, it has the baseline's dates wherever the baseline keeps its links. Activities that
    were to come as late as possible are held where that put them, for it depended on a finish that has moved since."""
    plan, tasks = tracked.plan, tracked.plan.tasks
    first, first_date = tasks.constraint.copy(), tasks.constraint_date.copy()
    second, second_date = tasks.secondary.copy(), tasks.secondary_date.copy()
    late = first == Constraint.ALAP
    first[late] = Constraint.ASAP
    for uid, at in held(tracked).items():
        row = plan.index_of[uid]
        if first[row] == Constraint.ASAP:
            first[row], first_date[row] = Constraint.SNET, at
        elif second[row] == Constraint.ASAP:
            second[row], second_date[row] = Constraint.SNET, at
    tasks = tasks.with_columns(
        constraint=first, constraint_date=first_date, secondary=second, secondary_date=second_date
    )
    return replace(plan, tasks=tasks)

"""The projects' working time over the days of a picture: what to shade, and how long a summary is."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from triptych.engine.schedule import Schedule
from triptych.plan import NO_INSTANT, Plan, spell_duration
from triptych.plan.quantities import MINUTES_PER_DAY
from triptych.plan.tables import Flags
from triptych.plan.worktime import Hours, Intervals, Span, resolved_week


def days_between(first: float, last: float) -> Span:
    """The days that two instants touch, and one more on both sides."""
    return Span(int(first // MINUTES_PER_DAY) - 1, int(last // MINUTES_PER_DAY) + 1)


def usual_day(plan: Plan) -> tuple[int, int]:
    """When work usually begins and ends, in minutes after midnight; the whole day if no day has work."""
    by_uid = {each.uid: each for each in plan.calendars}
    week = [day for day in resolved_week(by_uid[plan.projects[0].calendar], by_uid) if day]
    if not week:
        return 0, MINUTES_PER_DAY
    return min(day[0][0] for day in week), max(day[-1][1] for day in week)


def idle_days(plan: Plan, span: Span) -> Flags:
    """The days of `span` on which no project works."""
    hours, by_uid = Hours(span), {each.uid: each for each in plan.calendars}
    none = hours.shape(())
    idle = np.ones(span.days, np.bool_)
    for uid in {each.calendar for each in plan.projects}:
        idle &= hours.days(by_uid[uid], by_uid) == none
    return idle


def idle_spells(plan: Plan, span: Span, *, by_the_hour: bool) -> Iterator[tuple[int, int]]:
    """Instants between which nobody works: runs of days, or nights and breaks as well."""
    if by_the_hour:
        table = _open_hours(plan, 0, span)
        edges = [span.first * MINUTES_PER_DAY, *np.stack([table.opens, table.closes], axis=1).reshape(-1)]
        edges.append((span.last + 1) * MINUTES_PER_DAY)
    else:
        padded = np.concatenate([[False], idle_days(plan, span), [False]])
        edges = list((np.flatnonzero(padded[1:] != padded[:-1]) + span.first) * MINUTES_PER_DAY)
    for start, finish in zip(edges[::2], edges[1::2], strict=True):
        if start < finish:
            yield int(start), int(finish)


def _open_hours(plan: Plan, project: int, span: Span) -> Intervals:
    hours, by_uid = Hours(span), {each.uid: each for each in plan.calendars}
    hours.add(hours.days(by_uid[plan.projects[project].calendar], by_uid))
    return hours.columns()


@dataclass(frozen=True, slots=True)
class Durations:
    """What the pictures say of time worked, a text for each row."""

    duration: list[str]
    total_float: list[str]


def durations(result: Schedule) -> Durations:
    """Durations as planners write them; a summary's is the working time from its start to its finish."""
    plan = result.plan
    minutes = _with_summaries(result)
    per_day = [plan.projects[row].minutes_per_day for row in plan.tasks.project.tolist()]
    elapsed = (plan.tasks.elapsed & ~plan.is_summary).tolist()
    return Durations(
        [
            spell_duration(length, minutes_per_day=day, elapsed=round_the_clock)
            for length, day, round_the_clock in zip(minutes, per_day, elapsed, strict=True)
        ],
        [
            "" if spare == NO_INSTANT else spell_duration(spare, minutes_per_day=day).replace("-", "−")
            for spare, day in zip(result.total_float.tolist(), per_day, strict=True)
        ],
    )


def _with_summaries(result: Schedule) -> list[int]:
    plan = result.plan
    minutes = plan.tasks.duration.copy()
    dated = plan.is_summary & (result.start != NO_INSTANT) & (result.finish != NO_INSTANT)
    for project in np.unique(plan.tasks.project[dated]).tolist():
        rows = np.flatnonzero(dated & (plan.tasks.project == project))
        first, last = result.start[rows], result.finish[rows]
        table = _open_hours(plan, project, days_between(first.min(), last.max()))
        minutes[rows] = table.worked(last) - table.worked(first)
    return [int(each) for each in minutes]

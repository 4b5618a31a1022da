"""A tracked project as earned value sees it: the curve of its baseline, and what was earned and spent at a status date."""

import numpy as np

from triptych.engine.earned import Clock, Curve, Rows, Snapshot
from triptych.engine.earned.clock import F64
from triptych.plan import Accrual, Instant
from triptych.plan.quantities import NO_INSTANT
from triptych.plan.tables import I64

from .records import Period, Tracked

_SPARE = 60 * 1440


def clock_of(tracked: Tracked) -> Clock:
    """The project's working time, over its baseline and all that happened."""
    table = tracked.baseline.tasks
    dated = table.start != NO_INSTANT
    last = max([int(table.finish[dated].max()), *(each.at for each in tracked.periods)])
    calendar = tracked.plan.calendars[0]
    return Clock.of(calendar, tracked.plan.calendars, int(table.start[dated].min()) - _SPARE, last + _SPARE)


def curve_of(tracked: Tracked) -> Curve:
    """The time-phased baseline, two rows an activity: what it costs at once, at its start, and what by the hour."""
    table = tracked.baseline.tasks
    uids = _dated(tracked)
    at = np.flatnonzero(table.start != NO_INSTANT)
    at_once, hourly = _values(tracked, uids)
    twice = np.concatenate([at, at])
    start = np.full(len(at), Accrual.START, np.int8)
    even = np.full(len(at), Accrual.PRORATED, np.int8)
    rows = Rows(
        task=table.uid[twice],
        start=table.start[twice],
        finish=table.finish[twice],
        value=np.concatenate([at_once, hourly]),
        accrual=np.concatenate([start, even]),
        clock=np.zeros(len(twice), np.int32),
    )
    return Curve.of(rows, [clock_of(tracked)])


def _dated(tracked: Tracked) -> I64:
    table = tracked.baseline.tasks
    dated: I64 = table.uid[table.start != NO_INSTANT]
    return dated


def _values(tracked: Tracked, uids: I64) -> tuple[F64, F64]:
    """The hundredths that each activity is worth, at once and by the hours of its baseline."""
    hours = {
        int(uid): float(each) / 60
        for uid, each in zip(tracked.baseline.tasks.uid, tracked.baseline.tasks.duration, strict=True)
    }
    prices = [(tracked.prices[uid], hours[uid]) for uid in uids.tolist()]
    at_once = np.array([100 * price.at_once for price, _ in prices])
    return at_once, np.array([100 * price.hourly * each for price, each in prices])


def snapshot_of(tracked: Tracked, period: Period) -> Snapshot:
    """What was earned and spent. As in the workbooks: what falls due at once is earned by who starts, the rest by percent
    complete."""
    uids = _dated(tracked)
    at_once, hourly = _values(tracked, uids)
    known = [period.progress.get(uid) for uid in uids.tolist()]
    begun = np.array([each is not None and each.actual_start is not None for each in known])
    done = np.array([0.0 if each is None else each.complete for each in known])
    spent = sum(each.actual_cost for each in period.progress.values())
    return Snapshot(
        at=period.at,
        earned=np.concatenate([at_once * begun, hourly * done]),
        actual=spent,
        finished=finish_of(tracked, period) if period.is_complete else None,
    )


def finish_of(tracked: Tracked, period: Period) -> Instant | None:
    """When the last activity was done that had an actual finish by then; None if nothing is known to be done."""
    clock = clock_of(tracked)
    ends = [
        clock.after(each.actual_start, each.actual_duration)
        for each in period.progress.values()
        if each.actual_start is not None and each.is_done
    ]
    return max((each for each in ends if each is not None), default=None)

"""The dates that Primavera P6 had computed, as its file holds them: to compare with, never to take over."""

from triptych.formats.report import SavedTask
from triptych.plan import Instant

from .activities import MILESTONES, Activity


def saved_dates(activity: Activity) -> SavedTask:
    """Start and finish as P6 shows them, actual dates first; early and late dates of what has not begun.

    P6's early and late start of a running activity are those of what remains, and a finished one has neither; an
    activity that was never scheduled has nothing to compare. What P6 leaves empty is left out.
    """
    row = activity.row
    started, finished = row.at("act_start_date"), row.at("act_end_date")
    if activity.kind in MILESTONES:  # has one date for both ends
        started = finished = finished if started is None else started
    early, early_end = row.at("early_start_date"), row.at("early_end_date")
    late, late_end = row.at("late_start_date"), row.at("late_end_date")
    # An early finish may be spelled at the opening of the next shift; P6 shows this one.
    again = row.at("reend_date")
    expected = early_end if early_end is None or again is None else again
    dates: dict[str, Instant | None] = {
        "start": early if started is None else started,
        "finish": expected if finished is None else finished,
    }
    if finished is not None:
        return _known(dates)
    dates |= {"early_finish": early_end, "late_finish": late_end}
    if started is None:
        dates |= {"early_start": early, "late_start": late}
    return _known(dates) | _float(activity)


def _float(activity: Activity) -> dict[str, int]:
    """Total float in minutes, and whether that, or the longest path, makes it critical."""
    row, project = activity.row, activity.project.project
    slack = row.minutes("total_float_hr_cnt", least=-1e7)
    path = row.flag("driving_path_flag")
    if slack is None:
        return {}
    critical = path if project.critical_by_path else slack <= project.critical_limit
    return {"total_float": slack, "critical": int(critical)}


def _known(dates: dict[str, Instant | None]) -> dict[str, int]:
    return {name: int(at) for name, at in dates.items() if at is not None}

"""What has happened to an activity of Primavera P6."""

from dataclasses import dataclass

from triptych.plan import Instant

from .rows import Row

_STATUS = {"tk_notstart": 0, "tk_active": 1, "tk_complete": 2}
#: Work on which one cannot see it is done: by time, by what is there, by hours spent.
_KINDS = {each: each for each in ("cp_drtn", "cp_phys", "cp_units")}


@dataclass(frozen=True, slots=True)
class Progress:
    """An activity's working minutes, how many of them remain (None: all), and its facts."""

    duration: int
    remaining: int | None = None
    percent: int = 0
    start: Instant | None = None
    finish: Instant | None = None
    resume: Instant | None = None


def read_progress(row: Row, planned: int, *, milestone: bool) -> Progress:
    """The progress of one activity of `planned` working minutes.

    The dates decide what has started and what is done, not the status: P6 keeps both alike. What has not started is
    scheduled by its remaining duration. A milestone has one date for both ends.
    """
    start, finish = row.at("act_start_date"), row.at("act_end_date")
    remaining = row.minutes("remain_drtn_hr_cnt")
    _check_status(row, start, finish)
    start = finish if start is None else start
    if start is None:
        return Progress(planned if remaining is None else remaining)
    if milestone:
        finish = start if finish is None else finish
    if finish is not None:
        return Progress(planned, 0, 100, start, finish)
    percent = min(99, _percent(row, planned, remaining))
    return Progress(planned, remaining, percent, start, None, row.at("resume_date"))


def _check_status(row: Row, start: Instant | None, finish: Instant | None) -> None:
    status = row.choice("status_code", _STATUS, 0)
    if (status == 2 and finish is None and start is None) or (status == 1 and start is None):
        row.report(
            "xer.progress-without-date",
            "The activity has started, but has no actual date; it is scheduled as if it had not. Set the date in P6.",
        )


def _percent(row: Row, planned: int, remaining: int | None) -> int:
    """Percent complete as the activity counts it; 100 stands for what is finished, so the caller stops before."""
    kind = row.choice("complete_pct_type", _KINDS, "cp_drtn")
    if kind == "cp_phys":
        return round(row.number("phys_complete_pct", within=(0, 100)) or 0)
    if kind == "cp_units":
        done, left = (_units(row, f"{each}_work_qty", f"{each}_equip_qty") for each in ("act", "remain"))
    else:
        done, left = planned - (planned if remaining is None else remaining), remaining or 0
    total = done + left
    return max(0, round(100 * done / total)) if total > 0 else 0


def _units(row: Row, *names: str) -> float:
    return sum(row.number(name) or 0.0 for name in names)

"""A plan as Microsoft Project XML, as little of it as a scheduler needs: how peers get our benchmarks' plans."""

from collections.abc import Iterator

import numpy as np

from triptych.plan import Calendar, Constraint, LinkKind, Plan
from triptych.plan.model import Shifts
from triptych.plan.quantities import NO_INSTANT
from triptych.plan.tables import I64

_KINDS = {LinkKind.FF: 0, LinkKind.FS: 1, LinkKind.SF: 2, LinkKind.SS: 3}
_CONSTRAINTS = {
    Constraint.ASAP: 0,
    Constraint.ALAP: 1,
    Constraint.MSO: 2,
    Constraint.MFO: 3,
    Constraint.SNET: 4,
    Constraint.SNLT: 5,
    Constraint.FNET: 6,
    Constraint.FNLT: 7,
}


def write(plan: Plan) -> bytes:
    """The first project of `plan`: tasks, links in working time, constraints, progress and calendars without bases."""
    project = plan.project
    start = _moments(np.array([project.start]))[0]
    status = "" if project.status_date is None else _moments(np.array([project.status_date]))[0]
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<Project xmlns="http://schemas.microsoft.com/project">',
        f"<SaveVersion>14</SaveVersion><Title>{project.name}</Title><ScheduleFromStart>1</ScheduleFromStart>",
        f"<StartDate>{start}</StartDate><CalendarUID>{project.calendar}</CalendarUID>",
        f"<StatusDate>{status}</StatusDate>" if status else "",
        f"<MinutesPerDay>{project.minutes_per_day}</MinutesPerDay>",
        f"<MinutesPerWeek>{project.minutes_per_week}</MinutesPerWeek>",
        f"<DaysPerMonth>{project.days_per_month}</DaysPerMonth>",
        f"<HonorConstraints>{int(project.honour_constraints)}</HonorConstraints><Calendars>",
        *(_calendar(each) for each in plan.calendars),
        "</Calendars><Tasks>\n",
        *_tasks(plan),
        "</Tasks></Project>\n",
    ]
    return "".join(parts).encode()


def _moments(instants: I64) -> list[str]:
    """Instants as ISO 8601 to the second; nothing for no instant."""
    known = np.where(instants == NO_INSTANT, 0, instants)
    texts = np.datetime_as_string(known.astype("datetime64[m]"), unit="s").tolist()
    return ["" if none else text for text, none in zip(texts, (instants == NO_INSTANT).tolist(), strict=True)]


def _duration(minutes: int) -> str:
    return f"PT{minutes // 60}H{minutes % 60}M0S"


def _shifts(shifts: Shifts) -> str:
    times = "".join(
        f"<WorkingTime><FromTime>{_clock(first)}</FromTime><ToTime>{_clock(last)}</ToTime></WorkingTime>"
        for first, last in shifts
    )
    working = f"<DayWorking>{int(bool(shifts))}</DayWorking>"
    return working + (f"<WorkingTimes>{times}</WorkingTimes>" if shifts else "")


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}:00"


def _calendar(calendar: Calendar) -> str:
    days = "".join(
        f"<WeekDay><DayType>{(day + 1) % 7 + 1}</DayType>{_shifts(shifts or ())}</WeekDay>"
        for day, shifts in enumerate(calendar.week)
    )
    exceptions = "".join(
        f"<Exception><TimePeriod><FromDate>{each.first}T00:00:00</FromDate><ToDate>{each.last}T23:59:00</ToDate>"
        f"</TimePeriod><Type>1</Type>{_shifts(each.shifts)}</Exception>"
        for each in calendar.exceptions
    )
    return (
        f"<Calendar><UID>{calendar.uid}</UID><Name>{calendar.name}</Name><IsBaseCalendar>1</IsBaseCalendar>"
        f"<BaseCalendarUID>-1</BaseCalendarUID><WeekDays>{days}</WeekDays><Exceptions>{exceptions}</Exceptions>"
        "</Calendar>\n"
    )


def _tasks(plan: Plan) -> Iterator[str]:
    t = plan.tasks
    links = _links(plan)
    remaining = np.where(t.remaining < 0, t.duration, t.remaining)
    calendars = [each.uid for each in plan.calendars]
    dates = (t.constraint_date, t.deadline, t.actual_start, t.actual_finish)
    columns = (
        plan.is_summary,
        plan.level,
        t.calendar,
        t.milestone,
        t.duration,
        t.constraint,
        t.percent_complete,
    )
    rows = zip(*(each.tolist() for each in (t.uid, remaining, *columns)), *map(_moments, dates), strict=True)
    for number, row in enumerate(rows, 1):
        uid, left, summary, level, calendar, milestone, minutes, constraint, done, *moments = row
        tags = ("ConstraintDate", "Deadline", "ActualStart", "ActualFinish")
        dated = "".join(f"<{tag}>{text}</{tag}>" for tag, text in zip(tags, moments, strict=True) if text)
        work = "" if summary else (
            f"<Duration>{_duration(minutes)}</Duration><DurationFormat>7</DurationFormat>"
            f"<ActualDuration>{_duration(minutes - left)}</ActualDuration>"
            f"<RemainingDuration>{_duration(left)}</RemainingDuration><PercentComplete>{done}</PercentComplete>"
        )  # fmt: skip
        yield (
            f"<Task><UID>{uid}</UID><ID>{number}</ID><Name>Task {uid}</Name><Type>1</Type><Active>1</Active>"
            f"<OutlineLevel>{level + 1}</OutlineLevel><Summary>{int(summary)}</Summary>"
            f"<Milestone>{int(milestone)}</Milestone><Manual>0</Manual>{work}"
            f"<CalendarUID>{calendars[calendar] if calendar >= 0 else -1}</CalendarUID>"
            f"<ConstraintType>{_CONSTRAINTS[Constraint(constraint)]}</ConstraintType>"
            f"{dated}{links.get(number - 1, '')}</Task>\n"
        )


def _links(plan: Plan) -> dict[int, str]:
    """The links of each row that has any."""
    k, uid = plan.links, plan.tasks.uid
    kinds = {int(kind): code for kind, code in _KINDS.items()}
    found: dict[int, str] = {}
    rows = zip(uid[k.pred].tolist(), k.succ.tolist(), k.kind.tolist(), k.lag.tolist(), strict=True)
    for pred, succ, kind, lag in rows:
        found[succ] = found.get(succ, "") + (
            f"<PredecessorLink><PredecessorUID>{pred}</PredecessorUID><Type>{kinds[kind]}</Type>"
            f"<LinkLag>{lag * 10}</LinkLag><LagFormat>7</LagFormat></PredecessorLink>"
        )
    return found

"""Microsoft Project XML for tests, a row at a time."""

WEEK = "".join(
    f"<WeekDay><DayType>{day}</DayType><DayWorking>1</DayWorking><WorkingTimes>"
    "<WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime>"
    "<WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime>"
    "</WorkingTimes></WeekDay>"
    for day in range(2, 7)
)
YEAR = ("2026-01-01", "2026-12-31")


def task(uid: int, duration: str = "PT8H0M0S", more: str = "") -> str:
    """One <Task> at the first outline level."""
    return (
        f"<Task><UID>{uid}</UID><Name>Task {uid}</Name><OutlineLevel>1</OutlineLevel>"
        f"<Duration>{duration}</Duration>{more}</Task>\n"
    )


def link(pred: int, *, kind: int = 1, lag: int = 0, lag_format: int = 7) -> str:
    """One <PredecessorLink>, to stand in a task; `lag` is tenths of a minute, or percent."""
    return (
        f"<PredecessorLink><PredecessorUID>{pred}</PredecessorUID><Type>{kind}</Type><LinkLag>{lag}</LinkLag>"
        f"<LagFormat>{lag_format}</LagFormat></PredecessorLink>"
    )


def exception(
    more: str = "", *, span: tuple[str, str] = YEAR, working: str = "<DayWorking>0</DayWorking>"
) -> str:
    """One <Exception> of a calendar."""
    return (
        f"<Exception><TimePeriod><FromDate>{span[0]}T00:00:00</FromDate><ToDate>{span[1]}T23:59:00</ToDate>"
        f"</TimePeriod><Name>Away</Name>{more}{working}</Exception>"
    )


def calendar(uid: int = 1, *, exceptions: str = "", week: str = WEEK, base: int = -1, weeks: str = "") -> str:
    """One <Calendar>; `weeks` are its work weeks."""
    return (
        f"<Calendar><UID>{uid}</UID><Name>Calendar {uid}</Name><BaseCalendarUID>{base}</BaseCalendarUID>"
        f"<WeekDays>{week}</WeekDays><Exceptions>{exceptions}</Exceptions><WorkWeeks>{weeks}</WorkWeeks></Calendar>"
    )


def week_day(day: int, *times: str) -> str:
    """One <WeekDay> (1 is Sunday) with shifts such as 08:00-12:00; without any it is a day off."""
    shifts = "".join(
        f"<WorkingTime><FromTime>{start}:00</FromTime><ToTime>{end}:00</ToTime></WorkingTime>"
        for start, end in (each.split("-") for each in times)
    )
    hours = f"<WorkingTimes>{shifts}</WorkingTimes>" if times else ""
    return f"<WeekDay><DayType>{day}</DayType><DayWorking>{int(bool(times))}</DayWorking>{hours}</WeekDay>"


def work_week(days: str, span: tuple[str, str], name: str = "Summer") -> str:
    """One <WorkWeek> of a calendar, to stand in <WorkWeeks>."""
    return (
        f"<WorkWeek><TimePeriod><FromDate>{span[0]}T00:00:00</FromDate><ToDate>{span[1]}T23:59:00</ToDate>"
        f"</TimePeriod><Name>{name}</Name><WeekDays>{days}</WeekDays></WorkWeek>"
    )


def resource(uid: int, name: str = "Ana", more: str = "") -> str:
    """One <Resource>."""
    return f"<Resource><UID>{uid}</UID><Name>{name}</Name>{more}</Resource>"


def period(start: str, finish: str, hours: float | None = None, *, kind: int = 1) -> str:
    """One <TimephasedData> of an assignment, between two instants of March 2026 such as 02T08:00; without hours it
    has no <Value>."""
    value = "" if hours is None else f"<Value>PT{int(hours * 60)}M0S</Value>"
    return (
        f"<TimephasedData><Type>{kind}</Type><UID>1</UID><Start>2026-03-{start}:00</Start>"
        f"<Finish>2026-03-{finish}:00</Finish><Unit>2</Unit>{value}</TimephasedData>"
    )


def assignment(task: int, resource: int = -65535, more: str = "") -> str:
    """One <Assignment>, of nobody if no resource is named."""
    return f"<Assignment><TaskUID>{task}</TaskUID><ResourceUID>{resource}</ResourceUID>{more}</Assignment>"


def project(
    tasks: str = "",
    *,
    calendars: str = "",
    head: str = "",
    resources: str = "",
    assignments: str = "",
    encoding: str = "UTF-8",
    doctype: str = "",
) -> str:
    """A whole file; calendar 1 is there already."""
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n{doctype}'
        '<Project xmlns="http://schemas.microsoft.com/project"><Name>Example</Name>'
        f"<StartDate>2026-03-02T08:00:00</StartDate><CalendarUID>1</CalendarUID>{head}\n"
        f"<Calendars>{calendar()}{calendars}</Calendars>\n<Tasks>\n{tasks}</Tasks>\n"
        f"<Resources>{resources}</Resources><Assignments>{assignments}</Assignments></Project>\n"
    )

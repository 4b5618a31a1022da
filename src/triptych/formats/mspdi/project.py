"""The project's own settings."""

from triptych.plan import STANDARD_WEEK, Calendar, Instant, Project, parse_instant

from .money import currency_of
from .rows import Row
from .source import MOST_DAYS, Source

#: A start for a project that has none, so that the rest of it can still be checked.
_SOME_MONDAY = parse_instant("2000-01-03T08:00")
_READ = frozenset(
    """Name Title StartDate FinishDate ScheduleFromStart CalendarUID StatusDate MinutesPerDay MinutesPerWeek
    DaysPerMonth HonorConstraints CriticalSlackLimit MultipleCriticalPaths DefaultTaskType CurrencyCode CurrencySymbol SaveVersion Calendars Tasks
    Resources Assignments""".split()  # noqa: SIM905 - a list of words reads best as words
)


def read_project(source: Source, calendars: list[Calendar]) -> Project:
    """<Project>. Where it names no calendar of the file, a standard one is added to `calendars`."""
    row = source.root
    finish = _finish(source)
    per_day = row.integer("MinutesPerDay", within=(0, 1440)) or 480
    source.tally.note(row, _READ)
    return Project(
        uid=1,
        name=row.text("Title") or row.text("Name") or source.place,
        start=_start(source, finish),
        calendar=_calendar(source, calendars),
        finish=finish,
        from_finish=finish is not None,
        status_date=row.at("StatusDate"),
        minutes_per_day=per_day,
        minutes_per_week=row.integer("MinutesPerWeek", within=(0, 10_080)) or 2400,
        days_per_month=row.integer("DaysPerMonth", within=(0, 31)) or 20,
        honour_constraints=row.text("HonorConstraints") not in ("0", "false"),
        critical_limit=row.integer("CriticalSlackLimit", within=(-MOST_DAYS, MOST_DAYS)) * per_day,
        open_ends_critical=row.flag("MultipleCriticalPaths"),
        dialect="msproject",
        currency=currency_of(row),
    )


def _start(source: Source, finish: Instant | None) -> Instant:
    """The project's start; else its first task's; else, with an error, some start."""
    start = source.root.at("StartDate") or min(_of_tasks(source.root, "Start"), default=finish)
    if start is not None:
        return start
    source.error("project.no-start", "The project has no start date. Set one in its application.")
    return _SOME_MONDAY


def _finish(source: Source) -> Instant | None:
    """The date that a project scheduled from its finish is scheduled from. The finish of any other is a result."""
    if source.root.text("ScheduleFromStart") not in ("0", "false"):
        return None
    finish = source.root.at("FinishDate") or max(_of_tasks(source.root, "Finish"), default=None)
    if finish is None:
        source.warn(
            "project.no-finish",
            "The project is scheduled from its finish and has no finish date; it is scheduled from its start. "
            "Set a finish date in its application.",
        )
    return finish


def _of_tasks(root: Row, name: str) -> list[Instant]:
    return [at for at in (task.at(name) for task in root.inside("Tasks", "Task")) if at is not None]


def _calendar(source: Source, calendars: list[Calendar]) -> int:
    uid = source.root.integer("CalendarUID", -1)
    if any(each.uid == uid for each in calendars):
        return uid
    standard = 1 + max((each.uid for each in calendars), default=0)
    calendars.append(Calendar(standard, "Standard", STANDARD_WEEK))
    source.note(
        "project.standard-calendar", "No project calendar is named; Monday to Friday, 8 to 17 is used."
    )
    return standard

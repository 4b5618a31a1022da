"""Microsoft Project XML → plan."""

from dataclasses import replace

from lxml import etree

from triptych.formats.report import ReadReport, SavedTask
from triptych.plan import (
    STANDARD_WEEK,
    Assignment,
    Calendar,
    Constraint,
    Diagnostic,
    Instant,
    LagKind,
    Link,
    LinkKind,
    PlanBuilder,
    Project,
    Resource,
    ResourceKind,
    Task,
    parse_instant,
)
from triptych.plan.diagnostics import error, note, warning

from .calendars import read_calendar
from .rows import Row, tag_of
from .unmapped import Tally

FORMAT = "Microsoft Project XML"

_LINK_KINDS = {0: LinkKind.FF, 1: LinkKind.FS, 2: LinkKind.SF, 3: LinkKind.SS}
_CONSTRAINTS = {
    0: Constraint.ASAP,
    1: Constraint.ALAP,
    2: Constraint.MSO,
    3: Constraint.MFO,
    4: Constraint.SNET,
    5: Constraint.SNLT,
    6: Constraint.FNET,
    7: Constraint.FNLT,
}
_RESOURCE_KINDS = {0: ResourceKind.MATERIAL, 1: ResourceKind.WORK, 2: ResourceKind.COST}
#: A start for a project that has none, so that the rest of it can still be checked.
_SOME_MONDAY = parse_instant("2000-01-03T08:00")
#: A century of days: a longer lag or limit is a typing error.
_MOST_DAYS = 36_600
#: Lags in tenths of a minute.
_LAGS = (-_MOST_DAYS * 14_400, _MOST_DAYS * 14_400)
_UNASSIGNED = -65535
_ESTIMATED = 32  # added to a duration's format when it is an estimate
_ELAPSED_FORMATS = frozenset({4, 6, 8, 10, 12, 20})
_PERCENT_FORMATS = frozenset({19, 20})

_SAVED = {
    "start": "Start",
    "finish": "Finish",
    "early_start": "EarlyStart",
    "early_finish": "EarlyFinish",
    "late_start": "LateStart",
    "late_finish": "LateFinish",
}
_TASK_FIELDS = frozenset(
    """UID Name Active Manual WBS Priority Duration RemainingDuration PercentComplete ActualStart ActualFinish Resume
    ConstraintType ConstraintDate Deadline CalendarUID IgnoreResourceCalendar LevelingDelay ExternalTask
    PredecessorLink Work""".split()  # noqa: SIM905 - a list of words reads best as words
)


def read_mspdi(data: bytes, *, name: str = "") -> ReadReport:
    """Read Microsoft Project XML. Never raises for bad input; `name` is the file's, for messages.

    Dates that the file saved are kept apart in `saved`; tasks are dated by the engine.
    """
    place = name or "file"
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        line, column = fault.position
        return _refused(
            "xml.syntax",
            f"The XML is broken: {fault.msg}. Save the plan again from its application.",
            f"{place}, line {line}, column {column}",
        )
    if root.getroottree().docinfo.internalDTD is not None:
        return _refused(
            "xml.doctype", "The XML declares a document type, which plans never need. Remove it.", place
        )
    if tag_of(root) != "Project":
        return _refused(
            "mspdi.not-a-project",
            f"The XML holds <{tag_of(root)}>, not a Microsoft Project <Project>. Choose a file saved as "
            "Microsoft Project XML.",
            f"{place}, line {root.sourceline}",
        )
    return _Reader(root, place).report()


def _refused(code: str, message: str, place: str) -> ReadReport:
    return ReadReport(plan=None, diagnostics=(error(code, message, place),), format=FORMAT)


class _Reader:
    """One file being read."""

    def __init__(self, root: etree._Element, place: str) -> None:
        self.found: list[Diagnostic] = []
        self.root = Row(root, self.found, "Project")
        self.place = place
        self.tally = Tally()
        self.lines: dict[tuple[str, object], str] = {}
        self.saved: dict[int, SavedTask] = {}

    def report(self) -> ReadReport:
        calendars = self._calendars()
        project = self._project(calendars)
        tasks, links = self._tasks()
        resources = self._resources()
        builder = PlanBuilder(
            projects=[replace(project, root=0) if any(t.uid == 0 for t in tasks) else project],
            tasks=tasks,
            links=links,
            calendars=calendars,
            resources=resources,
            assignments=self._assignments({each.uid for each in resources}),
            place=self._where,
        )
        plan, faults = builder.build()
        if len(plan) == 0:
            faults.append(
                warning(
                    "plan.no-tasks", "The plan has no tasks. Check that you saved the right file.", self.place
                )
            )
        return ReadReport(
            plan=plan,
            diagnostics=(*self.found, *faults),
            unmapped=self.tally.result(),
            format=FORMAT,
            application=self._application(),
            saved=self.saved,
        )

    def _application(self) -> str:
        version = self.root.text("SaveVersion")
        return f"Microsoft Project (file version {version})" if version else "Microsoft Project"

    def _where(self, word: str, row: object) -> str:
        key = row if isinstance(row, Link) else getattr(row, "uid", getattr(row, "task", -1))
        return self.lines.get((word, key), self.place)

    def _calendars(self) -> list[Calendar]:
        calendars = []
        for row in self.root.inside("Calendars", "Calendar"):
            calendar = read_calendar(row)
            self.lines["calendar", calendar.uid] = row.place
            self.tally.note(row, ("UID", "Name", "WeekDays", "Exceptions", "BaseCalendarUID", "IsBaseCalendar",
                                  "IsBaselineCalendar"))  # fmt: skip
            calendars.append(calendar)
        return calendars

    def _project(self, calendars: list[Calendar]) -> Project:
        row = self.root
        start = row.at("StartDate")
        if start is None:
            starts = [task.at("Start") for task in row.inside("Tasks", "Task")]
            start = min((each for each in starts if each is not None), default=None)
        if start is None:
            self.found.append(
                error(
                    "project.no-start",
                    "The project has no start date. Set one in its application.",
                    row.place,
                )
            )
        per_day = row.integer("MinutesPerDay", within=(0, 1440)) or 480
        from_finish = row.text("ScheduleFromStart") == "0"
        if from_finish:
            self.found.append(
                warning(
                    "project.from-finish",
                    "The project is scheduled from its finish; Triptych schedules it from its start date.",
                    row.place,
                )
            )
        return Project(
            uid=1,
            name=row.text("Title") or row.text("Name") or self.place,
            start=_SOME_MONDAY if start is None else start,
            calendar=self._default_calendar(calendars),
            finish=None,
            status_date=row.at("StatusDate"),
            minutes_per_day=per_day,
            minutes_per_week=row.integer("MinutesPerWeek", within=(0, 10_080)) or 2400,
            days_per_month=row.integer("DaysPerMonth", within=(0, 31)) or 20,
            honour_constraints=row.text("HonorConstraints") != "0",
            critical_limit=row.integer("CriticalSlackLimit", within=(-_MOST_DAYS, _MOST_DAYS)) * per_day,
            dialect="msproject",
        )

    def _default_calendar(self, calendars: list[Calendar]) -> int:
        uid = self.root.integer("CalendarUID", -1)
        if any(each.uid == uid for each in calendars):
            return uid
        standard = 1 + max((each.uid for each in calendars), default=0)
        calendars.append(Calendar(standard, "Standard", STANDARD_WEEK))
        self.found.append(
            note("project.standard-calendar", "No project calendar is named; Monday to Friday, 8 to 17 is used.",
                 self.root.place)
        )  # fmt: skip
        return standard

    def _tasks(self) -> tuple[list[Task], list[Link]]:
        tasks: list[Task] = []
        links: list[Link] = []
        open_summaries: list[tuple[int, int]] = []  # (outline level, uid)
        for row in self.root.inside("Tasks", "Task"):
            if row.flag("IsNull"):
                continue
            uid, level = row.integer("UID"), row.integer("OutlineLevel", 1)
            while open_summaries and open_summaries[-1][0] >= level:
                open_summaries.pop()
            parent = open_summaries[-1][1] if open_summaries else None
            open_summaries.append((level, uid))
            self.lines["task", uid] = row.place
            tasks.append(self._task(row, uid, parent))
            links += self._links(row, uid)
            self._save(row, uid)
            self.tally.note(row, _TASK_FIELDS)
        return tasks, links

    def _task(self, row: Row, uid: int, parent: int | None) -> Task:
        manual = row.flag("Manual")
        duration_format = row.integer("DurationFormat", 7)
        code = row.integer("ConstraintType")
        if code not in _CONSTRAINTS:
            self.found.append(
                warning("mspdi.bad-value", f"ConstraintType {code} does not exist; read as none.", row.place)
            )
        duration = (row.minutes("ManualDuration") if manual else None) or row.minutes("Duration") or 0
        summary = row.flag("Summary")
        return Task(
            uid=uid,
            name=row.text("Name") or f"Task {uid}",
            parent=parent,
            project=1,
            wbs=row.text("WBS") or row.text("OutlineNumber"),
            milestone=row.flag("Milestone"),
            duration=0 if summary else duration,
            elapsed=(duration_format & ~_ESTIMATED) in _ELAPSED_FORMATS,
            constraint=_CONSTRAINTS.get(code, Constraint.ASAP),
            constraint_date=row.at("ConstraintDate") if code > 1 else None,
            deadline=row.at("Deadline"),
            calendar=None if row.integer("CalendarUID", -1) < 0 else row.integer("CalendarUID"),
            ignore_resource_calendars=row.flag("IgnoreResourceCalendar"),
            manual=manual and not summary,
            active=row.text("Active") != "0",
            external=row.flag("ExternalTask"),
            start=self._typed(row, "Start") if manual or row.flag("ExternalTask") else None,
            finish=self._typed(row, "Finish") if manual or row.flag("ExternalTask") else None,
            priority=row.integer("Priority", 500, within=(0, 1000)),
            levelling_delay=_tenths(row.integer("LevelingDelay", within=_LAGS)),
            percent_complete=row.integer("PercentComplete"),
            actual_start=None if summary else row.at("ActualStart"),
            actual_finish=None if summary else row.at("ActualFinish"),
            remaining=None if summary else row.minutes("RemainingDuration"),
            resume=None if summary else row.at("Resume"),
        )

    def _typed(self, row: Row, end: str) -> Instant | None:
        at = row.at(f"Manual{end}")
        return row.at(end) if at is None else at

    def _links(self, row: Row, uid: int) -> list[Link]:
        links = []
        for each in row.rows("PredecessorLink"):
            kind, lag_format = each.integer("Type", 1), each.integer("LagFormat", 7)
            lag = each.integer("LinkLag", within=_LAGS)
            if kind not in _LINK_KINDS:
                self.found.append(
                    warning(
                        "mspdi.bad-value",
                        f"Link type {kind} does not exist; read as finish-start.",
                        each.place,
                    )
                )
            lag_kind = LagKind.WORKING
            if lag_format in _PERCENT_FORMATS:
                lag_kind = LagKind.PERCENT
            elif lag_format & ~_ESTIMATED in _ELAPSED_FORMATS:
                lag_kind = LagKind.ELAPSED
            link = Link(
                pred=each.integer("PredecessorUID", -1),
                succ=uid,
                kind=_LINK_KINDS.get(kind, LinkKind.FS),
                lag=lag if lag_kind is LagKind.PERCENT else _tenths(lag),
                lag_kind=lag_kind,
            )
            self.lines["link", link] = f"{each.place} of Task UID {uid}"
            links.append(link)
        return links

    def _save(self, row: Row, uid: int) -> None:
        dates = {name: row.at(tag) for name, tag in _SAVED.items() if row.text(tag)}
        saved = {name: int(at) for name, at in dates.items() if at is not None}
        slack = row.optional_integer("TotalSlack")
        saved["total_float"] = 0 if slack is None else _tenths(slack)
        saved["critical"] = int(row.flag("Critical"))
        self.saved[uid] = saved

    def _resources(self) -> list[Resource]:
        resources = []
        for row in self.root.inside("Resources", "Resource"):
            uid = row.integer("UID")
            if row.flag("IsNull") or (uid == 0 and not row.text("Name")):
                continue
            self.lines["resource", uid] = row.place
            calendar = row.integer("CalendarUID", -1)
            resources.append(
                Resource(
                    uid=uid,
                    name=row.text("Name") or f"Resource {uid}",
                    calendar=calendar if calendar > 0 else None,
                    kind=_RESOURCE_KINDS.get(row.integer("Type", 1), ResourceKind.WORK),
                    units=round(row.number("MaxUnits", 1.0) * 100),
                    email=row.text("EmailAddress"),
                    role=row.text("Group"),
                )
            )
            self.tally.note(row, ("UID", "Name", "CalendarUID", "Type", "MaxUnits", "EmailAddress", "Group", "Code",
                                  "Work", "Start", "Finish"))  # fmt: skip
        return resources

    def _assignments(self, known: set[int]) -> list[Assignment]:
        assignments = []
        for row in self.root.inside("Assignments", "Assignment"):
            resource = row.integer("ResourceUID", _UNASSIGNED)
            if resource == _UNASSIGNED or (resource == 0 and resource not in known):
                continue
            task = row.integer("TaskUID")
            self.lines.setdefault(("assignment", task), row.place)
            assignments.append(
                Assignment(task, resource, round(row.number("Units", 1.0) * 100), row.minutes("Work"))
            )
            self.tally.note(row, ("UID", "TaskUID", "ResourceUID", "Units", "Work", "ActualStart", "ActualFinish",
                                  "Resume"))  # fmt: skip
        return assignments


def _tenths(value: int) -> int:
    """Tenths of a minute, as the format spells lags and slack, in minutes towards zero."""
    return int(value / 10)

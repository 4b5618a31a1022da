"""The work breakdown: tasks, their outline and the dates that were saved for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from triptych.formats.report import SavedTask
from triptych.plan import Calendar, Constraint, Link, Project, Task, TaskType

from .baselines import Baselines
from .formats import delay_of, has_elapsed_duration, tenths
from .links import read_links
from .money import costs_of_task, is_priced
from .resources import calendar_of
from .rows import Row
from .source import Source
from .typed import with_typed_dates

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
_TYPES = {each.value: each for each in TaskType}
_SAVED = {
    "start": "Start",
    "finish": "Finish",
    "early_start": "EarlyStart",
    "early_finish": "EarlyFinish",
    "late_start": "LateStart",
    "late_finish": "LateFinish",
}
_READ = frozenset(
    """UID Name Active Manual WBS Priority Duration RemainingDuration PercentComplete ActualStart ActualFinish Resume
    ConstraintType ConstraintDate Deadline CalendarUID IgnoreResourceCalendar LevelingDelay ExternalTask Type
    EffortDriven PredecessorLink Work FreeformDurationFormat FixedCost FixedCostAccrual ActualCost Baseline
    PhysicalPercentComplete""".split()  # noqa: SIM905 - best read as words
)


@dataclass(slots=True)
class Tasks:
    """What <Tasks> holds."""

    tasks: list[Task] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    saved: dict[int, SavedTask] = field(default_factory=dict)
    baselines: Baselines = field(default_factory=Baselines)


def read_tasks(source: Source, project: Project, calendars: Sequence[Calendar]) -> Tasks:
    """Every task but the empty lines, with its links and its saved dates."""
    rows = [each for each in source.root.inside("Tasks", "Task") if not each.flag("IsNull")]
    external = frozenset(each.integer("UID") for each in rows if each.flag("ExternalTask"))
    known = frozenset(each.uid for each in calendars)
    usual = source.root.choice("DefaultTaskType", _TYPES, 0)
    priced = is_priced(source)
    found = Tasks()
    for row, uid, parent, summary in _outline(rows):
        source.lines["task", uid] = row.place
        task = _task(row, (uid, parent, summary), known, usual, priced=priced)
        if not summary:
            task = with_typed_dates(source, row, task, (project, calendars))
        found.tasks.append(task)
        found.links += read_links(source, row, uid, external)
        found.saved.setdefault(uid, _saved(row))
        found.baselines.note(source, row, uid)
        source.tally.note(row, _understood(row))
        _count_left_out(source, row, summary)
    return found


def _outline(rows: Sequence[Row]) -> Iterator[tuple[Row, int, int | None, bool]]:
    """Every row with its uid, its summary task's, and whether it is a summary: the next row stands deeper."""
    levels = [each.integer("OutlineLevel", 1) for each in rows]
    above: list[tuple[int, int]] = []  # (outline level, uid)
    for at, row in enumerate(rows):
        uid = row.integer("UID")
        while above and above[-1][0] >= levels[at]:
            above.pop()
        yield row, uid, above[-1][1] if above else None, at + 1 < len(rows) and levels[at + 1] > levels[at]
        above.append((levels[at], uid))


def _task(
    row: Row,
    place: tuple[int, int | None, bool],
    calendars: frozenset[int],
    usual: TaskType,
    *,
    priced: bool,
) -> Task:
    uid, parent, summary = place
    manual = row.flag("Manual") and not summary
    constraint = row.choice("ConstraintType", _CONSTRAINTS, 0)
    duration = (row.minutes("ManualDuration") if manual else None) or row.minutes("Duration") or 0
    return Task(
        uid=uid,
        name=row.text("Name") or f"Task {uid}",
        parent=parent,
        project=1,
        wbs=row.text("WBS") or row.text("OutlineNumber"),
        milestone=row.flag("Milestone"),
        duration=0 if summary else duration,
        elapsed=has_elapsed_duration(row),
        constraint=constraint,
        constraint_date=row.at("ConstraintDate") if constraint.dated else None,
        deadline=row.at("Deadline"),
        calendar=calendar_of(row, calendars),
        ignore_resource_calendars=row.flag("IgnoreResourceCalendar"),
        manual=manual,
        active=row.text("Active") not in ("0", "false"),
        external=row.flag("ExternalTask"),
        priority=row.integer("Priority", 500, within=(0, 1000)),
        levelling_delay=delay_of(row),
        percent_complete=row.integer("PercentComplete"),
        actual_start=None if summary else row.at("ActualStart"),
        actual_finish=None if summary else row.at("ActualFinish"),
        remaining=None if summary else row.minutes("RemainingDuration"),
        resume=None if summary else row.at("Resume"),
        type=row.choice("Type", _TYPES, usual),
        effort_driven=row.flag("EffortDriven"),
        **costs_of_task(row, summary=summary, priced=priced),
    )


def _saved(row: Row) -> SavedTask:
    dates = {name: row.at(tag) for name, tag in _SAVED.items() if row.text(tag)}
    saved = {name: int(at) for name, at in dates.items() if at is not None}
    saved["total_float"] = tenths(row.optional_integer("TotalSlack") or 0)
    saved["critical"] = int(row.flag("Critical"))
    return saved


def _understood(row: Row) -> frozenset[str]:
    """The fields that are read, and those that say nothing here."""
    if row.flag("ExternalTask"):
        return _READ
    return _READ | {"ExternalTaskProject"}


def _count_left_out(source: Source, row: Row, summary: bool) -> None:
    """What is read, but not as the file means it."""
    if summary and row.flag("Manual"):
        source.tally.count("Summaries with typed dates", "a summary spans the tasks below it")
    if any(row.text(f"{each}Text") for each in ("Start", "Finish", "Duration")):
        source.tally.count("Dates and durations in words", "they are no dates; the saved ones are used")

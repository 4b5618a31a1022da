"""The plan as a value.

A `Plan` is immutable. Inside, tasks, links and assignments are columns (numpy arrays by index); `Task`, `Link`
and `Assignment` are the friendly rows that `PlanBuilder` takes in and that `Plan.task(uid)` gives back. Walking a
hundred thousand Python objects costs more than scheduling them, so nothing in the engine does.

Identity: `uid` is the file's or the record's own number; an *index* is a row of the columns, in outline order
(a parent stands directly before its children). Columns refer to one another by index, people by uid.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property

import numpy as np

from .kinds import (
    Accrual,
    Constraint,
    FloatBasis,
    LagHours,
    LagKind,
    LinkKind,
    ProgressLogic,
    ResourceKind,
    TaskType,
)
from .quantities import MINUTES_PER_DAY, Instant, optional_instant
from .rates import RateFrom
from .tables import I32, AssignmentTable, BaselineTable, Flags, LinkTable, SplitTable, TaskTable

#: A day's shifts: pairs of minutes after midnight, in order, not overlapping, within 0..1440.
Shifts = tuple[tuple[int, int], ...]
#: Interruptions of a task: pairs of (working minutes done before it, working minutes it lasts), in order.
Splits = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class CalendarException:
    """Days `first`..`last` (inclusive) whose shifts replace the week's; no shifts means not working."""

    first: date
    last: date
    shifts: Shifts = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working time: a week (Monday first) and exceptions; what is None or absent comes from `base`.

    A resource's calendar is usually a `base` and its leave. `base` is the uid of another calendar.
    """

    uid: int
    name: str
    week: tuple[Shifts | None, ...] = (None,) * 7
    exceptions: tuple[CalendarException, ...] = ()
    base: int | None = None


STANDARD_DAY: Shifts = ((480, 720), (780, 1020))
STANDARD_WEEK: tuple[Shifts | None, ...] = (STANDARD_DAY,) * 5 + ((), ())
ROUND_THE_CLOCK_WEEK: tuple[Shifts | None, ...] = (((0, MINUTES_PER_DAY),),) * 7


@dataclass(frozen=True, slots=True)
class Project:
    """One project's settings. A plan of a whole company has many, a file has one.

    `critical_limit` is the total float in minutes at or under which a task is critical; `critical_by_path` makes
    the longest path critical instead; `open_ends_critical` gives each open end its own late finish (several critical
    paths). `finish` is the date it must finish by, and the date it is scheduled from with `from_finish`. `root` is
    the uid of the project's summary task, if it has one; `dialect` names the rules the project was planned under;
    `lag_hours`, `progress_logic` and `float_basis` are the dialect's own where they are None. `currency` is the code or
    the sign of the money that the plan counts in; all money is whole hundredths of it.
    """

    uid: int
    name: str
    start: Instant
    calendar: int
    root: int | None = None
    finish: Instant | None = None
    from_finish: bool = False
    status_date: Instant | None = None
    minutes_per_day: int = 480
    minutes_per_week: int = 2400
    days_per_month: int = 20
    honour_constraints: bool = True
    critical_limit: int = 0
    critical_by_path: bool = False
    open_ends_critical: bool = False
    lag_hours: LagHours | None = None
    progress_logic: ProgressLogic | None = None
    float_basis: FloatBasis | None = None
    dialect: str = "triptych"
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """A person, a team, a machine or a material. `units` is the capacity: 100 is one full-time person.

    `absences` are the days away (leave, sickness), taken out of `calendar`, or of the project's without one. `rate` is
    what an hour of its work costs, of a material one unit; `cost_per_use` is what each assignment costs besides, of
    people times the units (hundredths of the currency); `rates` are both from later dates on, in their order. `accrual`
    says when what it costs falls due. `skills` are the roles that a person can take on besides `role`.
    """

    uid: int
    name: str
    calendar: int | None = None
    absences: tuple[CalendarException, ...] = ()
    kind: ResourceKind = ResourceKind.WORK
    units: int = 100
    email: str = ""
    role: str = ""
    rate: int = 0
    cost_per_use: int = 0
    accrual: Accrual = Accrual.PRORATED
    skills: tuple[str, ...] = ()
    rates: tuple[RateFrom, ...] = ()


def can_do(person: Resource, role: str) -> bool:
    """Whether a role is the person's own or among the skills; capitals and spaces around it make no difference."""
    wanted = role.strip().casefold()
    return bool(wanted) and wanted in {each.strip().casefold() for each in (person.role, *person.skills)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A row of the work breakdown. A task with children is a summary, and its dates are rolled up.

    `duration` and `remaining` are working minutes, or round-the-clock minutes when `elapsed`. `start` and
    `finish` are typed dates: they count only for a `manual` or `external` task. `levelling_delay` is elapsed
    minutes added after logic.

    `splits` interrupt the work: pairs of (working minutes done before, working minutes of pause), in order. A `hammock`
    (level of effort) has no duration of its own: it spans what its links tie it to. A `start_milestone` marks the
    beginning of what follows it, and stands at the beginning of a shift, where others stand at an end. `secondary` is a
    second constraint beside the first, as Primavera P6 has it. `type` and `effort_driven` say what gives way when work,
    units or people change; dates follow the duration alone.

    `fixed_cost` is what it costs beside its resources, due as `fixed_cost_accrual` says; `actual_cost` is all that it
    has cost so far, where that is stated (hundredths of the currency). `physical_percent` is the share of what it
    delivers that is there, for the earned value.
    """

    uid: int
    name: str = ""
    parent: int | None = None
    project: int = 0
    wbs: str = ""
    milestone: bool = False
    duration: int = 0
    elapsed: bool = False
    constraint: Constraint = Constraint.ASAP
    constraint_date: Instant | None = None
    deadline: Instant | None = None
    calendar: int | None = None
    ignore_resource_calendars: bool = False
    manual: bool = False
    active: bool = True
    external: bool = False
    start: Instant | None = None
    finish: Instant | None = None
    priority: int = 500
    levelling_delay: int = 0
    percent_complete: int = 0
    actual_start: Instant | None = None
    actual_finish: Instant | None = None
    remaining: int | None = None
    resume: Instant | None = None
    secondary: Constraint = Constraint.ASAP
    secondary_date: Instant | None = None
    hammock: bool = False
    start_milestone: bool = False
    type: TaskType = TaskType.FIXED_UNITS
    effort_driven: bool = False
    splits: Splits = ()
    fixed_cost: int = 0
    fixed_cost_accrual: Accrual = Accrual.PRORATED
    actual_cost: int | None = None
    physical_percent: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """`succ` may not start (or finish) before `pred` has finished (or started), plus `lag`.

    `lag` is minutes, or whole percent of the predecessor's duration for the percent kinds; negative is a lead.
    """

    pred: int
    succ: int
    kind: LinkKind = LinkKind.FS
    lag: int = 0
    lag_kind: LagKind = LagKind.WORKING


@dataclass(frozen=True, slots=True)
class Assignment:
    """`resource` works on `task` with `units` (100 is full time) for `work` minutes, if stated.

    Of a material, `units` are the quantity. `actual_work` is what of the work is done; `cost` is what it costs where
    that is stated (else it follows from rates), `actual_cost` what it has cost (hundredths of the currency).
    """

    task: int
    resource: int
    units: int = 100
    work: int | None = None
    actual_work: int | None = None
    cost: int | None = None
    actual_cost: int | None = None


@dataclass(frozen=True, slots=True)
class Baseline:
    """A plan as it once was agreed: what earned value and slips are measured against, never the moving plan.

    `number` 0 is the baseline proper, 1 to 9999 are further ones (1 to 10 those of Microsoft Project); `saved` is when
    it was taken.
    """

    number: int
    tasks: BaselineTable
    name: str = ""
    saved: Instant | None = None


@dataclass(frozen=True, eq=False)
class Plan:
    """An immutable plan: one project from a file, or a whole company's tree. Build it with `PlanBuilder`."""

    projects: tuple[Project, ...]
    tasks: TaskTable
    links: LinkTable
    calendars: tuple[Calendar, ...]
    resources: tuple[Resource, ...] = ()
    assignments: AssignmentTable = field(default_factory=AssignmentTable.empty)
    splits: SplitTable = field(default_factory=SplitTable.empty)
    baselines: tuple[Baseline, ...] = ()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Plan):
            return NotImplemented
        return all(getattr(self, f.name) == getattr(other, f.name) for f in fields(self))

    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        return len(self.tasks)

    def __repr__(self) -> str:
        names = ", ".join(each.name for each in self.projects)
        return f"<Plan {names}: {len(self.tasks)} tasks, {len(self.links)} links>"

    @property
    def project(self) -> Project:
        """The only project of a plan that came from one file."""
        return self.projects[0]

    @cached_property
    def index_of(self) -> dict[int, int]:
        """Task uid → row."""
        return {int(uid): row for row, uid in enumerate(self.tasks.uid)}

    @cached_property
    def project_index(self) -> dict[int, int]:
        """Project uid → row of `projects`."""
        return {each.uid: row for row, each in enumerate(self.projects)}

    @cached_property
    def calendar_index(self) -> dict[int, int]:
        """Calendar uid → row of `calendars`."""
        return {each.uid: row for row, each in enumerate(self.calendars)}

    @cached_property
    def resource_index(self) -> dict[int, int]:
        """Resource uid → row of `resources`."""
        return {each.uid: row for row, each in enumerate(self.resources)}

    @cached_property
    def is_summary(self) -> Flags:
        """Which rows have children."""
        flags = np.zeros(len(self.tasks), np.bool_)
        parents = self.tasks.parent
        flags[parents[parents >= 0]] = True
        return flags

    @cached_property
    def level(self) -> I32:
        """Outline level of each row; roots are 0."""
        levels = np.zeros(len(self.tasks), np.int32)
        above = self.tasks.parent
        while (inside := above >= 0).any():
            levels[inside] += 1
            above = np.where(inside, self.tasks.parent[above], -1)
        return levels

    def task(self, uid: int) -> Task:
        """The task of that uid as a friendly row. Raises KeyError."""
        return self.task_at(self.index_of[uid])

    def task_at(self, row: int) -> Task:
        """The task at that row."""
        t = self.tasks
        parent, calendar = int(t.parent[row]), int(t.calendar[row])
        return Task(
            uid=int(t.uid[row]),
            name=t.name[row],
            parent=None if parent < 0 else int(t.uid[parent]),
            project=self.projects[int(t.project[row])].uid,
            wbs=t.wbs[row],
            milestone=bool(t.milestone[row]),
            duration=int(t.duration[row]),
            elapsed=bool(t.elapsed[row]),
            constraint=Constraint(int(t.constraint[row])),
            constraint_date=optional_instant(int(t.constraint_date[row])),
            deadline=optional_instant(int(t.deadline[row])),
            calendar=None if calendar < 0 else self.calendars[calendar].uid,
            ignore_resource_calendars=bool(t.ignore_resource_calendars[row]),
            manual=bool(t.manual[row]),
            active=bool(t.active[row]),
            external=bool(t.external[row]),
            start=optional_instant(int(t.start[row])),
            finish=optional_instant(int(t.finish[row])),
            priority=int(t.priority[row]),
            levelling_delay=int(t.levelling_delay[row]),
            percent_complete=int(t.percent_complete[row]),
            actual_start=optional_instant(int(t.actual_start[row])),
            actual_finish=optional_instant(int(t.actual_finish[row])),
            remaining=_stated(t.remaining[row]),
            resume=optional_instant(int(t.resume[row])),
            secondary=Constraint(int(t.secondary[row])),
            secondary_date=optional_instant(int(t.secondary_date[row])),
            hammock=bool(t.hammock[row]),
            start_milestone=bool(t.start_milestone[row]),
            type=TaskType(int(t.type[row])),
            effort_driven=bool(t.effort_driven[row]),
            splits=self.splits_of(row),
            fixed_cost=int(t.fixed_cost[row]),
            fixed_cost_accrual=Accrual(int(t.fixed_cost_accrual[row])),
            actual_cost=_stated(t.actual_cost[row]),
            physical_percent=_stated(t.physical_percent[row]),
        )

    def splits_of(self, row: int) -> Splits:
        """The interruptions of the task at that row."""
        first, last = np.searchsorted(self.splits.task, (row, row + 1))
        return tuple(
            zip(self.splits.after[first:last].tolist(), self.splits.gap[first:last].tolist(), strict=True)
        )

    def link_at(self, row: int) -> Link:
        """The link at that row, ends as task uids."""
        k = self.links
        return Link(
            pred=int(self.tasks.uid[k.pred[row]]),
            succ=int(self.tasks.uid[k.succ[row]]),
            kind=LinkKind(int(k.kind[row])),
            lag=int(k.lag[row]),
            lag_kind=LagKind(int(k.lag_kind[row])),
        )

    def assignment_at(self, row: int) -> Assignment:
        """The assignment at that row, ends as uids."""
        a = self.assignments
        return Assignment(
            task=int(self.tasks.uid[a.task[row]]),
            resource=self.resources[int(a.resource[row])].uid,
            units=int(a.units[row]),
            work=_stated(a.work[row]),
            actual_work=_stated(a.actual_work[row]),
            cost=_stated(a.cost[row]),
            actual_cost=_stated(a.actual_cost[row]),
        )

    def each_task(self) -> Iterator[Task]:
        """Every task, in outline order."""
        return (self.task_at(row) for row in range(len(self.tasks)))

    def each_link(self) -> Iterator[Link]:
        """Every link, in the order of the columns."""
        return (self.link_at(row) for row in range(len(self.links)))

    def each_assignment(self) -> Iterator[Assignment]:
        """Every assignment, in the order of the columns."""
        return (self.assignment_at(row) for row in range(len(self.assignments)))


def _stated(value: np.int64 | np.int8) -> int | None:
    """A column's value in which -1 spells that nothing is stated."""
    return None if value < 0 else int(value)

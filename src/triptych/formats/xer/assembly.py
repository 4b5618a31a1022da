"""The tables of an XER file put together as one plan."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from triptych.formats.report import SavedTask
from triptych.plan import (
    Assignment,
    Calendar,
    Diagnostic,
    Link,
    Plan,
    PlanBuilder,
    Project,
    Resource,
    ResourceKind,
    Task,
)
from triptych.plan.diagnostics import note

from .activities import Activity, find_activities, read_task
from .branches import read_breakdown
from .links import read_links
from .money import changing_prices, is_estimated_anew, read_expenses, with_expenses
from .people import read_assignments, read_resources
from .projects import ReadProject
from .rows import Row
from .saved import saved_dates
from .tables import Tables
from .unmapped import Tally


@dataclass(frozen=True, slots=True)
class Assembly:
    """The plan, what is wrong with it, the dates that were saved with it, and the tally of what was left out."""

    plan: Plan
    faults: list[Diagnostic]
    saved: dict[int, SavedTask]
    tally: Tally


def assemble(tables: Tables, projects: list[ReadProject], calendars: list[Calendar], place: str) -> Assembly:
    """Read activities, work breakdown, relationships and people, and build the plan of them."""
    return _Assembler(tables, projects, place).run(calendars)


class _Assembler:
    def __init__(self, tables: Tables, projects: list[ReadProject], place: str) -> None:
        self.tables, self.place = tables, place
        self.tally = Tally()
        self.activities = find_activities(tables["TASK"], {each.project.uid: each for each in projects})
        self.projects = self._in_use(projects)
        self.uids = {each.uid for each in self.activities}
        self.breakdown = read_breakdown(
            tables["PROJWBS"], {each.project.uid: each.separator for each in projects}, self.uids
        )
        self.rows: dict[tuple[str, object], Row] = {}

    def run(self, calendars: list[Calendar]) -> Assembly:
        breakdown = self.breakdown
        homes = [breakdown.home(each.row, each.project.project.uid) for each in self.activities]
        used = breakdown.used(homes)
        resources = read_resources(self.tables)
        assignments = read_assignments(self.tables["TASKRSRC"], resources, self.uids)
        builder = PlanBuilder(
            projects=[self._named(each.project, used) for each in self.projects],
            tasks=self._priced(self._tasks(homes, used, _staffed(resources, assignments)), assignments),
            links=self._links(),
            calendars=calendars,
            resources=resources,
            assignments=assignments,
            place=self._where,
        )
        self._remember()
        plan, faults = builder.build()
        saved = {each.uid: dates for each in self.activities if (dates := saved_dates(each))}
        self._count(used)
        return Assembly(plan, faults, saved, self.tally)

    def _in_use(self, projects: list[ReadProject]) -> list[ReadProject]:
        """The projects with activities, the greatest first: it gives the plan its name."""
        size = Counter(each.project.project.uid for each in self.activities)
        ordered = sorted(projects, key=lambda each: -size[each.project.uid])
        kept = [each for each in ordered if size[each.project.uid]] or ordered[:1]
        self.tally.add(
            "Projects without activities", len(projects) - len(kept), "there is nothing to schedule in them"
        )
        if len(kept) > 1:
            names = ", ".join(f"“{each.project.name}” ({size[each.project.uid]})" for each in kept)
            message = f"The file holds {len(kept)} projects, with their activities: {names}. They are scheduled together."
            self.tables.found.append(note("xer.several-projects", message, self.place))
        return kept

    def _named(self, project: Project, used: set[int]) -> Project:
        """With the name of its topmost WBS element, and that element as its summary task."""
        number = self.breakdown.root.get(project.uid)
        if number is None:
            return project
        branch = self.breakdown.branches[number]
        return replace(
            project, name=self.breakdown.name_of(branch), root=branch.uid if number in used else None
        )

    def _tasks(self, homes: list[int | None], used: set[int], staffed: set[int]) -> list[Task]:
        branches = self.breakdown.branches
        tasks = [
            read_task(each, parent=None if home is None else branches[home].uid, staffed=each.uid in staffed)
            for each, home in zip(self.activities, homes, strict=True)
        ]
        return [*tasks, *self.breakdown.summaries(used, [each.project.uid for each in self.projects])]

    def _priced(self, tasks: list[Task], assignments: list[Assignment]) -> list[Task]:
        """The tasks with their expenses."""
        expenses = read_expenses(self.tables["PROJCOST"], self.uids)
        team: defaultdict[int, list[Assignment]] = defaultdict(list)
        for each in assignments:
            team[each.task].append(each)
        return [with_expenses(each, expenses.get(each.uid), team[each.uid]) for each in tasks]

    def _links(self) -> list[Link]:
        pairs = read_links(self.tables["TASKPRED"], self.uids)
        self.rows |= {("link", link): row for row, link in pairs}
        return [link for _, link in pairs]

    def _remember(self) -> None:
        """Which row stands behind each number, for messages."""
        self.rows |= {("task", each.uid): each.row for each in self.breakdown.branches.values()}
        self.rows |= {("task", each.uid): each.row for each in self.activities}
        for word, table, key in (("calendar", "CALENDAR", "clndr_id"), ("resource", "RSRC", "rsrc_id")):
            self.rows |= {(word, row.key(key)): row for row in self.tables[table]}

    def _where(self, word: str, row: object) -> str:
        found = self.rows.get((word, row if isinstance(row, Link) else getattr(row, "uid", None)))
        return self.place if found is None else found.place

    def _count(self, used: set[int]) -> None:
        """Tally what had no place in the plan, and what no one asked for."""
        add = self.tally.add
        branches = self.breakdown.branches.values()
        kept = {each.project.uid for each in self.projects}
        empty = sum(each.number not in used and each.project in kept for each in branches)
        add("WBS elements without activities", empty, "a summary needs a task below it")
        roles = sum(row.key("rsrc_id") is None for row in self.tables["TASKRSRC"])
        add("Assignments of roles", roles, "only people, machines and material are assigned")
        spanning = sum(each.spans_branch for each in self.activities)
        add(
            "WBS summary activities",
            spanning,
            "the summary above them has the dates; they span nothing by themselves",
        )
        add("Planned durations", sum(map(_shortened, self.activities)), "P6 schedules the remaining duration")
        changing = changing_prices(self.tables["RSRCRATE"])
        add(
            "Rates that change",
            changing,
            "the newest is used; what assignments cost otherwise is taken as stated",
        )
        estimated = sum(map(is_estimated_anew, self.tables["TASKRSRC"]))
        add("Remaining costs", estimated, "an assignment costs what was planned")
        self.tally.rest(self.tables)


def _shortened(activity: Activity) -> bool:
    """Whether it has not started, and yet less or more than its planned duration remains."""
    row = activity.row
    planned, remaining = row.minutes("target_drtn_hr_cnt"), row.minutes("remain_drtn_hr_cnt")
    begun = row.raw("act_start_date").strip() or row.raw("act_end_date").strip()
    return not begun and None not in (planned, remaining) and planned != remaining


def _staffed(resources: list[Resource], assignments: list[Assignment]) -> set[int]:
    """The tasks on which someone, or a machine, works."""
    working = {each.uid for each in resources if each.kind is ResourceKind.WORK}
    return {each.task for each in assignments if each.resource in working}

"""A schedule that is kept up to date: a changed duration dates anew what it reaches, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from triptych.plan import LagKind, Plan
from triptych.plan.builder import MAX_DURATION
from triptych.plan.quantities import NO_INSTANT
from triptych.plan.tables import I32, I64

from .columns import picked, put
from .dialects import DIALECTS
from .run import Run
from .schedule import Schedule, schedule, schedule_by


@dataclass(frozen=True, slots=True)
class Reach:
    """What a change moved: rows of the plan's tasks (summaries follow, and are not among them) with their dates
    before and after, in topological order; and `looked_at`, how many nodes were dated anew, early or late."""

    rows: I64
    start_before: I32
    finish_before: I32
    start: I32
    finish: I32
    looked_at: int


class LivePlan:
    """A plan with its schedule, in which durations can be changed one after another.

    Early and late dates, float and the projects' finishes are kept; a change costs what it reaches, so it is told in
    milliseconds in a portfolio of a million tasks. Plans in which tasks are as late as possible, that are scheduled
    from their finish, or that hold hammocks are scheduled as a whole each time: there, what moves does not follow the
    links alone.
    """

    def __init__(self, plan: Plan, *, dialect: str | None = None) -> None:
        self._adopt(schedule(plan, dialect=dialect))

    @classmethod
    def of(cls, found: Schedule) -> "LivePlan":
        """Go on from a schedule, which must not be used any more: its computation is changed in place."""
        live = cls.__new__(cls)
        live._adopt(found)  # noqa: SLF001 - our own, another way in
        return live

    def _again(self) -> Schedule:
        """The plan as it is now, scheduled as a whole under the same rules."""
        readers = [DIALECTS[name] for name in self._schedule.dialects]
        self._adopt(schedule_by(self.plan, readers, self._run.passes))
        return self._schedule

    def _adopt(self, found: Schedule) -> None:
        plan = self._plan = found.plan
        self._schedule = found
        run = self._run = found.run
        size = len(run.compiled.network.dates)
        self._changed: dict[int, int] = {}
        self._follows = _follows_links(run)
        self._percent = any((plan.links.lag_kind == kind).any() for kind in LagKind if kind.percent)
        node = run.compiled.node
        self._row = np.full(size, -1, np.int64)
        self._row[node[node >= 0]] = np.flatnonzero(node >= 0)
        project = run.compiled.network.node["project"][:-1]
        self._members = np.argsort(project, kind="stable").astype(np.int32)
        self._member_ptr = np.searchsorted(project[self._members], np.arange(len(plan.projects) + 1))
        make: Callable[[], I32 | list[int]] = (
            (lambda: [0] * (size + 1)) if run.passes.interpreted else (lambda: np.zeros(size + 1, np.int32))
        )
        self._heap, self._waiting, self._touched, self._was_start, self._was_finish = (
            make() for _ in range(5)
        )

    @property
    def plan(self) -> Plan:
        """The plan as it is now."""
        if not self._changed:
            return self._plan
        duration = self._plan.tasks.duration.copy()
        for row, minutes in self._changed.items():
            duration[row] = minutes
        return replace(self._plan, tasks=self._plan.tasks.with_columns(duration=duration))

    @property
    def schedule(self) -> Schedule:
        """The whole schedule of the plan as it is now; it costs what scheduling the plan costs."""
        return self._again() if self._changed else self._schedule

    def start_of(self, task: int) -> int:
        """The start of the task with that uid; of a summary, of the first below it. Raises KeyError."""
        row = self._plan.index_of[task]
        if not self._follows:
            return int(self.schedule.start[row])
        below = _leaves(self._plan, row)
        if len(below) == 0:
            return self._start_of_project(row)
        return int(self._with_facts(below, "early_start", self._plan.tasks.actual_start).min())

    def finish_of(self, task: int) -> int:
        """The finish of the task with that uid; of a summary, of the last below it. Raises KeyError."""
        row = self._plan.index_of[task]
        if not self._follows:
            return int(self.schedule.finish[row])
        below = _leaves(self._plan, row)
        return self._start_of_project(row) if len(below) == 0 else int(self._finishes(below).max())

    def _start_of_project(self, row: int) -> int:
        """Where a summary stands that has nothing active below it."""
        return int(self._plan.projects[int(self._plan.tasks.project[row])].start)

    def total_float_of(self, task: int) -> int:
        """The total float of the task with that uid in working minutes. Raises KeyError, ValueError for a summary."""
        row = self._plan.index_of[task]
        node = self._run.compiled.node[row : row + 1]
        if node[0] < 0:
            raise ValueError("ask the tasks below a summary for their float")
        if not self._follows:
            return int(self.schedule.total_float[row])
        return int(picked(self._run.net.dates, node, "total_float")[0])

    def project_finish(self, project: int = 0) -> int:
        """The last finish of the project at that row of `plan.projects`."""
        if not self._follows:
            return int(self.schedule.project_finish[project])
        return self._last_finish(project)

    def set_duration(self, task: int, minutes: int) -> Reach:
        """Give the task with that uid another duration, in working minutes (round the clock where it is elapsed).

        Raises KeyError for a task that is not in the plan, ValueError for a summary or a duration below 0.
        """
        row = self._plan.index_of[task]
        node = int(self._run.compiled.node[row])
        if node < 0 or not isinstance(minutes, int) or not 0 <= minutes <= MAX_DURATION:
            raise ValueError("a duration is a whole number of minutes, of a task without tasks below it")
        if not self._follows or self._stretches_lags(row) or self._resumes_split(row):
            return self._whole(row, minutes)
        nodes = self._run.net.node
        before = int(picked(nodes, np.array([node]), "duration")[0])
        gaps = before - int(self._changed.get(row, self._plan.tasks.duration[row]))
        put(nodes, node, "duration", minutes + gaps)
        self._put_remaining(row, node, minutes + gaps)
        reach = self._ripple(node)
        if reach is None:  # dates beyond the days that were unrolled
            return self._whole(row, minutes)
        self._changed[row] = minutes
        return reach

    def _stretches_lags(self, row: int) -> bool:
        """Whether links from the task have lags that are a share of its duration."""
        links = self._plan.links
        kinds = links.lag_kind[links.pred == row].tolist() if self._percent else []
        return any(LagKind(kind).percent for kind in kinds)

    def _resumes_split(self, row: int) -> bool:
        """Whether it is running work with interruptions, of which some may lie ahead and some behind."""
        begun = self._plan.tasks.actual_start[row] != NO_INSTANT
        return bool(begun) and len(self._plan.splits_of(row)) > 0

    def _put_remaining(self, row: int, node: int, minutes: int) -> None:
        """What remains of running work is a share of its duration, where it is not stated."""
        special = int(self._run.compiled.network.node["special"][node])
        tasks = self._plan.tasks
        if special >= 0 and tasks.remaining[row] < 0:
            open_share = 100 - int(tasks.percent_complete[row])
            put(self._run.net.bounds, special, "remaining", round(minutes * open_share / 100))

    def _ripple(self, node: int) -> Reach | None:
        passes, net = self._run.passes, self._run.net
        self._heap[0], self._waiting[node] = node, 1
        count = passes.reach_early(
            net, self._heap, 1, self._waiting, self._touched, self._was_start, self._was_finish
        )
        if count < 0:
            return None
        size = passes.wait_for_late(net, self._heap, 0, self._waiting, self._touched, count)
        size = self._move_horizons(count, size)
        late = passes.reach_late(net, self._heap, size, self._waiting)
        return None if late < 0 else self._reach(count, late)

    def _move_horizons(self, count: int, size: int) -> int:
        """Where a project's last finish moved, all its late dates may: they wait too. The size of the heap then."""
        network = self._run.compiled.network
        touched = np.array(self._touched[:count], np.int64)
        was = np.array(self._was_finish[:count], np.int32)
        now = picked(self._run.net.dates, touched, "early_finish")
        owner = network.node["project"][touched]
        for project in np.unique(owner).tolist():
            horizon = int(network.settings["horizon"][project])
            mine = owner == project
            if self._plan.projects[project].finish is not None or (
                now[mine].max() <= horizon and was[mine].max() < horizon
            ):
                continue
            last = self._last_finish(project)
            if last == horizon:
                continue
            self._run.set_horizon(project, last)
            for node in self._members_of(project).tolist():
                if self._waiting[node] == 0:
                    self._waiting[node] = 1
                    size = self._run.passes.push(self._heap, size, -node - 1)
        return size

    def _members_of(self, project: int) -> I32:
        return self._members[self._member_ptr[project] : self._member_ptr[project + 1]]

    def _last_finish(self, project: int) -> int:
        """The last finish of a project's tasks: what its late dates are measured from."""
        mine = np.flatnonzero(self._run.counted & (self._plan.tasks.project == project))
        if len(mine) == 0:
            return int(self._plan.projects[project].start)
        return int(self._finishes(mine).max())

    def _finishes(self, rows: I64) -> I32:
        """The finishes of tasks: facts as they are."""
        return self._with_facts(rows, "early_finish", self._plan.tasks.actual_finish)

    def _with_facts(self, rows: I64, name: str, facts: I64) -> I32:
        dates = picked(self._run.net.dates, self._run.compiled.node[rows], name)
        found: I32 = np.where(facts[rows] != NO_INSTANT, facts[rows], dates)
        return found

    def _reach(self, count: int, late: int) -> Reach:
        nodes = np.array(self._touched[:count], np.int64)
        rows = self._row[nodes]
        dates = self._run.net.dates
        columns = [
            np.array(self._was_start[:count], np.int32),
            np.array(self._was_finish[:count], np.int32),
            picked(dates, nodes, "early_start"),
            picked(dates, nodes, "early_finish"),
        ]
        kept = rows >= 0
        columns = [each[kept] for each in columns]
        rows = rows[kept]
        facts = ((0, self._plan.tasks.actual_start), (1, self._plan.tasks.actual_finish))
        for end, fact in facts:
            known = fact[rows] != NO_INSTANT
            for each in (columns[end], columns[end + 2]):
                each[known] = fact[rows[known]]
        moved = (columns[0] != columns[2]) | (columns[1] != columns[3])
        start_before, finish_before, start, finish = (each[moved] for each in columns)
        return Reach(rows[moved], start_before, finish_before, start, finish, count + late)

    def _whole(self, row: int, minutes: int) -> Reach:
        """The same by scheduling the whole plan."""
        before = self.schedule
        self._changed[row] = minutes
        after = self.schedule
        moved = (before.start != after.start) | (before.finish != after.finish)
        rows = np.flatnonzero(moved & ~self._plan.is_summary)
        dates = (before.start[rows], before.finish[rows], after.start[rows], after.finish[rows])
        return Reach(rows, *dates, looked_at=2 * len(self._plan))


def _follows_links(run: Run) -> bool:
    """Whether scheduled dates are the early dates, which follow the links alone."""
    plan = run.plan
    late = bool((run.compiled.network.bounds["as_late"] > 0).any())
    return not (late or plan.tasks.hammock.any() or any(each.from_finish for each in plan.projects))


def _leaves(plan: Plan, row: int) -> I64:
    """The row, or the active tasks below it: in outline order they follow it."""
    if not plan.is_summary[row]:
        return np.array([row], np.int64)
    last = row + 1
    while last < len(plan) and plan.level[last] > plan.level[row]:
        last += 1
    below = np.arange(row + 1, last)
    return below[~plan.is_summary[below] & plan.tasks.active[below]]

"""The schedule under examination, with what several checks ask of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from triptych.engine.columns import column
from triptych.engine.rollup import complete
from triptych.engine.schedule import Schedule
from triptych.plan import NO_INSTANT, Baseline, Instant, LinkKind, ResourceKind
from triptych.plan.changes import Change
from triptych.plan.diagnostics import Severity
from triptych.plan.quantities import MINUTES_PER_DAY, spell_duration
from triptych.plan.tables import I32, I64, Flags
from triptych.plan.worktime import worked_until

from .answer import Finding, LinkKey, Result


class Case:
    """A schedule and what is derived of it, column by column.

    `activities` are the tasks and milestones that count: no summaries, nothing inactive, external or level of effort
    (hammocks). `open_work` are those with a duration that are not done, which is the population of most of the DCMA's
    metrics; `open` has the open milestones too. `status` is the status date of each row's project, or NO_INSTANT.
    `today` and `period` (working days from one report to the next) are the caller's.
    """

    def __init__(self, schedule: Schedule, baseline: int, today: Instant | None, period: int | None) -> None:
        self.schedule, self.plan, self.tasks = schedule, schedule.plan, schedule.plan.tasks
        self.number, self.today, self.period = baseline, today, period
        tasks, plan = self.tasks, self.plan
        self.leaf: Flags = ~plan.is_summary & tasks.active & ~tasks.external
        self.activities: Flags = self.leaf & ~tasks.hammock
        self.milestone: Flags = self.activities & (tasks.milestone | (tasks.duration == 0))
        self.work: Flags = self.activities & ~self.milestone
        self.done: Flags = complete(plan, schedule.run.passes)
        self.begun: Flags = tasks.actual_start != NO_INSTANT
        self.open: Flags = self.activities & ~self.done
        self.open_work: Flags = self.work & ~self.done
        dates = [each.status_date for each in plan.projects]
        known = np.array([NO_INSTANT if each is None else each for each in dates], np.int64)
        self.status: I64 = known[tasks.project]
        self.has_status: Flags = self.status != NO_INSTANT
        per_day = np.array([each.minutes_per_day for each in plan.projects], np.int64)
        self.per_day: I64 = np.where(tasks.elapsed, MINUTES_PER_DAY, per_day[tasks.project])

    def uid(self, row: int) -> int:
        return int(self.tasks.uid[row])

    @cached_property
    def _names(self) -> Counter[str]:
        return Counter(self.tasks.name)

    def name(self, row: int) -> str:
        """The task's name; with its code where others bear it as well."""
        name, code = self.tasks.name[row] or "without a name", self.tasks.wbs[row]
        return f"{code} “{name}”" if code and self._names[self.tasks.name[row]] > 1 else f"“{name}”"

    def names(self, rows: Sequence[int], most: int = 3) -> str:
        """`“A”, “B”, “C” and 4 more`."""
        told = ", ".join(self.name(row) for row in rows[:most])
        return told if len(rows) <= most else f"{told} and {len(rows) - most} more"

    def days(self, row: int, minutes: int) -> str:
        """A working time as the task's project counts days."""
        return spell_duration(
            minutes, minutes_per_day=int(self.per_day[row]), elapsed=bool(self.tasks.elapsed[row])
        )

    @cached_property
    def live(self) -> Flags:
        """The links that bind: neither end is inactive or level of effort."""
        binds = self.tasks.active & ~self.tasks.hammock
        found: Flags = binds[self.plan.links.pred] & binds[self.plan.links.succ]
        return found

    @cached_property
    def open_links(self) -> Flags:
        """The links that bind, to something that is not done."""
        found: Flags = self.live & ~self.done[self.plan.links.succ]
        return found

    def link_key(self, link: int) -> LinkKey:
        found = self.plan.link_at(link)
        return found.pred, found.succ, found.kind.name

    def linked(self, rows: I32, *, live: bool = True) -> Flags:
        """The rows that stand at this end of a link, or below a summary that does; `rows` is by link."""
        flags = np.zeros(len(self.plan), np.bool_)
        flags[rows[self.live] if live else rows] = True
        return self.inherited(flags)

    def inherited(self, flags: Flags) -> Flags:
        """Flags of rows, and of all that is below them."""
        found, above = flags.copy(), self.tasks.parent
        while (inside := above >= 0).any():
            found |= inside & flags[above]
            above = np.where(inside, self.tasks.parent[above], -1)
        return found

    def bound(self, *, starts: bool) -> Flags:
        """The rows whose start a predecessor holds, or whose finish holds a successor."""
        links, kinds = self.plan.links, (LinkKind.FS, LinkKind.SS if starts else LinkKind.FF)
        mine = self.live & np.isin(links.kind, kinds)
        flags = np.zeros(len(self.plan), np.bool_)
        flags[(links.succ if starts else links.pred)[mine]] = True
        return self.inherited(flags)

    @cached_property
    def finish_starts(self) -> set[tuple[int, int]]:
        """The ends of the finish-start links, as rows."""
        links = self.plan.links
        plain = links.kind == LinkKind.FS
        return set(zip(links.pred[plain].tolist(), links.succ[plain].tolist(), strict=True))

    @cached_property
    def baseline(self) -> Baseline | None:
        """The baseline asked for, if the plan has it."""
        return next((each for each in self.plan.baselines if each.number == self.number), None)

    @cached_property
    def planned_finish(self) -> I64:
        """By row, when it was to finish by the baseline; NO_INSTANT where that does not say."""
        found = np.full(len(self.plan), NO_INSTANT, np.int64)
        if self.baseline is not None:
            table = self.baseline.tasks
            rows = np.array([self.plan.index_of.get(uid, -1) for uid in table.uid.tolist()], np.int64)
            found[rows[rows >= 0]] = table.finish[rows >= 0]
        return found

    @cached_property
    def staffed(self) -> Flags:
        """The rows on which somebody works, and no material or cost alone."""
        people = np.array([each.kind is ResourceKind.WORK for each in self.plan.resources], np.bool_)
        found, table = np.zeros(len(self.plan), np.bool_), self.plan.assignments
        if len(table):
            found[table.task[people[table.resource]]] = True
        return found

    def remaining(self, row: int) -> int:
        """Minutes of a task that are still to be done: as stated, else by the percentage."""
        stated, duration = int(self.tasks.remaining[row]), int(self.tasks.duration[row])
        if not self.begun[row]:
            return duration
        return (
            stated if stated >= 0 else round(duration * (100 - int(self.tasks.percent_complete[row])) / 100)
        )

    def finding(
        self,
        check: str,
        rows: Iterable[int],
        sentence: str,
        way: str,
        *,
        fix: tuple[Change, ...] = (),
        link: int | None = None,
        severity: Severity = Severity.WARNING,
        code: str = "",
    ) -> Finding:
        """A finding about the tasks at these rows, or about a link."""
        key = None if link is None else self.link_key(link)
        return Finding(check, severity, tuple(map(self.uid, rows)), sentence, way, fix, key, code)

    def hours_row(self, row: int) -> int:
        """The row of hours on which a task works; -1 for several people of different hours."""
        node = int(self.schedule.run.compiled.node[row])
        return max(-1, int(self.schedule.run.compiled.network.node["row"][node])) if node >= 0 else -1

    def own_hours(self, project: int) -> int:
        """The row of hours of a project."""
        return int(self.schedule.run.compiled.own_hours[project])

    def worked(self, hours: int, at: I64 | I32 | int) -> I64:
        """Working minutes of a row of hours up to each instant, from the first day that was unrolled."""
        opened = self.schedule.run.compiled.network.open
        rows = slice(int(opened.row["first"][hours]), int(opened.row["end"][hours]))
        opens, closes, before = (
            column(opened.interval, name)[rows] for name in ("opens", "closes", "before")
        )
        return worked_until(opens, closes, before, at)


def counted(bad: Flags, population: Flags, findings: Iterable[Finding] = (), *, nobody: str) -> Result:
    """So many of a population; where that is empty nothing can be said, because `nobody`."""
    total = int(population.sum())
    if total == 0:
        return Result(fault=nobody)
    return Result(int((bad & population).sum()), total, tuple(findings))


NO_OPEN_WORK = "no task is open."
NO_OPEN = "no task or milestone is open."
NO_LINKS = "nothing that is open waits for anything."

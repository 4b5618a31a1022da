"""Why is this task on this date? The chain of what holds it, back to the root cause, as data and in sentences."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from triptych.plan import Constraint, Link, LinkKind, Plan
from triptych.plan.quantities import MINUTES_PER_DAY, NO_INSTANT, Instant, day_number, spell_duration
from triptych.plan.spelling import count, day_in_words, in_words
from triptych.plan.worktime import working_minutes

from .columns import BY_ACTUAL, BY_CONSTRAINT, BY_LINKS, BY_STATUS_DATE, BY_TYPED, FAR, NONE, picked
from .schedule import Schedule

Field = Literal["start", "finish"]
Reason = Literal[
    "link", "constraint", "project-start", "calendar", "absence", "progress", "manual", "summary", "levelling",
    "duration", "status-date", "hammock",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the chain: what holds `task` at `at`. `link` is there when a predecessor does."""

    task: int
    reason: Reason
    sentence: str
    at: Instant
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer: one sentence, and the steps from the date asked about back to its root cause."""

    task: int
    field: Field
    sentence: str
    steps: tuple[Step, ...]


def explain(
    result: Schedule, task: int, field: Field = "start", *, hidden: Collection[int] = ()
) -> Explanation:
    """Explain the start or the finish of the task with uid `task`.

    `hidden` are tasks whose names must not be told, nor those of their projects and people; they appear as "a task
    you may not see". Raises KeyError for a task that is not in the plan.
    """
    steps = tuple(_Explainer(result, hidden).steps(result.plan.index_of[task], field))
    return Explanation(task, field, _summing_up(result, steps, field, hidden), steps)


def _summing_up(result: Schedule, steps: tuple[Step, ...], field: Field, hidden: Collection[int]) -> str:
    first, root = steps[0], steps[-1]
    name = _name(result.plan, first.task, hidden)
    at = in_words(first.at)
    opening = f"{name} {field}{'s' if field == 'start' else 'es'} on {at}"
    if first is root:
        return f"{opening}: {root.sentence}"
    waits = sum(step.reason == "link" for step in steps)
    through = f"at the end of a chain of {count(waits, 'link')}" if waits else "in the end"
    return f"{opening} {through}, because {_continued(root)}"


def _continued(step: Step) -> str:
    """The step's sentence in the middle of another; one of an absence begins with a person's name."""
    if step.reason == "absence" or step.sentence.startswith("“"):
        return step.sentence
    return step.sentence[0].lower() + step.sentence[1:]


def _name(plan: Plan, uid: int, hidden: Collection[int]) -> str:
    """The task's name; its code before one that other tasks bear as well."""
    if uid in hidden:
        return "A task you may not see"
    row = plan.index_of[uid]
    name, code = plan.tasks.name[row], plan.tasks.wbs[row]
    return f"{code} “{name}”" if code and plan.tasks.name.count(name) > 1 else f"“{name}”"


class _Explainer:
    def __init__(self, result: Schedule, hidden: Collection[int]) -> None:
        self.result, self.plan, self.hidden = result, result.plan, hidden

    def steps(self, row: int, field: Field) -> Iterator[Step]:
        """From the date asked about to the root. Each turn goes to an earlier cause, so it ends."""
        at: tuple[int, Field] | None = (row, field)
        while at is not None:
            asked = at == (row, field)
            step, at = self._step(*at)
            if asked or step.reason != "duration":  # further on, the link's sentence tells the duration
                yield step
            if step.reason == "link" or at is None:
                yield from self._held_up(step)

    def _name(self, row: int) -> str:
        return _name(self.plan, int(self.plan.tasks.uid[row]), self.hidden)

    def _make(self, row: int, field: Field, reason: Reason, sentence: str, link: Link | None = None) -> Step:
        return Step(int(self.plan.tasks.uid[row]), reason, sentence, self._at(row, field), link)

    def _at(self, row: int, field: Field) -> Instant:
        return Instant(int((self.result.start if field == "start" else self.result.finish)[row]))

    def _step(self, row: int, field: Field) -> tuple[Step, tuple[int, Field] | None]:
        if self.plan.is_summary[row]:
            return self._summary(row, field)
        held = int(self.result.driver[row])
        by_finish = held >= 0 and not LinkKind(int(self.plan.links.kind[held])).to_start
        begun = self.plan.tasks.actual_start[row] != NO_INSTANT
        if begun and field == "start":
            held = BY_ACTUAL
        if begun and not self._finish_is_fact(row) and field == "finish":
            if held >= 0:
                return self._going_on(row, held)
            if (again := self._resumes_at(row)) is not None:
                return self._resuming(row, again)
        if field == "finish" and not by_finish and not self._finish_is_fact(row):
            return self._duration(row), (row, "start")
        return self._start(row, field, held)

    def _going_on(self, row: int, link_row: int) -> tuple[Step, tuple[int, Field]]:
        """The finish of work that is under way, what remains of which waits for a predecessor."""
        link = self.plan.link_at(link_row)
        pred = self.plan.index_of[link.pred]
        end: Field = "finish" if link.kind.from_finish else "start"
        has = "has finished" if end == "finish" else "has started"
        sentence = (
            f"What remains of {self._name(row)} cannot {'go on' if link.kind.to_start else 'be done'} before "
            f"{self._name(pred)} {has} ({in_words(self._at(pred, end))}){self._lag(link, pred)}."
        )
        return self._make(row, "finish", "link", sentence, link), (pred, end)

    def _resumes_at(self, row: int) -> int | None:
        """Where the rest of running work goes on, if that is later than it would be by itself."""
        network = self.result.run.compiled.network
        special = int(network.node["special"][self.result.run.compiled.node[row]])
        resume = int(network.bounds["resume"][special])
        return resume if resume > int(self.plan.tasks.actual_start[row]) else None

    def _resuming(self, row: int, at: int) -> tuple[Step, None]:
        project = self.plan.projects[int(self.plan.tasks.project[row])]
        by_status = project.status_date is not None and at == project.status_date
        why = "the status date" if by_status else "when its work resumes"
        left = max(0, int(self.plan.tasks.remaining[row]))
        if self.plan.tasks.remaining[row] < 0:
            share = 100 - int(self.plan.tasks.percent_complete[row])
            left = round(int(self.plan.tasks.duration[row]) * share / 100)
        length = spell_duration(left, minutes_per_day=project.minutes_per_day)
        sentence = f"What remains of {self._name(row)}, {length}, goes on from {in_words(at)}, {why}."
        return self._make(row, "finish", "status-date" if by_status else "progress", sentence), None

    def _finish_is_fact(self, row: int) -> bool:
        task = self.plan.task_at(row)
        typed = (task.manual or task.external) and task.finish is not None
        return typed or task.actual_finish is not None

    def _summary(self, row: int, field: Field) -> tuple[Step, tuple[int, Field] | None]:
        below = np.flatnonzero((self.plan.tasks.parent == row) & self.plan.tasks.active)
        if len(below) == 0:
            return self._make(row, field, "project-start", "Nothing below this summary is active."), None
        dates = (self.result.start if field == "start" else self.result.finish)[below]
        child = int(below[np.argmin(dates) if field == "start" else np.argmax(dates)])
        verb = "starts first" if field == "start" else "finishes last"
        sentence = f"{self._name(row)} spans the tasks below it, of which {self._name(child)} {verb}."
        return self._make(row, field, "summary", sentence), (child, field)

    def _duration(self, row: int) -> Step:
        task = self.plan.task_at(row)
        begun = "started" if task.actual_start is not None else "starts"
        sentence = (
            f"{self._name(row)} {begun} on {in_words(self._at(row, 'start'))} and takes {self._length(row)}"
            f"{self._pauses(row)}."
        )
        return self._make(row, "finish", "duration", sentence)

    def _start(self, row: int, field: Field, held: int) -> tuple[Step, tuple[int, Field] | None]:
        if held >= 0:
            return self._link(row, field, int(self.result.driver[row]))
        reason, sentence = self._root(row, held, field)
        return self._make(row, field, reason, sentence), None

    def _link(self, row: int, field: Field, link_row: int) -> tuple[Step, tuple[int, Field]]:
        link = self.plan.link_at(link_row)
        pred = self.plan.index_of[link.pred]
        end: Field = "finish" if link.kind.from_finish else "start"
        waits = "start" if link.kind.to_start else "finish"
        lag = self._lag(link, pred)
        sentence = (
            f"{self._name(row)} cannot {waits} before {self._name(pred)} "
            f"{'has finished' if end == 'finish' else 'has started'} "
            f"({in_words(self._at(pred, end))}{self._taking(pred, end)}){lag}."
        )
        return self._make(row, field, "link", sentence, link), (pred, end)

    def _taking(self, row: int, end: Field) -> str:
        if end == "start" or self.plan.is_summary[row] or not self.plan.tasks.duration[row]:
            return ""
        return f", taking {self._length(row)}"

    def _length(self, row: int) -> str:
        per_day = self.plan.projects[int(self.plan.tasks.project[row])].minutes_per_day
        duration, elapsed = int(self.plan.tasks.duration[row]), bool(self.plan.tasks.elapsed[row])
        return spell_duration(duration, minutes_per_day=per_day, elapsed=elapsed)

    def _pauses(self, row: int) -> str:
        per_day = self.plan.projects[int(self.plan.tasks.project[row])].minutes_per_day
        gaps = sum(gap for _, gap in self.plan.splits_of(row))
        return f", interrupted for {spell_duration(gaps, minutes_per_day=per_day)}" if gaps else ""

    def _lag(self, link: Link, pred: int) -> str:
        if link.lag == 0:
            return ""
        if link.lag_kind.percent:
            clock = ", round the clock" if link.lag_kind.elapsed else ""
            size = f"{abs(link.lag)} % of its duration{clock}"
        else:
            per_day = self.plan.projects[int(self.plan.tasks.project[pred])].minutes_per_day
            size = spell_duration(abs(link.lag), minutes_per_day=per_day, elapsed=link.lag_kind.elapsed)
        return f", plus a lag of {size}" if link.lag > 0 else f", less a lead of {size}"

    def _root(self, row: int, held: int, field: Field) -> tuple[Reason, str]:
        task = self.plan.task_at(row)
        project = self.plan.projects[int(self.plan.tasks.project[row])]
        if held == BY_ACTUAL:
            verb = "finished" if field == "finish" and task.actual_finish is not None else "started"
            return "progress", f"{self._name(row)} has {verb}; its actual dates are facts."
        if held == BY_TYPED:
            return "manual", f"{self._name(row)} is scheduled by hand: its dates were typed."
        if held == BY_STATUS_DATE:
            status = day_in_words(project.status_date or project.start)
            return "status-date", f"Work that is not done cannot lie before the status date, {status}."
        if held == BY_CONSTRAINT:
            return "constraint", self._constraint(row)
        if held == BY_LINKS:
            return (
                "hammock",
                f"{self._name(row)} spans what its links tie it to, from the first date to the last.",
            )
        of = "Its project" if task.uid in self.hidden else f"The project “{project.name}”"
        return "project-start", f"{of} starts on {in_words(project.start)}."

    def _constraint(self, row: int) -> str:
        step = row
        while step >= 0:
            pins = self._pins(step)
            if pins:
                return f"{self._name(step)} is pinned: {pins}."
            if self.plan.tasks.constraint[step] == Constraint.ALAP:
                return f"{self._name(step)} is to be done as late as possible."
            step = int(self.plan.tasks.parent[step])
        return f"{self._name(row)} is pinned."

    def _pins(self, row: int) -> str:
        """The dates that the task at a row is pinned to, of its one or two constraints."""
        t = self.plan.tasks
        pairs = ((t.constraint[row], t.constraint_date[row]), (t.secondary[row], t.secondary_date[row]))
        found = [(Constraint(int(kind)), int(date)) for kind, date in pairs]
        return " and ".join(f"{kind.words} {in_words(date)}" for kind, date in found if kind.dated)

    def _held_up(self, step: Step) -> Iterator[Step]:
        """What kept the task waiting after the cause of `step` would have let it go: leave, hours, levelling."""
        row = self.plan.index_of[step.task]
        free = self._let_go(row, step)
        start = int(self.result.start[row])
        if self.plan.is_summary[row] or free is None or self._working(row, free, start) <= 0:
            return
        if delay := int(self.plan.tasks.levelling_delay[row]):
            yield self._make(
                row, "start", "levelling", f"Levelling delays it by {spell_duration(delay, elapsed=True)}."
            )
            return
        if away := list(self._away(row, free, start)):
            yield self._make(row, "start", "absence", f"{' and '.join(away)}, so it waits for them.")
            return
        sentence = f"Its working hours begin again on {in_words(start)}."
        yield self._make(row, "start", "calendar", sentence)

    def _let_go(self, row: int, step: Step) -> int | None:
        """The date from which the cause of `step` would have let the task start, lag included."""
        if step.reason == "project-start":
            return int(self.plan.projects[int(self.plan.tasks.project[row])].start)
        if step.link is None or not step.link.kind.to_start or self.result.driver[row] < 0:
            return None
        pred = self.plan.index_of[step.link.pred]
        at = int((self.result.finish if step.link.kind.from_finish else self.result.start)[pred])
        return self._lagged(int(self.result.driver[row]), at) if step.link.lag else at

    def _lagged(self, link: int, at: int) -> int | None:
        """`at` and the lag of the link at that row, on the hours that it runs on."""
        run = self.result.run
        edge = np.flatnonzero(run.compiled.link == link)[:1]
        lag = picked(run.net.pred, edge, "how") >> 3
        minutes, row = (int(picked(run.net.lag, lag, name)[0]) for name in ("minutes", "row"))
        found = int(run.passes.lagged(run.net.open, row, at, minutes))
        return found if NONE < found < FAR else None

    def _working(self, row: int, start: int, finish: int) -> int:
        project = self.plan.projects[int(self.plan.tasks.project[row])]
        calendar = self.plan.calendars[self.plan.calendar_index[project.calendar]]
        return working_minutes(calendar, self.plan.calendars, start, finish) if finish > start else 0

    def _away(self, row: int, start: int, finish: int) -> Iterator[str]:
        table = self.plan.assignments
        veiled = int(self.plan.tasks.uid[row]) in self.hidden
        for resource in table.resource[table.task == row].tolist():
            person = self.plan.resources[resource]
            name = "Someone on it" if veiled else person.name
            for absence in person.absences:
                first, last = day_number(absence.first), day_number(absence.last) + 1
                if first * MINUTES_PER_DAY < finish and last * MINUTES_PER_DAY > start:
                    back = day_in_words((last - 1) * MINUTES_PER_DAY)
                    yield f"{name} is away until {back}"

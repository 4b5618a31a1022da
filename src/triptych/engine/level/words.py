"""A proposal in sentences."""

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np

from triptych.engine.schedule import Schedule
from triptych.engine.workload import Stretch
from triptych.plan import Plan, spell_duration
from triptych.plan.quantities import NO_INSTANT
from triptych.plan.spelling import day_in_words, hours, in_words
from triptych.plan.tables import I64

from .answer import Levelled
from .blame import Busy
from .common_hours import with_crews
from .hand_over import HandOver
from .proposal import Figures, Kind
from .puzzle import NEVER, Puzzle, asked_of
from .workbench import waits_of

#: Names that one sentence tells; the others it counts.
_NAMES = 2
#: Projects that are told of one by one.
_PROJECTS = 3


class Words:
    """Sentences about one puzzle and the schedule that levelling made of it."""

    def __init__(self, puzzle: Puzzle, found: Levelled) -> None:
        self.puzzle, self.after, self.plan = puzzle, found.schedule, puzzle.plan
        self.bench = found.bench

    def line(self, row: int, kind: Kind, because: Sequence[Busy], otherwise: float) -> str:
        """What is proposed for the task at a row, and why."""
        if kind == "sooner":
            return self._sooner(row)
        if kind == "held":
            return self._pinned(row)
        name, reasons = self._name(row), self._reasons(row, because)
        if kind == "interrupted":
            ends = f"{in_words(int(self.after.start[row]))} to {in_words(int(self.after.finish[row]))}"
            pieces = count(int((self.after.plan.splits.task == row).sum()) + 1, "piece")
            first = f" Before it, {reasons}." if reasons else ""
            return f"{name} is done in {pieces}, {ends}, around what else its people do.{first}"
        waits = f"{name} {self._waits(row)}, until {in_words(int(self.after.start[row]))}"
        cost = f" Without the wait: {hours(otherwise)} of overload." if otherwise >= 1 else ""
        return f"{waits}: {reasons}.{cost}" if reasons else f"{waits}.{cost}"

    def _sooner(self, row: int) -> str:
        start, today = int(self.after.start[row]), int(self.puzzle.today.start[row])
        instead = f" instead of {in_words(today)}" if start != today else ""
        return f"{self._name(row)} no longer has to wait: it starts {in_words(start)}{instead}."

    def handed(self, row: int, handed: Sequence[HandOver]) -> str:
        """Who takes a task over from whom."""
        told = listed([f"{self.person(each.taker)} instead of {self.person(each.giver)}" for each in handed])
        return f"{self._name(row)} goes to {told}, and starts {in_words(int(self.after.start[row]))}."

    def accepted(self, row: int) -> str:
        """A wait that somebody has accepted."""
        return f"{self._name(row)} {self._waits(row)}, until {in_words(int(self.after.start[row]))}, as accepted."

    def _pinned(self, row: int) -> str:
        return f"{self._name(row)} stays where it is pinned, {in_words(int(self.after.start[row]))}: what precedes it ends at another time."

    @cached_property
    def _waits_after(self) -> I64:
        return waits_of(self.after, self.bench.passes)

    @cached_property
    def _waits_today(self) -> I64:
        return waits_of(self.puzzle.today, self.bench.passes)

    def _wait(self, row: int, found: Schedule, waits: I64) -> str:
        start = int(found.start[row])
        return self._length(row, start - int(waits[row]), start)

    def _waits(self, row: int) -> str:
        """How long it waits after what precedes it, and how long today, if it does."""
        today = self.puzzle.today
        length = self._wait(row, self.after, self._waits_after)
        if not today.plan.tasks.levelling_delay[row]:
            return f"waits {length}"
        was = self._wait(row, today, self._waits_today)
        return f"still waits {length}" if was == length else f"waits {length} instead of {was}"

    def _reasons(self, row: int, because: Sequence[Busy]) -> str:
        """Who is busy with what, all until the same instant; people who are so with the same tasks are told together."""
        together: dict[tuple[tuple[int, ...], bool], list[str]] = {}
        for busy in because:
            together.setdefault((busy.tasks, busy.short), []).append(self.person(busy.resource))
        if not together:
            return ""
        until = because[0].until
        told = [self._busy(tasks, until, people, short) for (tasks, short), people in together.items()]
        off = ", then come days off" if self._is_off(row, until, int(self.after.start[row])) else ""
        return f"{', and '.join(told)} until {in_words(until)}{off}"

    def _is_off(self, row: int, since: int, start: int) -> bool:
        """Whether others work between two instants, and the people of a task do not."""
        run = self.puzzle.ground.run
        crew = int(run.compiled.network.node["row"][self.puzzle.node[row]])
        rows = (crew, int(run.compiled.gauge[row])) if crew >= 0 else ()
        worked = [self.bench.worked(each, start) - self.bench.worked(each, since) for each in rows]
        return len(worked) > 1 and worked[0] == 0 and worked[1] > 0

    def _busy(self, tasks: Sequence[int], until: int, people: list[str], short: bool) -> str:
        finish = self.after.finish
        rows = [self.plan.index_of[uid] for uid in tasks]
        rows.sort(key=lambda row: (finish[row] != until, -int(finish[row])))  # what is done then makes room
        names, who, many = self.names(rows), listed(people), len(rows) > 1
        if short:
            return f"{names} {'leave' if many else 'leaves'} too little of {who}"
        return f"{names} {'keep' if many else 'keeps'} {who} busy"

    def person(self, uid: int) -> str:
        """A resource in a sentence."""
        return self.plan.resources[self.plan.resource_index[uid]].name or "somebody"

    def names(self, rows: Sequence[int], spelled: Callable[[int], str] | None = None) -> str:
        """Tasks in a sentence, each as it is spelled: by its name alone unless another way is given."""
        told = [(spelled or self._name)(row) for row in rows[:_NAMES]]
        more = len(rows) - len(told)
        if more:
            told.append(count(more, "other task"))
        return listed(told)

    def _name(self, row: int) -> str:
        return f"“{self.plan.tasks.name[row]}”"

    def _length(self, row: int, start: int, finish: int) -> str:
        """The working time of a task between two instants: by its calendar or its project's, or else, where only they work
        then, in the hours of its people; of an elapsed task by the clock."""
        if self.plan.tasks.elapsed[row]:
            return spell_duration(finish - start, elapsed=True)
        compiled = self.puzzle.ground.run.compiled
        people = int(compiled.network.node["row"][self.puzzle.node[row]])
        rows = (int(compiled.gauge[row]), *sorted(with_crews(compiled.network, {people})))
        worked = (self.bench.worked(each, finish) - self.bench.worked(each, start) for each in rows)
        minutes = next((each for each in worked if each > 0), None)
        if minutes is None:
            return "no working time"
        per_day = self.plan.projects[int(self.plan.tasks.project[row])].minutes_per_day
        return spell_duration(minutes, minutes_per_day=per_day)

    def left(self, resource: int, stretch: Stretch) -> str:
        """An overload that stays, and why."""
        who = self.plan.resources[resource].name or "Somebody"
        rows = sorted(stretch.rows, key=lambda row: bool(self.puzzle.movable[row]))
        begin, end = day_in_words(stretch.start), day_in_words(stretch.finish)
        when = f"on {begin}" if begin == end else f"from {begin} to {end}"
        what = f"{who}: {hours(stretch.excess)} too much {when}, with {self.names(rows, self._name_held)}"
        return f"{what}: {self._why_left(resource, rows)}."

    def _name_held(self, row: int) -> str:
        """A task's name, and what holds it where it is."""
        held = "" if self.puzzle.movable[row] else self._held(row)
        return f"{self._name(row)} ({held})" if held else self._name(row)

    def _held(self, row: int) -> str:
        terms, tasks = self.puzzle.terms, self.plan.tasks
        uid, project = int(tasks.uid[row]), self.plan.projects[int(tasks.project[row])]
        reasons = (
            (uid in terms.pinned, "pinned"),
            (uid in terms.refused, "refused"),
            (uid in terms.kept_waits, "wait accepted"),
            (tasks.actual_start[row] != NO_INSTANT, "under way"),
            (tasks.external[row], "of another plan"),
            (tasks.manual[row], "scheduled by hand"),
            (tasks.priority[row] >= NEVER, f"priority {NEVER}"),
            (tasks.hammock[row], "a hammock"),
            (project.from_finish, "scheduled from the finish"),
        )
        return next((reason for true, reason in reasons if true), "held by its constraint")

    def is_allowed(self, resource: int, stretch: Stretch) -> bool:
        """Whether an overload is within the overbooking that was asked for."""
        if not self.puzzle.terms.overbooking:
            return False
        return bool(self._most(resource, list(stretch.rows)) <= self.puzzle.capacity[resource])

    @cached_property
    def _asked(self) -> I64:
        """What each assignment takes, also of a task without a duration whose dates are typed."""
        return asked_of(self.plan, self.after)

    def _why_left(self, resource: int, rows: list[int]) -> str:
        terms, movable = self.puzzle.terms, self.puzzle.movable[rows]
        fits = self._most(resource, rows) <= self.puzzle.capacity[resource]
        if len(rows) == 1:
            return "it goes on while they are away" if fits else "it asks for more than there is"
        reasons = (
            (not movable.any(), "none of them can be moved"),
            (terms.objective == "overload", "waiting would cost more than it is worth"),
            (terms.within_float, "waiting would go beyond the float"),
            (len(terms.pinned) > 0, "no room was found that does not push what is pinned"),
        )
        found = "no way was found" if movable.all() else "what cannot be moved is in the way"
        return next((reason for true, reason in reasons if true), found)

    def _most(self, resource: int, rows: list[int]) -> int:
        """The most that tasks ask of a resource at one time."""
        table, start, finish = self.plan.assignments, self.after.start, self.after.finish
        asked = {
            row: int(self._asked[(table.task == row) & (table.resource == resource)].sum()) for row in rows
        }
        together = ([other for other in rows if start[other] <= start[row] < finish[other]] for row in rows)
        return max(sum(asked[row] for row in each) for each in together)

    def whole(self, lines: int, before: Figures, after: Figures, *, allowed: bool) -> str:
        """The proposal in a few sentences; `allowed` if what stays is within the overbooking."""
        if not lines:
            if before.overload < 1:
                return "Nobody is overloaded: there is nothing to level."
            return f"Nothing is moved: {hours(before.overload)} of overload of {count(before.people, 'resource')} stays."
        return f"{self._relief(before, after, allowed=allowed)} {self._moves(lines)} {self._finish(before, after)}"

    def _relief(self, before: Figures, after: Figures, *, allowed: bool) -> str:
        if before.overload < 1:
            return "Nobody is overloaded, and some tasks wait longer than they need to."
        was, who = hours(before.overload), count(before.people, "resource")
        if after.overload < 1:
            return f"Levelling ends all {was} of overload of {who}."
        if allowed:
            most = 100 + self.puzzle.terms.overbooking
            return f"Levelling keeps everybody within {most} % of their time: {was} of overload of {who} become {hours(after.overload)}."
        return (
            f"Levelling brings {was} of overload of {who} down to {hours(after.overload)} of {after.people}."
        )

    def _moves(self, lines: int) -> str:
        """How many tasks are held up or let go, and how many others move with them."""
        today, after = self.puzzle.today, self.after
        moved = (today.start != after.start) | (today.finish != after.finish)
        own = today.plan.tasks.levelling_delay != after.plan.tasks.levelling_delay
        own |= _interruptions(today.plan) != _interruptions(after.plan)
        follow = int((moved & ~own & ~self.plan.is_summary).sum())
        others = f", and {count(follow, 'other')} {'follows' if follow == 1 else 'follow'}" if follow else ""
        return f"It reschedules {count(lines, 'task')}{others}."

    def _finish(self, before: Figures, after: Figures) -> str:
        uids = list(before.finish)
        later = np.array([after.finish[uid] - before.finish[uid] for uid in uids], np.int64)
        if len(uids) == 1:
            return f"The project finishes {self._compared(0, before, after)}."
        if len(uids) <= _PROJECTS:
            told = [
                f"“{each.name}” {self._compared(row, before, after)}"
                for row, each in enumerate(self.plan.projects)
            ]
            return f"By project: {'; '.join(told)}."
        amounts = (int((later > 0).sum()), "later"), (int((later < 0).sum()), "sooner")
        told = [
            f"{number} {'finishes' if number == 1 else 'finish'} {how}" for number, how in amounts if number
        ]
        if not told:
            return f"All {len(uids)} projects finish as today."
        return f"Of {len(uids)} projects {' and '.join(told)}."

    def _compared(self, project: int, before: Figures, after: Figures) -> str:
        """A project's finish beside today's."""
        uid = self.plan.projects[project].uid
        was, now = before.finish[uid], after.finish[uid]
        if was == now:
            return f"as today, {in_words(now)}"
        length = self._project_length(project, *sorted((was, now)))
        return f"{length} {'later' if now > was else 'sooner'}, {in_words(now)} instead of {in_words(was)}"

    def _project_length(self, project: int, start: int, finish: int) -> str:
        run = self.puzzle.ground.run
        row = int(run.compiled.own_hours[project])
        minutes = self.bench.worked(row, finish) - self.bench.worked(row, start)
        return spell_duration(minutes, minutes_per_day=self.plan.projects[project].minutes_per_day)


def _interruptions(plan: Plan) -> I64:
    """How many times each task is interrupted."""
    return np.bincount(plan.splits.task, minlength=len(plan))


def count(number: int, word: str) -> str:
    """`1 task`, `1,227 tasks`."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]

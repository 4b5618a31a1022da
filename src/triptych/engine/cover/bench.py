"""Who could take a task over: everybody who has the role, with what it would come to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from triptych.engine.giving import give
from triptych.engine.pieces import Pieces
from triptych.engine.schedule import Schedule
from triptych.engine.what_if import WhatIf, worked_between
from triptych.engine.workload import Workload
from triptych.plan import NO_INSTANT, Instant, Resource, ResourceKind, can_do
from triptych.plan.changes import CannotApply, Change
from triptych.plan.rates import rate_at
from triptych.plan.spelling import count, hours
from triptych.plan.worktime import resolved_exceptions, resolved_week

from .answer import Cover, Known, StandIn
from .spare import Spare, spare
from .words import LITTLE, name_of, stand_in_sentence

#: So many are scheduled; of more, those with the most time to spare.
MOST = 10


def cover(found: Schedule, task: int, person: int, *, most: int = MOST) -> Cover:
    """Who could take over the work of a person (a uid) on a task (a uid). Raises ValueError unless the person is on the
    task."""
    return Bench(found).cover(task, person, most)


def covers(found: Schedule, task: int, *, most: int = MOST) -> tuple[Cover, ...]:
    """The same for everybody who works on the task, in the order of the plan; empty where nobody does."""
    bench = Bench(found)
    return tuple(bench.cover(task, person, most) for person in bench.on(task))


@dataclass(frozen=True, slots=True)
class _Swap:
    """A person's work on a task that somebody else is to do: rows, and its pieces."""

    task: int
    person: int
    assignment: int
    pieces: Pieces


class Bench:
    """Questions to one schedule. `given` are changes that hold besides whatever is asked, and `before` is the schedule
    that finishes are compared with, if not the one that is asked."""

    def __init__(
        self, found: Schedule, *, given: Sequence[Change] = (), before: Schedule | None = None
    ) -> None:
        self.found, self.plan, self.given = found, found.plan, tuple(given)
        self.before = before or found
        self.what_if = WhatIf(found)

    @cached_property
    def load(self) -> Workload:
        """What the schedule asks of everybody."""
        return Workload.of(self.found)

    def on(self, task: int) -> tuple[int, ...]:
        """The uids of the people on a task."""
        table, people = self.plan.assignments, self.plan.resources
        mine = table.resource[table.task == self.plan.index_of[task]].tolist()
        return tuple(people[each].uid for each in mine if people[each].kind is ResourceKind.WORK)

    def cover(self, task: int, person: int, most: int = MOST) -> Cover:
        """Who could take over the work of a person on a task; of many who could, the `most` who have the most time to
        spare are scheduled. Raises ValueError unless the person is on the task."""
        swap = self._swap(task, person)
        role = self.plan.resources[swap.person].role.strip()
        ranked, needed = self._ranked(swap), self._needed(swap)
        chosen = [self._stand_in(swap, *each) for each in ranked[:most]] if needed >= LITTLE else []
        stand_ins = tuple(sorted((each for each in chosen if each is not None), key=_merit(needed)))
        left_out = max(0, len(ranked) - most)
        finish = Instant(int(self.found.finish[swap.task]))
        made = Cover(task, person, role, needed, finish, stand_ins, left_out, "")
        return replace(made, sentence=self._sentence(made, swap))

    def _swap(self, task: int, person: int) -> _Swap:
        row, who = self.plan.index_of.get(task), self.plan.resource_index.get(person)
        if row is None or who is None or person not in self.on(task):
            raise ValueError(f"resource {person} is not on task {task}")
        table = self.plan.assignments
        at = int(np.flatnonzero((table.task == row) & (table.resource == who))[0])
        mine = self.load.of_resource(who)
        return _Swap(row, who, at, mine.taken(mine.assignment == at))

    def _needed(self, swap: _Swap) -> float:
        return spare(self.load, swap.pieces, swap.person).needed if len(swap.pieces.task) else 0.0

    def _ranked(self, swap: _Swap) -> list[tuple[int, Known, Spare]]:
        """Rows of those who come into question, those known to be able to first, by the time that they have to spare."""
        if not len(swap.pieces.task):
            return []
        on = set(self.on(int(self.plan.tasks.uid[swap.task])))
        found = []
        for row, each in enumerate(self.plan.resources):
            if each.kind is ResourceKind.WORK and each.uid not in on:
                known = self._known(self.plan.resources[swap.person], each)
                if known is not None:
                    found.append((row, known, spare(self.load, swap.pieces, row)))
        return sorted(found, key=lambda each: (each[1] is Known.UNKNOWN, -each[2].free, -each[2].overlap))

    def _known(self, person: Resource, other: Resource) -> Known | None:
        """How it is known that another can do a person's work; None for who cannot. Where one of the two has no role on
        record, those who work the same week may be able to."""
        if can_do(other, person.role):
            return Known.ROLE if can_do(replace(other, skills=()), person.role) else Known.SKILL
        silent = not person.role.strip() or not (other.role.strip() or other.skills)
        return Known.UNKNOWN if silent and self._hours_of(person) == self._hours_of(other) else None

    def _hours_of(self, person: Resource) -> object:
        """The week and the closed days of a person's calendar; calendars made for one person each may be alike."""
        uid = self.plan.projects[0].calendar if person.calendar is None else person.calendar
        if uid not in self._weeks:
            calendar = self.plan.calendars[self.plan.calendar_index[uid]]
            by_uid = {each.uid: each for each in self.plan.calendars}
            closed = [(each.first, each.last, each.shifts) for each in resolved_exceptions(calendar, by_uid)]
            self._weeks[uid] = resolved_week(calendar, by_uid), tuple(closed)
        return self._weeks[uid]

    @cached_property
    def _weeks(self) -> dict[int, object]:
        return {}

    def _stand_in(self, swap: _Swap, row: int, known: Known, has: Spare) -> StandIn | None:
        """What comes of it if the resource at that row takes over; None where the plan does not allow it."""
        changes = give(self.plan, swap.assignment, row)
        try:
            after = self.what_if.after((*self.given, *changes))
        except CannotApply:
            return None
        project = int(self.plan.tasks.project[swap.task])
        task = after.plan.index_of[int(self.plan.tasks.uid[swap.task])]
        finishes = int(after.finish[task]), int(after.project_finish[project])
        delays = [
            worked_between(self.before, project, was, now)
            for was, now in zip(self._finishes_before(swap.task, project), finishes, strict=True)
        ]
        excess = float(Workload.of(after).excess[row] - self.load.excess[row])
        made = StandIn(
            resource=self.plan.resources[row].uid,
            name=self.plan.resources[row].name or "Somebody",
            known=known,
            free=has.free,
            overlap=has.overlap,
            cost=self._cost(swap, row, has.needed),
            task_finish=Instant(finishes[0]),
            task_delay=delays[0],
            project_finish=Instant(finishes[1]),
            project_delay=delays[1],
            overload=max(0.0, excess),
            changes=changes,
            sentence="",
        )
        owner = self.plan.projects[project]
        return replace(
            made, sentence=stand_in_sentence(made, has.needed, owner.minutes_per_day, owner.currency)
        )

    def _finishes_before(self, task: int, project: int) -> tuple[int, int]:
        row = self.before.plan.index_of[int(self.plan.tasks.uid[task])]
        return int(self.before.finish[row]), int(self.before.project_finish[project])

    def _cost(self, swap: _Swap, other: int, needed: float) -> int | None:
        """What is left costs by the rates of the day on which the task starts; and what it costs to come, unless the
        other has come already."""
        at = int(self.found.start[swap.task])
        (old, to_come), (new, to_come_instead) = (
            rate_at(self.plan.resources[each], at) for each in (swap.person, other)
        )
        if not (old and new):
            return None
        units = int(self.plan.assignments.units[swap.assignment]) / 100
        begun = self.plan.tasks.actual_start[swap.task] != NO_INSTANT
        per_use = to_come_instead - (0 if begun else to_come)
        return round(needed / 60 * (new - old) + per_use * units)

    def _sentence(self, made: Cover, swap: _Swap) -> str:
        task, person = name_of(self.plan, swap.task), self.plan.resources[swap.person].name or "Somebody"
        if made.needed < LITTLE:
            return f"{person} has nothing left to do on {task}."
        work = f"the {hours(made.needed)} of {person} on {task}"
        best = made.best
        if best is not None:
            others = sum(each.known is not Known.UNKNOWN for each in made.stand_ins) - 1 + made.left_out
            more = f" {count(others, 'other')} {'is' if others == 1 else 'are'} able to." if others else ""
            return f"Who could take over {work}? {best.sentence}{more}"
        if made.stand_ins and not any(each.role.strip() or each.skills for each in self.plan.resources):
            return (
                f"Nobody’s role is on record, so nobody is known to be able to take over {work}. Say who can do what in a file "
                "of the team (--team). It is only known who works the same hours."
            )
        why = f"nobody else is known to be “{made.role}”" if made.role else f"{person} has no role on record"
        if not made.stand_ins:
            return (
                f"Nobody is found for {work}: {why}, and nobody else of unknown skills works the same hours."
            )
        first = made.stand_ins[0].sentence
        return f"Nobody is known to be able to take over {work}: {why}. Of those who work the same hours: {first}"


def _merit(needed: float) -> Callable[[StandIn], tuple[float | str, ...]]:
    """What makes one stand-in better than another; the smallest is the best."""

    def key(each: StandIn) -> tuple[float | str, ...]:
        return (
            each.known is Known.UNKNOWN,
            each.overload >= LITTLE,
            each.project_delay,
            each.task_delay,
            each.overload,
            needed - each.free,
            each.cost or 0,
            each.known is Known.SKILL,
            each.name,
        )

    return key

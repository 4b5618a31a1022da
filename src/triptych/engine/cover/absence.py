"""What an absence does: what slips, what breaks, and who stands in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from triptych.engine.schedule import Schedule
from triptych.engine.what_if import WhatIf, worked_between
from triptych.engine.workload import Workload
from triptych.plan import NO_INSTANT, Instant
from triptych.plan.changes import AddAbsence, Change
from triptych.plan.quantities import MINUTES_PER_DAY, day_number
from triptych.plan.spelling import count, day_in_words, hours

from .answer import Cover, StandIn
from .bench import Bench
from .words import LITTLE, later, listed, name_of

#: So many stand-ins are scheduled for each task that the absence touches.
_MOST = 5


@dataclass(frozen=True, slots=True)
class Slip:
    """A task or milestone that finishes later: instants, and working minutes of its project's calendar. `broken` is the
    deadline that it kept before and keeps no longer, if it has one."""

    task: int
    name: str
    milestone: bool
    before: Instant
    after: Instant
    minutes: int
    broken: Instant | None


@dataclass(frozen=True, slots=True)
class Finish:
    """The finish of a project before and after, and the working minutes between."""

    project: int
    name: str
    before: Instant
    after: Instant
    minutes: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """A schedule against the one before: what slips, most first; every project's finish; and the minutes of work that are
    asked beyond what there is, of all people together."""

    slips: tuple[Slip, ...]
    finishes: tuple[Finish, ...]
    overload: float

    @property
    def milestones(self) -> tuple[Slip, ...]:
        return tuple(each for each in self.slips if each.milestone)

    @property
    def broken(self) -> tuple[Slip, ...]:
        return tuple(each for each in self.slips if each.broken is not None)


@dataclass(frozen=True, slots=True)
class Away:
    """What it does if `person` (a uid) is away from `first` to `last`, both included.

    `waiting` is what happens if everybody waits, `standing_in` if those who can stand in do: `changes` are the absence
    and what gives each task to its stand-in, in their order. `overload` is what was too much before, in minutes of work.
    `covers` are the tasks on which the person would have worked in that time, each with its stand-ins, as they come into
    question once those before have been chosen; `chosen` are the choices, None for a task that waits.
    """

    person: int
    name: str
    first: date
    last: date
    overload: float
    waiting: Outcome
    covers: tuple[Cover, ...]
    chosen: tuple[StandIn | None, ...]
    changes: tuple[Change, ...]
    standing_in: Outcome
    sentence: str
    choice: str


def away(found: Schedule, person: int, first: date, last: date, *, name: str = "") -> Away:
    """What an absence of a person (a uid) does, and the best that can be done about it.

    A task that the absence makes finish later goes to its best stand-in where that helps: they are known to be able to,
    are not asked for more than there is of them, and it finishes earlier than if it waited. Tasks are settled in the
    order of their starts, each with those before it given away already. Raises CannotApply for dates the wrong way round,
    an absence that is recorded already and a person that there is not.
    """
    absence = AddAbsence(person, first, last, name)
    after = WhatIf(found).after((absence,))
    waiting = _outcome(found, after)
    settled, changes = _settle(found, absence, after)
    standing_in = waiting if not changes else _outcome(found, WhatIf(found).after((absence, *changes)))
    made = Away(
        person=person,
        name=found.plan.resources[found.plan.resource_index[person]].name or "Somebody",
        first=first,
        last=last,
        overload=float(Workload.of(found).excess.sum()),
        waiting=waiting,
        covers=tuple(each for each, _ in settled),
        chosen=tuple(each for _, each in settled),
        changes=(absence, *changes),
        standing_in=standing_in,
        sentence="",
        choice="",
    )
    return replace(made, sentence=_sentence(found, made), choice=_choice(found, made))


def _settle(
    found: Schedule, absence: AddAbsence, after: Schedule
) -> tuple[list[tuple[Cover, StandIn | None]], list[Change]]:
    """Each task that is touched with who stands in, and the changes of all choices."""
    settled: list[tuple[Cover, StandIn | None]] = []
    changes: list[Change] = []
    bench = Bench(found, given=(absence,), before=found)
    for row in _touched(bench.load, absence):
        uid = int(found.plan.tasks.uid[row])
        asked = bench.cover(uid, absence.resource, _MOST)
        best = asked.best
        helps = (
            best is not None
            and best.overload < LITTLE
            and best.task_finish < after.finish[after.plan.index_of[uid]]
        )
        settled.append((asked, best if helps else None))
        if best is not None and helps:
            changes += best.changes
            bench = Bench(bench.what_if.after(best.changes), given=(absence,), before=found)
    return settled, changes


def _touched(load: Workload, absence: AddAbsence) -> list[int]:
    """The rows of the tasks on which the person would work in that time, by their starts."""
    row = load.found.plan.resource_index[absence.resource]
    mine = load.of_resource(row)
    first, last = (
        day_number(absence.first) * MINUTES_PER_DAY,
        (day_number(absence.last) + 1) * MINUTES_PER_DAY,
    )
    start, finish = np.maximum(mine.start, first), np.minimum(mine.finish, last)
    worked = load.timetable.worked(mine.hours, finish) - load.timetable.worked(mine.hours, start)
    return list(dict.fromkeys(mine.task[(start < finish) & (worked > 0)].tolist()))


def _outcome(before: Schedule, after: Schedule) -> Outcome:
    """What slips from one schedule of the same tasks to another."""
    rows = np.flatnonzero(~before.plan.is_summary & before.plan.tasks.active & (after.finish > before.finish))
    slips = [each for row in rows.tolist() if (each := _slip(before, after, row)).minutes > 0]
    finishes = tuple(
        Finish(
            each.uid,
            each.name,
            Instant(int(before.project_finish[at])),
            Instant(int(after.project_finish[at])),
            worked_between(before, at, int(before.project_finish[at]), int(after.project_finish[at])),
        )
        for at, each in enumerate(before.plan.projects)
    )
    overload = float(Workload.of(after).excess.sum())
    return Outcome(tuple(sorted(slips, key=lambda each: -each.minutes)), finishes, overload)


def _slip(before: Schedule, after: Schedule, row: int) -> Slip:
    tasks = before.plan.tasks
    was, now, due = int(before.finish[row]), int(after.finish[row]), int(tasks.deadline[row])
    breaks = due != NO_INSTANT and was <= due < now
    return Slip(
        task=int(tasks.uid[row]),
        name=tasks.name[row],
        milestone=bool(tasks.milestone[row]),
        before=Instant(was),
        after=Instant(now),
        minutes=worked_between(before, int(tasks.project[row]), was, now),
        broken=Instant(due) if breaks else None,
    )


def _sentence(found: Schedule, made: Away) -> str:
    """What a project manager reads first."""
    when = _days(made.first, made.last)
    if not made.covers:
        return f"{made.name} has no work {when}: nothing moves."
    return f"{made.name} is away {when}: {_told(found, made.waiting, made.overload)}."


def _told(found: Schedule, outcome: Outcome, overload: float) -> str:
    slips, milestones = outcome.slips, outcome.milestones
    parts = []
    if slips:
        tasks = len(slips) - len(milestones)
        counted = [
            count(number, word)
            for number, word in ((tasks, "task"), (len(milestones), "milestone"))
            if number
        ]
        verb = "slips" if len(slips) == 1 else "slip"
        parts.append(
            f"{' and '.join(counted)} {verb}, {name_of_slip(slips[0])} most, by {_size(found, slips[0])}"
        )
    else:
        parts.append("no task finishes later")
    parts.append(_finishes(found, outcome.finishes))
    if outcome.broken:
        names = listed([name_of_slip(each) for each in outcome.broken])
        parts.append(f"{count(len(outcome.broken), 'deadline')} {_breaks(outcome.broken)} ({names})")
    more = outcome.overload - overload
    if abs(more) >= LITTLE:
        parts.append(f"people are overloaded by {hours(abs(more))} {'more' if more > 0 else 'less'}")
    return "; ".join(parts)


def _breaks(slips: Sequence[Slip]) -> str:
    return "breaks" if len(slips) == 1 else "break"


def name_of_slip(slip: Slip) -> str:
    """A task that slips, in a sentence."""
    return f"“{slip.name or 'without a name'}”"


def _size(found: Schedule, slip: Slip) -> str:
    row = found.plan.index_of[slip.task]
    per_day = found.plan.projects[int(found.plan.tasks.project[row])].minutes_per_day
    return later(slip.minutes, per_day).removesuffix(" later")


def _finishes(found: Schedule, finishes: Sequence[Finish]) -> str:
    """The finish of the only project, or of those that move."""
    told = [
        f"“{each.name}” finishes {later(each.minutes, found.plan.projects[at].minutes_per_day)}, on {day_in_words(each.after)}"
        for at, each in enumerate(finishes)
        if each.minutes or len(finishes) == 1
    ]
    return listed(told) if told else "every project finishes as planned"


def _days(first: date, last: date) -> str:
    words = [day_in_words(day_number(each) * MINUTES_PER_DAY) for each in (first, last)]
    return f"on {words[0]}" if first == last else f"from {words[0]} to {words[1]}"


def _choice(found: Schedule, made: Away) -> str:
    """Who stands in for what, and what comes of it."""
    if not made.covers:
        return ""
    pairs = list(zip(made.covers, made.chosen, strict=True))
    names = {each.task: name_of(found.plan, found.plan.index_of[each.task]) for each in made.covers}
    by_person: dict[str, list[str]] = {}
    for asked, each in pairs:
        if each is not None:
            by_person.setdefault(each.name, []).append(names[asked.task])
    stand_ins = [f"{who} on {listed(tasks)}" for who, tasks in by_person.items()]
    slipping = {each.task for each in made.standing_in.slips}
    waits = [names[asked.task] for asked, each in pairs if each is None and asked.task in slipping]
    if not stand_ins:
        return "" if not waits else f"Nobody who is known to be able to has the time for {listed(waits)}."
    told = f"With {listed(stand_ins)}, {_told(found, made.standing_in, made.overload)}."
    return told if not waits else f"{told} {listed(waits)} {'waits' if len(waits) == 1 else 'wait'}."

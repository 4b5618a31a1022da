"""A proposal in sentences."""

from collections.abc import Sequence

import numpy as np

from triptych.engine.hours import worked_at
from triptych.engine.schedule import Schedule
from triptych.engine.workload import Stretch
from triptych.plan import spell_duration
from triptych.plan.spelling import count, day_in_words, in_words

from .blame import Busy
from .proposal import Figures, Kind
from .puzzle import Puzzle

#: Names that one sentence tells; the others it counts.
_NAMES = 2


class Words:
    """Sentences about one puzzle and the schedule that levelling made of it."""

    def __init__(self, puzzle: Puzzle, after: Schedule) -> None:
        self.puzzle, self.after, self.plan = puzzle, after, puzzle.plan

    def line(self, row: int, kind: Kind, delay: int, because: Sequence[Busy], otherwise: float) -> str:
        """What is proposed for the task at a row, and why."""
        name, start = self._name(row), int(self.after.start[row])
        if kind == "sooner":
            return f"{name} starts {in_words(start)}, sooner than today: nothing holds it up until then any more."
        if kind == "interrupted":
            until = in_words(int(self.after.finish[row]))
            return f"{name} is interrupted while its people are needed elsewhere: from {in_words(start)} to {until}."
        waits = f"{name} waits {self._length(row, start - delay, start)}, until {in_words(start)}"
        reasons = "; ".join(map(self._busy, because))
        cost = f"; not waiting costs {hours(otherwise)} of overload" if otherwise >= 1 else ""
        return f"{waits}: {reasons}{cost}." if reasons else f"{waits}{cost}."

    def _busy(self, busy: Busy) -> str:
        who = self.person(busy.resource)
        rows = [self.plan.index_of[uid] for uid in busy.tasks]
        rows.sort(key=lambda row: -int(self.after.finish[row]))
        names = self.names(rows)
        until = in_words(busy.until)
        if busy.short:
            return f"{names} {'take' if len(rows) > 1 else 'takes'} too much of {who} until {until}"
        return f"{who} is on {names} until {until}"

    def person(self, uid: int) -> str:
        """A resource in a sentence."""
        return self.plan.resources[self.plan.resource_index[uid]].name or "somebody"

    def names(self, rows: Sequence[int]) -> str:
        """Tasks in a sentence."""
        told = [self._name(row) for row in rows[:_NAMES]]
        more = len(rows) - len(told)
        if more:
            told.append(f"{count(more, 'other task')}")
        return f"{', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else told[0]

    def _name(self, row: int) -> str:
        return f"“{self.plan.tasks.name[row]}”"

    def _length(self, row: int, start: int, finish: int) -> str:
        """The working time of the task's own hours between two instants; what lies between shifts by the clock."""
        run = self.puzzle.ground.run
        gauge = int(run.compiled.gauge[row])
        minutes = worked_at(run.hours, gauge, finish) - worked_at(run.hours, gauge, start)
        if minutes <= 0:
            return spell_duration(finish - start, elapsed=True)
        per_day = self.plan.projects[int(self.plan.tasks.project[row])].minutes_per_day
        return spell_duration(minutes, minutes_per_day=per_day)

    def left(self, resource: int, stretch: Stretch) -> str:
        """An overload that stays, and why."""
        who = self.plan.resources[resource].name or "Somebody"
        rows = list(stretch.rows)
        begin, end = day_in_words(stretch.start), day_in_words(stretch.finish)
        when = f"on {begin}" if begin == end else f"from {begin} to {end}"
        what = f"{who}: {hours(stretch.excess)} too much {when}, with {self.names(rows)}"
        return f"{what}: {self._why_left(rows)}."

    def _why_left(self, rows: list[int]) -> str:
        movable = self.puzzle.movable[rows]
        if not movable.any():
            return "none of them can be moved" if len(rows) > 1 else "it asks for more than there is"
        if len(rows) == 1:
            return "it asks for more than there is"
        if self.puzzle.terms.within_float or self.puzzle.terms.pinned:
            return "they cannot wait any longer within what was asked"
        return "what cannot be moved is in the way"

    def whole(self, lines: int, before: Figures, after: Figures) -> str:
        """The proposal in one or two sentences."""
        if before.overload < 1 and not lines:
            return "Nobody is overloaded: there is nothing to level."
        overload = f"{hours(before.overload)} of overload of {count(before.people, 'resource')}"
        rest = "none" if after.overload < 1 else hours(after.overload)
        if not lines:
            return f"Nothing can be moved: {overload} stays."
        waits = (
            f"{count(lines, 'task')} {'has' if lines == 1 else 'have'} other dates of their own"
            if lines > 1
            else "1 task has other dates of its own"
        )
        return f"Levelling takes {overload} down to {rest}: {waits}. {self._finish(before, after)}"

    def _finish(self, before: Figures, after: Figures) -> str:
        uids = list(before.finish)
        later = np.array([after.finish[uid] - before.finish[uid] for uid in uids], np.int64)
        if len(uids) > 1:
            moved = int((later > 0).sum())
            sooner = int((later < 0).sum())
            earlier = f", {sooner} sooner" if sooner else ""
            return f"Of {len(uids)} projects {moved} {'finishes' if moved == 1 else 'finish'} later{earlier}."
        if later[0] == 0:
            return f"It finishes as today, {in_words(after.finish[uids[0]])}."
        how = "later" if later[0] > 0 else "sooner"
        ends = sorted((before.finish[uids[0]], after.finish[uids[0]]))
        length = self._project_length(ends[0], ends[1])
        return f"It finishes {length} {how}: {in_words(after.finish[uids[0]])} instead of {in_words(before.finish[uids[0]])}."

    def _project_length(self, start: int, finish: int) -> str:
        run = self.puzzle.ground.run
        row = int(run.compiled.own_hours[0])
        minutes = worked_at(run.hours, row, finish) - worked_at(run.hours, row, start)
        return spell_duration(minutes, minutes_per_day=self.plan.projects[0].minutes_per_day)


def hours(minutes: float) -> str:
    """Minutes of work in hours."""
    return f"{round(minutes / 60, 1):g} h"

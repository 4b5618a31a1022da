"""What a schedule asks of its people, minute by minute, and where that is more than there is of them."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from triptych.plan import Instant
from triptych.plan.tables import I64, Flags
from triptych.plan.worktime import Intervals, worked_until

from .pieces import F64, Pieces, are_people, cut, is_open, rates
from .schedule import Schedule
from .timetable import Timetable

#: Rates are quotients: what differs by less is equal.
_EQUAL = 1e-9
#: Work is whole minutes and units are whole percent: less excess than this comes of rounding.
_ROUNDING = 0.5


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time through which more is asked of a person than there is of them, whenever the work goes on: from `start` to
    `finish`, by `excess` minutes of work in all, for the tasks at these `rows` together."""

    start: Instant
    finish: Instant
    excess: float
    rows: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Workload:
    """The open work of a schedule in *pieces*, sorted by resource and then by start.

    A piece is one person on one task without an interruption. Columns by piece: `resource`, `task` and `assignment` are
    rows of the plan's tables, `start` and `finish` instants at which the piece's own hours open and close, `rate` is the
    share of a full-time person. An interrupted task makes several pieces. Of running work counts what is left of it,
    from where it goes on, and nothing counts before the status date of its project. Summaries, what is done, inactive,
    external or without a length asks nothing; a hammock asks for its units (or its stated work) from end to end.

    Work goes on in the hours that the schedule used: the task's own calendar cut down to the person's, its calendar alone
    where it ignores theirs, the person's alone on an elapsed task. Work that is stated for dates on which its person has
    no hours at all is asked for by the clock. Each puts in their own hours: where several have different ones, who is done
    first is free first.
    """

    found: Schedule
    pieces: Pieces
    clock: I64 = field(repr=False)
    timetable: Timetable = field(repr=False)

    @classmethod
    def of(cls, found: Schedule, rows: Flags | None = None) -> "Workload":
        """The workload of the tasks at some rows (flags by row), without them of all that are open."""
        counted = is_open(found) if rows is None else is_open(found) & rows
        made = cut(found, counted)
        return cls(found, made.pieces, made.clock, made.timetable)

    @cached_property
    def ends(self) -> I64:
        """Where each resource's pieces begin; one more for the end."""
        return np.searchsorted(self.pieces.resource, np.arange(len(self.found.plan.resources) + 1))

    def of_resource(self, resource: int) -> Pieces:
        """The pieces of the resource at that row, by their start."""
        return self.pieces.taken(slice(int(self.ends[resource]), int(self.ends[resource + 1])))

    def units(self, resource: int) -> float:
        """How many full-time people a resource is; none that do work, for a material or a cost."""
        return self.found.plan.resources[resource].units / 100 if self.clock[resource] >= 0 else 0.0

    def hours(self, resource: int) -> Intervals:
        """A resource's own hours: its calendar, or that of the projects it works in, less its absences. Who has no
        calendar also works by a task's own while that goes on."""
        if resource not in self._hours:
            self._hours[resource] = self._found_hours(resource)
        return self._hours[resource]

    @cached_property
    def _hours(self) -> dict[int, Intervals]:
        return {}

    def _found_hours(self, resource: int) -> Intervals:
        row = int(self.clock[resource])
        opens, closes = _whole(self.timetable, row)
        mine = self.of_resource(resource)
        if self.found.plan.resources[resource].calendar is None:
            others = [
                self.timetable.between(int(hours), int(first), int(last))
                for hours, first, last in zip(mine.hours, mine.start, mine.finish, strict=True)
                if hours != row
            ]
            if others:
                opens, closes = _united([(opens, closes), *others])
        done = np.cumsum(closes - opens)
        return Intervals(opens, closes, done - (closes - opens), np.array([0, len(opens)], np.int64))

    def capacity(self, resource: int, edges: I64) -> F64:
        """Minutes of work that there are of a resource between consecutive instants: its units on its own hours.

        The edges rise; they lie within the days of the schedule, which go on for a year after its last finish.
        """
        if self.clock[resource] < 0:
            return np.zeros(len(edges) - 1)
        hours = self.hours(resource)
        worked = worked_until(hours.opens, hours.closes, hours.before, edges)
        return np.diff(worked) * self.units(resource)

    def demand(self, resource: int, edges: I64) -> F64:
        """Minutes of work that are asked of a resource between consecutive instants, which rise."""
        mine, done = self.of_resource(resource), np.zeros(len(edges))
        for row in np.unique(mine.hours).tolist():
            done += self._done(mine, row, edges)
        return np.maximum(np.diff(done), 0.0)

    def _done(self, pieces: Pieces, row: int, at: I64) -> F64:
        """The work of the pieces on one row of hours that is done by each instant: at any time it is, of those that have
        begun less those that have ended, the sum of rate × (minutes worked by then − minutes worked at their start)."""
        here = pieces.hours == row
        rate, by_then = pieces.rate[here], self.timetable.worked(row, at).astype(np.float64)
        total = np.zeros(len(at))
        for ends, sign in ((pieces.start[here], 1.0), (pieces.finish[here], -1.0)):
            order = np.argsort(ends, kind="stable")
            begun = np.searchsorted(ends[order], at, side="right")
            level = np.concatenate([[0.0], np.cumsum(rate[order])])[begun]
            before = rate[order] * self.timetable.worked(row, ends[order])
            total += sign * (level * by_then - np.concatenate([[0.0], np.cumsum(before)])[begun])
        return total

    def overload(self, resource: int) -> tuple[Stretch, ...]:
        """The stretches, each as long as it can be, in which the rates of what goes on at one time add up to more than
        the resource's units; hours in which nothing goes on do not end one."""
        if resource not in self._stretches:
            self._stretches[resource] = self._swept(resource) if self._pressed[resource] else ()
        return self._stretches[resource]

    @cached_property
    def _stretches(self) -> dict[int, tuple[Stretch, ...]]:
        return {}

    @cached_property
    def excess(self) -> F64:
        """By resource, the minutes of work that are too much in all its stretches."""
        every = range(len(self.found.plan.resources))
        return np.array(
            [sum(each.excess for each in self.overload(resource)) for resource in every], np.float64
        )

    @cached_property
    def _pressed(self) -> Flags:
        """Which resources have pieces between whose dates more is asked than there is: nobody else is overloaded."""
        p, size = self.pieces, len(self.found.plan.resources)
        at = np.concatenate([p.finish, p.start])
        rate, who = np.concatenate([-p.rate, p.rate]), np.concatenate([p.resource, p.resource])
        order = np.lexsort((rate > 0, at, who))  # what ends makes room for what begins
        most = np.zeros(size)
        np.maximum.at(most, who[order], np.cumsum(rate[order]))
        units = np.array([self.units(each) for each in range(size)])
        found: Flags = most > units + _EQUAL * 1000  # a sum over the whole company: looked at closely below
        return found

    def free(self, resource: int, first: int, last: int) -> tuple[I64, I64, F64]:
        """What is left of a resource from one instant to another: the times within its own hours, from when to when, and
        how many full-time people are free in each."""
        hours, mine = self.hours(resource), self.of_resource(resource)
        mine = mine.taken((mine.start < last) & (mine.finish > first))
        cuts = [hours.opens, hours.closes, self._edges(mine, finely=True), np.array([first, last])]
        edges = np.unique(np.clip(np.concatenate(cuts), first, last))
        level, _ = self._asked(mine, edges)
        inside = np.diff(worked_until(hours.opens, hours.closes, hours.before, edges)) > 0
        left = np.maximum(self.units(resource) - level, 0.0)
        return edges[:-1][inside], edges[1:][inside], left[inside]

    def _asked(self, pieces: Pieces, edges: I64) -> tuple[F64, I64]:
        """The sum of the rates of what goes on between consecutive edges, and the minutes for which anything does."""
        level, wide = np.zeros(len(edges) - 1), np.zeros(len(edges) - 1, np.int64)
        for row in np.unique(pieces.hours).tolist():
            worked = np.diff(self.timetable.worked(row, edges))
            level += np.where(worked > 0, _levels(edges, pieces.taken(pieces.hours == row)), 0.0)
            wide = np.maximum(wide, worked)
        return level, wide

    def _swept(self, resource: int) -> tuple[Stretch, ...]:
        mine, units = self.of_resource(resource), self.units(resource)
        edges = self._edges(mine, finely=len(np.unique(mine.hours)) > 1)  # else all pause alike
        level, wide = self._asked(mine, edges)
        kept = wide > 0
        over = np.where(level[kept] > units + _EQUAL, level[kept] - units, 0.0)
        first, last = _runs(over > 0)
        total = np.concatenate([[0.0], np.cumsum(over * wide[kept])])
        begins, ends = edges[:-1][kept][first], edges[1:][kept][last]
        found = zip(begins.tolist(), ends.tolist(), (total[last + 1] - total[first]).tolist(), strict=True)
        return tuple(
            Stretch(Instant(start), Instant(finish), excess, _rows(mine, start, finish))
            for start, finish, excess in found
            if excess >= _ROUNDING
        )

    def _edges(self, mine: Pieces, *, finely: bool) -> I64:
        """The instants between which the same work goes on: where pieces start and finish and, `finely`, where the hours
        on which they run open and close."""
        if not finely or not len(mine.task):
            return np.unique(np.concatenate([mine.start, mine.finish]))
        first, last = int(mine.start.min()), int(mine.finish.max())
        rows = np.unique(mine.hours).tolist()
        shifts = [each for row in rows for each in self.timetable.between(row, first, last)]
        return np.unique(np.concatenate([mine.start, mine.finish, *shifts]))


def _whole(timetable: Timetable, row: int) -> tuple[I64, I64]:
    part = slice(int(timetable.intervals.ptr[row]), int(timetable.intervals.ptr[row + 1]))
    return timetable.intervals.opens[part], timetable.intervals.closes[part]


def _united(parts: list[tuple[I64, I64]]) -> tuple[I64, I64]:
    """The intervals of several sets, where they overlap or touch as one."""
    opens, closes = (np.concatenate(each) for each in zip(*parts, strict=True))
    order = np.argsort(opens, kind="stable")
    opens, closes = opens[order], np.maximum.accumulate(closes[order])
    apart = opens[1:] > closes[:-1]
    return opens[np.concatenate([[True], apart])], closes[np.concatenate([apart, [True]])]


def _levels(edges: I64, pieces: Pieces) -> F64:
    """What the pieces ask for between consecutive edges, among which are all their starts and finishes that lie between
    the first and the last."""
    size = len(edges)
    begin, end = (
        np.bincount(np.searchsorted(edges, np.clip(each, edges[0], edges[-1])), pieces.rate, size)
        for each in (pieces.start, pieces.finish)
    )
    found: F64 = np.cumsum(begin - end)[:-1].astype(np.float64)
    return found


def _runs(flags: Flags) -> tuple[I64, I64]:
    """The first and the last place of every run of True."""
    change = np.diff(np.concatenate([[0], flags.astype(np.int8), [0]]))
    return np.flatnonzero(change == 1), np.flatnonzero(change == -1) - 1


def _rows(pieces: Pieces, start: int, finish: int) -> tuple[int, ...]:
    busy = (pieces.start < finish) & (pieces.finish > start)
    return tuple(np.unique(pieces.task[busy]).tolist())


__all__ = ["Pieces", "Stretch", "Workload", "are_people", "is_open", "rates"]

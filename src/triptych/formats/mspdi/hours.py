"""The working time of a task as the file means it: the hours of its own calendar, its people or the project."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from triptych.plan import Calendar, Project, Resource, ResourceKind, Task
from triptych.plan.quantities import MINUTES_PER_DAY
from triptych.plan.tables import I64
from triptych.plan.worktime import Hours, Span

_Openings = tuple[I64, I64]


@dataclass(frozen=True, slots=True)
class Clock:
    """Working time that opens and closes; `before[i]` minutes of it lie before `opens[i]`."""

    opens: list[int]
    closes: list[int]
    before: list[int]

    def at(self, instant: int) -> int:
        """The working minutes from the beginning of the span to an instant."""
        row = bisect_right(self.opens, instant) - 1
        if row < 0:
            return 0
        return self.before[row] + min(instant, self.closes[row]) - self.opens[row]


class WorkingTime:
    """The clocks of a file's tasks over the days from the first to the last date that the file speaks of."""

    def __init__(
        self,
        project: Project,
        calendars: Sequence[Calendar],
        resources: Sequence[Resource],
        dates: tuple[int, int],
    ) -> None:
        self.span = Span(dates[0] // MINUTES_PER_DAY - 1, dates[1] // MINUTES_PER_DAY + 1)
        self.by_uid = {each.uid: each for each in calendars}
        self.project = project.calendar
        self.people = {each.uid: each.calendar for each in resources if each.kind is ResourceKind.WORK}
        self.clocks: dict[tuple[tuple[int, int], ...] | None, Clock] = {}

    def of(self, task: Task, people: Sequence[int]) -> Clock:
        """The clock of a task on which `people` work: in every hour in which one of them may work on it."""
        key = None if task.elapsed else self._calendars(task, people)
        if key not in self.clocks:
            self.clocks[key] = self._clock(key)
        return self.clocks[key]

    def _calendars(self, task: Task, people: Sequence[int]) -> tuple[tuple[int, int], ...]:
        """Pairs of calendars whose common hours someone works in."""
        own = task.calendar if task.calendar in self.by_uid else None
        usual = self.project if own is None else own
        if own is not None and task.ignore_resource_calendars:
            return ((own, own),)
        theirs = {self.people[each] for each in people if each in self.people}
        known = {usual if each not in self.by_uid else each for each in theirs}
        return tuple(sorted((each if own is None else own, each) for each in known)) or ((usual, usual),)

    def _clock(self, key: tuple[tuple[int, int], ...] | None) -> Clock:
        if key is None:
            opens = np.array([self.span.first * MINUTES_PER_DAY], np.int64)
            closes = np.array([(self.span.last + 1) * MINUTES_PER_DAY], np.int64)
        else:
            opens, closes = _together([self._openings(*each) for each in key])
        done = np.cumsum(closes - opens)
        return Clock(opens.tolist(), closes.tolist(), [0, *done[:-1].tolist()])

    def _openings(self, own: int, theirs: int) -> _Openings:
        hours = Hours(self.span)
        days = hours.days(self.by_uid[theirs], self.by_uid)
        if own != theirs:
            both = hours.both(hours.days(self.by_uid[own], self.by_uid), days)
            days = both if hours.has_work(both) else days
        hours.add(days)
        table = hours.columns()
        return table.opens, table.closes


def _together(rows: list[_Openings]) -> _Openings:
    """The time in which any of the rows is open."""
    opens = np.sort(np.concatenate([each for each, _ in rows]))
    closes = np.sort(np.concatenate([each for _, each in rows]))
    # the n-th closing is the last one where nobody has opened before it who has not closed by then
    apart = opens[1:] > closes[:-1]
    return opens[np.concatenate([[True], apart])[: len(opens)]], closes[
        np.concatenate([apart, [True]])[: len(closes)]
    ]


__all__ = ["Clock", "WorkingTime"]

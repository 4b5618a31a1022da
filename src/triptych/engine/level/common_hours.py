"""The common hours of a puzzle, whenever anybody may work or a lag may run, and instants as minutes of them."""

from dataclasses import dataclass

import numpy as np

from triptych.engine.columns import Network
from triptych.plan.tables import I64

from .puzzle import Puzzle


@dataclass(frozen=True, slots=True, eq=False)
class CommonHours:
    """Stretches of time from `opens` to `closes`, apart and in order, with so many of their minutes `before` each, in a
    span from `first` to `last`. `within` are the rows of hours that lie in them (and less than 0, crews of such), `same_as` those that
    are just them."""

    first: int
    last: int

    opens: I64
    closes: I64
    before: I64
    within: frozenset[int]
    same_as: tuple[int, ...]

    @classmethod
    def of(cls, puzzle: Puzzle) -> "CommonHours":
        """The hours of whatever is moved and of lags; elapsed time counts only where there is nothing else."""
        network = puzzle.ground.run.compiled.network
        own = network.node["row"][:-1][puzzle.place["movable"][:-1] == 1]
        rows = with_crews(network, set(own.tolist()))
        rows |= set(network.lag["row"].tolist())
        rows = {each for each in rows if each > 0} or {0}
        stretches = {each: _stretches(network, each) for each in rows}
        opens, closes = _union([*stretches.values()])
        crews = {
            -1 - each for each in range(len(network.crew) - 1) if with_crews(network, {-1 - each}) <= rows
        }
        same = tuple(
            row
            for row, (begin, end) in stretches.items()
            if np.array_equal(begin, opens) and np.array_equal(end, closes)
        )
        before = np.concatenate([[0], np.cumsum(closes - opens)[:-1]])
        first, last = (int(network.open.interval[name][0]) for name in ("opens", "closes"))
        return cls(first, last, opens, closes, before, frozenset(rows | crews), same)

    def position(self, at: I64) -> I64:
        """The minutes of these hours up to some instants."""
        last = np.maximum(np.searchsorted(self.opens, at, side="right") - 1, 0)
        found: I64 = self.before[last] + np.clip(
            at - self.opens[last], 0, self.closes[last] - self.opens[last]
        )
        return found

    def instant(self, position: I64) -> I64:
        """The first instants up to which there are so many minutes."""
        last = np.maximum(np.searchsorted(self.before, position, side="left") - 1, 0)
        return self.opens[last] + position - self.before[last]

    def holds(self, row: int) -> bool:
        """Whether a row of hours, or a crew's, lies in these."""
        return row in self.within

    def least_in(self, minutes: int) -> int:
        """The fewest minutes of these hours that so many round the clock may hold, within the span."""
        return int(self._held(minutes, self.closes).min(initial=minutes))

    def most_in(self, minutes: int) -> int:
        """The most minutes of these hours that so many round the clock may hold, within the span."""
        return int(self._held(minutes, self.opens).max(initial=0))

    def _held(self, minutes: int, turns: I64) -> I64:
        """The minutes of these hours in stretches of time that begin at some instants, and at both ends of the span: of all
        with the fewest some begin where an open time closes, of those with the most where one opens."""
        begin = np.concatenate([turns, [self.first, self.last - minutes]])
        begin = begin[(begin >= self.first) & (begin + minutes <= self.last)]
        return self.position(begin + minutes) - self.position(begin)

    def least_lag(self, minutes: int, row: int) -> int | None:
        """The fewest minutes of these hours that a lag on a row takes (-1: round the clock), less than nothing for a
        lead; None where nobody knows."""
        if minutes >= 0:
            return minutes if row in self.within and row >= 0 else self.least_in(minutes) if row <= 0 else 0
        if row in self.same_as:
            return minutes
        return -self.most_in(-minutes) if row <= 0 else None


def with_crews(network: Network, rows: set[int]) -> set[int]:
    """Rows of hours, those of every crew's members instead of the crew."""
    found = {each for each in rows if each >= 0}
    for crew in (-1 - each for each in rows if each < 0):
        found |= set(network.member[network.crew["first"][crew] : network.crew["first"][crew + 1]].tolist())
    return found


def _stretches(network: Network, row: int) -> tuple[I64, I64]:
    here, interval = network.open.row[row], network.open.interval
    own = interval[here["first"] : here["end"]]
    return _union([(own["opens"].astype(np.int64), own["closes"].astype(np.int64))])


def _union(stretches: "list[tuple[I64, I64]]") -> tuple[I64, I64]:
    """Stretches of time as ones that neither overlap nor touch."""
    opens, closes = (np.concatenate(each) for each in zip(*stretches, strict=True))
    order = np.argsort(opens, kind="stable")
    opens, closes = opens[order], np.maximum.accumulate(closes[order])
    first = np.flatnonzero(np.concatenate([[True], opens[1:] > closes[:-1]]))
    last = np.concatenate([first[1:] - 1, [len(opens) - 1]])
    return opens[first], closes[last]

"""When a backlog is done, from how many items were finished a week: no estimates, only what the team has
done before.

The periods to come are drawn from those that were, good and bad ones, until the items are gone;
`resampling` tells how. It supposes that the team and the size of its items stay much as they are. Magennis
(2011: Forecasting and Simulating Software Development Projects) and Vacanti (2015: Actionable Agile Metrics
for Predictability) describe the practice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from triptych.plan import Diagnostic, Instant
from triptych.plan.quantities import MINUTES_PER_DAY, day_of
from triptych.plan.spelling import count, day_in_words
from triptych.plan.tables import I32, I64

from .backlog import Backlog, faults, warnings_of
from .resampling import LANES, Resampling
from .result import quantile
from .words import chances

F64 = NDArray[np.float64]
#: A backlog that is not done by then is not forecast, but told.
MOST_PERIODS = 1_000
#: In place of a number of periods: not within MOST_PERIODS.
NEVER = MOST_PERIODS + 1
#: Periods of at least so many days have a weekend in them that people do not work on.
_WITH_WEEKEND = 3
_SATURDAY = 5
#: What is a share of an item too few by rounding alone is enough.
_NEXT_TO_NOTHING = 1e-9


@dataclass(frozen=True, eq=False)
class ItemForecast:
    """A backlog simulated. `history` is how many items were finished in each of the past periods that it
    was forecast from, `periods` in how many periods each iteration was done with the backlog (NEVER: not
    within MOST_PERIODS)."""

    history: tuple[int, ...]
    backlog: Backlog
    start: Instant
    days: int
    focus: float
    periods: I32
    resampling: Resampling = field(repr=False)
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def items(self) -> int:
        """How many are left, at most."""
        return self.backlog.most

    @property
    def iterations(self) -> int:
        """How many there were."""
        return len(self.periods)

    def done_by(self, confidence: float) -> Instant | None:
        """The end of the period by which all items are done with that confidence: within a period nothing
        is known. None where they are not within MOST_PERIODS. Raises ValueError for a confidence outside 0
        to 1."""
        done = self.periods_for(confidence)
        return None if done is None else self.end_of(done)

    def periods_for(self, confidence: float) -> int | None:
        """How many periods that takes."""
        done = int(quantile(self.periods, confidence))
        return None if done == NEVER else done

    def chance_by(self, at: int) -> float:
        """How likely all items are done by an instant, by the periods that are over by then."""
        return float(np.mean(self.periods <= self.periods_over(at)))

    def items_by(self, at: int, confidence: float) -> int:
        """How many items are finished by an instant with that confidence: at least so many, if there are so
        many to do. The more confidence is wanted, the fewer they are."""
        return int(-quantile(-self.finished_by(at), confidence))

    def finished_by(self, at: int) -> I32:
        """How many items are finished by an instant in each iteration, on the same luck as `periods`."""
        over = self.periods_over(at)
        done = np.array(self.history) * self.focus
        found = [_total(self.resampling.draw(block), done, over) for block in _blocks(self.iterations)]
        whole = np.floor(np.concatenate(found)[: self.iterations] + _NEXT_TO_NOTHING)
        return np.minimum(whole, np.iinfo(np.int32).max).astype(np.int32)

    def end_of(self, period: int) -> Instant:
        """The last minute of a period's last working day; the first period is 1, and the end of none the
        day before it."""
        return Instant(int(self._ends[period]))

    def periods_over(self, at: int) -> int:
        """How many periods are over by an instant, at most MOST_PERIODS."""
        return max(0, int(np.searchsorted(self._ends, at, side="right")) - 1)

    @cached_property
    def _ends(self) -> I64:
        """The end of each period, from 0 on. One that ends with a weekend is over on the Friday before."""
        last = self.start // MINUTES_PER_DAY + np.arange(NEVER) * self.days - 1
        if self.days >= _WITH_WEEKEND:
            weekday = (last + day_of(0).weekday()) % 7
            last -= np.maximum(0, weekday - _SATURDAY + 1)
        return last * MINUTES_PER_DAY + MINUTES_PER_DAY - 1


def forecast_items(
    history: Sequence[int],
    items: int | tuple[int, int],
    *,
    start: Instant,
    days: int = 7,
    new: Sequence[int] = (),
    split: tuple[float, float] = (1.0, 1.0),
    last: int | None = None,
    run: int = 1,
    focus: float = 1.0,
    plain: bool = False,
    seed: int = 1,
    iterations: int = 10_000,
) -> ItemForecast | tuple[Diagnostic, ...]:
    """Simulate a backlog from `start` on (the first day of the first period to come).

    `history` is how many items were finished in each past period of so many `days`, the oldest first; of
    those, the `last` count, or all. Several teams that work on one backlog are one history, their sums.
    `new` is how many items were added in the same periods: a period is drawn with both, for they go
    together. `items` are left, or between so many and so many, each number as likely; each becomes as many
    as `split` says, between so many and so many, when it is looked at. `focus` is the team's time from now
    on, as a share of what it had for these items before. `run` consecutive periods are drawn together,
    `plain` takes the history for all that the team can do (see `resampling`). The same `seed` gives the
    same answer, and the same luck for another backlog.

    Where nothing can be said, the faults instead, all of them. Raises ValueError for fewer than one
    iteration or a seed below 0.
    """
    if iterations < 1 or seed < 0:
        raise ValueError(f"one iteration at least and a seed from 0 on, not {iterations} and {seed}")
    backlog = Backlog.of(items, split, new)
    found = faults(history, backlog, days=days, last=last, run=run, focus=focus)
    if found:
        return found
    kept = len(history) if last is None else last
    done, added = np.array(history[-kept:]), np.array(new[-kept:] or [0] * kept)
    resampling = Resampling(kept, run, plain, seed)
    net = done * focus - added
    periods = [_periods(resampling, block, backlog, net) for block in _blocks(iterations)]
    return ItemForecast(
        tuple(done.tolist()), backlog, start, days, focus, np.concatenate(periods)[:iterations], resampling,
        warnings_of(done, net),
    )  # fmt: skip


def _blocks(iterations: int) -> range:
    return range(-(-iterations // LANES))


def _periods(resampling: Resampling, block: int, backlog: Backlog, net: F64) -> I32:
    """In how many periods each iteration of a block is done."""
    left = backlog.draw(resampling.generator(block, 1), LANES)
    found = np.where(left > 0, NEVER, 0)
    begun = 0
    for places in resampling.draw(block):
        balance = left[:, None] - np.cumsum(net[places], axis=1)
        over = balance <= _NEXT_TO_NOTHING
        now = (found == NEVER) & over.any(axis=1)
        found[now] = begun + over[now].argmax(axis=1) + 1
        left, begun = balance[:, -1], begun + places.shape[1]
        if begun >= MOST_PERIODS or (found < NEVER).all():
            break
    return np.minimum(found, NEVER).astype(np.int32)


def _total(drawn: Iterator[I64], done: F64, periods: int) -> F64:
    """What each iteration of a block finishes in so many periods."""
    total: F64 = np.zeros(LANES)
    while periods > 0:
        places = next(drawn)[:, :periods]
        total += done[places].sum(axis=1)
        periods -= places.shape[1]
    return total


def sentences(
    found: ItemForecast, *, confidence: float = 0.8, by: int | None = None, period: str = "week"
) -> list[str]:
    """What a team is asked: by when, and how much by a date. `by` is an instant, `period` the word for
    one."""
    done, even, what = found.periods_for(confidence), found.periods_for(0.5), _items(found.backlog)
    if done is None:
        share = float(np.mean(found.periods < NEVER))
        told = [f"{chances(share)} that {what} finished within {count(MOST_PERIODS, period)}."]
    else:
        told = [
            f"{chances(confidence)} that {what} finished by {_end(found, done)}, {_within(done, period)}."
        ]
    if even is not None and confidence != 0.5:
        told.append(f"an even chance of that by {_end(found, even)}, {_within(even, period)}.")
    if by is not None:
        told += _by_then(found, confidence, by, period)
    return [each[:1].upper() + each[1:] for each in told]


def _by_then(found: ItemForecast, confidence: float, by: int, period: str) -> list[str]:
    over = found.periods_over(by)
    least = found.items_by(by, confidence)
    done = "could be finished" if least > found.items else "is finished" if least == 1 else "are finished"
    until = f"by {day_in_words(by)}, when {count(over, period)} {'is' if over == 1 else 'are'} over"
    return [
        f"{chances(found.chance_by(by))} that all is finished {until}.",
        f"{chances(confidence)} that at least {count(least, 'item')} {done} by then.",
    ]


def _items(backlog: Backlog) -> str:
    if backlog.least == backlog.most:
        return "the item is" if backlog.most == 1 else f"the {backlog.most:,} items are"
    return f"the {backlog.least:,} to {backlog.most:,} items are"


def _end(found: ItemForecast, periods: int) -> str:
    return day_in_words(found.end_of(periods))


def _within(periods: int, period: str) -> str:
    return f"within {count(periods, period)}"

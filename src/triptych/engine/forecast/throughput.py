"""When a backlog is done, from how many items were finished a week: no estimates, only what the team has done before.

The periods to come are drawn from those that were (a bootstrap; Efron, 1979), week by week: as many good and bad weeks as there
were, in another order. It assumes that the team and the size of its items stay much as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from triptych.plan import Diagnostic, Instant
from triptych.plan.diagnostics import error, warning
from triptych.plan.quantities import MINUTES_PER_DAY
from triptych.plan.spelling import day_in_words
from triptych.plan.tables import I64

from .result import quantile
from .words import chances

#: Fewer periods say little about good and bad weeks.
FEW = 5
#: A backlog that is not done by then is not forecast, but told.
MOST_PERIODS = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class ItemForecast:
    """A backlog simulated. `periods` is in how many periods each iteration was done with it (MOST_PERIODS + 1: not by then),
    `finished` how many items each iteration finishes period by period, one line an iteration."""

    items: int
    start: Instant
    days: int
    periods: I64
    finished: I64
    diagnostics: tuple[Diagnostic, ...] = ()

    def done_by(self, confidence: float) -> Instant | None:
        """The last day of the period by whose end all items are done with that confidence: within a period nothing is known.
        None beyond the horizon."""
        count = int(np.sort(self.periods)[_place(confidence, len(self.periods))])
        return self._end(count) if count <= MOST_PERIODS else None

    def chance_by(self, at: int) -> float:
        """How likely all items are done by an instant, by the periods that are over by then."""
        return float(np.mean(self.periods <= self._whole_periods(at)))

    def items_by(self, at: int, confidence: float) -> int:
        """How many items are finished by an instant with that confidence: at least so many. The more confidence is wanted, the
        fewer they are."""
        over = min(self._whole_periods(at), self.finished.shape[1])
        if over <= 0:
            return 0
        return int(-quantile(-self.finished[:, :over].sum(axis=1).astype(np.int32), confidence))

    def sentences(self, confidence: float = 0.8) -> list[str]:
        """What it says."""
        done = self.done_by(confidence)
        what = f"the {self.items} items are finished" if self.items != 1 else "the item is finished"
        if done is None:
            return [
                f"Less than {chances(confidence)} that {what} within {MOST_PERIODS} periods at this rate."
            ]
        likely = self.done_by(0.5)
        told = [f"{chances(confidence)} that {what} by {day_in_words(done)}."]
        if likely is not None:
            told.append(f"An even chance that they are by {day_in_words(likely)}.")
        return told

    def _end(self, count: int) -> Instant:
        return Instant(self.start + (count * self.days - 1) * MINUTES_PER_DAY)

    def _whole_periods(self, at: int) -> int:
        """Periods that are over by the end of the day of an instant."""
        return max(0, (int(at) // MINUTES_PER_DAY + 1 - self.start // MINUTES_PER_DAY) // self.days)


def forecast_items(
    history: Sequence[int],
    items: int,
    *,
    start: Instant,
    days: int = 7,
    new: Sequence[int] = (),
    seed: int = 1,
    iterations: int = 10_000,
) -> ItemForecast | tuple[Diagnostic, ...]:
    """Simulate a backlog of so many `items` from `start` on (the first day of the first period to come).

    `history` is how many items were finished in each past period of so many `days`, `new` how many were added in the same
    periods: a week is drawn with both, for they go together. Where nothing can be said, the faults instead, all of them.
    """
    faults = _faults(history, items, new, days)
    if faults:
        return faults
    done = np.array(history, np.int64)
    net = done - (np.array(new, np.int64) if new else 0)
    rng = np.random.Generator(np.random.PCG64(seed))
    horizon = _horizon(net, items)
    drawn = rng.integers(0, len(done), (iterations, horizon))
    left = items - np.cumsum(net[drawn], axis=1)
    over = left <= 0
    periods = np.where(over.any(axis=1), over.argmax(axis=1) + 1, MOST_PERIODS + 1)
    if items == 0:
        periods[:] = 0
    return ItemForecast(items, start, days, periods, done[drawn], _warnings(done, net))


def _horizon(net: I64, items: int) -> int:
    """Periods that are drawn: several times as many as the average asks for."""
    mean = float(net.mean())
    return MOST_PERIODS if mean <= 0 else int(min(MOST_PERIODS, 20 + 4 * items / mean))


def _place(confidence: float, count: int) -> int:
    if not 0 <= confidence <= 1:
        raise ValueError(f"a confidence is a number from 0 to 1, not {confidence}")
    return min(count - 1, max(0, int(np.ceil(confidence * count - 1e-9)) - 1))


def _faults(history: Sequence[int], items: int, new: Sequence[int], days: int) -> tuple[Diagnostic, ...]:
    found = []
    if not history:
        found.append(
            error(
                "throughput.no-history",
                "There is no history: say how many items were finished in each period.",
            )
        )
    elif not any(each > 0 for each in history):
        found.append(
            error(
                "throughput.nothing-finished",
                "Nothing was finished in any period, so no end can be forecast.",
            )
        )
    if any(each < 0 for each in (*history, *new)):
        found.append(
            error("throughput.negative", "A number of items is not below nothing; correct the history.")
        )
    if new and len(new) != len(history):
        found.append(
            error(
                "throughput.new-differs",
                f"There are {len(history)} periods of finished items and {len(new)} of new ones; give one for each.",
            )
        )
    if items < 0:
        found.append(error("throughput.items", "The number of items that are left is not below nothing."))
    if days < 1:
        found.append(error("throughput.days", "A period lasts a day or longer."))
    return tuple(found)


def _warnings(done: I64, net: I64) -> tuple[Diagnostic, ...]:
    told = []
    if len(done) < FEW:
        told.append(
            warning(
                "throughput.few-periods",
                f"{len(done)} periods say little about good and bad ones; from {FEW} on a forecast can be trusted more.",
            )
        )
    if net.mean() <= 0:
        told.append(
            warning(
                "throughput.grows",
                "As many items come as are finished, or more: the backlog does not shrink. Finish more or let fewer in.",
            )
        )
    return tuple(told)

"""What is left to do, how it grows, and what is wrong or doubtful about it and its history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from triptych.plan import Diagnostic
from triptych.plan.diagnostics import error, note, warning
from triptych.plan.tables import I64

F64 = NDArray[np.float64]
#: From fewer periods nothing is forecast: that the next one is better, or worse, than any of n so far has
#: one chance in n + 1.
FEW = 5
#: From fewer than so many it is, and told that they are few.
ENOUGH = 8
#: Older periods are not like today: ten years of days would be more.
MOST_HISTORY = 2_000
#: Counts above are typing errors.
MOST_ITEMS = 1_000_000
#: A trend whose like chance alone makes once in twenty times is told of.
_NINETY_FIVE = 1.96


@dataclass(frozen=True, slots=True)
class Backlog:
    """Between `least` and `most` items, each number as likely; each becomes between `split` many; `new`
    came in the past periods."""

    least: int
    most: int
    split: tuple[float, float] = (1.0, 1.0)
    new: tuple[int, ...] = ()

    @classmethod
    def of(cls, items: int | tuple[int, int], split: tuple[float, float], new: Sequence[int]) -> "Backlog":
        least, most = (items, items) if isinstance(items, int) else items
        return cls(least, most, split, tuple(new))

    def draw(self, rng: np.random.Generator, lanes: int) -> F64:
        """How many items are left in each iteration, whole ones."""
        luck = rng.random((2, lanes))
        items = self.least + np.floor(luck[0] * (self.most - self.least + 1))
        found: F64 = np.ceil(items * (self.split[0] + luck[1] * (self.split[1] - self.split[0])) - 1e-9)
        return found


def faults(
    history: Sequence[int], backlog: Backlog, *, days: int, last: int | None, run: int, focus: float
) -> tuple[Diagnostic, ...]:
    """Why nothing can be forecast."""
    kept = history if last is None else history[-max(last, 0) :]
    return (
        *_of_history(history, kept, last),
        *_of_backlog(history, backlog),
        *_of_options(len(kept), days, run, focus),
    )


def _of_history(history: Sequence[int], kept: Sequence[int], last: int | None) -> Iterator[Diagnostic]:
    if not history:
        yield error(
            "throughput.no-history", "There is no history: say how many items were finished in each period."
        )
    elif last is not None and not FEW <= last <= len(history):
        yield error(
            "throughput.last",
            f"The last {last} of {len(history)} periods cannot be taken; take from {FEW} to all of them.",
        )
    elif len(kept) < FEW:
        yield error(
            "throughput.few-periods",
            f"The history is too short: {len(kept)} of the {FEW} periods that a forecast needs. Wait until it is longer, or count by shorter "
            "periods, days instead of weeks.",
        )
    if len(kept) > MOST_HISTORY:
        yield error(
            "throughput.long-history",
            f"{len(kept):,} periods are more than tell of today; take the last {MOST_HISTORY:,} of them, or fewer.",
        )
    if history and not any(each > 0 for each in kept):
        yield error(
            "throughput.nothing-finished", "Nothing was finished in any period, so no end can be forecast."
        )
    if any(each < 0 for each in history):
        yield error("throughput.negative", "A number of items is not below nothing; correct the history.")
    if any(each > MOST_ITEMS for each in history):
        yield error(
            "throughput.too-many", f"More than {MOST_ITEMS:,} items in a period; correct the history."
        )


def _of_backlog(history: Sequence[int], backlog: Backlog) -> Iterator[Diagnostic]:
    if any(not 0 <= each <= MOST_ITEMS for each in backlog.new):
        yield error(
            "throughput.new", f"New items are from nothing to {MOST_ITEMS:,} in a period; correct them."
        )
    if backlog.new and len(backlog.new) != len(history):
        yield error(
            "throughput.new-differs",
            f"There are {len(history)} periods of finished items and {len(backlog.new)} of new ones; give one for each.",
        )
    if not 0 <= backlog.least <= backlog.most <= MOST_ITEMS:
        yield error(
            "throughput.items",
            f"The items that are left are from nothing to {MOST_ITEMS:,}, the lower number first.",
        )
    if not 0 < backlog.split[0] <= backlog.split[1] <= 100:
        yield error(
            "throughput.split", "An item becomes more than nothing and at most 100, the lower number first."
        )


def _of_options(kept: int, days: int, run: int, focus: float) -> Iterator[Diagnostic]:
    if not 1 <= days <= 366:
        yield error("throughput.days", "A period lasts a day or longer, at most a year.")
    if run < 1 or run > max(1, kept // 2):
        yield error(
            "throughput.run",
            "The periods that stay together are one at least and half of the history at most.",
        )
    if not 0 < focus <= 100:
        yield error(
            "throughput.focus", "The team’s time is a share of what it had: 1 is as before, 0.5 half of it."
        )


def warnings_of(done: I64, net: F64) -> tuple[Diagnostic, ...]:
    """What makes a forecast from this history doubtful."""
    return tuple(_doubts(done, net))


def _doubts(done: I64, net: F64) -> Iterator[Diagnostic]:
    if len(done) < ENOUGH:
        yield note(
            "throughput.short-history",
            f"{len(done)} periods are few: that the next one is worse than all of them has one chance in {len(done) + 1}. "
            f"{ENOUGH} to 12 say more.",
        )
    steepness = trend(done)
    if abs(steepness) > _NINETY_FIVE:
        half, how = len(done) // 2, "more" if steepness > 0 else "fewer"
        yield warning(
            "throughput.trend",
            f"The team finishes {how} and {how}: on average {done[-half:].mean():.1f} items in the later half of "
            f"the history, {done[:half].mean():.1f} in the earlier. The forecast takes all periods as equally "
            "telling; take only the last ones where the older are no longer like today.",
        )
    if net.mean() <= 0:
        yield warning(
            "throughput.grows",
            "As many items come as are finished, or more: the backlog does not shrink. Finish more or let fewer in.",
        )


def trend(counts: I64) -> float:
    """The statistic of Mann (1945) and Kendall (1975), ties counted: a standard normal number where there
    is no trend."""
    size = len(counts)
    signs = np.sign(counts[None, :] - counts[:, None])
    total = int(np.triu(signs, 1).sum())
    _, ties = np.unique(counts, return_counts=True)
    variance = (size * (size - 1) * (2 * size + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
    return float((total - np.sign(total)) / np.sqrt(variance)) if variance > 0 else 0.0

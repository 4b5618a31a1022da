"""Single levers that pull the target in by themselves."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, islice

from .amounts import softened, useful
from .cut import alone
from .levers import Lever
from .question import Pull, Question


@dataclass(frozen=True, slots=True)
class Single:
    """A lever pulled as far as is useful, and what that gains."""

    pulls: list[Pull]
    gain: int

    @property
    def price(self) -> tuple[Fraction, int, int]:
        """Its rank: what a gained minute costs, how many changes it takes, where its task stands."""
        lever, amount = self.pulls[0]
        return Fraction(lever.cost(amount), self.gain), len(lever.changes(amount)), lever.row


def singles(asked: Question, limit: int) -> list[Single]:
    """Up to `limit` levers that gain something alone, cheapest first.

    Only a lever on every driving way does. Of each kind those with most room are tried first; no kind takes more than
    half of the list while there are others.
    """
    kinds: defaultdict[type, list[Lever]] = defaultdict(list)
    for lever in alone(asked.ways):
        kinds[type(lever)].append(lever)
    tried = [_of_kind(asked, kind) for kind in kinds.values()]
    found = [each for kind in tried for each in islice(kind, (limit + 1) // 2)]
    if len(found) < limit:
        found += islice(chain.from_iterable(tried), limit - len(found))
    return sorted(found, key=lambda each: each.price)[:limit]


def _of_kind(asked: Question, levers: list[Lever]) -> Iterator[Single]:
    """Those that gain something, found one after another."""
    by_room = sorted(levers, key=lambda each: (-min(asked.goal, int(each.room / each.ratio)), each.row))
    for lever in by_room[: asked.most]:
        amount, gain = useful(asked, lever)
        if gain > 0:
            yield Single(softened(asked, [(lever, amount)], gain), gain)
